"""The register of indicators: which page shows what, and what a project adds to it."""

import pandas as pd
import pytest

from darlington_analysis.core import fingerprints
from darlington_analysis.core.errors import SourceError
from darlington_analysis.evidence.table import load
from darlington_analysis.publishing import packs
from darlington_analysis.sources import indicators
from darlington_analysis.sources.indicators import register, shown_on
from scripts.docs import indicators as page_of_indicators
from tests.support.projects import ROOT, copy_project

NEW = """
[[indicator]]
slug = "private-rented"
page = ""

[[indicator]]
slug = "allotments"
title = "Households with an allotment"
short_title = "Allotments"
kind = "proportion"
unit = "per cent"
least = 0
most = 100
multiplier = 100
polarity = "high is good"
period_kind = "calendar"
numerator = "households with an allotment"
denominator = "households"
who = "households"
what = "have an allotment"
why = "People meet there."
headline = false
page = "indicators"
order = 1
"""
TABLE = pd.DataFrame({"indicator": ["no-car", "private-rented"], "source": "census.csv"})


@pytest.fixture
def town(tmp_path, monkeypatch):
    """Return a copy of the project, the one that every command works on."""
    project = copy_project(tmp_path / "town")
    monkeypatch.setenv("DARLINGTON_PROJECT", str(project.root))
    return project


def test_the_register_says_what_the_packs_show(town):
    """In which order, and every indicator of the library has a page."""
    assert ["low-skills", "first-time-entrants"] == shown_on("indicators")[:2]
    assert "private-rented" == shown_on("indicators")[-1]
    assert not shown_on("")


def test_a_project_adds_indicators_and_changes_ours(town):
    """Without touching the library; packs made before are not up to date afterwards."""
    before = fingerprints.inputs(town)
    (town.root / "data/indicators.toml").write_text(NEW, "utf-8")
    assert "allotments" == shown_on("indicators")[0]
    assert ["private-rented"] == shown_on("")
    assert "private" in register()["private-rented"].title
    assert {"data/indicators.toml"} == set(fingerprints.inputs(town)) - set(before)
    (town.root / "data/indicators.toml").unlink()
    assert "allotments" not in register()


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ('[[indicator]]\nslug = "new"\n', r"line 1: title is missing under \[\[indicator\]\]"),
        ('[[indicator]]\nslug = "no-car"\npolarity = "up"\n', "line 3: polarity can't be up"),
        ('[[indicator]]\ntitle = "A"\n', "line 1: slug is missing"),
        ("indicator = 3", r"Its heading is \[\[indicator\]\]"),
        ("[[indicator]", "line 1"),
        ("[[indicators]]\nslug = 'new'", "no part called indicators"),
        ('[[indicator]]\nslug = "no-car"\norder = "first"', "line 3: order: first will not do"),
        ('[[indicator]]\nslug = "no-car"\nshorttitle = "A"', 'write short_title = "A"'),
        ('[[indicator]]\nslug = "no-car"\nkind = "count"', "a count with no denominator"),
    ],
)
def test_a_register_that_cannot_be_used_is_refused(town, text, match):
    """With the entry and the field."""
    (town.root / "data/indicators.toml").write_text(text, "utf-8")
    with pytest.raises(SourceError, match=match):
        indicators.register()


def test_check_names_each_indicator_that_no_page_shows(town):
    """Registered or not."""
    assert not packs.unshown(TABLE)
    (town.root / "data/indicators.toml").write_text(NEW, "utf-8")
    lines = packs.unshown(pd.concat([TABLE, TABLE.head(1).assign(indicator="unheard-of")]))
    assert ["unheard-of", "private-rented"] == [
        slug for line in lines for slug in ("unheard-of", "private-rented") if slug in line
    ]


def test_the_page_of_indicators_is_what_the_register_and_the_table_say(shared, monkeypatch):
    """docs/reference/indicators.md is up to date; more than twelve in an edition are refused."""
    town = shared.processed()
    tables = [load(edition, town) for edition in ("2011", "2025")]
    made = page_of_indicators.page(tables)
    assert made == (ROOT / "docs/reference/indicators.md").read_text("utf-8")
    monkeypatch.setattr(page_of_indicators, "MOST", 11)
    with pytest.raises(ValueError, match="shows 12 indicators, 11 at most"):
        page_of_indicators.page(tables)
