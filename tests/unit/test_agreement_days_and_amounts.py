"""Days and amounts that do not fit each other, and refused options that come back as promises."""

import tomllib

import pytest

from darlington_analysis.agreements.checks import actions, measures, outcomes
from darlington_analysis.agreements.record import Agreement

START = """
partnership = "A partnership"
ward = "A ward"
edition = "2011"
consultation = { state = "agreed", since = 2026-01-05 }
"""


def places(checked, text: str) -> list[tuple]:
    """Return where a check finds something in a record of these parts."""
    return [where for where, _ in checked.look(Agreement(**tomllib.loads(START + text)), None)]


@pytest.mark.parametrize(
    ("who_pays", "decision", "pounds", "is_found"),
    [
        ("the Council’s grant", "chosen", "2400", True),
        ("the grant", "", "2400", True),
        ("the grant", "refused", "2400", False),
        ("the grant", "chosen", "500", False),
        ("the grant", "chosen", '"not yet known"', False),
        ("a lottery grant", "chosen", "2400", False),
        ("the adult learning service", "chosen", "2400", False),
    ],
)
def test_the_grant_pays_no_more_than_it_is(who_pays, decision, pounds, is_found):
    """A grant of 500 pounds a year pays no option of 2,400; another's money is not compared."""
    text = f"""
    offer = {{ grant_pounds_a_year = 500 }}
    ideas = [{{ words = "A hall", who_pays = "{who_pays}", decision = "{decision}", pounds = {pounds} }}]
    """
    assert is_found == bool(places(actions._grant, text))


def test_options_that_the_grant_pays_are_added_up():
    """Two chosen options of 300 pounds are more than 500."""
    idea = '{{ words = "A {}", who_pays = "the grant", decision = "chosen", pounds = 300 }}'
    both = f"{idea.format('hall')}, {idea.format('tent')}"
    text = f"offer = {{ grant_pounds_a_year = 500 }}\nideas = [{both}]"
    assert [("ideas", 1, "pounds")] == places(actions._grant, text)


@pytest.mark.parametrize(
    ("state", "ends", "is_found"),
    [
        ("agreed", "2031-12-31", True),
        ("parked", "2031-12-31", False),
        ("agreed", "2029-03-31", False),
    ],
)
def test_an_action_ends_with_support(state, ends, is_found):
    """What is parked is not under way."""
    text = f"""
    independence = {{ ends = 2029-03-31 }}
    actions = [{{ id = "a", what = "A class", ends = {ends}, state = "{state}" }}]
    """
    assert is_found == bool(places(actions._after, text))


@pytest.mark.parametrize(
    ("days", "is_found"), [("14", True), ("6", False), ('"not yet known"', False)]
)
def test_the_worker_is_part_of_the_plan(days, is_found):
    """Fourteen days a month do not fit into a plan that begins with six."""
    text = f"""
    offer = {{ worker_days_a_month = {days} }}
    independence = {{ plan = [{{ on = 2027-04-01, council_days_a_month = 6 }}] }}
    """
    assert is_found == bool(places(actions._worker, text))


REFUSED = '[[ideas]]\nwords = "Bus fares to the college"\ndecision = "refused"\n'


@pytest.mark.requirement(153)
@pytest.mark.parametrize(
    ("text", "where"),
    [
        ('[promises]\nwe_will = ["Bus fares to the college"]', ("promises", "we_will", 0)),
        ('[promises]\nyou_will = ["Pay bus fares to the college"]', ("promises", "you_will", 0)),
        (
            '[[actions]]\nid = "a"\nwhat = "A class"\nstate = "agreed"\ndelivers = "bus fares to the '
            'college"',
            ("actions", 0, "delivers"),
        ),
        (
            '[[positions]]\nabout = "agreement"\nby = "both"\nwords = "Bus fares to the college"',
            ("positions", 0, "words"),
        ),
        (
            '[[actions]]\nid = "a"\nwhat = "A class"\nstate = "agreed"\n[[positions]]\nabout = "a"\n'
            'by = "both"\nwords = "Bus fares to the college"',
            ("positions", 0, "words"),
        ),
    ],
)
def test_what_was_refused_is_promised_by_neither_side(text, where):
    """Not under “The partnership will”, not in what an action delivers, not in a text of both."""
    assert where in places(outcomes._refused, REFUSED + text)


@pytest.mark.parametrize(
    ("words", "kind", "level", "is_found"),
    [
        ("Learners who came back", "how well", 40, True),
        ("Evenings held", "how much", 40, True),
        ("Learners who came back", "how well", 60, False),
        ("Learners who dropped out", "how well", 40, False),
        ("Learners who came back", "better off", 40, False),
    ],
)
def test_a_target_is_no_worse_than_its_baseline(words, kind, level, is_found):
    """More is better unless the words say otherwise; “better off” has an error of its own."""
    text = f"""
    [[measures]]
    id = "m"
    kind = "{kind}"
    words = "{words}"
    target = {{ level = {level}, by = 2028-12-31 }}
    returns = [{{ period = "2026", value = 50, out_of = 100 }}]
    """
    assert is_found == bool(places(measures._worse, text))


@pytest.mark.parametrize(
    ("who", "is_new", "on", "is_found"),
    [
        ("Adults who come to the class", "true", "2026-06-30", True),
        ("Adults who come to the class", "false", "2026-06-30", False),
        ("Adults who come to the class", "true", "2027-06-30", False),
        ("Guests of the lunch", "true", "2026-06-30", False),
    ],
)
def test_nobody_came_to_what_had_not_begun(who, is_new, on, is_found):
    """A first return of before the start counts customers of something else, or has a wrong day."""
    text = f"""
    customers = [{{ id = "c", who = "{who}" }}]
    [[actions]]
    id = "a"
    what = "A class"
    measure = "m"
    starts = 2027-01-11
    new_to_this_ward = {is_new}
    [[measures]]
    id = "m"
    words = "Those who came back"
    customers = "c"
    returns = [{{ period = "first", on = {on}, value = 50 }}]
    """
    assert is_found == bool(places(measures._before_service, text))
