"""The funnel of an indicator: what is drawn and what is said are one method."""

import pandas as pd

from darlington_analysis.evidence import borough
from darlington_analysis.sources.indicators import indicator


def of(*counts: tuple[str, int, int]) -> borough.Funnel:
    """Return the funnel of wards with so many of so many people, round 20%."""
    rows = pd.DataFrame(counts, columns=["area_name", "numerator", "denominator"])
    rows = rows.assign(
        area_code=rows.area_name, value=100 * rows.numerator / rows.denominator, period="2011"
    )
    beside = pd.Series({"area_name": "England", "value": 20.0, "denominator": 1_000_000})
    return borough.of_proportion(indicator("no-qualifications"), rows, beside)


def test_verdicts_are_those_of_the_drawn_limits():
    """A ward beyond the outer curve at its own size is told to be, and one within is not."""
    found = of(("High", 300, 1000), ("Near", 229, 1000), ("Alike", 205, 1000), ("Low", 100, 1000))
    said = found.wards.set_index("area_name").beyond
    assert [borough.WIDE, borough.NARROW, borough.WITHIN, borough.WIDE] == [
        said[name] for name in ("High", "Near", "Alike", "Low")
    ]
    for row in found.wards.itertuples():
        beyond = row.value > row.upper_998 or row.value < row.lower_998
        assert beyond == (row.beyond == borough.WIDE)


def test_limits_narrow_as_wards_grow():
    """The curve holds every ward's size, and is widest for the smallest."""
    found = of(("Small", 20, 100), ("Large", 2000, 10_000))
    assert found.curve.denominator.min() < 100
    assert found.curve.denominator.max() > 10_000
    width = found.curve.upper_998 - found.curve.lower_998
    assert width.is_monotonic_decreasing
