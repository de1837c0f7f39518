"""The dummy figures are made again to the byte, and have the shape the facts ask for."""

import subprocess
import sys

import pandas as pd
import pytest

from tests.support.projects import ROOT

DUMMY = ROOT / "data" / "raw" / "dummy"
COUNT = "first_time_entrants_dummy"
COCKERTON_WEST, PARK_EAST, HAUGHTON_EAST = "E05001556", "E05001573", "E05001561"


@pytest.fixture(scope="module")
def counts() -> pd.DataFrame:
    """Return the made-up ward counts: wards down, financial years across."""
    table = pd.read_csv(DUMMY / "first-time-entrants" / "ward_counts_DUMMY.csv")
    return table.pivot(index="ward_code", columns="period", values=COUNT)


@pytest.fixture(scope="module")
def skills() -> pd.DataFrame:
    """Return the made-up ward percentages by ward."""
    return pd.read_csv(DUMMY / "adult-skills" / "ward_percentages_DUMMY.csv", index_col=0)


def test_script_makes_them_again(tmp_path):
    """The kept script, from committed files alone, writes each dummy to the byte."""
    command = [sys.executable, "-m", "scripts.data_build.dummy_figures", tmp_path]
    subprocess.run(command, cwd=ROOT, check=True, env={})
    written = sorted(file for file in (tmp_path / "dummy").rglob("*") if file.is_file())
    kept = sorted(file for file in DUMMY.rglob("*") if file.is_file())

    assert 6 == len(kept) == len(written)
    assert [file.read_bytes() for file in kept] == [file.read_bytes() for file in written]


def test_every_ward_and_year_has_a_row(counts):
    """All 24 wards have a whole number, none missing, for each of the five years."""
    years = ["2006/07", "2007/08", "2008/09", "2009/10", "2010/11"]

    assert years == counts.columns.tolist()
    assert (24, 0) == (len(counts), counts.isna().sum().sum())
    assert (counts >= 0).all().all()


def test_borough_rows_are_the_sums_of_the_wards(counts):
    """The borough's made-up count is the sum of the wards' in each year."""
    borough = pd.read_csv(DUMMY / "first-time-entrants" / "borough_counts_DUMMY.csv")

    assert {"E06000005"} == set(borough["area_code"])
    assert counts.sum().to_dict() == borough.set_index("period")[COUNT].to_dict()


def test_borough_falls_as_is_plausible(counts):
    """The borough falls every year or stands, from 190 to 300 at first to 95 to 170 at last."""
    borough = counts.sum()

    assert borough.is_monotonic_decreasing
    assert borough.iloc[:2].between(190, 300).all()
    assert borough.iloc[-2:].between(95, 170).all()


def test_two_wards_named_by_the_review_are_highest(counts):
    """Cockerton West and Park East have the highest numbers over five years, outright."""
    sums = counts.sum(axis="columns").sort_values(ascending=False)

    assert {COCKERTON_WEST, PARK_EAST} == set(sums.index[:2])
    assert sums.iloc[1] > sums.iloc[2]


def test_some_wards_must_be_withheld(counts):
    """Two or three wards have 1 to 7 over five years and one has none: the gate has work."""
    sums = counts.sum(axis="columns")

    assert sums.between(1, 7).sum() in (2, 3)
    assert 1 == (sums == 0).sum()


def test_skills_follow_the_review_and_the_survey(skills):
    """Haughton East has lowest numeracy, Cockerton West lowest literacy, at plausible levels."""
    assert 24 == len(skills)
    assert HAUGHTON_EAST == skills["low_numeracy_percent_dummy"].idxmax()
    assert COCKERTON_WEST == skills["low_literacy_percent_dummy"].idxmax()
    assert 47 <= skills["low_numeracy_percent_dummy"].mean() <= 55
    assert 16 <= skills["low_literacy_percent_dummy"].mean() <= 22
