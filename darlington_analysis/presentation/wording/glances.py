"""Words of what a cell shows of evidence as a whole: which it is, and what to ask it for."""

from collections.abc import Iterable

from darlington_analysis.evidence.agreement import AgreementAnswer
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.presentation.wording.numbers import whole

PROJECT, BOROUGH, QUALITY = "The whole project", "All wards", "Can it go out?"
SUPPORT, REVIEW = "Who is supported", "How is the partnership doing?"


def heading(what: str, of: str) -> str:
    """Return which evidence it is, and of what."""
    return f"{what}: {of}"


def parts(names: Iterable[str]) -> str:
    """Return what one can ask for."""
    return f"Ask for a part by its name: {', '.join(names)}."


def table(shown: EditionTable) -> str:
    """Return an edition's table in one line."""
    return f"The table of the {shown.edition.title}: {whole(len(shown.rows))} rows"


def agreement(shown: AgreementAnswer) -> str:
    """Return in one line whether a ward has an agreement record, and of whom."""
    whose = shown.record.partnership if shown.record else "no record"
    return f"The agreement of {shown.ward.name}: {whose}"
