"""Census 2021 counts of Darlington's LSOAs of 2021, the borough, the North East and England."""

from pathlib import Path

import pandas as pd

from scripts.data_build.raw_files import NOT_TRIED, OGL, ONS_STATEMENT, RAW_FOLDER, Story, write_raw

COPIES = (
    "TS054 and TS067: Better-Britain/voting-deprivation-map at "
    "7934b02cb4b04ee2270a312f959b2ebfb1bb9e83. The others: humaniverse/demographr at "
    f"d0417101e5cad5fe1eca059ac60859e9157a29d2. {NOT_TRIED}"
)
AREA_TYPES = {"LSOA2021": "lsoa", "LTLA": "borough", "region": "region", "country": "country"}
# A table of one file each: the columns wanted, and what they are.
TS067, TS054 = "Highest level of qualification: ", "Tenure of household: "
WIDE = {
    "census2021_ts067_highest_qualification_darlington.csv": {
        f"{TS067}Total: All usual residents aged 16 years and over": "residents_16_plus",
        f"{TS067}No qualifications": "no_qualifications",
    },
    "census2021_ts054_tenure_darlington.csv": {
        f"{TS054}Total: All households": "households",
        f"{TS054}Social rented": "households_social_rented",
        f"{TS054}Private rented": "households_private_rented",
    },
}
# Topics of the long file: the categories added up, and the names of numerator and base.
LONG = {
    "Disability (Equality Act)": (
        ["Disabled under the Equality Act"],
        ("disabled", "residents_disability_base"),
    ),
    "Occupancy rating (bedrooms)": (
        ["-1 (overcrowded)", "-2 or less (overcrowded)"],
        ("households_overcrowded", "households_occupancy_base"),
    ),
}
MEANINGS = {
    "residents_16_plus": "usual residents aged 16 and over (TS067)",
    "no_qualifications": "residents aged 16 and over with no qualifications (TS067)",
    "households": "households with at least one usual resident (TS054)",
    "households_social_rented": "households renting from the council or another social landlord "
    "(TS054)",
    "households_private_rented": "households renting privately (TS054)",
    "disabled": "usual residents disabled under the Equality Act, as they say (TS038)",
    "residents_disability_base": "usual residents asked about disability (TS038)",
    "households_overcrowded": "households with at least one bedroom too few (TS052)",
    "households_occupancy_base": "households with an occupancy rating (TS052)",
}


def write_census_2021_table(reference: Path) -> list[Path]:
    """Write profile_counts.csv of 2021: 66 LSOAs and three wider areas."""
    wide = [_wide(reference / "indicators" / name, names) for name, names in WIDE.items()]
    table = pd.concat([*wide, *_long(reference)], axis="columns", join="outer")
    if table.isna().any(axis=None):
        raise ValueError("An area of one census table is missing from another")
    types = _wide(reference / "indicators" / next(iter(WIDE)), {"geography level": "level"})[
        "level"
    ]
    frame = table.astype(int)[list(MEANINGS)].rename_axis("area_code").reset_index()
    frame.insert(1, "area_type", frame["area_code"].map(types).map(AREA_TYPES))
    return [write_raw(frame, RAW_FOLDER / "census" / "2021" / "profile_counts.csv", _story())]


def _wide(file: Path, names: dict[str, str]) -> pd.DataFrame:
    table = pd.read_csv(file)
    ours = table[table["geography level"].isin(AREA_TYPES)].set_index("geography code")
    return ours[list(names)].rename(columns=names)


def _long(reference: Path) -> list[pd.DataFrame]:
    rows = pd.read_csv(reference / "geography" / "census2021_lsoa2021_selected_tables.csv")
    return [_topic(rows[rows["topic"] == topic], *how) for topic, how in LONG.items()]


def _topic(rows: pd.DataFrame, categories: list[str], names: tuple[str, str]) -> pd.DataFrame:
    counted = rows[rows["category"].isin(categories)].groupby("area_code")
    return pd.DataFrame(
        dict(zip(names, (counted["count"].sum(), counted["denominator"].first()), strict=True))
    )


def _story() -> Story:
    return Story(
        dataset="census-profile-counts",
        title="Census 2021 TS038, TS052, TS054 and TS067",
        publisher="Office for National Statistics",
        address="https://www.nomisweb.co.uk/sources/census_2021",
        obtained_from=COPIES,
        licence=OGL,
        statement=ONS_STATEMENT,
        vintage="2021",
        notes="Census day 21 March 2021. Counts are perturbed by the publisher: LSOAs miss the "
        "borough's own row by up to 12. The wider areas' rows of disability and of overcrowding "
        "are sums of LSOAs.",
        columns={
            "area_code": "GSS code; LSOAs are those of 2021",
            "area_type": "lsoa, borough, region or country",
        }
        | {name: f"{meaning}, count" for name, meaning in MEANINGS.items()},
    )
