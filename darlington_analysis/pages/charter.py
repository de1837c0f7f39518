"""The charter: what both sides agreed, in the order it is read and signed."""

from collections.abc import Iterator
from typing import NamedTuple

from darlington_analysis.agreements.parts import Outcome
from darlington_analysis.agreements.record import Agreement
from darlington_analysis.evidence.ward import WardEvidence
from darlington_analysis.pages.components import agreements
from darlington_analysis.sources import indicators

TITLE = "An agreement between {partnership} and the Council"
LEAD = "Made from the agreement record, which stays the master. What is empty has not been agreed."
HEADS = {
    "outcomes": "What we want for everybody who lives here",
    "signs": "What we would see",
    "figures": "How we will know",
    "customers": "Whom the partnership serves",
    "measures": "How we will know whether anybody is better off",
    "work": "Who does what, with whom, and for how long",
    "partners": "Who else takes part",
    "promises": "What we promise each other",
    "both": "What else both sides agree",
    "support": "What the Council gives",
    "fairness": "How it is fair",
    "end": "How support ends",
    "later": "What is too hard for now, and when we look again",
    "signed": "Signed",
}
MADE_UP = " (the figures there so far are made up)"
EMPTY = "Not agreed yet: ………………………………………………"
TO_SIGN = (
    ("Who signs", "Role", "Day", "Signature"),
    ("For the partnership", "", "", ""),
    ("For the Council", "", "", ""),
)
NOT_SIGNED = "This charter has not been signed in the record."
HASH = "Signing {number} in the record. Its hash: {hash}"
LATER = "{words} We look again on {day}."
END = "It starts on {starts}, is looked at again on {review} and ends on {ends}."


class Section(NamedTuple):
    """A heading with its lines; actions are tables below, each with a title. Empty says so."""

    heading: str
    lines: list[str]
    empty: str = EMPTY
    tables: list[tuple[str, list[tuple[str, str]]]] = []


def sections(pack: WardEvidence) -> Iterator[Section]:
    """Yield every section of a ward's charter; the ward has an agreement record."""
    record = pack.agreement.record
    for key, lines in _lines(record, pack.header.made_up).items():
        yield Section(HEADS[key], lines)
        if key == "measures":
            yield _work(record)
    yield Section(HEADS["signed"], _signed(pack), "")


def _lines(record: Agreement, made_up: tuple[str, ...]) -> dict[str, list[str]]:
    outcomes, way = record.filled("outcomes"), record.independence
    days = {key: agreements.date_words(getattr(way, key)) for key in ("starts", "review", "ends")}
    later = [
        LATER.format(words=outcome.words, day=agreements.date_words(outcome.look_again))
        for outcome in outcomes
        if outcome.too_hard_for_now
    ]
    return {
        "outcomes": [f"{agreements.PEOPLE[one.people]}: {one.words}" for one in outcomes],
        "signs": [sign for outcome in outcomes for sign in outcome.signs],
        "figures": [how_known(outcome, made_up) for outcome in outcomes],
        "customers": [
            f"{customer.who}: {agreements.people_count(customer.how_many)}"
            for customer in record.filled("customers")
        ],
        "measures": [
            f"{agreements.KINDS.get(measure.kind, '')} {measure.words}"
            for measure in record.filled("measures")
        ],
        "partners": [
            f"{agreements.partner_name(partner)}: {agreements.written(partner.part)}"
            for partner in record.filled("partners")
        ],
        "promises": [
            f"{title}: {line}" for title, lines in agreements.promises(record) for line in lines
        ],
        "both": [
            position.words for position in record.filled("positions") if position.by == "both"
        ],
        "support": [agreements.WORKER[record.worker_is_due], *agreements.offers(record.offer)],
        "fairness": [f"{title} {answer}" for title, answer in agreements.fair_answers(record)],
        "end": [END.format(**days), *way.criteria] if way.ends else [],
        "later": later or [agreements.NONE_SO_FAR],
    }


def how_known(outcome: Outcome, made_up: tuple[str, ...]) -> str:
    """Return the figure an outcome is tied to, if it is made up, and the target with its day."""
    title = agreements.indicator_title(outcome.indicator)
    line = f"{outcome.words} {title}{MADE_UP if title in made_up else ''}."
    if not outcome.target:
        return line
    level, unit = f"{outcome.target.level:g}", indicators.indicator(outcome.indicator).unit
    return f"{line} Target: {level} ({unit}) by {agreements.date_words(outcome.target.by)}."


def _work(record: Agreement) -> Section:
    tables = []
    for action in record.filled("actions"):
        facts = agreements.action_facts(action, record)
        tables.append((action.what, [(label, agreements.written(text)) for label, text in facts]))
    return Section(HEADS["work"], [], "" if tables else EMPTY, tables)


def _signed(pack: WardEvidence) -> list[str]:
    if pack.agreement.since_signing not in ("same", "moved"):
        return [NOT_SIGNED]
    last = pack.agreement.signings[-1]
    return [agreements.signed_by(last), HASH.format(number=last.number, hash=last.hash)]
