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
from darlington_analysis.presentation import tables
from darlington_analysis.presentation.wording import quality as words
from darlington_analysis.presentation.wording.numbers import period


def verdict(shown: Verdict) -> str:
    """Return the answer, the reasons against, and what to know."""
    answer = Markup("<p><strong>{}</strong></p>").format(words.heading(shown))
    return answer + _list(words.WHY, shown.reasons) + _list(words.KNOW, shown.notes)


def verdict_text(shown: Verdict) -> str:
    """Return the answer and its reasons, one a line."""
    return "\n".join([words.heading(shown), *map(words.said, (*shown.reasons, *shown.notes))])


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
    return tables.table(rows, columns, words.COVERAGE)


def coverage_text(shown: Coverage) -> str:
    """Return the indicators with how many wards they cover, one a line."""
    return "\n".join(f"{row.title}: {row.wards} wards, {row.withheld} withheld"
                     for row in shown.rows.itertuples())  # fmt: skip


def set_aside(shown: SetAside) -> str:
    """Return which raw rows were left out."""
    if shown.rows.empty:
        return Markup("<p>{}</p>").format(words.NONE_ASIDE)
    columns = [
        tables.Column("title", "Source"),
        tables.Column("rows", "Rows", "number"),
        tables.Column("reason", "Reason"),
    ]
    return tables.table(shown.rows, columns, words.SET_ASIDE)


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
    return tables.table(shown.rows, columns, words.TOTALS)


def totals_text(shown: Totals) -> str:
    """Return how many totals fit."""
    return f"{(shown.rows.expected == shown.rows.found).sum()} of {len(shown.rows)} totals fit"


def _list(question: str, findings: tuple[Finding, ...]) -> Markup:
    if not findings:
        return Markup("")
    items = Markup("").join(Markup("<li>{}</li>").format(words.said(each)) for each in findings)
    return Markup("<p>{}</p><ul>{}</ul>").format(question, items)
