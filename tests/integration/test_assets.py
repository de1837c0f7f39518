"""Declared tables: what a project does not have is named, and what an entry says is done."""

import shutil

import pandas as pd
import pytest

from darlington_analysis.cleaning import assets, declared, process
from darlington_analysis.cli.main import main
from darlington_analysis.core.errors import SchemaError, SourceError
from darlington_analysis.core.project import Project
from darlington_analysis.core.settings import load_settings
from darlington_analysis.sources import register as sources
from darlington_analysis.sources.indicators import register
from tests.support.projects import ROOT

ABSENT = {
    "claimants": {"claimants": ["claimant-count"]},
    "census/2021": {
        "census 2021, wards of 2003 to 2015": ["census-profile-counts"],
        "deprivation": ["census-profile-counts"],  # its residents say how the Index's areas fit
        "census 2021": ["census-profile-counts"],
        # Wards since 2015 are given parts of census areas by the people who live there.
        "adult skills": ["census-profile-counts"],
        "children in families with a low income": ["census-profile-counts"],
        "recorded crime": ["census-profile-counts"],
    },
    "indices-of-deprivation": {
        "adult skills": ["index-adult-skills"],
        "income and work": ["index-income-and-employment"],
        "children in families with a low income": ["index-children"],
        "recorded crime": ["index-recorded-crime"],
        "deprivation": ["imd-lsoa-scores"],
        "deprivation by other methods": ["imd-lsoa-scores"],
    },
    "dummy": {
        "adult skills": ["adult-skills-ward-percentages"],
        "youth justice, wards of 2003-2015, 2006/07 to 2010/11": ["fte-ward-counts"],
    },
}


@pytest.mark.parametrize("folder", ABSENT)
def test_a_family_without_sources_is_skipped_and_named(town, folder):
    """The rest is cleaned as before; a family of which a table is left keeps that table."""
    whole = process.gather(town, load_settings(town))
    shutil.rmtree(town.raw / folder)
    families, absent = process.gather(town, load_settings(town))
    assert ({}, ABSENT[folder]) == (whole[1], absent)
    partly = {"adult skills"} & set(absent)
    assert set(whole[0]) - set(families) == set(absent) - partly
    for family in set(families) - partly:
        pd.testing.assert_frame_equal(whole[0][family].rows, families[family].rows)


def test_a_skipped_family_is_named_where_people_look(town, capsys):
    """On the command line, and among the notes on the edition's data."""
    from darlington_analysis.evidence import quality, table
    from darlington_analysis.pages import edition as show

    shutil.rmtree(town.raw / "claimants")
    assert 0 == main(["data"])
    assert "skipped, not in data/raw: claimants (claimant-count)" in capsys.readouterr().out
    verdict = quality.Quality(table.load("2025", town)).verdict
    assert "has no file for it: claimants (claimant-count)." in show.verdict_text(verdict)


def test_a_project_of_geography_alone_has_no_figures(town):
    """Nothing to clean is an error that says what is needed."""
    for folder in town.raw.iterdir():
        if folder.is_dir() and folder.name not in ("geography", "restricted"):
            shutil.rmtree(folder)
    with pytest.raises(SourceError, match="data/raw holds no figures"):
        process.gather(town, load_settings(town))


def test_every_declared_figure_is_a_registered_indicator():
    """An entry can't give a pack a figure that the register does not explain."""
    entries = [*declared.EARLIER.values(), *declared.SINCE_2015.values()]
    measures = [measure for tables in entries for table in tables for measure in table.measures]
    assert {measure.indicator for measure in measures} <= set(register())


def entry(**changed):
    """Return the entry of a small table of wards."""
    about = {
        "dataset": "x",
        "geography": "published",
        "measures": (assets.Measure("no-qualifications", "some", "all"),),
    }
    return assets.Asset(**{**about, **changed})


@pytest.fixture
def table(monkeypatch):
    """Put a small table in the place of what is in data/raw; return what replaces it."""

    def put(frame):
        source = sources.Source(
            path="x.csv",
            dataset="x",
            title="x",
            publisher="x",
            address="x",
            licence="x",
            retrieved="2026-11-27",
            vintage="2011",
            sha256="0" * 64,
            control="open",
            basis="observed",
            is_dummy=False,
            columns=dict.fromkeys(frame.columns, "x"),
        )
        monkeypatch.setattr(sources, "find", lambda *_: source)
        monkeypatch.setattr(sources, "open_raw", lambda *_: sources.RawTable(frame, source))

    return put


WARDS = pd.DataFrame(
    {
        "area_code": ["E05000001", "E05000002", "E06000005"],
        "area_type": ["ward", "ward", "borough"],
        "some": ["3", "4", "7"],
        "all": ["10", "20", "30"],
    }
)


def test_published_wards_are_taken_as_they_are(table):
    """Numerator and denominator come from the columns that the entry names."""
    table(WARDS)
    rows = assets.clean(Project(ROOT), "x", entry()).rows
    assert [(3, 10), (4, 20), (7, 30)] == list(zip(rows.numerator, rows.denominator, strict=True))
    assert {"2011"} == set(rows.period)


def test_wards_that_miss_the_borough_by_more_than_the_slack_are_refused(table):
    """The check of an entry stops a table that lost people; without slack there is no check."""
    table(WARDS.assign(some=["3", "2", "7"]))
    with pytest.raises(SchemaError, match="The wards' some add up to 5, the borough's"):
        assets.clean(Project(ROOT), "x", entry())
    assets.clean(Project(ROOT), "x", entry(slack=2))
    assets.clean(Project(ROOT), "x", entry(slack=None))


def test_wards_that_lost_people_are_set_aside(table):
    """A table whose wards hold less than the declared share of the borough gives the borough."""
    table(WARDS.assign(all=["10", "12", "30"]))
    kept = assets.clean(Project(ROOT), "x", entry(complete=0.5, slack=None))
    assert (3, 0) == (len(kept.rows), len(kept.set_aside))
    left = assets.clean(Project(ROOT), "x", entry(complete=0.98, slack=None))
    assert (["E06000005"], [1, 2]) == (list(left.rows.area_code), list(left.set_aside.row))
    assert "add up to 22, the borough's own row says 30" in left.set_aside.reason[0]


def test_a_check_of_an_entry_sees_the_areas(table):
    """What an entry compares is in what the data report shows."""
    table(WARDS)
    compared = entry(checks=(lambda areas: ("some", 14, areas.some.sum()),))
    assert ("some", 14, 14) in assets.clean(Project(ROOT), "x", compared).checks


def test_a_wards_low_skills_are_the_mean_of_its_areas_by_people(shared):
    """Worked out again from the raw table and the lookup, for all 24 wards, another way."""
    town = shared.processed()
    raw = town.raw
    skills = pd.read_csv(raw / "indices-of-deprivation/2015/adult_skills.csv")
    ward = pd.read_csv(raw / "geography/2003-2015/lsoa2011_to_ward.csv")
    both = skills.merge(ward, left_on="area_code", right_on="lsoa_code")
    both["adults"] = both.low_skills * both.residents_25_64
    sums = both.groupby("ward_code")[["adults", "residents_25_64"]].sum()
    expected = 100 * sums.adults / sums.residents_25_64
    table = pd.read_parquet(town.processed / "indicators.parquet")
    found = table[table.indicator.eq("low-skills") & table.area_code.isin(expected.index)]
    assert 24 == len(found)
    off = (found.set_index("area_code").value - expected).abs()
    assert off.max() < 0.1  # whole adults in each area


def test_a_ward_without_a_published_count_is_withheld(shared):
    """Two neighbourhoods have no count of children: their wards say so, and hold no number."""
    table = pd.read_parquet(shared.processed().processed / "indicators.parquet")
    rows = table[table.indicator.eq("children-low-income") & table.area_type.eq("ward")]
    withheld = rows[rows.status == "c"]
    assert {"E05010420", "E05010422"} == set(withheld.area_code)
    assert withheld[["numerator", "value", "lower_limit"]].isna().all(axis=None)
    assert rows[rows.status != "c"].value.notna().all()
