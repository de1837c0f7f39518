"""Ranks with honest ranges: which places a ward could really hold, and how often it is first.

The sets follow Mogstad, Romano, Shaikh and Wilhelm (Review of Economic Studies, 2024): every
pair of areas is tested two-sided, step by step, against the largest difference that chance
alone would make; an area's range leaves out only the places that those tests rule out.
"""

import numpy as np
import pandas as pd
from scipy import stats

from darlington_analysis.methods import _checks as checks
from darlington_analysis.methods import _scales as scales
from darlington_analysis.methods import rank_sets

METHOD = "step-down rank set"


def rank_ranges(
    table: pd.DataFrame,
    confidence: float = 0.95,
    *,
    seed: int = 1,
    statistic: str = "rate",
    draws: int = 20_000,
) -> pd.DataFrame:
    """Return a copy of the table with each area's rank, its range, and its chance of being first.

    ``table`` has ``value`` and ``standard_error``, or else ``numerator`` and ``denominator`` of a
    ``statistic`` that is a ``rate`` or a ``proportion``. Counts are compared on a scale where
    their spread does not depend on their size, so that a count of 0 has a spread too. The range
    of each area holds its true rank at ``confidence``. Adds ``rank`` (1 is the highest value;
    equal values share the better rank), ``rank_lower``, ``rank_upper``, ``chance_highest``,
    ``areas_ranked``, ``rank_confidence`` and ``rank_method``. An area without a figure gets nulls
    and is no part of the order. The same seed gives the same answer. Time grows with the square
    of the number of areas: for a few hundred areas at most.
    """
    tail = 1 - checks.require_share("confidence", confidence)
    value, score, error = _scores(table, statistic)
    known = np.flatnonzero(~np.isnan(value) & ~np.isnan(error))
    found = _ranked(value[known], score[known], error[known], (seed, draws), tail)
    names = ("rank", "rank_lower", "rank_upper")
    columns = {
        name: _spread(found[name], known, len(table)).astype("Int64").array for name in names
    }
    return table.assign(
        **columns,
        chance_highest=_spread(found["chance"], known, len(table)).to_numpy(),
        areas_ranked=len(known),
        rank_confidence=float(confidence),
        rank_method=METHOD,
    )


def _scores(table: pd.DataFrame, statistic: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the value that orders each area, the score that is tested, and its error."""
    if "standard_error" in table.columns:
        value, error = checks.numbers(table, "value"), checks.numbers(table, "standard_error")
        if (error < 0).any():
            raise ValueError("standard_error holds a negative number.")
        return value, value, error
    counts, people = checks.counts(table), checks.denominators(table)
    if statistic == "proportion":
        counts = np.where(counts <= people, counts, np.nan)
    return counts / people, *scales.stable(counts, people, statistic)


def _ranked(value, score, error, chance, tail) -> dict[str, np.ndarray]:
    """Return rank, range and chance of areas whose figures are all known.

    ``chance``: the seed of what is drawn, and how many draws.
    """
    key = np.column_stack([score, error, value])
    same, where = np.unique(key, axis=0, return_inverse=True)
    order = np.lexsort(key.T[::-1])
    score, error, twin = score[order], error[order], where[order]
    seed, draws = chance
    drawn = np.random.default_rng(seed).standard_normal((draws, len(score))) * error
    above, below = rank_sets.told_apart(score, error, drawn, tail)
    first = np.unique(twin, return_index=True)[1]
    firsts = rank_sets.times_first(score + drawn) / draws
    shared = np.bincount(twin, firsts) / np.bincount(twin) if len(order) else firsts
    return {
        "rank": stats.rankdata(-value, method="min"),
        "rank_lower": (1 + above[first])[where],
        "rank_upper": (len(order) - below[first])[where],
        "chance": shared[where],
    }


def _spread(found: np.ndarray, known: np.ndarray, rows: int) -> pd.Series:
    """Put what was found for the known areas back on the rows of the whole table."""
    whole = np.full(rows, np.nan)
    whole[known] = found
    return pd.Series(whole)
