"""Signs of people: in a text, and in a table that has a row a person.

What is found in a table is said by column number and kind, never by a cell: not in an answer, an
error or a log. In a text, what is sure is kept apart from what may be a place: “Mrs” and a name is a
person, and so is a usual forename with another capitalised word; “Dr Piper House” is a house. A
surname alone goes through, and so does a name whose forename is not among the usual ones.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from darlington_analysis.core.errors import DisclosureError
from darlington_analysis.readers import forenames
from darlington_analysis.readers.forenames import CAPITAL, is_place, usual
from darlington_analysis.readers.numbers import number, plain

_NAME = rf"(?:[A-Z]\.\s*)*{CAPITAL}"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DAY = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\s+\d{{4}}"
    r"|\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4})"
)
# (kind, sure or not, may it be the name of a place, pattern)
_PATTERNS = (
    ("title", True, False, rf"\b(?i:mr|mrs|cllr)\b\.?\s+(?:{_NAME}|[a-z]{{2,}})"),
    ("title", True, True, rf"\b(?:Ms|Miss|Mx|Dr|Clr)\b\.?\s+{_NAME}"),
    (
        "title",
        False,
        True,
        rf"\b(?:Councillor|Doctor|Prof|Professor|Revd?|Reverend|Sir|Dame|Lord|"
        rf"Lady|Sergeant|Sgt|Inspector|PC|PCSO|Father|Sister|Nurse)\b\.?\s+{_NAME}",
    ),
    ("e-mail", True, False, r"[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+"),
    (
        "telephone",
        True,
        False,
        r"(?<![\w.])(?:\+44[\s(]*0?\)?|\(?0)(?=(?:[\s()-]*\d){9,10}(?![\s()-]*\d))[\d\s()-]{8,17}\d",
    ),
    ("postcode", False, False, r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[ABD-HJLNP-UW-Z]{2}\b"),
    (
        "birth",
        True,
        False,
        rf"\b(?i:born\s+(?:on\s+)?(?:the\s+)?{_DAY}|d\.?\s?o\.?\s?b\.?\b"
        rf"\W*{_DAY}|(?:date|day)\s+of\s+birth\W+(?:is\s+|was\s+)?{_DAY})",
    ),
    ("number", True, False, r"\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\s?(?:\d\d\s?){3}[A-D]\b"),
    ("number", True, False, r"(?<![\d+(])[1-9]\d{2}[ -]\d{3}[ -]\d{4}(?!\d)"),
    (
        "home",
        False,
        False,
        rf"\b\d{{1,4}}[a-d]?,?\s+(?:{CAPITAL}\s+){{1,3}}"
        r"(?:Street|Road|Lane|Avenue|Drive|Close|Crescent|Terrace|Grove|Gardens|Square|St|Rd|Ave)\b",
    ),
    ("name", False, True, rf"\b[A-Z]\.\s?(?:[A-Z]\.\s?)?{CAPITAL}[a-z]"),
)


@dataclass(frozen=True)
class Sign:
    """One sign of a person in a text, from one letter to another; ``is_sure`` or to be asked."""

    kind: str
    start: int
    end: int
    is_sure: bool


def signs(text: str) -> tuple[Sign, ...]:
    """Return every sign of a person in a text, in its order; what is found is never repeated.

    Kinds: title, e-mail, telephone, postcode, birth, number, home, name.
    """
    every = [
        Sign(kind, sign.start(), sign.end(), is_sure)
        for kind, is_sure, may_be_place, pattern in _patterns()
        for sign in pattern.finditer(text)
        if not (may_be_place and is_place(text, sign))
    ]
    sure = [(sign.start, sign.end) for sign in every if sign.is_sure]
    kept = [
        sign
        for sign in (*every, *_names_in(text))
        if sign.is_sure or not any(a < sign.end and sign.start < b for a, b in sure)
    ]
    return tuple(sorted(set(kept), key=lambda sign: (sign.start, sign.kind)))


def _names_in(text: str) -> Iterator[Sign]:
    for start, end, is_sure in forenames.found(text):
        yield Sign("name", start, end, is_sure)


@cache
def _patterns() -> tuple[tuple[str, bool, bool, re.Pattern], ...]:
    return tuple((kind, sure, place, re.compile(text)) for kind, sure, place, text in _PATTERNS)


def is_full_name(text: str) -> bool:
    """True for two to four words of which one is a usual forename, in whatever order."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    return 2 <= len(words) <= 4 and not usual().isdisjoint(words)


NAME, BORN, POSTCODE, NUMBER = "a name", "a date of birth", "a postcode", "a person's number"
_MOST_LETTERS = 60
# A header says it by itself, whatever stands below: words apart, no signs, small letters.
_WHOLE = {
    NAME: r"(?:fore|sur|first|last|given|family|full|middle|maiden|child|client|pupil|youth|"
    r"person|young person|known as) ?s? ?names?|initials",
    BORN: r"d ?o ?b|(?:date|day) of birth|birth ?da(?:te|y)|born(?: on)?",
    POSTCODE: r"(?:home )?post ?code|pcds?|postal code|zip",
    "an address": r"(?:home|current|street) address|address (?:line )?\d|house (?:number|name)",
    "a telephone": r"(?:home |mobile )?(?:tele)?phone(?: number| no)?|mobile(?: number| no)?",
    "an e-mail address": r"e ?mail(?: address)?",
    NUMBER: r"nhs (?:number|no)|upn|pnc(?: id| number)?|ni number|"
    r"national insurance(?: number| no)?|(?:client|child|person|pupil) ?(?:id|number|no|ref)",
}
_SOMEBODY = (
    r"(?:y ?p|young persons?|child|client|pupil|youth|person|offender|defendant|nominal|"
    r"service user|student)(?: s)?"
)
# Words that say it wherever they stand: “Date of birth (dd/mm/yyyy)”, “YP DOB”, “DoB / age”.
_WITHIN = {
    NAME: rf"\b(?:(?:fore|sur|(?:first|last|given|middle|maiden) )names?|"
    rf"{_SOMEBODY} ?(?:(?:full )?names?|initials)|names? of (?:the )?{_SOMEBODY})\b",
    BORN: r"\b(?:d ?o ?b|(?:date|day) ?of ?birth|birth ?da(?:te|y))\b",
    POSTCODE: rf"\b(?:home|current|last known|{_SOMEBODY}) post ?code\b|\bpost ?code (?:home|at)\b",
    "an address": r"\b(?:home|current|last known) address\b",
    NUMBER: r"\b(?:nhs (?:number|no)|upn|pnc (?:id|number|no)|national insurance (?:number|no))\b|"
    rf"\b{_SOMEBODY} ?(?:id|urn|ref|reference)\b",
}
_BESIDE = {
    "name": rf"(?:full )?names?|{_SOMEBODY}",
    "age": r"(?:.* )?age(?: (?!group|band|range).*)?",
    "sort": r".*\b(?:ages?|sex|gender)\b.*",
    "deed": r".*\b(?:offences?|outcomes?|disposals?|sentences?|cautions?|charges?)\b.*",
    "place": r".*\b(?:wards?|areas?|lsoas?|districts?|authority|parish|neighbourhood)\b.*",
    "number": r"(?:.* )?(?:id|urn|ref|reference)(?: (?:no|number))?",
}


def says(cell: str, is_among_names: bool) -> str:
    """Return what a header says of its column, "" for most; ``is_among_names`` where its row holds
    names alone: a row of a table of areas may begin with “date of birth unknown”.
    """
    words = _words(cell)
    for patterns, matches in ((_WHOLE, re.fullmatch), (_WITHIN, re.search)):
        if len(words) < _MOST_LETTERS and (patterns is _WHOLE or is_among_names):
            for kind, pattern in patterns.items():
                if matches(pattern, words):
                    return kind
    return ""


def says_beside(cell: str) -> set[str]:
    """Return what a header may say beside others: name, age, sort (age or sex), deed,
    place, number.
    """
    words = _words(cell)
    if len(words) >= _MOST_LETTERS:
        return set()
    return {what for what, pattern in _BESIDE.items() if re.fullmatch(pattern, words)}


def _words(cell: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", cell[:1000].lower()))


_CELLS = {
    POSTCODE: re.compile(
        r"[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}|(?:DL|TS|DH|SR|NE|HG|YO)\d\d?\d[A-Z]{2}", re.I
    ),
    "an e-mail address": re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.I),
    NUMBER: re.compile(r"[A-Z]\d{11}[A-Z\d]|\d{3} \d{3} \d{4}|[A-Z]{2}\d{6}[A-D]"),
}
DATE = re.compile(r"\d{4}-\d\d?-\d\d?(?:[T ].*)?|\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d\d)")
_DAY_CELL = re.compile(
    rf"{DATE.pattern}|\d{{1,2}}-\d{{1,2}}-\d{{4}}"
    r"|\d{1,2}(?:st|nd|rd|th)?[ -][A-Za-z]{3,9},?[ -](?:\d{4}|\d\d)"
)
_OF_MONTH = re.compile(r"(?:\d{4}-\d\d?-)?(\d{1,2})")
_FIRST, _LAST = {1}, {28, 29, 30, 31}  # of a month: days that name periods
_WORDS = re.compile(r"[^\W\d_]+(?:(?:['’ -]|, )[^\W\d_]+){0,3}")
MOST_ROWS, _HEADED = 260, 60  # rows that are looked at; those among which a header stands
_LEAST = 3
_YOUNG = range(8, 26)


def columns_of(rows: Sequence[Sequence[str]]) -> dict[int, str]:
    """Return what tells who people are: column number, from 0, and kind; empty for most tables.

    ``rows`` are a table's cells with its header, wherever that stands, or without one.
    """
    some = [[plain(cell) for cell in row] for row in rows[:MOST_ROWS]]
    wide = max(map(len, some), default=0)
    heads = _heads_of(some, wide)
    beside = [_beside(cells) for cells in heads]
    kinds = {}
    for at in range(wide):
        if kind := _by_header(heads[at]) or _by_cells(_cells(some, at)):
            kinds[at] = kind
    kinds |= {at: kind for at, kind in _together(some, beside).items() if at not in kinds}
    if BORN in kinds.values() or _is_list_of_people(some, wide):
        kinds |= {
            at: NAME
            for at in range(wide)
            if at not in kinds
            and _are_names(some, at, 1 if "name" in beside[at] else 10)
            and "place" not in beside[at]
        }
    return kinds


def refuse(rows: Sequence[Sequence[str]], what: str, allowed: Collection[str] = ()) -> None:
    """Raise DisclosureError where a table has a row a person; no cell of it is quoted.

    Columns of the kinds in ``allowed`` do not count.
    """
    kinds = {at: kind for at, kind in columns_of(rows).items() if kind not in allowed}
    if kinds:
        raise DisclosureError(
            f"{what} seems to have a row a person: {said(kinds)}",
            "Nothing that tells who somebody is enters the library; counts by ward do.",
            "take the file out of data/raw; “add” counts first-time entrants by ward and year",
        )


def said(kinds: dict[int, str]) -> str:
    """Return what was found, for a person: kinds, and columns by number."""
    return ", ".join(f"{kind} in column {at + 1}" for at, kind in sorted(kinds.items()))


def _cells(rows: list[list[str]], at: int) -> list[str]:
    return [row[at] for row in rows if at < len(row) and row[at]]


def _heads_of(rows: list[list[str]], wide: int) -> list[list[tuple[str, bool]]]:
    """Return, for each column, the cells that may head it, and whether each stands among names."""
    among = [at < _HEADED and _is_of_names(row) for at, row in enumerate(rows)]
    return [
        [
            (row[at], flag)
            for row, flag in zip(rows, among, strict=True)
            if at < len(row) and row[at]
        ][:8]
        for at in range(wide)
    ]


def _is_of_names(row: list[str]) -> bool:
    filled = [cell for cell in row if cell]
    is_plain = all(number(cell) is None or re.fullmatch(r"(?:19|20)\d\d", cell) for cell in filled)
    return len(filled) > 1 and is_plain


def _by_header(heads: list[tuple[str, bool]]) -> str:
    """Return the kind that a header names; a header stands once, among the first cells."""
    kinds = (says(cell, among) for cell, among in heads)
    return next(filter(None, kinds), "")


def _beside(heads: list[tuple[str, bool]]) -> set[str]:
    words = (says_beside(cell) for cell, among in heads if among)
    return set().union(*words)


def _together(rows: list[list[str]], beside: list[set[str]]) -> dict[int, str]:
    """Return the columns that tell of people by standing beside each other: a bare “name” and a
    day or a young age; age or sex, what somebody did, and its day.
    """
    wide = len(beside)
    days = [at for at in range(wide) if _are_days(rows, at)]
    ages = [at for at in range(wide) if "age" in beside[at] and _are_ages(rows, at)]
    kinds = {}
    if days or ages:
        kinds = {
            at: NAME
            for at in range(wide)
            if _are_names(rows, at, _LEAST)
            and ("name" in beside[at] or _usual_names(_cells(rows, at)) > 0.2)
        }
    sorts = [at for at in range(wide) if "sort" in beside[at]]
    if days and sorts and any("deed" in words for words in beside):
        kinds |= {at: "an age or a sex" for at in sorts if at not in days}
        kinds |= {at: NUMBER for at in range(wide) if "number" in beside[at] and at not in days}
    return kinds


def _are_days(rows: list[list[str]], at: int) -> bool:
    """True for days on which things happened to somebody, not those that name periods."""
    cells = _cells(rows, at)
    days = [cell for cell in cells if _DAY_CELL.fullmatch(cell)]
    of_month = {int(_OF_MONTH.match(cell)[1]) for cell in days}
    many = len(set(days))
    is_own = many >= 10 or 2 * many > len(cells) - 2
    return many >= _LEAST and is_own and not (of_month <= _FIRST or of_month <= _LAST)


def _are_ages(rows: list[list[str]], at: int) -> bool:
    cells = _cells(rows, at)
    young = sum(cell.isdecimal() and len(cell) < 3 and int(cell) in _YOUNG for cell in cells)
    return young >= _LEAST and young >= 0.8 * (len(cells) - 2)


def _by_cells(cells: list[str]) -> str:
    if _usual_names(cells) > 0.5:
        return NAME
    for kind, pattern in _CELLS.items():
        fitting = sum(bool(pattern.fullmatch(cell)) for cell in cells)
        if fitting >= _LEAST and 2 * fitting > len(cells):
            return kind
    return ""


def _usual_names(cells: list[str]) -> float:
    """Return the share of different cells that name somebody; 0 where only few do."""
    distinct = set(cells)
    named = sum(map(is_full_name, distinct))
    return named / len(distinct) if named >= _LEAST else 0.0


def _is_list_of_people(rows: list[list[str]], wide: int) -> bool:
    """True for names beside days that differ from row to row, with or without a header."""
    days = [
        at
        for at in range(wide)
        if len({cell for cell in _cells(rows, at) if _DAY_CELL.fullmatch(cell)}) >= 10
    ]
    return len(days) >= 2 and any(_are_names(rows, at) for at in range(wide))


def _are_names(rows: list[list[str]], at: int, least: int = 10) -> bool:
    """True where most cells are words and hardly two are alike; a place comes again and again."""
    cells = _cells(rows, at)
    words = [cell for cell in cells if _WORDS.fullmatch(cell)]
    is_full = len(words) >= least and len(words) > 0.8 * len(cells)
    return is_full and len(set(words)) > 0.5 * len(words)
