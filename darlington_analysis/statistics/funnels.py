"""Funnel plots of proportions: how far from the average an area must lie to be beyond chance.

One method for the drawn limits and for the verdict on an area, so that a point never sits on the
other side of the line from what its verdict says: the normal spread of a proportion at the
average, cut at 0 and at the whole (Spiegelhalter 2005, Statistics in Medicine 24: 1185-1202).
"""

import numpy as np
import pandas as pd
from scipy import stats

from darlington_analysis.statistics import checks

TAILS = {"95": 0.025, "998": 0.001}
VERDICTS = (
    "above 99.8% limits",
    "above 95% limits",
    "within limits",
    "below 95% limits",
    "below 99.8% limits",
)
NOT_KNOWN = "not known"


def limits(points: pd.DataFrame, average: float, multiplier: float = 100) -> pd.DataFrame:
    """Return a copy of the points with the limits to draw there, per ``multiplier``.

    ``points`` need ``denominator`` (people); ``average`` is per ``multiplier``. Adds ``lower_95``,
    ``upper_95`` (tails of 0.025), ``lower_998`` and ``upper_998`` (tails of 0.001).
    """
    checks.require_level("average", average, multiplier)
    level, people = average / multiplier, checks.denominators(points)
    found = {}
    for name, tail in TAILS.items():
        reach = _reach(tail, people, level)
        found[f"lower_{name}"] = multiplier * np.maximum(0.0, level - reach)
        found[f"upper_{name}"] = multiplier * np.maximum(0.0, np.minimum(1.0, level + reach))
    return points.assign(**found)


def significance(table: pd.DataFrame, average: float, multiplier: float = 100) -> pd.DataFrame:
    """Return a copy of the table with each area's verdict against the average, and its limits.

    ``table`` needs ``numerator`` and ``denominator``; ``average`` is per ``multiplier``. Adds
    ``significance``: one of ``VERDICTS``, or ``not known`` for an area without a figure, without
    people or with more people counted than there are; and what ``limits`` adds. An average outside
    0 to ``multiplier`` raises ``ValueError``.
    """
    checks.require_level("average", average, multiplier)
    events, people = checks.parts_of(table)
    level = average / multiplier
    gap = events / people - level
    cases = [sign * gap > _reach(tail, people, level) for sign, tail in _SIDES]
    names = [VERDICTS[0], VERDICTS[1], VERDICTS[4], VERDICTS[3]]
    verdicts = np.select([np.isnan(gap), *cases], [NOT_KNOWN, *names], VERDICTS[2])
    return limits(table, average, multiplier).assign(significance=verdicts.astype(object))


_SIDES = ((1, 0.001), (1, 0.025), (-1, 0.001), (-1, 0.025))


def _reach(tail: float, people: np.ndarray, level: float) -> np.ndarray:
    """Return how far from the average chance alone takes areas of so many people."""
    return stats.norm.isf(tail) * np.sqrt(level * (1 - level) / people)
