"""The ledger of what may be said: each claim has an id, a rule, facts, rows and their hash."""

import hashlib
import json
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from darlington_analysis.core.answers import Answer
from darlington_analysis.core.vocabulary import KEY
from darlington_analysis.sources.indicators import Indicator


class RowsUsed:
    """The gated rows that a claim is made from; their keys and hash are made when they are asked for.

    A sentence on page 1 needs neither: the manifest and the ledger of claims do. ``rows`` are the
    rows themselves, or a function that puts them together.
    """

    def __init__(self, rows: pd.DataFrame | Callable[[], pd.DataFrame]):
        self._rows = rows

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The rows of the one table, with whatever columns stand beside them."""
        return self._rows() if callable(self._rows) else self._rows

    @cached_property
    def keys(self) -> tuple[tuple[str, ...], ...]:
        """The rows' keys in the one table, in the order of the rows."""
        return tuple(zip(*(map(str, self.frame[column]) for column in KEY), strict=True))

    @cached_property
    def hash(self) -> str:
        """Twelve letters that change when one of the rows does."""
        return hash_of(self.frame)

    @cached_property
    def is_dummy(self) -> bool:
        """True where one of the rows is made up."""
        return bool(self.frame.is_dummy.any())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RowsUsed) and (self.keys, self.hash) == (other.keys, other.hash)

    __hash__ = None


@dataclass(frozen=True)
class Claim(Answer):
    """One thing that may be said, before it is put into words.

    ``rule`` decides the sentence (wording), ``facts`` fill it, ``rows`` are the keys of the gated
    rows it is made from and ``rows_hash`` is made from those rows alone. ``is_dummy`` is true where
    one of them is made up: such a claim never stands on page 1.
    """

    id: str
    rule: str
    facts: dict
    rows_used: RowsUsed = field(repr=False)

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The keys of the rows it is made from."""
        return self.rows_used.keys

    @property
    def rows_hash(self) -> str:
        """The hash of the rows it is made from; its h keeps spreadsheets from taking 833e57058503
        for a number.
        """
        return f"h{self.rows_used.hash}"

    @property
    def is_dummy(self) -> bool:
        """True where it is made from a made-up figure."""
        return self.rows_used.is_dummy


def claim(rule: str, facts: dict, rows: pd.DataFrame | RowsUsed, about: str = "") -> Claim:
    """Return a claim resting on ``rows`` of the one table.

    Claims that share a ``RowsUsed`` share the work of hashing it.
    """
    used = rows if isinstance(rows, RowsUsed) else RowsUsed(rows)
    return Claim(":".join(part for part in (rule, about) if part), rule, facts, used)


def hash_of(rows: pd.DataFrame) -> str:
    """Return twelve letters that change when any gated row does, whatever the rows' order."""
    return hash_of_lines(lines_of(rows))


def lines_of(rows: pd.DataFrame) -> list[str]:
    """Return each row as one line of text, the same on every machine."""
    return [
        json.dumps([_plain(cell) for cell in row], separators=(",", ":"))
        for row in rows.to_numpy(object).tolist()  # of few rows, far cheaper than itertuples
    ]


def hash_of_lines(lines: Iterable[str]) -> str:
    """Return the hash of rows that are lines already, whatever their order."""
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()[:12]


def _plain(cell) -> str | None:
    """Return a cell as text that is the same on every machine: floats to ten figures."""
    if isinstance(cell, float):
        return None if cell != cell else f"{cell:.10g}"
    if isinstance(cell, str):
        return str(cell)
    return None if pd.isna(cell) else str(cell)


SIGNIFICANT = 3
UNITS = (500, 100, 50, 10, 5)


def decimals_of(value: float, about: Indicator) -> int:
    """Return to how many decimals an indicator's value is printed; -1 is to the nearest ten.

    One for a per cent; for a rate three significant figures, and no decimals.
    """
    if about.kind != "rate":
        return 1
    if not value or math.isnan(value):
        return 0
    return min(0, SIGNIFICANT - 1 - math.floor(math.log10(abs(value))))


def as_printed(value: float, about: Indicator) -> float:
    """Return an indicator's value as it is printed; null stays null."""
    return value if math.isnan(value) else round(value, decimals_of(value, about))


def unit_of_people(low: float, high: float) -> int:
    """Return what a number of people between ``low`` and ``high`` is rounded to.

    The largest round unit no wider than a quarter of the range, under the lower end.
    """
    room = min(abs(high - low) / 4, min(abs(low), abs(high)))
    return next((unit for unit in UNITS if unit <= room), 1)


def to_unit(value: float, unit: int) -> float:
    """Return a number of people to the nearest unit; null stays null."""
    return value if math.isnan(value) else float(unit * round(value / unit))
