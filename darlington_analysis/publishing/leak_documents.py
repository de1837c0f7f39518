"""Word files and workbooks unpacked and read for leaks: every part, seen or not.

We write no comment, no tracked change, no hidden sheet, no macro and no file within a file, so
that each of them is a fault, whatever it says.
"""

import html
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from darlington_analysis.core.errors import SourceError, UsageError
from darlington_analysis.publishing.leak_words import Secrets
from darlington_analysis.readers import limits

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
_PARAGRAPHS = re.compile(rb"</(?:w:p|si|dc:\w+|cp:\w+|dcterms:\w+|[A-Z]\w*|vt:\w+|t|v)>")


def packed_faults(path: Path, own: str, secrets: Secrets) -> Iterator[str]:
    """Yield what a packed file gives away; ``own`` is the code of the ward that it is about."""
    try:
        limits.refuse_bomb(path)
        with zipfile.ZipFile(path) as packed:
            for name in packed.namelist():
                yield from _in_part(name, packed.read(name), own, secrets)
    except SourceError as fault:
        yield fault.what


def words_of(path: Path) -> str:
    """Return the words of a packed file, properties first, a line a paragraph or cell."""
    with zipfile.ZipFile(path) as packed:
        told = sorted(name for name in packed.namelist() if _IS_READ.search(name))
        return "\n".join(_words(packed.read(name)) for name in told)


def _in_part(name: str, content: bytes, own: str, secrets: Secrets) -> Iterator[str]:
    if not _OURS.fullmatch(name):
        yield f"a part that we do not write: {name}"
    yield from secrets.in_bytes(content)
    for what, (part, pattern) in _NEVER.items():
        if re.fullmatch(part, name) and re.search(pattern, content):
            yield what
    yield from secrets.in_bytes(_words(content).encode())
    if _IS_READ.search(name):
        yield from secrets.in_lines(_words(content), own)


def _words(content: bytes) -> str:
    """Return the words of a part, a line a paragraph, a cell's text or a property."""
    parted = _PARAGRAPHS.sub(b"\n", content)
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


def pdf_faults(path: Path, own: str, secrets: Secrets) -> Iterator[str]:
    """Yield what a PDF gives away; ``own`` is the code of the ward that it is about.

    Raises UsageError where pypdf is missing.
    """
    pypdf = _pypdf()
    try:
        reader = pypdf.PdfReader(path)
        found = _Found(pypdf)
        for at in range(1, int(reader.trailer["/Size"])):
            found.look(reader.get_object(at))
        found.look(reader.trailer)
        text = "\n".join(page.extract_text() for page in reader.pages)
    except Exception as fault:  # a broken file is broken in a hundred ways
        yield f"a PDF that can't be read ({type(fault).__name__})"
        return
    yield from sorted(found.never)
    for content in (text.encode(), "\n".join(found.strings).encode(), *found.streams):
        yield from secrets.in_bytes(content)
    yield from secrets.in_layout(text, found.headings)
    yield from secrets.in_lines("\n".join(found.strings), own)


def unseen_in(path: Path) -> set[str]:
    """Return what nobody sees in a PDF: scripts, files, layers, notes. Raises UsageError."""
    pypdf = _pypdf()
    reader, found = pypdf.PdfReader(path), _Found(pypdf)
    for at in range(1, int(reader.trailer["/Size"])):
        found.look(reader.get_object(at))
    return found.never


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
            for each in list.__iter__(value):
                self.look(each)
        elif isinstance(value, kinds.DictionaryObject):
            self._look_in(value)

    def _look_in(self, value: Any) -> None:
        told = dict(value.items())
        self.never |= {_PDF_NEVER[name] for name in told.keys() & _PDF_NEVER.keys()}
        if {"/Rect", "/Subtype"} <= told.keys() and told["/Subtype"] != "/Link":
            self.never.add("a note on a page")
        if told.get("/Type") == "/Action" and told.get("/S") not in _ACTIONS:
            self.never.add("an action")
        if "/Title" in told and "/Parent" in told:
            self.headings.append(str(told["/Title"]))
        for each in told.values():
            self.look(each)
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
