"""Page 8: what has changed since signing, each difference with its causes."""

from markupsafe import Markup

from darlington_analysis.evidence.agreement import RecordState
from darlington_analysis.evidence.changes import Changes
from darlington_analysis.evidence.sections import ChangesSinceSigning
from darlington_analysis.pages.components import agreements, blocks
from darlington_analysis.pages.components.numbers import period, value_text
from darlington_analysis.sources import indicators

SINCE_SIGNED = "What has changed since you signed?"
NOT_SIGNED = "No signed agreement is held for this ward."
SINCE_EDITION = "What has changed since the last edition?"
NO_EARLIER = "This is the first edition for these wards: there is no earlier one to set it beside."
CHANGED_LIST = "Figures that changed stand in the list of changes that comes with the project."
CAUSES = {
    "new data": "new data",
    "revision": "revised by the publisher",
    "boundary": "other borders",
    "method": "another method",
    "disclosure rule": "the rule that protects people",
    "library": "a new version of the library",
    "gone": "no longer published",
    "unexplained": "NO CAUSE FOUND: ask before using it",
}
CHANGED_CAPTION = "Figures that are not as they were signed"
HIDDEN = "not shown, to protect people"
_PROGRESS = {
    "better": "On new data the ward is better than when you signed, chance allowed for.",
    "worse": "On new data the ward is worse than when you signed, chance allowed for.",
    "cannot be told apart": "New data cannot be told apart from chance.",
    "no newer figure": "There is no newer figure for the ward, so none of this is progress.",
    "not judged": "Whether the ward does better can’t be judged from it: a change of release, "
    "method or border is not progress.",
}
MOST_ROWS = 60


def earlier_editions(titles: tuple[str, ...]) -> str:
    """Return what there is to say of earlier editions of the same wards."""
    if not titles:
        return NO_EARLIER
    return f"Earlier editions for these wards: {', '.join(titles)}. {CHANGED_LIST}"


def since_signed(facts: dict) -> str:
    """Return what has changed in one indicator since signing, and whether anyone is better off."""
    counts = {cause: number for cause, number in facts["counts"].items() if number}
    title = indicators.indicator(facts["indicator"]).title
    if not counts:
        return f"{title}: nothing has changed since you signed."
    listed = ", ".join(f"{CAUSES[cause]} {number}" for cause, number in counts.items())
    return f"{title}: figures that changed, by cause: {listed}. {_PROGRESS[facts['progress']]}"


RULES = {"since-signed": since_signed}


def changed(shown: ChangesSinceSigning) -> str:
    """Return page 8: since signing, then since the last edition of these wards."""
    changes = shown.agreement.changes
    first = Markup("<h3>{}</h3>").format(SINCE_SIGNED)
    inner = _since(shown, changes) if changes else blocks.paragraph(NOT_SIGNED)
    last = blocks.question(SINCE_EDITION, earlier_editions(shown.earlier_editions))
    return first + inner + last


def rows_of(changes: Changes) -> list[tuple[str, ...]]:
    """Return every changed figure as words: indicator, area, period, then, now, why."""
    return [_row(row) for row in changes.rows.itertuples()]


def _since(shown: ChangesSinceSigning, changes: Changes) -> Markup:
    state = shown.agreement.state
    again = agreements.SIGN_AGAIN if state is RecordState.CHANGED else ""
    signed = (
        f"{agreements.signed_by(changes.signing)} {agreements.SINCE_SIGNING[state.value]} {again} "
        f"Its hash begins with {changes.signing.hash[:12]}."
    )
    sentences = blocks.bullets(blocks.sentences(changes.claims, RULES))
    rows = rows_of(changes)[:MOST_ROWS]
    heads = ["Figure", "Area", "When", "As signed", "Now", "Why"]
    table = blocks.table(heads, rows, CHANGED_CAPTION)
    return blocks.paragraph(signed) + sentences + table


def _row(row) -> tuple[str, ...]:
    indicator = indicators.indicator(row.indicator)
    hidden = "disclosure rule" in row.causes
    then = HIDDEN if hidden else _value(row.value_then, indicator, "–")
    now = _value(row.value_now, indicator, f"[{row.status_now}]" if row.status_now else "–")
    why = "; ".join(CAUSES[cause] for cause in row.causes)
    return indicator.title, row.area_name, period(row.period), then, now, why


def _value(value: float, indicator, missing: str) -> str:
    return value_text(value, indicator) if value == value else missing
