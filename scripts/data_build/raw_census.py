"""Census 2011 counts of Darlington's LSOAs, the borough, the North East and England."""

from pathlib import Path

import pandas as pd

from scripts.data_build.raw_files import NOT_TRIED, OGL, ONS_STATEMENT, RAW_FOLDER, Story, write_raw

COPY = f"bothness/census-atlas at 5667c45035e0cb96262dabc121d1f79ec1832ceb. {NOT_TRIED}"
SUMS = "The rows of the borough, the region and England are sums of LSOAs (65, 1,657 and 32,844)."
AREA = {
    "area_code": "GSS code; LSOAs are those of 2011",
    "area_type": "lsoa, borough, region or country",
}
# Quick Statistics code of each count, as the census labels it.
PROFILE = {
    "residents": ("QS104EW_total", "usual residents, all ages (QS104EW)"),
    "residents_16_plus": ("QS501EW_total", "usual residents aged 16 and over (QS501EW)"),
    "no_qualifications": (
        "QS501EW001",
        "residents aged 16 and over with no qualifications (QS501EW)",
    ),
    "economically_active_16_74": (
        "QS601EW001",
        "residents aged 16 to 74 who are economically active, full-time students among them "
        "(QS601EW)",
    ),
    "unemployed_16_74": (
        "QS601EW008",
        "economically active residents aged 16 to 74 who are unemployed; full-time students are "
        "counted apart (QS601EW)",
    ),
    "households": ("QS416EW_total", "households with at least one usual resident (QS416EW)"),
    "households_no_car": ("QS416EW001", "households with no car or van (QS416EW)"),
    "households_social_rented": (
        "QS405EW005",
        "households renting from the council or another social landlord (QS405EW)",
    ),
    "households_private_rented": ("QS405EW008", "households renting privately (QS405EW)"),
    "households_overcrowded": (
        ("QS412EW004", "QS412EW005"),
        "households with at least one bedroom too few (QS412EW)",
    ),
    "households_occupancy_base": (
        "QS412EW_total",
        "households with an occupancy rating (QS412EW)",
    ),
    "residents_health_base": ("QS302EW_total", "usual residents asked about health (QS302EW)"),
    "bad_or_very_bad_health": (
        ("QS302EW004", "QS302EW005"),
        "residents whose health is bad or very bad, as they say (QS302EW)",
    ),
}
BANDS = {
    "age_0_4": (0, 4),
    "age_5_9": (5, 9),
    "age_10_17": (10, 17),
    "age_18_24": (18, 24),
    "age_25_44": (25, 44),
    "age_45_64": (45, 64),
    "age_65_74": (65, 74),
    "age_75_plus": (75, 90),
}


def write_census_tables(reference: Path) -> list[Path]:
    """Write profile_counts.csv and age_bands.csv: 65 LSOAs and three benchmarks each."""
    folder = RAW_FOLDER / "census" / "2011"
    return [
        write_raw(_profile(reference), folder / "profile_counts.csv", _profile_story()),
        write_raw(_age_bands(reference), folder / "age_bands.csv", _age_story()),
    ]


def _profile(reference: Path) -> pd.DataFrame:
    source = pd.read_csv(reference / "geography" / "census2011_lsoa2011_quick_statistics.csv")
    table = _areas(source)
    for column, (codes, _) in PROFILE.items():
        chosen = [codes] if isinstance(codes, str) else list(codes)
        table[column] = source[chosen].sum(axis="columns")
    return table


def _age_bands(reference: Path) -> pd.DataFrame:
    years = pd.read_csv(reference / "geography" / "population_lsoa2011_single_year_of_age.csv")
    census = years[years["basis"] == "Census 2011 usual residents"]
    table = _areas(census)
    for band, (youngest, oldest) in BANDS.items():
        table[band] = census[[_age_column(age) for age in range(youngest, oldest + 1)]].sum(axis=1)
    table["all_ages"] = census["all_ages"]
    return table


def _areas(source: pd.DataFrame) -> pd.DataFrame:
    area_type = source["area_level"].replace("lsoa_2011", "lsoa")
    return pd.DataFrame({"area_code": source["area_code"], "area_type": area_type})


def _age_column(age: int) -> str:
    return f"age_{age}" if age < 90 else "age_90_plus"


def _profile_story() -> Story:
    meanings = {column: f"{meaning}, count" for column, (_, meaning) in PROFILE.items()}
    return Story(
        dataset="census-profile-counts",
        title="Census 2011 Quick Statistics QS104EW, QS302EW, QS405EW, QS412EW, QS416EW, "
        "QS501EW, QS601EW",
        publisher="Office for National Statistics",
        address="https://www.nomisweb.co.uk/census/2011/quick_statistics",
        obtained_from=COPY,
        licence=OGL,
        statement=ONS_STATEMENT,
        vintage="2011",
        notes=f"Census day 27 March 2011. {SUMS} Small counts carry the publisher's own record "
        "swapping.",
        columns=AREA | meanings,
    )


def _age_story() -> Story:
    meanings = {
        band: f"usual residents aged {low} to {high}, count" for band, (low, high) in BANDS.items()
    }
    meanings["age_75_plus"] = "usual residents aged 75 and over, count"
    return Story(
        dataset="census-age-bands",
        title="Census 2011: age by single year (QS103EW), added up to bands",
        publisher="Office for National Statistics",
        address="https://www.nomisweb.co.uk/census/2011/qs103ew",
        obtained_from=COPY,
        licence=OGL,
        statement=ONS_STATEMENT,
        vintage="2011",
        notes=f"Census day 27 March 2011. Bands are sums of single years of age. {SUMS}",
        columns=AREA | meanings | {"all_ages": "usual residents of all ages, count"},
    )
