"""What the styles of a workbook's cells hide: the formats and colours that show no number."""

import zipfile
from xml.parsers import expat

from darlington_analysis.readers.numbers import is_plain

_PERCENT_FORMATS = {9: "0%", 10: "0.00%"}  # the built-in ones that change what a number is
INVISIBLE = ';;;"colour"'  # the format that stands for words in the colour of their paper
_WHITE, _BLACK = "FFFFFF", "000000"


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
        if font == fill:
            return INVISIBLE
        code = self.codes.get(int(style.get("numFmtId", 0)), "")
        return "" if is_plain(code or "General") else code


def _colour(held: dict) -> str:
    """Return a colour as six digits; of colours of a theme, the paper's is known."""
    if "rgb" in held:
        return held["rgb"][-6:].upper()
    is_white = held.get("theme") == "0" and "tint" not in held
    return _WHITE if is_white or held.get("indexed") == "9" else f"{sorted(held.items())}"


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
        if not is_plain(held["code"]) or held["font"] == held["fill"]
    }
    return changing, hiding


def of_ods(packed: zipfile.ZipFile) -> set[str]:
    """Return the names of cell styles whose words have the colour of their paper."""
    name, colours = "", {}

    def start(tag: str, held: dict) -> None:
        nonlocal name
        if tag == "style":
            name = held.get("name", "")
            colours[name] = list(colours.get(held.get("parent-style-name", ""), ("#000000", "")))
        elif tag == "text-properties" and name and "color" in held:
            colours[name][0] = held["color"].lower()
        elif tag == "table-cell-properties" and name and "background-color" in held:
            colours[name][1] = held["background-color"].lower()

    for part in ("styles.xml", "content.xml"):  # the styles of all sheets come first
        if part not in packed.namelist():
            continue
        walk(packed.read(part), start)
    return {
        style
        for style, (words, paper) in colours.items()
        if words == (paper if paper.startswith("#") else "#ffffff")
    }


def code_of_xls(book, style) -> str:
    """Return the format of a cell of an older workbook, ``INVISIBLE`` where its colour hides it."""
    words = book.colour_map.get(book.font_list[style.font_index].colour_index) or (0, 0, 0)
    paper = book.colour_map.get(style.background.pattern_colour_index)
    if words == ((style.background.fill_pattern and paper) or (255, 255, 255)):
        return INVISIBLE
    return book.format_map[style.format_key].format_str
