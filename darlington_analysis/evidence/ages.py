"""How many people of an age group live in a ward, where census bands fit the group."""

import re

from darlington_analysis.evidence.agreement import AgreementAnswer
from darlington_analysis.evidence.table import EditionTable

OLDEST = 200
Span = tuple[int, int]


def of_groups(answer: AgreementAnswer) -> dict[str, int | None]:
    """Return, for each group that was asked, how many of it live here, or None."""
    asked = answer.record.fairness.who_was_asked if answer.record else ()
    bands = _bands(answer.table, answer.ward.code)
    return {each.group: _count(each.group, bands) for each in asked}


def span(words: str) -> Span | None:
    """Return the ages of "under 18", "18 to 64" or "65 and over", None for other words."""
    plain = words.casefold().removeprefix("aged ").strip()
    if found := re.fullmatch(r"under (\d+)", plain):
        return 0, int(found[1]) - 1
    if found := re.fullmatch(r"(\d+) (?:to|-) (\d+)", plain):
        return int(found[1]), int(found[2])
    if found := re.fullmatch(r"(\d+)(?: and over| or over|\+)", plain):
        return int(found[1]), OLDEST
    return None


def _bands(table: EditionTable, code: str) -> dict[Span, int]:
    rows = table.latest("residents")
    own = rows[(rows.area_code == code) & rows.breakdown.str.startswith("age_")]
    return {_band(row.breakdown): int(row.numerator) for row in own.itertuples()}


def _band(name: str) -> Span:
    first, last = name.removeprefix("age_").split("_")
    return int(first), OLDEST if last == "plus" else int(last)


def _count(group: str, bands: dict[Span, int]) -> int | None:
    """Add up bands that fill the group's ages exactly, without a gap or an overlap."""
    wanted = span(group)
    if wanted is None:
        return None
    inside = sorted(band for band in bands if wanted[0] <= band[0] and band[1] <= wanted[1])
    next_age = wanted[0]
    for first, last in inside:
        if first != next_age:
            return None
        next_age = last + 1
    return sum(bands[band] for band in inside) if next_age == wanted[1] + 1 else None
