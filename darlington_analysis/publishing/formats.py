"""Other formats of published packs: on paper, in large print, as text or workbook, with code."""

import logging
import os
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from textwrap import fill
from typing import Any, NamedTuple

import nbformat
import pandas as pd
from bs4 import Tag
from bs4.element import PreformattedString

from darlington_analysis.core import atomic
from darlington_analysis.core.errors import UsageError
from darlington_analysis.core.settings import Edition, Settings
from darlington_analysis.pages import page as words
from darlington_analysis.pages.components import blocks
from darlington_analysis.pages.components.numbers import period
from darlington_analysis.publishing import html, html_text, pack, statement
from darlington_analysis.sources.indicators import indicator


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
        pack.check_source(published.folder, KINDS[kind].source)
    for kind in kinds:
        KINDS[kind].write(published, published.folder / KINDS[kind].name)
    made = {KINDS[kind].name: KINDS[kind].source for kind in kinds}
    pack.vouch(published.folder, made)
    return list(made)


def kinds_in(folder: Path) -> list[str]:
    """Return which formats a pack's manifest lists."""
    there = pack.formats_listed(folder)
    return [kind for kind, form in KINDS.items() if form.name in there]


def _pdf(published: Published, into: Path) -> None:
    write_pdf(published.folder / pack.PAGE, into)


def _large(published: Published, into: Path) -> None:
    write_pdf(published.folder / pack.PAGE, into, large=True)


def _workbook(published: Published, into: Path) -> None:
    figures, ask = published.folder / pack.FIGURES, published.settings.roles.ask
    write_workbook(figures, into, published.ward, published.edition, ask)


def _analyst(published: Published, into: Path) -> None:
    title = html_text.parsed((published.folder / pack.PAGE).read_text("utf-8")).title.get_text()
    version = pack.version_of(published.folder)
    page = html.render(
        nbformat.read(published.folder / pack.EXECUTED, as_version=4),
        words.analyst_title(title),
        words.analyst_title(title),
        html.footer(words.footer(published.edition, version), statement.ABOVE),
        words=html.words(),
        home=("../index.html", words.back_to_index(published.edition)),
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
    page = (published.folder / pack.PAGE).read_text("utf-8")
    into.write_text(text_of(page), "utf-8")


KINDS = {
    "pdf": Kind("evidence-pack.pdf", pack.PAGE, _pdf),
    "large-print": Kind("evidence-pack-large-print.pdf", pack.PAGE, _large),
    "workbook": Kind("figures.xlsx", pack.FIGURES, _workbook),
    "text": Kind("evidence-pack.txt", pack.PAGE, _text),
    "analyst": Kind("evidence-pack-with-code.html", pack.EXECUTED, _analyst),
}


# On paper: a tagged PDF (PDF/UA-1), in ordinary and in large print.

# WeasyPrint reads a drawing's title aloud and not its description; on paper they are one.
_DRAWING = re.compile(r"(<title id=[^>]*>)(.*?)(</title><desc[^>]*>)(.*?)(</desc>)", re.DOTALL)
_LARGE = """@page { @bottom-right { font-size: 16pt } }
@media print {
  :root { --step-1: 18pt; --step0: 18pt; --step1: 20pt; --step2: 25pt; --step3: 30pt; }
  .band, .source, .shorthand, .download { font-size: 18pt; }
  table.data, table.data.long, .beside table.data, .beside table.data.long,
  .indicator .answer, .words, .site-footer .band { font-size: 18pt; }
  .data th, .data td, .data.long th, .data.long td { padding: 3pt 4pt; }
  .beside .data tbody tr:not(.picked) > th { white-space: normal; }
  .wide + .beside-table td { white-space: normal; }
  .data tbody th { min-width: 0; }
  .beside { break-inside: auto; }
  .beside > svg, .beside > svg.tall { float: none; width: 100%; max-height: none; }
  .beside-table, .wide + .beside-table, .compact > .columns > div { margin-left: 0; }
  .beside > .wide, .compact > .columns > .figure { float: none; width: auto; }
  .compact > .columns > .figure > .beside-table, .compact .behind { display: block; }
  .compact > .columns > .figure > .source { font-size: 18pt; }
  .compact { break-inside: auto; }
  .alltogether { display: none; }
  .words { columns: 1; }
  .figure svg, .figure svg.tall, .figure .wide svg { max-width: 100%; max-height: 240mm; }
  .headline-cards, .facts { display: block; }
  .card { margin-bottom: 8pt; }
  .card-number { font-size: 26pt; }
}"""


def render_pdf(page: Path, *, large: bool = False) -> Any:
    """Return a page laid out on A4: a document with ``pages`` and ``write_pdf``.

    Raises UsageError where WeasyPrint, or the Pango it draws with, is missing.
    """
    weasyprint = _weasyprint()
    text = _DRAWING.sub(r"\1\2. \4\3\4\5", page.read_text("utf-8"))
    if large:  # last in the page's own sheet: a sheet given from outside would count for less
        text = text.replace("</style>", f"{_LARGE}</style>", 1)
    # The file has no address: links to the files beside it stay as they are, and name no machine.
    # Nothing is loaded, from a network or from a file, whatever the page names.
    nothing_else = weasyprint.urls.URLFetcher(allowed_protocols=["data"])
    return weasyprint.HTML(string=text, url_fetcher=nothing_else).render()


def write_pdf(page: Path, into: Path, *, large: bool = False) -> int:
    """Write a page as a PDF/UA-1 file, the same bytes each time; return how many sides it has."""
    laid_out = render_pdf(page, large=large)
    # fontTools stamps the fonts it cuts down with the time of day, unless this variable gives one.
    os.environ["SOURCE_DATE_EPOCH"] = "0"
    laid_out.write_pdf(into, pdf_variant="pdf/ua-1", pdf_tags=True)
    return len(laid_out.pages)


def _weasyprint() -> Any:
    try:
        import weasyprint  # here: a pack needs no paper, and this takes a second
    except (ImportError, OSError) as fault:  # OSError: the package is there, Pango is not
        raise UsageError(
            f"A PDF can't be made: {str(fault).splitlines()[0]}",
            "WeasyPrint and the library Pango lay pages out; packs need neither.",
            "pip install 'darlington-analysis[pdf]', and apt-get install libpango-1.0-0 "
            "libpangoft2-1.0-0",
        ) from fault
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)  # it tells of CSS for screens
    return weasyprint


# An accessible workbook: one table a sheet, letters explained, no macros.

_NUMBERS = ["numerator", "denominator", "value", "lower_limit", "upper_limit"]


def write_workbook(figures: Path, into: Path, ward: str, edition: Edition, ask: str) -> None:
    """Write ``figures.csv`` as a workbook, the same bytes each time.

    A null is shown by its status in brackets, never as 0 and never as an empty cell. Raises
    UsageError where gptables is missing.
    """
    gptables = _gptables()
    title = words.workbook_title(ward, edition)
    intro, contact = words.cover(ward, edition, ask)
    table, letters = readable(atomic.read_csv(figures)), _letters()
    # Sheets are named for the reader; the cover lists them, and says what they hold.
    sheets = {
        words.FIGURES_SHEET: _sheet(gptables, table, "figures", title),
        words.LETTERS_SHEET: _sheet(gptables, letters, "letters", words.LETTERS_TITLE),
    }
    cover = gptables.Cover(title, intro=intro, contact=contact, cover_label=words.COVER_SHEET)
    with warnings.catch_warnings():  # that there are no notes; the letters have their own sheet
        warnings.filterwarnings("ignore", message="No note text provided")
        book = gptables.produce_workbook(str(into), sheets, cover=cover)
    made = datetime(edition.dated.year, edition.dated.month, edition.dated.day, tzinfo=UTC)
    book.set_properties({"title": title, "author": ask, "created": made.replace(tzinfo=None)})
    book.close()


def readable(figures: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of ``figures.csv`` (all as text) under headers that people read.

    Numbers are rounded to four decimals; a null becomes its status, ``[c]`` or else ``[x]``.
    """
    rows = figures.assign(
        indicator=[indicator(slug).title for slug in figures.indicator],
        unit=[indicator(slug).unit for slug in figures.indicator],
        period=figures.period.astype(str).map(period),
        made_up=figures.is_dummy.astype(str).eq("True").map(blocks.REAL_OR_NOT),
    )
    missing = rows.status.map(lambda status: f"[{status}]" if status in ("c", "z") else "[x]")
    for name in _NUMBERS:
        numbers = pd.to_numeric(rows[name], errors="coerce").round(4)
        rows[name] = numbers.astype(object).where(numbers.notna(), missing)
    rows["status"] = rows.status.map(lambda status: f"[{status}]" if status else "[z]")
    rows = rows[list(words.NAMES)].rename(columns=words.NAMES)
    return rows.where(rows.astype(str) != "", "[x]")


def _letters() -> pd.DataFrame:
    rows = [(f"[{letters}]", meaning) for letters, meaning in words.LETTERS]
    return pd.DataFrame(rows, columns=list(words.LETTERS_HEADERS))


def _sheet(gptables: Any, table: pd.DataFrame, name: str, title: str) -> Any:
    return gptables.GPTable(
        table=table,
        table_name=name,
        title=title,
        instructions=words.INSTRUCTIONS,
        scope=words.SCOPE,
        source=words.SOURCE,
        index_columns={1: 0},
    )


def _gptables() -> Any:
    try:
        import gptables  # here: packs need no workbook, and this takes a second
    except ImportError as fault:
        raise UsageError(
            "gptables is not installed",
            "It lays a workbook out as the Government Statistical Service asks.",
            "pip install 'darlington-analysis[workbook]'",
        ) from fault
    return gptables


# As plain text.

_UNDERLINES = {"h1": "=", "h2": "-", "h3": "", "h4": "", "h5": ""}
_WRITTEN = {*_UNDERLINES, "p", "li", "dt", "dd", "caption", "th", "td", "pre", "desc"}
# What is not part of what the page says: its look, its frame, a drawing's own marks and letters.
_UNREAD = {"head", "style", "text", "title", "nav", "header"}
_SCREEN_ONLY = {"skip-link", "swipe", "download"}
_WIDTH = 72


def text_of(page: str) -> str:
    """Return a page as plain text: lines of 72 letters, but a table's rows each on its own.

    A drawing becomes its words, which say what its table says. Withheld stays ``[c]``.
    """
    writer = _Writer()
    writer.walk(html_text.parsed(f"\n{page}"))
    return "\n".join(writer.lines).strip() + "\n"


class _Writer:
    def __init__(self):
        self.lines, self.words = [], []
        self.columns, self.row, self.term = [], [], ""

    def walk(self, element: Tag) -> None:
        for part in element.children:
            if isinstance(part, Tag):
                if part.name not in _UNREAD and part.get("class") not in _SCREEN_ONLY:
                    self._element(part)
            elif not isinstance(part, PreformattedString):
                self.words.append(part)

    def _element(self, element: Tag) -> None:
        name = element.name
        if name in _WRITTEN:
            self.words = []
        if name == "table":
            self.columns = []
        if name == "tr":
            self.row = []
        self.walk(element)
        if name in _WRITTEN:
            self._end(name, " ".join("".join(self.words).split()))
            self.words = []
        if name == "tr" and self.row:
            self._end_row()

    def _end(self, name: str, text: str) -> None:
        if name in ("th", "td"):
            self.row.append((name, text))
        elif name == "dt":
            self.term = text
        elif name in _UNDERLINES:
            underline = _UNDERLINES[name] * len(text)
            self.lines += ["", "", text, *([underline] if underline else [])]
        elif text:
            begin = {"li": "- ", "dd": f"{self.term}: "}.get(name, "")
            gap = [] if name in ("li", "dd") else [""]
            folded = fill(begin + text, _WIDTH, break_long_words=False, break_on_hyphens=False)
            self.lines += [*gap, folded]

    def _end_row(self) -> None:
        texts = [text for _, text in self.row]
        if all(kind == "th" for kind, _ in self.row):
            self.columns = texts
        else:
            named = zip(self.columns[1:] or [""] * len(texts), texts[1:], strict=False)
            cells = "; ".join(f"{column} {text}".strip() for column, text in named)
            self.lines.append(f"  {texts[0]}: {cells}")
        self.row = []
