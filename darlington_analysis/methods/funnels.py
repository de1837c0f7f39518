"""Funnel plots: how far from the average an area must lie before chance will not do.

One method for the drawn limits and for the verdict on an area, so that a point never sits on
the other side of the line from what is said of it. Rates and ratios: exact Poisson limits.
Proportions: the normal spread of a proportion at the average, cut at 0 and 100%. Overdispersed
counts are taken for Poisson counts of clusters: events and people are divided by the dispersion.
"""

import numpy as np
import pandas as pd
from scipy import special, stats

from darlington_analysis.methods import _checks as checks
from darlington_analysis.methods import dispersion as spread
from darlington_analysis.methods import rates

STATISTICS = ("rate", "proportion", "ratio")
AXES = ("events", "population")
TAILS = {"95": 0.025, "998": 0.001}
VERDICTS = (
    "above 99.8% limits",
    "above 95% limits",
    "within limits",
    "below 95% limits",
    "below 99.8% limits",
)
NOT_KNOWN = "not known"
METHODS = {"rate": "exact funnel", "ratio": "exact funnel", "proportion": "normal funnel"}


def limits(
    points: pd.DataFrame,
    statistic: str,
    average: float,
    multiplier: float = 100_000,
    *,
    axis: str = "population",
    dispersion: float = 1.0,
    between_variance: float = 0.0,
) -> pd.DataFrame:
    """Return a copy of the points with the limits to draw there, per ``multiplier``.

    Along the ``population`` axis the points need ``denominator`` (people; expected events for a
    ratio), along the ``events`` axis (rates and ratios) ``numerator``. ``average`` is per
    ``multiplier``. Adds ``lower_95``, ``upper_95`` (tails of 0.025), ``lower_998``, ``upper_998``
    (tails of 0.001) and ``funnel_method``. ``dispersion`` and ``between_variance`` (on the scale
    of ``multiplier``, squared) are those that ``significance`` returned. A variance between areas
    cannot be drawn along events: ``ValueError``.
    """
    checks.require_one_of("statistic", statistic, STATISTICS)
    checks.require_one_of("axis", axis, AXES)
    if axis == "events" and (statistic == "proportion" or between_variance):
        raise ValueError("Along events only rates and ratios without an added variance are drawn.")
    level = average / multiplier
    if axis == "events":
        found = _along_events(checks.counts(points), level, np.sqrt(dispersion))
    else:
        people = checks.denominators(points)
        width = _widening(statistic, people, level, dispersion, between_variance / multiplier**2)
        found = _along_population(statistic, people, level, width)
    scaled = {name: multiplier * limit for name, limit in found.items()}
    return points.assign(**scaled, funnel_method=METHODS[statistic])


def significance(
    table: pd.DataFrame,
    statistic: str,
    multiplier: float = 100_000,
    *,
    average: float | None = None,
    overdispersion: str = "none",
) -> pd.DataFrame:
    """Return a copy of the table with each area's verdict against the average and its limits.

    ``table`` needs ``numerator`` and ``denominator`` (expected events for a ``ratio``).
    ``average`` is per ``multiplier``; left out, it is the ratio 1 or the rate of all known areas
    together, those with no event too: ``average`` and ``areas_averaged`` say what was used.
    ``overdispersion`` is ``none``, ``multiplicative`` or ``additive``. Adds ``significance``: one
    of ``VERDICTS``, or ``not known`` for an area without a figure or without people, which is no
    part of the average; and what ``limits`` adds along the population axis.
    """
    checks.require_one_of("statistic", statistic, STATISTICS)
    checks.require_one_of("overdispersion", overdispersion, spread.MODELS)
    events, people = checks.counts(table), checks.denominators(table)
    known = ~np.isnan(events / people)
    level = _level(events[known], people[known], statistic, average, multiplier)
    errors = np.where(known, _chance_error(statistic, people, level), np.nan)
    phi, between = spread.overdispersion(events / people - level, errors, overdispersion)
    width = _widening(statistic, people, level, phi, between)
    scale = multiplier**2
    drawn = {"dispersion": phi, "between_variance": scale * between}
    return limits(table, statistic, multiplier * level, multiplier, **drawn).assign(
        average=multiplier * level,
        areas_averaged=int(known.sum()) if average is None and statistic != "ratio" else 0,
        **drawn,
        significance=_verdicts(statistic, events, people, level, width),
    )


def _level(events, people, statistic, average, multiplier) -> float:
    """Return the average as a share: the one given, 1 for a ratio, else of all known areas."""
    if average is not None:
        return average / multiplier
    if statistic == "ratio":
        return 1.0
    return events.sum() / people.sum() if len(people) else np.nan


def _chance_error(statistic: str, people: np.ndarray, level: float) -> np.ndarray:
    """Return the standard error of an area's value by chance alone, at the average."""
    spare = 1 - level if statistic == "proportion" else 1.0
    return np.sqrt(level * spare / people)


def _widening(statistic, people, level, phi: float, between: float) -> np.ndarray:
    """Return by how much each area's limits are wider than chance alone asks."""
    added = between / _chance_error(statistic, people, level) ** 2 if between else 0.0
    return np.sqrt(phi + added) * np.ones(people.shape)


def _along_events(events: np.ndarray, level: float, width: float) -> dict[str, np.ndarray]:
    """Return the values that areas of so many events must pass; nothing to draw at none."""
    events = np.where(events > 0, events, np.nan) / width**2
    found = {}
    for name, tail in TAILS.items():
        found[f"lower_{name}"] = level * events / rates.exact_upper(events, tail)
        found[f"upper_{name}"] = level * events / rates.exact_lower(events, tail)
    return found


def _along_population(statistic, people, level, width) -> dict[str, np.ndarray]:
    """Return the values that areas of so many people must pass."""
    found = {}
    for name, tail in TAILS.items():
        if statistic == "proportion":
            reach = stats.norm.isf(tail) * width * _chance_error(statistic, people, level)
            lower, upper = level - reach, np.minimum(1.0, level + reach)
        else:
            # The count whose own exact limit is the expected count: chi-square, solved for its
            # degrees of freedom, so that the line is where the verdict changes.
            size = people / width**2
            lower = (special.chdtriv(1 - tail, 2 * level * size) / 2 - 1) / size
            upper = special.chdtriv(tail, 2 * level * size) / 2 / size
        found[f"lower_{name}"], found[f"upper_{name}"] = np.maximum(0.0, lower), upper
    return found


def _verdicts(statistic, events, people, level, width) -> np.ndarray:
    """Return the verdict on each area by the limits drawn at its own size."""
    cases = []
    for sign, tail in ((1, 0.001), (1, 0.025), (-1, 0.001), (-1, 0.025)):
        cases.append(_is_beyond(statistic, events, people, level, width, tail, sign))
    names = [VERDICTS[0], VERDICTS[1], VERDICTS[4], VERDICTS[3]]
    unknown = np.isnan(events / people * level)
    return np.select([unknown, *cases], [NOT_KNOWN, *names], VERDICTS[2]).astype(object)


def _is_beyond(statistic, events, people, level, width, tail, sign) -> np.ndarray:
    """Return whether each area lies beyond its limit, above (1) or below (-1) the average."""
    if statistic == "proportion":
        reach = stats.norm.isf(tail) * width * _chance_error(statistic, people, level)
        return sign * (events / people - level) > reach
    events, expected = events / width**2, level * people / width**2
    if sign > 0:
        return rates.exact_lower(events, tail) > expected
    return rates.exact_upper(events, tail) < expected
