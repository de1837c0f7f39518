"""What a printed figure tells of a count is worked out whole: no more, and no less."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from darlington_analysis.errors import SchemaError
from darlington_analysis.methods import attack, figures
from darlington_analysis.methods.cells import Rule
from darlington_analysis.methods.suppression import gate, sums

A, B, C = (("W1", "P"), ("W2", "P"), ("W3", "P"))


def wards(counts):
    """Return one row a ward."""
    rows = [(f"W{at}", "P", count) for at, count in enumerate(counts, 1)]
    return pd.DataFrame(rows, columns=["area_code", "period", "numerator"])


def ends(table, also, small="all", totals=()):
    """Return the attacker's lowest and highest count of each withheld cell."""
    found = attack.bounds(table, totals, Rule(), also=also, small=small)
    return found[["attacker_min", "attacker_max"]].to_numpy().tolist()


def test_a_rate_from_a_true_count_gives_it_away():
    """3 of 1,240 printed as 241.9 per 100,000 can be no other count, and the audit says so."""
    fact = figures.from_rate([A], 241.9, 1240, 100_000, decimals=1)
    out = gate(wards([3, 12]), Rule())
    assert [[3, 3]] == ends(out, [fact])
    assert ["the rate 241.9 per 100000 of W1, P"] == attack.through(out, [], Rule(), A, also=[fact])


def test_a_rate_from_a_gated_count_tells_no_more_than_the_count():
    """12 is printed as 10; the rate of 10 leaves 8 to 12 possible, as the 10 itself does."""
    fact = figures.from_rate([B], 10 / 1240 * 1000, 1240, 1000, rule=Rule())
    assert (8, 12) == (fact.lower, fact.upper)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    count=st.integers(0, 300),
    denominator=st.integers(300, 20_000),
    significant=st.integers(1, 4),
)
def test_the_true_count_always_fits_its_rate(count, denominator, significant):
    """However a rate is cut short, the count that made it is among the possible ones."""
    printed = float(f"{count / denominator * 1000:.{significant}g}")
    fact = figures.from_rate([A], printed, denominator, 1000, significant=significant)
    assert fact.lower <= count <= fact.upper


def test_an_impossible_rate_is_an_error():
    """No whole count of 1,240 people gives 250.0 per 100,000."""
    with pytest.raises(SchemaError, match="250"):
        figures.from_rate([A], 250.0, 1240, 100_000, decimals=1)


def test_any_figure_of_one_count_can_be_inverted():
    """A class of a map, and limits printed to a decimal, each leave the counts that give them."""
    fact = figures.from_printed(A, "5 to 9", lambda n: "5 to 9" if 5 <= n <= 9 else "", "class", 50)
    assert [[5, 7]] == ends(gate(wards([6, 12]), Rule()), [fact])
    limits = figures.from_printed(A, (0.6, 8.8), lambda n: (round(n / 5, 1), n + 5.8), "limits", 50)
    assert (3, 3) == (limits.lower, limits.upper)


def test_a_figure_of_a_gated_count_is_inverted_over_gated_counts():
    """Made from 10 or 15, a class leaves 8 to 17; no count of 1 to 7 is ever behind one."""
    fact = figures.from_printed(
        A, "b", lambda n: "b" if n in (5, 10, 15) else "", "class", 50, Rule()
    )
    assert (8, 17) == (fact.lower, fact.upper)


def test_a_percentage_of_a_sum_is_two_sided():
    """3 in a sum with 12 and 15 is 10%: with the 12 and 15 to the nearest 5, 3 people."""
    facts = figures.from_share(A, [A, B, C], 10.0, 1)
    assert [[3, 3]] == ends(gate(wards([3, 12, 15]), Rule()), facts)


def test_a_pool_of_neighbours_and_a_second_ward_set_are_sums():
    """A small ward is a pool less its neighbours, to within their rounding or exactly."""
    out = gate(wards([6, 10, 20]), Rule())
    gated = figures.from_pool([A, B, C], 35, "a pool of three", Rule())
    assert [[1, 7]] == ends(out, [gated])
    pools = [figures.from_pool([A, B], 18, "the ward of 2015"), figures.from_pool([B], 12, "B")]
    assert [[6, 6]] == ends(out, pools)


def test_a_difference_in_words_is_a_fact():
    """Seven fewer than 8 to 12 people are 1 to 5; to the nearest 5 the difference tells nothing."""
    out = gate(wards([3, 10]), Rule())
    assert [[1, 5]] == ends(out, [figures.from_difference(A, B, -7)])
    assert [[1, 7]] == ends(out, [figures.from_difference(A, B, -5, round_to=5)])


def test_an_earlier_edition_is_compared_with_this_one():
    """What the last edition printed stays known: a cell that is cover now was no cover then."""
    table = wards([3, 14, 30, 25])
    table.loc[4] = ["B", "P", 72]
    exact, totals = Rule(round_to=1), sums(table, "area_code", "B")
    now = gate(table, exact, totals)
    earlier = gate(table[table["area_code"] == "W2"], exact)
    also = figures.from_earlier(earlier, exact)
    found = attack.bounds(now, totals, exact, also=also)
    assert ["W1", "W2"] == attack.narrowed(found, exact)["area_code"].tolist()
    again = gate(table, exact, totals, known=also)
    after = attack.bounds(again, totals, exact, also=also)
    assert ["W1", "W4"] == after["area_code"].tolist()
    assert attack.narrowed(after, exact).empty


def test_an_earlier_withheld_count_says_that_it_is_not_zero():
    """A count withheld before is 1 or more, with no upper limit."""
    (fact,) = figures.from_earlier(gate(wards([3]), Rule()), Rule())
    assert (1, float("inf")) == (fact.lower, fact.upper)
