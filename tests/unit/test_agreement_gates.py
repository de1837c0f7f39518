"""Every gate fires on a record with its fault, and is silent on the whole example."""

import dataclasses

import pytest

from darlington_analysis.agreements import gates, reading
from darlington_analysis.evidence import agreement
from darlington_analysis.presentation.wording import gates as words
from tests.conftest import ROOT

CENTRAL = (ROOT / "data/agreements/central.toml").read_text("utf-8")


@pytest.fixture(scope="module")
def beside(edition_table):
    """Return what Central's record is judged beside."""
    ward = edition_table.wards.find("Central").ward
    return agreement.of_ward(edition_table, ward).beside


def found(text: str, beside) -> dict[str, gates.Finding]:
    """Return the first finding of each gate on a record of this text."""
    findings = gates.judge(reading.parse(text), beside)
    return {each.gate: each for each in reversed(findings)}


def cut(text: str, first: str, last: str) -> str:
    """Return a text without what stands from one part up to another."""
    start = text.index(first)
    return text[:start] + text[text.index(last, start) :]


def swap(*pairs: tuple[str, str]):
    """Return a change of text that must find what it replaces."""

    def change(text: str) -> str:
        for was, becomes in pairs:
            assert was in text
            text = text.replace(was, becomes)
        return text

    return change


SPOILT = {
    "unknown-link": swap(('outcome = "learning-again"', 'outcome = "learning-agian"')),
    "id-twice": swap(('id = "open-hut"', 'id = "evening-class"')),
    "dates-out-of-order": swap(("ends = 2028-07-31", "ends = 2026-07-31")),
    "no-outcome": lambda text: cut(text, "[[outcomes]]", "[[knowledge]]"),
    "outcome-not-linked": swap(('strand = "deprivation"', 'strand = ""')),
    "no-indicator": swap(('indicator = "bad-health"\n', "")),
    "too-hard-without-date": swap(("look_again = 2028-04-03\n", "")),
    "one-side-only": lambda text: cut(text, '[[positions]]\nabout = "good-health"\nby = "council"',
                                      "[[partners]]"),
    "group-without-outcome": swap(('people = "families"', 'people = "adults"')),
    "no-signs": swap(('signs = ["People speak of how they feel, and somebody listens."]\n', "")),
    "who-is-missing": swap(('missing_from_data = "People who see no doctor."\n', "")),
    "action-without-outcome": swap(('outcome = "safe-evenings"\n', "")),
    "action-unfinished": swap(("ends = 2028-07-31\n", "")),
    "nobody-better-off": swap(('kind = "better off"', 'kind = "how much"')),
    "judged-by-the-ward": swap(('words = "Evenings held"', 'words = "People in bad health here"')),
    "nothing-cheap": swap(('cost = "none"', 'cost = "needs money"'),
                          ('cost = "low"', 'cost = "needs money"')),
    "council-alone": swap(('sector = "residents"', 'sector = "council"'),
                          ('sector = "public"', 'sector = "council"')),
    "all-for-none-with": swap(('mode = "with"', 'mode = "for"'),
                              ('mode = "beyond"', 'mode = "to"')),
    "no-mode": swap(('mode = "with"', 'mode = ""')),
    "with-but-not-shared": swap(('joint_owner = "the friends of the park"\n', "")),
    "no-measure-of-kind": swap(('kind = "how well"', 'kind = "how much"')),
    "no-customers": lambda text: cut(text, "[[customers]]", "[[measures]]"),
    "no-strengths": lambda text: cut(text, "[[strengths]]", "[[decisions]]"),
    "fairness-open": swap(("checked_on = 2026-10-19\n", "")),
    "no-end": swap(("ends = 2029-03-31\ncriteria", "criteria")),
    "wish-not-said": swap(("wished_on = 2026-10-05\n", "")),
    "story-without-consent": swap(('consent = "given"', 'consent = "not given"')),
    "no-grade": swap(('grade = "anecdote"\nstory', "story")),
    "small-count": swap(("value = 41, out_of = 60", "value = 55, out_of = 60")),
    "no-approver": swap(('approver = "Assistant Chief Executive"\n', "")),
    "no-mentor": swap(('mentor = "a senior', '# mentor = "a senior')),
    "no-grant-said": swap(('grant = "The yearly', '# grant = "The yearly')),
    "principle-open": swap(('empowerment = "The', '# empowerment = "The')),
    "no-promises": swap(('you_can_expect = [', '# you_can_expect = [')),
    "no-curve": swap(("  { on = 2028-04-01, council_days_a_month = 3 },\n", ""),
                     ("  { on = 2029-04-01, council_days_a_month = 0 },\n", "")),
}  # fmt: skip
OF_EVIDENCE = {"target-is-chance", "position-gone", "decision-gone", "named-person"}


def test_the_whole_example_passes_every_gate(beside):
    """Central stops nothing, and leaves nothing open."""
    assert {} == found(CENTRAL, beside)


@pytest.mark.parametrize("gate", SPOILT)
def test_a_gate_fires_on_its_fault_and_says_what_to_write(beside, gate):
    """The one fault is found, at a line of the file, in three texts with nothing left to fill."""
    text = SPOILT[gate](CENTRAL)
    finding = found(text, beside)[gate]
    said = words.say(finding)
    assert all(each and "{" not in each.replace("[{", "").replace("{ on", "") for each in said)
    assert finding.rows


def test_no_gate_is_without_a_test():
    """A gate that was never seen to fire is no gate."""
    assert {each.name for each in gates.gates()} == set(SPOILT) | OF_EVIDENCE


def test_a_target_nobody_could_tell_from_chance_is_refused(edition_table, beside):
    """30% beside 30.6% is luck; 20% is not; the real figure decides, never a made-up one."""
    ward = edition_table.wards.find("Central").ward
    verdicts = {}
    for level, slug in ((30.0, "no-qualifications"), (20.0, "no-qualifications"),
                        (1000.0, "first-time-entrants")):  # fmt: skip
        target = f"target = {{ level = {level}, by = 2029-03-31 }}\n"
        text = CENTRAL.replace("target = { level = 20.0, by = 2029-03-31 }\n", target)
        text = text.replace(
            'indicator = "no-qualifications"\nstrand', f'indicator = "{slug}"\nstrand'
        )
        record = reading.parse(text)
        lists = edition_table.settings.agreements
        read = reading.Read(record, ROOT, text, {})
        answer = agreement.AgreementAnswer(ward, edition_table, read, (), lists)
        verdicts[level] = answer.targets["learning-again"].verdict
        fires = "target-is-chance" in {each.gate for each in answer.findings}
        assert fires == (verdicts[level] != "told")
    assert {30.0: "not told", 20.0: "told", 1000.0: "made up"} == verdicts


def test_a_signed_position_or_decision_can_t_be_taken_back(beside):
    """What was signed stays; a new position below it is welcome."""
    signed = dataclasses.replace(beside, signed=reading.parse(CENTRAL))
    changed = swap(("Two bus rides are too far.", "One bus ride is too far."),
                   ("A tutor can be had now.", "A tutor is here."))(CENTRAL)  # fmt: skip
    assert {"position-gone", "decision-gone"} <= set(found(changed, signed))
    added = CENTRAL + '\n[[positions]]\nabout = "agreement"\nby = "both"\nwords = "More"\n'
    assert {} == found(added, signed)


def test_a_person_s_name_is_refused_wherever_it_stands(beside):
    """The names come from the private file; the finding never repeats one."""
    named = dataclasses.replace(beside, names=("Jo Example",))
    text = CENTRAL.replace("a volunteer at the drop-in", "jo example, volunteer")
    finding = found(text, named)["named-person"]
    assert "example" not in " ".join(words.say(finding)).lower()
    assert "named-person" not in found(CENTRAL, named)


def test_errors_warnings_and_questions_are_kept_apart():
    """Only errors stop an agreement."""
    kinds = {each.name: each.severity for each in gates.gates()}
    assert ("error", "warning", "question") == (
        kinds["no-end"], kinds["no-mentor"], kinds["no-signs"],
    )  # fmt: skip
