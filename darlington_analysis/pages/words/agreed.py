"""The parts of a record in words: what an outcome serves, who takes part, what is offered."""

from datetime import date

from darlington_analysis.agreements.record import (
    Action,
    Agreement,
    Consultation,
    Knowledge,
    Offer,
    Outcome,
    Partner,
    Position,
)
from darlington_analysis.core.settings import Agreements
from darlington_analysis.pages.components.numbers import day
from darlington_analysis.pages.words import agreements


def wishes(asked: Consultation) -> list[str]:
    """Return the partnership's wish with its day, and how the approach came to members."""
    answer = {"yes": "it wishes to continue", "no": "it does not wish to continue"}
    wish = answer.get(asked.wishes_to_continue)
    told = (
        [f"The partnership said on {agreements.when(asked.wished_on)} that {wish}."] if wish else []
    )
    if asked.approach_introduced:
        told.append(
            f"How the questions came to members: {asked.approach_introduced} "
            f"({agreements.when(asked.approach_introduced_on)})."
        )
    return told


def serves(outcome: Outcome, lists: Agreements) -> str:
    """Return which strand of One Darlington, which aim and which theme an outcome serves."""
    aims = {each.id: each.words for each in lists.aims}
    told = [agreements.STRANDS.get(outcome.strand, ""), aims.get(outcome.aim, ""), outcome.theme]
    return f"Serves: {'; '.join(each for each in told if each)}." if any(told) else ""


def titled(action: Action) -> str:
    """Return what an action does, and whether that is new here."""
    return f"{action.what} (new to this ward)" if action.new_to_this_ward else action.what


def known(each: Knowledge) -> str:
    """Return how well something is known here, who told it and when."""
    told = f"{agreements.said(each.grade)}; {agreements.said(each.told_by)}"
    return f"{told}, {day(each.dated)}" if each.dated else told


def offers(offer: Offer) -> list[str]:
    """Return the Council's offer besides the worker: grant and mentor, each with its day."""
    return [
        f"Grant: {offered(offer.grant, offer.grant_from)}",
        f"Mentor: {offered(offer.mentor, offer.mentor_from)}",
    ]


def position(each: Position) -> str:
    """Return what one side says, with its day where there is one."""
    on = f", {day(each.dated)}" if each.dated else ""
    return f"{agreements.BY[each.by]}{on}: {each.words}"


def about(record: Agreement, named: str) -> str:
    """Return what a position is about, in the record's words: an outcome, an action, or all."""
    return in_words(record).get(named, agreements.WHOLE)


def in_words(record: Agreement) -> dict[str, str]:
    """Return the words of every outcome, measure and action of a record, by its id."""
    known = {each.id: each.words for each in record.filled("measures")}
    known |= {each.id: each.words for each in record.filled("outcomes")}
    return known | {each.id: each.what for each in record.filled("actions")}


def partner(told: Partner) -> str:
    """Return a partner's name, with who took over where the body has gone."""
    if not told.successor:
        return told.who
    since = f" since {agreements.when(told.succeeded_on)}" if told.succeeded_on else ""
    return f"{told.who} (now: {told.successor}{since})"


def offered(text: str, since: date | None) -> str:
    """Return what the Council offers and from when, or that nothing is said yet."""
    return (
        f"{agreements.said(text)}, from {day(since)}" if text and since else agreements.said(text)
    )
