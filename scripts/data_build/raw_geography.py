"""The 24 wards of 2003 to 2015: names, aliases, which touch, and which LSOAs lie in them."""

from itertools import combinations
from pathlib import Path

import geopandas as gpd
import pandas as pd

from scripts.data_build.raw_files import (
    NOT_TRIED,
    OGL,
    ONS_STATEMENT,
    OS_STATEMENT,
    RAW_FOLDER,
    Story,
    write_raw,
)

FOLDER = RAW_FOLDER / "geography" / "2003-2015"
VINTAGE = "2003-2015"
PORTAL = "https://geoportal.statistics.gov.uk"
LOOKUPS_COPY = f"jtrim-ons/ons-lookups at 85d0ba6e476badf3861d8dc7485aecf40598d031. {NOT_TRIED}"
BOUNDARY_COPY = f"martinjc/UK-GeoJSON at 88339000fc8711feb9c146d5cd7d145bf286350d. {NOT_TRIED}"
WARD = "electoral ward of May 2003 to May 2015, GSS code"
LSOA_2001 = "lower layer super output area of 2001, GSS code"
LSOA_2011 = "lower layer super output area of 2011, GSS code"
LSOA_2021 = "lower layer super output area of 2021, GSS code"
# Generalised outlines of neighbours may part by a metre or so; a border shorter than this is a
# corner where four wards meet.
SLIVER_METRES = 5
SHORTEST_BORDER_METRES = 60
OTHER_NAMES = {
    "Red Hall": "Haughton East",
    "Redhall": "Haughton East",
    "Haughton East (Red Hall)": "Haughton East",
    "Haughton East (Redhall)": "Haughton East",
    "Middleton St. George": "Middleton St George",
    "Middleton Saint George": "Middleton St George",
    "North Rd": "North Road",
}


def write_geography_tables(reference: Path) -> list[Path]:
    """Write the seven tables of the 24 wards that come from published lists and outlines."""
    geography = reference / "geography"
    wards = wards_of(geography, VINTAGE)
    tables = {
        "wards": wards,
        "ward_aliases": _aliases(wards),
        "neighbours": neighbours(geography / "boundary_wards_2003_2015.geojson"),
        "lsoa2001_to_ward": _lsoa2001_to_ward(geography),
        "lsoa2011_to_ward": _lsoa2011_to_ward(geography),
        "lsoa2021_to_ward": _lsoa2021_to_ward(geography),
        "lsoa2001_to_lsoa2011": _lsoa2001_to_lsoa2011(geography),
    }
    return [
        write_raw(table, FOLDER / f"{name}.csv", STORIES[name]) for name, table in tables.items()
    ]


def wards_of(geography: Path, ward_set: str) -> pd.DataFrame:
    """Return the wards of a set: ward_code, ward_code_old (empty where there is none), name."""
    listed = pd.read_csv(geography / "list_wards.csv")
    ours = listed[listed["ward_set"] == ward_set]
    return ours[["ward_code", "ward_code_old", "ward_name"]]


def _aliases(wards: pd.DataFrame) -> pd.DataFrame:
    joined = wards["ward_name"][wards["ward_name"].str.contains(" and ")]
    with_sign = {name.replace(" and ", " & "): name for name in joined}
    alias = pd.Series(OTHER_NAMES | with_sign, name="ward_name").rename_axis("alias").reset_index()
    return alias.merge(wards, on="ward_name", validate="many_to_one")[["alias", "ward_code"]]


def neighbours(boundaries: Path) -> pd.DataFrame:
    """Return the pairs of wards that share a border of some length, the lower code first."""
    outlines = gpd.read_file(boundaries).to_crs(27700)
    shapes = outlines.set_index("ward_code").geometry.sort_index()
    pairs = [
        pair
        for pair in combinations(shapes.index, 2)
        if _shared_border(*shapes[list(pair)]) >= SHORTEST_BORDER_METRES
    ]
    return pd.DataFrame(pairs, columns=["ward_code", "neighbour_code"])


def _shared_border(one, other) -> float:
    return one.boundary.intersection(other.buffer(SLIVER_METRES)).length


def _lsoa2001_to_ward(geography: Path) -> pd.DataFrame:
    lookup = pd.read_csv(geography / "lookup_lsoa2001_to_ward_2001_2011.csv")
    latest = lookup[lookup["as_at"] == "2011-12-31"]
    return latest[["lsoa01cd", "ward_code"]].rename(columns={"lsoa01cd": "lsoa_code"})


def _lsoa2011_to_ward(geography: Path) -> pd.DataFrame:
    lookup = pd.read_csv(geography / "derived_lookup_lsoa2011_to_ward_2003_2015.csv")
    return lookup[["lsoa11cd", "ward_code"]].rename(columns={"lsoa11cd": "lsoa_code"})


def _lsoa2021_to_ward(geography: Path) -> pd.DataFrame:
    """Return the ward of every LSOA of 2021, through the LSOAs of 2011 that it is made of.

    Raises ValueError where those lie in two wards: then it would not nest.
    """
    pairs = pd.read_csv(geography / "lookup_lsoa2011_to_lsoa2021.csv")
    ward_of = _lsoa2011_to_ward(geography).set_index("lsoa_code")["ward_code"]
    found = pd.DataFrame(
        {"lsoa_code": pairs["lsoa21cd"], "ward_code": pairs["lsoa11cd"].map(ward_of)}
    )
    found = found.drop_duplicates()
    if found["lsoa_code"].duplicated().any():
        raise ValueError("An LSOA of 2021 lies in two wards of 2003 to 2015")
    return found


def _lsoa2001_to_lsoa2011(geography: Path) -> pd.DataFrame:
    lookup = pd.read_csv(geography / "lookup_lsoa2001_to_lsoa2011.csv")
    names = {
        "lsoa01cd": "lsoa2001_code",
        "lsoa11cd": "lsoa2011_code",
        "change_indicator": "change",
    }
    return lookup[list(names)].rename(columns=names)


def _story(dataset: str, title: str, columns: dict[str, str], **more: str) -> Story:
    facts = {
        "publisher": "Office for National Statistics",
        "address": PORTAL,
        "obtained_from": LOOKUPS_COPY,
        "licence": OGL,
        "statement": f"{ONS_STATEMENT} {OS_STATEMENT}",
    }
    return Story(dataset=dataset, title=title, vintage=VINTAGE, columns=columns, **(facts | more))


STORIES = {
    "wards": _story(
        "wards",
        "Electoral wards of Darlington, May 2003 to May 2015",
        {
            "ward_code": WARD,
            "ward_code_old": "six-character code of the same ward, used before 2011",
            "ward_name": "name of the ward as the Office for National Statistics spells it",
        },
        notes="Bank Top and other names were also wards of other boundaries before May 2003: "
        "join by code, never by name, across that date.",
    ),
    "ward_aliases": _story(
        "ward-aliases",
        "Other names under which people look for a ward",
        {"alias": "name that people use, capitals of no account", "ward_code": WARD},
        publisher="Darlington Analysis",
        address="none: a list kept with this project",
        obtained_from="The Council's review of its support to Community Partnerships writes "
        "Haughton East (Red Hall) and Haughton East (Redhall)",
        notes="Names of parishes and of wards before May 2003 (Heighington, Whessoe, Sadberge) "
        "are left out, because they covered other areas.",
    ),
    "neighbours": _story(
        "ward-neighbours",
        "Which of the 24 wards share a border",
        {
            "ward_code": WARD,
            "neighbour_code": "ward that touches it, GSS code; each pair stands once, the lower "
            "code first",
        },
        obtained_from=BOUNDARY_COPY,
        notes="Worked out from generalised outlines (about 20 m): two wards are neighbours when "
        f"at least {SHORTEST_BORDER_METRES} m of one outline lies within {SLIVER_METRES} m of the "
        "other. Wards that meet at a corner only are not neighbours.",
    ),
    "lsoa2001_to_ward": _story(
        "lsoa2001-to-ward",
        "Lower layer super output areas of 2001 to the 24 wards",
        {"lsoa_code": LSOA_2001, "ward_code": WARD},
        notes="LSOAs nest in these wards: the published best fit at 31 December 2011 is exact, "
        "and the same at every date from 2003.",
    ),
    "lsoa2011_to_ward": _story(
        "lsoa2011-to-ward",
        "Lower layer super output areas of 2011 to the 24 wards",
        {"lsoa_code": LSOA_2011, "ward_code": WARD},
        notes="Worked out from the outlines and, apart, from the published lookups by way of the "
        "LSOAs of 2001: both give the same ward for all 65.",
    ),
    "lsoa2021_to_ward": _story(
        "lsoa2021-to-ward",
        "Lower layer super output areas of 2021 to the 24 wards",
        {"lsoa_code": LSOA_2021, "ward_code": WARD},
        notes="By way of the LSOAs of 2011, all of which nest. Two were split (in College and in "
        "Lingfield) and two of Central were merged into one: every LSOA of 2021 nests as well.",
    ),
    "lsoa2001_to_lsoa2011": _story(
        "lsoa2001-to-lsoa2011",
        "Lower layer super output areas of 2001 to those of 2011",
        {
            "lsoa2001_code": LSOA_2001,
            "lsoa2011_code": LSOA_2011,
            "change": "U unchanged, S split, X redrawn (E01012321 and E01012322: about 4 hectares)",
        },
    ),
}
