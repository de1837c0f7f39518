"""The scan finds what is planted, and cries wolf no more often than it says."""

import numpy as np
import pandas as pd
import pytest

from darlington_analysis.core.errors import SchemaError
from darlington_analysis.evidence import scan
from darlington_analysis.sources.indicators import register
from darlington_analysis.statistics.comparisons import beyond_usual_spread, departures
from darlington_analysis.statistics.rates import poisson_limits, proportions
from tests.support.scans import LEVELS, PEOPLE, SLUGS, WARDS, table_of


def one_case() -> pd.DataFrame:
    """Return a table in which every ward has exactly the benchmark's share."""
    return table_of(np.full((len(SLUGS), WARDS), 800))


def test_without_control_a_scan_of_nothing_seems_to_find_some():
    """Chance alone makes about 1 test in 20 look different; the scan calls that seeming."""
    counts = np.random.default_rng(7).binomial(PEOPLE, 0.2, (len(SLUGS), WARDS))
    judged = scan.judge(table_of(counts), LEVELS)
    assert 0 == judged.result.eq(scan.STANDS_OUT).sum()
    assert 1 <= judged.result.eq(scan.SEEMS).sum() <= 15


@pytest.mark.requirement(83)
def test_a_planted_difference_is_found_and_nothing_else():
    """One ward at 25% among wards at 20% stands out, on the bad side; no other does."""
    rows = one_case()
    planted = rows.indicator.eq("unemployed") & rows.area_code.eq("E05000003")
    rows.loc[planted, "numerator"] = 1000.0
    judged = scan.judge(rows, LEVELS)
    found = judged[judged.result == scan.STANDS_OUT]
    assert [("unemployed", "E05000003", "higher", True)] == list(
        found[["indicator", "area_code", "side", "is_worse"]].itertuples(index=False, name=None)
    )
    assert [("unemployed", "E05000003")] == list(
        judged.loc[judged.result_spread == scan.STANDS_OUT, ["indicator", "area_code"]].itertuples(
            index=False, name=None
        )
    )


def test_an_indicator_that_is_neither_good_nor_bad_is_never_worse():
    """No car is no verdict: it may stand out, and is_worse stays null."""
    judged = scan.judge(one_case(), LEVELS | {"no-car": 10.0})
    cars = judged[judged.indicator == "no-car"]
    assert {scan.STANDS_OUT} == set(cars.result)
    assert cars.is_worse.isna().all()


@pytest.mark.parametrize("spoil", [{"is_dummy": True}, {"basis": "modelled"}])
def test_made_up_and_modelled_figures_are_refused(spoil):
    """One such row among the others stops the scan."""
    rows = one_case()
    for column, value in spoil.items():
        rows.loc[5, column] = value
    with pytest.raises(SchemaError, match="made-up or modelled"):
        scan.judge(rows, LEVELS)


def test_withheld_and_unreliable_figures_are_not_tested():
    """They are no tests, and change no other's correction."""
    rows = one_case()
    rows.loc[0, ["numerator", "status"]] = [np.nan, "c"]
    rows.loc[1, "status"] = "u"
    judged = scan.judge(rows, LEVELS)
    assert [scan.NOT_TESTED] * 2 == list(judged.result.head(2))
    alone = scan.judge(rows.drop(index=[0, 1]), LEVELS)
    assert list(alone.p_adjusted) == list(judged.p_adjusted[2:])
    assert judged.p_adjusted[:2].isna().all()


def test_a_proportion_s_test_agrees_with_its_limits():
    """The p-value is under 0.05 exactly where Wilson's limits leave the benchmark out."""
    rows = pd.DataFrame({"numerator": np.arange(0.0, 60), "denominator": 150.0})
    limits = proportions(rows)
    outside = (limits.lower_limit > 20) | (limits.upper_limit < 20)
    tested = departures(rows, "proportion", 20.0, 100)
    assert list(outside) == list(tested.p_value < 0.05)


def test_a_rate_s_test_agrees_with_exact_limits():
    """The p-value is under 0.05 exactly where Garwood's limits leave the benchmark out."""
    rows = pd.DataFrame({"numerator": np.arange(0.0, 40), "denominator": 1000.0})
    limits = poisson_limits(rows.numerator, method="exact")
    outside = (limits.lower_limit > 12) | (limits.upper_limit < 12)
    assert list(outside) == list(departures(rows, "rate", 1200.0, 100_000).p_value < 0.05)


def test_among_wards_that_all_differ_no_ward_is_unusual():
    """Every ward far from 20%, evenly spread: each stands out from 20% by more than matters, or
    differs by too little to matter; none stands out from the others.
    """
    shares = np.linspace(500, 1100, WARDS).round()
    judged = scan.judge(table_of(np.tile(shares, (len(SLUGS), 1))), LEVELS)
    assert judged.result.isin([scan.STANDS_OUT, scan.SMALL]).sum() >= 100
    gap = (100 * judged.numerator / judged.denominator - 20).abs()
    matters = judged.indicator.map(lambda slug: register()[slug].matters)
    assert (
        gap[judged.result == scan.STANDS_OUT] >= matters[judged.result == scan.STANDS_OUT]
    ).all()
    assert (gap[judged.result == scan.SMALL] < matters[judged.result == scan.SMALL]).all()
    assert judged.result.eq(scan.SMALL).any()
    assert 0 == judged.result_spread.eq(scan.STANDS_OUT).sum()


def test_the_usual_spread_of_one_row_is_no_spread():
    """A missing figure is no test; those left are set against themselves."""
    rows = pd.DataFrame({"numerator": [5.0, np.nan, 5.0], "denominator": 100.0})
    tested = beyond_usual_spread(rows, "proportion")
    assert [1.0, 1.0] == list(tested.p_value.dropna())
    assert ["the same", "", "the same"] == list(tested.side)


def test_where_nobody_is_counted_nobody_differs():
    """Noughts everywhere are no departure and no fault; a withheld count has no answer."""
    rows = pd.DataFrame({"numerator": [0.0, 0.0, None], "denominator": [100.0, 200.0, 300.0]})
    tested = beyond_usual_spread(rows, "rate")
    assert [1.0, 1.0] == tested.p_value.tolist()[:2]
    assert pd.isna(tested.p_value.iloc[2])
