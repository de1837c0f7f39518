"""The gate over many drawn tables: zeros and small counts, and no dependence on order."""

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from darlington_analysis.disclosure.suppression import Rule, gate, sums

HERE = "2006-2010"


counts_of_wards = st.lists(st.integers(0, 40), min_size=2, max_size=7)


def wards(counts, borough=True):
    """Return one row a ward, in one pooled period, and the borough's total."""
    rows = [(f"W{at}", HERE, count) for at, count in enumerate(counts, 1)]
    rows += [("BOROUGH", HERE, sum(counts))] if borough else []
    return pd.DataFrame(rows, columns=["area_code", "period", "numerator"])


def to_borough(table):
    """Return the sum of the wards."""
    return sums(table, "area_code", "BOROUGH")


@settings(max_examples=25, deadline=None, derandomize=True)
@given(counts=counts_of_wards, data=st.data())
def test_gate_depends_on_no_order(counts, data):
    """The same table in another order of rows is gated the same."""
    table = wards(counts)
    other = table.iloc[data.draw(st.permutations(range(len(table))))]
    first = gate(table, Rule(), to_borough(table))
    pd.testing.assert_frame_equal(first, gate(other, Rule(), to_borough(other)).sort_index())


@settings(max_examples=25, deadline=None, derandomize=True)
@given(counts=counts_of_wards)
def test_zeros_are_always_printed_and_small_counts_never(counts):
    """Whatever is withheld beside them, a 0 is printed as 0 and 1 to 7 are not printed."""
    table = wards(counts)
    out = gate(table, Rule(), to_borough(table))
    assert bool((out["numerator"][table["numerator"] == 0] == 0).all())
    assert bool(out["numerator"][table["numerator"].between(1, 7)].isna().all())
