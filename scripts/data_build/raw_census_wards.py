"""Counts that the censuses of 2001 and 2011 published for wards, both sets of them."""

from pathlib import Path

import pandas as pd

from scripts.data_build.raw_files import NOT_TRIED, OGL, ONS_STATEMENT, RAW_FOLDER, Story, write_raw

OF_24 = (
    "UKDataServiceOpen/Townsend-Deprivation at 1880dad11bddfc62a33864d8f992a66c367cd22e. "
    f"{NOT_TRIED}"
)
OF_20 = f"ONSvisual/census-data at e1638993f736ec6ae150a8628b16962c065aae6d. {NOT_TRIED}"
AREA_TYPES = {"wd": "ward", "lad": "borough", "rgn": "region", "ctry": "country"}
ACTIVE = "residents aged 16 to 74 who are economically active, full-time students among them"
UNEMPLOYED = (
    "economically active residents aged 16 to 74 who are unemployed; full-time students are "
    "counted apart"
)
SOCIAL = "households renting from the council or another social landlord"
# Columns of the 24 wards in 2001: the cells added up, and what they are.
CELLS_2001 = {
    "economically_active_16_74": (["cs0210010"], f"{ACTIVE} (CAS021)"),
    "unemployed_16_74": (["cs0210046"], f"{UNEMPLOYED} (CAS021)"),
    "households": (["ks0170001"], "households with residents, of the table on cars (KS017)"),
    "households_no_car": (["ks0170002"], "households with no car or van (KS017)"),
    "households_tenure_base": (["ks0180001"], "households of the table on tenure (KS018)"),
    "households_social_rented": (["ks0180005", "ks0180006"], f"{SOCIAL} (KS018)"),
}
# Columns of the 20 wards: topic and categories added up, and what they are.
WORKING = ["employee", "self-employed", "student", "unemployed"]
CELLS_OF_20 = {
    "residents": ("population", ["all"], "usual residents, all ages"),
    "economically_active_16_74": ("economic", WORKING, ACTIVE),
    "unemployed_16_74": ("economic", ["unemployed"], UNEMPLOYED),
    "households_tenure_base": ("tenure", ["all"], "households with residents"),
    "households_social_rented": ("tenure", ["rented_social"], SOCIAL),
    "households_private_rented": (
        "tenure",
        ["rented_private"],
        "households renting privately; those that live rent free are counted apart",
    ),
}


def write_census_ward_tables(reference: Path) -> list[Path]:
    """Write the tables of 2001 for both ward sets, and that of 2011 for the wards since 2015."""
    indicators = reference / "indicators"
    folder = RAW_FOLDER / "census"
    earlier = write_raw(_of_24(indicators), folder / "2001" / "wards_2003_2015.csv", _story_of_24())
    later = pd.read_csv(indicators / "census2001_2011_ward2015_darlington_long.csv")
    return [
        earlier,
        *(
            write_raw(
                _of_20(later[later["census_year"] == year]),
                folder / str(year) / "wards_2015_on.csv",
                _story_of_20(year),
            )
            for year in (2001, 2011)
        ),
    ]


def _of_24(indicators: Path) -> pd.DataFrame:
    source = pd.read_csv(indicators / "census2001_ward_townsend_inputs_darlington.csv")
    codes = pd.read_csv(indicators / "wards24_context_derived.csv")
    code_of = codes.set_index("ward2003_code")["ward2011_code"]
    table = pd.DataFrame({"area_code": source["Zone.Code"].map(code_of), "area_type": "ward"})
    for column, (cells, _) in CELLS_2001.items():
        table[column] = source[cells].sum(axis="columns")
    return table


def _of_20(rows: pd.DataFrame) -> pd.DataFrame:
    counts = rows[rows["statistic"] == "count"].set_index(["area_code", "topic", "category"])
    counts = counts["value"].astype(int)
    areas = rows.drop_duplicates("area_code")
    table = pd.DataFrame(
        {"area_code": areas["area_code"], "area_type": areas["area_type"].map(AREA_TYPES)}
    )
    for column, (topic, categories, _) in CELLS_OF_20.items():
        table[column] = [
            sum(counts[code, topic, category] for category in categories)
            for code in table["area_code"]
        ]
    return table


def _story_of_24() -> Story:
    return Story(
        dataset="census-ward-counts-2003-2015",
        title="Census 2001 CAS021, KS017 and KS018 for the wards of 2003 to 2015",
        publisher="Office for National Statistics",
        address="https://www.nomisweb.co.uk/sources/census_2001",
        obtained_from=OF_24,
        licence=OGL,
        statement=ONS_STATEMENT,
        vintage="2001",
        notes="Census day 29 April 2001. The publisher adjusted small cells, so bases of tables "
        "differ by a few and no count is 1 or 2. Meanings of cells are those of the copy's own "
        "formulas. Private renting is left out: this table counts letting agencies alone.",
        columns={"area_code": "GSS code of the ward", "area_type": "ward"}
        | {name: f"{meaning}, count" for name, (_, meaning) in CELLS_2001.items()},
    )


def _story_of_20(year: int) -> Story:
    day = {2001: "29 April 2001", 2011: "27 March 2011"}[year]
    return Story(
        dataset="census-ward-counts-2015-on",
        title=f"Census {year}: residents, economic activity and tenure for the wards since 2015",
        publisher="Office for National Statistics",
        address="https://www.nomisweb.co.uk/sources",
        obtained_from=OF_20,
        licence=OGL,
        statement=ONS_STATEMENT,
        vintage=str(year),
        notes=f"Census day {day}. Wards since 2015 are sums of whole output areas, made by the "
        "publisher for its census atlas. Health is left out: the question of 2001 had three "
        "answers about the last 12 months, that of 2011 five about health in general.",
        columns={"area_code": "GSS code", "area_type": "ward, borough, region or country"}
        | {name: f"{meaning}, count" for name, (*_, meaning) in CELLS_OF_20.items()},
    )
