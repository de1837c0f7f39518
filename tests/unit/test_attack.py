"""The attack finds what can be worked out, and finds nothing once the gate has done its work."""

import os
from itertools import product
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from darlington_analysis.errors import SchemaError
from darlington_analysis.methods import attack
from darlington_analysis.methods.cells import Known, Rule, keys_of, sums
from darlington_analysis.methods.suppression import gate
from tests.known_totals import known_totals

EXACT = Rule(round_to=1)
ENDS = ["attacker_min", "attacker_max"]


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


def relations_of(table):
    """Return the sums of a reference table: TOTAL either way, and periods written 2019-2021."""
    periods = sorted(set(table["period"]) - {"TOTAL"})
    single = [period for period in periods if "-" not in period]
    found = sums(table, "area_code", "TOTAL") + sums(table, "period", "TOTAL", parts=single)
    for pool in sorted(set(periods) - set(single)):
        first, last = pool.split("-")
        within = [year for year in single if first <= year <= last]
        found += sums(table, "period", pool, parts=within)
    return found


def rule_of(table):
    """Return a reference table's rule: no rounding, and no narrower than the rule's own span."""
    threshold = int(table["threshold"].iloc[0])
    return Rule(withhold_to=threshold, round_to=1, protected_width=min(5, threshold))


def crossed(counts):
    """Return a two-way table of wards by years with all its totals, and its sums."""
    frame = pd.DataFrame(counts, index=[f"W{at}" for at in range(len(counts))])
    frame.columns = [f"Y{at}" for at in frame.columns]
    frame["TOTAL"] = frame.sum(axis=1)
    frame.loc["TOTAL"] = frame.sum()
    long = frame.stack().rename_axis(["area_code", "period"]).rename("numerator").reset_index()
    return long, relations_of(long)


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


def possible_by_hand(cells, total):
    """Return what each of some withheld counts can be, trying every table there is."""
    tables = product(range(1, total + 1), repeat=cells)
    tables = [each for each in tables if sum(each) == total and min(each) <= 7]
    return [sorted({each[at] for each in tables}) for at in range(cells)]


@settings(max_examples=30, deadline=None, derandomize=True)
@given(hidden=st.lists(st.integers(1, 12), min_size=2, max_size=3), shown=st.integers(8, 30))
def test_bounds_agree_with_trying_every_table(hidden, shown):
    """Lowest, highest and how many: the programme finds what exhaustive search finds."""
    hidden = [min(hidden[0], 7), *hidden[1:]]
    table, _ = crossed([[count] for count in [*hidden, shown]])
    table = table[table["period"] == "Y0"].reset_index(drop=True)
    out = table.assign(numerator=table["numerator"].astype("Int64"), gate="as is")
    out.loc[: len(hidden) - 1, "numerator"] = pd.NA
    found = attack.bounds(out, sums(table, "area_code", "TOTAL"), EXACT)
    tried = possible_by_hand(len(hidden), sum(hidden))
    assert [each[0] for each in tried] == found["attacker_min"].tolist()
    assert [each[-1] for each in tried] == found["attacker_max"].tolist()
    assert [min(len(each), 10) for each in tried] == found["possible"].tolist()


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


def test_the_attack_fires_without_secondary_withholding():
    """A single small count is its total less the others; the audit names all of them."""
    table, relations = crossed([[3, 20], [12, 30]])
    out = gate(table, EXACT, relations, exact_totals=True, secondary=False)
    audited = attack.audit(out, relations, EXACT)
    assert [3, 3, 1] == audited[[*ENDS, "possible"]].iloc[0].tolist()
    assert "W0, Y1" in audited["through"][0]
    assert "W0, TOTAL is the sum of its 2 parts" in audited["through"][0]
    assert not audited["is_protected"].any()


def test_a_protected_table_is_let_through():
    """After the gate the audit blames nothing."""
    table, relations = crossed([[3, 20], [12, 30]])
    audited = attack.audit(gate(table, EXACT, relations), relations, EXACT)
    assert {""} == set(audited["through"])
    assert audited["is_protected"].all()


def test_blame_leaves_out_what_is_not_needed():
    """A figure that narrows by itself is blamed alone."""
    table, relations = crossed([[3, 20], [12, 30]])
    out = gate(table, EXACT, relations)
    seen = Known({("W0", "Y0"): 1}, 2, 4, "a council paper")
    assert ["a council paper"] == attack.through(out, relations, EXACT, ("W0", "Y0"), also=[seen])


def test_figures_that_contradict_each_other_are_named():
    """A figure that no table fits is an error, not a count proved safe."""
    table, relations = crossed([[3, 20], [12, 30]])
    wrong = Known({("W0", "Y0"): 1, ("W1", "Y0"): 1}, 90, 90, "another vintage")
    with pytest.raises(SchemaError, match="contradict"):
        attack.bounds(gate(table, EXACT, relations), relations, EXACT, also=[wrong])
