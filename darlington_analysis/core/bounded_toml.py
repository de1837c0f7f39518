"""Text files that people write (TOML), read within limits: no file may be a trap."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from darlington_analysis.core.errors import SourceError

Made = TypeVar("Made")
MOST_LETTERS = 500_000  # a record of a partnership has about 10,000
MOST_DEEP = 16  # tables in tables; ours are four deep


class MistakeError(ValueError):
    """A line that is not TOML: ``advice`` says what is wrong there and what to write."""

    def __init__(self, text: str, message: str):
        from darlington_analysis.core.toml_advice import advice

        self.advice, self.message = advice(text, message), message
        told = self.advice
        super().__init__(f"line {told.line}: {told.what}. {told.expected} Write: {told.write}")


def loads(text: str) -> dict[str, Any]:
    """Return what a TOML text says; a byte order mark in front of it is passed over.

    Raises ValueError (MistakeError where the grammar is broken) for text that is none, too long, or
    nested deeper than any file of ours.
    """
    text = text.removeprefix("\ufeff")
    if len(text) > MOST_LETTERS:
        raise ValueError(f"it is longer than {MOST_LETTERS:,} letters")
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise MistakeError(text, str(fault)) from fault
    except RecursionError as fault:
        raise ValueError(_DEEP) from fault
    _refuse_deep(found)
    return found


def own_list(path: Path, make: Callable[[dict[str, Any]], Made], nothing: Made) -> Made:
    """Return what ``make`` makes of a list that a project may have; ``nothing`` where it has none.

    Raises SourceError for a list that can't be used.
    """
    try:
        return make(loads(path.read_text("utf-8")))
    except FileNotFoundError:
        return nothing
    except (ValueError, KeyError, TypeError) as fault:  # no TOML, no UTF-8, another key
        raise SourceError(
            f"data/{path.name} can't be used: {' '.join(str(fault).split())[:200]}",
            "The keys and words of docs/how_to/another_council.md.",
            "correct it, or take the file out: packs are made without it",
        ) from fault


def with_line(text: str, where: tuple) -> str:
    """Return ``line 7, `` for a place in a valid text, "" where it can't be told."""
    from darlington_analysis.core.toml_positions import key_lines, line_of

    lines = key_lines(text.removeprefix("\ufeff"))
    return f"line {line_of(where, lines)}, " if where and lines else ""


_DEEP = f"brackets or dots are nested more than {MOST_DEEP} deep"


def _refuse_deep(found: dict) -> None:
    """Look level by level: a function that calls itself would be caught in the same trap."""
    level: list = [found]
    for _ in range(MOST_DEEP):
        level = [
            inner
            for each in level
            for inner in (each.values() if isinstance(each, dict) else each)
            if isinstance(inner, dict | list)
        ]
    if level:
        raise ValueError(_DEEP)
