"""What would it take? How many people a target is, and when anyone could tell it from chance."""

import numpy as np
import pandas as pd
from scipy import stats

from darlington_analysis.statistics import checks, differences, rates

METHOD = "conditional binomial"
YEARS = (1, 2, 3, 4, 5)

ROUNDING = 1e-9
"""A target this close to a whole number of people is that number."""


def what_would_it_take(
    baseline_count,
    change,
    *,
    baseline_years=1,
    years: tuple[int, ...] = YEARS,
    power: float = 0.8,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Return a row for each case and each number of years to come, case by case.

    ``baseline_count`` events over ``baseline_years`` years, after disclosure control; ``change``
    is a share, such as -0.2 for a fifth fewer among as many people. Each is one number, or one a
    case. Columns: ``case`` (from 0); ``years``; ``expected_count`` over those years if nothing
    changes, and ``target_count``; ``change_a_year`` in people; ``chance_by_luck`` of a count at
    the target or beyond if nothing changes; ``chance_of_telling`` the target from chance if it is
    truly met; ``can_be_told`` (that chance is at least ``power``); ``smallest_change`` (a share)
    and ``smallest_change_a_year`` (people) that have a chance of ``power`` of being detected, null
    where none has; ``power``, ``confidence``, ``method``. A null baseline gives nulls.

    The test is two-sided and exact: given their sum, one of two Poisson counts is binomial
    (Przyborowski and Wilenski 1940). The baseline count stands as it was seen, and chances are
    of the years to come; a change is one from the baseline's own rate, which is itself uncertain.
    ``chance_by_luck`` allows for that: it is that test's one-sided p-value.
    """
    checks.require_share("power", power)
    tail = (1 - checks.require_share("confidence", confidence)) / 2
    events = checks.as_counts(np.atleast_1d(baseline_count), "baseline_count")
    change, pooled = checks.as_floats("change", change), checks.as_floats("years", baseline_years)
    events, change, pooled = np.broadcast_arrays(events, change, pooled)
    if not all(((time > 0) & (time < np.inf)).all() for time in (pooled, np.asarray(years))):
        raise ValueError(
            f"{baseline_years!r} and {years!r} years: a count needs time to happen in."
        )
    if (change < -1).any():
        raise ValueError(f"A change of {change.min()} would leave fewer than none.")
    case = np.repeat(np.arange(len(events)), len(years))
    span, events, change = np.tile(years, len(events)), events[case], change[case]
    ratio = span / pooled[case]
    expected = events * ratio
    goal = expected * (1 + change)
    known = ~np.isnan(goal)
    luck, telling, smallest = np.full((3, len(goal)), np.nan)
    for chosen, looked_at in ((known & (change <= 0), _falls), (known & (change > 0), _rises)):
        if chosen.any():
            found = looked_at(events[chosen], ratio[chosen], goal[chosen], tail, power)
            luck[chosen], telling[chosen], smallest[chosen] = found
    is_told = telling >= power
    return pd.DataFrame(
        {
            "case": case,
            "years": span,
            "expected_count": expected,
            "target_count": goal,
            "change_a_year": (goal - expected) / span,
            "chance_by_luck": luck,
            "chance_of_telling": telling,
            "can_be_told": is_told if known.all() else np.where(known, is_told, None),
            "smallest_change": smallest / np.where(expected > 0, expected, np.nan) - 1,
            "smallest_change_a_year": (smallest - expected) / span,
            "method": np.where(known, METHOD, "").astype(object),
            "power": power,
            "confidence": float(confidence),
        }
    )


def _falls(events, ratio, goal, tail: float, power: float) -> tuple[np.ndarray, ...]:
    """Return the chance of a false alarm, the power, and the largest means that can be detected."""
    critical = _last_true(
        lambda count: _tails(count, events, ratio)[0] <= tail, np.ceil(events * ratio)
    )
    luck = _tails(np.floor(goal + ROUNDING), events, ratio)[0]
    can_be = critical >= 0
    least = np.where(can_be, critical, 0)
    telling = np.where(can_be, stats.poisson.cdf(least, goal), 0.0)
    return luck, telling, np.where(can_be, rates.exact_upper(least, power), np.nan)


def _rises(events, ratio, goal, tail: float, power: float) -> tuple[np.ndarray, ...]:
    """Return the chance of a false alarm, the power, and the smallest means that can be detected."""
    top = events * ratio + 10
    while (is_short := _tails(top, events, ratio)[1] > tail).any():
        top = np.where(is_short, 2 * top, top)
    last = _last_true(lambda count: _tails(count, events, ratio)[1] > tail, np.ceil(top))
    luck = _tails(np.ceil(goal - ROUNDING), events, ratio)[1]
    return luck, stats.poisson.sf(last, goal), rates.exact_lower(last + 1, power)


def _tails(count, events, ratio) -> tuple[np.ndarray, np.ndarray]:
    """Return the chances of so few, and of so many, in the years to come if nothing changes."""
    return differences.count_tails(count, events, ratio, 1.0)


def _last_true(is_true, top: np.ndarray) -> np.ndarray:
    """Return the last whole numbers from 0 to ``top`` for which it holds, or -1, by halving."""
    low, high = np.full(len(top), -1.0), top + 1
    while (is_open := high - low > 1).any():
        middle = np.floor((low + high) / 2)
        holds = is_true(np.maximum(middle, 0))
        low = np.where(is_open & holds, middle, low)
        high = np.where(is_open & ~holds, middle, high)
    return low


GAP_METHOD = "newcombe, exact binomial chances"


def to_be_level(
    table: pd.DataFrame,
    level: float,
    multiplier: float = 100,
    power: float = 0.8,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Return a copy of the table with how many people would have to differ to be at ``level``.

    ``table`` needs ``numerator`` and ``denominator`` (people), ``lower_limit`` and ``upper_limit``
    (per ``multiplier``, as is ``level``). Adds ``people_now``, ``people_then``, ``change`` (people,
    negative where fewer) with ``change_low`` and ``change_high``, what the two limits would ask
    for; ``chance_of_telling`` that change by another count of as many people, if it is met;
    ``can_be_told`` (that chance is at least ``power``); ``smallest_change`` (people, the same way)
    that has a chance of ``power``, null where none has; ``target_method``. Told means: Newcombe's
    limits of the difference (1998, method 10) leave 0 out. The count stands as it was seen;
    the one to come is binomial, so the chances are exact. A null row gives nulls, and so does one
    with more people in its numerator than in its denominator. A level outside 0 to ``multiplier``
    raises ``ValueError``.
    """
    share = float(checks.require_level("level", level, multiplier))
    has, people = checks.parts_of(table)
    lower, upper = (checks.numbers(table, name) for name in ("lower_limit", "upper_limit"))
    then = share * people
    found = [_telling(*row, share, power, confidence) for row in zip(has, people, strict=True)]
    telling, smallest = np.array(found, dtype=float).reshape(-1, 2).T
    return table.assign(
        people_now=has,
        people_then=then,
        change=then - has,
        change_low=then - upper * people / multiplier,
        change_high=then - lower * people / multiplier,
        chance_of_telling=telling,
        can_be_told=telling >= power,
        smallest_change=smallest,
        target_method=np.where(np.isnan(telling), "", GAP_METHOD).astype(object),
    )


def _telling(has, people, share, power, confidence) -> tuple[float, float]:
    """Return the power to detect the change, and the smallest that can be detected (people)."""
    if np.isnan(has + people + share):
        return np.nan, np.nan
    if share > has / people:  # a rise is a fall of those who are not counted
        chance, smallest = _telling(people - has, people, 1 - share, power, confidence)
        return chance, -smallest
    most = _most_that_differs(has, people, confidence)
    if most < 0:
        return 0.0, np.nan
    then = people * stats.beta.isf(power, most + 1, people - most)
    return float(stats.binom.cdf(most, people, share)), float(then - has)


def _most_that_differs(has: float, people: float, confidence: float) -> int:
    """Return the largest later count that is found to be lower, or -1 where none is."""
    z = stats.norm.isf((1 - checks.require_share("confidence", confidence)) / 2)
    (most,) = _last_true(
        lambda later: differences.newcombe(later, people, has, people, z)[1] < 0,
        np.array([np.ceil(has) - 1]),
    )
    return int(most)
