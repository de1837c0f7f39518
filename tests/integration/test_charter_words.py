"""The charter says whose each promise is, what it costs, how support decreases, and ends its lines."""

import re
from datetime import date

import pytest
from docx import Document
from docx.shared import Pt

from darlington_analysis.agreements import reading, signing
from darlington_analysis.agreements.record import Agreement
from darlington_analysis.evidence import agreement
from darlington_analysis.evidence.ward import in_table
from darlington_analysis.pages import charter, negotiation
from darlington_analysis.pages import papers as pages
from darlington_analysis.pages.components import agreements
from darlington_analysis.publishing import papers
from tests.support.projects import ROOT
from tests.support.reading import words_of
from tests.support.records import WHOLE

HASH = "09fb4aa73aa274f2d97e9c69a98467874635d492943160590aa9dfe2b27ee405"


def unended(part):
    """Return a part of a record without the full stops that end its answers."""
    if isinstance(part, dict):
        return {key: unended(value) for key, value in part.items()}
    if isinstance(part, list | tuple):
        return [unended(each) for each in part]
    return part.rstrip(".") if isinstance(part, str) else part


@pytest.fixture
def pack_of(edition_table):
    """Return a function that gives Central's pack with a record of its own."""

    def pack(record: Agreement, **more):
        made = in_table(edition_table, "Central")
        read = reading.Read(record, ROOT / "central.toml", WHOLE)
        lists = edition_table.settings.agreements
        signings = more.get("signings", ())
        answer = agreement.AgreementAnswer(made.ward, edition_table, read, signings, lists)
        made.__dict__["agreement"] = answer
        return made

    return pack


@pytest.fixture
def said(pack_of, tmp_path):
    """Return the lines of Central's charter."""
    path = tmp_path / "charter.docx"
    example = (ROOT / "data/agreements/central.toml").read_text("utf-8")
    path.write_bytes(papers.charter(pack_of(reading.parse(example))))
    return words_of(path).splitlines()


@pytest.mark.requirement(157)
def test_each_promise_says_whose_it_is(said):
    """“We” and “you” can be read either way; a secretary took the Council's for her own."""
    assert not [line for line in said if re.match(r"(We|You) (will|can)\b", line)]
    starts = ("The Council will:", "The partnership can expect of the Council:")
    for start in (*starts, "The partnership will:"):
        assert any(line.startswith(start) for line in said), start
    assert "We will …" not in negotiation.PROMISES_PROMPT


@pytest.mark.requirement(158)
def test_the_charter_says_how_support_decreases_and_what_the_work_costs(said):
    """The plan stands in place of the time at first; an option has its amount and who pays."""
    text = "\n".join(said)
    assert "The Council’s support, as planned: 8 days a month from 1 April 2025; 6 days" in text
    assert "0 days a month from 1 April 2028." in text
    assert "Community worker’s time" not in text
    assert (
        "£6,400, it is not said whether a year or in all. Who pays: the Council’s adult learning "
        "service. Whose time:" in text
    )


@pytest.mark.requirement(59)
@pytest.mark.parametrize(
    ("target", "aim"),
    [
        ("gap = 3.5", "points above England. Target: 3.5 points or less above England by 31 March"),
        ("gap = -2", "points above England. Target: 2 points or more below England by 31 March"),
        ("gap = 0", "points above England. Target: level with England by 31 March"),
        ("level = 20", "in 2021. Target: 20% of residents aged 16 and over by 31 March"),
    ],
)
def test_a_baseline_and_its_target_are_in_the_same_words(pack_of, target, aim):
    """A share beside a gap can't be compared; a baseline has a unit."""
    pack = pack_of(reading.parse(WHOLE.replace("gap = 3.5", target)))
    outcome = pack.agreement.record.outcomes[0]
    words = charter.how_known(outcome, pack.agreement)
    assert aim in words
    assert re.search(r"Baseline: [\d.]+% of residents aged 16 and over in 2021", words)
    own = charter.own_measure(pack.agreement.record.measures[1])
    assert "Baseline: 30 of 52 (58 in 100) in 2025. Target: none." in own


def test_no_two_answers_run_together(pack_of, tmp_path):
    """Answers without a full stop get one, in charter, sheet, briefs and review sheet."""
    record = Agreement.model_validate(unended(reading.parse(WHOLE).model_dump()))
    pack = pack_of(record)
    path = tmp_path / "charter.docx"
    path.write_bytes(papers.charter(pack))
    bodies = [pages.meeting_sheet(pack), pages.review_sheet(pack), pages.negotiators_brief(pack)]
    bodies.append(pages.councillors_brief(pack))
    lines = [line for body in bodies for line in re.findall(r"<li>(.*?)</li>", str(body))]
    lines += [run.text for run in Document(path).paragraphs if run.style.name == "List Bullet"]
    assert [] == [
        line for line in lines if line[-1] not in ".?!…" and line[-2:] not in (".”", ".)")
    ]
    answers = [outcome.words for outcome in record.outcomes]
    answers += [position.words for position in record.positions]
    answers += [value for _, value in record.fairness if isinstance(value, str) and value]
    for words in answers:
        assert not [line for line in lines if f"{words} " in line], words


def test_the_hash_stands_on_one_line_and_the_names_with_what_precedes_them(pack_of, tmp_path):
    """A hash on its own in small letters; heading and lines keep to the table that is signed."""
    record = reading.parse(WHOLE)
    signed = signing.Signing(
        *(1, "E05001554", "2011", "x", "", record.consultation.since, ("the secretary",), WHOLE),
        *((), {}, "", HASH),
    )
    path = tmp_path / "charter.docx"
    path.write_bytes(papers.charter(pack_of(record, signings=(signed,))))
    paragraphs = Document(path).paragraphs
    [at] = [number for number, each in enumerate(paragraphs) if HASH in each.text]
    assert HASH == paragraphs[at].text
    assert Pt(9) >= paragraphs[at].runs[0].font.size
    start = max(number for number, each in enumerate(paragraphs) if each.text == "Signed")
    assert start < at
    assert all(each.paragraph_format.keep_with_next for each in paragraphs[start - 1 :])


def signed_with(*roles: str) -> signing.Signing:
    """Return a signing of the whole record by roles of both sides."""
    return signing.Signing(
        *(1, "E05001554", "2011", "x", "", date(2026, 11, 20), roles, WHOLE), *((), {}, "", HASH)
    )


def lines_of(pack, heading: str) -> list[str]:
    """Return the lines of a section of the charter."""
    [found] = [part for part in charter.sections(pack) if part.heading == charter.HEADS[heading]]
    return found.lines


def test_the_worker_goes_on_in_the_same_words_before_signing_and_after(pack_of):
    """Both sides sign what they read; while something is open the agreement is being written."""
    record = reading.parse(WHOLE)
    before = lines_of(pack_of(record), "support")
    after = lines_of(pack_of(record, signings=(signed_with("the secretary"),)), "support")
    assert before == after
    assert "being written" not in " ".join(before)
    opened = reading.parse(WHOLE.replace('reaches = 40\nstate = "agreed"', "reaches = 40"))
    assert "being written" in " ".join(lines_of(pack_of(opened), "support"))


def test_the_charter_says_what_was_refused_and_why(pack_of):
    """Options and decisions; both with the reason that was given."""
    idea = '[[ideas]]\nwords = "Bus fares"\ndecision = "refused"\nbecause = "Too far by bus."\n\n'
    record = reading.parse(WHOLE.replace("[[ideas]]", f"{idea}[[ideas]]", 1))
    assert [
        "Bus fares. Why: Too far by bus.",
        "Start both at once. Why: Too few volunteers for both.",
    ] == lines_of(pack_of(record), "refused")


def test_an_outcome_without_a_target_says_so_and_the_rest_has_somebody(pack_of):
    """No target is no forgotten line; “what our actions do not reach: the college” was misread."""
    pack = pack_of(reading.parse(WHOLE))
    known = lines_of(pack, "figures")
    assert "Who brings about the rest: The college’s day courses" in known[0]
    assert all(line.endswith("No target is set.") for line in known[1:])


@pytest.mark.parametrize(
    ("span", "says"),
    [
        ("", "£2,400, it is not said whether a year or in all. Who pays"),
        ('pounds_for = "a year"', "£2,400 a year. Who pays"),
        ('pounds_for = "in all"', "£2,400 in all. Who pays"),
    ],
)
def test_money_is_for_a_year_or_in_all_or_it_is_not_said(pack_of, span, says):
    """Nobody signs 2,400 pounds once and pays it each year."""
    money = f'cost = "needs money"\npounds = 2400\n{span}\ncapacity = "two volunteers an'
    record = reading.parse(WHOLE.replace('cost = "none"\ncapacity = "two volunteers an', money))
    assert says in lines_of(pack_of(record), "money")[0]


def test_a_draft_of_before_keeps_its_hash():
    """A question that is new and has no answer makes no other draft."""
    record = reading.parse(WHOLE)
    assert "pounds_for" not in record.offered["ideas"][0]
    answered = reading.parse(
        WHOLE.replace('cost = "none"', 'cost = "none"\npounds_for = "a year"', 1)
    )
    assert record.offer_hash != answered.offer_hash


def test_the_charter_does_not_ask_how_far_an_action_is_that_has_not_begun(pack_of):
    """A charter is what was agreed; a pack says on which day an action is to begin."""
    pack = pack_of(reading.parse(WHOLE))
    [work] = [part for part in charter.sections(pack) if part.heading == charter.HEADS["work"]]
    told = str(work.tables)
    assert "Not said yet how far" not in told
    assert "('How far it is', 'Not begun (2 November 2026)')" in told
    hut = pack.agreement.record.actions[1]
    assert "To begin on 1 February 2027" == agreements.progress_words(hut, date(2026, 11, 1))
    assert "Not said yet how far it is" == agreements.progress_words(hut, date(2027, 3, 1))


def test_the_table_that_is_signed_has_roles_and_the_day_once_it_was(pack_of):
    """Two roles of one side stand in one row; room for the signature stays."""
    record = reading.parse(WHOLE)
    assert list(charter.TO_SIGN) == charter.to_sign(pack_of(record))
    signed = signed_with(
        "the secretary (for the partnership)",
        "the chair (for the partnership)",
        "Assistant Chief Executive (for the Council)",
    )
    _, ours, council = charter.to_sign(pack_of(record, signings=(signed,)))
    assert ("For the partnership", "The secretary; the chair", "20 November 2026", "") == ours
    assert ("For the Council", "Assistant Chief Executive", "20 November 2026", "") == council
