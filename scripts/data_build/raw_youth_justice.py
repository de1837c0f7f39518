"""Published figures on first-time entrants to the youth justice system, as they were printed."""

from pathlib import Path

import pandas as pd

from scripts.data_build.raw_files import NOT_TRIED, OGL, OGL_STATEMENT, RAW_FOLDER, Story, write_raw

FOLDER = RAW_FOLDER / "youth-justice"
FACTS = "published-facts"
AREA_TYPES = {"E06000005": "borough", "E12000001": "region", "E92000001": "country"}
COMMON = {"area_code": "GSS code", "area_type": "borough, region or country"}
ADDRESS = {"address": "page that prints the figure"}
RATE = "first-time entrants per 100,000 residents aged 10 to 17"
LAIT_ADDRESS = "https://www.gov.uk/government/publications/local-authority-interactive-tool-lait"
LAIT_NOTES = {
    "2024-11-19": "The labels mean years ending March (2016 is 2015/16); later releases mean "
    "calendar years by the same labels, so the releases must not be joined by label.",
    "2025-02-04": "The labels mean calendar years. The release before it means years ending "
    "March by the same labels.",
    "2025-06-23": "The labels mean calendar years.",
    "2026-02-11": "The labels mean calendar years. The rows of England are wrong: they are the "
    "sum of the regional rates (3,071 in 2016), not a rate. Set them aside.",
}
NORTH_EAST_NOTES = (
    "Rates for years ending March. The page heads the row 'Rate / 1000'; the values are per "
    "100,000. The count it prints for 2015/16 (1977) is out of line with its own rate of 437 and "
    "presumably stands for 977, so the counts are left out."
)


def write_youth_justice_tables(reference: Path) -> list[Path]:
    """Write England's counts and rates, the North East's rates, and the four LAIT releases."""
    facts = pd.read_csv(
        reference / "indicators" / "published_facts_youth_justice_and_skills.csv", dtype=str
    )
    releases = pd.read_csv(reference / "indicators" / "fte_rate_lait_four_vintages.csv", dtype=str)
    facts = facts[facts["topic"] == "first time entrants"]
    return [
        _england_counts(facts),
        _england_rates(facts),
        _region_rates(facts),
        *(_release(rows, date) for date, rows in releases.groupby("lait_release_date")),
    ]


def _england_counts(facts: pd.DataFrame) -> Path:
    measured = facts["measure"] == "first time entrants aged 10-17 (PNC)"
    table = _printed(facts[measured & (facts["area"] == "England")], "first_time_entrants", int)
    story = _story(
        "fte-england-counts",
        "First-time entrants aged 10 to 17, England, 2007/08 and 2008/09",
        "Department for Children, Schools and Families",
        table["address"].iloc[0],
        COMMON
        | {"period": "financial year"}
        | {"first_time_entrants": "first-time entrants aged 10 to 17, count"}
        | ADDRESS,
        "Police National Computer counts, as cited in Youth Justice 10(1), April 2010. Counts "
        "kept by youth offending teams are lower and must not be mixed with them.",
    )
    return write_raw(table, FOLDER / FACTS / "england_counts.csv", story)


def _england_rates(facts: pd.DataFrame) -> Path:
    chosen = (facts["area"] == "England") & (facts["measure"] == "first time entrant rate")
    table = _printed(facts[chosen], "rate_per_100000", float)
    story = _story(
        "fte-england-rates",
        "First-time entrants per 100,000 aged 10 to 17, England, 2010 to 2020",
        "Public Health England, Fingertips indicator 10401",
        table["address"].iloc[0],
        COMMON | {"period": "calendar year", "rate_per_100000": RATE} | ADDRESS,
        "As printed in a needs assessment of Buckinghamshire that cites Fingertips. The source "
        "of Fingertips is the Police National Computer.",
    )
    return write_raw(table, FOLDER / FACTS / "england_rates.csv", story)


def _region_rates(facts: pd.DataFrame) -> Path:
    chosen = (facts["area"] == "North East") & (facts["measure"] == "first time entrant rate")
    table = _printed(facts[chosen], "rate_per_100000", int)
    story = _story(
        "fte-region-rates",
        "First-time entrants per 100,000 aged 10 to 17, North East, 2015/16 to 2018/19",
        "Gateshead Council, Youth Justice Strategic Plan, section 4",
        table["address"].iloc[0],
        COMMON | {"period": "financial year", "rate_per_100000": RATE} | ADDRESS,
        NORTH_EAST_NOTES,
    )
    return write_raw(table, FOLDER / FACTS / "region_rates.csv", story)


def _printed(facts: pd.DataFrame, value: str, kind: type) -> pd.DataFrame:
    codes = facts["area"].map({"England": "E92000001", "North East": "E12000001"})
    return pd.DataFrame(
        {
            "area_code": codes,
            "area_type": codes.map(AREA_TYPES),
            "period": facts["period"],
            value: facts["value_as_printed"].astype(kind),
            "address": facts["source_url"],
        }
    )


def _release(rows: pd.DataFrame, date: str) -> Path:
    table = pd.DataFrame(
        {
            "area_code": rows["area_code"],
            "area_type": rows["area_code"].map(AREA_TYPES),
            "year_label": rows["year_label_as_published"],
            "rate_per_100000": rows["value_as_published"].astype(int),
        }
    )
    commit = rows["repo_commit"].iloc[0]
    story = _story(
        "fte-lait-rates",
        f"Local Authority Interactive Tool, release of {date}: first-time entrants",
        "Department for Education",
        LAIT_ADDRESS,
        COMMON
        | {"year_label": "year as the release labels it (see the notes)", "rate_per_100000": RATE},
        LAIT_NOTES[date],
        vintage=date,
        copy=f"dfe-analytical-services/local-authority-interactive-tool at {commit}. {NOT_TRIED}",
    )
    return write_raw(table, FOLDER / f"lait-{date}" / "rates.csv", story)


def _story(dataset, title, publisher, address, columns, notes, vintage=FACTS, copy="") -> Story:
    return Story(
        dataset=dataset,
        title=title,
        publisher=publisher,
        address=address,
        obtained_from=copy,
        licence=OGL if copy else "facts cited with their page",
        statement=OGL_STATEMENT if copy else "",
        vintage=vintage,
        notes=notes,
        columns=columns,
    )
