"""The slope across wards: exact on a straight line, and deaf to wards of nobody."""

import numpy as np
import pandas as pd
import pytest

from darlington_analysis.methods.inequality import slope_index


def line(people, slope=-6.0, top=20.0):
    """Return wards whose values lie on a line over their middle places."""
    people = np.asarray(people, dtype=float)
    middle = (np.cumsum(people) - people / 2) / people.sum()
    places = np.arange(1, len(people) + 1)
    columns = {"position": places, "denominator": people, "value": top + slope * middle}
    return pd.DataFrame(columns)


def test_a_straight_line_gives_its_own_slope():
    """Values on a line give its slope, and the ratio of its ends, whatever the sizes."""
    found = slope_index(line([500, 900, 300, 700])).iloc[0]
    expected = [-6.0, 14 / 20, 20.0]
    assert pytest.approx(expected) == list(found[["value", "relative_index", "intercept"]])
    assert np.isnan(found["lower_limit"])


def test_a_line_on_the_logarithm_is_found_there():
    """Transformed rates are fitted on the logarithm and given back as rates."""
    table = line([500, 900, 300, 700], slope=-1.0, top=3.0)
    table["value"] = np.exp(table["value"])
    found = slope_index(table, value_type="rate", transform=True).iloc[0]
    assert pytest.approx([np.exp(2) - np.exp(3), np.exp(-1)]) == [
        found["value"],
        found["relative_index"],
    ]


def test_a_negative_multiplier_turns_the_index_over():
    """For an indicator of which low is good, the sign and the ratio turn over."""
    found = slope_index(line([500, 900, 300]), multiplier=-1).iloc[0]
    assert pytest.approx([6.0, 20 / 14]) == [found["value"], found["relative_index"]]


def test_a_ward_of_nobody_spoils_no_other():
    """Wards without people or without a value are left out, and the count of wards says so."""
    table = line([500, 900, 300, 700]).assign(standard_error=0.5)
    extra = pd.DataFrame(
        {"position": [2.5, 3.5], "denominator": [0, 80], "value": [9, None], "standard_error": 1.0}
    )
    some, more = slope_index(table), slope_index(pd.concat([table, extra], ignore_index=True))
    pd.testing.assert_frame_equal(some, more)
    assert 4 == more["areas"][0]


def test_the_order_of_rows_and_the_names_of_places_do_not_matter():
    """Only who is more deprived than whom counts, and wards of equal deprivation share a place."""
    table = line([500, 900, 300, 700])
    turned = table.iloc[::-1].assign(position=[40, 7, 3, 1])
    pd.testing.assert_frame_equal(slope_index(table), slope_index(turned))
    tied = table.assign(position=[1, 2, 2, 3], value=[20, 18, 16, 15])
    swapped = tied.iloc[[0, 2, 1, 3]]
    pd.testing.assert_frame_equal(slope_index(tied), slope_index(swapped))


def test_limits_come_from_the_wards_own_limits():
    """Limits of a known error give nearly the limits that the weights of the line give."""
    table = line([400, 400, 400, 400]).assign(standard_error=1.0)
    found = slope_index(table).iloc[0]
    middle = np.array([0.125, 0.375, 0.625, 0.875])
    error = 1 / np.sqrt(((middle - 0.5) ** 2).sum())
    assert pytest.approx(-6 - 1.96 * error, rel=0.02) == found["lower_limit"]
    assert pytest.approx(-6 + 1.96 * error, abs=0.06) == found["upper_limit"]


def test_nought_has_no_logarithm():
    """A rate of 0 on the logarithm is refused in words, not dropped."""
    table = line([500, 900, 300]).assign(value=[3, 0, 1])
    with pytest.raises(ValueError, match="'other'"):
        slope_index(table, value_type="rate", transform=True)
