"""Ranks with honest ranges: which places a ward could really hold, and how often it is first.

The sets follow Mogstad, Romano, Shaikh and Wilhelm (Review of Economic Studies, 2024): every
pair of areas is tested two-sided, step by step, against the largest difference that chance
alone would make; an area's range leaves out only the places that those tests rule out.
"""

import numpy as np
import pandas as pd

from darlington_analysis.statistics import checks, rates


def told_apart(score, error, drawn, tail: float) -> tuple[np.ndarray, np.ndarray]:
    """Return how many areas are known to stand above, and below, each one.

    ``drawn`` holds the chance errors of the scores (draws by areas); ``tail`` is one less the
    confidence. "A stands no higher than B" is given up when A's lead, in standard errors, is
    beyond the share ``tail`` of the largest leads that chance makes among all such statements
    about one area, both ways round, that are still held. A statement given up leaves its opposite
    standing, so that a wrong direction counts as an error too. Step-down: Romano and Wolf (2005).
    """
    lead = in_errors(score[None, :] - score[:, None], np.hypot(error[:, None], error[None, :]))
    drawn = np.ascontiguousarray(drawn.T)  # an area's draws side by side
    noise = np.empty_like(drawn)
    counts = np.zeros((len(score), 2), dtype=int)
    for area in range(len(score)):
        for other in range(len(score)):  # row by row, so that what is worked on stays at hand
            apart = drawn[other] - drawn[area]
            noise[other] = in_errors(apart, np.hypot(error[area], error[other]))
        counts[area] = _step_down_one(area, lead[area], noise, tail)
    return counts[:, 0], counts[:, 1]


def times_first(drawn_scores: np.ndarray) -> np.ndarray:
    """Return how often each area has the highest score of a draw; ties share a time."""
    is_first = drawn_scores == drawn_scores.max(axis=1, keepdims=True, initial=-np.inf)
    return (is_first / is_first.sum(axis=1, keepdims=True)).sum(axis=0)


def in_errors(gap: np.ndarray, error: np.ndarray | float) -> np.ndarray:
    """Return each gap in standard errors; without an error a gap is 0 or endless."""
    if np.all(error > 0):
        return gap / error
    without = np.where(gap == 0, 0.0, np.copysign(np.inf, gap))
    return np.where(error > 0, gap / np.where(error > 0, error, 1), without)


def _step_down_one(area: int, lead: np.ndarray, noise: np.ndarray, tail: float) -> tuple[int, int]:
    """Return how many areas are known to stand above and below one area.

    ``noise`` holds the leads over it that chance alone makes, areas by draws.
    """
    others = np.arange(len(lead)) != area
    higher, lower = others.copy(), others.copy()  # the statements that are still held
    while higher.any() or lower.any():
        largest = np.full(noise.shape[1], -np.inf)
        for other in np.flatnonzero(higher):
            np.maximum(largest, noise[other], out=largest)
        for other in np.flatnonzero(lower):
            np.maximum(largest, -noise[other], out=largest)
        critical = np.quantile(largest, 1 - tail)
        left = higher & (lead <= critical), lower & (-lead <= critical)
        if (left[0] == higher).all() and (left[1] == lower).all():
            break
        higher, lower = left
    return int((others & ~higher).sum()), int((others & ~lower).sum())


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
    return counts / people, *rates.variance_stabilise(counts, people, statistic)


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
    above, below = told_apart(score, error, drawn, tail)
    first = np.unique(twin, return_index=True)[1]
    firsts = times_first(score + drawn) / draws
    shared = np.bincount(twin, firsts) / np.bincount(twin) if len(order) else firsts
    return {
        "rank": 1 + (value[None, :] > value[:, None]).sum(axis=1),
        "rank_lower": (1 + above[first])[where],
        "rank_upper": (len(order) - below[first])[where],
        "chance": shared[where],
    }


def _spread(found: np.ndarray, known: np.ndarray, rows: int) -> pd.Series:
    """Put what was found for the known areas back on the rows of the whole table."""
    whole = np.full(rows, np.nan)
    whole[known] = found
    return pd.Series(whole)
