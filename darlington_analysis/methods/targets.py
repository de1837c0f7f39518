"""What would it take? How many people a target is, and when anyone could tell it from chance."""

import numpy as np
import pandas as pd
from scipy import stats

from darlington_analysis.methods import _checks as checks
from darlington_analysis.methods import differences, rates

METHOD = "conditional binomial"
YEARS = (1, 2, 3, 4, 5)


def what_would_it_take(
    baseline_count: float | None,
    denominator: float | None,
    *,
    target: float | None = None,
    change: float | None = None,
    baseline_years: float = 1,
    multiplier: float = 100_000,
    years: tuple[int, ...] = YEARS,
    power: float = 0.8,
    confidence: float = 0.95,
    pooled_with: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return a row for each number of years, alone and then with neighbouring wards.

    ``baseline_count`` events among ``denominator`` people (person-years over ``baseline_years``
    years; both after the gate); either ``target``, a rate per ``multiplier``, or ``change``, a
    share such as -0.2 for a fifth fewer. ``pooled_with`` holds neighbours' ``numerator`` and
    ``denominator`` over the same years: all are then to change by the same share; those with a
    null are left out. Columns: ``scope`` (``alone``, ``with neighbours``), ``areas``, ``years``;
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
    if (target is None) == (change is None):
        raise ValueError("Give either target (a rate) or change (a share), not both or neither.")
    checks.require_share("power", power)
    tail = (1 - checks.require_share("confidence", confidence)) / 2
    alone = pd.DataFrame({"numerator": [baseline_count], "denominator": [denominator]})
    count, people = checks.counts(alone)[0], checks.denominators(alone)[0]
    if change is None:
        change = _share_of_change(count, target * people / multiplier)
    if change < -1:
        raise ValueError(f"A change of {change} would leave fewer than none.")
    scopes = [("alone", 1, count, people)]
    if pooled_with is not None:
        scopes.append(("with neighbours", *_pool(count, people, pooled_with)))
    rows = [
        {"scope": scope, "areas": areas, "years": span}
        | _one_row(events, span / baseline_years, span, change, tail, power)
        for scope, areas, events, whole in scopes
        for span in years
    ]
    return pd.DataFrame(rows).assign(power=power, confidence=float(confidence))
