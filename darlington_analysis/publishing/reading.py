"""A published page read as a reader meets it: statements under headings, and rows of tables."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = {
    *_HEADINGS,
    "p",
    "li",
    "dt",
    "dd",
    "div",
    "section",
    "summary",
    "figcaption",
    "caption",
    "th",
    "td",
    "tr",
    "thead",
    "tbody",
    "table",
    "title",
    "desc",
    "br",
    "pre",
}
_UNREAD = ("style", "script", "text")  # a chart's <text> is its axes and marks
_SAID = ("alt", "aria-label", "aria-description", "title", "content", "value", "placeholder")


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
    reader.feed(html)
    reader.close()
    reader.flush("")
    return reader.page


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.page, self.words, self.unread = Page(), [], 0
        self.headings: dict[int, str] = {}
        self.caption, self.columns, self.row = "", [], []

    @property
    def under(self) -> tuple[str, ...]:
        return tuple(self.headings[level] for level in sorted(self.headings))

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.unread += tag in _UNREAD
        for name, words in attrs:
            if name in _SAID and words:
                self.page.statements.append(Statement(" ".join(words.split()), self.under))
        if tag in _BLOCKS:
            self.flush("")
        if tag == "table":
            self.caption, self.columns = "", []
        if tag == "tr":
            self.row = []

    def handle_endtag(self, tag: str) -> None:
        self.unread -= tag in _UNREAD
        if tag in _BLOCKS:
            self.flush(tag)
        if tag == "tr":
            self._end_row()
        if tag == "table":
            self.caption = ""

    def handle_data(self, data: str) -> None:
        if self.unread <= 0:
            self.words.append(data)

    def handle_comment(self, data: str) -> None:
        self.page.statements.append(Statement(" ".join(data.split()), self.under))

    def flush(self, tag: str) -> None:
        """Put down the words met since the last block, as what ``tag`` makes of them."""
        text, self.words = " ".join("".join(self.words).split()), []
        if tag in ("th", "td"):
            self.row.append((tag, text))
        elif tag in _HEADINGS:
            level = int(tag[1])
            self.headings = {at: words for at, words in self.headings.items() if at < level}
            self.page.statements.append(Statement(text, self.under))
            self.headings[level] = text
        elif text:
            if tag == "caption":
                self.caption = text
            self.page.statements.append(Statement(text, self.under))

    def _end_row(self) -> None:
        kinds = {kind for kind, _ in self.row}
        texts = [text for _, text in self.row]
        if kinds == {"th"}:
            self.columns = texts
        elif texts:
            columns = self.columns if len(self.columns) == len(texts) else [""] * len(texts)
            cells = tuple(zip(columns, texts, strict=True))[1:]
            self.page.rows.append(Row(self.caption, texts[0], cells, self.under))
