"""Who is supported, and why: eleven, nobody removed by rank, no order among the three."""

import pytest

from darlington_analysis.agreements import support as rules
from darlington_analysis.core.errors import UsageError
from darlington_analysis.evidence import support, table
from darlington_analysis.evidence.ward import in_table
from darlington_analysis.pages import support as words

THREE = {"Haughton North", "Haughton West", "Pierremont"}


@pytest.fixture(scope="module")
def evidence(edition_table):
    """Return the support decisions of the 2011 edition."""
    return support.SupportEvidence(edition_table, edition_table.support)


def states(decided) -> dict[str, set[str]]:
    """Return the names of wards by state."""
    names = {ward.code: ward.name for ward in decided.wards}
    found: dict[str, set[str]] = {}
    for each in decided.outcomes:
        found.setdefault(each.state, set()).add(names[each.code])
    return found


def steps(decided, name: str) -> list[str]:
    """Return the steps of one ward, as names of rules."""
    code = next(ward.code for ward in decided.wards if ward.name == name)
    return [step.rule for each in decided.outcomes if each.code == code for step in each.steps]


@pytest.mark.requirement(93)
def test_eleven_are_supported_three_come_next_and_there_is_no_place(evidence):
    """As the review has it: capacity nought, so the three have no place."""
    found = states(evidence.decided)
    assert (11, 10) == (len(found["supported"]), len(found["not supported"]))
    assert THREE == found["watch list"]


@pytest.mark.requirement(92)
def test_cockerton_east_is_treated_as_the_others_are(evidence):
    """14th of 24 and outside the line, yet the same steps as the most deprived ward."""
    assert steps(evidence.decided, "Central") == steps(evidence.decided, "Cockerton East")
    assert "Cockerton East" in states(evidence.decided)["supported"]


def test_no_place_on_the_index_changes_any_state(edition_table, evidence):
    """The rule is never given a place: the wards turned upside down change nothing."""
    import inspect

    assert ["decided", "code", "supposed"] == list(inspect.signature(rules.decide).parameters)
    assert "place-removes-nobody" in steps(evidence.decided, "Cockerton East")


@pytest.mark.requirement(97)
def test_if_one_withdraws_the_three_have_priority_and_no_order(evidence):
    """One place, three wards: a person decides, and all three stand the same."""
    found = states(evidence.what_if("Lingfield"))
    assert {"Lingfield"} == found["declined"]
    assert THREE == found["a person decides"]
    assert 10 == len(found["supported"])


def test_if_three_withdraw_or_three_more_fit_each_has_a_place(evidence):
    """Places for all: no order is needed."""
    assert THREE == states(evidence.what_if("Lingfield", "Central", "Northgate"))["place free"]
    assert THREE == states(evidence.what_if(capacity=3))["place free"]
    assert THREE == states(evidence.what_if(capacity=2))["a person decides"]


def test_a_ward_that_is_not_supported_gives_no_place_up(evidence):
    """Mowden has no place that it could give."""
    assert THREE == states(evidence.what_if("Mowden"))["watch list"]


def test_the_cost_is_for_the_three_together_and_each_is_an_assumption(evidence):
    """£30,000 is the review's; £10,000 is ours, and says so."""
    costs = evidence.costs
    assert (30_000, 10_000) == (costs.decided.watch_list_pounds, costs.pounds_each_if_equal)
    assert words.assumed_cost(costs.pounds_each_if_equal).startswith("ASSUMPTION")


def test_every_step_is_printed_with_its_paragraph(evidence):
    """A trace a reader can follow: question, answer, where the review says so."""
    for each in evidence.what_if("Lingfield").outcomes:
        for step in each.steps:
            assert step.paragraphs in words.step_sentence(step).casefold()


def test_wards_since_2015_have_no_decision(edition_table, monkeypatch):
    """Notebook 05 of the 2025 edition ends in three lines; of none, it takes that of the wards that
    support was decided for.
    """
    monkeypatch.setenv("DARLINGTON_PROJECT", str(edition_table.project.root))
    assert "2011" == support.for_support().table.edition.id
    with pytest.raises(UsageError, match="Nothing is decided"):
        support.for_support("2025")


def section(edition_table, edition: str, ward: str) -> str:
    """Return the section on support of a ward."""
    return str(
        words.ward_support(in_table(table.load(edition, edition_table.project), ward).support)
    )


def test_the_review_is_introduced_once_by_title_and_date(edition_table):
    """Which document its paragraphs are of is said where it is first named, by the settings."""
    for edition, ward in (("2011", "E05001554"), ("2025", "E05010430")):
        said = section(edition_table, edition, ward)
        assert 1 == said.count(edition_table.settings.support.review)
        assert said.index("“The review”, whose") < said.index("paragraph")
    assert "carries no date" in edition_table.settings.support.review


def test_supported_means_listed_and_no_decision_is_claimed(edition_table):
    """One word in the box, and what it means once."""
    said = section(edition_table, "2011", "E05001554")
    assert "<strong>Supported</strong>" in said
    assert 1 == said.count("the review lists for support")
    assert 1 == said.count(words.RULE.format(decided_by="Cabinet"))
    assert "What Cabinet decided on the review is not known here." in said
    assert "decides which wards are on the list" not in said


def test_what_ends_support_and_what_does_not_stand_apart(edition_table):
    """A better place is in no list of what ends it, and is said once."""
    for edition, ward in (("2011", "E05001554"), ("2025", "E05010430")):
        said = section(edition_table, edition, ward)
        listed = said.split(f"<h3>{words.END_QUESTION}</h3>")[1].split("</ul>")[0]
        assert "better place" not in listed
        assert 1 == said.count("better place")


def test_the_grant_has_no_sum_in_the_review(edition_table):
    """Its only sum is for the three wards of the watch list together."""
    assert "<li>A grant: the review names no sum.</li>" in section(
        edition_table, "2025", "E05010430"
    )
