"""What no file may hold, and how words, lines and bytes are searched for it."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import pandas as pd

from darlington_analysis.catalogue.indicators import register
from darlington_analysis.publishing import leak_words, reading
from darlington_analysis.publishing.leak_words import Withheld

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
        yield from leak_words.leaks(page, self.withheld, own, self.area_names)

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
