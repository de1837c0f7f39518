"""Rates and proportions with their limits; smoothed rates; scales that make their spread stable."""

import numpy as np
import pandas as pd
from scipy import special

from darlington_analysis.statistics import checks

EXACT_BELOW = 10
"""Counts under this take exact limits under the field's rule; from here on Byar's."""

SHARED_METHOD = "wilson, areas shared out"

METHODS = ("exact", "byar", "phe rule")


def rates(
    table: pd.DataFrame, multiplier: float = 100_000, confidence: float = 0.95
) -> pd.DataFrame:
    """Return a copy of the table with a rate and its limits on every row.

    ``table`` needs ``numerator`` (events) and ``denominator`` (people, or person-years when
    years are pooled); other columns are kept. ``value``, ``lower_limit`` and ``upper_limit`` are
    per ``multiplier`` people; ``method`` is ``exact`` under ten events, ``byar`` from ten, and
    empty where the numerator is null or the denominator is empty: such a row is null and
    changes no other. A ``sharing_error`` (the standard error of the denominator, as a share of it)
    widens the limits. A negative numerator raises ``ValueError``.
    """
    checks.require_multiplier(multiplier)
    events, people = checks.counts(table), checks.denominators(table)
    events = np.where(np.isnan(people), np.nan, events)
    limits = poisson_limits(events, confidence)
    value = events / people
    lower, upper = (limits[name].to_numpy() / people for name in ("lower_limit", "upper_limit"))
    lower, upper = _widened(table, value, lower, upper, value, confidence)
    return table.assign(
        value=multiplier * value,
        lower_limit=multiplier * np.maximum(lower, 0.0),
        upper_limit=multiplier * upper,
        confidence=float(confidence),
        method=limits["method"].to_numpy(),
    )


def _widened(table, value, lower, upper, unit, confidence) -> tuple[np.ndarray, np.ndarray]:
    """Return limits that allow for ``sharing_error``, given in ``unit``, as well as for chance.

    The two errors are independent, so distances from the value are added as squares (Newcombe).
    """
    if "sharing_error" not in table.columns:
        return lower, upper
    z = -special.ndtri((1 - confidence) / 2)
    reach = z * checks.numbers(table, "sharing_error") * unit
    is_wider = reach > 0
    below, above = (np.hypot(value - limit, reach) for limit in (lower, upper))
    return np.where(is_wider, value - below, lower), np.where(is_wider, value + above, upper)


def poisson_limits(counts, confidence: float = 0.95, method: str = "phe rule") -> pd.DataFrame:
    """Return ``lower_limit``, ``upper_limit`` and ``method`` of each count, in events.

    ``method`` is ``exact``, ``byar``, or ``phe rule`` (exact under ten events, Byar's from ten).
    Byar's lower limit is null at no events and where its formula falls below 0. Formulas:
    Garwood (1936) through the chi-square distribution; Breslow and Day (1987), volume 2, page 69.
    """
    checks.require_one_of("method", method, METHODS)
    counts = checks.as_counts(counts)
    tail = (1 - checks.require_share("confidence", confidence)) / 2
    chosen = _choose(counts, method)
    is_exact = chosen == "exact"
    lower = np.where(is_exact, exact_lower(counts, tail), _byar_lower(counts, tail))
    upper = np.where(is_exact, exact_upper(counts, tail), _byar_upper(counts, tail))
    return pd.DataFrame({"lower_limit": lower, "upper_limit": upper, "method": chosen})


def exact_lower(counts: np.ndarray, tail) -> np.ndarray:
    """Return the mean at which this count or more has a chance of ``tail``; 0 at no events."""
    return np.where(counts == 0, 0.0, special.gammaincinv(counts, tail))


def exact_upper(counts: np.ndarray, tail) -> np.ndarray:
    """Return the mean at which this count or fewer has a chance of ``tail``."""
    return special.chdtri(2 * counts + 2, tail) / 2


def _choose(counts: np.ndarray, method: str) -> np.ndarray:
    """Return the method for each count, empty where there is no count."""
    by_rule = np.where(counts < EXACT_BELOW, "exact", "byar")
    named = by_rule if method == "phe rule" else np.full(counts.shape, method)
    return np.where(np.isnan(counts), "", named).astype(object)


def _byar_lower(counts: np.ndarray, tail: float) -> np.ndarray:
    """Return Byar's lower limit, null where the formula has no answer above 0."""
    known = np.where(counts > 0, counts, np.nan)
    root = 1 - 1 / (9 * known) + special.ndtri(tail) / (3 * np.sqrt(known))
    return np.where(root > 0, known * root**3, np.nan)


def _byar_upper(counts: np.ndarray, tail: float) -> np.ndarray:
    """Return Byar's upper limit."""
    more = counts + 1
    return more * (1 - 1 / (9 * more) - special.ndtri(tail) / (3 * np.sqrt(more))) ** 3


def proportions(
    table: pd.DataFrame, multiplier: float = 100, confidence: float = 0.95
) -> pd.DataFrame:
    """Return a copy of the table with a proportion and its limits on every row.

    ``table`` needs ``numerator`` and ``denominator`` (both people); other columns are kept.
    ``value``, ``lower_limit`` and ``upper_limit`` are on a scale of 0 to ``multiplier``;
    ``method`` is ``wilson``, and empty where the row cannot give a proportion: null numerator,
    an empty denominator, or a numerator above it (rounding can do that to tiny wards). Such
    a row is null and changes no other. A ``sharing_error`` (the standard error that sharing out
    areas adds, 0 to 1) widens the limits, and ``method`` says so. A negative numerator raises
    ``ValueError``.
    """
    checks.require_multiplier(multiplier)
    limits = wilson_limits(checks.counts(table), checks.denominators(table), confidence)
    value, *ends = (limits[name].to_numpy() for name in ("value", "lower_limit", "upper_limit"))
    lower, upper = _widened(table, value, *ends, 1.0, confidence)
    method = limits["method"].to_numpy()
    if "sharing_error" in table.columns:
        is_shared = (table.sharing_error.to_numpy(float) > 0) & (method != "")
        method = np.where(is_shared, SHARED_METHOD, method).astype(object)
    return table.assign(
        value=multiplier * value,
        lower_limit=multiplier * np.maximum(lower, 0.0),
        upper_limit=multiplier * np.minimum(upper, 1.0),
        confidence=float(confidence),
        method=method,
    )


def wilson_limits(numerators, denominators, confidence: float = 0.95) -> pd.DataFrame:
    """Return ``value``, ``lower_limit``, ``upper_limit`` and ``method`` on a scale of 0 to 1.

    Wilson (1927), the score interval with no continuity correction. The lower limit of none
    is exactly 0 and the upper limit of everybody exactly 1.
    """
    z = -special.ndtri((1 - checks.require_share("confidence", confidence)) / 2)
    has, people = checks.as_counts(numerators), checks.as_denominators(denominators)
    has = np.where(has <= people, has, np.nan)
    lower, upper = wilson_at(has, people, z)
    return pd.DataFrame(
        {
            "value": has / people,
            "lower_limit": lower,
            "upper_limit": upper,
            "method": np.where(np.isnan(has), "", "wilson").astype(object),
        }
    )


def wilson_at(has: np.ndarray, people: np.ndarray, z) -> tuple[np.ndarray, np.ndarray]:
    """Return Wilson's lower and upper limits at a number of standard errors ``z``."""
    middle = has + z**2 / 2
    spread = z * np.sqrt(has * (people - has) / people + z**2 / 4)
    lower = np.where(has == 0, 0.0, (middle - spread) / (people + z**2))
    return lower, np.where(has == people, 1.0, (middle + spread) / (people + z**2))


SMOOTHED_METHOD = "empirical bayes (Marshall)"


def empirical_bayes(table: pd.DataFrame, multiplier: float = 100_000) -> pd.DataFrame:
    """Return a copy of the table with each rate drawn towards the rate of all areas together.

    ``table`` needs ``numerator`` and ``denominator``. Adds ``value`` (the raw rate, unless it is
    there), ``smoothed_value`` and ``pooled_value`` per ``multiplier``, ``prior_variance`` (of
    true rates between areas, same unit squared, never below 0), ``weight`` (0 for the
    pooled rate, 1 for the area's own), ``areas_pooled`` and ``smoothing_method``. An area with a
    null numerator or no people gets no estimate and is no part of another's. Formula:
    Marshall (1991), global moment estimator.
    """
    checks.require_multiplier(multiplier)
    events, people = checks.counts(table), checks.denominators(table)
    rate = events / people
    known = ~np.isnan(rate)
    pooled, variance = moments(events[known], people[known])
    noise = pooled / people
    spread = np.where(known, variance + noise, np.nan)
    weight = np.where(spread > 0, variance / np.where(spread > 0, spread, 1), spread)
    return table.assign(
        value=table["value"] if "value" in table else multiplier * rate,
        smoothed_value=multiplier * (pooled + weight * (rate - pooled)),
        pooled_value=multiplier * pooled,
        prior_variance=multiplier**2 * variance,
        weight=weight,
        areas_pooled=int(known.sum()),
        smoothing_method=np.where(known, SMOOTHED_METHOD, "").astype(object),
    )


def moments(events: np.ndarray, people: np.ndarray) -> tuple[float, float]:
    """Return the pooled rate and the variance of true rates between areas, not below 0."""
    if not len(events):
        return np.nan, np.nan
    pooled = events.sum() / people.sum()
    observed = (people * (events / people - pooled) ** 2).sum() / people.sum()
    return pooled, max(0.0, observed - pooled / people.mean())


STATISTICS = ("rate", "proportion")


def variance_stabilise(counts: np.ndarray, people: np.ndarray, statistic: str) -> tuple:
    """Return the score of each row and its standard error, for a rate or a proportion.

    Anscombe (1948): the square root of (count + 3/8) / people for a rate, the arcsine of the
    square root of (count + 3/8) / (people + 3/4) for a proportion.
    """
    checks.require_one_of("statistic", statistic, STATISTICS)
    if statistic == "rate":
        return np.sqrt((counts + 0.375) / people), 0.5 / np.sqrt(people)
    share = (counts + 0.375) / (people + 0.75)
    return np.arcsin(np.sqrt(share)), 0.5 / np.sqrt(people + 0.5)


def inverse(score, people, statistic: str) -> np.ndarray:
    """Return the share (counts over people) that a score stands for, within what can be."""
    if statistic == "rate":
        return np.maximum(0, np.maximum(0, score) ** 2 - 0.375 / people)
    share = np.sin(np.clip(score, 0, np.pi / 2)) ** 2
    return np.clip(((people + 0.75) * share - 0.375) / people, 0, 1)


def share_of_level(score: float, statistic: str) -> float:
    """Return by how much a score moves when a rate (or the odds of a proportion) grows by 1.

    That is its derivative by the logarithm, so that variation can be stated as a share.
    """
    return score / 2 if statistic == "rate" else np.sin(2 * score) / 4


def curvature_bias(score: float, error: float, statistic: str) -> float:
    """Return by how much chance lifts the mean share above the share that a mean score stands for.

    The scale is curved: half its second derivative, by the variance of the score.
    """
    return error**2 * (1.0 if statistic == "rate" else np.cos(2 * score))
