"""What an analyst types: every public function, as its own documentation shows it."""

import doctest
import inspect
import subprocess
import sys

import pandas as pd
import pytest

import darlington_analysis as da
from darlington_analysis.core.answers import Answer
from darlington_analysis.core.errors import UnknownAreaError, UsageError
from darlington_analysis.evidence import figures as tables

FUNCTIONS = [name for name in da.__all__ if name != "__version__"]


@pytest.fixture(autouse=True)
def town(shared, monkeypatch):
    """Every call works on the shared processed project, which nothing here changes."""
    monkeypatch.setenv("DARLINGTON_PROJECT", str(shared.processed().root))


def test_every_example_gives_what_it_says():
    """The examples in the documentation run, each function having one."""
    found = doctest.DocTestFinder(exclude_empty=True).find(da, "darlington_analysis")
    with_examples = {test.name.split(".")[-1] for test in found if test.examples}
    assert set(FUNCTIONS) <= with_examples
    failed, tried = doctest.testmod(da, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert (0, True) == (failed, tried >= len(FUNCTIONS))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_says_what_it_raises_and_returns(name):
    """help() is enough: types, errors and an example."""
    function = getattr(da, name)
    assert "Raises" in inspect.getdoc(function)
    assert function.__annotations__["return"]


def test_importing_it_is_quick_and_a_script_needs_no_notebook():
    """No pandas until a function needs it; outside IPython an answer shows itself as text."""
    code = """
import sys
import darlington_analysis as da
assert "pandas" not in sys.modules and "matplotlib" not in sys.modules
da.ward("Park East", edition="2011")
assert "IPython" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_figures_and_indicators_can_be_joined():
    """A column of one name means the same in both, so that nothing clashes."""
    figures, indicators = da.figures(edition="2011"), da.indicators("2011")
    shared = ["indicator", "short_title"]
    joined = figures.merge(indicators, on=shared, suffixes=("", " of it"))
    assert len(figures) == len(joined)
    assert joined["unit"].equals(joined["unit of it"])


def test_figures_of_one_ward_come_with_the_areas_it_is_compared_with():
    """By name or code, the other wards are left out; a misspelt one is no empty table."""
    own = da.figures("no-qualifications", ward="E05001573", edition="2011")
    assert ["ward", "borough", "region", "country"] == list(own.area_type)
    assert "Park East" == own.area[0]
    with pytest.raises(UnknownAreaError, match="Did you mean Park East"):
        da.figures("no-qualifications", ward="Prk East")


def test_figures_hold_wards_by_name_and_then_the_wider_areas():
    """One indicator: 24 wards, then the borough, the region and the country, every one once."""
    table = da.figures("no-qualifications", edition="2011")
    assert tables.COLUMNS == list(table.columns)
    assert 24 == table.area_type.eq("ward").sum()
    assert ["borough", "region", "country"] == list(table.area_type.tail(3))
    assert sorted(table.area.head(24)) == list(table.area.head(24))
    assert bool(
        (table.lower_limit <= table.value).all() and (table.value <= table.upper_limit).all()
    )


def test_all_figures_are_the_parts_put_together():
    """Without an indicator every one is there, with just the rows it has alone."""
    whole = da.figures(edition="2011")
    for slug in da.indicators("2011").indicator:
        part = whole[whole.indicator.eq(slug)].reset_index(drop=True)
        pd.testing.assert_frame_equal(da.figures(slug, edition="2011"), part)


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        (lambda: da.figures("no-qualification"), "(?s)Unknown indicator.*Try: no-qualifications$"),
        (lambda: da.figures("no-qualifications", period="1950"), "has no figure"),
        (lambda: da.figures("no-qualifications", edition="1999"), "1999"),
        (lambda: da.compare(["Park East", "Park Eats"], "no-qualifications"), "Park Eats"),
        (lambda: da.ward("Park Eats"), "Park Eats"),
    ],
)
def test_a_name_that_does_not_exist_is_an_error_that_names_it(wrong, named):
    """Nothing is guessed, and nothing empty comes back."""
    with pytest.raises(UnknownAreaError, match=named):
        wrong()


@pytest.mark.parametrize("wards", ["Park East", ["Park East"], ["Park East", "E05001573"], []])
def test_a_comparison_needs_two_wards(wards):
    """A single name, a ward named twice, or a text in place of a list is refused."""
    with pytest.raises(UsageError, match="two different wards"):
        da.compare(wards, "no-qualifications", edition="2011")


def test_a_comparison_turned_round_is_the_same_with_the_other_sign():
    """Difference and limits change sign, and higher becomes lower."""
    one = da.compare(["Park East", "Mowden"], "no-qualifications", edition="2011").frame.iloc[0]
    other = da.compare(["Mowden", "Park East"], "no-qualifications", edition="2011").frame.iloc[0]
    assert one.difference == pytest.approx(-other.difference)
    assert (one.lower_limit, one.upper_limit) == pytest.approx(
        (-other.upper_limit, -other.lower_limit)
    )
    assert {"higher", "lower"} == {one.comparison, other.comparison}


@pytest.mark.parametrize(
    ("slug", "note"),
    [("first-time-entrants", "made-up"), ("imd-score", "no limits"), ("no-qualifications", "")],
)
def test_a_difference_without_an_interval_says_why(slug, note):
    """A made-up figure is not compared, and a score that has no limits gets no verdict."""
    pair = da.compare(["Park East", "Mowden"], slug, edition="2011").frame.iloc[0]
    assert note in pair.note
    assert bool(note) == pd.isna(pair.lower_limit)
    assert ("not known" == pair.comparison) == bool(note)


def test_every_indicator_of_two_wards_is_compared_at_once():
    """Without an indicator there is a row for each, with just what it has alone."""
    whole = da.compare(["Park East", "Mowden"], edition="2011").frame
    assert list(da.indicators("2011").indicator) == list(whole.indicator)
    alone = da.compare(["Park East", "Mowden"], "no-car", edition="2011").frame
    kept = whole[whole.indicator.eq("no-car")].reset_index(drop=True)
    pd.testing.assert_frame_equal(alone, kept)


def test_a_ward_over_time_has_the_changes_of_its_pack():
    """Changes and gaps are those of the pack's own answer, the first period having none."""
    rows = da.over_time("Park East", "no-qualifications", edition="2025").frame
    step = (
        da.ward("Park East", edition="2025").indicators["no-qualifications"].change.frame.iloc[-1]
    )
    assert ["2011", "2021"] == list(rows.period)
    last = rows.iloc[-1]
    assert (last.change, last.gap_change, last.gap_moved) == (
        pytest.approx(step.change),
        pytest.approx(step.gap_change),
        step.gap_moved,
    )
    limits = (last.gap_change_lower_limit, last.gap_change_upper_limit)
    assert limits == pytest.approx((step.gap_change_lower, step.gap_change_upper))
    assert rows[["change", "gap_change"]].iloc[0].isna().all()


def test_no_change_is_worked_out_across_borders_that_changed():
    """Park East has other borders in 2011: its earlier rows say so, and the series starts again."""
    rows = da.over_time("Park East", "no-qualifications", edition="2025", since="2011").frame
    assert ["2011", "2011", "2025", "2025"] == list(rows.edition)
    assert [True, False, True, False] == rows.change.isna().to_list()
    assert "85% of the people of Park East (2011 edition)" in rows.note[2]


def test_a_ward_whose_borders_stayed_is_one_series():
    """Mowden is the same ward in both editions: no period is there twice."""
    rows = da.over_time("Mowden", "no-qualifications", edition="2025", since="2011").frame
    assert ["2011", "2021"] == list(rows.period)
    assert not rows.note.str.contains("borders. Other").any()
    assert pd.notna(rows.change[1])


@pytest.mark.parametrize(
    ("ward", "slug", "note"),
    [("Mowden", "imd-score", "Each Index"), ("Cockerton", "no-qualifications", "estimate")],
)
def test_what_stands_in_the_way_of_a_change_is_said(ward, slug, note):
    """Two Indices are never compared; an estimate is to be minded, and compared."""
    last = da.over_time(ward, slug, edition="2025").frame.iloc[-1]
    assert note in last.note
    assert pd.isna(last.change) == (slug == "imd-score")


def test_editions_the_other_way_round_are_refused():
    """The wards of 2015 came after those of 2003: an earlier edition is never the later one."""
    with pytest.raises(UsageError, match="not those before"):
        da.over_time("Park East", "no-qualifications", edition="2011", since="2025")


def test_an_agreement_is_found_by_its_ward_and_by_its_file():
    """The edition is the record's own; a ward without a record has an answer that says so."""
    central = da.agreement("Central")
    assert "2011" == central.record.edition == central.table.edition.id
    assert len(central.frame) > 0
    nothing = da.agreement("Mowden", edition="2011")
    assert (None, 0) == (nothing.record, len(nothing.frame))


def answers_in(thing, depth: int):
    """Return every answer that a thing leads to by its own names, so many steps down."""
    yield thing
    for name in dir(thing) if depth else ():
        found = getattr(thing, name)
        if isinstance(found, tuple | list) and found:
            found = found[0]
        if isinstance(found, Answer):
            yield from answers_in(found, depth - 1)


@pytest.mark.parametrize("edition", ["2011", "2025"])
def test_whatever_an_answer_leads_to_is_printed_in_a_few_lines(edition):
    """No repr is long, and no dir holds a private name or one that fails."""
    pair = ["Park East", "Mowden"]
    wholes = [
        da.ward("Park East", edition=edition),
        da.borough(edition=edition),
        da.quality(edition=edition),
        da.agreement("Mowden", edition=edition),
        da.compare(pair, edition=edition),
        da.over_time("Mowden", "no-qualifications", edition=edition),
    ]
    found = [answer for whole in wholes for answer in answers_in(whole, 2)]
    assert len({type(answer) for answer in found}) > 35
    long = {type(answer).__name__: repr(answer) for answer in found if len(repr(answer)) > 400}
    assert {} == long
    assert not [name for answer in found for name in dir(answer) if name.startswith("_")]


def test_an_answer_s_table_is_its_frame():
    """Where an answer holds a table, ``frame`` is that table."""
    borough, ward = da.borough(edition="2011"), da.ward("Mowden", edition="2011")
    holders = [borough.scan, borough.funnels, borough.robustness, borough.pockets, borough.map]
    holders += [borough.indicators, borough.places(), ward.deprivation, ward.place, ward.sources]
    assert all(len(holder.frame) for holder in holders)


def test_an_answer_on_one_indicator_is_a_table():
    """A ward's indicators are asked for by slug; the frame holds every ward and the benchmarks."""
    park_east = da.ward("Park East", edition="2011")
    frame = park_east.indicators["no-qualifications"].frame
    assert 24 == frame.area_type.eq("ward").sum()
    assert "England" in set(frame.area_name)
    assert {"Park East"} == set(park_east.indicators.frame.area_name)
    with pytest.raises(UnknownAreaError, match="no-qualifications"):
        park_east.indicators["qualifications"]
