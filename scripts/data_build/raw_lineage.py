"""How far LSOAs miss the 20 wards since 2015, and where the people of the 24 wards went."""

from pathlib import Path

import geopandas as gpd
import pandas as pd

from darlington_analysis.cleaning import ward_geography
from scripts.data_build.raw_files import OGL, ONS_STATEMENT, OS_STATEMENT, Story, write_raw
from scripts.data_build.raw_geography import LSOA_2011
from scripts.data_build.raw_geography import WARD as WARD_BEFORE
from scripts.data_build.raw_geography_2015 import FOLDER, LSOA_2021, VINTAGE, WARD

DAY = "2020-06-30"
METHOD = (
    "An estimate. The outlines of the 360 output areas of 2011 are laid over the wards; an output "
    "area that a ward border cuts is shared out by its postcodes (points of more than five "
    "postcodes left out), and every output area counts the same inside its LSOA, because "
    "populations of output areas were not to be had."
)


def write_lineage_tables(reference: Path) -> list[Path]:
    """Write lsoa2011_overlaps, lsoa2021_overlaps and ward_lineage."""
    geography = reference / "geography"
    output_areas = _output_areas(geography)
    overlaps = {each: overlaps_of(output_areas, f"lsoa{each}") for each in ("2011", "2021")}
    lineage = lineage_of(geography, output_areas, overlaps["2011"])
    return [
        *(
            write_raw(table, FOLDER / f"lsoa{each}_overlaps.csv", _overlap_story(each))
            for each, table in overlaps.items()
        ),
        write_raw(lineage, FOLDER / "ward_lineage.csv", _lineage_story()),
    ]


def overlaps_of(output_areas: pd.DataFrame, lsoas: str) -> pd.DataFrame:
    """Return lsoa_code, ward_code, share: the share of an LSOA's people in each ward."""
    wards = output_areas.groupby([lsoas, "ward_code"])["share"].sum()
    shares = wards / wards.groupby(lsoas).transform("sum")
    table = shares.round(4).rename_axis(["lsoa_code", "ward_code"]).reset_index()
    return table[table["share"] > 0]


def lineage_of(geography: Path, output_areas: pd.DataFrame, overlaps: pd.DataFrame) -> pd.DataFrame:
    """Return the people of mid-2020 in each pair of an earlier and a later ward, with shares.

    LSOAs of 2011 nest in the earlier wards. Their people are shared out as those of all figures
    are, so that both wards of a pair have the residents that were published for them.
    """
    ages = pd.read_csv(geography / "population_lsoa2011_single_year_of_age.csv")
    of_day = ages[(ages["reference"] == DAY) & (ages["area_level"] == "lsoa_2011")]
    people = of_day.set_index("area_code")["all_ages"].astype(float)
    wards = pd.read_csv(geography / "population_wards_2015_on_mid2020_age_bands.csv")
    shares = ward_geography.share_out(
        overlaps, people, wards.set_index("ward_code")["all_ages"].astype(float)
    )
    before = output_areas.groupby("lsoa2011")["ward_before"].first().rename("ward_code_before")
    counted = shares.mul(people.reindex(shares.index), axis="index")
    pairs = counted.groupby(before.reindex(counted.index)).sum().stack()
    pairs = pairs[pairs > 0]
    table = pd.DataFrame(
        {
            "people_2020": pairs.round(0).astype(int),
            "share_of_before": (pairs / pairs.groupby(level=0).transform("sum")).round(4),
            "share_of_ward": (pairs / pairs.groupby(level=1).transform("sum")).round(4),
        }
    )
    return table.rename_axis(["ward_code_before", "ward_code"]).reset_index()


def _output_areas(geography: Path) -> pd.DataFrame:
    """Return one row a part: lsoa2011, lsoa2021, ward_before, ward_code, share of the OA."""
    parts = pd.read_csv(geography / "derived_overlap_oa2011_to_wards_2015_on.csv")
    names = {
        "lsoa11cd": "lsoa2011",
        "ward_2003_2015_code": "ward_before",
        "ward_2015_on_code": "ward_code",
    }
    # An output area without a postcode of its own inside a ward is shared out by its area.
    has_postcodes = parts.groupby("oa11cd")["postcodes"].transform("sum") > 0
    shares = parts["postcode_share"].where(has_postcodes, parts["area_share"])
    return parts.rename(columns=names).assign(
        share=shares, lsoa2021=parts["oa11cd"].map(_lsoa2021_of(geography))
    )


def _lsoa2021_of(geography: Path) -> pd.Series:
    """Return the LSOA of 2021 in which the middle of each output area of 2011 lies."""
    middles = gpd.read_file(geography / "boundary_oa_2011.geojson").to_crs(27700)
    code = next(name for name in middles.columns if name.lower().startswith("oa11"))
    middles["geometry"] = middles.representative_point()
    lsoas = gpd.read_file(geography / "boundary_lsoa_2021.geojson").to_crs(27700)
    own = next(name for name in lsoas.columns if name.lower().startswith("lsoa21"))
    joined = middles[[code, "geometry"]].sjoin(lsoas[[own, "geometry"]], predicate="within")
    return joined.set_index(code)[own]


def _story(dataset: str, title: str, columns: dict[str, str], notes: str) -> Story:
    return Story(
        dataset=dataset,
        title=title,
        publisher="Darlington Analysis",
        address="none: worked out by this project",
        obtained_from="Outlines of martinjc/UK-GeoJSON at 88339000fc8711feb9c146d5cd7d145bf286350d "
        "and drkane/geo-lookups at e20a072d5fc0918437abaa3622be63f40b71d9dd; postcodes of Code-"
        "Point Open and the National Statistics Postcode Lookup",
        licence=OGL,
        statement=f"{ONS_STATEMENT} {OS_STATEMENT}",
        vintage=VINTAGE,
        basis="modelled",
        notes=notes,
        columns=columns,
    )


def _overlap_story(lsoas: str) -> Story:
    column = {"2011": LSOA_2011, "2021": LSOA_2021}[lsoas]
    middle = "" if lsoas == "2011" else " An output area belongs to the LSOA its middle lies in."
    return _story(
        f"lsoa{lsoas}-overlaps",
        f"Share of the people of each LSOA of {lsoas} who live in each of the 20 wards",
        {"lsoa_code": column, "ward_code": WARD, "share": "share of the LSOA's people, 0 to 1"},
        f"{METHOD}{middle}",
    )


def _lineage_story() -> Story:
    return _story(
        "ward-lineage",
        "Where the people of the 24 wards of 2003 to 2015 went among the 20 wards since 2015",
        {
            "ward_code_before": WARD_BEFORE,
            "ward_code": WARD,
            "people_2020": "usual residents of mid-2020 living in both, estimate, count",
            "share_of_before": "their share of the earlier ward's residents, 0 to 1",
            "share_of_ward": "their share of the later ward's residents, 0 to 1",
        },
        f"{METHOD} The shares are then raked (iterative proportional fitting) until each LSOA and "
        "each of the 20 wards has the residents published for it in mid-2020, as in all counts "
        "that are shared out. A ward that was built up since has more people.",
    )
