"""Agreements in words: labels of what people wrote, and the few sentences round it."""

from datetime import date

from darlington_analysis.agreements.parts import (
    OPEN,
    Action,
    Knowledge,
    Measure,
    MeasureReturn,
    Negotiated,
    Offer,
    Outcome,
    Partner,
    Position,
)
from darlington_analysis.agreements.record import Agreement, Consultation
from darlington_analysis.agreements.signing import Signing
from darlington_analysis.core.settings import Agreements
from darlington_analysis.pages.components.numbers import day, whole
from darlington_analysis.sources.indicators import register

ANSWERED = "As written in the agreement record, by the partnership and the Council:"
EXAMPLE_PAPER = (
    "Part of this paper is an invented example.",
    "Whatever is agreed, planned or promised in it is invented, to show what a record may look "
    "like. What the figures say of the ward is not.",
)
EXAMPLE = "An invented example, to show what an answer may look like. No real person said this."
EXAMPLE_SHORT = "Invented example."
NOT_SAID = "not said yet"
NONE_SO_FAR = "Nothing so far."
WHOLE = "The whole agreement"
NO_RECORD = "There is no agreement record for this ward yet. The boxes are for people to write in."
STRANDS = {
    "deprivation": "Tackling deprivation wherever it exists",
    "one-community": "One strong community of town, villages and countryside",
    "diversity": "Valuing diversity",
    "volunteering": "Opening up ways to volunteer",
    "well-being": "Happiness, fulfilment and well-being",
}
PEOPLE = {
    "children": "For children",
    "adults": "For adults",
    "families": "For families",
    "": "For everybody",
}
PART_STATES = {
    "agreed": "Agreed",
    "open": "Open: both sides are still talking about it",
    "disputed": "Disputed: the two sides do not agree",
    "parked": "Parked for now",
}
PROGRESS = {
    "not begun": "Not begun",
    "under way": "Under way",
    "done": "Done",
    "stuck": "Stuck",
    "": "Not said yet how far it is",
}
TO_BEGIN = "To begin on {day}"
BETWEEN_US = "What is still between us?"
ALL_SETTLED = "Nothing: each outcome and action is agreed or parked."
BY = {"partnership": "The partnership", "council": "The Council", "both": "Agreed by both"}
COSTS = {"none": "costs nothing", "low": "costs little", "needs money": "needs money", "": NOT_SAID}
ORIGINS = {"resident": "residents", "partner": "a partner", "council": "the Council", "": NOT_SAID}
STAGES = {
    "watching": "watching what the Council does",
    "acting": "doing things themselves",
    "service agreement": "running it under a service agreement",
    "lease": "running it under a lease",
    "": NOT_SAID,
}
STATES = {
    "invited": "The Council has invited the partnership to talk. No answer is due by any day.",
    "with members": "The partnership is asking its members, for as long as it needs. "
    "The pack stays as it is meanwhile.",
    "wishes to continue": "The partnership wishes to continue. The agreement is being written.",
    "declined": "The partnership has said that it does not want this support.",
    "agreed": "Both sides have agreed.",
    "under review": "The agreement is being looked at again by both sides.",
}
KINDS = {
    "how much": "How much did we do?",
    "how well": "How well did we do it?",
    "better off": "Is anyone better off?",
}
STRENGTHS = {
    "group": "a group",
    "skill": "a skill",
    "place": "a place",
    "volunteers": "volunteers",
    "quick win": "ready to start now",
    "": "a strength",
}
SINCE_SIGNING = {
    "same": "The agreement record is, letter for letter, what was signed.",
    "moved": "What was agreed is as it was signed; only how things go since, or a note, is new.",
    "changed": "The agreement record has been changed since it was signed; what was signed is "
    "kept.",
    "gone": "The record that was signed is missing; what was signed is kept.",
}
BEFORE_SIGNING = {
    "invited": 'state = "agreed", once both sides have agreed; no day is set for it',
    "with members": 'state = "agreed", once the members were asked and both sides have agreed',
    "wishes to continue": 'state = "agreed", once both sides have agreed',
    "declined": "nothing: a partnership that wants no support signs nothing, and its wish stands",
}
SIGN_AGAIN = "What changed since is not agreed until both sides sign again."
WORKER_SIGNED = "A community development worker goes on while the agreement stands."
WORKER_COMING = (
    "A community development worker goes on: the partnership wishes it, and the agreement is being "
    "written."
)
WORKER_DEPENDS = (
    "A community development worker depends on an agreement, and on the partnership’s wish."
)
FOR_SIDE = {"partnership": "for the partnership", "council": "for the Council"}
PROMISES = (
    "The Council will",
    "The partnership can expect of the Council",
    "The partnership will",
)
FAIR_ROWS = {
    "why_uneven": "Why were some asked less often than others?",
    "who_gains": "Who gains?",
    "who_bears_the_need": "Who bears the need?",
    "who_may_lose": "Who may lose?",
    "protects_the_vulnerable": "How are vulnerable people protected?",
}


def ended(text: str) -> str:
    """Return what somebody wrote with a full stop, unless it ends with a mark of its own."""
    text = text.rstrip()
    return text if not text or text.rstrip('”’")]')[-1:] in tuple(".!?…") else f"{text}."


def written(text: str) -> str:
    """Return what somebody wrote, or that nothing is said yet."""
    return text or NOT_SAID


def date_words(day_: date | None) -> str:
    """Return a day, or that none is said yet."""
    return day(day_) if day_ else NOT_SAID


def from_until(starts: date | None, ends: date | None) -> str:
    """Return from when until when, or that it is not said yet."""
    return f"{date_words(starts)} to {date_words(ends)}" if starts or ends else NOT_SAID


def indicator_title(slug: str) -> str:
    """Return the title of the indicator an outcome is tied to."""
    return register()[slug].title if slug in register() else "no figure yet"


def people_count(number: int | str) -> str:
    """Return a count of people: a number, “withheld” or “not known”."""
    return number if isinstance(number, str) else whole(number)


def signature_line(signing: Signing, key: str) -> str:
    """Return who signed what, its hash, and the fingerprint of the key, or that there is none."""
    return (
        f"signed {signing.signed_on} by {', '.join(signing.signed_by)}, for {signing.ward}, edition "
        f"{signing.edition}, pack {signing.pack}: {signing.hash}, "
        f"{f'signature with {key}' if key else 'no signature'}"
    )


def signer(role: str, side: str) -> str:
    """Return who signs: a role, and for which side, as a signing keeps it."""
    return f"{role.strip()} ({FOR_SIDE[side]})"


def signed_by(signing: Signing) -> str:
    """Return when a record was signed, and by which roles."""
    return f"Signed on {day(signing.signed_on)} by {' and '.join(signing.signed_by)}."


def next_look(record: Agreement) -> str:
    """Return when what was signed is looked at again; "" where no day is set."""
    review = record.independence.review
    return f"Both sides look at it again on {day(review)}." if review else ""


def returned(measure_return: MeasureReturn) -> str:
    """Return one return of a partnership: a count, out of how many where that is known."""
    if measure_return.out_of is None:
        return people_count(measure_return.value)
    return f"{people_count(measure_return.value)} of {people_count(measure_return.out_of)}"


def returns(measure: Measure) -> str:
    """Return every return of a measure, oldest first; the first one is its baseline."""
    lines = [f"{counted.period}: {returned(counted)}" for counted in measure.returns]
    return "; ".join(lines) or "no returns yet"


def measure_target(measure: Measure) -> str:
    """Return the target of a measure, out of 100 where its returns are out of so many."""
    if not measure.target:
        return "none"
    is_share = any(counted.out_of is not None for counted in measure.returns)
    unit = " in 100" if is_share else ""
    return f"{measure.target.level:g}{unit} by {day(measure.target.by)}"


def not_kept(paths: list[str]) -> str:
    """Return what to type so that git keeps what was signed."""
    files = " ".join(paths)
    return f'Not kept in git yet: git add {files}, then git commit -m "Signed" {files}'


def worker_sentence(record: Agreement, *, is_signed: bool) -> str:
    """Return whether the community worker goes on, as the rest of the record implies.

    Where each outcome and action is agreed or parked it is the same sentence before signing and after.
    """
    if not record.worker_is_due:
        return WORKER_DEPENDS
    is_written = bool(record.negotiated) and all(part.is_settled for _, part in record.negotiated)
    return WORKER_SIGNED if is_signed or is_written else WORKER_COMING


def part_state(part: Negotiated) -> str:
    """Return how far the two sides are on an outcome or an action, and why it is parked."""
    words = PART_STATES[part.state or OPEN]
    if not part.is_parked:
        return f"{words}."
    because = f": {part.parked_because.rstrip('.')}" if part.parked_because else ""
    return f"{words}{because}. Looked at again: {date_words(part.look_again)}."


def progress_words(action: Action, as_at: date | None = None) -> str:
    """Return how far an action is, since when, and what is in the way; or that it is still to begin."""
    if not action.progress and action.starts and as_at and action.starts > as_at:
        return TO_BEGIN.format(day=day(action.starts))
    since = f" ({day(action.progress_on)})" if action.progress_on else ""
    in_the_way = f". In the way: {action.in_the_way}" if action.in_the_way else ""
    return f"{PROGRESS[action.progress]}{since}{in_the_way}"


def between_us(record: Agreement) -> list[tuple[str, list[str]]]:
    """Return what is open or disputed: its words with its state, and the last word of each side.

    An action of which nothing was said goes with its outcome, where that is open or disputed too.
    """
    unsettled = {part.id: part for _, part in record.negotiated if not part.is_settled}
    return [
        (f"{_words_of(part)} {part_state(part)}", last_words(record, part.id))
        for part in unsettled.values()
        if record.positions_on(part.id) or getattr(part, "outcome", "") not in unsettled
    ]


def last_words(record: Agreement, named: str) -> list[str]:
    """Return the last thing that each side, or both, said on an outcome or action."""
    spoken = record.positions_on(named)
    last = {position.by: position for position in spoken}
    if last.get("both") is not (spoken[-1] if spoken else None):
        last.pop("both", None)  # a side has spoken since
    return [position_words(last[by]) for by in BY if by in last]


def _words_of(part: Negotiated) -> str:
    words = part.what if isinstance(part, Action) else part.words
    return f"{words.rstrip('.')}."


def draft_words(draft) -> str:
    """Return which draft of the agreement a paper shows."""
    return f"Draft {draft.number} of the agreement ({draft.hash})."


def amount(number: float | str | None, unit: str) -> str:
    """Return an amount with its unit, “not yet known”, or "" where nothing is said."""
    if number is None:
        return ""
    if isinstance(number, str):
        return f" ({number})"
    is_money = unit[0] == "£"
    words = f"{in_pounds(number)} {unit[1:].strip()}" if is_money else in_days(number, unit)
    return f" ({words.strip()})"


def in_pounds(pounds: float) -> str:
    """Return pounds, with pence where there are some."""
    return f"£{pounds:,.2f}".removesuffix(".00")


def in_days(number: float, unit: str) -> str:
    """Return a number of days, such as 2.5, with a unit such as “days a month”."""
    words = f"{number:,.2f}".rstrip("0").rstrip(".")
    return f"{words} {unit.replace('days', 'day', 1) if number == 1 else unit}"


def state_sentence(record: Agreement) -> str:
    """Return how far the two sides are."""
    consultation = record.consultation
    return f"{STATES[consultation.state]} This has stood since {day(consultation.since)}."


def wishes(consultation: Consultation) -> list[str]:
    """Return the partnership's wish with its day, and how the approach came to members."""
    answer = {"yes": "it wishes to continue", "no": "it does not wish to continue"}
    wish = answer.get(consultation.wishes_to_continue)
    lines = (
        [f"The partnership said on {date_words(consultation.wished_on)} that {wish}."]
        if wish
        else []
    )
    if consultation.approach_introduced:
        lines.append(
            f"How the questions came to members: {consultation.approach_introduced} "
            f"({date_words(consultation.approach_introduced_on)})."
        )
    return lines


def aims_served(outcome: Outcome, lists: Agreements) -> str:
    """Return which strand, which aim and which theme an outcome serves."""
    aims = {aim.id: aim.words for aim in lists.aims}
    parts = [STRANDS.get(outcome.strand, ""), aims.get(outcome.aim, ""), outcome.theme]
    return f"Serves: {'; '.join(part for part in parts if part)}." if any(parts) else ""


def grade_words(knowledge: Knowledge) -> str:
    """Return how well something is known here, who told it and when."""
    words = f"{written(knowledge.grade)}; {written(knowledge.told_by)}"
    return f"{words}, {day(knowledge.dated)}" if knowledge.dated else words


def offers(offer: Offer, *, has_plan: bool = False) -> list[str]:
    """Return the Council's offer: grant, worker's time and mentor, each with amount and day.

    Where a plan says how the worker's time grows less, it stands in place of the time at first.
    """
    grant = amount(offer.grant_pounds_a_year, "£ a year")
    mentor = amount(offer.mentor_days_a_year, "days a year")
    lines = [
        f"Grant: {offered(offer.grant, offer.grant_from)}{grant}",
        f"Mentor: {offered(offer.mentor, offer.mentor_from)}{mentor}",
    ]
    days = amount(offer.worker_days_a_month, "days a month").strip(" ()")
    is_told = days and not has_plan
    return [*lines, f"Community worker’s time: {days}"] if is_told else lines


def position_words(position: Position) -> str:
    """Return what one side says, with its day where there is one."""
    on = f", {day(position.dated)}" if position.dated else ""
    agrees = {"yes": " (agrees)", "no": " (does not agree)"}.get(position.agrees, "")
    return f"{BY[position.by]}{on}{agrees}: {ended(position.words)}"


def subject(record: Agreement, named: str) -> str:
    """Return what a position is about, in the record's words: an outcome, an action, or all."""
    return words_by_id(record).get(named, WHOLE)


def words_by_id(record: Agreement) -> dict[str, str]:
    """Return the words of every outcome, measure and action of a record, by its id."""
    known = {measure.id: measure.words for measure in record.filled("measures")}
    known |= {outcome.id: outcome.words for outcome in record.filled("outcomes")}
    return known | {action.id: action.what for action in record.filled("actions")}


def partner_name(partner: Partner) -> str:
    """Return a partner's name, with who took over where the body has gone."""
    if not partner.successor:
        return partner.who
    since = f" since {date_words(partner.succeeded_on)}" if partner.succeeded_on else ""
    return f"{partner.who} (now: {partner.successor}{since})"


def offered(text: str, since: date | None) -> str:
    """Return what the Council offers and from when, or that nothing is said yet."""
    return f"{written(text)}, from {day(since)}" if text and since else written(text)


def promises(record: Agreement) -> list[tuple[str, tuple[str, ...]]]:
    """Return the start of each side's promises with what follows it."""
    lines = record.promises.we_will, record.promises.you_can_expect, record.promises.you_will
    return list(zip(PROMISES, lines, strict=True))


def fair_answers(record: Agreement) -> list[tuple[str, str]]:
    """Return the questions on fairness that are answered, each with its answer."""
    answers = [(title, getattr(record.fairness, key)) for key, title in FAIR_ROWS.items()]
    return [(title, answer) for title, answer in answers if answer]
