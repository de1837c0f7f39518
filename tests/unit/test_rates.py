"""Rates and proportions: limits from the textbooks, and one ward that never spoils another."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from darlington_analysis.statistics.rates import poisson_limits, proportions, rates, wilson_limits

COUNTS = st.one_of(st.integers(0, 40), st.floats(0.01, 1e6))
CONFIDENCES = st.floats(0.5, 0.999)


def wards(*rows):
    """Return a table of numerators and denominators."""
    return pd.DataFrame(rows, columns=["numerator", "denominator"])


def test_garwood_limits_of_a_count():
    """The exact 95% limits of 0 and 5 events are those of every table of Poisson limits."""
    found = poisson_limits([0, 5])
    assert [0, pytest.approx(1.6235, abs=1e-4)] == list(found["lower_limit"])
    assert pytest.approx([3.6889, 11.6683], abs=1e-4) == list(found["upper_limit"])


def test_the_method_changes_at_ten_events():
    """Nine events take exact limits and ten take Byar's, and each row says which."""
    found = rates(wards((9, 100), (10, 100)))
    assert ["exact", "byar"] == list(found["method"])


def test_a_withheld_count_stays_withheld():
    """A null numerator gives a null rate, null limits and no method: never nought."""
    found = rates(pd.DataFrame({"numerator": [pd.NA, 3], "denominator": [500, 500]}, dtype="Int64"))
    assert found.loc[0, ["value", "lower_limit", "upper_limit"]].isna().all()
    assert ["", "exact"] == list(found["method"])


@pytest.mark.parametrize("people", [0, None, -5, np.inf])
@pytest.mark.parametrize("statistic", [rates, proportions])
def test_a_ward_of_nobody_spoils_no_other(statistic, people):
    """A denominator that cannot be divided by makes its own row null and changes no other."""
    columns = ["value", "lower_limit", "upper_limit", "method"]
    alone = statistic(wards((3, 500), (12, 800)))[columns]
    beside = statistic(wards((3, 500), (4, people), (12, 800)))[columns]
    assert beside.iloc[1, :3].isna().all()
    assert "" == beside.loc[1, "method"]
    pd.testing.assert_frame_equal(alone, beside.drop(index=1).reset_index(drop=True))


def test_other_columns_and_the_index_are_kept():
    """The table comes back as it was, with the statistic beside it."""
    table = wards((3, 500)).assign(area_code="E05001556").set_axis([7])
    found = rates(table, multiplier=1000)
    assert ["E05001556", 6.0, 0.95] == found.loc[7, ["area_code", "value", "confidence"]].tolist()
    assert ["numerator", "denominator", "area_code"] == list(table)


@pytest.mark.parametrize("statistic", [rates, proportions])
def test_a_code_for_withheld_is_refused(statistic):
    """A negative count is a code or a mistake, and is not taken for a count."""
    with pytest.raises(ValueError, match="negative"):
        statistic(wards((-1, 500)))


def test_a_missing_column_is_named():
    """A table without a denominator is refused in words."""
    with pytest.raises(ValueError, match="no column denominator"):
        rates(pd.DataFrame({"numerator": [1]}))


@given(COUNTS, CONFIDENCES)
def test_poisson_limits_hold_the_count(count, confidence):
    """The limits of a count lie on either side of it, by the rule that chooses between methods."""
    found = poisson_limits([count], confidence).iloc[0]
    lower = 0 if np.isnan(found["lower_limit"]) else found["lower_limit"]
    assert 0 <= lower <= count <= found["upper_limit"]


@given(st.integers(0, 5000), CONFIDENCES, st.sampled_from(["exact", "byar"]))
def test_limits_rise_with_the_count(count, confidence, method):
    """One more event moves both limits up, within one method."""
    found = poisson_limits([count, count + 1], confidence, method).fillna({"lower_limit": 0})
    assert found["upper_limit"].is_monotonic_increasing
    assert found["lower_limit"].is_monotonic_increasing


@given(st.integers(0, 200), st.floats(0.5, 0.98))
def test_more_confidence_is_wider(count, confidence):
    """Limits of more confidence lie outside those of less."""
    less, more = poisson_limits([count], confidence), poisson_limits([count], confidence + 0.01)
    assert more["upper_limit"].ge(less["upper_limit"]).all()
    assert more["lower_limit"].fillna(0).le(less["lower_limit"].fillna(0)).all()


def test_wilson_limits_of_a_published_example():
    """81 of 263 have limits of 0.2553 and 0.3662 (Newcombe 1998, table I)."""
    found = wilson_limits([81], [263])
    assert pytest.approx([0.2553], abs=5e-5) == list(found["lower_limit"])
    assert pytest.approx([0.3662], abs=5e-5) == list(found["upper_limit"])


def test_more_people_than_there_are_is_no_proportion():
    """A numerator above its denominator, as rounding can make, gives nulls and no method."""
    found = proportions(wards((10, 9), (9, 9)))
    assert [True, False] == found["value"].isna().tolist()
    assert ["", "wilson"] == list(found["method"])


@given(st.integers(1, 5000), st.floats(0, 1), CONFIDENCES)
def test_wilson_limits_hold_the_proportion(people, share, confidence):
    """The limits lie on either side of the proportion and never leave 0 to 1."""
    found = wilson_limits([round(people * share)], [people], confidence).iloc[0]
    edge = 1e-12
    assert 0 <= found["lower_limit"] <= found["value"] + edge
    assert found["value"] - edge <= found["upper_limit"] <= 1


def test_an_empty_table_comes_back_empty():
    """A table of no rows gives no rows, with the columns that a full one has."""
    assert list(rates(wards((1, 2)))) == list(rates(wards()))
    assert list(proportions(wards((1, 2)))) == list(proportions(wards()))
