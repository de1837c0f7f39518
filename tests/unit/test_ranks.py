"""Ranks and their ranges: what they hold, what they do not depend on."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from darlington_analysis.statistics.ranks import rank_ranges

DRAWS = 500
COUNTS = st.lists(
    st.tuples(st.one_of(st.none(), st.integers(0, 80)), st.integers(0, 900)), min_size=1, max_size=9
)


def wards(rows):
    """Return a table of numerators and denominators."""
    return pd.DataFrame(rows, columns=["numerator", "denominator"], dtype=float)


def estimates(values, error=1.0):
    """Return a table of values, each with the same standard error."""
    return pd.DataFrame({"value": values, "standard_error": error}, dtype=float)


@settings(max_examples=40, deadline=None)
@given(COUNTS, st.sampled_from(["rate", "proportion"]))
def test_the_range_holds_the_rank(rows, statistic):
    """Every ranked area's range holds its rank and lies within 1 and the number ranked."""
    found = rank_ranges(wards(rows), statistic=statistic, draws=DRAWS).dropna(subset="rank")
    assert (found["rank_lower"] <= found["rank"]).all()
    assert (found["rank"] <= found["rank_upper"]).all()
    assert found["rank_lower"].ge(1).all()
    assert found["rank_upper"].le(found["areas_ranked"]).all()


@settings(max_examples=30, deadline=None)
@given(COUNTS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(rows, random):
    """Shuffled rows carry the same rank, range and chance, to the last digit."""
    table = wards(rows)
    order = random.sample(range(len(rows)), len(rows))
    found = rank_ranges(table, draws=DRAWS)
    shuffled = rank_ranges(table.iloc[order], draws=DRAWS)
    pd.testing.assert_frame_equal(found, shuffled.sort_index())


def test_a_withheld_ward_has_no_rank_and_takes_none():
    """A null count and a ward of nobody get null, and leave the others' answers as they were."""
    some = rank_ranges(wards([(9, 500), (30, 500), (2, 400)]))
    more = rank_ranges(wards([(9, 500), (None, 500), (30, 500), (4, 0), (2, 400)]))
    assert [False, True, False, True, False] == more["rank"].isna().tolist()
    pd.testing.assert_frame_equal(some, more.dropna(subset="rank").reset_index(drop=True))


def test_ties_share_the_better_rank():
    """Equal values share a rank, its range and its chance; the next rank is left out."""
    found = rank_ranges(estimates([5, 5, 1]))
    assert [1, 1, 3] == list(found["rank"])
    assert found["chance_highest"][0] == found["chance_highest"][1]
    assert found["rank_upper"][0] == found["rank_upper"][1]


def test_wards_alike_cannot_be_told_apart():
    """Areas of one value may hold any place; far apart, each holds its own."""
    alike, apart = rank_ranges(estimates([7] * 6)), rank_ranges(estimates([10, 60, 30]))
    assert ({1}, {6}) == (set(alike["rank_lower"]), set(alike["rank_upper"]))
    assert [3, 1, 2] == list(apart["rank_lower"]) == list(apart["rank_upper"])


def test_the_chances_of_being_highest_add_up():
    """The chances add to one, and that of two areas a known way apart is the normal curve's."""
    found = rank_ranges(estimates([1.0, 0.0]), draws=200_000)
    assert pytest.approx(1) == found["chance_highest"].sum()
    assert pytest.approx(0.7602, abs=0.004) == found["chance_highest"][0]


def test_the_same_seed_gives_the_same_answer():
    """Nothing hangs on the run: a seed fixes every digit, another seed moves the chances."""
    table = wards([(9, 500), (12, 500), (2, 400)])
    pd.testing.assert_frame_equal(rank_ranges(table, seed=4), rank_ranges(table, seed=4))
    one, other = rank_ranges(table, seed=4), rank_ranges(table, seed=5)
    assert list(one["chance_highest"]) != list(other["chance_highest"])


def test_no_area_and_one_area():
    """A table of nobody gives no rows; a ward alone is first of one."""
    assert 0 == len(rank_ranges(wards([])))
    assert [1, 1, 1, 1.0] == rank_ranges(wards([(3, 500)])).iloc[0, 2:6].tolist()


def test_more_areas_than_any_council_has_wards():
    """Areas without a spread, more than a hundred of them, each hold their own place."""
    found = rank_ranges(estimates(np.arange(120.0), 0.0), draws=10)
    assert list(range(120, 0, -1)) == list(found["rank_lower"]) == list(found["rank_upper"])
