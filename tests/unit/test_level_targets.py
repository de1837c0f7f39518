"""How many people level is, and whether one more census could tell: worked by hand and by sums."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from darlington_analysis.statistics.differences import proportion_differences
from darlington_analysis.statistics.power import to_be_level


def of(numerator, denominator, lower, upper):
    """Return a table of one proportion with its limits, in per cent."""
    return pd.DataFrame(
        {
            "numerator": [numerator],
            "denominator": [denominator],
            "lower_limit": [lower],
            "upper_limit": [upper],
        }
    )


def test_level_by_hand():
    """300 of 1,000 to be level with 20% is 100 fewer; limits of 27 and 33% ask for 70 to 130."""
    found = to_be_level(of(300, 1000, 27, 33), 20).iloc[0]
    assert (300, 200, -100) == (found.people_now, found.people_then, found.change)
    assert pytest.approx((-130, -70)) == (found.change_low, found.change_high)


def test_the_chance_of_telling_is_the_sum_over_every_later_count():
    """The chance is that of all later counts whose Newcombe limits leave nought out, one by one."""
    found = to_be_level(of(60, 200, 24, 37), 20).iloc[0]
    later = pd.DataFrame({"numerator": np.arange(201), "denominator": 200})
    told = proportion_differences(later.assign(other_numerator=60, other_denominator=200))
    is_lower = (told.comparison == "lower").to_numpy()
    chance = stats.binom.pmf(np.arange(201), 200, 0.2)[is_lower].sum()
    assert pytest.approx(chance) == found.chance_of_telling
    smallest = (60 + found.smallest_change) / 200
    assert pytest.approx(0.8) == stats.binom.pmf(np.arange(201), 200, smallest)[is_lower].sum()


def test_a_rise_is_the_mirror_of_a_fall():
    """140 of 200 to be level with 80% is as hard as 60 of 200 with 20%."""
    fall = to_be_level(of(60, 200, 24, 37), 20).iloc[0]
    rise = to_be_level(of(140, 200, 63, 76), 80).iloc[0]
    assert pytest.approx(-fall.change) == rise.change
    assert pytest.approx(-fall.smallest_change) == rise.smallest_change
    assert pytest.approx(fall.chance_of_telling) == rise.chance_of_telling


def test_too_few_people_can_show_nothing():
    """Of 5 people with 1 counted no later count is told to be lower."""
    found = to_be_level(of(1, 5, 4, 62), 0).iloc[0]
    assert (0.0, False) == (found.chance_of_telling, found.can_be_told)
    assert np.isnan(found.smallest_change)


def test_a_withheld_count_gives_nothing():
    """A null numerator gives nulls, and the row beside it is as it would be alone."""
    nothing = of(np.nan, 200, np.nan, np.nan)
    both = to_be_level(pd.concat([nothing, of(60, 200, 24, 37)], ignore_index=True), 20)
    numbers = ["people_now", "change", "change_low", "chance_of_telling", "smallest_change"]
    assert both.loc[0, numbers].isna().all()
    alone = to_be_level(of(60, 200, 24, 37), 20)
    assert list(alone[numbers].iloc[0]) == list(both[numbers].iloc[1])


def test_a_change_that_can_be_told_is_never_printed_below_the_smallest_that_can():
    """55 fewer is told and 52 is the smallest: “about 50” beside “about 60” would contradict it."""
    from darlington_analysis.evidence.targets import _fine_enough

    assert 5 == _fine_enough(10, -54.6, -51.9, is_told=True)
    assert 10 == _fine_enough(10, -54.6, -51.9, is_told=False)
