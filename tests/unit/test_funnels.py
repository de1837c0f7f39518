"""Funnels: the drawn line and the verdict are one, and no ward changes another's verdict."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from darlington_analysis.statistics import comparisons

ROWS = st.lists(
    st.tuples(st.one_of(st.none(), st.integers(0, 200)), st.integers(0, 3000)),
    min_size=1,
    max_size=24,
)
HIGH, ABOVE, WITHIN, BELOW, LOW = comparisons.FUNNEL_VERDICTS


def wards(rows):
    """Return a table of numerators and denominators."""
    return pd.DataFrame(rows, columns=["numerator", "denominator"], dtype=float)


def by_the_lines(found):
    """Return the verdict that the drawn lines give each area."""
    value = 100 * found["numerator"] / found["denominator"]
    limits = ["upper_998", "upper_95", "lower_998", "lower_95"]
    high, above, low, below = (found[name] for name in limits)
    cases = [value.isna() | high.isna(), value > high, value > above, value < low, value < below]
    return list(np.select(cases, ["not known", HIGH, ABOVE, LOW, BELOW], WITHIN))


@settings(max_examples=150, deadline=None)
@given(ROWS, st.floats(1, 60))
def test_no_point_sits_on_the_other_side_of_its_line(rows, average):
    """The verdict on every area is what the lines drawn at its size show."""
    table = wards(rows)
    table["numerator"] = table[["numerator", "denominator"]].min(axis=1, skipna=False)
    found = comparisons.funnel_significance(table, average)
    assert by_the_lines(found) == list(found["significance"])


def test_a_ward_without_people_changes_no_other():
    """Wards without people or figures are not known; the others keep lines and verdicts."""
    some = comparisons.funnel_significance(wards([(3, 900), (40, 1000), (12, 700)]), 2)
    more = comparisons.funnel_significance(
        wards([(3, 900), (5, 0), (40, 1000), (None, 600), (12, 700)]), 2
    )
    left = more.drop(index=[1, 3]).reset_index(drop=True)
    pd.testing.assert_frame_equal(some, left)
    assert ["not known"] * 2 == list(more.loc[[1, 3], "significance"])


def test_each_verdict_stands_alone():
    """Against a given average no area depends on the others."""
    table = wards([(3, 900), (40, 1000), (0, 700)])
    whole = comparisons.funnel_significance(table, 2)
    alone = [comparisons.funnel_significance(table[at : at + 1], 2) for at in range(3)]
    pd.testing.assert_frame_equal(whole, pd.concat(alone))


def test_limits_worked_by_hand():
    """At 20% of 400 people the error is 2 points: 95% limits at 16.08 and 23.92."""
    found = comparisons.funnel_limits(pd.DataFrame({"denominator": [400]}), 20).iloc[0]
    assert [16.08, 23.92] == [round(found.lower_95, 2), round(found.upper_95, 2)]
    assert [13.82, 26.18] == [round(found.lower_998, 2), round(found.upper_998, 2)]
