"""A change in the gap has its interval, and how far gaps usually move is counted."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from darlington_analysis.statistics import differences, rates


def pair(now, before, level=18.079, other_level=22.463):
    """Return one row of two counted figures, each (numerator, denominator), and benchmarks."""
    later, earlier = (
        rates.proportions(pd.DataFrame({"numerator": [has], "denominator": [people]}))
        for has, people in (now, before)
    )
    names = ["value", "lower_limit", "upper_limit"]
    earlier = earlier[names].add_prefix("other_")
    return pd.concat([later[names], earlier], axis=1).assign(
        benchmark=level, other_benchmark=other_level
    )


def test_cockerton_west_came_nearer_to_england():
    """1,134 of 3,187, then 838 of 3,226: 13.1 points above England, then 7.9."""
    (row,) = differences.gap_changes(pair((838, 3226), (1134, 3187))).itertuples()
    assert [13.1, 7.9, -5.2] == [round(x, 1) for x in (row.other_gap, row.gap, row.gap_change)]
    assert ("down", True) == (row.gap_moved, row.gap_change_upper < 0)


@given(st.integers(0, 300), st.integers(0, 300))
def test_without_a_change_of_the_benchmark_it_is_the_test_of_two_counts(has, other):
    """The limits are those of ``proportion_differences``, the same for every pair of counts."""
    (mine,) = differences.gap_changes(pair((has, 300), (other, 300), 20, 20)).itertuples()
    counts = {"numerator": [has], "denominator": [300]}
    counts |= {"other_numerator": [other], "other_denominator": [300]}
    (theirs,) = differences.proportion_differences(pd.DataFrame(counts)).itertuples()
    assert 100 * theirs.lower_limit == pytest.approx(mine.gap_change_lower, abs=1e-9)
    assert 100 * theirs.upper_limit == pytest.approx(mine.gap_change_upper, abs=1e-9)
    words = {"higher": "up", "lower": "down"}
    assert words.get(theirs.comparison, theirs.comparison) == mine.gap_moved


def test_a_ward_that_keeps_pace_in_points_has_not_moved():
    """From 30 to 25 in 100 while the benchmark goes from 20 to 15: the gap is 10 both times."""
    (row,) = differences.gap_changes(pair((250, 1000), (300, 1000), 15, 20)).itertuples()
    assert ("cannot be told apart", 0) == (row.gap_moved, pytest.approx(row.gap_change))


def test_without_a_benchmark_no_gap_is_told():
    """A null stays null, and is no change."""
    (row,) = differences.gap_changes(pair((250, 1000), (300, 1000), np.nan, 20)).itertuples()
    assert ("not known", True) == (row.gap_moved, np.isnan(row.gap_change))


def test_usual_moves_leave_out_one_in_twenty():
    """Of 24 gaps that moved by 1 to 24 points, half moved by 12 or less and all but one by 23."""
    moves = [size * (-1) ** size for size in range(1, 25)]
    assert {"areas": 24, "left_out": 1, "half": 12, "nearly_all": 23} == differences.usual_moves(
        moves
    )
    assert 2 == differences.usual_moves(range(40))["left_out"]
    assert np.isnan(differences.usual_moves([3.0])["nearly_all"])
