"""Evidence as a whole, as a cell shows it: which it is, the first thing it says, what else."""

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

from markupsafe import Markup

from darlington_analysis.evidence.agreement import AgreementAnswer
from darlington_analysis.evidence.borough import BoroughEvidence
from darlington_analysis.evidence.claims import Claim
from darlington_analysis.evidence.contents import Overview
from darlington_analysis.evidence.quality import Quality
from darlington_analysis.evidence.review import Review
from darlington_analysis.evidence.support import SupportEvidence
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.pages import (
    agreements_overview,
    borough,
    claims_text,
    overview,
    quality,
    support,
)
from darlington_analysis.pages.components.numbers import whole

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


_BETTER_OFF = "better off"
Glance = tuple[str, str, Callable[[Any], str], Callable[[Any], str], Any]


def glance(shown: Any) -> str:
    """Return evidence as a whole as HTML."""
    what, of, show, _, first = _first(shown)
    return Markup("<p><strong>{}</strong></p>{}<p>{}</p>").format(
        heading(what, of), Markup(show(first)), parts(_names(shown))
    )


def glance_text(shown: Any) -> str:
    """Return evidence as a whole as text."""
    what, of, _, text, first = _first(shown)
    return f"{heading(what, of)}\n{text(first)}\n{parts(_names(shown))}"


def claim_text(shown: Claim) -> str:
    """Return a claim as the sentence that it is."""
    return claims_text.sentence_of(shown)


def _first(shown: Any) -> Glance:
    """Return what it is, of what, how its first part is shown and told, and that part."""
    if isinstance(shown, Review):
        record = shown.agreement.record
        of = record.partnership if record else shown.agreement.ward.name
        first = shown.measures(_BETTER_OFF)
        return REVIEW, of, agreements_overview.measures, agreements_overview.measures_text, first
    of = shown.table.edition.title
    return {
        Overview: lambda: (PROJECT, of, overview.editions, overview.editions_text, shown.editions),
        BoroughEvidence: lambda: (BOROUGH, of, borough.places, borough.places_text, shown.places()),
        Quality: lambda: (QUALITY, of, quality.verdict, quality.verdict_text, shown.verdict),
        SupportEvidence: lambda: (
            SUPPORT,
            of,
            support.decided,
            support.decided_text,
            shown.decided,
        ),
    }[type(shown)]()


def _names(shown: Any) -> list[str]:
    """Return the names of what can be asked for, as one types them."""
    members = {
        name: member for name, member in vars(type(shown)).items() if not name.startswith("_")
    }
    asked = [
        name for name, member in members.items() if isinstance(member, property | cached_property)
    ]
    called = [f"{name}(…)" for name, member in members.items() if callable(member)]
    return sorted(asked) + sorted(called)
