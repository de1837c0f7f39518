"""How surprising an area's figure is, if it differed from a known benchmark by chance alone."""

import numpy as np
import pandas as pd
from scipy import stats

from darlington_analysis.statistics import checks

STATISTICS = ("proportion", "rate")
METHODS = {"proportion": "score test", "rate": "exact poisson test"}
TRIMMED_EACH_SIDE = 0.1
"""Share of areas at each end drawn in, so that true outliers do not widen the spread."""


def departures(table: pd.DataFrame, statistic: str, benchmark, multiplier: float) -> pd.DataFrame:
    """Return a copy of the table with ``p_value``, ``side`` and ``departure_method``.

    ``table`` needs ``numerator`` and ``denominator``; ``benchmark``, per ``multiplier``, is one
    number or one a row and is taken as known. A proportion gets the two-sided score test, which
    is under 0.05 exactly where Wilson's 95% limits leave the benchmark out; a rate twice the
    smaller exact Poisson tail, the same for Garwood's limits. ``side`` is ``higher``, ``lower``
    or ``the same``. A row without a figure, people or benchmark is no test and stays null, and so
    does a proportion with more people in its numerator than in its denominator. A benchmark that no
    figure can have (a proportion outside 0 to ``multiplier``, a negative rate) raises
    ``ValueError``.
    """
    checks.require_one_of("statistic", statistic, STATISTICS)
    events, people = _counts_of(table, statistic)
    if statistic == "proportion":
        checks.require_level("benchmark", benchmark, multiplier)
    elif (np.asarray(benchmark, dtype=float) < 0).any():
        raise ValueError(f"benchmark is {benchmark!r}; a rate is 0 or more.")
    level = np.broadcast_to(np.asarray(benchmark, dtype=float), events.shape) / multiplier
    gap = events / people - level
    found = (_score_test if statistic == "proportion" else _poisson_test)(events, people, level)
    known = ~np.isnan(gap)
    return table.assign(
        p_value=np.where(known, found, np.nan),
        side=np.select([~known, gap > 0, gap < 0], ["", "higher", "lower"], "the same"),
        departure_method=np.where(known, METHODS[statistic], ""),
    )


def _counts_of(table: pd.DataFrame, statistic: str) -> tuple[np.ndarray, np.ndarray]:
    if statistic == "proportion":
        return checks.parts_of(table)
    return checks.counts(table), checks.denominators(table)


def _score_test(has: np.ndarray, people: np.ndarray, level: np.ndarray) -> np.ndarray:
    """Wilson (1927): the spread is that of the benchmark, not of the area's own share."""
    error = np.sqrt(level * (1 - level) / people)
    gap = np.abs(has / people - level)
    # Nothing varies at a benchmark of none or of everybody: any gap is certain, and no gap is none.
    score = np.divide(gap, error, out=np.where(gap > 0, np.inf, 0.0), where=error > 0)
    return 2 * stats.norm.sf(score)


def _poisson_test(events: np.ndarray, people: np.ndarray, level: np.ndarray) -> np.ndarray:
    expected = level * people
    tails = stats.poisson.cdf(events, expected), stats.poisson.sf(events - 1, expected)
    return np.minimum(1, 2 * np.minimum(*tails))


def beyond_usual_spread(table: pd.DataFrame, statistic: str) -> pd.DataFrame:
    """Return a copy of the table with ``p_value`` and ``side`` against the spread of its areas.

    Areas differ by more than chance. Here each is set against all of them together, with the
    variance between areas that they show added to that of chance (additive overdispersion, a
    tenth of areas drawn in at each end; Spiegelhalter 2005), and a normal spread. A small
    ``p_value`` is an area unusual even among areas that differ.
    """
    checks.require_one_of("statistic", statistic, STATISTICS)
    events, people = _counts_of(table, statistic)
    known = ~np.isnan(events / people)
    level = events[known].sum() / people[known].sum() if known.any() else np.nan
    spare = 1 - level if statistic == "proportion" else 1.0
    errors = np.where(known, np.sqrt(level * spare / people), np.nan)
    gap = events / people - level
    spread = np.sqrt(errors**2 + variance_between(gap, errors))
    # Where no area counts anyone, no area differs: no gap over no spread is no gap.
    score = np.divide(gap, spread, out=np.where(known, 0.0, np.nan), where=spread > 0)
    return table.assign(
        p_value=2 * stats.norm.sf(np.abs(score)),
        side=np.select([~known, gap > 0, gap < 0], ["", "higher", "lower"], "the same"),
    )


def variance_between(gaps: np.ndarray, errors: np.ndarray) -> float:
    """Return the variance between areas beyond chance, 0 or more (additive overdispersion).

    ``gaps`` are areas' values less the average, ``errors`` their standard errors by chance alone
    if the average held everywhere, nan where not known. Spiegelhalter (2005), Statistics in
    Medicine 24: 1185-1202, with a tenth winsorised each side.
    """
    errors = np.where(errors > 0, errors, np.nan)
    known = ~np.isnan(gaps / errors)
    areas = int(known.sum())
    if areas < 2:
        return 0.0
    scores = gaps[known] / errors[known]
    ends = np.quantile(scores, [TRIMMED_EACH_SIDE, 1 - TRIMMED_EACH_SIDE])
    phi = float((np.clip(scores, *ends) ** 2).mean())
    weights = errors[known] ** -2
    room = weights.sum() - (weights**2).sum() / weights.sum()
    return max(0.0, (areas * phi - (areas - 1)) / room)
