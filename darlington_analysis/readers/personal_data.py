"""Signs that a text names or points to a person: titles with names, e-mail, telephones, homes.

What is sure is told from what may be a place: “Mrs” and a name is a person, “Dr Piper House” is a
house, and two capitals in a row may be either. It finds signs, it can't find every person: a name
without a title that is not among the usual forenames goes through.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_CAPITAL = r"[A-Z][\w’'-]*"
_NAME = rf"(?:[A-Z]\.\s*)*{_CAPITAL}"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DAY = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\s+\d{{4}}"
    r"|\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4})"
)
_PLACE = (
    "Street|Road|Lane|Avenue|Drive|Close|Crescent|Terrace|Court|Place|Square|Way|Grove|Gardens|"
    "House|Hall|Park|School|College|Academy|Church|Centre|Center|Hospital|Surgery|Practice|"
    "Library|Club|Hotel|Theatre|Ward|Green|Estate|Trust|Foundation|Lodge|Building|Parish|Day"
)
_AFTER_PLACE = re.compile(rf"(?:\s+{_CAPITAL})*?\s+(?:{_PLACE})\b")
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
        rf"\b\d{{1,4}}[a-d]?,?\s+(?:{_CAPITAL}\s+){{1,3}}"
        r"(?:Street|Road|Lane|Avenue|Drive|Close|Crescent|Terrace|Grove|Gardens|Square|St|Rd|Ave)\b",
    ),
    ("name", False, True, rf"\b[A-Z]\.\s?(?:[A-Z]\.\s?)?{_CAPITAL}[a-z]"),
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
    found = [
        Sign(kind, each.start(), each.end(), is_sure)
        for kind, is_sure, may_be_place, pattern in _patterns()
        for each in pattern.finditer(text)
        if not (may_be_place and _is_place(text, each))
    ]
    sure = [(each.start, each.end) for each in found if each.is_sure]
    kept = [
        each
        for each in (*found, *_forenames(text))
        if each.is_sure or not any(a < each.end and each.start < b for a, b in sure)
    ]
    return tuple(sorted(set(kept), key=lambda each: (each.start, each.kind)))


@cache
def _patterns() -> tuple[tuple[str, bool, bool, re.Pattern], ...]:
    return tuple((kind, sure, place, re.compile(text)) for kind, sure, place, text in _PATTERNS)


def is_full_name(text: str) -> bool:
    """True for two to four words of which one is a usual forename, in whatever order."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    return 2 <= len(words) <= 4 and not _usual().isdisjoint(words)


@cache
def _usual() -> frozenset[str]:
    return frozenset(name.lower() for row in _rows() for name in row)


def _rows() -> list[list[str]]:
    text = files("darlington_analysis.readers").joinpath("forenames.txt").read_text("utf-8")
    return [line.split() for line in text.splitlines() if line and not line.startswith("#")]


@cache
def _names() -> tuple[frozenset[str], re.Pattern]:
    """Return forenames that are nothing else, and the pattern of those that are words as well."""
    alone, with_surname = _rows()[:2]
    return frozenset(alone), re.compile(rf"\b(?:{'|'.join(with_surname)})\s+[A-Z][a-z]\w+")


def _forenames(text: str) -> Iterator[Sign]:
    alone, pattern = _names()
    words = re.finditer(r"(?<![\w’'])(?<!St )(?<!St\. )(?<!Saint )[A-Z][a-z]+", text)
    for each in (*(word for word in words if word[0] in alone), *pattern.finditer(text)):
        if not _is_place(text, each):
            yield Sign("name", each.start(), each.end(), is_sure=False)


def _is_place(text: str, found: re.Match) -> bool:
    """True where what was found goes on as the name of a place: “Dr Piper House”."""
    ends_so = re.search(rf"\b(?:{_PLACE})$", found[0]) is not None
    before = text[: found.start()].rstrip().rpartition(" ")[2]
    is_saint = before in ("St", "St.", "Saint", "King", "Queen", "Prince", "Princess")
    return ends_so or is_saint or _AFTER_PLACE.match(text, found.end()) is not None
