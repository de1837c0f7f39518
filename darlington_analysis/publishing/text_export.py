"""A published page as plain text: every word of it in its order, a table's row a line."""

from html.parser import HTMLParser
from pathlib import Path
from textwrap import fill

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
