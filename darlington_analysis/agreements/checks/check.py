"""What a check of an agreement record is, what it is judged beside, and what it finds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from darlington_analysis.agreements.record import Agreement
from darlington_analysis.core.bounded_toml import Where as Path
from darlington_analysis.sources.indicators import NextRelease

ERROR, WARNING, QUESTION = "error", "warning", "question"
SEVERITIES = (ERROR, WARNING, QUESTION)
BETTER, WORSE, SAME = "better", "worse", "same"


@dataclass(frozen=True)
class GapChanges:
    """How far the gaps of all wards to England moved from one period to another.

    ``towards_good`` has a number for each ward, in the indicator's unit: above 0 where the gap
    moved the good way.
    """

    first: str
    last: str
    years: int
    towards_good: tuple[float, ...]

    def as_far(self, distance: float) -> int:
        """Return how many wards moved so far the good way."""
        return sum(moved >= distance for moved in self.towards_good)


@dataclass(frozen=True)
class TargetFacts:
    """What the evidence says of one target.

    ``verdict``: whether it could be told from chance ("told", "not told"), or why that can't be
    judged ("made up", "withheld", "no figure", "neither", "impossible"). ``way``: which way it
    points from now. ``change``: people, or events a year, negative where fewer. ``best``: the best
    figure of any ward now. ``coming``: when a figure is next published that describes a day after
    the two sides began; None where nothing is known of it.

    ``value`` and ``gap``: the newest figure, of ``period``, and how far it is above the country's.
    ``level`` and ``gap_then``: the target as both. ``at_pace`` and ``gap_at_pace``: where the ward
    comes by then if it only keeps the country's pace; not a number where that is not known.
    ``beside``: what the target comes to if the country's figure stood still.
    """

    verdict: str
    value: float
    level: float
    way: str = ""
    period: str = ""
    gap: float = float("nan")
    gap_then: float = float("nan")
    at_pace: float = float("nan")
    gap_at_pace: float = float("nan")
    beside: float = float("nan")
    is_met_by_pace: bool = False
    change: float = float("nan")
    counts_people: bool = False
    years: int = 0
    best: float = float("nan")
    best_ward: str = ""
    gap_changes: GapChanges | None = None
    coming: NextRelease | None = None

    @property
    def distance(self) -> float:
        """How far the gap to the country has to move, in the indicator's unit."""
        return abs(self.beside - self.value)

    @property
    def people_needed(self) -> int | None:
        """How many people would have to differ, None where it is not a number of people."""
        is_known = self.counts_people and self.way == BETTER and self.change == self.change
        return round(abs(self.change)) if is_known else None


@dataclass(frozen=True)
class CheckContext:
    """What a record is checked against. ``targets``: by an outcome's id, what the evidence says.

    ``names``: names of people, which must not stand in a record. ``comments``: what stands after a
    #, with its line. ``signed``: the record as it was signed last. ``residents``: how many people
    live in the wards; ``residents_asked``: how many of each group that was asked live there, None
    where no figure fits. ``places``: names that are of no person. ``as_at``: the day that stands for
    today in packs, which are the same whenever they are made. ``today``: the real one, None in packs.
    """

    aims: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    indicator_titles: tuple[str, ...] = ()
    practices: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    targets: dict[str, TargetFacts] = field(default_factory=dict)
    withheld: range = range(1, 8)
    names: tuple[str, ...] = ()
    comments: tuple[tuple[int, str], ...] = ()
    signed: Agreement | None = None
    residents: int = 0
    residents_asked: dict[str, int | None] = field(default_factory=dict)
    wards: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    as_at: date | None = None
    today: date | None = None


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
