"""The 20 wards since 2015: names, aliases, which touch, which LSOAs are put in them; and the
names and codes of the wards before May 2003, so that they are known when somebody uses one."""

from pathlib import Path

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
from scripts.data_build.raw_geography import (
    LSOA_2011,
    LSOA_2021,
    PORTAL,
    SHORTEST_BORDER_METRES,
    SLIVER_METRES,
    neighbours,
    wards_of,
)

VINTAGE, BEFORE = "2015-on", "before-2003"
FOLDER = RAW_FOLDER / "geography" / VINTAGE
WARD = "electoral ward since May 2015, GSS code"
NAMES_COPY = f"drkane/geo-lookups at e20a072d5fc0918437abaa3622be63f40b71d9dd. {NOT_TRIED}"
LOOKUP_COPIES = {
    "2011": f"jtrim-ons/ons-lookups at 85d0ba6e476badf3861d8dc7485aecf40598d031. {NOT_TRIED}",
    "2021": f"humaniverse/geographr at c026be5cc76cb576358082b53f1f13d69ab577ae. {NOT_TRIED}",
}
# Parts of a name that were never wards of their own since 2003, and the ways people write them.
OTHER_NAMES = {
    "Red Hall": "Red Hall & Lingfield",
    "Redhall": "Red Hall & Lingfield",
    "Redhall & Lingfield": "Red Hall & Lingfield",
    "Middleton St George": "Sadberge & Middleton St George",
    "Middleton Saint George": "Sadberge & Middleton St George",
    "Sadberge": "Sadberge & Middleton St George",
    "Heighington": "Heighington & Coniscliffe",
    "Coniscliffe": "Heighington & Coniscliffe",
    "Brinkburn": "Brinkburn & Faverdale",
    "Springfield": "Haughton & Springfield",
    "North Rd": "North Road",
}


def write_modern_geography(reference: Path) -> list[Path]:
    """Write the tables of the 20 wards that come from published lists and outlines."""
    geography = reference / "geography"
    wards = wards_of(geography, VINTAGE)
    tables = {
        "wards": wards,
        "ward_aliases": _aliases(wards),
        "neighbours": neighbours(geography / "boundary_wards_2015_on.geojson"),
        "lsoa2011_to_ward": best_fit(geography, "2011"),
        "lsoa2021_to_ward": best_fit(geography, "2021"),
        "lsoa2011_to_lsoa2021": _lsoa2011_to_lsoa2021(geography),
    }
    written = [
        write_raw(table, FOLDER / f"{name}.csv", STORIES[name]) for name, table in tables.items()
    ]
    former = wards_of(geography, "before May 2003")[["ward_code_old", "ward_name"]]
    file = RAW_FOLDER / "geography" / BEFORE / "wards.csv"
    return [*written, write_raw(former, file, STORIES["former"])]


def best_fit(geography: Path, lsoas: str) -> pd.DataFrame:
    """Return the ward each LSOA of 2011 or 2021 is put in: lsoa_code, ward_code.

    Raises ValueError where the published lookups of several years do not agree.
    """
    lookup = pd.read_csv(geography / "lookup_lsoa_to_ward_2015_on_bestfit.csv", dtype=str)
    chosen = lookup[lookup["lsoa_vintage"] == lsoas][["lsoa_code", "ward_code"]].drop_duplicates()
    if chosen["lsoa_code"].duplicated().any():
        raise ValueError(f"LSOAs of {lsoas} are put in more than one ward over the years")
    return chosen


def _lsoa2011_to_lsoa2021(geography: Path) -> pd.DataFrame:
    lookup = pd.read_csv(geography / "lookup_lsoa2011_to_lsoa2021.csv")
    names = {
        "lsoa11cd": "lsoa2011_code",
        "lsoa21cd": "lsoa2021_code",
        "change_indicator": "change",
    }
    return lookup[list(names)].rename(columns=names)


def _aliases(wards: pd.DataFrame) -> pd.DataFrame:
    joined = wards["ward_name"][wards["ward_name"].str.contains(" & ")]
    with_slash = {name.replace(" & ", slash): name for name in joined for slash in ("/", " / ")}
    named = pd.Series(OTHER_NAMES | with_slash, name="ward_name").rename_axis("alias")
    known = named.reset_index().merge(wards, on="ward_name", validate="many_to_one")
    return known[["alias", "ward_code"]]


def _story(dataset: str, title: str, columns: dict[str, str], **more: str) -> Story:
    facts = {
        "publisher": "Office for National Statistics",
        "address": PORTAL,
        "obtained_from": NAMES_COPY,
        "licence": OGL,
        "statement": f"{ONS_STATEMENT} {OS_STATEMENT}",
        "vintage": VINTAGE,
    }
    return Story(dataset=dataset, title=title, columns=columns, **(facts | more))


def _lookup_story(lsoas: str, column: str, when: str) -> Story:
    return _story(
        f"lsoa{lsoas}-to-ward",
        f"Lower layer super output areas of {lsoas} to the 20 wards, best fit",
        {"lsoa_code": column, "ward_code": WARD},
        obtained_from=LOOKUP_COPIES[lsoas],
        notes=f"LSOAs do NOT nest in these wards: each is put whole in the ward that holds most "
        f"of its people, {when}. lsoa{lsoas}_overlaps.csv says how far that misses.",
    )


STORIES = {
    "wards": _story(
        "wards",
        "Electoral wards of Darlington since May 2015",
        {
            "ward_code": WARD,
            "ward_code_old": "empty: these wards never had a six-character code",
            "ward_name": "name of the ward as the Office for National Statistics spells it",
        },
        notes="Eleven of these wards bear the name of a ward of 2003 to 2015, most with other "
        "borders: join by code, never by name.",
    ),
    "ward_aliases": _story(
        "ward-aliases",
        "Other names under which people look for a ward since 2015",
        {"alias": "name that people use, capitals of no account", "ward_code": WARD},
        publisher="Darlington Analysis",
        address="none: a list kept with this project",
        obtained_from="Parts of the wards' own names, and the ways they are written",
        notes="Parts of a name that were wards with other borders until 2015 (Bank Top, Lascelles, "
        "Lingfield, Faverdale) are left out; ward_lineage.csv leads from those. Middleton St "
        "George is kept: 93 in every 100 of its people live in the one ward.",
    ),
    "neighbours": _story(
        "ward-neighbours",
        "Which of the 20 wards share a border",
        {
            "ward_code": WARD,
            "neighbour_code": "ward that touches it, GSS code; each pair stands once, the lower "
            "code first",
        },
        notes="Worked out from generalised outlines (about 20 m): two wards are neighbours when "
        f"at least {SHORTEST_BORDER_METRES} m of one outline lies within {SLIVER_METRES} m of the "
        "other. Wards that meet at a corner only are not neighbours.",
    ),
    "lsoa2011_to_ward": _lookup_story(
        "2011", LSOA_2011, "the same in the lookups of December 2015 to December 2019"
    ),
    "lsoa2021_to_ward": _lookup_story("2021", LSOA_2021, "as at 2024"),
    "lsoa2011_to_lsoa2021": _story(
        "lsoa2011-to-lsoa2021",
        "Lower layer super output areas of 2011 to those of 2021",
        {
            "lsoa2011_code": LSOA_2011,
            "lsoa2021_code": LSOA_2021,
            "change": "U unchanged, S split, M merged",
        },
        obtained_from=LOOKUP_COPIES["2021"],
        notes="Exact: each LSOA of 2021 is one of 2011, a part of one, or two of them together.",
    ),
    "former": _story(
        "former-wards",
        "Electoral wards of Darlington before May 2003",
        {
            "ward_code_old": "six-character code of the ward before May 2003",
            "ward_name": "name of the ward before May 2003",
        },
        vintage=BEFORE,
        notes="For recognising a code of that time; no figures of these wards are used. Bank Top "
        "was 00EHMA here, 00EHNC from 2003 and E05001553 from 2009: three codes, two areas.",
    ),
}
