"""Proportions of a population, with Wilson's confidence limits."""

import numpy as np
import pandas as pd
from scipy import stats

from darlington_analysis.methods import _checks as checks


def proportions(
    table: pd.DataFrame, multiplier: float = 100, confidence: float = 0.95
) -> pd.DataFrame:
    """Return a copy of the table with a proportion and its limits on every row.

    ``table`` needs ``numerator`` and ``denominator`` (both people); other columns are kept.
    ``value``, ``lower_limit`` and ``upper_limit`` are on a scale of 0 to ``multiplier``;
    ``method`` is ``wilson``, and empty where the row cannot give a proportion: null numerator,
    nobody in the denominator, or a numerator above it (rounding can do that to tiny wards). Such
    a row is null and changes no other. A negative numerator raises ``ValueError``.
    """
    limits = wilson_limits(checks.counts(table), checks.denominators(table), confidence)
    return table.assign(
        value=multiplier * limits["value"].to_numpy(),
        lower_limit=multiplier * limits["lower_limit"].to_numpy(),
        upper_limit=multiplier * limits["upper_limit"].to_numpy(),
        confidence=float(confidence),
        method=limits["method"].to_numpy(),
    )


def wilson_limits(numerators, denominators, confidence: float = 0.95) -> pd.DataFrame:
    """Return ``value``, ``lower_limit``, ``upper_limit`` and ``method`` on a scale of 0 to 1.

    Wilson (1927), the score interval with no continuity correction. The lower limit of nobody
    is exactly 0 and the upper limit of everybody exactly 1.
    """
    z = stats.norm.isf((1 - checks.require_share("confidence", confidence)) / 2)
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
