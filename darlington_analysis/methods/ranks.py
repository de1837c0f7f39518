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
from darlington_analysis.methods import rank_integral, rank_sets

KINDS = ("marginal", "simultaneous")
METHOD = "step-down rank set"
_DRAWN_UP_TO = 100  # areas, pair by pair; for more of them the same sets come from an integral
_NUMBERS_AT_ONCE = 2_000_000  # of chance errors that are held


def rank_ranges(
    table: pd.DataFrame,
    confidence: float = 0.95,
    *,
    seed: int = 1,
    kind: str = "marginal",
    statistic: str = "rate",
    highest_first: bool = True,
    draws: int = 20_000,
) -> pd.DataFrame:
    """Return a copy of the table with each area's rank, its range, and its chance of being first.

    ``table`` has ``value`` and ``standard_error``, or else ``numerator`` and ``denominator`` of a
    ``statistic`` that is a ``rate`` or a ``proportion`` (compared where the spread of a count
    does not hang on its size, so that a count of nought has a spread too). ``kind`` is
    ``marginal`` (the range of one area, covered at ``confidence``) or ``simultaneous`` (all at
    once). Adds ``rank`` (1 is highest, or lowest when ``highest_first`` is false; equal values
    share the better rank), ``rank_lower``, ``rank_upper``, ``chance_highest`` (or
    ``chance_lowest``), ``areas_ranked``, ``kind``, ``rank_confidence``, ``rank_method``. An area
    without a figure gets null and is no part of the order. The same seed gives the same answer.
    """
    checks.require_one_of("kind", kind, KINDS)
    tail = 1 - checks.require_share("confidence", confidence)
    value, score, error = _scores(table, statistic)
    sign = 1 if highest_first else -1
    known = np.flatnonzero(~np.isnan(value) & ~np.isnan(error))
    signed = (sign * value[known], sign * score[known], error[known])
    found = _ranked(*signed, (seed, draws), tail, kind)
    names = ("rank", "rank_lower", "rank_upper")
    columns = {
        name: _spread(found[name], known, len(table)).astype("Int64").array for name in names
    }
    chance = "chance_highest" if highest_first else "chance_lowest"
    return table.assign(
        **columns,
        **{chance: _spread(found["chance"], known, len(table)).to_numpy()},
        areas_ranked=len(known),
        kind=kind,
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


def _ranked(value, score, error, chance, tail, kind) -> dict[str, np.ndarray]:
    """Return rank, range and chance of areas whose figures are all known.

    ``chance``: the seed of what is drawn, and how many draws.
    """
    key = np.column_stack([score, error, value])
    same, where = np.unique(key, axis=0, return_inverse=True)
    order = np.lexsort(key.T[::-1])
    score, error, twin = score[order], error[order], where[order]
    above, below = _told_apart(score, error, chance, tail, kind)
    first = np.unique(twin, return_index=True)[1]
    firsts = _chance_of_first(score, error, chance)
    shared = np.bincount(twin, firsts) / np.bincount(twin) if len(order) else firsts
    return {
        "rank": stats.rankdata(-value, method="min"),
        "rank_lower": (1 + above[first])[where],
        "rank_upper": (len(order) - below[first])[where],
        "chance": shared[where],
    }


def _told_apart(score, error, chance, tail, kind) -> tuple[np.ndarray, np.ndarray]:
    """Return how many areas are told to stand above and below each one, by draws or an integral."""
    if kind == "marginal" and len(score) > _DRAWN_UP_TO and (error > 0).all():
        return rank_integral.told_apart(score, error, tail)
    seed, draws = chance
    drawn = np.random.default_rng(seed).standard_normal((draws, len(score))) * error
    return rank_sets.told_apart(score, error, drawn, tail, kind)


def _chance_of_first(score, error, chance) -> np.ndarray:
    """Return how often each area is first; many areas are drawn some draws at a time."""
    seed, draws = chance
    if not len(score):
        return np.empty(0)
    random, times = np.random.default_rng(seed), np.zeros(len(score))
    at_once = max(1, _NUMBERS_AT_ONCE // len(score))
    for start in range(0, draws, at_once):
        drawn = random.standard_normal((min(at_once, draws - start), len(score)))
        times += rank_sets.times_first(score + drawn * error)
    return times / draws


def _spread(found: np.ndarray, known: np.ndarray, rows: int) -> pd.Series:
    """Put what was found for the known areas back on the rows of the whole table."""
    whole = np.full(rows, np.nan)
    whole[known] = found
    return pd.Series(whole)
