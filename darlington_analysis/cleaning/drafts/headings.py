"""Periods inside the names of columns: “2011 rate”, “Count 2018/19”, a year over a measure."""

import re

from darlington_analysis.catalogue import period_labels
from darlington_analysis.cleaning.drafts.looking import Column

_MONTHS = "|".join(sorted(period_labels.MONTHS, key=len, reverse=True))
_YEAR = r"(?:19|20)\d\d"
_INSIDE = re.compile(
    rf"(?<![\w/.])(?:"
    rf"(?:(?:12|twelve) months|year) (?:ending|to)(?: in)? (?:\d+ )?(?:{_MONTHS}) {_YEAR}"
    rf"|(?:{_MONTHS}) {_YEAR} (?:-|\u2013|to) (?:{_MONTHS}) {_YEAR}"
    rf"|(?:{_MONTHS})[ -](?:{_YEAR}|\d\d)"
    rf"|q[1-4] ?{_YEAR}|{_YEAR} ?q[1-4]"
    rf"|{_YEAR}\s?[-/\u2013]\s?(?:{_YEAR}|\d\d)"
    rf"|mid[- ]{_YEAR}|{_YEAR}\d\d|{_YEAR}"
    rf")(?![\w/])",
    re.IGNORECASE,
)


def halves(every: list[Column], figures: list[Column]) -> list[tuple[str, str, str]]:
    """Return column, period and the rest of its name for columns of figures that name a period,
    those with marks alone included.

    Empty unless every column does, or one thing is measured in two periods: a year that stands in
    a single name among others may be part of what is measured.
    """
    able = [column for column in every if column in figures or column.is_marks]
    told = [half for column in able if (half := _half(column.name))]
    periods: dict[str, set[str]] = {}
    for _, period, rest in told:
        periods.setdefault(rest, set()).add(period)
    is_repeated = any(len(each) > 1 for each in periods.values())
    return told if is_repeated or (told and len(told) >= len(figures)) else []


def _half(name: str) -> tuple[str, str, str] | None:
    """Return a name's period and what is left of it; a part of a joined name may be a period."""
    said = name.split(" | ")
    whole = next((part for part in said if period_labels.readings(part)), "")
    if whole:
        return (name, whole, " ".join(part for part in said if part != whole))
    found = _INSIDE.search(name.replace("_", " "))
    if not found or not period_labels.readings(found[0]):
        return None
    rest = name[: found.start()] + " " + name[found.end() :]
    return (name, found[0], re.sub(r"[\s_|:,()\-\u2013]+", " ", rest).strip())
