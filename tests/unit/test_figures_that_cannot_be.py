"""No statistic answers with a figure that cannot be: a named error, or a null, in each of them."""

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from darlington_analysis.statistics import comparisons, forecasts, power, ranks
from darlington_analysis.statistics.rates import empirical_bayes, proportions, rates

counts = st.one_of(st.none(), st.integers(0, 10**9))
tables = st.lists(st.tuples(counts, counts), min_size=1, max_size=6).map(
    lambda rows: pd.DataFrame(rows, columns=["numerator", "denominator"], dtype="Float64")
)
levels = st.one_of(st.sampled_from([0.0, 100.0]), st.floats(0, 100))
ordinary = settings(max_examples=60, deadline=None, derandomize=True)


def is_proportion(table: pd.DataFrame) -> np.ndarray:
    """Return whether each row has people, and no more of them counted than there are."""
    has, people = (table[name].astype(float) for name in table)
    return ((people > 0) & (has <= people)).to_numpy()


@ordinary
@given(tables, levels)
def test_each_statistic_of_proportions_answers_where_there_is_one_and_nowhere_else(table, level):
    """Of more people counted than there are, or of no people, every answer is null."""
    known = is_proportion(table)
    tested = comparisons.departures(table, "proportion", level, 100)
    assert known.tolist() == tested.p_value.notna().tolist()
    assert tested.p_value.dropna().between(0, 1).all()
    spread = comparisons.beyond_usual_spread(table, "proportion")
    assert known.tolist() == spread.p_value.notna().tolist()
    judged = comparisons.funnel_significance(table, level)
    assert known.tolist() == judged.significance.ne(comparisons.NOT_KNOWN).tolist()
    shares = proportions(table)
    assert known.tolist() == shares.value.notna().tolist()
    target = power.to_be_level(shares, level)
    assert known.tolist() == target.chance_of_telling.notna().tolist()
    assert target.chance_of_telling.dropna().between(0, 1).all()


ODD = [None, np.nan, np.inf, -np.inf, -1, 0, 0.5, 7, 1e9, 1e15, 1e18, 1e300, "a", "7", 1 + 2j]
odd_tables = st.lists(st.tuples(*2 * [st.sampled_from(ODD)]), max_size=4).map(
    lambda rows: pd.DataFrame(rows, columns=["numerator", "denominator"], dtype=object)
)
FAMILY = {
    "rates": rates,
    "proportions": proportions,
    "smoothed": empirical_bayes,
    "ranks": lambda table: ranks.rank_ranges(table, draws=20),
    "departures": lambda table: comparisons.departures(table, "proportion", 30, 100),
    "departures of rates": lambda table: comparisons.departures(table, "rate", 30, 100),
    "spread": lambda table: comparisons.beyond_usual_spread(table, "proportion"),
    "spread of rates": lambda table: comparisons.beyond_usual_spread(table, "rate"),
    "funnel": lambda table: comparisons.funnel_significance(table, 30),
    "level": lambda table: power.to_be_level(
        table.assign(lower_limit=np.nan, upper_limit=np.nan), 30
    ),
    "targets": lambda table: power.what_would_it_take(list(table.numerator), -0.2, years=(1,)),
}


@ordinary
@given(odd_tables, st.sampled_from(sorted(FAMILY)))
def test_each_statistic_ends_in_a_row_for_each_row_or_in_an_error_that_names_the_column(
    table, name
):
    """Text, complex and endless numbers, and counts past what a float can step through, included."""
    try:
        found = FAMILY[name](table)
    except ValueError as error:
        assert re.match("numerator|denominator|baseline_count", str(error))  # noqa: PT017
    else:
        assert len(found) == len(table)


@pytest.mark.parametrize("multiplier", [0, -1, np.inf, None, "a"])
def test_figures_per_no_people_are_refused(multiplier):
    """A negative multiplier would turn every figure negative without a word."""
    table = pd.DataFrame({"numerator": [3], "denominator": [10]})
    for call in (
        lambda: rates(table, multiplier),
        lambda: proportions(table, multiplier),
        lambda: empirical_bayes(table, multiplier),
        lambda: comparisons.funnel_limits(table, 0, multiplier),
        lambda: comparisons.departures(table, "rate", 0, multiplier),
    ):
        with pytest.raises(ValueError, match="multiplier is "):
            call()


def test_a_benchmark_of_none_or_of_everybody_is_certain_or_the_same():
    """One person of a thousand is more than none, without doubt; none is the same as none."""
    table = pd.DataFrame({"numerator": [0, 1, 1000], "denominator": [1000, 1000, 1000]})
    assert [1, 0, 0] == comparisons.departures(table, "proportion", 0, 100).p_value.tolist()
    assert [0, 0, 1] == comparisons.departures(table, "proportion", 100, 100).p_value.tolist()


@pytest.mark.parametrize("level", [-1, 100.5, 1e9])
def test_a_proportion_that_cannot_be_is_no_level(level):
    """More than everybody, or fewer than none, stops each of them by name."""
    table = proportions(pd.DataFrame({"numerator": [10], "denominator": [50]}))
    for call, name in (
        (lambda: comparisons.departures(table, "proportion", level, 100), "benchmark"),
        (lambda: comparisons.funnel_significance(table, level), "average"),
        (lambda: comparisons.funnel_limits(table, level), "average"),
        (lambda: power.to_be_level(table, level), "level"),
    ):
        with pytest.raises(ValueError, match=f"{name} is .*between 0 and 100"):
            call()


def test_time_that_cannot_be_is_refused():
    """No forecast of no years, and no count over no years."""
    history = pd.DataFrame({"period_start": range(2010, 2020), "numerator": range(10)})
    for horizon in (0, -1):
        with pytest.raises(ValueError, match="horizon"):
            forecasts.baseline(history, "count", horizon=horizon)
    for years in (
        {"baseline_years": 0},
        {"baseline_years": -2},
        {"baseline_years": np.inf},
        {"years": (0, 1)},
    ):
        with pytest.raises(ValueError, match="years"):
            power.what_would_it_take(20, -0.5, **years)


@ordinary
@given(
    st.lists(st.floats(0, 100), min_size=4, max_size=12), st.sampled_from(["rate", "proportion"])
)
def test_a_forecast_of_values_without_counts_is_a_figure_that_can_be(values, kind):
    """Never under none, and no proportion above everybody, however steep the history."""
    history = pd.DataFrame({"period_start": range(2000, 2000 + len(values)), "value": values})
    ahead = forecasts.baseline(history, kind).query("is_forecast")
    for column in ("value", "lower_limit", "upper_limit"):
        assert (ahead[column].dropna() >= 0).all()
        assert kind == "rate" or (ahead[column].dropna() <= 100).all()


def test_a_negative_rate_is_no_history():
    """It is a mistake in a file, and named."""
    history = pd.DataFrame({"period_start": [2010, 2011], "value": [4.0, -1.0]})
    with pytest.raises(ValueError, match="value holds a negative"):
        forecasts.baseline(history, "rate")
