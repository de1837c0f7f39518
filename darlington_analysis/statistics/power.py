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
    baseline_count: float | None,
    change: float,
    *,
    baseline_years: float = 1,
    years: tuple[int, ...] = YEARS,
    power: float = 0.8,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Return a row for each number of years to come.

    ``baseline_count`` events over ``baseline_years`` years, after disclosure control; ``change``
    is a share, such as -0.2 for a fifth fewer among as many people. Columns: ``years``;
    ``expected_count`` over those years if nothing changes, and ``target_count``;
    ``change_a_year`` in people; ``chance_by_luck`` of a count at the target or beyond if nothing
    changes; ``chance_of_telling`` the target from chance if it is truly met; ``can_be_told``
    (that chance is at least ``power``); ``smallest_change`` (a share) and
    ``smallest_change_a_year`` (people) that have a chance of ``power`` of being told, null where
    none has; ``power``, ``confidence``, ``method``. A null baseline gives nulls.

    The test is two-sided and exact: given their sum, one of two Poisson counts is binomial
    (Przyborowski and Wilenski 1940). The baseline count stands as it was seen, and chances are
    of the years to come; a change is one from the baseline's own rate, which is itself uncertain.
    ``chance_by_luck`` allows for that: it is that test's one-sided p-value.
    """
    checks.require_share("power", power)
    tail = (1 - checks.require_share("confidence", confidence)) / 2
    events = checks.as_counts([baseline_count], "baseline_count")[0]
    if change < -1:
        raise ValueError(f"A change of {change} would leave fewer than none.")
    rows = [
        {"years": span} | _one_row(events, span / baseline_years, span, change, tail, power)
        for span in years
    ]
    return pd.DataFrame(rows).assign(power=power, confidence=float(confidence))


def _one_row(events: float, ratio: float, span: int, change: float, tail, power) -> dict:
    """Return what one number of years can show; ``ratio`` is its people-years to the baseline's."""
    expected = events * ratio
    goal = expected * (1 + change)
    found = {"expected_count": expected, "target_count": goal}
    found["change_a_year"] = (goal - expected) / span
    if np.isnan(goal):
        names = ("chance_by_luck", "chance_of_telling", "can_be_told")
        blank = dict.fromkeys((*names, "smallest_change", "smallest_change_a_year"), np.nan)
        return found | blank | {"can_be_told": None, "method": ""}
    looked_at = _fall if change <= 0 else _rise
    luck, telling, smallest = looked_at(events, ratio, goal, tail, power)
    return found | {
        "chance_by_luck": luck,
        "chance_of_telling": telling,
        "can_be_told": telling >= power,
        "smallest_change": smallest / expected - 1 if expected else np.nan,
        "smallest_change_a_year": (smallest - expected) / span,
        "method": METHOD,
    }


def _fall(events: float, ratio: float, goal: float, tail: float, power: float) -> tuple:
    """Return the chance of luck, the chance of telling, and the largest mean that can be told."""
    critical = _last_true(lambda count: _tails(count, events, ratio)[0] <= tail, events * ratio)
    luck = _tails(np.floor(goal + ROUNDING), events, ratio)[0]
    if critical < 0:
        return luck, 0.0, np.nan
    return luck, float(stats.poisson.cdf(critical, goal)), float(rates.exact_upper(critical, power))


def _rise(events: float, ratio: float, goal: float, tail: float, power: float) -> tuple:
    """Return the chance of luck, the chance of telling, and the smallest mean that can be told."""
    top = events * ratio + 10
    while _tails(top, events, ratio)[1] > tail:
        top *= 2
    last = _last_true(lambda count: _tails(count, events, ratio)[1] > tail, top)
    luck = _tails(np.ceil(goal - ROUNDING), events, ratio)[1]
    smallest = float(rates.exact_lower(np.float64(last + 1), power))
    return luck, float(stats.poisson.sf(last, goal)), smallest


def _tails(count: float, events: float, ratio: float) -> tuple[float, float]:
    """Return the chances of so few, and of so many, in the years to come if nothing changes."""
    few, many = differences.count_tails(*map(np.float64, (count, events, ratio, 1)))
    return float(few), float(many)


def _last_true(is_true, top: float) -> int:
    """Return the last whole number from 0 to ``top`` for which it holds, or -1, by halving."""
    low, high = -1, int(np.ceil(top)) + 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if is_true(middle) else (low, middle)
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
    limits of the difference (1998, method 10) leave nought out. The count stands as it was seen;
    the one to come is binomial, so the chances are exact. A null row gives nulls.
    """
    has, people = checks.counts(table), checks.denominators(table)
    lower, upper = (checks.numbers(table, name) for name in ("lower_limit", "upper_limit"))
    share = level / multiplier
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
    """Return the chance of telling the change, and the smallest one that can be told (people)."""
    if np.isnan(has) or np.isnan(people):
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
    """Return the largest later count that is told to be lower, or -1 where none is."""
    later = np.arange(int(np.ceil(has)))
    pairs = pd.DataFrame({"numerator": later, "denominator": people})
    pairs = pairs.assign(other_numerator=has, other_denominator=people)
    if pairs.empty:
        return -1
    upper = differences.proportion_differences(pairs, confidence)["upper_limit"]
    told = later[upper.to_numpy() < 0]
    return int(told.max()) if len(told) else -1
