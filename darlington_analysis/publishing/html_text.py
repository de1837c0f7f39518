"""Pages read by one reader of HTML: as statements and tables, and for their faults.

Whatever is not ours to trust (a notebook's results, a page that a person changed) is read here.
"""

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256

from bs4 import BeautifulSoup, Tag
from bs4.element import Doctype, PreformattedString, Script, Stylesheet
from markupsafe import escape

from darlington_analysis.pages.components import theme
from darlington_analysis.publishing import unseen
from darlington_analysis.publishing.unseen import plain


def policy(script: str = "") -> str:
    """Return what stands first in a page's head: nothing is loaded, nothing is sent, and nothing
    runs but the one script, by its hash, of a page that has it.
    """
    digest = b64encode(sha256(script.encode()).digest()).decode()
    runs = f"script-src 'sha256-{digest}'; " if script else ""
    return (
        '<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="default-src '
        f"'none'; {runs}style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
        "form-action 'none'\">"
    )


def _head(script: str = "") -> str:
    return f'<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n{policy(script)}\n'


HEAD = _head()


_LEVELS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}


def parsed(html: str) -> BeautifulSoup:
    """Return a page as a tree; an attribute that is given twice holds both of its values."""
    return BeautifulSoup(
        html, "html.parser", multi_valued_attributes=None, on_duplicate_attribute=_both
    )


def _both(attributes: dict, name: str, value: str) -> None:
    attributes[name] = f"{attributes[name]} {value}"


# As a reader meets it: statements under headings, and rows of tables.

_BLOCKS = {
    *_LEVELS,
    *("p", "li", "dt", "dd", "div", "section", "summary", "figcaption", "caption", "th", "td"),
    *("tr", "thead", "tbody", "table", "title", "desc", "br", "pre"),
}


@dataclass(frozen=True)
class Statement:
    """Words of a page and the headings they stand under, the nearest last."""

    text: str
    under: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """A table's row: its caption, its own heading, and each cell with the heading of its column."""

    caption: str
    head: str
    cells: tuple[tuple[str, str], ...]
    under: tuple[str, ...]


@dataclass
class Page:
    """What a page says, in its order."""

    statements: list[Statement] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


def read(html: str) -> Page:
    """Return the statements and table rows of a page, or of a piece of one."""
    reader = _Reader()
    reader.walk(parsed(f"\n{html}"), is_drawn=False)
    reader.flush("")
    return reader.page


class _Reader:
    def __init__(self):
        self.page, self.words = Page(), []
        self.headings: dict[int, str] = {}
        self.caption, self.columns, self.row = "", [], []
        # What attributes say within a row: at which cell, and the words.
        self.beside: list[tuple[int, str]] = []
        self.is_in_row = False

    @property
    def under(self) -> tuple[str, ...]:
        return tuple(self.headings[level] for level in sorted(self.headings))

    def walk(self, element: Tag, *, is_drawn: bool) -> None:
        """Read what is in an element; ``is_drawn``: as letters of a chart, its axes and marks."""
        for part in element.children:
            if isinstance(part, Tag):
                self._element(part, is_drawn=is_drawn)
            elif isinstance(part, PreformattedString):
                if not isinstance(part, Doctype):
                    self._say(part)
            elif isinstance(part, Stylesheet):
                self._say(*unseen.of_style(part))
            elif isinstance(part, Script):
                self._say(*([] if part == theme.script() else part.splitlines()))
            elif not is_drawn:
                self.words.append(part)

    def _element(self, element: Tag, *, is_drawn: bool) -> None:
        name, is_block = element.name, element.name in _BLOCKS
        self._say(*unseen.of_attributes(element), is_of_cell=self.is_in_row)
        if is_block:
            self.flush("")
        if name == "table":
            self.caption, self.columns = "", []
        if name == "tr":
            self.row, self.beside, self.is_in_row = [], [], True
        if name == "svg":
            self._say(*unseen.of_drawn(element.find_all("text")))
        begins_drawing = name == "text" and element.find_parent("svg") is not None
        self.walk(element, is_drawn=begins_drawing or (is_drawn and not is_block))
        if is_block:
            self.flush(name)
        if name == "tr":
            self._end_row()
        if name == "table":
            self.caption = ""

    def _say(self, *said: str, is_of_cell: bool = False) -> None:
        for text in filter(None, map(plain, said)):
            self.page.statements.append(Statement(text, self.under))
            if is_of_cell:
                self.beside.append((len(self.row), text))

    def flush(self, name: str) -> None:
        """Put down the words met since the last block, as what the element makes of them."""
        written, self.words = "".join(self.words), []
        text = plain(written)
        if self.is_in_row and text and name not in ("th", "td"):  # a block within a cell
            self.beside.append((len(self.row), text))
        if name == "pre":
            self.page.statements += _of_lines(written, self.under)
        elif name in ("th", "td"):
            self.row.append((name, text))
        elif name in _LEVELS:
            level = _LEVELS[name]
            self.headings = {at: words for at, words in self.headings.items() if at < level}
            self.page.statements.append(Statement(text, self.under))
            self.headings[level] = text
        elif text:
            if name == "caption":
                self.caption = text
            self.page.statements.append(Statement(text, self.under))

    def _end_row(self) -> None:
        kinds = {kind for kind, _ in self.row}
        texts = [text for _, text in self.row]
        if kinds == {"th"}:
            self.columns = texts
        elif texts:
            columns = self.columns if len(self.columns) == len(texts) else [""] * len(texts)
            cells = list(zip(columns, texts, strict=True))[1:]
            cells += [(columns[min(at, len(columns) - 1)], words) for at, words in self.beside]
            self.page.rows.append(Row(self.caption, texts[0], tuple(cells), self.under))
        self.beside, self.is_in_row = [], False


_ENDS = re.compile(r"\d|\[\w+\]|[.!?]$")  # a line that gives a figure, or ends a sentence


def _of_lines(text: str, under: tuple[str, ...]) -> Iterator[Statement]:
    """Yield the lines of a block as a notebook prints it, each after those that name what it gives.

    The first line may head all others.
    """
    lines = [*filter(None, map(plain, text.splitlines()))]
    named: list[str] = []
    for at, line in enumerate(lines):
        yield Statement("; ".join([*named, line]), (*under, *lines[:1]) if at else under)
        named = [] if _ENDS.search(line) else [*named, line]


# Its headings, and what would shut a reader out.

_ID = re.compile(r'\bid="([^"]*)"')
_LOADS = {"script", "iframe", "object", "embed", "link", "base", "form"}
_STYLES = {"style", "fill", "stroke", "filter", "mask", "clip-path", "marker-end", "cursor"}
_SOURCES = {"src", "srcset", "poster", "data", "background"}
_LOADED_STYLE = re.compile(
    r"@import|\b(?:url|src)\(\s*['\"]?(?!#|data:)|image-set\(\s*['\"](?!data:)", re.IGNORECASE
)
_PLACEHOLDER = "No description has been provided for this image"


@dataclass(frozen=True)
class Heading:
    """One heading: its level, its id and its words."""

    level: int
    id: str
    words: str


def with_heading_ids(body: str) -> tuple[str, list[Heading]]:
    """Return the body with an id on every heading, and the headings in order.

    Ids come from the words, so that a link into a pack outlives the next edition; an id that is
    there already stays. Each h2 is numbered by ``data-section``. Nothing else changes.
    """
    tree = parsed(body)
    taken = {element["id"] for element in tree.find_all(id=True)}
    headings, pieces, end = [], [], 0
    starts = _starts_of_lines(body)
    for element in tree.find_all(list(_LEVELS)):
        words = " ".join(element.get_text().split())
        heading = Heading(
            _LEVELS[element.name], element.get("id") or _free(_slug(words), taken), words
        )
        headings.append(heading)
        start = starts[element.sourceline - 1] + element.sourcepos
        behind = body.index(">", start)
        attributes = body[start + len("<h1") : behind]
        marks = f' id="{escape(heading.id)}"'
        if heading.level == 2:
            marks += f' data-section="{sum(one.level == 2 for one in headings)}"'
        opening = f"<h{heading.level}{marks}{_ID.sub('', attributes).rstrip()}"
        pieces += [body[end:start], opening]
        end = behind
    return "".join([*pieces, body[end:]]), headings


def _starts_of_lines(text: str) -> list[int]:
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts


def _slug(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-") or "section"


def _free(slug: str, taken: set[str]) -> str:
    number, name = 1, slug
    while name in taken:
        number += 1
        name = f"{slug}-{number}"
    taken.add(name)
    return name


def heading_faults(headings: Iterable[Heading]) -> list[str]:
    """Return what is wrong with the headings: not one h1, a level skipped, one without words."""
    headings = list(headings)
    tops = sum(heading.level == 1 for heading in headings)
    faults = [] if tops == 1 else [f"{tops} headings of level 1 in place of one"]
    faults += ["a heading without words" for heading in headings if not heading.words]
    above = 0
    for heading in headings:
        if heading.level > above + 1:
            faults.append(f"level {above} is followed by {heading.level}: {heading.words!r}")
        above = heading.level
    return faults


def has_policy(html: str) -> bool:
    """True where a page begins as ours do, its content policy before all that it could forbid."""
    return html.startswith((HEAD, _head(theme.script())))


def page_faults(html: str) -> list[str]:
    """Return what would shut a reader out: scripts, loads, images without words, ids used twice."""
    elements = parsed(html).find_all(True)
    ids = Counter(element["id"] for element in elements if element.get("id"))
    twice = [f"the id {name!r} is used {n} times" for name, n in ids.items() if n > 1]
    return [fault for element in elements for fault in _faults_of(element)] + twice


def _faults_of(element: Tag) -> list[str]:
    name, given = element.name, element.attrs
    is_ours = name == "script" and not given and element.string == theme.script()
    faults = [f"a <{name}> element"] if name in _LOADS and not is_ours else []
    if name == "img" and (given.get("alt", _PLACEHOLDER) or _PLACEHOLDER) == _PLACEHOLDER:
        faults += ["an image without alt text"] if given.get("alt") != "" else []
    acts = str(given.get("http-equiv", "")).lower()
    if name == "meta" and acts not in ("", "content-security-policy"):
        faults.append(f"a <meta> that acts: {acts}")
    if name == "style" and _loads(element.get_text()):
        faults.append("a style sheet loads a file")
    for attribute, words in given.items():
        faults += _attribute_faults(name, attribute, str(words or "").strip())
    return faults


def _loads(style: str) -> bool:
    """Return whether a style loads something, as a browser reads it."""
    return bool(_LOADED_STYLE.search(unseen.unescaped(style)))


def _attribute_faults(name: str, attribute: str, words: str) -> list[str]:
    attribute = attribute.rpartition(":")[2]  # xlink:href is an href as well
    words = re.sub(r"[\x00-\x20]", "", words)  # a browser passes over them in an address
    if attribute.startswith("on"):
        return [f"a script in {attribute} of <{name}>"]
    is_link = attribute in ("href", "to", "values", "from")  # as a drawing may change it, too
    if is_link and "javascript:" in words.lower():
        return [f"a script in the link of <{name}>"]
    is_drawing = attribute == "href" and name in ("use", "image")
    if attribute in _SOURCES and not words.startswith("data:"):
        return [f"<{name}> loads {words!r}"]
    if is_drawing and not words.startswith(("#", "data:")):
        return [f"<{name}> loads {words!r}"]
    if attribute in _STYLES and _loads(words):
        return [f"the style of <{name}> loads a file"]
    return []
