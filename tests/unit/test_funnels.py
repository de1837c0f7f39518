"""Funnels: the drawn line and the verdict are one, and no ward changes another's unsaid."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from darlington_analysis.methods import funnels, rates

ROWS = st.lists(
    st.tuples(st.one_of(st.none(), st.integers(0, 200)), st.integers(0, 3000)),
    min_size=1,
    max_size=24,
)
MODELS = st.sampled_from(["none", "multiplicative", "additive"])
HIGH, ABOVE, WITHIN, BELOW, LOW = funnels.VERDICTS


def wards(rows):
    """Return a table of numerators and denominators."""
    return pd.DataFrame(rows, columns=["numerator", "denominator"], dtype=float)


def by_the_lines(found, multiplier):
    """Return the verdict that the drawn lines give each area."""
    value = multiplier * found["numerator"] / found["denominator"]
    limits = ["upper_998", "upper_95", "lower_998", "lower_95"]
    high, above, low, below = (found[name] for name in limits)
    cases = [value.isna() | high.isna(), value > high, value > above, value < low, value < below]
    return list(np.select(cases, ["not known", HIGH, ABOVE, LOW, BELOW], WITHIN))


@settings(max_examples=150, deadline=None)
@given(ROWS, st.sampled_from(funnels.STATISTICS), MODELS)
def test_no_point_sits_on_the_other_side_of_its_line(rows, statistic, model):
    """The verdict on every area is what the lines drawn at its size show, whatever the spread."""
    table = wards(rows)
    if statistic == "proportion":
        table["numerator"] = table[["numerator", "denominator"]].min(axis=1, skipna=False)
    if not table["numerator"].where(table["denominator"] > 0).sum() > 0:
        return
    found = funnels.significance(table, statistic, 1000, overdispersion=model)
    assert by_the_lines(found, 1000) == list(found["significance"])


def test_the_line_along_events_is_where_the_limits_touch():
    """At 8 events the line stands where the exact limits of 8 just touch the average."""
    found = funnels.limits(pd.DataFrame({"numerator": [8]}), "ratio", 1, 1, axis="events")
    limits = rates.poisson_limits([8], 0.95, "exact")
    assert pytest.approx(8 / limits["upper_limit"][0]) == found["lower_95"][0]
    assert pytest.approx(8 / limits["lower_limit"][0]) == found["upper_95"][0]


def test_a_ward_of_nobody_spoils_no_other():
    """Wards without people or figures are not known; the others keep lines and verdicts."""
    some = funnels.significance(wards([(3, 900), (40, 1000), (12, 700)]), "rate")
    more = funnels.significance(
        wards([(3, 900), (5, 0), (40, 1000), (None, 600), (12, 700)]), "rate"
    )
    left = more.drop(index=[1, 3]).reset_index(drop=True)
    pd.testing.assert_frame_equal(some, left)
    assert ["not known"] * 2 == list(more.loc[[1, 3], "significance"])


def test_a_ward_without_events_is_said_to_be_in_the_average():
    """A ward of no events lowers the average of all, and the table says how many made it."""
    some = funnels.significance(wards([(30, 1000), (40, 1000)]), "rate", 1000)
    more = funnels.significance(wards([(30, 1000), (40, 1000), (0, 1000)]), "rate", 1000)
    assert ([35, 2], [70 / 3, 3]) == (
        some.loc[0, ["average", "areas_averaged"]].tolist(),
        pytest.approx(more.loc[0, ["average", "areas_averaged"]].tolist()),
    )
    assert LOW == more.loc[2, "significance"]


def test_a_given_average_is_nobody_elses_business():
    """Against a given average each area's verdict stands alone."""
    table = wards([(3, 900), (40, 1000), (0, 700)])
    whole = funnels.significance(table, "rate", 1000, average=20)
    alone = [funnels.significance(table[at : at + 1], "rate", 1000, average=20) for at in range(3)]
    pd.testing.assert_frame_equal(whole, pd.concat(alone))
    assert {0} == set(whole["areas_averaged"])


def test_overdispersion_widens_and_never_narrows():
    """Wards that differ more than chance get wider lines; wards that do not keep theirs."""
    apart = wards([(30, 1000), (90, 1000), (10, 1000), (70, 1000), (50, 1000), (55, 1000)])
    alike = wards([(50, 1000), (51, 1000), (49, 1000), (50, 1000), (52, 1000), (48, 1000)])
    for model in ("multiplicative", "additive"):
        wide = funnels.significance(apart, "rate", overdispersion=model)
        same = funnels.significance(alike, "rate", overdispersion=model)
        plain = funnels.significance(apart, "rate")
        assert (wide["upper_95"] > plain["upper_95"]).all()
        assert (wide["lower_95"] < plain["lower_95"]).all()
        assert [1.0, 0.0] == same.loc[0, ["dispersion", "between_variance"]].tolist()


def test_two_equal_groups_have_the_dispersion_worked_by_hand():
    """Counts of 30 and 70 where 50 is expected lie 2.83 errors away: a dispersion of 8."""
    table = wards([(30, 1000), (70, 1000)] * 5)
    found = funnels.significance(table, "rate", 1000, overdispersion="multiplicative")
    assert pytest.approx(8) == found.loc[0, "dispersion"]


def test_a_variance_between_areas_cannot_be_drawn_along_events():
    """What cannot be drawn is refused in words."""
    points = pd.DataFrame({"numerator": [8]})
    with pytest.raises(ValueError, match="Along events"):
        funnels.limits(points, "rate", 50, axis="events", between_variance=2.0)
