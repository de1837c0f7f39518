"""What an analyst types: every public function, as its own documentation shows it."""

import doctest
import inspect
import subprocess
import sys

import pandas as pd
import pytest

import darlington_analysis as da
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
        (lambda: da.figures("no-qualification"), "Unknown indicator"),
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
    one = da.compare(["Park East", "Mowden"], "no-qualifications", edition="2011").iloc[0]
    other = da.compare(["Mowden", "Park East"], "no-qualifications", edition="2011").iloc[0]
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
    pair = da.compare(["Park East", "Mowden"], slug, edition="2011").iloc[0]
    assert note in pair.note
    assert bool(note) == pd.isna(pair.lower_limit)
    assert ("not known" == pair.comparison) == bool(note)


def test_an_answer_on_one_indicator_is_a_table():
    """A ward's indicators are asked for by slug; the frame holds every ward and the benchmarks."""
    park_east = da.ward("Park East", edition="2011")
    frame = park_east.indicators["no-qualifications"].frame
    assert 24 == frame.area_type.eq("ward").sum()
    assert "England" in set(frame.area_name)
    assert {"Park East"} == set(park_east.indicators.frame.area_name)
    with pytest.raises(UnknownAreaError, match="no-qualifications"):
        park_east.indicators["qualifications"]
