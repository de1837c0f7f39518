"""The slope across wards from the most to the least deprived: how unequal an indicator is."""

import numpy as np
import pandas as pd
from scipy import special, stats

from darlington_analysis.methods import _checks as checks

VALUE_TYPES = ("other", "rate", "proportion")
SCALES = {
    "other": (lambda value: value, lambda value: value),
    "rate": (np.log, np.exp),
    "proportion": (special.logit, special.expit),
}
"""For each type of value, the scale on which its error is even, and the way back."""


def slope_index(
    table: pd.DataFrame,
    *,
    order: str = "position",
    value_type: str = "other",
    transform: bool = False,
    multiplier: float = 1,
    confidence: float = 0.95,
    draws: int = 100_000,
    seed: int = 1,
) -> pd.DataFrame:
    """Return one row: the slope index and the relative index of inequality, with limits.

    ``table`` needs ``order`` (1 is most deprived), ``denominator`` (people) and ``value``
    (proportions on 0 to 1); for limits also ``standard_error`` on the type's own scale (as it is,
    logarithm, logit), or ``lower_limit`` and ``upper_limit`` with their ``confidence`` (0.95 when
    that column is absent). ``value`` of the answer is the fitted value of the least deprived less
    that of the most, times ``multiplier``; ``relative_index`` is the one over the other (turned
    over when the multiplier is negative, for an indicator of which low is good). ``transform``
    fits the line on the type's own scale. ``areas`` were used; those without a value or without
    people are left out. Limits are simulated: the same seed gives the same ones. A value of 0 has
    no logarithm, 0 or 1 no logit: ``ValueError``
    (take ``other`` with standard errors). Formulas: Low and Low (2004), J Public Health 26.
    """
    checks.require_one_of("value_type", value_type, VALUE_TYPES)
    tail = (1 - checks.require_share("confidence", confidence)) / 2
    place, people = checks.numbers(table, order), checks.denominators(table)
    value, error = checks.numbers(table, "value"), _errors(table, value_type)
    known = ~np.isnan(place * people * value)
    fit = _line(place[known], people[known])
    how = (fit, value_type, transform, multiplier)
    found = _index(value[known], *how)
    limits = np.full((2, 2), np.nan)
    if known.sum() > 2 and not np.isnan(error[known]).any():
        noise = np.random.default_rng(seed).standard_normal((draws, int(known.sum())))
        drawn = _index(_moved(value[known], noise * error[known], value_type), *how)
        limits = np.quantile(drawn[:, :2], [tail, 1 - tail], axis=0)
    return pd.DataFrame(
        {
            "value": [found[0, 0]],
            "lower_limit": [limits[0, 0]],
            "upper_limit": [limits[1, 0]],
            "relative_index": [found[0, 1]],
            "relative_lower": [limits[0, 1]],
            "relative_upper": [limits[1, 1]],
            "intercept": [found[0, 2]],
            "areas": [int(known.sum())],
            "confidence": [float(confidence)],
            "method": [f"slope index ({value_type}{', transformed' if transform else ''})"],
        }
    )


def _line(place: np.ndarray, people: np.ndarray) -> np.ndarray:
    """Return the weights (areas by 2) that turn values into intercept and slope.

    Least squares weighted by people, on each area's middle place in the people lined up from
    most to least deprived; areas of equal deprivation share the middle place of them all.
    """
    if len(np.unique(place)) < 2:
        return np.full((len(place), 2), np.nan)
    _, group = np.unique(place, return_inverse=True)
    together = np.bincount(group, people)
    middle = ((np.cumsum(together) - together / 2) / together.sum())[group]
    root = np.sqrt(people)[:, None]
    design = np.column_stack([np.ones(len(people)), middle])
    return (np.linalg.pinv(root * design) * root.T).T


def _index(values, fit, value_type, transform, multiplier) -> np.ndarray:
    """Return slope index, relative index and intercept (last axis) of each row of values."""
    there, back = SCALES[value_type] if transform else SCALES["other"]
    if transform:
        _refuse_ends(values, value_type)
    line = np.atleast_2d(there(values)) @ fit
    most, least = back(line[:, 0]), back(line.sum(axis=1))
    relative = least / most if multiplier > 0 else most / least
    return np.column_stack([multiplier * (least - most), relative, most])


def _moved(value: np.ndarray, noise: np.ndarray, value_type: str) -> np.ndarray:
    """Return the values moved by chance errors on the type's own scale."""
    _refuse_ends(value, value_type)
    there, back = SCALES[value_type]
    return back(there(value) + noise)


def _errors(table: pd.DataFrame, value_type: str) -> np.ndarray:
    """Return standard errors on the type's own scale, nan where nothing gives one."""
    given = np.full(len(table), np.nan)
    if "standard_error" in table.columns:
        given = checks.numbers(table, "standard_error")
    if not np.isnan(given).any() or not {"lower_limit", "upper_limit"} <= set(table.columns):
        return given
    share = checks.numbers(table, "confidence") if "confidence" in table.columns else 0.95
    lower, upper = checks.numbers(table, "lower_limit"), checks.numbers(table, "upper_limit")
    for limits in (lower, upper):
        _refuse_ends(limits, value_type)
    there = SCALES[value_type][0]
    error = (there(upper) - there(lower)) / 2 / stats.norm.isf((1 - share) / 2)
    return np.where(np.isnan(given), error, given)


def _refuse_ends(values: np.ndarray, value_type: str) -> None:
    """Raise ``ValueError`` for values that have no logarithm or logit."""
    known = values[~np.isnan(values)]
    top = 1 if value_type == "proportion" else np.inf
    if value_type != "other" and ((known <= 0) | (known >= top)).any():
        raise ValueError(f"A {value_type} of 0 or at its top has no {value_type} scale: 'other'.")
