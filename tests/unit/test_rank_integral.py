"""Ranges of thousands of areas: the same sets as by draws, in time that grows as their number."""

import numpy as np
import pandas as pd
import pytest

from darlington_analysis.methods import rank_integral, rank_sets
from darlington_analysis.methods.ranks import rank_ranges


def areas(number, seed=3):
    """Return scores in order and their errors, which differ several times over."""
    random = np.random.default_rng(seed)
    score, error = np.sort(random.normal(0, 3, number)), random.gamma(8, 0.12, number)
    return score, error


@pytest.mark.parametrize("number", [2, 24, 60])
@pytest.mark.parametrize("tail", [0.05, 0.2])
def test_the_integral_tells_apart_what_draws_tell_apart(number, tail):
    """Nearly every count is the same; one that is not is a place or two off, as draws are."""
    score, error = areas(number)
    drawn = np.random.default_rng(1).standard_normal((20_000, number)) * error
    wanted = np.array(rank_sets.told_apart(score, error, drawn, tail, "marginal"))
    found = np.array(rank_integral.told_apart(score, error, tail))
    assert np.abs(wanted - found).max() <= 2
    assert (wanted != found).mean() <= 0.15


def test_an_area_without_an_error_is_refused_and_drawn_instead():
    """A figure without a spread is compared pair by pair, as few areas are."""
    with pytest.raises(ValueError, match="above nought"):
        rank_integral.told_apart(np.array([1.0, 2.0]), np.array([0.0, 1.0]), 0.05)
    table = pd.DataFrame({"value": np.arange(120.0), "standard_error": 0.0})
    assert (rank_ranges(table, draws=10)["rank_lower"] == np.arange(120, 0, -1)).all()
