"""What a check of an agreement record is, and what it finds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from darlington_analysis.agreements.record import Agreement
from darlington_analysis.core.bounded_toml import Where as Path
from darlington_analysis.sources.indicators import NextRelease

ERROR, WARNING, QUESTION = "error", "warning", "question"
SEVERITIES = (ERROR, WARNING, QUESTION)


@dataclass(frozen=True)
class CheckContext:
    """What a record is checked against. ``telling``: by an outcome's id, whether its target could be
    told from chance ("told", "not told", "made up", "withheld", "no figure").
    ``coming``: by an outcome's id, when a figure is next to be had, and until when the target was
    set. ``names``: names of people, which must not stand in a record. ``comments``: what stands
    after a #, with its line. ``signed``: the record as it was signed last.
    """

    aims: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    indicator_titles: tuple[str, ...] = ()
    practices: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    telling: dict[str, str] = field(default_factory=dict)
    withheld: range = range(1, 8)
    coming: dict[str, NextRelease] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    comments: tuple[tuple[int, str], ...] = ()
    signed: Agreement | None = None


@dataclass(frozen=True)
class Finding:
    """One thing a check found: which check, where in the record, and what words need."""

    check: str
    severity: str
    rows: tuple[int, ...]
    where: Path
    facts: dict


@dataclass(frozen=True)
class Check:
    """One check: its name, how much it weighs, and the rows of the requirements it answers."""

    name: str
    severity: str
    rows: tuple[int, ...]
    look: Callable[[Agreement, CheckContext], Iterator[tuple[Path, dict]]]


def check(name: str, severity: str, *rows: int):
    """Make a check of a function that yields the place and the facts of everything it finds."""

    def make(look) -> Check:
        return Check(name, severity, rows, look)

    return make


def errors(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return the findings that stand in the way of an agreement."""
    return tuple(finding for finding in findings if finding.severity == ERROR)
