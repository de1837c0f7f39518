"""Whether an edition can go out, and the tables behind the answer."""

from markupsafe import Markup

from darlington_analysis.evidence.quality import (
    Coverage,
    Finding,
    KeyFindings,
    SetAside,
    Totals,
    Verdict,
)
from darlington_analysis.pages.components import blocks, tables
from darlington_analysis.pages.components.numbers import period

_SAID = {
    "made up": "{what}: the figures are made up, because nothing is published.",
    "missing wards": "{what}: {number:.0f} ward(s) have no figure.",
    "mostly withheld": "{what}: {number:.0f} wards are withheld, more than half.",
    "total is off": "The total does not fit: {what} is off by {number:,.0f}.",
    "raw data": "The raw data can't be read: {what}.",
    "changed since": "data/raw/{what} is not what the figures were made from. Run make data.",
    "draft": "The {what} is a draft: the Council has still to confirm its decisions.",
    "no England": "{what}: no figure for England in the same year.",
    "no borough": "No figure for the whole borough in the {what}.",
    "shared out": "Wards cut through neighbourhoods, which are shared out by where people live. In "
    "one ward {number:.0f}% of the people counted come from such neighbourhoods.",
    "best fit": "Scores: wards are put together from neighbourhoods that do not nest. In one ward "
    "up to {number:.0f}% of the people counted live outside it.",
    "absent": "Skipped, because data/raw has no file for it: {what}.",
    "odd": "Look at this figure: {what}.",
}
COVERAGE = "Each indicator’s latest figures for the wards"
SET_ASIDE = "Raw rows left out, and why"
TOTALS = "Totals that were compared when the data were cleaned"
NONE_ASIDE = "No raw row was left out."
WHY, KNOW = "Why not", "What to know"


def finding_sentence(finding: Finding) -> str:
    """Return a finding as a sentence."""
    return _SAID[finding.kind].format(what=finding.what, number=finding.number)


def heading(verdict: Verdict) -> str:
    """Return whether the edition can go out."""
    if verdict.is_go:
        return f"Go: the {verdict.edition} can go out."
    return f"Not yet: the {verdict.edition} can’t go out, for {len(verdict.reasons)} reason(s)."


def verdict(shown: Verdict) -> str:
    """Return the answer, the reasons against, and what to know."""
    answer = blocks.titled(heading(shown))
    return answer + _list(WHY, shown.reasons) + _list(KNOW, shown.notes)


def verdict_text(shown: Verdict) -> str:
    """Return the answer and its reasons, one a line."""
    return "\n".join([heading(shown), *map(finding_sentence, (*shown.reasons, *shown.notes))])


def key_figures(shown: KeyFindings) -> str:
    """Return the verdict as plain text."""
    return verdict_text(shown.verdict)


def coverage(shown: Coverage) -> str:
    """Return how many wards each indicator covers."""
    rows = shown.rows.assign(
        when=shown.rows.period.map(period),
        england=shown.rows.has_england.map({True: "yes", False: "no"}),
    )
    columns = [
        tables.Column("title", "Indicator"),
        tables.Column("when", "Latest for wards"),
        tables.Column("wards", "Wards", "number"),
        tables.Column("withheld", "Withheld", "number"),
        tables.Column("marked", "Marked", "number"),
        tables.Column("england", "England beside it"),
    ]
    return tables.table(rows, columns, COVERAGE)


def coverage_text(shown: Coverage) -> str:
    """Return the indicators with how many wards they cover, one a line."""
    return "\n".join(
        f"{row.title}: {row.wards} wards, {row.withheld} withheld"
        for row in shown.rows.itertuples()
    )


def set_aside(shown: SetAside) -> str:
    """Return which raw rows were left out."""
    if shown.rows.empty:
        return blocks.paragraph(NONE_ASIDE)
    columns = [
        tables.Column("title", "Source"),
        tables.Column("rows", "Rows", "number"),
        tables.Column("reason", "Reason"),
    ]
    return tables.table(shown.rows, columns, SET_ASIDE)


def set_aside_text(shown: SetAside) -> str:
    """Return the sources with rows left out, one a line."""
    return "\n".join(f"{row.title}: {row.rows}" for row in shown.rows.itertuples())


def totals(shown: Totals) -> str:
    """Return the totals that were compared."""
    columns = [
        tables.Column("what", "What was compared"),
        tables.Column("expected", "Expected", "number"),
        tables.Column("found", "Found", "number"),
    ]
    return tables.table(shown.rows, columns, TOTALS)


def totals_text(shown: Totals) -> str:
    """Return how many totals fit."""
    return f"{(shown.rows.expected == shown.rows.found).sum()} of {len(shown.rows)} totals fit"


def _list(question: str, findings: tuple[Finding, ...]) -> Markup:
    lines = blocks.bullets(map(finding_sentence, findings))
    return blocks.paragraph(question) + lines if lines else lines
