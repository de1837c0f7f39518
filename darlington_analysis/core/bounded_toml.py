"""Text files that people write (TOML), read within limits: no file may be a trap."""

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from darlington_analysis.core.errors import SourceError

Made = TypeVar("Made")
MOST_LETTERS = 500_000  # a record of a partnership has about 10,000
_MOST_BYTES = 4 * MOST_LETTERS  # a letter of UTF-8 takes four bytes at most
MOST_DEEP = 16  # tables in tables; ours are four deep


class MistakeError(ValueError):
    """A line that is not TOML: ``advice`` says what is wrong there and what to write."""

    def __init__(self, text: str, message: str):
        from darlington_analysis.core.toml_advice import advice

        self.advice, self.message = advice(text, message), message
        mistake = self.advice
        super().__init__(
            f"line {mistake.line}: {mistake.what}. {mistake.expected} Write: {mistake.write}"
        )


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a text file that people write. Raises OSError, and ValueError where it is
    so long that it is not read to its end.
    """
    with path.open("rb") as stream:
        content = stream.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise ValueError(f"it is longer than {MOST_LETTERS:,} letters")
    return content


def read_text(path: Path) -> str:
    """Return the text of a file as ``read_bytes``; ValueError also where it is not UTF-8.

    The line ends of old Macs become those of today.
    """
    text = read_bytes(path).decode("utf-8")
    return text if "\n" in text else text.replace("\r", "\n")


def loads(text: str) -> dict[str, Any]:
    """Return what a TOML text says; a byte order mark in front of it is passed over.

    Raises ValueError (MistakeError where the grammar is broken) for text that is none, too long, or
    nested deeper than any file of ours.
    """
    text = text.removeprefix("\ufeff")
    if len(text) > MOST_LETTERS:
        raise ValueError(f"it is longer than {MOST_LETTERS:,} letters")
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise MistakeError(text, str(fault)) from fault
    except RecursionError as fault:
        raise ValueError(_DEEP) from fault
    _refuse_deep(content)
    return content


def own_list(path: Path, make: Callable[[dict[str, Any]], Made], nothing: Made) -> Made:
    """Return what ``make`` makes of a list that a project may have; ``nothing`` where it has none.

    Raises SourceError for a list that can't be used.
    """
    try:
        return make(loads(read_text(path)))
    except FileNotFoundError:
        return nothing
    except (ValueError, KeyError, TypeError) as fault:  # no TOML, no UTF-8, another key
        raise SourceError(
            f"data/{path.name} can't be used: {' '.join(str(fault).split())[:200]}",
            "The keys and words of docs/how_to/another_council.md.",
            "correct it, or take the file out: packs are made without it",
        ) from fault


_DEEP = f"brackets or dots are nested more than {MOST_DEEP} deep"


def _refuse_deep(content: dict) -> None:
    """Look level by level: a function that calls itself would be caught in the same trap."""
    level: list = [content]
    for _ in range(MOST_DEEP):
        level = [
            inner
            for table in level
            for inner in (table.values() if isinstance(table, dict) else table)
            if isinstance(inner, dict | list)
        ]
    if level:
        raise ValueError(_DEEP)


_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?")
_NAME = r"""(?:[\w-]+|"[^"]*"|'[^']*')"""
_KEY = re.compile(rf"\s*({_NAME}(?:\s*\.\s*{_NAME})*)\s*=\s*")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'', re.DOTALL
)

_HASH = re.compile(rf"{_STRING.pattern}|#([^\n]*)", re.DOTALL)
COMMENT = "#"

Where = tuple[str | int, ...]


def key_lines(text: str) -> dict[Where, int]:
    """Return the line, from 1, of every table, key and element of an array in valid TOML.

    A path is what pydantic calls a location: ``("outcomes", 0, "words")``.
    """
    lines: dict[Where, int] = {}
    table: Where = ()
    counts: dict[Where, int] = {}
    place = 0
    while place < len(text):
        line = text.count("\n", 0, place) + 1
        header, key = _HEADER.match(text, place), _KEY.match(text, place)
        if header and header[0].lstrip().startswith("["):
            table = _table(header, counts)
            lines.setdefault(table, line + header[0].count("\n", 0, _lead(header[0])))
            place = _next_line(text, header.end())
        elif key:
            path = (*table, *_names(key[1]))
            lines[path] = line + key[0].count("\n", 0, _lead(key[0]))
            place = _value(text, key.end(), path, lines)
        else:
            place = _next_line(text, place)
    return lines


def comments(text: str) -> tuple[tuple[int, str], ...]:
    """Return what stands after each # of valid TOML, with its line: its place is COMMENT, line."""
    return tuple(
        (text.count("\n", 0, comment.start()) + 1, comment[1].strip())
        for comment in _HASH.finditer(text)
        if comment[1]
    )


def line_of(path: Where, lines: dict[Where, int]) -> int:
    """Return the line of a path, of the first thing in it, or of the nearest thing round it."""
    if path[:1] == (COMMENT,):
        return path[1]
    for length in range(len(path), 0, -1):
        near = path[:length]
        inside = [line for other, line in lines.items() if other[:length] == near]
        if inside:
            return lines.get(near, min(inside))
    return 1


def _lead(matched: str) -> int:
    """Return how many letters of white space stand in front: the pattern may swallow lines."""
    return len(matched) - len(matched.lstrip())


def _table(header: re.Match, counts: dict[Where, int]) -> Where:
    path: Where = ()
    names = _names(header[2])
    for name in names[:-1]:
        path = (*path, name)
        path = (*path, counts[path] - 1) if path in counts else path
    path = (*path, names[-1])
    if header[1] == "[[":
        counts[path] = counts.get(path, 0) + 1
        return (*path, counts[path] - 1)
    return path


def _names(dotted: str) -> Where:
    parts = re.findall(r"\"[^\"]*\"|'[^']*'|[\w-]+", dotted)
    return tuple(part.strip("\"'") for part in parts)


def _value(text: str, place: int, path: Where, lines: dict[Where, int]) -> int:
    """Walk to the end of a value; note where each element of an array begins."""
    depth, element, is_waiting = 0, 0, False
    while place < len(text):
        string, letter = _STRING.match(text, place), text[place]
        if is_waiting and not letter.isspace() and letter not in "#],":
            lines[(*path, element)] = text.count("\n", 0, place) + 1
            is_waiting = False
        if string or letter == "#":
            place = string.end() if string else _next_line(text, place) - 1
            continue
        if letter == "\n" and depth == 0:
            return place + 1
        depth += (letter in "[{") - (letter in "]}")
        if depth == 1 and letter in "[,":
            element, is_waiting = element + (letter == ","), True
        place += 1
    return place


def _next_line(text: str, place: int) -> int:
    end = text.find("\n", place)
    return len(text) if end < 0 else end + 1
