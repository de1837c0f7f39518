"""How far figures of LSOAs miss the wards since 2015, beside figures published for those wards.

DARLINGTON_REFERENCE_DATA=<folder> python -m scripts.studies.ward_fit    (writes docs/ward-fit.md)

How many ranges held goes to pages/static/ward_fit.csv too, from which a pack says so.
"""

from pathlib import Path

import pandas as pd

from darlington_analysis.cleaning import ward_geography
from darlington_analysis.core.project import find_project
from darlington_analysis.sources import lineage
from darlington_analysis.statistics import rates
from scripts import ROOT
from scripts.data_build.raw_files import reference_folder
from scripts.studies.ward_fit_words import held_page, page

WARDS = "2015-on"
NUMBERS = ROOT / "darlington_analysis" / "pages" / "static" / "ward_fit.csv"
BANDS = {
    "0 to 4": (0, 4),
    "5 to 10": (5, 10),
    "11 to 15": (11, 15),
    "16 to 19": (16, 19),
    "20 to 64": (20, 64),
    "65 and over": (65, 90),
}
COLUMNS = ["age_0_4", "age_5_10", "age_11_15", "age_16_19", "age_20_64", "age_65_plus"]
# Percentage of the Census of 2011: cells and base of LSOAs, topic and category of wards.
PERCENTAGES = {
    "homes rented from a social landlord": (
        ["QS405EW005"],
        "QS405EW_total",
        "tenure",
        "rented_social",
    ),
    "homes rented privately": (["QS405EW008"], "QS405EW_total", "tenure", "rented_private"),
    "people in bad or very bad health": (
        ["QS302EW004", "QS302EW005"],
        "QS302EW_total",
        "health",
        "bad",
    ),
}
# Published for wards as well; no pack shows them.
OTHERS = {
    "homes that are owned": (["QS405EW001"], "QS405EW_total", "tenure", "owned"),
    "homes lived in rent free": (["QS405EW013"], "QS405EW_total", "tenure", "rent_free"),
    "homes in shared ownership": (["QS405EW004"], "QS405EW_total", "tenure", "shared_ownership"),
    "people in fair health": (["QS302EW003"], "QS302EW_total", "health", "fair"),
    "people in good or very good health": (
        ["QS302EW001", "QS302EW002"],
        "QS302EW_total",
        "health",
        "good",
    ),
    "people of 16 to 74 out of work": (["QS601EW008"], "QS601EW_total", "economic", "unemployed"),
    "students who work or want work": (["QS601EW009"], "QS601EW_total", "economic", "student"),
    "people of 16 to 74 not economically active": (
        ["QS601EW010"],
        "QS601EW_total",
        "economic",
        "inactive",
    ),
    "employees": (["QS601EW002", "QS601EW003"], "QS601EW_total", "economic", "employee"),
    "people who work for themselves": (
        ["QS601EW004", "QS601EW005", "QS601EW006", "QS601EW007"],
        "QS601EW_total",
        "economic",
        "self-employed",
    ),
}
CENSUS, MID_2020 = "2011-03-27", "2020-06-30"


def ways(reference: Path) -> dict[str, pd.DataFrame]:
    """Return each way's shares of LSOAs (rows) in wards (columns), adding up to 1 a row.

    ``of 2011`` is shared out like ``shared out``, with the census's ward totals in place of those
    of mid-2020.
    """
    project = find_project()
    ward_of = lineage.fit(project, "2011", WARDS).ward_of
    overlaps = lineage.overlaps(project, "2011", WARDS)
    shared = ward_geography.shares(project, "2011", WARDS)
    lookup = pd.read_csv(reference / "geography/lookup_oa2011_to_lsoa_msoa_ward.csv")
    return {
        "best fit": pd.crosstab(ward_of.index, ward_of).reindex(shared.index).astype(float),
        "whole output areas": pd.crosstab(
            lookup.lsoa11cd, lookup.ward_2015_on_code_bestfit, normalize="index"
        ).reindex(shared.index),
        "postcodes alone": overlaps.pivot(
            index="lsoa_code", columns="ward_code", values="share"
        ).fillna(0.0),
        "shared out": shared,
        "of 2011": ward_geography.share_out(
            overlaps, residents(reference, CENSUS), census_wards(reference)["population", "all"]
        ),
    }


def errors(parts: pd.DataFrame, of_lsoas: pd.Series, of_wards: pd.Series) -> pd.Series:
    """Return, by ward, how far sums of LSOAs are off what was published, in per cent."""
    sums = parts.mul(of_lsoas.reindex(parts.index), axis="index").sum()
    return 100 * (sums / of_wards.reindex(sums.index) - 1)


def residents(reference: Path, day: str, band: tuple[int, int] | None = None) -> pd.Series:
    """Return residents by LSOA of 2011, of all ages or of a band."""
    table = pd.read_csv(reference / "geography/population_lsoa2011_single_year_of_age.csv")
    rows = table[(table["reference"] == day) & (table["area_level"] == "lsoa_2011")]
    rows = rows.set_index("area_code")
    if band is None:
        return rows["all_ages"]
    names = [f"age_{age}" if age < 90 else "age_90_plus" for age in range(band[0], band[1] + 1)]
    return rows[names].sum(axis="columns")


def census_wards(reference: Path) -> pd.DataFrame:
    """Return, by ward, counts of the Census of 2011: a column a topic and category."""
    table = pd.read_csv(reference / "indicators/census2001_2011_ward2015_darlington_long.csv")
    is_count = table.census_year.eq(2011) & table.area_type.eq("wd") & table.statistic.eq("count")
    return table[is_count].pivot_table(
        index="area_code", columns=["topic", "category"], values="value"
    )


def census_lsoas(reference: Path) -> pd.DataFrame:
    """Return, by LSOA, counts of the Census of 2011 by the publisher's names of cells."""
    path = reference / "geography/census2011_lsoa2011_quick_statistics.csv"
    return pd.read_csv(path).set_index("area_code")


def shares_tried(reference: Path, every: dict[str, pd.DataFrame]) -> dict:
    """Return, by percentage and way, how far wards' percentages are off, in points."""
    lsoas, wards, off = census_lsoas(reference), census_wards(reference), {}
    for what, (cells, base, topic, category) in PERCENTAGES.items():
        published = 100 * wards[topic, category] / wards[topic, "all"]
        for way, parts in every.items():
            own = lsoas.reindex(parts.index)
            count = parts.mul(own[cells].sum(axis="columns"), axis="index").sum()
            of_all = parts.mul(own[base], axis="index").sum()
            off[what, way] = 100 * count / of_all - published
    return off


def coverage(reference: Path, tried: dict) -> pd.DataFrame:
    """Return ``held`` of percentages of the Census of 2011, one under the other."""
    lsoas, wards = census_lsoas(reference), census_wards(reference)
    return pd.concat(
        [
            held(
                what,
                lsoas[cells].sum(axis="columns"),
                lsoas[base],
                100 * wards[topic, category] / wards[topic, "all"],
            )
            for what, (cells, base, topic, category) in tried.items()
        ],
        ignore_index=True,
    )


def ages_held(reference: Path) -> pd.DataFrame:
    """Return ``held`` of the shares of age bands in mid-2020."""
    wards = pd.read_csv(reference / "geography/population_wards_2015_on_mid2020_age_bands.csv")
    wards = wards.set_index("ward_code")
    return pd.concat(
        [
            held(
                f"aged {words}",
                residents(reference, MID_2020, band),
                residents(reference, MID_2020),
                100 * wards[column] / wards["all_ages"],
            )
            for (words, band), column in zip(BANDS.items(), COLUMNS, strict=True)
        ],
        ignore_index=True,
    )


def held(what: str, some: pd.Series, every: pd.Series, published: pd.Series) -> pd.DataFrame:
    """Return a row a ward: published, value, lower_limit, upper_limit, whether the limits hold the
    published percentage (``held``), and whether those for chance alone do.

    ``some`` of ``every`` are counts by LSOA of 2011. Limits are made by the functions that make
    those of packs.
    """
    parts = ward_geography.shares(find_project(), "2011", WARDS)
    counts = pd.DataFrame({"numerator": some, "denominator": every}).reindex(parts.index)
    counts = counts.rename_axis("area_code").reset_index().assign(area_type="lsoa")
    summed = ward_geography.apportioned_to_wards(counts, parts, ["numerator", "denominator"])
    told = rates.proportions(summed)
    alone = rates.proportions(summed.drop(columns="sharing_error"))
    value = told.area_code.map(published)
    return told.assign(
        what=what,
        published=value,
        held=value.between(told.lower_limit, told.upper_limit),
        held_by_chance_alone=value.between(alone.lower_limit, alone.upper_limit),
    )


def trials(reference: Path) -> dict[str, tuple[pd.Series, pd.Series]]:
    """Return what was tried: a name, the figures of LSOAs and those published for wards."""
    wards = pd.read_csv(reference / "geography/population_wards_2015_on_mid2020_age_bands.csv")
    wards = wards.set_index("ward_code")
    census, counts = (
        census_wards(reference),
        pd.read_csv(reference / "geography/census2011_lsoa2011_quick_statistics.csv").set_index(
            "area_code"
        ),
    )
    told = {
        "residents, mid-2020": (residents(reference, MID_2020), wards["all_ages"]),
        "residents, Census 2011": (residents(reference, CENSUS), census["population", "all"]),
        "households, Census 2011": (counts["QS405EW_total"], census["tenure", "all"]),
    }
    for (words, band), column in zip(BANDS.items(), COLUMNS, strict=True):
        told[f"aged {words}, mid-2020"] = (residents(reference, MID_2020, band), wards[column])
    return told


def main() -> None:
    """Write the page and print it."""
    reference = reference_folder()
    every, tried = ways(reference), trials(reference)
    found = {
        (what, way): errors(parts, *figures)
        for what, figures in tried.items()
        for way, parts in every.items()
    }
    names = lineage.names_of(find_project(), WARDS)
    percents = pd.DataFrame(shares_tried(reference, every))
    text = page(pd.DataFrame(found), percents, tried["residents, Census 2011"][1], names)
    groups = {
        "these three": coverage(reference, PERCENTAGES),
        "other percentages of 2011": coverage(reference, OTHERS),
        "ages in mid-2020": ages_held(reference),
    }
    text += held_page(groups, names)
    numbers = [(name, len(tried), int(tried.held.sum())) for name, tried in groups.items()]
    pd.DataFrame(numbers, columns=["tried", "figures", "held"]).to_csv(NUMBERS, index=False)
    (find_project().root / "docs" / "ward-fit.md").write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
