"""Word files and workbooks unpacked and read for leaks: every part, seen or not.

We write no comment, no tracked change, no hidden sheet, no macro and no file within a file, so
that each of them is a fault, whatever it says.
"""

import html
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from darlington_analysis.catalogue import limits
from darlington_analysis.errors import SourceError
from darlington_analysis.publishing.leak_secrets import Secrets

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
    "hidden words": (r"word/.*\d?\.xml(?<!styles\.xml)(?<!stylesWithEffects\.xml)",
                     rb"<w:(?:vanish|specVanish|webHidden)\b"),
    "a tracked change": (r"word/.*", rb"<w:(?:ins|del|moveFrom|moveTo|[rpt]\w*PrChange)\b"),
    "a field that is worked out": (r"word/.*", rb"<w:(?:instrText|fldSimple)\b"),
    "something taken from elsewhere": (r".*\.rels", rb'TargetMode="External"'),
}  # fmt: skip
_IS_READ = re.compile(
    r"docProps/.*\.xml|word/(?:header|footer|document).*\.xml$|xl/worksheets/|sharedStrings"
)
_PARAGRAPHS = re.compile(rb"</(?:w:p|si|dc:\w+|cp:\w+|dcterms:\w+|[A-Z]\w*|vt:\w+|t|v)>")


def faults(path: Path, own: str, secrets: Secrets) -> Iterator[str]:
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
