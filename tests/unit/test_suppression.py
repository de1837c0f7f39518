"""The gate withholds small counts and what would give them away, and keeps the rest."""

from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from darlington_analysis.core.errors import DisclosureError, SchemaError, UsageError
from darlington_analysis.disclosure import attack
from darlington_analysis.disclosure.suppression import Known, Rule, Sum, gate, sums

EXACT = Rule(round_to=1)
HERE = "2006-2010"


def wards(counts, borough=True):
    """Return one row a ward, in one pooled period, and the borough's total."""
    rows = [(f"W{at}", HERE, count) for at, count in enumerate(counts, 1)]
    rows += [("BOROUGH", HERE, sum(counts))] if borough else []
    return pd.DataFrame(rows, columns=["area_code", "period", "numerator"])


def to_borough(table):
    """Return the sum of the wards."""
    return sums(table, "area_code", "BOROUGH")


def printed(table):
    """Return the printed numerators, None where withheld."""
    return [None if pd.isna(count) else int(count) for count in table["numerator"]]


def test_small_counts_are_withheld_and_others_rounded():
    """1 to 7 are withheld, 0 stays 0, the rest goes to the nearest 5, under 20 is flagged."""
    #          0   1     7     8     12   13   17   18   22   23
    counts = [0, 1, 7, 8, 12, 13, 17, 18, 22, 23]
    out = gate(wards(counts, borough=False), Rule())
    assert [0, None, None, 10, 10, 15, 15, 20, 20, 25] == printed(out)
    assert ["u", "c", "c", "u", "u", "u", "u", "", "", ""] == out["status"].tolist()
    assert ["as is"] + ["withheld"] * 2 + ["rounded"] * 7 == out["gate"].tolist()


def test_flags_tell_no_more_than_the_printed_count():
    """10 and 11 are both printed as 10, with one status and one gate."""
    out = gate(wards([10, 11, 30, 31], borough=False), Rule())
    assert 2 == len(out[["numerator", "status", "gate"]].drop_duplicates())


def test_earlier_status_is_kept_unless_withheld():
    """A revised count stays revised; a withheld one is confidential, whatever it was."""
    table = wards([3, 12], borough=False).assign(status=["r", "r"])
    assert ["c", "r"] == gate(table, Rule())["status"].tolist()


def test_a_single_small_count_takes_the_smallest_sufficient_cover():
    """3 and 9 make 12, so a small count beside a larger one is 1 to 4: the 10 leaves 1 to 5."""
    table = wards([15, 9, 3, 10, 22])
    out = gate(table, EXACT, to_borough(table), exact_totals=True)
    assert [15, 9, None, None, 22, 59] == printed(out)
    assert ["c", "c"] == out["status"][out["numerator"].isna()].tolist()
    assert [15, 9, 3, 10, 22, 59] == table["numerator"].tolist()


def test_rounding_alone_protects_where_enough_other_counts_are_rounded():
    """Four counts, each known to within 2, leave 1 to 7 possible: nothing more is withheld."""
    table = wards([10, 20, 3, 15, 25])
    assert [10, 20, None, 15, 25, 75] == printed(gate(table, Rule(), to_borough(table)))


def test_small_total_is_withheld():
    """One ward with 3 and zeros elsewhere: the total is 3 too; the zeros stay and cover nothing."""
    table = wards([3, 0, 0])
    assert [None, 0, 0, None] == printed(gate(table, EXACT, to_borough(table)))


def test_total_is_withheld_only_where_no_cell_covers():
    """The 9 is known from elsewhere and covers nothing: the total goes; without that, it stays."""
    table = wards([3, 9, 0])
    seen = Known({("W2", HERE): 1}, 9, 9, "an annual report")
    assert [None, None, 0, 12] == printed(gate(table, EXACT, to_borough(table)))
    assert [None, 9, 0, None] == printed(gate(table, EXACT, to_borough(table), known=[seen]))


def test_refused_where_nothing_protects():
    """If the total is printed elsewhere as well, and all else is zero, the gate refuses."""
    table = wards([3, 0, 0])
    seen = Known({("BOROUGH", HERE): 1}, 3, 3, "a national table")
    with pytest.raises(DisclosureError) as refusal:
        gate(table, EXACT, to_borough(table), known=[seen])
    assert 14 == refusal.value.exit_code


def test_two_way_table_is_covered_in_both_directions():
    """One small count under ward and year totals needs three more: the corners of a rectangle."""
    rows = [("W1", (9, 30, 31)), ("W2", (3, 33, 14)), ("W3", (13, 34, 15))]
    cells = [(w, str(y), c) for w, each in rows for y, c in zip((1, 2, 3), each, strict=True)]
    cells += [(w, "all", sum(each)) for w, each in rows]
    columns = list(zip(*(each for _, each in rows), strict=True))
    cells += [("B", str(y), sum(each)) for y, each in zip((1, 2, 3), columns, strict=True)]
    table = pd.DataFrame(cells, columns=["area_code", "period", "numerator"])
    relations = sums(table, "area_code", "B") + sums(table, "period", "all")
    out = gate(table, EXACT, relations)
    hidden = out.loc[out["numerator"].isna(), ["area_code", "period"]]
    expected = [["W2", "1"], ["W2", "3"], ["W3", "1"], ["W3", "3"]]
    assert expected == hidden.to_numpy().tolist()


def test_nested_pooled_periods_are_covered_together():
    """Years, a three-year and a five-year sum: what one leaves open the other would close."""
    years = {"2006": 20, "2007": 3, "2008": 11, "2009": 25, "2010": 30}
    pools = {"2006-2008": 34, "2006-2010": 89}
    rows = [("W1", period, count) for period, count in (years | pools).items()]
    table = pd.DataFrame(rows, columns=["area_code", "period", "numerator"])
    relations = sums(table, "period", "2006-2008", parts=["2006", "2007", "2008"])
    relations += sums(table, "period", "2006-2010", parts=list(years))
    out = gate(table, EXACT, relations)
    assert [20, None, None, 25, 30, 34, 89] == printed(out)


def test_no_choice_of_fewer_cells_would_do():
    """Every smaller set of covering cells leaves a count that an attack narrows."""
    table = wards([8, 7, 9, 7, 8, 12])
    out = gate(table, EXACT, to_borough(table), exact_totals=True)
    small = set(table.index[table["numerator"].between(1, 7)])
    spare = sorted(set(table.index[:-1]) - small)
    for size in range(out["numerator"].isna().sum() - len(small)):
        for others in combinations(spare, size):
            less = out.assign(numerator=table["numerator"].astype("Int64"), gate="as is")
            less.loc[sorted(small | set(others)), "numerator"] = pd.NA
            keys = [(f"W{at + 1}", HERE) for at in sorted(small)]
            found = attack.bounds(less, to_borough(table), EXACT, small=keys)
            assert (found.possible < EXACT.protected_width).any()
    found = attack.bounds(out, to_borough(table), EXACT)
    assert (found.possible >= EXACT.protected_width).all()


@settings(max_examples=50, deadline=None, derandomize=True)
@given(counts=st.lists(st.one_of(st.just(0), st.integers(8, 200)), min_size=1, max_size=9))
def test_without_small_counts_the_gate_only_rounds(counts):
    """Nothing is withheld, zeros stay zeros, and print is within half a step of the truth."""
    table = wards(counts)
    out = gate(table, Rule(), to_borough(table))
    apart = (out["numerator"] - table["numerator"]).abs()
    assert "c" not in set(out["status"])
    assert bool((apart <= Rule().round_to / 2).all())
    assert (table["numerator"] == 0).tolist() == (out["numerator"] == 0).tolist()


def test_a_table_with_rates_is_refused():
    """Values made from true counts would pass beside the gate."""
    with pytest.raises(DisclosureError, match="value"):
        gate(wards([3, 12]).assign(value=1.5), Rule())


@pytest.mark.parametrize("count", [None, -1, 2.5])
def test_counts_are_whole_numbers(count):
    """A missing, negative or broken count is no count of people."""
    with pytest.raises(SchemaError):
        gate(wards([count, 12], borough=False), Rule())


def test_sums_must_hold():
    """A total that its parts do not add up to would protect nobody."""
    table = wards([3, 12, 20])
    table.loc[3, "numerator"] = 36
    with pytest.raises(SchemaError, match="BOROUGH"):
        gate(table, Rule(), to_borough(table))
    with pytest.raises(SchemaError, match="Elsewhere"):
        gate(table, Rule(), [Sum(("Elsewhere", HERE), (("W1", HERE),))])


@pytest.mark.parametrize(
    "setting",
    [
        {"withhold_to": 4},
        {"withhold_from": 2},
        {"round_to": 0},
        {"round_to": 20},
    ],
)
def test_rules_that_protect_nobody_are_refused(setting):
    """Four possible numbers are not five; 1 cannot be printed beside a withheld 2."""
    with pytest.raises(UsageError):
        Rule(**setting)


def test_a_rule_leaves_every_printed_number_all_the_counts_that_round_to_it():
    """With rounding to 5, 8 to 12 are printed as 10: a reader learns no more from 10 than from 15."""
    for low, high in ((7, 5), (2, 5), (4, 10), (14, 10), (7, 1)):
        rule = Rule(withhold_to=low, round_to=high, protected_width=2)
        first = rule.printed(low + 1)
        least, most = rule.counts_behind(first)
        assert (low + 1, high) == (least, most - least + 1)


@pytest.mark.parametrize(("withhold_to", "round_to"), [(5, 5), (9, 10), (6, 5), (8, 3)])
def test_rounding_that_gives_away_what_is_withheld_is_refused(withhold_to, round_to):
    """With 1 to 5 withheld and rounding to 5, a printed 5 could only be 6 or 7."""
    with pytest.raises(UsageError, match="give"):
        gate(wards([6, 30]), Rule(withhold_to=withhold_to, round_to=round_to))
