"""The words that rows, sidecars and registers are written in, each with what is asked of it.

Every word is written once, here. A member is the text itself, so that it can stand in a table's
cell or a JSON file and be compared with what is read from there.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

FIGURE = ["indicator", "area_code", "period", "breakdown"]
"""The columns that name one figure, whichever release it is from."""

KEY = [*FIGURE, "vintage"]
"""The key of the one table: one row a figure and release."""

COLUMNS = [
    "indicator",
    "area_code",
    "area_type",
    "period",
    "breakdown",
    "numerator",
    "denominator",
    "value",
    "lower_limit",
    "upper_limit",
    "confidence",
    "method",
    "fit",
    "share_moved",
    "share_left_out",
    "sharing_error",
    "status",
    "basis",
    "is_dummy",
    "source",
    "vintage",
]
"""The columns of the one table, in order."""

DENOMINATOR = "apportioned_denominator"  # counted in the ward itself, over shared-out residents
FITS = ("exact", "best_fit", "apportioned", DENOMINATOR)
AREA_TYPES = ("ward", "lsoa", "borough", "region", "country")


class Status(StrEnum):
    """What a reader must know of a figure beyond its value; most figures have ``NONE``."""

    NONE = ""
    WITHHELD = "c"
    NOT_AVAILABLE = "x"
    NOT_APPLICABLE = "z"
    UNRELIABLE = "u"
    LOW = "low"  # under half of the smallest number that is shown
    ESTIMATED = "e"
    FORECAST = "f"
    REVISED = "r"
    BREAK = "b"

    @property
    def is_missing(self) -> bool:
        """True where no figure is shown: a row of this status holds nulls."""
        return self in _MISSING

    @property
    def is_testable(self) -> bool:
        """True where a figure is shown and is firm enough to be compared."""
        return not self.is_missing and self not in (Status.UNRELIABLE, Status.LOW)


_MISSING = frozenset({Status.WITHHELD, Status.NOT_AVAILABLE, Status.NOT_APPLICABLE})


def is_missing(statuses: pd.Series) -> pd.Series:
    """Return True for each status of a column that stands where no figure is shown."""
    return statuses.isin([status for status in Status if status.is_missing])


def is_testable(statuses: pd.Series) -> pd.Series:
    """Return True for each status of a column whose figure is firm enough to be compared."""
    return statuses.isin([status for status in Status if status.is_testable])


class Polarity(StrEnum):
    """Which way is good for an indicator; ``NEITHER`` where no side is better."""

    LOW_IS_GOOD = "low is good"
    HIGH_IS_GOOD = "high is good"
    NEITHER = "none"

    @property
    def bad_side(self) -> str:
        """The side of a benchmark that is worse: "higher", "lower", or "" where neither is."""
        sides = {Polarity.LOW_IS_GOOD: "higher", Polarity.HIGH_IS_GOOD: "lower"}
        return sides.get(self, "")

    @property
    def good_side(self) -> str:
        """The side of a benchmark that is better: "higher", "lower", or "" where neither is."""
        sides = {Polarity.LOW_IS_GOOD: "lower", Polarity.HIGH_IS_GOOD: "higher"}
        return sides.get(self, "")

    @property
    def sign_of_good(self) -> int:
        """The sign of a change for the better: -1 where low is good, else 1."""
        return -1 if self is Polarity.LOW_IS_GOOD else 1

    def is_worse(self, comparison: str) -> bool:
        """True where a comparison ("higher", "lower" …) is on the bad side."""
        return bool(self.bad_side) and comparison == self.bad_side

    def is_better(self, comparison: str) -> bool:
        """True where a comparison is on the good side."""
        return bool(self.good_side) and comparison == self.good_side


class Control(StrEnum):
    """Who protects the people in small counts: the publisher has, or this library must."""

    OPEN = "open"
    CONTROLLED = "controlled"


class Basis(StrEnum):
    """Whether a figure was counted or comes from a model."""

    OBSERVED = "observed"
    MODELLED = "modelled"
