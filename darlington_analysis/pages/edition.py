"""An edition as a whole: what there is in it, whether it can go out, and words of its index."""

import pandas as pd
from markupsafe import Markup

from darlington_analysis.evidence.agreement import AgreementAnswer, RecordState
from darlington_analysis.evidence.quality import (
    Coverage,
    Finding,
    SetAside,
    Totals,
    Verdict,
)
from darlington_analysis.evidence.review import AgreementsOverview
from darlington_analysis.evidence.sections import Ages, Editions, Wards
from darlington_analysis.pages import agreements_overview
from darlington_analysis.pages.components import blocks, tables
from darlington_analysis.pages.components.numbers import day, period, word

DESCRIPTION = "One evidence pack for each ward of {borough}."
MAP_QUESTION = "Where are the most deprived wards?"
PACKS_QUESTION = "Which packs are there?"
CAPTION = "Wards and their packs"
DISCLOSURE_QUESTION = "Could anybody be recognised?"
DISCLOSURE_LINK = "What can be worked out of each (CSV table)."
CHANGED_QUESTION = "What has changed?"
AGE_QUESTION = "How old are the figures?"
HEADERS = ("Ward", "Council support", "Agreement", "Pack", "Also as")
FIND = "Find a ward by a name or a postcode"
FOUND = "# found"
ALL_QUESTION = "What is there on all wards?"
NO_FILES = "–"
UNREADABLE = "its record can’t be read"
FILES = {
    "figures.html": "annex",
    "worksheet.html": "worksheet",
    "meeting-sheet.html": "meeting sheet",
    "charter.docx": "charter",
    "evidence-pack.pdf": "PDF",
    "evidence-pack-large-print.pdf": "large print",
    "figures.xlsx": "workbook",
    "figures.csv": "CSV",
}


def agreement_states(shown: AgreementsOverview) -> dict[str, str]:
    """Return how far each ward's agreement is, in a word or two, by the ward's code."""
    states = {answer.ward.code: _agreement_state(answer) for answer in shown.answers}
    return states | {ward.code: UNREADABLE for ward in shown.broken}


def _agreement_state(answer: AgreementAnswer) -> str:
    if answer.state is RecordState.GONE:
        return agreements_overview.GONE
    if not answer.record:
        return agreements_overview.NO_RECORD
    example = agreements_overview.INVENTED if answer.is_example else ""
    return f"{answer.record.consultation.state}{example}"


def pack_state(version: str | None, latest: str, reason: str) -> str:
    """Return what there is of a ward's pack: its version beside the latest figures' version."""
    kept = f"; the one of version {version} is kept" if version else ""
    if reason:
        return f"could not be made: {reason}{kept}"
    if not version:
        return "not made yet"
    return "ready" if version == latest else f"older figures (version {version}); make it again"


def ready(packs: int, wards: int, failed: int) -> str:
    """Return how many packs there are, and how many could not be made when it was last tried."""
    first = f"{packs} of {wards} packs {'is' if packs == 1 else 'are'} ready."
    if packs == wards:
        return f"All {wards} packs are ready."
    if not failed:
        return f"{first} The table says how far the others are."
    return f"{first} At the last try {failed} could not be made: the table says why."


def disclosure(withheld: int, width: int, is_dummy: bool) -> str:
    """Return what the attack on an edition's withheld counts found; it found none narrowed."""
    kind = "made-up count" if is_dummy else "count of people"
    if withheld == 0:
        return f"No {kind} is withheld here."
    many = (
        f"One {kind} is" if withheld == 1 else f"{word(withheld).capitalize()} {_plural(kind)} are"
    )
    why = "as real ones would be" if is_dummy else "to protect people"
    return (
        f"{many} withheld here, {why}. Before this was published, a program tried to "
        f"work each one out from all that is printed. It could not: for each, at least "
        f"{word(width)} numbers are still possible."
    )


def _plural(kind: str) -> str:
    return kind.replace("count", "counts")


NOTEBOOKS = {
    "borough": "All wards at once",
    "extremes": "The most and the least deprived ward compared",
    "support": "Who is supported, and why",
    "review": "How the partnership of {ward} is doing",
    "data-quality": "How good the data are",
}
"""The title of each notebook that is published as a page, by the name of its file."""


def notebook_title(name: str, ward: str) -> str:
    """Return the title of a notebook's page, in lists and in a browser's tab."""
    return NOTEBOOKS[name].format(ward=ward)


EDITIONS = "Editions of this project"
WARDS = "Wards of the default edition"
INDICATORS = "Indicators there are for wards"


def editions(shown: Editions) -> str:
    """Return the table of editions."""
    rows = pd.DataFrame(
        {
            "name": edition.id,
            "wards": edition.ward_set,
            "dated": day(edition.dated),
            "as_at": day(edition.data_as_at),
        }
        for edition in shown.editions
    )
    columns = [
        tables.Column("name", "Edition"),
        tables.Column("wards", "Wards of"),
        tables.Column("dated", "Dated"),
        tables.Column("as_at", "Data as at"),
    ]
    return tables.table(rows, columns, EDITIONS)


def wards(shown: Wards) -> str:
    """Return the table of wards."""
    rows = pd.DataFrame(
        {"name": ward.name, "code": ward.code, "state": state}
        for ward, state in zip(shown.wards, shown.states, strict=True)
    )
    columns = [
        tables.Column("name", "Ward"),
        tables.Column("code", "Code"),
        tables.Column("state", "Council support"),
    ]
    return tables.table(rows, columns, WARDS)


def ages(shown: Ages) -> str:
    """Return the table of indicators."""
    rows = shown.rows.assign(
        when=shown.rows.period.map(period),
        real=shown.rows.is_dummy.map(blocks.REAL_OR_NOT),
    )
    columns = [
        tables.Column("title", "Indicator"),
        tables.Column("when", "Latest for wards"),
        tables.Column("real", "Real or made up"),
    ]
    return tables.table(rows, columns, INDICATORS)


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


def verdict_heading(verdict: Verdict) -> str:
    """Return whether the edition can go out."""
    if verdict.is_go:
        return f"Go: the {verdict.edition} can go out."
    return f"Not yet: the {verdict.edition} can’t go out, for {len(verdict.reasons)} reason(s)."


def verdict(shown: Verdict) -> str:
    """Return the answer, the reasons against, and what to know."""
    answer = blocks.titled(verdict_heading(shown))
    return answer + _list(WHY, shown.reasons) + _list(KNOW, shown.notes)


def verdict_text(shown: Verdict) -> str:
    """Return the answer and its reasons, one a line."""
    return "\n".join(
        [verdict_heading(shown), *map(finding_sentence, (*shown.reasons, *shown.notes))]
    )


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


def totals(shown: Totals) -> str:
    """Return the totals that were compared."""
    columns = [
        tables.Column("what", "What was compared"),
        tables.Column("expected", "Expected", "number"),
        tables.Column("found", "Found", "number"),
    ]
    return tables.table(shown.rows, columns, TOTALS)


def _list(question: str, findings: tuple[Finding, ...]) -> Markup:
    lines = blocks.bullets(map(finding_sentence, findings))
    return blocks.paragraph(question) + lines if lines else lines


def description() -> str:
    """Return what an edition is, for search engines and feeds."""
    return DESCRIPTION.format(borough=blocks.borough())
