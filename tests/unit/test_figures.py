"""What a printed figure tells of a count is worked out whole: no more, and no less."""

import pandas as pd

from darlington_analysis.disclosure import attack, constraints
from darlington_analysis.disclosure.constraints import Known, Rule
from darlington_analysis.disclosure.suppression import gate, sums

A, B, C = (("W1", "P"), ("W2", "P"), ("W3", "P"))


def wards(counts):
    """Return one row a ward."""
    rows = [(f"W{at}", "P", count) for at, count in enumerate(counts, 1)]
    return pd.DataFrame(rows, columns=["area_code", "period", "numerator"])


def ends(table, also, small="all", totals=()):
    """Return the attacker's lowest and highest count of each withheld cell."""
    found = attack.bounds(table, totals, Rule(), also=also, small=small)
    return found[["attacker_min", "attacker_max"]].to_numpy().tolist()


def test_any_figure_of_one_count_can_be_inverted():
    """A class of a map, and limits printed to a decimal, each leave the counts that give them."""
    fact = constraints.from_printed(
        A, "5 to 9", lambda n: "5 to 9" if 5 <= n <= 9 else "", "class", 50
    )
    assert [[5, 7]] == ends(gate(wards([6, 12]), Rule()), [fact])
    limits = constraints.from_printed(
        A, (0.6, 8.8), lambda n: (round(n / 5, 1), n + 5.8), "limits", 50
    )
    assert (3, 3) == (limits.lower, limits.upper)


def test_a_figure_of_a_gated_count_is_inverted_over_gated_counts():
    """Made from 10 or 15, a class leaves 8 to 17; no count of 1 to 7 is ever behind one."""
    fact = constraints.from_printed(
        A, "b", lambda n: "b" if n in (5, 10, 15) else "", "class", 50, Rule()
    )
    assert (8, 17) == (fact.lower, fact.upper)


def test_a_pool_of_neighbours_and_a_second_ward_set_are_sums():
    """A small ward is a pool less its neighbours, to within their rounding or exactly."""
    out = gate(wards([6, 10, 20]), Rule())
    gated = Known(dict.fromkeys((A, B, C), 1.0), *Rule().counts_behind(35), "a pool of three")
    assert [[1, 7]] == ends(out, [gated])
    pools = [Known({A: 1.0, B: 1.0}, 18, 18, "the ward of 2015"), Known({B: 1.0}, 12, 12, "B")]
    assert [[6, 6]] == ends(out, pools)


def test_an_earlier_edition_is_compared_with_this_one():
    """What the last edition printed stays known: a cell that is cover now was no cover then."""
    table = wards([3, 14, 30, 25])
    table.loc[4] = ["B", "P", 72]
    exact, totals = Rule(round_to=1), sums(table, "area_code", "B")
    now = gate(table, exact, totals)
    earlier = gate(table[table["area_code"] == "W2"], exact)
    also = constraints.from_earlier(earlier, exact)
    found = attack.bounds(now, totals, exact, also=also)
    assert ["W1", "W2"] == found[found.possible < exact.protected_width]["area_code"].tolist()
    again = gate(table, exact, totals, known=also)
    after = attack.bounds(again, totals, exact, also=also)
    assert ["W1", "W4"] == after["area_code"].tolist()
    assert (after.possible >= exact.protected_width).all()


def test_an_earlier_withheld_count_says_that_it_is_not_zero():
    """A count withheld before is 1 or more, with no upper limit."""
    (fact,) = constraints.from_earlier(gate(wards([3]), Rule()), Rule())
    assert (1, float("inf")) == (fact.lower, fact.upper)
