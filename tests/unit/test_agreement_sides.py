"""The side of an outcome: units of its heading, names beside its curve, and what it cuts short."""

import pytest

from darlington_analysis.agreements.parts import Action, Outcome, Partner
from darlington_analysis.agreements.record import Agreement
from darlington_analysis.pages import agreed_target, outcome
from darlington_analysis.pages.components import curves
from darlington_analysis.sources.indicators import indicator


@pytest.mark.parametrize(
    ("slug", "gap", "said"),
    [
        ("violence", 7.0, "7.0 more in every 1,000 than England, in 2024"),
        ("violence", -7.0, "7.0 fewer in every 1,000 than England, in 2024"),
        ("no-qualifications", 7.0, "7.0 points above England, in 2024"),
        ("no-qualifications", -7.0, "7.0 points below England, in 2024"),
    ],
)
def test_a_rate_is_no_points(slug, gap, said):
    """Points are of a per cent; so many in every 1,000 are not."""
    drawn = curves.Curve("A", [(2024, gap)], [(gap, gap)])
    assert said == agreed_target._curve_title(drawn, "England", indicator(slug))


def test_a_heading_and_the_figures_below_it_have_the_same_decimals():
    """19.4 beside 12.4 is 7.0; 19 beside 12.6 made 13 and 6.4."""
    assert "19.4" == agreed_target._as_the_gap(19.41, indicator("violence"))
    assert "25.3" == agreed_target._as_the_gap(25.31, indicator("no-qualifications"))


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Central", ["Central"]),
        ("Brinkburn & Springfield", ["Brinkburn", "& Springfield"]),
        ("North End & Long Meadow", ["North End", "& Long", "Meadow"]),
    ],
)
def test_a_long_name_of_a_ward_is_wrapped_beside_the_curve(name, lines):
    """Each line is narrower than the room at the left of the first point."""
    told = curves._wrapped(name, 92)
    assert name == " ".join(told)
    assert len(told) > 1 or len(lines) == 1
    drawn = curves.Curve(name, [(2011, 7.0), (2021, 6.0)], [(6.0, 8.0), (5.0, 7.0)])
    picture = curves.curve(drawn, "0", "then", "", "words")
    assert all(f">{line.replace('&', '&amp;')}</text>" in picture for line in told)


def test_a_table_is_cut_only_where_the_side_has_no_room():
    """A long action stands whole on a side with room, and is cut, and said to be, on a full one."""
    words = "Evening classes in reading, numbers and English, in the community centre " * 2
    roomy, full = outcome.Side(12, 2.5), outcome.Side(12, 1.0)
    assert words == roomy.cell(words, 90, "actions")
    assert {} == roomy.cut
    assert full.cell(words, 90, "actions").endswith(outcome.CUT)
    assert {"actions": 0} == full.cut


def test_partners_are_those_whom_the_actions_for_an_outcome_name():
    """All of them stand there only where no action names any."""
    consultation = {"state": "invited", "since": "2026-01-05"}
    record = Agreement(
        **{"partnership": "A", "ward": "B", "edition": "2011", "consultation": consultation},
        outcomes=(Outcome(id="a", words="A"), Outcome(id="b", words="B")),
        actions=(Action(id="c", outcome="a", what="A class", with_whom=("the college",)),),
        partners=(Partner(who="The college"), Partner(who="The police")),
    )
    side = outcome.Side(12, 1.0)
    first, second = (str(outcome._partners(record, each, side)) for each in record.outcomes)
    assert "The college" in first
    assert "The police" not in first
    assert "The police" in second
