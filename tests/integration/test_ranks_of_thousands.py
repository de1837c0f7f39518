"""Ranges of thousands of areas: in time that grows as their number."""

import numpy as np
import pandas as pd
import pytest

from darlington_analysis.statistics import rank_integral
from darlington_analysis.statistics.ranks import rank_ranges


def areas(number, seed=3):
    """Return scores in order and their errors, which differ several times over."""
    random = np.random.default_rng(seed)
    score, error = np.sort(random.normal(0, 3, number)), random.gamma(8, 0.12, number)
    return score, error


def test_chance_alone_is_told_apart_in_its_share_of_cases():
    """Where all are equal, an area is told apart from any other once in twenty times."""
    random, told = np.random.default_rng(5), []
    for _ in range(60):
        error = random.gamma(8, 0.12, 150)
        above, below = rank_integral.told_apart(error * random.standard_normal(150), error, 0.05)
        told += [above + below > 0]
    assert 0.02 < np.mean(told) < 0.06


def test_thousands_of_areas_take_no_pairs():
    """All 7,000 at once: every range holds its rank, and the two ends are as wide as chance."""
    score, error = areas(7_000)
    table = pd.DataFrame({"value": score, "standard_error": error})
    found = rank_ranges(table, draws=200)
    assert (found["rank_lower"] <= found["rank"]).all()
    assert (found["rank"] <= found["rank_upper"]).all()
    assert 1 < (found["rank_upper"] - found["rank_lower"]).median() < 6_999
    assert 1 == pytest.approx(found["chance_highest"].sum())
