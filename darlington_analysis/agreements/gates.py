"""What a record must hold before it is agreed: errors stop it, warnings and questions do not."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from darlington_analysis.agreements.record import Agreement
from darlington_analysis.agreements.toml_positions import Path
from darlington_analysis.sources.release_calendar import Coming

ERROR, WARNING, QUESTION = "error", "warning", "question"
SEVERITIES = (ERROR, WARNING, QUESTION)


@dataclass(frozen=True)
class Beside:
    """What a record is judged beside. ``telling``: by an outcome's id, whether its target could be
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
    coming: dict[str, Coming] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    comments: tuple[tuple[int, str], ...] = ()
    signed: Agreement | None = None


@dataclass(frozen=True)
class Finding:
    """One thing a gate found: which gate, where in the record, and what words need."""

    gate: str
    severity: str
    rows: tuple[int, ...]
    where: Path
    facts: dict


@dataclass(frozen=True)
class Gate:
    """One gate: its name, how much it weighs, and the rows of the requirements it answers."""

    name: str
    severity: str
    rows: tuple[int, ...]
    look: Callable[[Agreement, Beside], Iterator[tuple[Path, dict]]]


def gate(name: str, severity: str, *rows: int):
    """Make a gate of a function that yields the place and the facts of everything it finds."""

    def make(look) -> Gate:
        return Gate(name, severity, rows, look)

    return make


def gates() -> tuple[Gate, ...]:
    """Return every gate, errors first."""
    from darlington_analysis.agreements import (
        gates_actions,
        gates_links,
        gates_outcomes,
        gates_people,
        gates_privacy,
    )

    rooms = (gates_actions, gates_links, gates_outcomes, gates_people, gates_privacy)
    found = [each for room in rooms for each in room.GATES]
    return tuple(sorted(found, key=lambda each: SEVERITIES.index(each.severity)))


def judge(record: Agreement, beside: Beside) -> tuple[Finding, ...]:
    """Return everything the gates find in a record: errors, then warnings, then questions."""
    return tuple(
        Finding(each.name, each.severity, each.rows, where, facts)
        for each in gates()
        for where, facts in each.look(record, beside)
    )


def errors(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return the findings that stand in the way of an agreement."""
    return tuple(each for each in findings if each.severity == ERROR)
