"""Wrong agreements are stopped, each with its line and what to write; right ones pass without noise.

Every wrong one is a right one with one thing spoilt: what stands in the record, what somebody puts
in its place, which check stops it, and a part of what it tells them to write.
"""

import shutil
from datetime import date

import pytest

from darlington_analysis.agreements import reading, signing
from darlington_analysis.agreements.checks.check import ERROR, QUESTION
from darlington_analysis.cli.main import main
from darlington_analysis.core.errors import AgreementError
from darlington_analysis.evidence import agreement, table
from darlington_analysis.evidence.ward import in_table
from darlington_analysis.pages.findings import explain
from tests.support.projects import ROOT
from tests.support.records import FOLDER, SIGN, WHOLE, record_of

RIGHT = [
    "evening-classes",
    "one-small-thing",
    "shared-lunch",
    "three-wards",
    "two-wards",
    "warm-homes",
]
TODAY = date(2026, 11, 23)
SIX = "".join(
    f"""[[outcomes]]
id = "more-{number}"
people = "adults"
words = "People of every age here know each other by name."
strand = "one-community"
aim = "one-darlington"
state = "agreed"

"""
    for number in range(4)
)
COUNCIL = "We can pay a tutor for two terms. After that, volunteers would have to lead."
AGREED = "Evening classes in the community centre: a tutor for two terms, two volunteers trained to go on."
EVENINGS = 'words = "Evenings held"\ncustomers = "young-people"'
GAINS = "Adults who can come in the evening; young people near the park."
LEARNERS = 'who = "Adults who come to the drop-in"\nhow_many = 140'
AIM = "gap = 3.5, by = 2033-03-31"
REST = 'rest_from = "The college’s day courses and the Council’s adult learning service."\n'
OWN_TARGET = "target = { level = 80.0, by = 2028-12-31 }"
SAYS = "what both sides would say"


def later(by: str, words: str, agrees: str = "") -> str:
    """Return another position on the evening classes, of a day after the agreed text."""
    said = f'agrees = "{agrees}"\n' if agrees else ""
    return (
        f'[[positions]]\nabout = "learning-again"\nby = "{by}"\ndated = 2026-11-02\n{said}'
        f'words = "{words}"\n\n[[partners]]'
    )


WRONG = {
    "the sides against each other": [
        (COUNCIL, "We do not agree to this outcome at all.", "agreed-against-position", "disputed"),
        (COUNCIL, "This is unacceptable to us.", "agreed-against-position", "disputed"),
        (COUNCIL, "The Council can’t support it.", "agreed-against-position", 'agrees = "yes"'),
        (AGREED, "We have agreed on nothing yet.", "agreed-text-refuses", "disputed"),
        (AGREED, "Not agreed.", "agreed-text-refuses", "disputed"),
        (
            "[[partners]]",
            later("council", "Things are not so now.", "no"),
            "agreed-against-position",
            "disputed",
        ),
        (
            "[[partners]]",
            later("partnership", "We would rather have a club."),
            "agreed-against-position",
            "disputed",
        ),
        ("[[partners]]", later("council", "We reject this.", "yes"), "agreed-against-position", ""),
        (
            'about = "learning-again"\nby = "both"',
            'about = "agreement"\nby = "both"',
            "agreed-without-text",
            'by = "both"',
        ),
    ],
    "a side that never said yes": [
        (f'agrees = "yes"\nwords = "{COUNCIL}"', f'words = "{COUNCIL}"', "agreed-without-yes", ""),
        (
            f'agrees = "yes"\nwords = "{COUNCIL}"',
            'words = "We regard this as closed."',
            "agreed-without-yes",
            'agrees = "yes"',
        ),
    ],
    "called agreed and not paid for": [
        (COUNCIL, "The Council will not fund this.", "agreed-against-position", "disputed"),
    ],
    "called agreed by nobody": [
        ('reaches = 90\nstate = "agreed"', 'reaches = 90\nstate = "open"', "state-open", "agreed"),
        ('reaches = 90\nstate = "agreed"', "reaches = 90", "state-open", 'state = "agreed"'),
        (
            'reaches = 40\nstate = "agreed"',
            'reaches = 40\nstate = "disputed"',
            "state-disputed",
            "parked",
        ),
    ],
    "parked and forgotten": [
        ("look_again = 2028-04-03\n", "", "parked-without-reason", "look_again = "),
        ("parked_because", "# parked_because", "parked-without-reason", "parked_because = "),
        ("look_again = 2028-04-03", "look_again = 2026-04-03", "parked-without-reason", "day"),
    ],
    "a target that is worse than now": [
        (AIM, "level = 61.2, by = 2033-03-31", "target-wrong-way", "good side of 7.0"),
        (AIM, "level = 27, by = 2033-03-31", "target-wrong-way", "good side"),
        (AIM, "gap = 7.5, by = 2033-03-31", "target-wrong-way", "good side of 7.0"),
    ],
    "a target beyond reach": [
        (AIM, "level = 2, by = 2033-03-31", "target-beyond-reach", "gap = -1.8"),
        (AIM, "level = 0, by = 2033-03-31", "target-beyond-reach", "nearer to now"),
        (AIM, "level = 250, by = 2033-03-31", "target-is-chance", "a level"),
    ],
    "a target that chance would meet": [
        (AIM, "gap = 6.8, by = 2033-03-31", "target-met-by-pace", "good side of 5.7"),
    ],
    "a target that England’s own pace would meet": [
        (AIM, "level = 22, by = 2033-03-31", "target-met-by-pace", "gap = …"),
        (AIM, "level = 20.3, by = 2033-03-31", "target-met-by-pace", "good side of 5.7"),
        (AIM, "gap = 6.0, by = 2033-03-31", "target-met-by-pace", "good side of 5.7"),
    ],
    "a target that nobody sees in time": [
        (f"{OWN_TARGET}\n", "", "target-seen-too-late", "target = { level = 75"),
        (OWN_TARGET, "target = { level = 80.0, by = 2031-12-31 }", "target-seen-too-late", "ends"),
        (AIM, "gap = 3.5, by = 2029-03-31", "target-before-figure", "by = 2033-01-28"),
    ],
    "actions that do not add up": [
        (REST, "", "actions-do-not-add-up", "the other 38"),
        (f"{REST}state", "state", "actions-do-not-add-up", "rest_from = "),
        ("reaches = 90", "reaches = 370", "reaches-more-than-ever", "reaches = "),
    ],
    "a measure of the ward in other words": [
        (
            'words = "Evenings held"',
            'words = "Adults with no qualifications"',
            "judged-by-the-ward",
            "people who come to it",
        ),
        (
            'words = "Evenings held"',
            'words = "Share of adults in Central who hold no qualifications"',
            "judged-by-the-ward",
            "customers",
        ),
        (
            'words = "Evenings held"',
            'words = "How many people living in the ward are in bad health"',
            "judged-by-the-ward",
            "customers",
        ),
        ('words = "Evenings held"', 'words = "Unemployment in Central"', "judged-by-the-ward", ""),
        (
            'words = "Evenings held"',
            'words = "Burglaries across the ward"',
            "judged-by-the-ward",
            "",
        ),
        (
            LEARNERS,
            'who = "Everybody who lives in the ward"\nhow_many = 4104',
            "judged-by-the-ward",
            "customers",
        ),
        (LEARNERS, 'who = "Local people of every age"\nhow_many = 2600', "judged-by-the-ward", ""),
        (LEARNERS, LEARNERS.replace("140", "41"), "more-than-customers", "out_of = 41"),
        (EVENINGS, 'words = "Evenings held"', "measure-without-customers", "customers = "),
        (LEARNERS, LEARNERS.replace("140", '"not known"'), "measure-without-customers", "how_many"),
        (
            'words = "Learners who came back after the first month"',
            'words = "Voter turnout"',
            "measure-not-of-customers",
            "Learners who",
        ),
        (EVENINGS, f'{EVENINGS}\nindicator = "bad-health"', "judged-by-the-ward", ""),
    ],
    "answers that say nothing": [
        (GAINS, words, "says-nothing", SAYS)
        for words in (
            "x",
            "?",
            "…",
            "tbc",
            "To be confirmed after the meeting",
            "Who gains?",
            "who gains",
            "Everyone",
            "Yes",
            "n/a",
            "aaaa",
            "see above",
            "xx xx xx xx",
            "We don't know yet",
            "What do you think?",
            "sdfg hjkl wrtp",
        )
    ]
    + [
        (
            "A tutor can be had now. The hut needs an insurance check first.",
            "?",
            "says-nothing",
            "",
        ),
        (
            "Classes are free, and a crèche is asked for.",
            "Residents run the open evenings themselves.",
            "says-nothing",
            "",
        ),
        ("Two volunteers can lead a class", "When ready", "says-nothing", ""),
        (COUNCIL, "What would the Council say?", "says-nothing", ""),
    ],
    "six outcomes": [("[[knowledge]]", f"{SIX}[[knowledge]]", "too-many-outcomes", "parked")],
    "a refused option, offered": [
        ('we_will = ["', 'we_will = ["Start both at once", "', "refused-yet-offered", "another"),
        ("Learners become helpers after one year", "Start both at once", "refused-yet-offered", ""),
        (
            'what = "Two open evenings a week for young people"',
            'what = "Start both at once: class and club"',
            "refused-yet-offered",
            "another option",
        ),
    ],
}
REMARKED_ON = {"reaches-more-than-ever"}  # how far an action reaches is a warning alone
CASES = [
    pytest.param(*spoilt, id=f"{kind} {number}")
    for kind, cases in WRONG.items()
    for number, spoilt in enumerate(cases, 1)
]


LUNCH_SAID = "Adult services sends people on, and lends a minibus twice a month."
LUNCH_AGREED = "A shared lunch on Tuesdays at the chapel, with lifts for whoever can’t walk there."
LESS_LONELY = "Guests who feel less lonely than when they joined"
LUNCH_TARGET = "target = { level = 60, by = 2028-12-31 }"
WARMER = "Households that call their home warmer a month after the visit"
GUESTS = 'who = "Guests of the Tuesday lunch"\nhow_many = 52'
ON_PLATES = (
    'words = "Lunches served"\ncustomers = "guests"\ntarget = { level = 900, by = 2028-12-31 }'
)
BIKES_DAY = 'progress = "under way"\nprogress_on = 2026-11-09'
SOIL = 'in_the_way = "The soil test found lead in one corner; new soil comes in February."'
YOUTH = "The youth council is elected in May, and asks to be part of it."
BOILERS = "New boilers for all"
NEVER_BOILERS = 'what = "Visits by trained neighbours who stop draughts"'

OTHERS = {
    "shared-lunch": [
        (LUNCH_SAID, "We cannot go along with lending a minibus.", "agreed-against-position"),
        (LUNCH_SAID, "There is no budget for a minibus.", "agreed-against-position"),
        (LUNCH_AGREED, "Both sides still have to find words.", "agreed-without-action"),
        (LUNCH_AGREED, "Details to be worked out after the summer.", "agreed-without-action"),
        (LUNCH_AGREED, "The partnership wants lunch; we would rather wait.", "agreed-text-refuses"),
        ('outcome = "company"\nmeasure', 'outcome = ""\nmeasure', "agreed-without-action"),
        ("gap = 1.0", "gap = 12.0", "target-wrong-way"),
        ("gap = 1.0", "gap = -4.0", "target-beyond-reach"),
        ("gap = 1.0", "gap = -30", "target-is-chance"),
        (LUNCH_TARGET, "", "target-seen-too-late"),
        (LUNCH_TARGET, "target = { level = 60, by = 2025-12-31 }", "own-target-amiss"),
        (LUNCH_TARGET, "target = { level = 20, by = 2028-12-31 }", "own-target-amiss"),
        (LUNCH_TARGET, "target = { level = 160, by = 2028-12-31 }", "own-target-amiss"),
        (
            'words = "Lunches served"',
            'words = "Pensioners on their own"',
            "measure-not-of-customers",
        ),
        ('words = "Lunches served"', 'words = "Emergency admissions"', "measure-not-of-customers"),
        (LESS_LONELY, "Over-65s who are lonely", "measure-not-of-customers"),
        (LESS_LONELY, "Older people feel less lonely", "measure-not-of-customers"),
        (LESS_LONELY, "Guests who are better off", "says-nothing"),
        (GUESTS, 'who = "The whole community"\nhow_many = 52', "customers-not-its-own"),
        (GUESTS, GUESTS.replace("52", "3000"), "judged-by-the-ward"),
        ("value = 12, out_of = 31", "value = 70", "more-than-customers"),
        ("value = 12, out_of = 31", "value = 42, out_of = 31", "more-than-customers"),
        ("reaches = 65\n", "", "actions-do-not-add-up"),
        ("reaches = 65", "reaches = 9000", "reaches-more-than-live-here"),
        ('by = "both"\ndated = 2026-08-03', 'by = "both"\ndated = 2027-08-03', "day-to-come"),
        ("checked_on = 2026-08-03", "checked_on = 2027-08-03", "day-to-come"),
        ("on = 2028-06-01", "on = 2026-06-01", "dates-out-of-order"),
        ("council_days_a_month = 0", "council_days_a_month = 12", "support-grows"),
    ],
    "warm-homes": [
        (
            'words = "Draught visits made"',
            'words = "Average energy bill"',
            "measure-not-of-customers",
        ),
        (
            'words = "Hours of street play"',
            'words = "Kids seen outdoors"',
            "measure-not-of-customers",
        ),
        (WARMER, "Households that are warm in winter", "measure-not-of-customers"),
        (
            'we_will = ["',
            'we_will = ["Pay for new boilers in every home", "',
            "refused-yet-offered",
        ),
        (NEVER_BOILERS, 'what = "All homes get a new boiler"', "refused-yet-offered"),
        (
            "Neighbours stop draughts in homes that ask",
            "Replace boilers: new",
            "refused-yet-offered",
        ),
        ("Trained neighbours visit homes that ask", f"{BOILERS}; visits", "refused-yet-offered"),
    ],
    "three-wards": [
        ('counts = "things"\n', "", "small-count"),
        ("Twelve-week courses run", "Footfall on the high street", "measure-not-of-customers"),
        (BIKES_DAY, 'progress = "done"', "progress-unfinished"),
        (BIKES_DAY, 'progress = "done"\nprogress_on = 2025-01-09', "dates-out-of-order"),
        (BIKES_DAY, 'progress = "done"\nprogress_on = 2028-01-09', "day-to-come"),
        (SOIL, "", "progress-unfinished"),
        (f'parked_because = "{YOUTH}"\n', "", "parked-without-reason"),
        (YOUTH, "Parked for now", "says-nothing"),
        ("look_again = 2027-04-12\n", "", "parked-without-reason"),
        ("since = 2026-10-05", "since = 2026-10-05\ncleared_on = 2026-01-05", "dates-out-of-order"),
        ("on = 2026-09-26", "on = 2027-09-26", "day-to-come"),
    ],
}
SPOILT = [
    pytest.param(name, *spoilt, id=f"{name} {number} {spoilt[-1]}")
    for name, cases in OTHERS.items()
    for number, spoilt in enumerate(cases, 1)
]


@pytest.fixture(scope="module")
def answer_of(edition_table):
    """Return a function that judges a text as the record of its ward."""

    def judge(text: str) -> agreement.AgreementAnswer:
        record = reading.parse(text)
        loaded = table.load(record.edition, edition_table.project)
        ward = loaded.wards.find(record.ward).ward
        read = reading.Read(record, ROOT / f"{ward.slug}.toml", text)
        return agreement.AgreementAnswer(ward, loaded, read, (), loaded.settings.agreements, TODAY)

    return judge


@pytest.mark.requirement(11, 39, 41, 49, 50, 57, 58, 59, 61, 64, 153)
@pytest.mark.parametrize(("was", "becomes", "check", "write"), CASES)
def test_a_wrong_agreement_is_stopped_with_its_line_and_what_to_write(
    answer_of, was, becomes, check, write
):
    """One fault, an error of its check, at a line that holds it or its part."""
    assert was in WHOLE
    answer = answer_of(WHOLE.replace(was, becomes, 1))
    found = [finding for finding in answer.findings if finding.check == check]
    assert found, [finding.check for finding in answer.findings]
    line = answer.read.line(found[0].where)
    assert 1 < line <= len(answer.read.text.splitlines())
    assert write in " ".join(explain(found[0])[1:])
    assert check in REMARKED_ON or ERROR == found[0].severity


@pytest.mark.requirement(25, 39, 41, 49, 50, 57, 58, 59, 61, 64, 153, 158, 164)
@pytest.mark.parametrize(("name", "was", "becomes", "check"), SPOILT)
def test_other_partnerships_are_stopped_too(answer_of, name, was, becomes, check):
    """Records of other wards and outcomes, each with one thing spoilt: an error says which."""
    text = (FOLDER / f"{name}.toml").read_text("utf-8")
    assert was in text
    findings = answer_of(text.replace(was, becomes, 1)).findings
    assert check in {finding.check for finding in findings if finding.severity == ERROR}


def test_a_target_of_work_done_shows_no_outcome_in_time(answer_of):
    """Where the figure comes after support ends, a count of lunches is no sign of less loneliness."""
    text = (FOLDER / "shared-lunch.toml").read_text("utf-8").replace(LUNCH_TARGET, "")
    text = text.replace('words = "Lunches served"\ncustomers = "guests"', ON_PLATES)
    text = text.replace('measure = "less-lonely"', 'measure = "plates"')
    assert "target-seen-too-late" in {finding.check for finding in answer_of(text).findings}


def test_a_ward_is_not_counted_twice(answer_of):
    """A further ward is another one."""
    text = (FOLDER / "three-wards.toml").read_text("utf-8").replace("Haughton West", "North Road")
    answer = answer_of(text)
    with pytest.raises(AgreementError, match="a ward is named twice"):
        agreement.is_of(answer.table, answer.ward, answer.read)


@pytest.mark.requirement(3, 59, 61)
@pytest.mark.parametrize("name", RIGHT)
def test_a_right_agreement_passes_without_noise(answer_of, name):
    """No error and no warning; a small one may leave a question or three open."""
    answer = answer_of((FOLDER / f"{name}.toml").read_text("utf-8"))
    assert [] == [finding.check for finding in answer.findings if finding.severity != QUESTION]
    assert 3 >= len(answer.findings)


def test_a_position_of_before_the_agreed_text_may_say_no(answer_of):
    """People change their minds: the last word of each side counts."""
    text = (FOLDER / "one-small-thing.toml").read_text("utf-8")
    assert "We can’t support a job club of our own" in text
    assert "agreed-against-position" not in {one.check for one in answer_of(text).findings}
    again = text.replace('dated = 2026-09-29\nagrees = "yes"', 'dated = 2026-09-29\nagrees = "no"')
    assert "agreed-against-position" in {one.check for one in answer_of(again).findings}


def test_a_text_of_before_a_side_came_round_is_not_what_both_agree(answer_of):
    """A refusal that is withdrawn later wants the words again, of that day or after."""
    text = (FOLDER / "one-small-thing.toml").read_text("utf-8")
    assert "agreed-text-too-old" not in {one.check for one in answer_of(text).findings}
    older = text.replace("dated = 2026-10-06", "dated = 2026-09-28", 1)
    assert older != text
    found = [one for one in answer_of(older).findings if one.check == "agreed-text-too-old"]
    what, _, write = explain(found[0])
    assert "is of 28 September 2026, but the Council was against it until 29 September 2026" in what
    assert "dated = 2026-09-29 or later" in write
    assert ERROR == found[0].severity


@pytest.mark.requirement(59)
def test_reach_is_how_far_gaps_moved_or_else_the_best_ward(answer_of):
    """Qualifications were asked in two censuses of these wards; bad health in one alone."""
    moved = answer_of(WHOLE).targets["learning-again"].gap_changes
    assert ("2011", "2021", 10, 24) == (
        moved.first,
        moved.last,
        moved.years,
        len(moved.towards_good),
    )
    assert moved.as_far(8.8) == 1
    assert moved.as_far(0) > 8
    health = WHOLE.replace('"no-qualifications"\nstrand', '"bad-health"\nstrand')
    answer = answer_of(health.replace(AIM, "level = 1, by = 2033-03-31"))
    facts = answer.targets["learning-again"]
    assert facts.gap_changes is None
    found = [finding for finding in answer.findings if finding.check == "target-beyond-reach"]
    assert f"{facts.best_ward} has the best figure" in explain(found[0])[1]


def test_two_wards_are_judged_on_both_together(answer_of):
    """The target is set beside the counts of both wards added up, and both have the record."""
    answer = answer_of((FOLDER / "two-wards.toml").read_text("utf-8"))
    assert ["Lascelles", "Eastbourne"] == [ward.name for ward in answer.wards]
    rows = answer.table.of("no-qualifications", area_type="ward", breakdown="all", period="2021")
    rows = rows[rows.area_code.isin([ward.code for ward in answer.wards])]
    share = 100 * rows.numerator.sum() / rows.denominator.sum()
    facts = answer.targets["learning-again"]
    assert abs(share - facts.value) < 1e-9
    assert round(rows.denominator.sum() * (5 - facts.gap) / 100) == facts.change


@pytest.fixture
def lingfield(edition_table, monkeypatch):
    """Return the path of a right record that both sides agreed on; nothing stays of it."""
    project = edition_table.project
    monkeypatch.setenv("DARLINGTON_PROJECT", str(project.root))
    path = project.agreements / "lingfield.toml"
    path.write_text(record_of("Lingfield", ('"wishes to continue"', '"agreed"')), "utf-8")
    yield path
    path.unlink(missing_ok=True)
    signing.ledger_path(project, "lingfield").unlink(missing_ok=True)
    for draft in (project.agreements / "printed").glob("lingfield-*"):
        draft.unlink()
    shutil.rmtree(project.reports / "papers" / "E05001568-lingfield", ignore_errors=True)


def change(path, was: str, becomes: str) -> None:
    """Change a text of a record."""
    text = path.read_text("utf-8")
    assert was in text
    path.write_text(text.replace(was, becomes, 1), "utf-8")


@pytest.mark.requirement(3, 114)
def test_what_was_changed_after_printing_is_not_signed(lingfield, capsys):
    """Printed, changed by one number, refused; printed again, signed with its papers' hashes."""
    assert 0 == main(["agreement", "papers", "lingfield"])
    change(lingfield, "reaches = 90", "reaches = 95")
    assert 15 == main(SIGN)
    fault = capsys.readouterr().err
    assert "lingfield.toml, line 1: changed after its papers were printed: this is draft 2" in fault
    assert "agreement papers lingfield" in fault
    assert 0 == main(["agreement", "papers", "lingfield"])
    assert "Draft 2 of the agreement" in capsys.readouterr().out
    assert 0 == main(SIGN)
    facts = signing.signings(lingfield.parent / "signed" / "lingfield.jsonl")[0].facts
    assert 2 == facts["draft"]
    assert {"charter.docx", "meeting-sheet.html"} < set(facts["papers"])


def test_figures_that_nobody_has_read_are_not_signed(lingfield, edition_table, capsys):
    """The papers were printed of other figures: their version is not the one of now."""
    assert 0 == main(["agreement", "papers", "lingfield"])
    loaded = table.load("2011", edition_table.project)
    version = in_table(loaded, "E05001568").version_id
    sheet = loaded.project.reports / "papers/E05001568-lingfield/meeting-sheet.html"
    sheet.write_text(sheet.read_text("utf-8").replace(version, "0" * len(version)), "utf-8")
    assert 15 == main(SIGN)
    assert "its papers were printed of other figures" in capsys.readouterr().err
    assert not (lingfield.parent / "signed" / "lingfield.jsonl").exists()


def test_progress_after_signing_is_no_new_offer(lingfield, capsys):
    """Returns, progress and reviews go on while an agreement stands; an answer does not."""
    assert 0 == main(["agreement", "papers", "lingfield"])
    assert 0 == main(SIGN)
    change(lingfield, 'progress = "not begun"', 'progress = "under way"')
    change(lingfield, "value = 44 }]", 'value = 44 }, { period = "2027", value = 61 }]')
    assert 0 == main(["agreement", "check", "lingfield"])
    assert "What was agreed is as it was signed" in capsys.readouterr().out
    change(lingfield, "reaches = 90", "reaches = 95")
    assert 0 == main(["agreement", "check", "lingfield"])
    assert "has been changed since it was signed" in capsys.readouterr().out


def test_a_signed_record_that_vanished_is_missed(lingfield, capsys):
    """The file is gone and the signings are not: check says so first, whoever asks."""
    assert 0 == main(["agreement", "papers", "lingfield"])
    assert 0 == main(SIGN)
    lingfield.unlink()
    for words in (["lingfield"], []):
        capsys.readouterr()
        assert 15 == main(["agreement", "check", *words])
        assert "signed, but data/agreements/lingfield.toml is missing" in capsys.readouterr().out
    for words in (["form"], ["new"], ["papers"], ["read", "answers.json", "--keep"]):
        step, *others = words
        assert 15 == main(["agreement", step, "lingfield", *others])
        assert "signed, but data/agreements/lingfield.toml is missing" in capsys.readouterr().err


def test_a_further_ward_finds_the_record_of_its_partnership(edition_table, monkeypatch, capsys):
    """The second of three wards has no file of its own, and needs none."""
    monkeypatch.setenv("DARLINGTON_PROJECT", str(edition_table.project.root))
    path = edition_table.project.agreements / "north-road.toml"
    shutil.copy(FOLDER / "three-wards.toml", path)
    try:
        assert 0 == main(["agreement", "check", "haughton-west"])
        assert "north-road.toml: 0 to mend" in capsys.readouterr().out
        assert 15 == main(["agreement", "new", "haughton-west"])
        assert "north-road.toml is there already" in capsys.readouterr().err
    finally:
        path.unlink()


def test_names_of_several_words_and_the_edition_are_found_from_the_record(
    edition_table, monkeypatch, capsys
):
    """`cockerton-east` is the name of a file, and a record of 2025 needs no option."""
    monkeypatch.setenv("DARLINGTON_PROJECT", str(edition_table.project.root))
    east = edition_table.project.agreements / "cockerton-east.toml"
    small = edition_table.project.agreements / "cockerton.toml"
    east.write_text(record_of("Cockerton East"), "utf-8")
    shutil.copy(FOLDER / "one-small-thing.toml", small)
    try:
        for name in ("cockerton-east", "Cockerton East", "cockerton", "Cockerton"):
            assert 0 == main(["agreement", "check", name]), capsys.readouterr()
        assert 0 == main(["agreement", "show", "cockerton"])
        assert "Cockerton Community Partnership (E05010414)" in capsys.readouterr().out
    finally:
        east.unlink()
        small.unlink()


def test_making_packs_says_first_that_a_signed_record_is_missing(lingfield, capsys, monkeypatch):
    """The packs are made from what is there, and it is said before that something is not."""
    from darlington_analysis.publishing import packs

    assert 0 == main(["agreement", "papers", "lingfield"])
    assert 0 == main(SIGN)
    lingfield.unlink()
    capsys.readouterr()

    def stop(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(packs, "check_notebook", stop)
    main(["packs", "--ward", "Lingfield"])
    assert "signed, but data/agreements/lingfield.toml is missing" in capsys.readouterr().out
