"""What can be checked of a published page without a browser: its figures, tables and links."""

import re
from collections.abc import Callable, Iterator
from html import unescape

from darlington_analysis.core.project import find_project
from darlington_analysis.core.settings import load_place
from darlington_analysis.pages.components import theme
from darlington_analysis.pages.components.numbers import period
from darlington_analysis.publishing import html_text

LARGEST = 1_500_000  # bytes of a page that opens at once on a slow phone
_FIGURE = re.compile(r"<figure\b.*?</figure>", re.DOTALL)
_DESCRIBED = re.compile(r"<desc\b[^>]*>(.*?)</desc>", re.DOTALL)
_NAMED = re.compile(r'class="figure-title">(.*?)<', re.DOTALL)
_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
_CELL = re.compile(r"<(th|td)\b([^>]*)>(.*?)</\1>", re.DOTALL)
_ROW = re.compile(r"<tr\b[^>]*>(.*?)</tr>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_LINK = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.DOTALL)
_NUMBER = re.compile(r"\d{4}/\d\d|\d[\d,]*(?:\.\d+)?")
_WORDS_IN_DRAWING = re.compile(r"<(?:text|tspan)\b[^>]*\bfill:\s*(#[0-9a-fA-F]{6})")
_EMPTY_WORDS = {"here", "click here", "more", "read more", "link", "this page"}


def page_faults(html: str) -> list[str]:
    """Return what is wrong with a page, each fault with the figure, table or link it is in."""
    return [f"{name}: {fault}" for name, check in CHECKS.items() for fault in check(html)]


def described(html: str) -> Iterator[str]:
    """Yield what is wrong with the words of drawings: none, the title again, or a file's name."""
    for figure in _FIGURE.findall(html):
        title = _text(_NAMED.search(figure)[1]) if _NAMED.search(figure) else ""
        drawings = figure.count("<svg")
        said = [_text(each) for each in _DESCRIBED.findall(figure)]
        if len(said) < drawings or not all(said):
            yield f"{title!r} has a drawing without words"
        if any(each == title or re.fullmatch(r"\S+\.\w{3,4}|image", each) for each in said):
            yield f"{title!r} has words that say nothing"


def quoted(html: str) -> Iterator[str]:
    """Yield each number that a drawing's words quote and that does not stand in its table.

    A number right after the head of a row is of that row, and must stand in it.
    """
    for figure in _FIGURE.findall(html):
        yield from _of_other_rows(figure)
        tables = " ".join(_text(each) for each in _TABLE.findall(figure))
        there, wards = set(_numbers(tables)), _wards(figure)
        for said in map(_text, _DESCRIBED.findall(figure)):
            for found in _NUMBER.finditer(said):
                number = found[0].rstrip(",")
                is_count = said[found.end() :].startswith(" wards")
                is_there = int(number) == wards if is_count else _stands(number, there, tables)
                if not is_there:
                    yield f"{number} in {said[:60]!r} is not in its table"


def _of_other_rows(figure: str) -> Iterator[str]:
    said = " ".join(map(_text, _DESCRIBED.findall(figure)))
    for row in html_text.read(figure).rows:
        cells = set(_numbers(" ".join(cell for _, cell in row.cells)))
        head = re.sub(r" \(this ward\)$", "", row.head)
        for found in re.finditer(rf"(?<![\w-]){re.escape(head)} (?=(\d[\d,]*(?:\.\d+)?))", said):
            number = found[1].rstrip(",")
            if cells and number not in cells and not said[found.end() :].startswith(f"{number} in"):
                yield f"{number} is quoted of {head!r}, and does not stand in its row"


def scoped(html: str) -> Iterator[str]:
    """Yield what is wrong with tables: no caption, a header without scope or words, no row head."""
    for number, table in enumerate(_TABLE.findall(html), 1):
        caption = re.search(r"<caption>(.*?)</caption>", table, re.DOTALL)
        name = _text(caption[1]) if caption else ""
        if not name:
            yield f"table {number} has no caption"
        yield from (
            f"{name!r} has {fault}" for cell in _CELL.findall(table) for fault in _cell(cell)
        )
        if not all(row.lstrip().startswith("<th") for row in _ROW.findall(table)):
            yield f"{name!r} has a row without a head"


def withheld(html: str) -> Iterator[str]:
    """Yield rows in which one figure is withheld and another of the same row is printed as 0."""
    for row in html_text.read(html).rows:
        cells = [cell for _, cell in row.cells]
        if "[c]" in cells and "0" in cells:
            yield f"{row.head!r} in {row.caption!r} has 0 beside [c]"


def linked(html: str) -> Iterator[str]:
    """Yield links whose words do not say where they lead."""
    for given, inner in _LINK.findall(html):
        label = re.search(r'aria-label="([^"]+)"', given)
        words = _text(inner) or (label[1] if label else "")
        if not words or words.lower() in _EMPTY_WORDS:
            yield f"a link says {words!r}"


def coloured(html: str) -> Iterator[str]:
    """Yield colours of words in drawings that were never measured (axe cannot tell)."""
    known = {ink for ink, _ in theme.WORDS_ON}
    for colour in sorted({each.upper() for each in _WORDS_IN_DRAWING.findall(html)} - known):
        yield f"words in {colour}, whose contrast nobody measured"


def weighed(html: str) -> Iterator[str]:
    """Yield a fault where the page is too heavy for a slow phone."""
    size = len(html.encode())
    if size > LARGEST:
        yield f"{size:,} bytes, more than {LARGEST:,}"


CHECKS: dict[str, Callable[[str], Iterator[str]]] = {
    "every drawing has words": described,
    "words of drawings quote their tables": quoted,
    "tables have captions and scoped heads": scoped,
    "withheld is never nought": withheld,
    "links say where they lead": linked,
    "colours of words in drawings were measured": coloured,
    "a page is light": weighed,
}


def _cell(cell: tuple[str, str, str]) -> Iterator[str]:
    kind, given, inner = cell
    words = _text(inner)
    if kind == "th" and not re.search(r'scope="(?:col|row)"', given):
        yield f"a header without scope: {words!r}"
    if not words and not re.search(r'role="img" aria-label="[^"]', inner):
        yield f"an empty {'header' if kind == 'th' else 'cell'}"
    if re.search(r"(?:col|row)span", given):
        yield "merged cells"


def _stands(number: str, there: set[str], tables: str) -> bool:
    return number in there or ("/" in number and period(number) in tables)


def _wards(figure: str) -> int:
    """Return how many rows of a figure's tables are about wards, not about wider areas."""
    wider = set(load_place(find_project()).names.values())
    return sum(row.head not in wider for row in html_text.read(figure).rows)


def _numbers(text: str) -> list[str]:
    return [each.rstrip(",") for each in _NUMBER.findall(text)]


def _text(html: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", html)).split())
