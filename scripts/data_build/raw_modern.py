"""Claimants, fuel poverty and mid-2020 residents of the 20 wards, as they were published."""

from pathlib import Path

import pandas as pd

from scripts.data_build.raw_files import (
    NOT_TRIED,
    OGL,
    OGL_STATEMENT,
    ONS_STATEMENT,
    RAW_FOLDER,
    Story,
    write_raw,
)

INSIGHT = f"open-innovations/jrf-insight at f99f04c1d1b6ec56135cf9819d3d1244e2aa3197. {NOT_TRIED}"
DEMOGRAPHY = f"humaniverse/demographr at d0417101e5cad5fe1eca059ac60859e9157a29d2. {NOT_TRIED}"
WARD = "ward since May 2015, borough or region, GSS code"
BANDS = {
    "age_0_4": (0, 4),
    "age_5_10": (5, 10),
    "age_11_15": (11, 15),
    "age_16_19": (16, 19),
    "age_20_64": (20, 64),
    "age_65_plus": (65, 90),
}
AREA = {"area_code": "GSS code", "area_type": "ward, lsoa, borough, region or country"}
FUEL_NOTES = (
    "The model's figures are not comparable from one year to another (publisher's note), and say "
    "what is to be expected of such homes; nobody was asked."
)


def write_modern_tables(reference: Path) -> list[Path]:
    """Write claimants, the two tables of fuel poverty, residents by age and of LSOAs."""
    indicators, geography = reference / "indicators", reference / "geography"
    ages = pd.read_csv(geography / "population_lsoa2011_single_year_of_age.csv")
    ages = ages[ages["reference"] == "2020-06-30"]
    return [
        _claimants(indicators),
        _fuel_wards(indicators),
        _fuel_lsoas(indicators),
        _residents(geography, ages),
        _of_lsoas(ages, "age_10_17", (10, 17)),
        _of_lsoas(ages, "all_ages", (0, 90)),
    ]


def _claimants(indicators: Path) -> Path:
    rows = pd.read_csv(indicators / "claimant_count_ward2015_jul_oct2023_darlington.csv")
    rows = rows.drop_duplicates(["date", "geography_code", "variable_name"])
    wide = rows.pivot(index=["date", "geography_code"], columns="variable_name", values="value")
    table = pd.DataFrame(
        {
            "claimants": wide["Claimant count"].astype(int),
            "percent": wide["Claimants as a proportion of residents aged 16-64"],
        }
    ).reset_index()
    table = table.rename(columns={"date": "month", "geography_code": "area_code"})
    table.insert(1, "area_type", table["area_code"].map(_area_type))
    story = _story(
        "claimant-count",
        "Claimant count by ward, July to October 2023",
        "Office for National Statistics, Nomis",
        "https://www.nomisweb.co.uk/sources/cc",
        INSIGHT.replace("at f99f", "at four commits up to f99f"),
        "2023-10",
        ("month", "month, 2023-10 is October 2023"),
        ("area_type", "ward, borough or region"),
        ("area_code", WARD),
        (
            "claimants",
            "people claiming benefits chiefly because they are out of work, rounded to "
            "5 by the publisher, count",
        ),
        (
            "percent",
            "claimants as a percentage of residents aged 16 to 64, one decimal, as published",
        ),
        notes="England was not in the public copy. Read by code, not by name: one month spells "
        "them with another sign.",
    )
    columns = list(story.columns)
    return write_raw(table[columns], RAW_FOLDER / "claimants" / "2023-10" / "wards.csv", story)


def _fuel_wards(indicators: Path) -> Path:
    rows = pd.read_csv(indicators / "fuel_poverty_ward2015_2021_darlington.csv")
    wide = rows.pivot(index="geography_code", columns="variable_name", values="value").reset_index()
    table = pd.DataFrame(
        {
            "area_code": wide["geography_code"],
            "area_type": wide["geography_code"].map(_area_type),
            "households": wide["Number of households"].astype(int),
            "fuel_poor": wide["Number of households in fuel poverty"].astype(int),
        }
    )
    story = _story(
        "fuel-poverty-wards",
        "Fuel poverty 2021 by ward, added up to wards in the public copy",
        "Department for Energy Security and Net Zero",
        "https://www.gov.uk/government/collections/fuel-poverty-sub-regional-statistics",
        INSIGHT,
        "2021",
        *AREA.items(),
        ("households", "households, estimate, count"),
        ("fuel_poor", "households in fuel poverty (low income, low energy efficiency), modelled"),
        basis="modelled",
        notes=f"{FUEL_NOTES} The wards' households add up to 46,243; the borough's own row says "
        "50,028. Beside the LSOAs of 2020, College, Park East and Red Hall & Lingfield hold three "
        "fifths of their homes or less: LSOAs redrawn in 2021 seem to have been lost.",
    )
    return write_raw(table, RAW_FOLDER / "fuel-poverty" / "2021" / "wards.csv", story)


def _fuel_lsoas(indicators: Path) -> Path:
    rows = pd.read_csv(indicators / "fuel_poverty_lsoa2011_2020_darlington.csv")
    table = pd.DataFrame(
        {
            "lsoa_code": rows["LSOA Code"],
            "households": rows["Number of households"],
            "fuel_poor": rows["Number of households in fuel poverty"],
        }
    )
    story = _story(
        "fuel-poverty-lsoas",
        "Fuel poverty 2020 by LSOA of 2011",
        "Department for Business, Energy and Industrial Strategy",
        "https://www.gov.uk/government/collections/fuel-poverty-sub-regional-statistics",
        INSIGHT,
        "2020",
        ("lsoa_code", "lower layer super output area of 2011, GSS code"),
        ("households", "households, estimate, count"),
        ("fuel_poor", "households in fuel poverty (low income, low energy efficiency), modelled"),
        basis="modelled",
        notes=FUEL_NOTES,
    )
    return write_raw(table, RAW_FOLDER / "fuel-poverty" / "2020" / "lsoas.csv", story)


def _residents(geography: Path, ages: pd.DataFrame) -> Path:
    wards = pd.read_csv(geography / "population_wards_2015_on_mid2020_age_bands.csv")
    wards = wards.rename(columns={"ward_code": "area_code"}).assign(area_type="ward")
    wider = ages[ages["area_level"] != "lsoa_2011"].rename(columns={"area_level": "area_type"})
    names = ["area_code", "area_type", *BANDS, "all_ages"]
    table = pd.concat([wards[names], banded(wider, BANDS)[names]], ignore_index=True)
    story = _story(
        "residents-mid-year",
        "Residents by age, mid-2020: wards, borough, North East and England",
        "Office for National Statistics",
        "https://www.ons.gov.uk/peoplepopulationandcommunity/populationandmigration/"
        "populationestimates",
        f"{INSIGHT.split('. ')[0]} (wards), {DEMOGRAPHY} (wider areas)",
        "mid-2020",
        *AREA.items(),
        *(
            (band, f"usual residents aged {low} to {high}".replace("to 90", "and over") + ", count")
            for band, (low, high) in BANDS.items()
        ),
        ("all_ages", "usual residents of all ages, count"),
        notes="Estimates as first published, before Census 2021. The publisher's own best fit for "
        "wards; the wider areas' rows are sums of LSOAs.",
    )
    return write_raw(table, RAW_FOLDER / "population" / "mid-2020" / "wards.csv", story)


def _of_lsoas(ages: pd.DataFrame, column: str, band: tuple[int, int]) -> Path:
    who = "Residents aged 10 to 17" if column == "age_10_17" else "Residents of all ages"
    table = banded(ages.rename(columns={"area_level": "area_type"}), {column: band})
    table["area_type"] = table["area_type"].replace("lsoa_2011", "lsoa")
    story = _story(
        "residents-10-17" if column == "age_10_17" else "residents-lsoas",
        f"{who}, mid-2020, by LSOA of 2011",
        "Office for National Statistics",
        "https://www.ons.gov.uk/peoplepopulationandcommunity/populationandmigration/"
        "populationestimates",
        DEMOGRAPHY,
        "mid-2020",
        *AREA.items(),
        (column, who.replace("Residents", "usual residents") + ", count"),
        notes="Sums of single years of age; the wider areas' rows are sums of LSOAs.",
    )
    file = "aged_10_17.csv" if column == "age_10_17" else "all_ages_lsoas.csv"
    return write_raw(table, RAW_FOLDER / "population" / "mid-2020" / file, story)


def banded(rows: pd.DataFrame, bands: dict[str, tuple[int, int]]) -> pd.DataFrame:
    """Return area_code, area_type, each band summed from single years of age, and all_ages."""
    sums = {
        band: rows[
            [f"age_{age}" if age < 90 else "age_90_plus" for age in range(low, high + 1)]
        ].sum(axis="columns")
        for band, (low, high) in bands.items()
    }
    kept = ["all_ages"] if len(bands) > 1 else []
    return rows[["area_code", "area_type", *kept]].assign(**sums)


def _area_type(code: str) -> str:
    return {"E05": "ward", "E06": "borough", "E12": "region", "E92": "country"}[code[:3]]


def _story(dataset, title, publisher, address, copy, vintage, *columns, notes, basis="observed"):
    return Story(
        dataset=dataset,
        title=title,
        publisher=publisher,
        address=address,
        obtained_from=copy,
        licence=OGL,
        statement=ONS_STATEMENT if "National Statistics" in publisher else OGL_STATEMENT,
        vintage=vintage,
        basis=basis,
        notes=notes,
        columns=dict(columns),
    )
