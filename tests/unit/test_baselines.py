"""Baselines: what is forecast, what is not, and why."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from darlington_analysis.statistics.forecasts import baseline


def series(counts, people=None, start=2001):
    """Return one year a row."""
    table = pd.DataFrame({"period_start": np.arange(start, start + len(counts))})
    table["numerator"] = pd.array(counts, dtype="Int64")
    return table if people is None else table.assign(denominator=people)


def ahead(found):
    """Return the rows to come."""
    return found[found["is_forecast"]]


@pytest.mark.parametrize(
    ("points", "reason", "years"), [(3, "under_four", 0), (4, "under_eight", 3), (8, "", 3)]
)
def test_how_many_points_allow_what(points, reason, years):
    """Under four there is no forecast, under eight a held level, from eight a slope; it says."""
    found = baseline(series([30, 32, 29, 31, 30, 33, 28, 31][:points]), "count")
    assert ([reason], years) == (found["reason"].unique().tolist(), len(ahead(found)))
    assert [points] == found["points"].unique().tolist()


def test_a_withheld_year_is_no_point():
    """A null year counts for nothing, stays null in the history, and is not taken for nought."""
    found = baseline(series([30, None, 31, 30, 29]), "count")
    assert np.isnan(found["value"][1])
    assert (4, "under_eight") == (found["points"][0], found["reason"][0])
    assert ahead(found)["value"].between(25, 35).all()


def test_under_eight_the_level_is_held():
    """A steep fall over seven years is not carried on: the middle stays among the years seen."""
    found = ahead(baseline(series([90, 80, 70, 60, 50, 40, 30]), "count"))
    assert found["value"].between(25, 90).all()
    assert found["value"].round(6).nunique() == 1


def test_from_eight_points_the_slope_goes_on():
    """A steady fall over ten years is carried on, and the band widens with the distance."""
    found = ahead(baseline(series(range(300, 200, -10)), "count"))
    assert found["value"].is_monotonic_decreasing
    assert found["value"].iloc[0] < 212
    assert (found["upper_limit"] - found["lower_limit"]).is_monotonic_increasing


def test_few_points_give_a_wider_band():
    """The same level known from four years is less sure than from seven."""
    found = [
        ahead(baseline(series([30, 34, 27, 31, 29, 30, 32][:times]), "count")) for times in (4, 7)
    ]
    widths = [(table["upper_limit"] - table["lower_limit"]).iloc[0] for table in found]
    assert widths[0] > widths[1]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(0, 40), min_size=4, max_size=12),
    st.sampled_from(["count", "rate", "proportion"]),
)
def test_a_band_holds_its_middle_and_stays_possible(counts, kind):
    """No band goes under nought, no proportion passes 100%, and the middle lies inside."""
    found = ahead(baseline(series(counts, people=60), kind))
    assert found["lower_limit"].ge(0).all()
    assert found["value"].between(found["lower_limit"], found["upper_limit"]).all()
    assert kind != "proportion" or found["upper_limit"].le(100).all()


def test_a_ward_without_events_is_forecast_none_with_room_for_some():
    """Nought every year is forecast nought, but the band does not promise it."""
    found = ahead(baseline(series([0] * 10, people=400), "rate", multiplier=400))
    assert [0, 0, 0] == pytest.approx(found["value"].tolist(), abs=1e-6)
    assert found["upper_limit"].ge(0.5).all()


def test_the_order_of_rows_does_not_matter():
    """Rows are put in order of their periods."""
    table = series([30, 34, 27, 31, 22, 35, 30, 29])
    pd.testing.assert_frame_equal(baseline(table, "count"), baseline(table[::-1], "count"))


def test_values_without_counts_have_a_band_from_their_own_spread():
    """Where no counts are known the years' spread makes the band; without any, there is none."""
    table = pd.DataFrame(
        {"period_start": range(2001, 2009), "value": [50, 52, 47, 51, 49, 50, 53, 48]}
    )
    found = baseline(table, "rate")
    assert 38 < ahead(found)["lower_limit"].iloc[0] < 47
    level = baseline(table.assign(value=50), "rate")
    assert ("no_variation", 0) == (level["reason"][0], len(ahead(level)))


def test_other_steps_than_a_year():
    """Pooled periods that do not overlap go on in their own step."""
    table = series([30, 34, 27, 31]).assign(period_start=[1991, 1996, 2001, 2006], period_years=5)
    assert [2011, 2016, 2021] == list(ahead(baseline(table, "count"))["period_start"])


def test_rolling_periods_are_refused():
    """Periods that share years are refused in words."""
    table = series([30, 34, 27, 31]).assign(period_years=3)
    with pytest.raises(ValueError, match="The periods roll"):
        baseline(table, "count")


def test_a_period_twice_is_refused():
    """Two rows of one period are two series, or a mistake."""
    with pytest.raises(ValueError, match="once"):
        baseline(pd.concat([series([1, 2]), series([3, 4])]), "count")
