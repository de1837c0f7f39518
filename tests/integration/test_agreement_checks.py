"""Every check fires on a record with its fault, and is silent on the whole example."""

import dataclasses
import re
from datetime import date

import pytest

from darlington_analysis.agreements import reading
from darlington_analysis.agreements.checks import all_checks, check, check_record
from darlington_analysis.cli.main import main
from darlington_analysis.core.errors import DisclosureError
from darlington_analysis.evidence import agreement
from darlington_analysis.pages import findings as findings_page
from darlington_analysis.pages.findings import explain
from tests.support import requirements
from tests.support.projects import ROOT
from tests.support.records import WHOLE

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def beside(edition_table):
    """Return what the whole record is judged beside."""
    ward = edition_table.wards.find("Central").ward
    read = reading.Read(reading.parse(WHOLE), ROOT / "central.toml", WHOLE)
    lists = edition_table.settings.agreements
    return agreement.AgreementAnswer(ward, edition_table, read, (), lists, TODAY).check_context


@pytest.fixture
def judged(edition_table):
    """Return the findings on a text as if it were Central's record, comments and all."""

    def judge(text: str) -> dict[str, tuple[check.Finding, int]]:
        read = reading.Read(reading.parse(text), ROOT / "central.toml", text)
        answer = agreement.AgreementAnswer(
            edition_table.wards.find("Central").ward,
            edition_table,
            read,
            (),
            edition_table.settings.agreements,
            TODAY,
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
    "too-many-outcomes": lambda text: text.replace(
        "[[knowledge]]", "".join(OUTCOME.format(number) for number in range(4)) + "[[knowledge]]", 1
    ),
    "state-open": swap(
        (
            'rest_from = "The college’s day courses and the Council’s adult learning '
            'service."\nstate = "agreed"',
            'rest_from = "The college’s day courses."',
        )
    ),
    "state-disputed": swap(('reaches = 40\nstate = "agreed"', 'reaches = 40\nstate = "disputed"')),
    "parked-without-reason": swap(("look_again = 2028-04-03\n", "")),
    "agreed-without-text": swap(
        (
            'about = "safe-evenings"\nby = "both"\ndated = 2026-10-19',
            'about = "safe-evenings"\nby = "both"',
        )
    ),
    "agreed-text-refuses": swap(
        ("Two open evenings a week in the bowling hut, run by", "We have agreed on nothing yet, by")
    ),
    "agreed-against-position": swap(
        ("We can pay a tutor for two terms.", "We do not agree to this outcome at all.")
    ),
    "agreed-text-too-old": lambda text: text.replace(
        "[[partners]]", AGAINST_AND_FOR.format("2026-11-02", "2026-11-09") + "[[partners]]", 1
    ),
    "action-ahead-of-outcome": swap(('outcome = "safe-evenings"', 'outcome = "good-health"')),
    "refused-yet-offered": swap(('we_will = ["', 'we_will = ["Start both at once", "')),
    "target-wrong-way": swap(("gap = 3.5", "level = 61.2")),
    "target-met-by-pace": swap(("gap = 3.5", "level = 22.0")),
    "target-beyond-reach": swap(("gap = 3.5", "level = 2.0")),
    "target-seen-too-late": swap(("target = { level = 80.0, by = 2028-12-31 }\n", "")),
    "actions-do-not-add-up": swap(
        ('rest_from = "The college’s day courses and the Council’s adult learning service."\n', "")
    ),
    "one-side-only": lambda text: cut(
        text, '[[positions]]\nabout = "good-health"\nby = "council"', "[[partners]]"
    ),
    "group-without-outcome": swap(('people = "families"', 'people = "adults"')),
    "no-signs": swap(('signs = ["People speak of how they feel, and somebody listens."]\n', "")),
    "who-is-missing": swap(('missing_from_data = "People who see no doctor."\n', "")),
    "action-without-outcome": swap(('outcome = "safe-evenings"\n', "")),
    "action-unfinished": swap(("ends = 2028-07-31\n", "")),
    "progress-unfinished": swap(("progress_on = 2026-11-02\n", "")),
    "progress-unknown": swap(("starts = 2027-02-01", "starts = 2026-02-02")),
    "reaches-more-than-ever": swap(("reaches = 90", "reaches = 370")),
    "measure-without-customers": swap(('customers = "young-people"\nreturns', "returns")),
    "more-than-customers": swap(("how_many = 140", "how_many = 50")),
    "agreed-without-yes": swap(('agrees = "yes"\n', "")),
    "measure-not-of-customers": swap(
        ("Young people who say they have somewhere to go in the evening", "Voter turnout")
    ),
    "target-without-baseline": lambda text: text.replace(
        'in the evening"\ncustomers',
        'in the evening"\ntarget = { level = 80, by = 2028-12-31 }\ncustomers',
    ),
    "baseline-out-of-time": swap(
        ('{ period = "2025", value = 31 }', '{ period = "2019", value = 31 }')
    ),
    "may-say-nothing": swap(
        (
            "Adults who can come in the evening; young people near the park.",
            "Everyone who is affected",
        )
    ),
    "cost-not-said": swap(('capacity = "two volunteers an evening"\n', "")),
    "none-most-important": swap(("most_important = true\n", "")),
    "asked-unevenly": swap(("why_uneven", "# why_uneven")),
    "says-nothing": swap(("Adults who can come in the evening; young people near the park.", "x")),
    "offer-without-amount": swap(("grant_pounds_a_year = 2500\n", "")),
    "review-due": swap(
        ("review = 2028-01-10", "review = 2026-11-20"),
        ("starts = 2027-01-04", "starts = 2026-01-04"),
    ),
    "blocker-without-owner": lambda text: text + '\n[[blockers]]\nwords = "The hut has no roof."\n',
    "no-training": lambda text: cut(text, "[[training]]", "[promises]"),
    "no-better-off-measure": swap(('kind = "better off"', 'kind = "how much"')),
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
    "agreed-without-action": swap(
        (
            "Two open evenings a week in the bowling hut, run by volunteers; the Council insures the hut.",
            "Both sides are looking for words.",
        )
    ),
    "reaches-more-than-live-here": swap(("reaches = 40", "reaches = 40000")),
    "day-to-come": swap(("progress_on = 2026-11-02", "progress_on = 2036-11-02")),
    "action-after-support": swap(("ends = 2028-07-31", "ends = 2031-12-31")),
    "worker-beyond-plan": swap(("worker_days_a_month = 6", "worker_days_a_month = 14")),
    "grant-too-small": swap(
        ("grant_pounds_a_year = 2500", "grant_pounds_a_year = 500"),
        (
            'cost = "none"\ncapacity = "two volunteers an evening"',
            'cost = "needs money"\npounds = 2400\nwho_pays = "the Council’s grant"\ncapacity = "two"',
        ),
    ),
    "own-target-worse": swap(
        (
            "\nreturns = [{ period",
            "\ntarget = { level = 20, by = 2028-12-31 }\nreturns = [{ period",
        ),
        ("target = { level = 80.0, by = 2028-12-31 }\ntarget", "target"),
    ),
    "baseline-before-service": swap(
        ('"Adults who come to the drop-in"', '"Adults who come to evening classes"')
    ),
    "support-grows": swap(
        ("on = 2029-04-01, council_days_a_month = 0", "on = 2029-04-01, council_days_a_month = 9")
    ),
    "customers-not-its-own": swap(("Adults who come to the drop-in", "Adults of every age")),
    "own-target-amiss": swap(("level = 80.0, by = 2028", "level = 180.0, by = 2028")),
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
AGAINST_AND_FOR = """
[[positions]]
about = "learning-again"
by = "council"
dated = {}
agrees = "no"
words = "The tutor is gone, so we withdraw from this."

[[positions]]
about = "learning-again"
by = "council"
dated = {}
agrees = "yes"
words = "There is a tutor again, and we pay for two terms."

"""
OUTCOME = """
[[outcomes]]
id = "one-more-{0}"
words = "People of every age here know each other."
strand = "one-community"
aim = "one-darlington"
state = "agreed"

"""
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
    "no-better-off-measure": (51,),
    "no-measure-of-kind": (52,),
    "parked-without-reason": (64,),
    "agreed-against-position": (49, 61),
    "target-wrong-way": (59,),
    "measure-without-customers": (50,),
    "progress-unknown": (82,),
    "wish-not-said": (73,),
    "all-for-none-with": (121,),
    "fairness-open": (125, 155),
    "principle-open": (139, 142),
    "with-but-not-shared": (141, 150),
    "no-curve": (151,),
    "outcome-not-linked": (7, 63),
    "story-without-consent": (36,),
    "action-unfinished": (37, 164),
    "unknown-link": (45,),
    "small-count": (53,),
    "says-nothing": (58, 143),
    "no-end": (158,),
    "asked-unevenly": (108,),
    "offer-without-amount": (6,),
    "no-mentor": (26, 70),
    "no-strengths": (5, 120),
    "no-signs": (44,),
    "no-promises": (157,),
}


def case(name: str):
    """Return a check as a case of a test, marked with the requirements that it shows."""
    numbers = REQUIREMENTS.get(name)
    return pytest.param(name, marks=pytest.mark.requirement(*numbers) if numbers else ())


def test_the_whole_example_passes_every_check(beside):
    """The whole record stops nothing, and leaves nothing open."""
    assert {} == found(WHOLE, beside)


@pytest.mark.parametrize("name", [case(name) for name in SPOILT])
def test_a_check_fires_on_its_fault_and_says_what_to_write(judged, name):
    """The one fault is found, at a line of the file, in three texts with nothing left to fill."""
    text = SPOILT[name](WHOLE)
    assert text != WHOLE
    finding = judged(text)[name][0]
    texts = findings_page.explain(finding)
    assert all(texts)
    assert not re.search(r"\{\w*\}", " ".join(texts))
    assert finding.rows


def test_a_row_that_stops_names_an_error_and_one_that_asks_names_none():
    """What the table of requirements says of a check is what signing does with it."""
    severity = {each.name: each.severity for each in all_checks()}
    proof = {row["id"]: row["proof"] for row in requirements.rows(ROOT, requirements.REQUIREMENTS)}
    for name, rows in REQUIREMENTS.items():
        is_error = severity[name] == check.ERROR
        assert {proof[row] for row in rows} <= {"shows", "stops" if is_error else "asks"}, name


def test_no_check_is_without_a_test():
    """A check that was never seen to fire is no check."""
    assert {each.name for each in all_checks()} == set(SPOILT) | OF_EVIDENCE


@pytest.mark.requirement(59)
def test_a_target_nobody_could_tell_from_chance_is_refused(edition_table, beside):
    """A gap of 5.5 beside 7.0 is luck; 3.5 is not; the real figure decides, never a made-up one."""
    ward = edition_table.wards.find("Central").ward
    verdicts = {}
    for aim, slug in (
        ("gap = 5.5", "no-qualifications"),
        ("gap = 3.5", "no-qualifications"),
        ("level = 1000.0", "first-time-entrants"),
    ):
        text = WHOLE.replace("gap = 3.5", aim)
        text = text.replace(
            'indicator = "no-qualifications"\nstrand', f'indicator = "{slug}"\nstrand'
        )
        record = reading.parse(text)
        lists = edition_table.settings.agreements
        read = reading.Read(record, ROOT, text)
        answer = agreement.AgreementAnswer(ward, edition_table, read, (), lists)
        verdicts[aim] = answer.targets["learning-again"].verdict
        fires = "target-is-chance" in {finding.check for finding in answer.findings}
        assert fires == (verdicts[aim] != "told")
    assert {"gap = 5.5": "not told", "gap = 3.5": "told", "level = 1000.0": "made up"} == verdicts


@pytest.mark.requirement(61, 140)
def test_a_signed_position_or_decision_can_t_be_taken_back(beside):
    """What was signed stays; a new position below it is welcome."""
    signed = dataclasses.replace(beside, signed=reading.parse(WHOLE))
    changed = swap(
        ("Two bus rides are too far.", "One bus ride is too far."),
        ("A tutor can be had now.", "A tutor is here."),
    )(WHOLE)
    assert {"position-gone", "decision-gone"} <= set(found(changed, signed))
    added = (
        WHOLE
        + '\n[[positions]]\nabout = "agreement"\nby = "both"\nwords = "Both look at it each spring."\n'
    )
    assert {} == found(added, signed)


def test_a_person_s_name_is_refused_wherever_it_stands(beside):
    """The names come from the private file; the finding never repeats one."""
    named = dataclasses.replace(beside, names=("Jo Example",))
    text = WHOLE.replace("a volunteer at the drop-in", "jo example, volunteer")
    finding = found(text, named)["named-person"]
    assert "example" not in " ".join(findings_page.explain(finding)).lower()
    assert "named-person" not in found(WHOLE, named)


@pytest.mark.parametrize(
    "words",
    [
        "Mrs Brown",
        "Jean Brown from the tenants group",
        "JEAN BROWN",
        "ask Dave O’Brown or Kim van Brown",
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
        text = WHOLE.replace(was, becomes, 1)
        finding, line = judged(text)["personal-data"]
        assert text[: text.index(words)].count("\n") + 1 == line
        said = " ".join(explain(finding))
        assert "rown" not in said
        assert "the secretary" in said


@pytest.mark.parametrize(
    "words",
    [
        "St John’s Church",
        "Jean Hartley Court",
        "Martin Luther King Day",
        "the Michael Smith Memorial Fund",
        "Victoria Park Residents",
        "Carers Week",
        "a nurse of Marie Curie",
        "the Jack and Jill Nursery",
        "Albert Hill Community Association",
        "in April Darlington College opens",
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
    found_ = judged(WHOLE.replace("a volunteer at the drop-in", words, 1))
    assert not {"personal-data", "maybe-personal"} & set(found_)


def test_what_is_no_person_can_be_said_and_is_then_only_asked_about(judged, beside):
    """A ship called after somebody is named under not_people; a ward is known without it."""
    text = WHOLE.replace("a volunteer at the drop-in", "a cook of the Grace Darling", 1)
    assert "personal-data" in judged(text)
    said = text.replace("partnership =", 'not_people = ["Grace Darling"]\npartnership =', 1)
    assert "personal-data" not in judged(said)
    assert "maybe-personal" in judged(said)
    assert reading.parse(said).offer_hash == reading.parse(text).offer_hash
    known = dataclasses.replace(beside, places=("Grace Darling",))
    assert not {"personal-data", "maybe-personal"} & set(found(text, known))


def test_nothing_is_published_of_a_record_that_names_somebody(edition_table, monkeypatch, capsys):
    """Pack and papers stop; the line is said, the name is not."""
    path = edition_table.project.agreements / "central.toml"
    before = path.read_text("utf-8")
    path.write_text(WHOLE.replace("a volunteer at the drop-in", "Mrs Brown"), "utf-8")
    try:
        answer = agreement.of_ward(edition_table, edition_table.wards.find("Central").ward)
        with pytest.raises(DisclosureError, match="line 81: it names or points to") as refused:
            agreement.refuse_persons(answer)
        assert "Brown" not in str(refused.value)
        monkeypatch.setenv("DARLINGTON_PROJECT", str(edition_table.project.root))
        assert 14 == main(["agreement", "papers", "central"])
        assert 15 == main(["agreement", "check", "central"])
        assert "Brown" not in "".join(capsys.readouterr())
        assert not list(edition_table.project.reports.glob("papers/*-central"))
    finally:
        path.write_text(before, "utf-8")


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
    text = WHOLE.replace("by = 2033-03-31", f"by = {day}")
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
