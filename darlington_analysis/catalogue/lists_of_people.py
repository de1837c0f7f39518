"""Signs that a table has a row a person: names, dates of birth, postcodes and what else tells who.

What is found is said by column number and kind, never by a cell: not in an answer, an error or a
log. A table of areas has none of these columns.
"""

import re
from collections.abc import Sequence

from darlington_analysis.catalogue.numerals import plain
from darlington_analysis.errors import DisclosureError

NAME, BORN, POSTCODE = "a name", "a date of birth", "a postcode"
# A header says it by itself, whatever stands below: words apart, no signs, small letters.
_HEADERS = {
    NAME: r"(?:fore|sur|first|last|given|family|full|middle|maiden|child|client|pupil|youth|"
    r"person|young person|known as) ?s? ?names?|name of (?:the )?(?:child|young person|person|"
    r"client|pupil)|initials",
    BORN: r"d ?o ?b|(?:date|day) of birth|birth ?da(?:te|y)|born(?: on)?",
    POSTCODE: r"(?:home )?post ?code|pcds?|postal code|zip",
    "an address": r"(?:home|current|street) address|address (?:line )?\d|house (?:number|name)",
    "a telephone": r"(?:home |mobile )?(?:tele)?phone(?: number| no)?|mobile(?: number| no)?",
    "an e-mail address": r"e ?mail(?: address)?",
    "a person's number": r"nhs (?:number|no)|upn|pnc(?: id| number)?|ni number|"
    r"national insurance(?: number| no)?|(?:client|child|person|pupil) ?(?:id|number|no|ref)",
}  # fmt: skip
_CELLS = {
    POSTCODE: re.compile(
        r"[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}|(?:DL|TS|DH|SR|NE|HG|YO)\d\d?\d[A-Z]{2}", re.I
    ),
    "an e-mail address": re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.I),
    "a person's number": re.compile(r"[A-Z]\d{11}[A-Z\d]|\d{3} \d{3} \d{4}|[A-Z]{2}\d{6}[A-D]"),
}
DATE = re.compile(r"\d{4}-\d\d?-\d\d?(?:[T ].*)?|\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d\d)")
_WORDS = re.compile(r"[^\W\d_]+(?:['’ -][^\W\d_]+){0,3}")
_LOOKED_AT = 200  # rows
_LEAST = 3


def columns_of(rows: Sequence[Sequence[str]]) -> dict[int, str]:
    """Return what tells who people are: column number, from 0, and kind; empty for most tables.

    ``rows`` are a table's cells with its header, wherever that stands, or without one.
    """
    some = [[plain(cell) for cell in row] for row in rows[: _LOOKED_AT + 60]]
    wide = max(map(len, some), default=0)
    found = {}
    for at in range(wide):
        cells = [row[at] for row in some if at < len(row) and row[at]]
        if kind := _by_header(cells[:60]) or _by_cells(cells):
            found[at] = kind
    if BORN in found.values() or _is_list_of_people(some, wide):
        found |= {at: NAME for at in range(wide) if at not in found and _are_names(some, at)}
    return found


def refuse(rows: Sequence[Sequence[str]], what: str) -> None:
    """Raise DisclosureError where a table has a row a person; no cell of it is quoted."""
    found = columns_of(rows)
    if found:
        raise DisclosureError(
            f"{what} seems to have a row a person: {said(found)}",
            "Nothing that tells who somebody is enters the library; counts by ward do.",
            "take the file out of data/raw; “add” counts first-time entrants by ward and year",
        )


def said(found: dict[int, str]) -> str:
    """Return what was found, for a person: kinds, and columns by number."""
    return ", ".join(f"{kind} in column {at + 1}" for at, kind in sorted(found.items()))


def _by_header(cells: list[str]) -> str:
    """Return the kind that a header names; a header stands once, among the first cells."""
    for cell in cells[:8]:
        words = " ".join(re.findall(r"[^\W_]+", cell.lower()))
        for kind, pattern in _HEADERS.items():
            if len(words) < 40 and re.fullmatch(pattern, words):
                return kind
    return ""


def _by_cells(cells: list[str]) -> str:
    for kind, pattern in _CELLS.items():
        fitting = sum(bool(pattern.fullmatch(cell)) for cell in cells)
        if fitting >= _LEAST and 2 * fitting > len(cells):
            return kind
    return ""


def _is_list_of_people(rows: list[list[str]], wide: int) -> bool:
    """True for names beside days that differ from row to row, with or without a header."""
    days = [
        at
        for at in range(wide)
        if len({row[at] for row in rows if at < len(row) and DATE.fullmatch(row[at])}) >= 10
    ]
    return len(days) >= 2 and any(_are_names(rows, at) for at in range(wide))


def _are_names(rows: list[list[str]], at: int) -> bool:
    """True where most cells are words and hardly two are alike; a place comes again and again."""
    cells = [row[at] for row in rows if at < len(row) and row[at]]
    words = [cell for cell in cells if _WORDS.fullmatch(cell)]
    return len(words) >= 10 and len(words) > 0.8 * len(cells) and len(set(words)) > 0.5 * len(words)
