"""What would it take to be level? People, and whether one more count of everybody could tell."""

import numpy as np
import pandas as pd
from scipy import stats

from darlington_analysis.methods import _checks as checks
from darlington_analysis.methods import differences

METHOD = "newcombe, exact binomial chances"


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
        target_method=np.where(np.isnan(telling), "", METHOD).astype(object),
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
