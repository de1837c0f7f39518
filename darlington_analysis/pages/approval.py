"""What has changed since an edition was approved, figure by figure, each with its cause."""

from markupsafe import Markup

from darlington_analysis.evidence.changes import ChangesSinceApproval
from darlington_analysis.pages import changes_since_signing
from darlington_analysis.pages.components import blocks
from darlington_analysis.pages.components.numbers import day, whole

TITLE = "What has changed since the approval, {edition}"
LINK = "What has changed since this edition was approved"
DESCRIPTION = "Every figure that is not as it was when the Council approved this edition."
APPROVED = "{role} approved this edition on {day}. What was approved is kept whole beside it."
KEPT_LINK = "The edition as it was approved"
NOTHING = "No figure has changed since."
COUNTED = "{count} not as approved. Until the Council approves the edition again, it is a draft."
HEADING, CAPTION = "The figures that changed", "Figures that are not as they were approved"
HEADS = ["Figure", "Area", "When", "As approved", "Now", "Why"]


def sentences(shown: ChangesSinceApproval) -> list[str]:
    """Return who approved the edition, and how many figures have changed since."""
    record, changed = shown.approval, len(shown.rows)
    first = APPROVED.format(role=record.role, day=day(record.day))
    return [first, COUNTED.format(count=_many(changed)) if changed else NOTHING]


def _many(number: int) -> str:
    return "One figure is" if number == 1 else f"{whole(number)} figures are"


def lines(shown: ChangesSinceApproval) -> list[str]:
    """Return every changed figure as a line of text."""
    return [
        f"{figure}, {area}, {when}: {then} → {now} ({why})"
        for figure, area, when, then, now, why in changes_since_signing.rows_of(shown)
    ]


def changes(shown: ChangesSinceApproval, edition: str, kept: str) -> Markup:
    """Return the page's body. ``kept``: the folder of the edition as it was approved."""
    rows = changes_since_signing.rows_of(shown)
    table = blocks.table(HEADS, rows, CAPTION)
    return blocks.join(
        Markup("<h1>{}</h1>").format(TITLE.format(edition=edition)),
        *(blocks.paragraph(line) for line in sentences(shown)),
        Markup('<p><a href="../{}/index.html">{}</a></p>').format(kept, KEPT_LINK),
        blocks.under(HEADING, table, 2) if rows else "",
    )
