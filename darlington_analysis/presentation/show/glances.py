"""Evidence as a whole, as a cell shows it: which it is, the first thing it says, what else."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from markupsafe import Markup

from darlington_analysis.evidence.borough import BoroughEvidence
from darlington_analysis.evidence.claims import Claim
from darlington_analysis.evidence.contents import Overview
from darlington_analysis.evidence.options import SupportEvidence
from darlington_analysis.evidence.quality import Quality
from darlington_analysis.evidence.review import Review
from darlington_analysis.presentation.show import borough, coverage, options, overview, quality
from darlington_analysis.presentation.wording import glances as words
from darlington_analysis.presentation.wording import sentences

_BETTER_OFF = "better off"
Glance = tuple[str, str, Callable[[Any], str], Callable[[Any], str], Any]


def glance(shown: Any) -> str:
    """Return evidence as a whole as HTML."""
    what, of, show, _, first = _first(shown)
    return Markup("<p><strong>{}</strong></p>{}<p>{}</p>").format(
        words.heading(what, of), Markup(show(first)), words.parts(_names(shown))
    )


def glance_text(shown: Any) -> str:
    """Return evidence as a whole as text."""
    what, of, _, told, first = _first(shown)
    return f"{words.heading(what, of)}\n{told(first)}\n{words.parts(_names(shown))}"


def claim_text(shown: Claim) -> str:
    """Return a claim as the sentence that it is."""
    return sentences.say(shown)


def _first(shown: Any) -> Glance:
    """Return what it is, of what, how its first part is shown and told, and that part."""
    if isinstance(shown, Review):
        record = shown.agreement.record
        of = record.partnership if record else shown.agreement.ward.name
        first = shown.measures(_BETTER_OFF)
        return words.REVIEW, of, coverage.measures, coverage.measures_text, first
    of = shown.table.edition.title
    return {
        Overview: lambda: (words.PROJECT, of, overview.editions, overview.editions_text,
                           shown.editions),
        BoroughEvidence: lambda: (words.BOROUGH, of, borough.places, borough.places_text,
                                  shown.places()),
        Quality: lambda: (words.QUALITY, of, quality.verdict, quality.verdict_text,
                          shown.verdict),
        SupportEvidence: lambda: (words.SUPPORT, of, options.decided, options.decided_text,
                                  shown.decided),
    }[type(shown)]()  # fmt: skip


def _names(shown: Any) -> list[str]:
    """Return the names of what can be asked for, as one types them."""
    own = {name: each for name, each in vars(type(shown)).items() if not name.startswith("_")}
    asked = [name for name, each in own.items() if isinstance(each, property | cached_property)]
    called = [f"{name}(…)" for name, each in own.items() if callable(each)]
    return sorted(asked) + sorted(called)
