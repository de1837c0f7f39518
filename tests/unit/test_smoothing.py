"""Smoothed rates stand between the raw rate and the mean, and one ward never spoils another."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from darlington_analysis.statistics.rates import SMOOTHED_METHOD, empirical_bayes

ROWS = st.lists(
    st.tuples(st.one_of(st.none(), st.integers(0, 300)), st.integers(0, 3000)), max_size=24
)


def wards(rows):
    """Return a table of numerators and denominators."""
    return pd.DataFrame(rows, columns=["numerator", "denominator"], dtype=float)


@given(ROWS)
def test_no_ward_crosses_the_mean(rows):
    """A smoothed rate lies between the raw rate and the pooled one, ends included."""
    found = empirical_bayes(wards(rows), 1000).dropna(subset="value")
    ends = found[["value", "pooled_value"]]
    edge = 1e-9 * (1 + ends.max(axis=1))
    assert (found["smoothed_value"] >= ends.min(axis=1) - edge).all()
    assert (found["smoothed_value"] <= ends.max(axis=1) + edge).all()


@given(ROWS)
def test_the_variance_is_never_under_nought(rows):
    """Moments that come out negative are cut at nought: then all wards get the pooled rate."""
    found = empirical_bayes(wards(rows), 1000).dropna(subset="value")
    assert found["prior_variance"].ge(0).all()
    pooled = found[found["prior_variance"] == 0]
    assert pytest.approx(list(pooled["pooled_value"])) == list(pooled["smoothed_value"])


def test_withheld_and_empty_wards_change_nothing():
    """A null count and a ward of nobody get no estimate, and the others' stay as they were."""
    some = empirical_bayes(wards([(2, 500), (40, 800), (5, 450)]))
    more = empirical_bayes(wards([(2, 500), (None, 400), (40, 800), (1, 0), (5, 450)]))
    columns = ["smoothed_value", "pooled_value", "prior_variance", "weight", "areas_pooled"]
    left = more.drop(index=[1, 3]).reset_index(drop=True)
    pd.testing.assert_frame_equal(some[columns], left[columns])
    assert more.loc[[1, 3], "smoothed_value"].isna().all()
    assert [SMOOTHED_METHOD, "", SMOOTHED_METHOD, "", SMOOTHED_METHOD] == list(
        more["smoothing_method"]
    )


def test_the_raw_value_stays():
    """A value that is there is left as it is; the smoothed one stands beside it."""
    table = wards([(2, 500), (40, 800)]).assign(value=[1.0, 2.0])
    assert [1.0, 2.0] == list(empirical_bayes(table)["value"])


def test_no_event_anywhere_is_smoothed_to_none():
    """Where nobody had an event the pooled rate is nought, and no estimate is invented."""
    assert [0, 0] == list(empirical_bayes(wards([(0, 500), (0, 80)]))["smoothed_value"])
