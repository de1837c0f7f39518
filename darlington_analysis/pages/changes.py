"""What has changed since an agreement was signed or an edition approved, each with its causes."""

from markupsafe import Markup

from darlington_analysis.evidence.agreement import RecordState
from darlington_analysis.evidence.changes import Changes, ChangesSinceApproval
from darlington_analysis.evidence.sections import ChangesSinceSigning
from darlington_analysis.pages.components import agreements, blocks
from darlington_analysis.pages.components.numbers import day, period, value_text, whole
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
SINCE_APPROVAL_TITLE = "What has changed since the approval, {edition}"
SINCE_APPROVAL = "What has changed since this edition was approved"
APPROVAL_DESCRIPTION = "Every figure that is not as it was when the Council approved this edition."
APPROVED = "{role} approved this edition on {day}. What was approved is kept whole beside it."
KEPT_LINK = "The edition as it was approved"
NO_CHANGE = "No figure has changed since."
NOT_AS_APPROVED = (
    "{count} not as approved. Until the Council approves the edition again, it is a draft."
)
CHANGED_HEADING, NOT_APPROVED_CAPTION = (
    "The figures that changed",
    "Figures that are not as they were approved",
)
APPROVAL_HEADS = ["Figure", "Area", "When", "As approved", "Now", "Why"]


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
    then = HIDDEN if row.is_hidden else _value(row.value_then, indicator, "–")
    now = _value(row.value_now, indicator, f"[{row.status_now}]" if row.status_now else "–")
    why = "; ".join(CAUSES[cause] for cause in row.causes)
    return indicator.title, row.area_name, period(row.period), then, now, why


def _value(value: float, indicator, missing: str) -> str:
    return value_text(value, indicator) if value == value else missing


def approval_sentences(shown: ChangesSinceApproval) -> list[str]:
    """Return who approved the edition, and how many figures have changed since."""
    record, changed = shown.approval, len(shown.rows)
    first = APPROVED.format(role=record.role, day=day(record.day))
    return [first, NOT_AS_APPROVED.format(count=_many(changed)) if changed else NO_CHANGE]


def _many(number: int) -> str:
    return "One figure is" if number == 1 else f"{whole(number)} figures are"


def approval_lines(shown: ChangesSinceApproval) -> list[str]:
    """Return every changed figure as a line of text."""
    return [
        f"{figure}, {area}, {when}: {then} → {now} ({why})"
        for figure, area, when, then, now, why in rows_of(shown)
    ]


def since_approval(shown: ChangesSinceApproval, edition: str, kept: str) -> Markup:
    """Return the page's body. ``kept``: the folder of the edition as it was approved."""
    rows = rows_of(shown)
    table = blocks.table(APPROVAL_HEADS, rows, NOT_APPROVED_CAPTION)
    return blocks.join(
        Markup("<h1>{}</h1>").format(SINCE_APPROVAL_TITLE.format(edition=edition)),
        *(blocks.paragraph(line) for line in approval_sentences(shown)),
        Markup('<p><a href="../{}/index.html">{}</a></p>').format(kept, KEPT_LINK),
        blocks.under(CHANGED_HEADING, table, 2) if rows else "",
    )
