"""Agreements in words: labels of what people wrote, and the few sentences round it."""

from datetime import date

from darlington_analysis.agreements.parts import (
    Action,
    Knowledge,
    Measure,
    MeasureReturn,
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
BANNERS = {
    "example": (
        "The agreement in this pack is an invented example.",
        "Nobody has agreed, planned or promised what it says.",
    ),
    "changed": (
        "The agreement in this pack is not the one that was signed.",
        "Its record has been changed since. “What has changed?” below says so; what was signed is "
        "kept, and only that is agreed.",
    ),
}
EXAMPLE = "An invented example, to show what an answer may look like. Nobody has said this."
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
    "better off": "Is anybody better off?",
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
    "moved": "What was agreed is as it was signed; only how far the two sides are, or a note, is "
    "written anew.",
    "changed": "The agreement record has been changed since it was signed; what was signed is "
    "kept.",
}
BEFORE_SIGNING = {
    "invited": 'state = "agreed", once both sides have agreed; nobody is due to by any day',
    "with members": 'state = "agreed", once the members were asked and both sides have agreed',
    "wishes to continue": 'state = "agreed", once both sides have agreed',
    "declined": "nothing: a partnership that wants no support signs nothing, and its wish stands",
}
SIGN_AGAIN = "What changed since is not agreed until both sides sign again."
FIRST_BANK = "Ideas that were tried"
BANK_NOTE = (
    "From the Council’s reports. “Anecdote” means that nobody measured it. They are no answers: "
    "people here know what fits."
)
WORKER = {
    True: "A community development worker goes on: the partnership wishes it, and an agreement "
    "stands or is being written.",
    False: "A community development worker depends on an agreement, and on the partnership’s wish.",
}
PROMISES = ("We will", "You can expect", "You will")
ACTION_LABELS = (
    "For",
    "We will look at",
    "Who",
    "With whom",
    "Where",
    "How",
    "Delivers",
    "How long",
    "Cost",
    "Idea of",
    "Owned together by",
    "Shared risk",
)
FAIR_ROWS = {
    "who_gains": "Who gains?",
    "who_bears_the_need": "Who bears the need?",
    "who_may_lose": "Who may lose?",
    "protects_the_vulnerable": "How are vulnerable people protected?",
}


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
    """Return a count of people: a number, “[c]” where it is withheld, or “not known”."""
    return {"withheld": "[c]", "not known": "not known"}.get(str(number)) or whole(number)


def signature_line(signing: Signing, key: str) -> str:
    """Return who signed what, its hash, and the fingerprint of the key, or that there is none."""
    return (
        f"signed {signing.signed_on} by {', '.join(signing.signed_by)}, for {signing.ward}, edition "
        f"{signing.edition}, pack {signing.pack}: {signing.hash}, "
        f"{f'signature with {key}' if key else 'no signature'}"
    )


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
    """Return every return of a measure, oldest first."""
    lines = [
        f"{measure_return.period}: {returned(measure_return)}" for measure_return in measure.returns
    ]
    return "; ".join(lines) or "no returns yet"


def not_kept(paths: list[str]) -> str:
    """Return what to type so that git keeps what was signed."""
    files = " ".join(paths)
    return f'Not kept in git yet: git add {files}, then git commit -m "Signed" {files}'


def state_sentence(record: Agreement) -> str:
    """Return how far the two sides are."""
    asked = record.consultation
    return f"{STATES[asked.state]} This has stood since {day(asked.since)}."


def wishes(asked: Consultation) -> list[str]:
    """Return the partnership's wish with its day, and how the approach came to members."""
    answer = {"yes": "it wishes to continue", "no": "it does not wish to continue"}
    wish = answer.get(asked.wishes_to_continue)
    lines = [f"The partnership said on {date_words(asked.wished_on)} that {wish}."] if wish else []
    if asked.approach_introduced:
        lines.append(
            f"How the questions came to members: {asked.approach_introduced} "
            f"({date_words(asked.approach_introduced_on)})."
        )
    return lines


def aims_served(outcome: Outcome, lists: Agreements) -> str:
    """Return which strand, which aim and which theme an outcome serves."""
    aims = {aim.id: aim.words for aim in lists.aims}
    parts = [STRANDS.get(outcome.strand, ""), aims.get(outcome.aim, ""), outcome.theme]
    return f"Serves: {'; '.join(part for part in parts if part)}." if any(parts) else ""


def action_title(action: Action) -> str:
    """Return what an action does, and whether that is new here."""
    return f"{action.what} (new to this ward)" if action.new_to_this_ward else action.what


def grade_words(knowledge: Knowledge) -> str:
    """Return how well something is known here, who told it and when."""
    words = f"{written(knowledge.grade)}; {written(knowledge.told_by)}"
    return f"{words}, {day(knowledge.dated)}" if knowledge.dated else words


def offers(offer: Offer) -> list[str]:
    """Return the Council's offer besides the worker: grant and mentor, each with its day."""
    return [
        f"Grant: {offered(offer.grant, offer.grant_from)}",
        f"Mentor: {offered(offer.mentor, offer.mentor_from)}",
    ]


def position_words(position: Position) -> str:
    """Return what one side says, with its day where there is one."""
    on = f", {day(position.dated)}" if position.dated else ""
    return f"{BY[position.by]}{on}: {position.words}"


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


def action_facts(action: Action, record: Agreement) -> list[tuple[str, str]]:
    """Return what an action says of itself: labels and words."""
    span = from_until(action.starts, action.ends)
    known = words_by_id(record)
    values = [
        known.get(action.outcome, ""),
        known.get(action.measure, ""),
        action.who,
        ", ".join(action.with_whom),
        action.where,
        action.how,
        action.delivers,
        span,
        COSTS[action.cost],
        ORIGINS[action.origin],
        action.joint_owner,
        action.shared_risk,
    ]
    return list(zip(ACTION_LABELS, values, strict=True))
