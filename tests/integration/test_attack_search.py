"""Nothing is narrowed once the gate has done its work: reference tables, and tables drawn."""

import os
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from darlington_analysis.disclosure import attack
from darlington_analysis.disclosure.constraints import Rule, keys_of, sums
from darlington_analysis.disclosure.suppression import gate
from tests.support.crossed import ENDS, crossed, relations_of
from tests.support.known_totals import known_totals


@pytest.fixture
def audit_vectors(request):
    """Return the reference tables, by name: DARLINGTON_VECTORS first, else the reference data."""
    named = os.environ.get("DARLINGTON_VECTORS")
    folder = Path(named or request.getfixturevalue("reference_data") / "reference" / "phe")
    file = folder / "derived_sdc_audit.csv"
    if not file.is_file():
        pytest.skip(f"no derived_sdc_audit.csv in {folder}")
    table = pd.read_csv(file, dtype={"row": str, "column": str})
    table = table.rename(columns={"row": "area_code", "column": "period", "count": "numerator"})
    return dict(list(table.groupby("table_id")))


def rule_of(table):
    """Return a reference table's rule: no rounding, and no narrower than the rule's own span."""
    threshold = int(table["threshold"].iloc[0])
    return Rule(withhold_to=threshold, round_to=1, protected_width=min(5, threshold))


def small_keys(table, rule):
    """Return the keys of the counts that are withheld for their size."""
    return [
        key for key, n in zip(keys_of(table), table["numerator"], strict=True) if rule.is_small(n)
    ]


def test_reference_bounds_are_reproduced(audit_vectors):
    """With nothing but small counts withheld, every bound of the reference is met exactly."""
    compared = 0
    for table in audit_vectors.values():
        rule, relations = rule_of(table), relations_of(table)
        cells = table[["area_code", "period", "numerator"]]
        out = gate(cells, rule, relations, exact_totals=True, secondary=False)
        found = attack.bounds(out, relations, rule, small="all")
        expected = table.dropna(subset=ENDS).set_index(["area_code", "period"])[ENDS].astype(int)
        actual = found.set_index(["area_code", "period"]).loc[expected.index, ENDS].astype(int)
        pd.testing.assert_frame_equal(expected, actual)
        compared += len(expected)
    assert compared > 0


def test_reference_tables_are_safe_after_the_gate(audit_vectors):
    """What the reference finds narrowed is found so, and is not once the gate gives it cover."""
    for table in audit_vectors.values():
        rule, relations = rule_of(table), relations_of(table)
        cells = table[["area_code", "period", "numerator"]]
        bare = gate(cells, rule, relations, exact_totals=True, secondary=False)
        before = attack.bounds(bare, relations, rule, small="all")
        before = before[before.possible < rule.protected_width]
        width = table[ENDS[1]] - table[ENDS[0]] + 1
        expected = set(keys_of(cells[width < rule.protected_width]))
        assert expected <= set(keys_of(before))
        out = gate(cells, rule, relations, exact_totals=True)
        after = attack.bounds(out, relations, rule, also=known_totals(cells, relations, out))
        assert bool((after["possible"] >= 5).all())


@settings(max_examples=25, deadline=None, derandomize=True)
@given(
    counts=st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=2, max_size=4),
    step=st.sampled_from([1, 5]),
)
def test_nothing_is_narrowed_after_the_gate(counts, step):
    """Two-way tables, all printed totals known exactly: five whole numbers remain everywhere."""
    table, relations = crossed(counts)
    rule = Rule(round_to=step)
    out = gate(table, rule, relations)
    found = attack.bounds(out, relations, rule, also=known_totals(table, relations, out))
    assert (found.possible >= rule.protected_width).all()


@settings(max_examples=25, deadline=None, derandomize=True)
@given(counts=st.lists(st.integers(0, 60), min_size=12, max_size=24))
def test_an_insider_narrows_nothing_in_a_long_column(counts):
    """Told which counts are small, the totals still give none of a column of wards away."""
    table, _ = crossed([[count] for count in [30, 40, 50, *counts]])
    table = table[table["period"] == "Y0"].reset_index(drop=True)
    relations = sums(table, "area_code", "TOTAL")
    out = gate(table, Rule(), relations)
    also, small = known_totals(table, relations, out), small_keys(table, Rule())
    found = attack.bounds(out, relations, Rule(), also=also, small=small)
    assert (found.possible >= Rule().protected_width).all()
