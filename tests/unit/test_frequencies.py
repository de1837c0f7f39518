"""A compared figure is printed with as many digits as its verdict needs, whatever the data."""

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from darlington_analysis.cleaning import indicator_rows
from darlington_analysis.pages.components.numbers import frequency, shows
from darlington_analysis.sources.indicators import register
from darlington_analysis.statistics.comparisons import compare
from darlington_analysis.statistics.rates import proportions

SLUGS = sorted(slug for slug, about in register().items() if about.kind == "proportion")


@given(
    slug=st.sampled_from(SLUGS),
    people=st.integers(30, 8000),
    share=st.floats(0.0, 1.0),
    benchmark=st.floats(0.1, 99.9),
)
def test_the_printed_numbers_bear_out_the_verdict(slug, people, share, benchmark):
    """Of any ward and any benchmark; and every figure of an indicator is out of the same whole."""
    table = pd.DataFrame({"numerator": [round(share * people)], "denominator": [people]})
    row = compare(proportions(table), benchmark, register()[slug].matters).iloc[0]
    facts = {"indicator": slug, "benchmark": benchmark, "benchmark_name": "England"}
    facts |= row[["value", "lower_limit", "upper_limit", "comparison"]].to_dict()
    said = frequency(facts)
    low, high, other = (float(x.replace(",", "")) for x in (said.low, said.high, said.benchmark))
    if row.comparison == "higher":
        assert low > other
    if row.comparison == "lower":
        assert high < other
    assert f"{register()[slug].out_of:,}" == said.out_of


def test_whole_numbers_that_hide_a_verdict_are_not_enough():
    """20.4 to 20.9 beside 20.3 is higher: 20 to 21 beside 20 would not show it."""
    facts = {"indicator": "no-qualifications", "benchmark": 20.3, "benchmark_name": "England"}
    facts |= {"value": 20.6, "lower_limit": 20.4, "upper_limit": 20.9, "comparison": "higher"}
    said = frequency(facts)
    assert ("20.4", "20.3") == (said.low, said.benchmark)
    assert not shows(facts, said.__class__("21", "20", "21", "20", "100", "England"))


def test_limits_of_a_rounded_count_hold_what_rounding_hides():
    """20 of 2,000 is 18 to 22 people: the limits are those of 17.5 and of 22.5."""
    counts, values = pd.Series([20.0, 0.0]), pd.Series([1.0, 0.0])
    found = indicator_rows.rounded_limits(counts, values, 100, 5)
    both = proportions(pd.DataFrame({"numerator": [17.5, 22.5], "denominator": 2000.0}))
    assert found["lower_limit"][0] == pytest.approx(both.lower_limit[0])
    assert found["upper_limit"][0] == pytest.approx(both.upper_limit[1])
    assert math.isnan(found["lower_limit"][1])


def test_few_people_behind_a_rough_figure_are_marked():
    """Only in wards, only where areas are shared out or counts rounded, and no other mark goes."""
    rows = pd.DataFrame(
        {
            "indicator": ["overcrowded"] * 4 + ["claimants"],
            "fit": ["apportioned", "apportioned", "exact", "apportioned", "exact"],
            "numerator": [12.0, 30.0, 12.0, 12.0, 25.0],
            "value": 1.0,
            "area_type": "ward",
            "status": ["", "", "", "e", ""],
            "is_dummy": False,
        }
    )
    assert ["u", "", "", "e", "u"] == indicator_rows.marked_small(rows).status.tolist()
