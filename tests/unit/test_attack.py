"""The attack finds what can be worked out, and finds nothing once the gate has done its work."""

from itertools import product

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from darlington_analysis.core.errors import SchemaError
from darlington_analysis.disclosure import attack
from darlington_analysis.disclosure.constraints import Known, sums
from darlington_analysis.disclosure.suppression import gate
from tests.support.crossed import ENDS, EXACT, crossed


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
