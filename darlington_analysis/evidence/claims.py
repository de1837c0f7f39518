"""The ledger of what may be said: each claim has an id, a rule, facts, rows and their hash."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field

import pandas as pd

from darlington_analysis.core.vocabulary import KEY


@dataclass(frozen=True)
class Claim:
    """One thing that may be said, before it is put into words.

    ``rule`` decides the sentence (wording), ``facts`` fill it, ``rows`` are the keys of the gated
    rows it rests on and ``rows_hash`` is made from those rows alone. ``is_dummy`` is true where
    one of them is made up: such a claim never stands on page 1.
    """

    id: str
    rule: str
    facts: dict
    rows: tuple[tuple[str, ...], ...] = ()
    rows_hash: str = ""
    is_dummy: bool = field(default=False)


def claim(rule: str, facts: dict, rows: pd.DataFrame, about: str = "") -> Claim:
    """Return a claim resting on ``rows`` of the one table."""
    keys = tuple(zip(*(rows[column].map(str) for column in KEY), strict=True))
    return Claim(
        id=":".join(part for part in (rule, about) if part),
        rule=rule,
        facts=facts,
        rows=keys,
        rows_hash=hash_of(rows),
        is_dummy=bool(rows.is_dummy.any()),
    )


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
    if pd.isna(cell):
        return None
    return f"{cell:.10g}" if isinstance(cell, float) else str(cell)
