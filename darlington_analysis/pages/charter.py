"""The charter: what both sides agreed, in the order it is read and signed."""

from collections.abc import Iterator
from typing import NamedTuple

from darlington_analysis.agreements.parts import Measure, Outcome
from darlington_analysis.agreements.record import Agreement
from darlington_analysis.evidence import agreed_targets
from darlington_analysis.evidence.agreement import AgreementAnswer
from darlington_analysis.evidence.ward import WardEvidence
from darlington_analysis.pages import agreed_target
from darlington_analysis.pages.components import agreements
from darlington_analysis.pages.components.numbers import period, value_text
from darlington_analysis.sources import indicators

TITLE = "An agreement between {partnership} and the Council"
LEAD = "Made from the agreement record, which stays the master. What is empty has not been agreed."
OPEN_LEAD = (
    "Part of this is not agreed yet. It can’t be signed while anything below is open or disputed."
)
HEADS = {
    "outcomes": "What we want for everybody who lives here",
    "signs": "What we would see",
    "figures": "How we will know",
    "customers": "Whom the partnership serves",
    "measures": "How we will know whether anybody is better off",
    "work": "Who does what, with whom, and for how long",
    "partners": "Who else takes part",
    "promises": "What we promise each other",
    "agreed": "What both sides agree",
    "between": "What is still between us",
    "support": "What the Council gives",
    "fairness": "How it is fair",
    "end": "How support ends",
    "later": "What is parked for now, and when we look again",
    "signed": "Signed",
}
MADE_UP = " (the figures there so far are made up)"
BASELINE = "{value} in {period}"
NO_BASELINE = "no figure yet"
HOW_KNOWN = "{words} {title}{made_up}. Baseline: {baseline}."
REST = " What our actions do not reach: {rest_from}"
OWN_MEASURE = "{kind} {words} Baseline: {baseline}. Target: {target}."
AGREED_TEXT = "On “{about}”: {words} ({day})"
EMPTY = "Not agreed yet: ………………………………………………"
TO_SIGN = (
    ("Who signs", "Role", "Day", "Signature"),
    ("For the partnership", "", "", ""),
    ("For the Council", "", "", ""),
)
NOT_SIGNED = "This charter has not been signed in the record."
HASH = "Signing {number} in the record. Its hash: {hash}"
LATER = "{words} {state}"
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
    for key, lines in _lines(pack.agreement, record).items():
        yield Section(HEADS[key], lines)
        if key == "measures":
            yield _work(record)
        if key == "agreed" and (open_ := _between(record)):
            yield open_
    yield Section(HEADS["signed"], _signed(pack), "")


def lead(record: Agreement) -> str:
    """Return what a reader must know first of a charter."""
    return f"{LEAD} {OPEN_LEAD}" if agreements.between_us(record) else LEAD


def _lines(agreement: AgreementAnswer, record: Agreement) -> dict[str, list[str]]:
    outcomes, way = record.filled("outcomes"), record.independence
    days = {key: agreements.date_words(getattr(way, key)) for key in ("starts", "review", "ends")}
    is_signed = agreement.state.is_in_force
    worker = agreements.worker_sentence(record, is_signed=is_signed)
    return {
        "outcomes": [
            f"{agreements.PEOPLE[outcome.people]}: {outcome.words} {agreements.part_state(outcome)}"
            for outcome in outcomes
        ],
        "signs": [sign for outcome in outcomes for sign in outcome.signs],
        "figures": [how_known(outcome, agreement) for outcome in outcomes],
        "customers": [
            f"{customer.who}: {agreements.people_count(customer.how_many)}"
            for customer in record.filled("customers")
        ],
        "measures": [own_measure(measure) for measure in record.filled("measures")],
        "partners": [
            f"{agreements.partner_name(partner)}: {agreements.written(partner.part)}"
            for partner in record.filled("partners")
        ],
        "promises": [
            f"{title}: {line}" for title, lines in agreements.promises(record) for line in lines
        ],
        "agreed": _agreed_texts(record),
        "support": [worker, *agreements.offers(record.offer)],
        "fairness": [f"{title} {answer}" for title, answer in agreements.fair_answers(record)],
        "end": [END.format(**days), *way.criteria] if way.ends else [],
        "later": _parked(record) or [agreements.NONE_SO_FAR],
    }


def _agreed_texts(record: Agreement) -> list[str]:
    """Return each text that both sides accept, with what it belongs to; what is disputed has none."""
    unsettled = {part.id for _, part in record.negotiated if not part.is_settled}
    last = {part.about: part for part in record.filled("positions") if part.by == "both"}
    return [
        AGREED_TEXT.format(
            about=agreements.subject(record, named).rstrip("."),
            words=part.words,
            day=agreements.date_words(part.dated),
        )
        for named, part in last.items()
        if named not in unsettled
    ]


def _parked(record: Agreement) -> list[str]:
    words = agreements.words_by_id(record)
    return [
        LATER.format(words=words[part.id], state=agreements.part_state(part))
        for _, part in record.negotiated
        if part.is_parked
    ]


def _between(record: Agreement) -> Section | None:
    """Return what is open or disputed, with the last word of each side; None where nothing is."""
    tables = [
        (words, [tuple(line.split(": ", 1)) for line in last])
        for words, last in agreements.between_us(record)
    ]
    return Section(HEADS["between"], [], "", tables) if tables else None


def own_measure(measure: Measure) -> str:
    """Return a measure of the partnership's own, with its baseline and its target."""
    first = measure.returns[0] if measure.returns else None
    baseline = f"{agreements.returned(first)} in {first.period}" if first else NO_BASELINE
    target = agreements.measure_target(measure)
    kind = agreements.KINDS.get(measure.kind, "")
    words = f"{measure.words.rstrip('.')}."
    return OWN_MEASURE.format(kind=kind, words=words, baseline=baseline, target=target)


def how_known(outcome: Outcome, agreement: AgreementAnswer) -> str:
    """Return the figure of an outcome with its baseline, and the target with its day."""
    title = agreements.indicator_title(outcome.indicator)
    if outcome.indicator not in indicators.register():
        return f"{outcome.words} {title}."
    measured = indicators.indicator(outcome.indicator)
    row = ward_row(agreement, measured.slug)
    has_value = row is not None and row.value == row.value and not row.is_dummy
    value = value_text(row.value, measured) if has_value else NO_BASELINE
    line = HOW_KNOWN.format(
        words=outcome.words,
        title=title,
        made_up=MADE_UP if row is not None and row.is_dummy else "",
        baseline=BASELINE.format(value=value, period=period(row.period)) if has_value else value,
    )
    if not outcome.target:
        return line
    rest = REST.format(rest_from=outcome.rest_from) if outcome.rest_from else ""
    return f"{line} Target: {agreed_target.aim(agreement, outcome)}.{rest}"


def ward_row(agreement: AgreementAnswer, slug: str):
    """Return the newest figure of the partnership's wards together, None where none is."""
    rows = agreed_targets.together(agreement.table, agreement.wards, slug)
    return rows.iloc[0] if len(rows) else None


def _work(record: Agreement) -> Section:
    tables = []
    for action in record.filled("actions"):
        facts = agreements.action_facts(action, record)
        tables.append((action.what, [(label, agreements.written(text)) for label, text in facts]))
    return Section(HEADS["work"], [], "" if tables else EMPTY, tables)


def _signed(pack: WardEvidence) -> list[str]:
    if not pack.agreement.state.is_in_force:
        return [NOT_SIGNED]
    last = pack.agreement.signings[-1]
    return [agreements.signed_by(last), HASH.format(number=last.number, hash=last.hash)]
