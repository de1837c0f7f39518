"""What would it take? Worked by hand where a hand can, and always in people."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from darlington_analysis.statistics.power import what_would_it_take


def test_ten_a_year_by_hand():
    """After a year of 10 only 2 or fewer differ: 12 tosses give 2 heads or fewer 1.9% of the time.

    Three of 13 would be 4.6%, too many for one tail of 5%. A mean of 1.535 gives 2 or fewer 8
    times in 10.
    """
    found = what_would_it_take(10, -0.5, years=(1,)).iloc[0]
    assert pytest.approx(1.535 / 10 - 1, abs=1e-4) == found["smallest_change"]
    assert pytest.approx(stats.poisson.cdf(2, 5)) == found["chance_of_telling"]
    assert pytest.approx(stats.binom.cdf(5, 15, 0.5)) == found["chance_by_luck"]
    assert (-5, False) == (found["change_a_year"], found["can_be_told"])


def test_a_target_in_people():
    """From 35 in five years a fifth fewer is 28: 1.4 fewer a year."""
    found = what_would_it_take(35, -0.2, baseline_years=5)
    assert pytest.approx([-1.4] * 5) == list(found["change_a_year"])
    assert pytest.approx([5.6, 11.2, 16.8, 22.4, 28]) == list(found["target_count"])
    assert [1, 2, 3, 4, 5] == list(found["years"])


def test_a_rise_is_the_other_side():
    """For a target above the baseline the chances are those of as many or more."""
    found = what_would_it_take(10, 1.0, years=(1,)).iloc[0]
    least = next(
        count for count in range(10, 99) if stats.binom.sf(count - 1, 10 + count, 0.5) <= 0.025
    )
    assert pytest.approx(stats.poisson.sf(least - 1, 20)) == found["chance_of_telling"]
    assert pytest.approx(stats.binom.sf(19, 30, 0.5)) == found["chance_by_luck"]
    assert found["smallest_change"] > 0


def test_a_target_that_can_never_be_told():
    """Within a year, three cannot be told from nought: no change is the smallest that can."""
    found = what_would_it_take(3, -1.0, years=(1,)).iloc[0]
    assert (0, False) == (found["chance_of_telling"], found["can_be_told"])
    assert pd.isna(found["smallest_change"])


def test_a_withheld_baseline_gives_nothing_away():
    """From a null count no figure is made."""
    found = what_would_it_take(None, -0.3)
    assert found[["expected_count", "chance_by_luck", "smallest_change"]].isna().all(axis=None)
    assert {""} == set(found["method"])


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 400), st.floats(-1, 1), st.sampled_from([0.5, 0.8, 0.9]))
def test_the_smallest_change_is_told_as_often_as_asked(count, change, power):
    """A target set at the smallest change is told with just the power asked for."""
    asked = {"power": power, "years": (3,), "baseline_years": 2}
    smallest = what_would_it_take(count, change, **asked)["smallest_change"][0]
    if pd.notna(smallest):
        found = what_would_it_take(count, max(-1.0, smallest), **asked)
        assert pytest.approx(power, abs=1e-6) == found["chance_of_telling"][0]


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 300), st.floats(-1, 1), st.floats(0, 0.2))
def test_a_bolder_target_is_less_luck(count, change, further):
    """The further the target, the smaller the chance of reaching it by luck alone."""
    bolder = max(-1.0, change - further) if change <= 0 else change + further
    one, other = (what_would_it_take(count, share)["chance_by_luck"] for share in (change, bolder))
    assert (other <= one + 1e-12).all()
    assert one.between(0, 1).all()


def test_fewer_than_none_is_refused():
    """A change that would leave fewer than no events is a mistake, and says so."""
    with pytest.raises(ValueError, match="fewer than none"):
        what_would_it_take(10, -1.2)
