"""Has it changed? What is found, what is refused, and how many wards share the blame."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from darlington_analysis.statistics.trends import DRAWS, has_changed


def series(counts, people=1000, **more):
    """Return one year a row."""
    table = pd.DataFrame({"period_start": np.arange(2001, 2001 + len(counts)), "period_years": 1})
    table["numerator"] = pd.array(counts, dtype="Int64")
    return table.assign(denominator=people, **more)


def test_the_orders_of_five_years_are_counted():
    """Five falling years are one of 120 orders: a mid-p-value of two halves of that."""
    found = has_changed(series([90, 70, 50, 30, 10])).iloc[0]
    assert ("fallen", "permutation", 5) == (found["changed"], found["method"], found["points"])
    assert pytest.approx(2 * (0.5 + 0.5) / 121) == found["p_value"]


def test_two_years_are_the_two_rates():
    """Two years of 8 and 22 have the mid-p-value of 8 heads in 30 tosses, near enough."""
    found = has_changed(series([8, 22])).iloc[0]
    assert ("risen", "conditional") == (found["changed"], found["method"])
    assert pytest.approx(0.0110, abs=0.004) == found["p_value"]


def test_years_that_only_vary_are_not_told_apart():
    """Ups and downs without a lean are no change."""
    found = has_changed(series([30, 36, 27, 33, 29, 35, 28, 31])).iloc[0]
    assert "cannot be told apart" == found["changed"]


@pytest.mark.parametrize("counts", [[], [12], [None, None, 12]])
def test_too_few_years_are_not_known(counts):
    """Under two years with a figure nothing can be said."""
    found = has_changed(series(counts)).iloc[0]
    assert ("not known", "") == (found["changed"], found["method"])
    assert np.isnan(found["p_value"])


def test_a_proportion_without_room_for_it_is_left_out():
    """A year with more people counted than there are is no figure, and is not used."""
    found = has_changed(series([50, 52, 49], people=[100, 51, 100]), "proportion").iloc[0]
    assert 2 == found["points"]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 60), min_size=2, max_size=9))
def test_turning_the_years_round_turns_the_answer(counts):
    """Read backwards, what rose fell, and chance plays the same part."""
    turned = {"risen": "fallen", "fallen": "risen"}
    one, other = (has_changed(series(years)).iloc[0] for years in (counts, counts[::-1]))
    # Both are drawn: twice a share of DRAWS each, so five standard errors of their difference.
    slack = 5 * 2 * np.sqrt(2 * 0.25 / DRAWS)
    assert pytest.approx(one["p_value"], abs=slack) == other["p_value"]
    if abs(one["p_value"] - 0.05) > slack:
        assert turned.get(one["changed"], one["changed"]) == other["changed"]


def test_each_of_many_wards_is_tested_by_itself():
    """The same ward gets the same answer alone and among twenty-four."""
    fall = series([22, 16, 8, 9], ward="W0")
    rest = [series([15, 15, 16, 15], ward=f"W{at}") for at in range(1, 24)]
    alone = has_changed(fall, by=["ward"])
    among = has_changed(pd.concat([fall, *rest]), by=["ward"])
    assert 24 == len(among)
    assert "fallen" == alone["changed"][0]
    pd.testing.assert_series_equal(alone.iloc[0], among.iloc[0])


def test_pooled_and_rolling_years_are_refused():
    """Five-year figures, rolling or not, are refused in words; so is a length not stated."""
    table = series([30, 34, 27, 31])
    with pytest.raises(ValueError, match="pool years"):
        has_changed(table.assign(period_years=5))
    with pytest.raises(ValueError, match="pool years"):
        has_changed(table.assign(period_years=[1, 1, None, 1]))
    with pytest.raises(ValueError, match="no column period_years"):
        has_changed(table.drop(columns="period_years"))
