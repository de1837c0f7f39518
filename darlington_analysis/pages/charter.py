"""The charter: what both sides agreed, in the order it is read and signed."""

from darlington_analysis.agreements.record import Independence, Outcome
from darlington_analysis.pages.components import agreements
from darlington_analysis.sources.indicators import indicator

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


def hash_line(number: int, text: str) -> str:
    """Return the line that ties a printed charter to what was signed."""
    return f"Signing {number} in the record. Its hash: {text}"


def how_known(outcome: Outcome, made_up: tuple[str, ...]) -> str:
    """Return the figure an outcome is tied to, if it is made up, and the target with its day."""
    title = agreements.indicator_title(outcome.indicator)
    marked = f"{title}{MADE_UP if title in made_up else ''}"
    if not outcome.target:
        return f"{outcome.words} {marked}."
    unit = indicator(outcome.indicator).unit
    return (
        f"{outcome.words} {marked}. Target: {outcome.target.level:g} ({unit}) by "
        f"{agreements.date_words(outcome.target.by)}."
    )


def support_days(way: Independence) -> str:
    """Return when support starts, is looked at again and ends."""
    return (
        f"It starts on {agreements.date_words(way.starts)}, is looked at again on "
        f"{agreements.date_words(way.review)} and ends on {agreements.date_words(way.ends)}."
    )
