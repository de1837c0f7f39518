"""Other formats of published packs: on paper, in large print, as text or workbook, with code."""

import html as text
import re
from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from textwrap import fill
from typing import NamedTuple

import nbformat

from darlington_analysis.core.errors import UsageError
from darlington_analysis.core.settings import Edition, Settings
from darlington_analysis.pages import page as files
from darlington_analysis.pages import page as pages
from darlington_analysis.publishing import html, manifest, pack, pdf, statement, workbook

_HEADINGS = {"h1": "=", "h2": "-", "h3": "", "h4": "", "h5": ""}
_BLOCKS = {*_HEADINGS, "p", "li", "dt", "dd", "caption", "th", "td", "pre", "desc"}
# What is not part of what the page says: its look, its frame, a drawing's own marks and letters.
_UNREAD = {"head", "style", "text", "title", "nav", "header"}
_SCREEN_ONLY = {"skip-link", "swipe", "download"}
_WIDTH = 72


def write(page: Path, into: Path) -> None:
    """Write a page as plain text: UTF-8, lines of 72 letters, but a table's rows each on its own.

    A drawing becomes its words, which say what its table says. Withheld stays ``[c]``.
    """
    into.write_text(text_of(page.read_text("utf-8")), "utf-8")


def text_of(html: str) -> str:
    """Return a page as plain text."""
    writer = _Writer()
    writer.feed(html)
    writer.close()
    return "\n".join(writer.lines).strip() + "\n"


class _Writer(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.lines, self.words, self.unread = [], [], 0
        self.columns, self.row, self.term = [], [], ""
        self.open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.open.append((tag, tag in _UNREAD or dict(attrs).get("class") in _SCREEN_ONLY))
        self.unread += self.open[-1][1]
        if tag in _BLOCKS:
            self.words = []
        if tag == "table":
            self.columns = []
        if tag == "tr":
            self.row = []

    def handle_endtag(self, tag: str) -> None:
        is_read = self.unread == 0
        while self.open and self.open[-1][0] != tag:  # what has no end of its own: img, br, path
            self.unread -= self.open.pop()[1]
        self.unread -= self.open.pop()[1] if self.open else 0
        if tag in _BLOCKS and is_read:
            self._end(tag, " ".join("".join(self.words).split()))
            self.words = []
        if tag == "tr" and self.row:
            self._end_row()

    def handle_data(self, data: str) -> None:
        if self.unread == 0:
            self.words.append(data)

    def _end(self, tag: str, said: str) -> None:
        if tag in ("th", "td"):
            self.row.append((tag, said))
        elif tag == "dt":
            self.term = said
        elif tag in _HEADINGS:
            self.lines += ["", "", said, *([_HEADINGS[tag] * len(said)] if _HEADINGS[tag] else [])]
        elif said:
            begin = {"li": "- ", "dd": f"{self.term}: "}.get(tag, "")
            gap = [] if tag in ("li", "dd") else [""]
            self.lines += [*gap, _lines(begin + said)]

    def _end_row(self) -> None:
        texts = [said for _, said in self.row]
        if all(kind == "th" for kind, _ in self.row):
            self.columns = texts
        else:
            named = zip(self.columns[1:] or [""] * len(texts), texts[1:], strict=False)
            cells = "; ".join(f"{column} {said}".strip() for column, said in named)
            self.lines.append(f"  {texts[0]}: {cells}")
        self.row = []


def _lines(said: str) -> str:
    return fill(said, _WIDTH, break_long_words=False, break_on_hyphens=False)


_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


@dataclass(frozen=True)
class Published:
    """A pack that lies in its edition's folder: the folder, its ward's name, edition, settings."""

    folder: Path
    ward: str
    edition: Edition
    settings: Settings


def make(published: Published, kinds: list[str]) -> list[str]:
    """Make the formats of ``kinds`` beside a pack's page; return the names of the files.

    The manifest lists them. Raises UsageError where the pack is not there or not as it was
    published, or what a format needs is missing.
    """
    if pack.version_of(published.folder) is None:
        raise UsageError(
            f"There is no pack of {published.ward} in reports/{published.edition.id}",
            "Other formats are made of the page that was published.",
            f'python -m darlington_analysis packs --ward "{published.ward}"',
        )
    for kind in kinds:
        manifest.check_source(published.folder, KINDS[kind].source)
    for kind in kinds:
        KINDS[kind].write(published, published.folder / KINDS[kind].name)
    made = {KINDS[kind].name: KINDS[kind].source for kind in kinds}
    manifest.vouch(published.folder, made)
    return list(made)


def kinds_in(folder: Path) -> list[str]:
    """Return which formats a pack's manifest lists."""
    there = manifest.listed(folder)
    return [kind for kind, each in KINDS.items() if each.name in there]


def _pdf(published: Published, into: Path) -> None:
    pdf.write(published.folder / pack.PAGE, into)


def _large(published: Published, into: Path) -> None:
    pdf.write(published.folder / pack.PAGE, into, large=True)


def _workbook(published: Published, into: Path) -> None:
    figures, ask = published.folder / pack.FIGURES, published.settings.roles.ask
    workbook.write(figures, into, published.ward, published.edition, ask)


def _analyst(published: Published, into: Path) -> None:
    title = text.unescape(_TITLE.search((published.folder / pack.PAGE).read_text("utf-8"))[1])
    version = pack.version_of(published.folder)
    page = html.render(
        nbformat.read(published.folder / pack.EXECUTED, as_version=4),
        files.analyst_title(title),
        files.analyst_title(title),
        html.footer(pages.footer(published.edition, version), statement.ABOVE),
        words=html.words(),
        home=("../index.html", pages.back_to_index(published.edition)),
        template="analyst",
        part=html.BOTH,
    )
    into.write_text(page, "utf-8")


class Kind(NamedTuple):
    """One format: its file, the file of the pack that it is made of, and who writes it."""

    name: str
    source: str
    write: Callable[[Published, Path], None]


def _text(published: Published, into: Path) -> None:
    write(published.folder / pack.PAGE, into)


KINDS = {
    "pdf": Kind("evidence-pack.pdf", pack.PAGE, _pdf),
    "large-print": Kind("evidence-pack-large-print.pdf", pack.PAGE, _large),
    "workbook": Kind("figures.xlsx", pack.FIGURES, _workbook),
    "text": Kind("evidence-pack.txt", pack.PAGE, _text),
    "analyst": Kind("evidence-pack-with-code.html", pack.EXECUTED, _analyst),
}
