"""The charter: what both sides agreed, in the order it is read and signed."""

from collections.abc import Iterator
from typing import NamedTuple

from darlington_analysis.agreements.parts import Idea, Measure, MeasureReturn, Outcome
from darlington_analysis.agreements.record import Agreement
from darlington_analysis.core.vocabulary import Polarity
from darlington_analysis.evidence import agreed_targets
from darlington_analysis.evidence.agreement import AgreementAnswer
from darlington_analysis.evidence.ward import WardEvidence
from darlington_analysis.pages import negotiation
from darlington_analysis.pages.components import agreements
from darlington_analysis.pages.components.numbers import capitalised, day, period, value_text
from darlington_analysis.sources import indicators
from darlington_analysis.sources.indicators import Indicator

REFUSE = "refused"
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
    "money": "What it costs, and who pays",
    "refused": "What was refused, and why",
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
TARGET = " Target: {aim} by {by}."
COSTS = "{words} {amount}. Who pays: {who_pays}. Whose time: {capacity}."
NO_SPAN = "it is not said whether a year or in all"
REFUSED, NO_REASON = "{words} Why: {because}", "not said"
PLANNED = "The Council’s support, as planned: {levels}."
DAYS = "{days:g} days a month from {day}"
NO_TARGET = " No target is set."
REST = " Who brings about the rest: {rest_from}"
OWN_MEASURE = "{kind} {words} Baseline: {baseline}. Target: {target}."
AGREED_TEXT = "On “{about}” ({day}): {words}"
EMPTY = "Not agreed yet: ………………………………………………"
TO_SIGN = (
    ("Who signs", "Role", "Day", "Signature"),
    ("For the partnership", "", "", ""),
    ("For the Council", "", "", ""),
)
NOT_SIGNED = "This charter has not been signed in the record."
HASH = "Signing {number} in the record. Its hash:"
LATER = "{words} {state}"
END = "It starts on {starts}, is looked at again on {review} and ends on {ends}."


class Section(NamedTuple):
    """A heading with its lines; actions are tables below, each with a title. Empty says so.

    ``code`` stands below the lines, on a line of its own.
    """

    heading: str
    lines: list[str]
    empty: str = EMPTY
    tables: list[tuple[str, list[tuple[str, str]]]] = []
    code: str = ""


def sections(pack: WardEvidence) -> Iterator[Section]:
    """Yield every section of a ward's charter; the ward has an agreement record."""
    record = pack.agreement.record
    for key, lines in _lines(pack.agreement, record).items():
        yield Section(HEADS[key], [agreements.ended(line) for line in lines])
        if key == "measures":
            yield _work(record)
            if costs := _costs(record):
                yield Section(HEADS["money"], costs)
            if refused := _refused(record):
                yield Section(HEADS["refused"], refused)
        if key == "agreed" and (open_ := _between(record)):
            yield open_
    yield _signed(pack)


def lead(record: Agreement) -> str:
    """Return what a reader must know first of a charter."""
    return f"{LEAD} {OPEN_LEAD}" if agreements.between_us(record) else LEAD


def _lines(agreement: AgreementAnswer, record: Agreement) -> dict[str, list[str]]:
    outcomes, way = record.filled("outcomes"), record.independence
    days = {key: agreements.date_words(getattr(way, key)) for key in ("starts", "review", "ends")}
    is_signed = agreement.state.is_in_force
    plan = _plan(record)
    worker = agreements.worker_sentence(record, is_signed=is_signed)
    return {
        "outcomes": [
            f"{agreements.PEOPLE[outcome.people]}: {agreements.ended(outcome.words)} "
            f"{agreements.part_state(outcome)}"
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
        "support": [worker, *agreements.offers(record.offer, has_plan=bool(plan)), *plan],
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
            words=agreements.ended(part.words),
            day=agreements.date_words(part.dated),
        )
        for named, part in last.items()
        if named not in unsettled
    ]


def _parked(record: Agreement) -> list[str]:
    words = agreements.words_by_id(record)
    return [
        LATER.format(words=agreements.ended(words[part.id]), state=agreements.part_state(part))
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
    baseline = f"{_counted(first)} in {first.period}" if first else NO_BASELINE
    target = agreements.measure_target(measure)
    kind = agreements.KINDS.get(measure.kind, "")
    words = agreements.ended(measure.words)
    return OWN_MEASURE.format(kind=kind, words=words, baseline=baseline, target=target)


def _counted(first: MeasureReturn) -> str:
    """Return a baseline in the unit of its target: out of 100, where it is out of so many."""
    words = agreements.returned(first)
    if isinstance(first.value, int) and isinstance(first.out_of, int) and first.out_of:
        return f"{words} ({100 * first.value / first.out_of:.0f} in 100)"
    return words


def how_known(outcome: Outcome, agreement: AgreementAnswer) -> str:
    """Return the figure of an outcome with its baseline, and the target with its day."""
    title = agreements.indicator_title(outcome.indicator)
    if outcome.indicator not in indicators.register():
        return f"{outcome.words} {title}."
    measured = indicators.indicator(outcome.indicator)
    row = ward_row(agreement, measured.slug)
    has_value = row is not None and row.value == row.value and not row.is_dummy
    baseline = NO_BASELINE
    if has_value:
        value = _with_unit(value_text(row.value, measured), measured)
        baseline = BASELINE.format(value=value, period=period(row.period))
        baseline += _gap_now(agreement, outcome, row, measured)
    line = HOW_KNOWN.format(
        words=agreements.ended(outcome.words),
        title=title,
        made_up=MADE_UP if row is not None and row.is_dummy else "",
        baseline=baseline,
    )
    target = _target(agreement, outcome, measured) if outcome.target else NO_TARGET
    rest = REST.format(rest_from=outcome.rest_from) if outcome.rest_from else ""
    return f"{line}{target}{rest}"


def _with_unit(value: str, measured: Indicator) -> str:
    """Return a value with its unit: “26.4% of residents”."""
    return f"{value}{'' if measured.unit.startswith('%') else ' '}{measured.unit}"


def _gap_now(agreement: AgreementAnswer, outcome: Outcome, row, measured: Indicator) -> str:
    """Return how far the baseline is from the country, as printed, beside a target that is a gap."""
    if not outcome.target or outcome.target.gap is None:
        return ""
    about = {"period": row.period, "area_type": "country", "breakdown": "all"}
    country = agreement.table.of(measured.slug, **about).value.dropna()
    if country.empty:
        return ""
    here, there = (
        float(value_text(value, measured).replace(",", ""))
        for value in (row.value, country.iloc[0])
    )
    return f", {_apart(here - there, _country(agreement), measured.slug)}"


def _target(agreement: AgreementAnswer, outcome: Outcome, measured: Indicator) -> str:
    """Return a target in the words of its baseline."""
    target, by = outcome.target, day(outcome.target.by)
    if target.gap is None:
        return TARGET.format(aim=_with_unit(f"{target.level:g}", measured), by=by)
    is_more = measured.polarity is Polarity.HIGH_IS_GOOD
    limit = " or more" if is_more == (target.gap >= 0) else " or less"
    aim = _apart(target.gap, _country(agreement), outcome.indicator, limit if target.gap else "")
    return TARGET.format(aim=aim, by=by)


def _apart(gap: float, country: str, slug: str, limit: str = "") -> str:
    """Return a gap in words: “8.3 points above England”, “3.5 points or less above England”."""
    if round(abs(gap), 1) == 0:
        return f"level with {country}{limit}"
    points = " points" if indicators.indicator(slug).unit.startswith("%") else ""
    side = "above" if gap > 0 else "below"
    return f"{abs(round(gap, 1)):g}{points}{limit} {side} {country}"


def _country(agreement: AgreementAnswer) -> str:
    return agreement.table.settings.place.country.name


def ward_row(agreement: AgreementAnswer, slug: str):
    """Return the newest figure of the partnership's wards together, None where none is."""
    rows = agreed_targets.together(agreement.table, agreement.wards, slug)
    return rows.iloc[0] if len(rows) else None


def _work(record: Agreement) -> Section:
    tables = []
    for action in record.filled("actions"):
        facts = negotiation.action_facts(action, record)
        facts = facts if action.progress else facts[:-1]  # what is signed is no report
        tables.append((action.what, [(label, agreements.written(text)) for label, text in facts]))
    return Section(HEADS["work"], [], "" if tables else EMPTY, tables)


def _costs(record: Agreement) -> list[str]:
    """Return what each option that was chosen costs, who pays and whose time it takes."""
    return [
        COSTS.format(
            words=agreements.ended(idea.words),
            amount=capitalised(_amount(idea)),
            who_pays=agreements.written(idea.who_pays).rstrip("."),
            capacity=agreements.written(idea.capacity).rstrip("."),
        )
        for idea in record.filled("ideas")
        if idea.decision == "chosen"
    ]


def _amount(idea: Idea) -> str:
    """Return what an option costs, and whether that is for a year or in all."""
    pounds = agreements.amount(idea.pounds, "£").strip(" ()")
    if not isinstance(idea.pounds, float) or not idea.pounds:
        return pounds or agreements.COSTS[idea.cost]
    return f"{pounds} {idea.pounds_for}" if idea.pounds_for else f"{pounds}, {NO_SPAN}"


def _refused(record: Agreement) -> list[str]:
    """Return each option and each part of a decision that was refused, with the reason."""
    told = [
        (idea.words, idea.because) for idea in record.filled("ideas") if idea.decision == REFUSE
    ]
    for decision in record.filled("decisions"):
        for words in filter(None, decision.refused):
            option, _, because = words.partition(":")
            told.append((option, capitalised(because.strip()) or decision.why))
    return [
        REFUSED.format(
            words=agreements.ended(words), because=agreements.ended(because or NO_REASON)
        )
        for words, because in told
    ]


def to_sign(pack: WardEvidence) -> list[tuple[str, ...]]:
    """Return the rows of the table that is signed, with role and day once the record was signed."""
    agreement = pack.agreement
    last = agreement.signings[-1] if agreement.state.is_in_force else None
    rows = list(TO_SIGN[:1])
    for (who, *_), side in zip(TO_SIGN[1:], agreements.FOR_SIDE.values(), strict=True):
        end = f" ({side})"
        signers = last.signed_by if last else ()
        roles = [role.removesuffix(end) for role in signers if role.endswith(end)]
        rows.append((who, capitalised("; ".join(roles)), day(last.signed_on) if roles else "", ""))
    return rows


def _plan(record: Agreement) -> list[str]:
    """Return how the Council's support grows less, as it is planned."""
    levels = [
        DAYS.format(days=level.council_days_a_month, day=day(level.on))
        for level in record.independence.plan
    ]
    return [PLANNED.format(levels="; ".join(levels))] if levels else []


def _signed(pack: WardEvidence) -> Section:
    if not pack.agreement.state.is_in_force:
        return Section(HEADS["signed"], [NOT_SIGNED], "")
    last = pack.agreement.signings[-1]
    lines = [agreements.signed_by(last), HASH.format(number=last.number)]
    return Section(HEADS["signed"], lines, "", code=last.hash)
