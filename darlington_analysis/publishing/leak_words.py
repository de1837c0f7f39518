"""Whether the words of a page give a figure of a withheld count."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from darlington_analysis.publishing import reading
from darlington_analysis.publishing.reading import Page, Row, Statement
from darlington_analysis.sources.indicators import Indicator, register

# Digits that are no figure of anybody: ages, years, the unit of a rate, limits, codes, the rule.
_NO_FIGURE = re.compile(
    r"\[u\] based on fewer than \d+|aged? \d+ (?:to|and) \w+|per 100,000|(?:19|20)\d\d(?:/\d\d)?"
    r"|95%|E\d{8}|\[\w+\]|\d+ wards|of \d+\b(?= wards)"
)
_WORDS = r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten)\b"
_PEOPLE = r"(?:child|young|people|first-time|fewer|more\b|in every)"
_FIGURE = re.compile(
    rf"\d[\d,.]*%?\s*(?:per |%|to |and |{_PEOPLE})|{_WORDS} {_PEOPLE}", re.IGNORECASE
)
_CLAUSES = re.compile(r"(?<=[.!?;:])\s+|,\s+|\s+and\s+|\s+but\s+|\s+while\s+")
_SENTENCES = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True)
class Withheld:
    """A withheld count as words name it: its area, by code and name, and its indicator.

    ``periods`` are the ways its period is written, where another period of it is printed; words
    must name one of them to be about the withheld one.
    """

    area_code: str
    area_name: str
    indicator: Indicator
    periods: tuple[str, ...] = ()

    def is_of_its_time(self, text: str) -> bool:
        """Return whether a text is, or may be, about the withheld period."""
        return not self.periods or any(period in text for period in self.periods)

    def is_named(self, text: str) -> bool:
        """Return whether a text names the ward."""
        return bool(_named((self.area_name,)).search(text)) or self.area_code in text

    def is_about(self, text: str) -> bool:
        """Return whether a text names the indicator."""
        own = self.indicator
        phrases = (own.title, own.short_title, own.what)
        return any(phrase.lower() in text.lower() for phrase in phrases)


def leaks(
    page: Page, withheld: Collection[Withheld], own_code: str, areas: Collection[str]
) -> Iterator[str]:
    """Yield what a page gives away, in words without the figure.

    ``own_code`` is the ward the page is for: words that name no area of ``areas`` are about it.
    """
    for each in withheld:
        is_own = each.area_code == own_code
        where = f"{each.area_name}: {each.indicator.short_title}"
        if any(_row_leaks(row, each, is_own, areas) for row in page.rows):
            yield f"{where}, a table"
        if any(_says(said, each, is_own, areas) for said in page.statements):
            yield f"{where}, a sentence"


def has_figure(text: str) -> bool:
    """Return whether a text holds digits that are a figure, or a number of people in words."""
    left = _NO_FIGURE.sub("", text)
    return bool(re.search(r"\d", left) or _FIGURE.search(left))


def _row_leaks(row: Row, each: Withheld, is_own: bool, areas: Collection[str]) -> bool:
    """Return whether a row that is about the withheld count holds a figure beside it."""
    return any(
        _is_number(cell)
        for column, cell in row.cells
        if _is_its(row, column, each, is_own and not _names_any(f"{row.head} | {column}", areas))
    )


def _is_its(row: Row, column: str, each: Withheld, is_unnamed: bool) -> bool:
    """Return whether a cell is the withheld one's: by its names, or in its ward's own pack.

    A row without an area is about the pack's ward where the indicator heads row or column; the
    title of a file that it came from heads a row of its own story.
    """
    near = " | ".join((row.caption, row.head, column, *row.under))
    if not each.is_of_its_time(near):
        return False
    heads = [re.split(r", | \(", head)[0].lower() for head in (row.head, column)]
    is_headed = {each.indicator.title.lower(), each.indicator.short_title.lower()} & set(heads)
    if is_unnamed and (is_headed or each.is_about(row.caption)):
        return True
    return each.is_named(f"{row.head} | {column}") and each.is_about(near)


def _is_number(cell: str) -> bool:
    """Return whether a cell is a figure, not words about periods or ages that hold digits."""
    return bool(re.match(r"[<>~±-]?\s*\d", _NO_FIGURE.sub("", cell).strip()))


def _says(said: Statement, each: Withheld, is_own: bool, areas: Collection[str]) -> bool:
    if not (each.is_about(" ".join(said.under)) or each.is_about(said.text)):
        return False
    is_of_another = False
    for sentence in _SENTENCES.split(said.text):
        # “Darlington’s figure … would be 13. The band runs from 3 to 29.”: still Darlington’s.
        names_any = _names_any(sentence, areas)
        is_of_another = not each.is_named(sentence) if names_any else is_of_another
        if not each.is_of_its_time(sentence):
            continue
        if any(each.is_named(clause) and has_figure(clause) for clause in _CLAUSES.split(sentence)):
            return True
        unnamed = is_own and not is_of_another and not names_any
        if unnamed and _FIGURE.search(_NO_FIGURE.sub("", sentence)):
            return True
    return False


def _names_any(text: str, areas: Collection[str]) -> bool:
    return bool(_named(tuple(areas)).search(text))


@lru_cache(maxsize=256)
def _named(areas: tuple[str, ...]) -> re.Pattern:
    return re.compile("|".join(rf"\b{re.escape(name)}\b" for name in areas) or r"(?!)")


_WRAPPED = 3  # lines of a heading at most


@dataclass(frozen=True)
class Secrets:
    """What no file may hold: withheld figures, by pack, and these bytes."""

    withheld: tuple[Withheld, ...]
    rows: pd.DataFrame
    area_names: tuple[str, ...]
    never: dict[str, bytes]

    def in_page(self, page: reading.Page, own: str) -> Iterator[str]:
        """Yield what a page gives away; ``own`` is the code of the ward that it is about."""
        yield from leaks(page, self.withheld, own, self.area_names)

    def in_lines(self, text: str, own: str) -> Iterator[str]:
        """Yield what lines give away, each read by itself."""
        lines = [reading.Statement(line, ()) for line in text.splitlines()]
        yield from self.in_page(reading.Page(lines), own)

    def in_layout(self, text: str, headings: Collection[str] = ()) -> Iterator[str]:
        """Yield what a text laid out on paper gives away, each line read under its heading.

        ``headings`` are those of the text; the name of an indicator is one wherever it stands.
        A line is half a sentence: only one that names its ward is known to be about it.
        """
        yield from self.in_page(_under_headings(text, headings), "")

    def in_bytes(self, content: bytes) -> Iterator[str]:
        """Yield what of the bytes that no file may hold stands in others."""
        for what, never in self.never.items():
            if never in content:
                yield what


def _under_headings(text: str, headings: Collection[str]) -> reading.Page:
    """Return a page of the lines, each under the last heading before it, which may be wrapped."""
    known = {_plain(each) for each in headings}
    known |= {
        _plain(name) for each in register().values() for name in (each.title, each.short_title)
    }
    page, under, before = reading.Page(), (), []
    for line in filter(None, (" ".join(line.split()) for line in text.splitlines())):
        before = [*before, line][-_WRAPPED:]
        joined = (" ".join(before[at:]) for at in range(len(before)))
        under = next(((each,) for each in joined if _plain(each) in known), under)
        page.statements.append(reading.Statement(line, under))
    return page


def _plain(words: str) -> str:
    return re.sub(r"[\W_]+", " ", words).strip().lower()
