"""Against a benchmark, against each other, and many at once."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from darlington_analysis.statistics.comparisons import compare
from darlington_analysis.statistics.differences import proportion_differences, rate_ratios

PAIR = ["numerator", "denominator", "other_numerator", "other_denominator"]


def pair(*rows):
    """Return a table of two counts a row with their denominators."""
    return pd.DataFrame(rows, columns=PAIR)


def test_the_four_answers():
    """Limits above, below and astride the benchmark, and limits that are not there."""
    table = pd.DataFrame({"lower_limit": [6, 1, 4, None], "upper_limit": [9, 4, 6, None]})
    found = compare(table, 5)
    expected = ["higher", "lower", "cannot be told apart", "not known"]
    assert expected == list(found["comparison"])
    assert {"limits against a benchmark taken as known"} == set(found["comparison_method"])


def test_limits_that_touch_the_benchmark_overlap_it():
    """A limit equal to the benchmark does not tell the two apart."""
    table = pd.DataFrame({"lower_limit": [5.0, 1.0], "upper_limit": [9.0, 5.0]})
    assert {"cannot be told apart"} == set(compare(table, 5)["comparison"])


def test_a_missing_benchmark_is_not_known():
    """No benchmark, no comparison; one benchmark a row is taken row by row."""
    table = pd.DataFrame({"lower_limit": [6, 6], "upper_limit": [9, 9]})
    assert ["not known"] * 2 == list(compare(table, None)["comparison"])
    assert ["higher", "not known"] == list(compare(table, [5, None])["comparison"])


def test_two_rates_of_a_published_example():
    """11 in 800 against 21 in 3,011: 1.97, limits 0.858 and 4.277 (R, help of poisson.test)."""
    found = rate_ratios(pair((11, 800, 21, 3011))).iloc[0]
    assert pytest.approx([1.971488, 0.8584264, 4.2772659]) == list(
        found[["value", "lower_limit", "upper_limit"]]
    )
    assert "cannot be told apart" == found["comparison"]


@pytest.mark.parametrize(
    ("row", "limits"),
    [((56, 70, 48, 80), (0.0524, 0.3339)), ((9, 10, 3, 10), (0.1705, 0.8090))],
)
def test_two_proportions_of_a_published_example(row, limits):
    """Two rows of the table that introduced the method (Newcombe 1998, method 10)."""
    found = proportion_differences(pair(row)).iloc[0]
    assert pytest.approx(limits, abs=5e-5) == (found["lower_limit"], found["upper_limit"])
    assert "higher" == found["comparison"]


@pytest.mark.parametrize("method", [rate_ratios, proportion_differences])
@given(
    st.tuples(*[st.integers(0, 60)] * 2),
    st.tuples(*[st.integers(60, 500)] * 2),
)
def test_the_p_value_and_the_words_agree(method, counts, people):
    """What stands out at 5% by the p-value is exactly what the 95% limits call different."""
    row = (counts[0], people[0], counts[1], people[1])
    found = method(pair(row)).iloc[0]
    assert (found["p_value"] < 0.05) == (found["comparison"] != "cannot be told apart")


@pytest.mark.parametrize("method", [rate_ratios, proportion_differences])
def test_a_pair_without_a_figure_is_not_known(method):
    """A withheld count or nobody to divide by leaves its own row unknown, and no other."""
    found = method(pair((5, 80, 9, 90), (None, 80, 9, 90), (5, 0, 9, 90)))
    assert ["not known"] * 2 == list(found["comparison"][1:])
    assert [False, True, True] == found["p_value"].isna().tolist()
    assert ["", ""] == list(found["method"][1:])


def test_a_difference_too_small_to_matter_is_about_the_same():
    """However sure it is; a large one stays, and a wide range stays too close to call."""
    table = pd.DataFrame(
        {
            "value": [21.0, 25.0, 20.5, 20.5],
            "lower_limit": [20.5, 24.0, 19.5, 15.0],
            "upper_limit": [21.5, 26.0, 21.5, 26.0],
        }
    )
    expected = ["about the same", "higher", "about the same", "cannot be told apart"]
    assert expected == list(compare(table, 20, 2.0).comparison)
    assert ["higher", "higher"] == list(compare(table.head(2), 20).comparison)
