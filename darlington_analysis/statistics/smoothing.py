"""Smoothed rates, to stand beside the raw ones and never in their place."""

import numpy as np
import pandas as pd

from darlington_analysis.statistics import checks

METHOD = "empirical bayes (Marshall)"


def empirical_bayes(table: pd.DataFrame, multiplier: float = 100_000) -> pd.DataFrame:
    """Return a copy of the table with each rate drawn towards the rate of all areas together.

    ``table`` needs ``numerator`` and ``denominator``. Adds ``value`` (the raw rate, unless it is
    there), ``smoothed_value`` and ``pooled_value`` per ``multiplier``, ``prior_variance`` (of
    true rates between areas, same unit squared, never under nought), ``weight`` (0 for the
    pooled rate, 1 for the area's own), ``areas_pooled`` and ``smoothing_method``. An area with a
    null numerator or nobody in it gets no estimate and is no part of anybody else's. Formula:
    Marshall (1991), global moment estimator.
    """
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
        smoothing_method=np.where(known, METHOD, "").astype(object),
    )


def moments(events: np.ndarray, people: np.ndarray) -> tuple[float, float]:
    """Return the pooled rate and the variance of true rates between areas, not under nought."""
    if not len(events):
        return np.nan, np.nan
    pooled = events.sum() / people.sum()
    observed = (people * (events / people - pooled) ** 2).sum() / people.sum()
    return pooled, max(0.0, observed - pooled / people.mean())
