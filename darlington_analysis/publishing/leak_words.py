"""Whether the words of a page give a figure of a withheld count."""

import html
import re
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from darlington_analysis.core.errors import SourceError, UsageError
from darlington_analysis.pages.components import blocks
from darlington_analysis.publishing.html_text import Page, Row, Statement, read
from darlington_analysis.publishing.unseen import ROMAN, WORDS, plain
from darlington_analysis.readers import limits
from darlington_analysis.sources.indicators import Indicator, register

# Digits that are no figure of anybody: ages, years, the unit of a rate, limits, codes, the rule.
_NO_FIGURE = re.compile(
    re.escape(blocks.SIGNS["u"])
    + r"|aged? \d+ (?:to|and) \w+|(?<=per )100,000|(?:19|20)\d\d(?:/\d\d)?|95%"
    r"|E\d{8}|\[\w+\]|\d+ wards|of \d+\b(?= wards)"
)
_PEOPLE = r"(?:child|young|people|first-time|fewer|more\b|in every)"
_HEDGED = (
    r"(?:an?|half|about|around|between|from|over|under|only|just|up to|at (?:least|most)|\w+ than)"
)
_ALONE = rf"\W*(?:{_HEDGED}\W+)*(?:\d[\d,.]*|{WORDS}|{ROMAN})\W*"
_BARE = re.compile(_ALONE, re.IGNORECASE)
_BEGINS = re.compile(rf"\W*(?:{_HEDGED}\W+)*\d", re.IGNORECASE)
_FIGURE = re.compile(
    rf"\d[\d,.]*%?\s*(?:per |%|to |and |{_PEOPLE})|{WORDS} {_PEOPLE}"
    rf"|\b(?:than|is|was|were) {WORDS}(?! of)|(?::|\b(?:is|was|were)\b)\s{_ALONE}$",
    re.IGNORECASE,
)
_CLAUSES = re.compile(
    rf"(?<=[.!?;])\s+|(?<=:)\s+(?!{_BEGINS.pattern})|,\s+|\s+(?:and|but|while)\s+"
)
_LABELS = ("Area", "When")  # columns that say whose figure a row gives, and of when
_SHORT = 12  # words of a sentence that is about one area as a whole
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
        named = self.indicator
        phrases = (named.title, named.short_title, named.what, named.slug)
        return any(phrase.lower() in text.lower() for phrase in phrases)


def leaks(
    page: Page, withheld: Collection[Withheld], own_code: str, areas: Collection[str]
) -> Iterator[str]:
    """Yield what a page gives away, in words without the figure.

    ``own_code`` is the ward the page is for: words that name no area of ``areas`` are about it.
    """
    statements = _with_labels(page.statements, areas)
    for count in withheld:
        is_own = count.area_code == own_code
        where = f"{count.area_name}: {count.indicator.short_title}"
        if any(_row_leaks(row, count, is_own, areas) for row in page.rows):
            yield f"{where}, a table"
        if any(_says(statement, count, is_own, areas) for statement in statements):
            yield f"{where}, a sentence"


def _with_labels(statements: list[Statement], areas: Collection[str]) -> list[Statement]:
    """Return statements, each number that stands by itself with its label before it.

    That is what stands before it where an area is named there, else what comes after.
    """
    labelled = []
    for at, statement in enumerate(statements):
        if _BARE.fullmatch(_NO_FIGURE.sub("", statement.text)):
            before, after = statements[:at][-1:], statements[at + 1 : at + 2]
            is_before = not after or (before and _names_any(before[0].text, areas))
            label = "".join(one.text for one in (before if is_before else after))
            statement = Statement(f"{label}: {statement.text}", statement.under)
        labelled.append(statement)
    return labelled


def has_figure(text: str) -> bool:
    """Return whether a text holds digits that are a figure, or a number of people in words."""
    left = _NO_FIGURE.sub("", text)
    return bool(re.search(r"\d", left) or _FIGURE.search(left))


def _row_leaks(row: Row, count: Withheld, is_own: bool, areas: Collection[str]) -> bool:
    """Return whether a row that is about the withheld count holds a figure beside it."""
    head = " | ".join((row.head, *(cell for column, cell in row.cells if column in _LABELS)))
    for column, cell in row.cells:
        is_unnamed = is_own and not _names_any(f"{head} | {column}", areas)
        if _is_number(cell) and _is_its(row, head, column, count, is_unnamed):
            return True
    return False


def _is_its(row: Row, head: str, column: str, count: Withheld, is_unnamed: bool) -> bool:
    """Return whether a cell is the withheld one's: by its names, or in its ward's own pack.

    A row without an area is about the pack's ward where the indicator heads row or column; the
    title of a file that it came from heads a row about that file.
    """
    near = " | ".join((row.caption, head, column, *row.under))
    if not count.is_of_its_time(near):
        return False
    heads = [re.split(r", | \(", words)[0].lower() for words in (row.head, column)]
    is_headed = {count.indicator.title.lower(), count.indicator.short_title.lower()} & set(heads)
    if is_unnamed and (is_headed or count.is_about(row.caption)):
        return True
    return count.is_named(f"{head} | {column}") and count.is_about(near)


def _is_number(cell: str) -> bool:
    """Return whether a cell is a figure, not words about periods or ages that hold digits."""
    left = _NO_FIGURE.sub("", cell)
    return bool(_BARE.fullmatch(left) or _BEGINS.match(left))


def _says(statement: Statement, count: Withheld, is_own: bool, areas: Collection[str]) -> bool:
    if not (count.is_about(" ".join(statement.under)) or count.is_about(statement.text)):
        return False
    is_own, is_of_another = is_own or count.is_named(" ".join(statement.under)), False
    for sentence in _SENTENCES.split(statement.text):
        # “The borough’s figure … would be 13. The band runs from 3 to 29.”: still the borough’s.
        names_any = _names_any(sentence, areas)
        is_of_another = not count.is_named(sentence) if names_any else is_of_another
        if not count.is_of_its_time(sentence):
            continue
        is_whole = len(sentence.split()) <= _SHORT and not _names_any(
            sentence, {*areas} - {count.area_name}
        )
        clauses = [sentence] if is_whole else _CLAUSES.split(sentence)
        if any(count.is_named(clause) and has_figure(clause) for clause in clauses):
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

    def in_html(self, html: str, own_code: str) -> Iterator[str]:
        """Yield what a page gives away; ``own_code`` is the ward's that it is about.

        Where no count is withheld no words can give one away, and the page is not read.
        """
        if self.withheld:
            yield from self.in_page(read(html), own_code)

    def in_page(self, page: Page, own_code: str) -> Iterator[str]:
        """Yield what a page that was read gives away, as ``in_html``."""
        yield from leaks(page, self.withheld, own_code, self.area_names)

    def in_lines(self, text: str, own_code: str) -> Iterator[str]:
        """Yield what lines give away, each read by itself."""
        lines = [Statement(plain(line), ()) for line in text.splitlines()]
        yield from self.in_page(Page(lines), own_code)

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


def _under_headings(text: str, headings: Collection[str]) -> Page:
    """Return a page of the lines, each under the last heading before it, which may be wrapped."""
    known = {_plain(heading) for heading in headings}
    known |= {
        _plain(name)
        for indicator in register().values()
        for name in (indicator.title, indicator.short_title)
    }
    page, under, before = Page(), (), []
    for line in filter(None, map(plain, text.splitlines())):
        before = [*before, line][-_WRAPPED:]
        joined = (" ".join(before[at:]) for at in range(len(before)))
        under = next(((words,) for words in joined if _plain(words) in known), under)
        page.statements.append(Statement(line, under))
    return page


def _plain(words: str) -> str:
    return re.sub(r"[\W_]+", " ", words).strip().lower()


# Word files and workbooks unpacked, and PDFs: every part, seen or not. We write no comment, no tracked
# change, no hidden sheet, no macro and no file within a file, so that each of them is a fault.

_OURS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(?:app|core)\.xml|docProps/thumbnail\.jpeg"
    r"|customXml/(?:item1|itemProps1|_rels/item1\.xml)\.(?:xml|rels)|customXml/_rels/.*\.rels"
    r"|word/(?:document|fontTable|header\d|footer\d|numbering|settings|styles|stylesWithEffects"
    r"|webSettings)\.xml|word/_rels/\w+\.xml\.rels|word/theme/theme1\.xml"
    r"|xl/(?:workbook|sharedStrings|styles)\.xml|xl/theme/theme1\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/tables/table\d\.xml|xl/worksheets/sheet\d\.xml|xl/worksheets/_rels/sheet\d\.xml\.rels"
)
_NEVER = {
    "a hidden sheet": (r"xl/workbook\.xml", rb'<sheet\b[^>]*\bstate="(?:hidden|veryHidden)"'),
    "a hidden row or column": (r"xl/worksheets/.*", rb'<(?:row|col)\b[^>]*\bhidden="(?:1|true)"'),
    "a formula": (r"xl/worksheets/.*", rb"<f\b"),
    "a name for hidden cells": (r"xl/workbook\.xml", rb"<definedName\b"),
    "hidden words": (
        r"word/.*\d?\.xml(?<!styles\.xml)(?<!stylesWithEffects\.xml)",
        rb"<w:(?:vanish|specVanish|webHidden)\b",
    ),
    "a tracked change": (r"word/.*", rb"<w:(?:ins|del|moveFrom|moveTo|[rpt]\w*PrChange)\b"),
    "a field that is worked out": (r"word/.*", rb"<w:(?:instrText|fldSimple)\b"),
    "something taken from elsewhere": (r".*\.rels", rb'TargetMode="External"'),
}
_IS_READ = re.compile(
    r"docProps/.*\.xml|word/(?:header|footer|document).*\.xml$|xl/worksheets/|sharedStrings"
)
_CELLS = re.compile(rb"</w:p>\s*</w:tc>(?!\s*</w:tr>)")
_PARAGRAPHS = re.compile(rb"</(?:w:p|si|dc:\w+|cp:\w+|dcterms:\w+|[A-Z]\w*|vt:\w+|t|v)>")


def packed_faults(path: Path, own_code: str, secrets: Secrets) -> Iterator[str]:
    """Yield what a packed file gives away; ``own`` is the code of the ward that it is about."""
    try:
        limits.refuse_bomb(path)
        with zipfile.ZipFile(path) as packed:
            for name in packed.namelist():
                yield from _in_part(name, packed.read(name), own_code, secrets)
    except SourceError as fault:
        yield fault.what


def _in_part(name: str, content: bytes, own_code: str, secrets: Secrets) -> Iterator[str]:
    if not _OURS.fullmatch(name):
        yield f"a part that we do not write: {name}"
    yield from secrets.in_bytes(content)
    for what, (part, pattern) in _NEVER.items():
        if re.fullmatch(part, name) and re.search(pattern, content):
            yield what
    yield from secrets.in_bytes(_words(content).encode())
    if _IS_READ.search(name):
        yield from secrets.in_lines(_words(content), own_code)


def _words(content: bytes) -> str:
    """Return the words of a part, a line a paragraph, a row of a Word table or a property."""
    parted = _PARAGRAPHS.sub(b"\n", _CELLS.sub(b": ", content))
    return html.unescape(re.sub(rb"<[^>]*>", b"", parted).decode("utf-8", "replace"))


_PDF_NEVER = {
    "/EF": "a file within",
    "/EmbeddedFiles": "a file within",
    "/AF": "a file within",
    "/OCProperties": "a layer",
    "/OC": "a layer",
    "/OCGs": "a layer",
    "/AcroForm": "a form",
    "/XFA": "a form",
    "/JS": "a script",
    "/JavaScript": "a script",
    "/AA": "an action",
    "/OpenAction": "an action",
    "/PieceInfo": "notes of a program",
    "/Encrypt": "a password",
    "/Thumb": "a small picture of a page",
}
_ACTIONS = ("/URI", "/GoTo")
_OTHER_ACTIONS = {  # an action need not say that it is one
    *("/Launch", "/GoToR", "/GoToE", "/SubmitForm", "/ImportData", "/JavaScript", "/Rendition"),
    *("/RichMediaExecute", "/Named", "/Hide", "/SetOCGState", "/Movie", "/Sound"),
}
_ELSEWHERE = re.compile(r"\s*(?!https?:|mailto:|tel:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def pdf_faults(path: Path, own_code: str, secrets: Secrets) -> Iterator[str]:
    """Yield what a PDF gives away; ``own`` is the code of the ward that it is about.

    Raises UsageError where pypdf is missing.
    """
    pypdf = _pypdf()
    try:
        reader = pypdf.PdfReader(path)
        parts = _Found(pypdf)
        for at in range(1, int(reader.trailer["/Size"])):
            parts.look(reader.get_object(at))
        parts.look(reader.trailer)
        text = "\n".join(page.extract_text() for page in reader.pages)
    except Exception as fault:  # a broken file is broken in a hundred ways
        yield f"a PDF that can't be read ({type(fault).__name__})"
        return
    yield from sorted(parts.never)
    for content in (text.encode(), "\n".join(parts.strings).encode(), *parts.streams):
        yield from secrets.in_bytes(content)
    yield from secrets.in_layout(text, parts.headings)
    yield from secrets.in_lines("\n".join(parts.strings), own_code)


class _Found:
    """What lies in a PDF: its strings, unpacked streams, headings, and what never should."""

    def __init__(self, pypdf: Any):
        self._kinds = pypdf.generic
        self.strings: list[str] = []
        self.streams: list[bytes] = []
        self.headings: list[str] = []
        self.never: set[str] = set()

    def look(self, value: Any) -> None:
        """Note what a value holds, but not what it refers to: that is looked at by itself."""
        kinds = self._kinds
        if isinstance(value, kinds.TextStringObject):
            self.strings.append(str(value))
        elif isinstance(value, kinds.ByteStringObject):
            self.streams.append(bytes(value))
        elif isinstance(value, kinds.ArrayObject):
            for item in list.__iter__(value):
                self.look(item)
        elif isinstance(value, kinds.DictionaryObject):
            self._look_in(value)

    def _look_in(self, value: Any) -> None:
        entries = dict(value.items())
        self.never |= {_PDF_NEVER[name] for name in entries.keys() & _PDF_NEVER.keys()}
        if {"/Rect", "/Subtype"} <= entries.keys() and entries["/Subtype"] != "/Link":
            self.never.add("a note on a page")
        is_said, kind = entries.get("/Type") == "/Action", entries.get("/S")
        if (is_said and kind not in _ACTIONS) or kind in _OTHER_ACTIONS:
            self.never.add("an action")
        if kind == "/URI" and _ELSEWHERE.match(str(entries.get("/URI", ""))):
            self.never.add("a link that is no address")
        if "/Title" in entries and "/Parent" in entries:
            self.headings.append(str(entries["/Title"]))
        for entry in entries.values():
            self.look(entry)
        if isinstance(value, self._kinds.StreamObject):
            self.streams.append(value.get_data())


def _pypdf() -> Any:
    try:
        import pypdf  # here: a pack needs no paper
    except ImportError as fault:
        raise UsageError(
            "A PDF in reports can't be read for leaks: pypdf is not installed",
            "Every file of an edition is read before it is put in place.",
            "pip install 'darlington-analysis[pdf]'",
        ) from fault
    return pypdf
