"""Every check fires on a record with its fault, and is silent on the whole example."""

import dataclasses

import pytest

from darlington_analysis.agreements import reading
from darlington_analysis.agreements.checks import check
from darlington_analysis.agreements.checks.all_checks import all_checks, check_record
from darlington_analysis.cli.main import main
from darlington_analysis.core.bounded_toml import key_lines
from darlington_analysis.core.errors import DisclosureError
from darlington_analysis.evidence import agreement
from darlington_analysis.pages import findings as findings_page
from darlington_analysis.pages.findings import explain
from tests.support.projects import ROOT

CENTRAL = (ROOT / "data/agreements/central.toml").read_text("utf-8")


@pytest.fixture(scope="module")
def beside(edition_table):
    """Return what Central's record is judged beside."""
    ward = edition_table.wards.find("Central").ward
    return agreement.of_ward(edition_table, ward).check_context


@pytest.fixture
def judged(edition_table):
    """Return the findings on a text as if it were Central's record, comments and all."""

    def judge(text: str) -> dict[str, tuple[check.Finding, int]]:
        read = reading.Read(reading.parse(text), ROOT / "central.toml", text, key_lines(text))
        answer = agreement.AgreementAnswer(
            edition_table.wards.find("Central").ward,
            edition_table,
            read,
            (),
            edition_table.settings.agreements,
        )
        return {each.check: (each, read.line(each.where)) for each in reversed(answer.findings)}

    return judge


def found(text: str, beside) -> dict[str, check.Finding]:
    """Return the first finding of each check on a record of this text."""
    findings = check_record(reading.parse(text), beside)
    return {each.check: each for each in reversed(findings)}


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
    "one-side-only": lambda text: cut(
        text, '[[positions]]\nabout = "good-health"\nby = "council"', "[[partners]]"
    ),
    "group-without-outcome": swap(('people = "families"', 'people = "adults"')),
    "no-signs": swap(('signs = ["People speak of how they feel, and somebody listens."]\n', "")),
    "who-is-missing": swap(('missing_from_data = "People who see no doctor."\n', "")),
    "action-without-outcome": swap(('outcome = "safe-evenings"\n', "")),
    "action-unfinished": swap(("ends = 2028-07-31\n", "")),
    "nobody-better-off": swap(('kind = "better off"', 'kind = "how much"')),
    "judged-by-the-ward": swap(('words = "Evenings held"', 'words = "People in bad health here"')),
    "nothing-cheap": swap(
        ('cost = "none"', 'cost = "needs money"'), ('cost = "low"', 'cost = "needs money"')
    ),
    "council-alone": swap(
        ('sector = "residents"', 'sector = "council"'), ('sector = "public"', 'sector = "council"')
    ),
    "all-for-none-with": swap(
        ('mode = "with"', 'mode = "for"'), ('mode = "beyond"', 'mode = "to"')
    ),
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
    "personal-data": swap(("a volunteer at the drop-in", "Mrs Brown, 01325 388388")),
    "maybe-personal": swap(("a volunteer at the drop-in", "J. Brown of 14 Duke Street")),
    "target-before-figure": swap(("by = 2033-03-31", "by = 2029-03-31")),
    "no-approver": swap(('approver = "Assistant Chief Executive"\n', "")),
    "no-mentor": swap(('mentor = "a senior', '# mentor = "a senior')),
    "no-grant-said": swap(('grant = "The yearly', '# grant = "The yearly')),
    "principle-open": swap(('empowerment = "The', '# empowerment = "The')),
    "no-promises": swap(("you_can_expect = [", "# you_can_expect = [")),
    "no-curve": swap(
        ("  { on = 2028-04-01, council_days_a_month = 3 },\n", ""),
        ("  { on = 2029-04-01, council_days_a_month = 0 },\n", ""),
    ),
}
OF_EVIDENCE = {"target-is-chance", "position-gone", "decision-gone", "named-person"}
REQUIREMENTS = {
    "council-alone": (4, 47, 54),
    "no-approver": (9,),
    "who-is-missing": (17,),
    "action-without-outcome": (25,),
    "no-outcome": (39,),
    "judged-by-the-ward": (41,),
    "group-without-outcome": (43,),
    "nothing-cheap": (48, 55),
    "nobody-better-off": (51,),
    "no-measure-of-kind": (52,),
    "too-hard-without-date": (64,),
    "wish-not-said": (73,),
    "all-for-none-with": (121,),
    "fairness-open": (125, 155),
    "principle-open": (139,),
    "with-but-not-shared": (141, 150),
    "no-curve": (151,),
}


def case(name: str):
    """Return a check as a case of a test, marked with the requirements that it shows."""
    numbers = REQUIREMENTS.get(name)
    return pytest.param(name, marks=pytest.mark.requirement(*numbers) if numbers else ())


def test_the_whole_example_passes_every_check(beside):
    """Central stops nothing, and leaves nothing open."""
    assert {} == found(CENTRAL, beside)


@pytest.mark.parametrize("name", [case(name) for name in SPOILT])
def test_a_check_fires_on_its_fault_and_says_what_to_write(beside, name):
    """The one fault is found, at a line of the file, in three texts with nothing left to fill."""
    text = SPOILT[name](CENTRAL)
    finding = found(text, beside)[name]
    said = findings_page.explain(finding)
    assert all(each and "{" not in each.replace("[{", "").replace("{ on", "") for each in said)
    assert finding.rows


def test_no_check_is_without_a_test():
    """A check that was never seen to fire is no check."""
    assert {each.name for each in all_checks()} == set(SPOILT) | OF_EVIDENCE


@pytest.mark.requirement(59)
def test_a_target_nobody_could_tell_from_chance_is_refused(edition_table, beside):
    """30% beside 30.6% is luck; 20% is not; the real figure decides, never a made-up one."""
    ward = edition_table.wards.find("Central").ward
    verdicts = {}
    for level, slug in (
        (30.0, "no-qualifications"),
        (20.0, "no-qualifications"),
        (1000.0, "first-time-entrants"),
    ):
        target = f"target = {{ level = {level}, by = 2033-03-31 }}\n"
        text = CENTRAL.replace("target = { level = 20.0, by = 2033-03-31 }\n", target)
        text = text.replace(
            'indicator = "no-qualifications"\nstrand', f'indicator = "{slug}"\nstrand'
        )
        record = reading.parse(text)
        lists = edition_table.settings.agreements
        read = reading.Read(record, ROOT, text, {})
        answer = agreement.AgreementAnswer(ward, edition_table, read, (), lists)
        verdicts[level] = answer.targets["learning-again"].verdict
        fires = "target-is-chance" in {each.check for each in answer.findings}
        assert fires == (verdicts[level] != "told")
    assert {30.0: "not told", 20.0: "told", 1000.0: "made up"} == verdicts


@pytest.mark.requirement(61, 140)
def test_a_signed_position_or_decision_can_t_be_taken_back(beside):
    """What was signed stays; a new position below it is welcome."""
    signed = dataclasses.replace(beside, signed=reading.parse(CENTRAL))
    changed = swap(
        ("Two bus rides are too far.", "One bus ride is too far."),
        ("A tutor can be had now.", "A tutor is here."),
    )(CENTRAL)
    assert {"position-gone", "decision-gone"} <= set(found(changed, signed))
    added = CENTRAL + '\n[[positions]]\nabout = "agreement"\nby = "both"\nwords = "More"\n'
    assert {} == found(added, signed)


def test_a_person_s_name_is_refused_wherever_it_stands(beside):
    """The names come from the private file; the finding never repeats one."""
    named = dataclasses.replace(beside, names=("Jo Example",))
    text = CENTRAL.replace("a volunteer at the drop-in", "jo example, volunteer")
    finding = found(text, named)["named-person"]
    assert "example" not in " ".join(findings_page.explain(finding)).lower()
    assert "named-person" not in found(CENTRAL, named)


@pytest.mark.parametrize(
    "words",
    [
        "Mrs Brown",
        "cllr brown said so",
        "Dr A. Brown’s surgery",
        "ring 01325 388388",
        "write to a.brown@example.org",
        "a girl born on 3 May 2012",
        "number AB 12 34 56 C",
    ],
)
def test_free_text_and_comments_are_searched_for_personal_data(judged, words):
    """In an answer or after a #: an error at its line, and the words are not said again."""
    for was, becomes in (("a volunteer at the drop-in", words), ("[offer]", f"# {words}\n[offer]")):
        text = CENTRAL.replace(was, becomes, 1)
        finding, line = judged(text)["personal-data"]
        assert text[: text.index(words)].count("\n") + 1 == line
        said = " ".join(explain(finding))
        assert "rown" not in said
        assert "the secretary" in said


@pytest.mark.parametrize(
    "words",
    [
        "St John’s Church",
        "the Dr Piper House",
        "14 evenings",
        "between 2010 and 2012",
        "Queen Elizabeth Sixth Form College",
        "we miss the club",
        "Assistant Chief Executive",
    ],
)
def test_places_roles_and_counts_are_no_persons(judged, words):
    """A secretary must not be asked about every capital letter."""
    found_ = judged(CENTRAL.replace("a volunteer at the drop-in", words, 1))
    assert not {"personal-data", "maybe-personal"} & set(found_)


def test_nothing_is_published_of_a_record_that_names_somebody(edition_table, monkeypatch, capsys):
    """Pack and papers stop; the line is said, the name is not."""
    path = edition_table.project.agreements / "central.toml"
    path.write_text(CENTRAL.replace("a volunteer at the drop-in", "Mrs Brown"), "utf-8")
    try:
        answer = agreement.of_ward(edition_table, edition_table.wards.find("Central").ward)
        with pytest.raises(DisclosureError, match="line 74: it names or points to") as refused:
            agreement.refuse_persons(answer)
        assert "Brown" not in str(refused.value)
        monkeypatch.setenv("DARLINGTON_PROJECT", str(edition_table.project.root))
        assert 14 == main(["agreement", "papers", "central"])
        assert 15 == main(["agreement", "check", "central"])
        assert "Brown" not in "".join(capsys.readouterr())
        assert not list(edition_table.project.reports.glob("papers/*-central"))
    finally:
        path.write_text(CENTRAL, "utf-8")


@pytest.mark.parametrize(
    ("slug", "day", "says"),
    [
        ("bad-health", "2029-03-31", "of 2031"),
        ("bad-health", "2033-03-31", ""),
        ("claimants", "2027-03-31", ""),
        ("low-literacy", "2033-03-31", "no further figure"),
    ],
)
def test_a_target_s_day_is_set_against_the_next_figure(judged, slug, day, says):
    """A census is ten years off; claimants come each month; some figures are never to come."""
    text = CENTRAL.replace("by = 2033-03-31", f"by = {day}")
    text = text.replace('indicator = "no-qualifications"\nstrand', f'indicator = "{slug}"\nstrand')
    found_ = judged(text)
    assert bool(says) == ("target-before-figure" in found_)
    if says:
        finding, line = found_["target-before-figure"]
        assert says in " ".join(explain(finding))
        assert "target = " in text.splitlines()[line - 1]


def test_errors_warnings_and_questions_are_kept_apart():
    """Only errors stop an agreement."""
    kinds = {each.name: each.severity for each in all_checks()}
    assert ("error", "warning", "question") == (
        kinds["no-end"],
        kinds["no-mentor"],
        kinds["no-signs"],
    )
