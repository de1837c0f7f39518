"""The papers beside a pack: meeting sheet, charter, and briefs for two readers."""

from darlington_analysis.agreements.record import (
    Action,
    Agreement,
    Independence,
    Outcome,
    practices,
)
from darlington_analysis.core.settings import Roles
from darlington_analysis.evidence.sections import Header
from darlington_analysis.pages.components.numbers import day
from darlington_analysis.pages.words import agreed, agreements
from darlington_analysis.sources.indicators import indicator

SHEET, NEGOTIATOR, COUNCILLOR, CHARTER = (
    "Meeting sheet",
    "Negotiator’s brief",
    "Ward councillor’s brief",
    "Charter",
)
FILES = {
    SHEET: "meeting-sheet.html",
    NEGOTIATOR: "negotiators-brief.html",
    COUNCILLOR: "ward-councillors-brief.html",
    CHARTER: "charter.docx",
}
BESIDE = "On paper, beside this pack:"
DESCRIPTIONS = {
    SHEET: "One page for a meeting of a Community Partnership and the Council",
    NEGOTIATOR: "Facts, ranges and options for whoever speaks for one side",
    COUNCILLOR: "What a ward councillor may want to know, ask and bring back",
}
BACK = "Evidence pack of this ward"

SAYS = "What do the figures say?"
AGREED = "What do we want?"
TODAY = "What is planned, who does it, and when?"
WHO_IS_HERE = "Day, place, and who is here (roles): "
NO_DAYS, NOBODY_NAMED = "no days set yet", "nobody named yet"
NOTHING_YET = "Nothing is written down yet."
DECIDE = "What do we decide today, and why?"
NEXT = "Who does what before we meet again?"

STRONGEST = "What is sure, and what is not?"
COULD = "What could be told from chance?"
OFFER = "What does the Council offer?"
POSITIONS = "What has each side said?"
OPTIONS = "What can be offered?"
NEVER = "What must not be said?"
NEVER_LINES = (
    "That a ward got better because its place among wards moved: a place is relative.",
    "That a partnership did well or badly because a figure of the whole ward moved.",
    "Anything that rests on a made-up figure.",
    "That a withheld figure is nought.",
)
ATTENDANCE = "Who is here, and for whom do they speak?"
BOTH_SIDES = "Both sides may read this: the evidence is the same for everybody."

ROLE = "What is a ward councillor’s part?"
ROLE_LINES = (
    "Speak up for the ward, and bring what people say to those who can act.",
    "Work with people here on needs, then on solutions, then on outcomes.",
    "Decisions on the Council’s money stay with the Council.",
)
ASK = "What could you ask people here?"
ASK_LINES = (
    "What would you see, hear or notice if life here were as you want it?",
    "Who is missing from these figures?",
    "What is strong here that nobody has counted?",
    "Who gains from what is planned, and who does not?",
)
RESOURCES = "What is there to help you?"
RESOURCE_LINES = (
    "The evidence pack of this ward: page 1 in ten minutes, then the questions of page 3.",
    "The meeting sheet, one side of A4 with room to write, for any meeting.",
    "The questions (a) to (g): a way from what people want to who does what.",
    "To ask about a figure, or for another format: {ask}.",
)
TRIED = "Tried elsewhere in Darlington, at little or no cost: {titles}. The pack says how it went."
ROUTES = "Ways to others: {routes}."
POCKETS = "Where inside the ward is need greatest?"

CHARTER_TITLE = "An agreement between {partnership} and the Council"
CHARTER_LEAD = (
    "Made from the agreement record, which stays the master. What is empty has not been agreed."
)
CHARTER_HEADS = {
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
SIGN_HEADS = ("Who signs", "Role", "Day", "Signature")
SIGN_FOR = ("For the partnership", "For the Council")
NOT_SIGNED = "This charter has not been signed in the record."


def title(kind: str, ward_name: str, edition_title: str) -> str:
    """Return the heading of a paper."""
    return f"{ward_name}: {kind[0].lower()}{kind[1:]}, {edition_title}"


def dates(header: Header) -> str:
    """Return how old a paper's figures are, which pack they are from, and whom to ask."""
    edition = header.edition
    return (
        f"{edition.title}, data as at {day(edition.data_as_at)}, version {header.version_id}. "
        f"Ask: {header.roles.ask}."
    )


def hash_line(number: int, text: str) -> str:
    """Return the line that ties a printed charter to what was signed."""
    return f"Signing {number} in the record. Its hash: {text}"


def how_known(outcome: Outcome, made_up: tuple[str, ...]) -> str:
    """Return the figure an outcome is tied to, if it is made up, and the target with its day."""
    title = agreements.figure(outcome.indicator)
    marked = f"{title}{MADE_UP if title in made_up else ''}"
    if not outcome.target:
        return f"{outcome.words} {marked}."
    unit = indicator(outcome.indicator).unit
    return (
        f"{outcome.words} {marked}. Target: {outcome.target.level:g} ({unit}) by "
        f"{agreements.when(outcome.target.by)}."
    )


def planned(action: Action) -> str:
    """Return an action with who does it and from when until when, whatever day it is read on."""
    span = agreements.span(action.starts, action.ends)
    days = NO_DAYS if span == agreements.NOT_SAID else span
    return f"{action.what}: {action.who or NOBODY_NAMED}, {days}"


def resources(pack_roles: Roles, record: Agreement | None) -> list[str]:
    """Return what a ward councillor can turn to: papers, people by role, and ideas that cost
    little."""
    lines = [each.format(ask=pack_roles.ask) for each in RESOURCE_LINES]
    cheap = [each.title.lower() for each in practices() if each.cost in ("none", "low")]
    lines.append(TRIED.format(titles="; ".join(cheap)))
    if not record:
        return lines
    routes = [f"{each.who}: {each.route}" for each in record.filled("partners") if each.route]
    told = [
        agreements.WORKER[record.worker_is_due],
        *agreed.offers(record.offer),
        f"Who may agree for the Council: {agreements.said(record.consultation.approver)}",
    ]
    return [*told, *lines, *([ROUTES.format(routes="; ".join(routes))] if routes else [])]


def support_days(way: Independence) -> str:
    """Return when support starts, is looked at again and ends."""
    return (
        f"It starts on {agreements.when(way.starts)}, is looked at again on "
        f"{agreements.when(way.review)} and ends on {agreements.when(way.ends)}."
    )
