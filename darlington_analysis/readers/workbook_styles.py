"""What the styles of a workbook's cells hide: the formats and colours that show no number."""

import struct
import zipfile
from collections.abc import Iterator
from xml.parsers import expat

from darlington_analysis.readers.numbers import is_plain

_PERCENT_FORMATS = {9: "0%", 10: "0.00%"}  # the built-in ones that change what a number is
INVISIBLE = ';;;"colour"'  # the format that stands for words in the colour of their paper
_WHITE, _BLACK = "FFFFFF", "000000"
_ALIKE = 20  # of 255: shades of paper on paper, which nobody can read


def walk(xml: bytes, start, end=None, text=None) -> None:
    """Call ``start`` with the bare name and the attributes of each element."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, held: start(
        name.rpartition(" ")[2], {key.rpartition(" ")[2]: value for key, value in held.items()}
    )
    if end:
        parser.EndElementHandler = lambda name: end(name.rpartition(" ")[2])
    if text:
        parser.CharacterDataHandler = text
    parser.Parse(xml, True)


class _Styles:
    """The styles of an Office Open XML workbook, its elements met one after the other."""

    def __init__(self):
        self.codes: dict[int, str] = dict(_PERCENT_FORMATS)
        self.styles: list[dict] = []
        self.conditional: list[dict] = []
        self.fonts: list[str] = []
        self.fills: list[str] = []
        self.inside: list[str] = []

    def start(self, tag: str, held: dict) -> None:
        self.inside.append(tag)
        is_conditional = "dxf" in self.inside
        if tag == "dxf":
            self.conditional.append({"code": "General", "font": _BLACK, "fill": _WHITE})
        elif tag == "numFmt" and is_conditional:
            self.conditional[-1]["code"] = held.get("formatCode", "")
        elif tag == "numFmt":
            self.codes[int(held["numFmtId"])] = held.get("formatCode", "")
        elif tag in ("font", "fill") and not is_conditional:
            (self.fonts if tag == "font" else self.fills).append(
                _BLACK if tag == "font" else _WHITE
            )
        elif tag in ("color", "fgColor", "bgColor") and len(self.inside) > 1:
            self._colour(tag, _colour(held), is_conditional)
        elif tag == "xf" and "cellXfs" in self.inside:
            self.styles.append(held)

    def _colour(self, tag: str, colour: str, is_conditional: bool) -> None:
        kind = "font" if self.inside[-2] == "font" else "fill"
        if kind == "fill" and self.inside[-2] != "patternFill":
            return
        if is_conditional:
            self.conditional[-1][kind] = colour
        elif tag != "bgColor" and (held := self.fonts if kind == "font" else self.fills):
            held[-1] = colour

    def code_of(self, style: dict) -> str:
        """Return the format of a style that may change what a number is, "" for others."""
        font, fill = (
            held[int(style.get(name, 0))] if int(style.get(name, 0)) < len(held) else default
            for held, name, default in (
                (self.fonts, "fontId", _BLACK),
                (self.fills, "fillId", _WHITE),
            )
        )
        if _are_alike(font, fill):
            return INVISIBLE
        code = self.codes.get(int(style.get("numFmtId", 0)), "")
        return "" if is_plain(code or "General") else code


def _colour(held: dict) -> str:
    """Return a colour as six digits; of colours of a theme, the paper's is known."""
    if "rgb" in held:
        return held["rgb"][-6:].upper()
    is_white = held.get("theme") == "0" and "tint" not in held
    return _WHITE if is_white or held.get("indexed") == "9" else f"{sorted(held.items())}"


def _are_alike(words: str, paper: str) -> bool:
    """True for two colours of six digits that can't be told apart, or one colour of a theme."""
    try:
        pairs = zip(bytes.fromhex(words), bytes.fromhex(paper), strict=True)
        return all(abs(one - other) <= _ALIKE for one, other in pairs)
    except ValueError:
        return words == paper


def of_xlsx(packed: zipfile.ZipFile) -> tuple[dict[str, str], set[str]]:
    """Return the formats that may change what a number is, by the index of their style, and the
    indexes of conditional styles that have one.
    """
    styles = _Styles()
    if "xl/styles.xml" in packed.namelist():
        walk(packed.read("xl/styles.xml"), styles.start, lambda _tag: styles.inside.pop())
    changing = {
        str(at): code for at, held in enumerate(styles.styles) if (code := styles.code_of(held))
    }
    hiding = {
        str(at)
        for at, held in enumerate(styles.conditional)
        if not is_plain(held["code"]) or _are_alike(held["font"], held["fill"])
    }
    return changing, hiding


class _OdsStyles:
    """The styles of an OpenDocument workbook, its elements met one after the other.

    ``colours``: of words and paper, by a style's name; ``formatted``: those with a number format;
    ``mapped``: by a style that a condition puts on, the styles that it puts it on.
    """

    def __init__(self):
        self.names: list[str] = []
        self.colours: dict[str, list[str]] = {}
        self.formatted: set[str] = set()
        self.mapped: dict[str, set[str]] = {}

    def start(self, tag: str, held: dict) -> None:
        if tag == "style":
            self.names = [held[name] for name in ("name", "display-name") if name in held]
            parent = self.colours.get(held.get("parent-style-name", ""), ("#000000", ""))
            self.colours.update((name, list(parent)) for name in self.names)
            self.formatted.update(self.names if "data-style-name" in held else ())
        elif tag.endswith("-style"):  # of numbers, which also have conditions
            self.names = []
        elif tag == "map":
            self.mapped.setdefault(held.get("apply-style-name", ""), set()).update(self.names)
        elif tag == "text-properties":
            self._colour(0, held.get("color", ""))
        elif tag == "table-cell-properties":
            self._colour(1, held.get("background-color", ""))

    def _colour(self, at: int, colour: str) -> None:
        for name in self.names if colour else ():
            self.colours[name][at] = colour.lower()


def of_ods(packed: zipfile.ZipFile) -> tuple[set[str], set[str]]:
    """Return the names of cell styles whose words have the colour of their paper, and of those with
    a number format of their own, which a condition may put in place of another.
    """
    styles = _OdsStyles()
    for part in ("styles.xml", "content.xml"):  # the styles of all sheets come first
        if part in packed.namelist():
            walk(packed.read(part), styles.start)
    invisible = {
        style
        for style, (words, paper) in styles.colours.items()
        if _are_alike(words[1:], (paper if paper.startswith("#") else "#ffffff")[1:])
    }
    hiding = [styles.mapped.get(name, set()) for name in (*invisible, *styles.formatted)]
    return invisible.union(*hiding), styles.formatted


def code_of_xls(book, style) -> str:
    """Return the format of a cell of an older workbook, ``INVISIBLE`` where its colour hides it."""
    words = book.colour_map.get(book.font_list[style.font_index].colour_index) or (0, 0, 0)
    paper = book.colour_map.get(style.background.pattern_colour_index)
    paper = (style.background.fill_pattern and paper) or (255, 255, 255)
    if _are_alike(bytes(words).hex(), bytes(paper).hex()):
        return INVISIBLE
    return book.format_map[style.format_key].format_str


_FORMULA, _CONDITION, _NEWER_CONDITIONS, _START, _END = 0x06, 0x1B1, (0x879, 0x87A), 0x809, 0x0A
_CHANGES_FORMAT, _CHANGES_FONT, _CHANGES_PATTERN = 1 << 25, 1 << 26, 1 << 29
_FONT_COLOUR = 12 + 80  # where a condition's record has the colour of its words


def formulas_of_xls(records: list[tuple[int, bytes]]) -> Iterator[tuple[int, int]]:
    """Yield the row and column, from 1, of each formula among the records of a sheet."""
    for kind, content in records:
        if kind == _FORMULA:
            row, column = struct.unpack_from("<HH", content)
            yield row + 1, column + 1


def is_hiding_in_xls(book, records: list[tuple[int, bytes]]) -> bool:
    """True where a condition of a sheet may hide numbers: by a number format, by white words, or as
    bars and signs.
    """
    for kind, content in records:
        if kind in _NEWER_CONDITIONS:
            return True
        if kind == _CONDITION and len(content) >= 12:
            (changes,) = struct.unpack_from("<I", content, 6)
            if changes & _CHANGES_FORMAT:
                return True
            if changes & _CHANGES_FONT and not changes & _CHANGES_PATTERN:
                (colour,) = struct.unpack_from("<i", content, _FONT_COLOUR)
                words = book.colour_map.get(colour)
                if words and _are_alike(bytes(words).hex(), _WHITE):
                    return True
    return False


def records_of_xls(book, name: str) -> list[tuple[int, bytes]]:
    """Return the kind and content of each record of a sheet of an older workbook.

    xlrd reads past conditions and formulas; the place of a sheet in the file is a private name of
    its. Without that name, XLS files could no longer be read.
    """
    place, depth, records = book.base + book._sh_abs_posn[book.sheet_names().index(name)], 0, []
    while place + 4 <= len(book.mem):
        kind, length = struct.unpack_from("<HH", book.mem, place)
        records.append((kind, bytes(book.mem[place + 4 : place + 4 + length])))
        depth += (kind == _START) - (kind == _END)
        place += 4 + length
        if depth == 0:
            break
    return records
