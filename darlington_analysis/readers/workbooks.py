"""What a workbook shows: cells as texts, and what is hidden. Used in a process with limits.

python-calamine reads values, quickly; number formats, hidden rows and columns, merged ranges and
formulas are read from the parts of the file that hold them.
"""

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from xml.parsers import expat

from darlington_analysis.readers.numbers import cell_text, is_plain, shown, text_as_shown

_PERCENT_FORMATS = {9: "0%", 10: "0.00%"}  # the built-in ones that change what a number is


@dataclass
class Look:
    """How a sheet is shown; rows and columns are numbered from 1, ranges are row, column, row,
    column.

    ``formats``: the number format of cells where it may change what is shown. ``formulas``: cells
    with a formula, and whether a result is kept. ``shown``: the text of cells where a file keeps
    it. ``conditional``: a range in which a condition may hide numbers, "" where there is none.
    """

    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    formulas: dict[tuple[int, int], bool] = field(default_factory=dict)
    shown: dict[tuple[int, int], str] = field(default_factory=dict)
    conditional: str = ""
    is_uncalculated: bool = False


def sheet(content: bytes, name: str) -> dict:
    """Return a sheet's ``cells`` as texts, ``hidden`` rows and columns, ``merged`` ranges, and in
    ``faults`` what must not be read: a place (such as D5) and what is wrong there.
    """
    from python_calamine import load_workbook

    held = load_workbook(io.BytesIO(content)).get_sheet_by_name(name)
    values = held.to_python(skip_empty_area=False)
    look = _look(content, name)
    faults = []
    if look.conditional:
        faults.append((look.conditional, "a condition may hide its numbers"))
    kept = [values[row - 1][at - 1] for row, at in look.formulas if _is_in(values, row, at)]
    never = bool(kept) and not any(kept) and (look.is_uncalculated or len(kept) > 1)
    cells = []
    for row, line in enumerate(values, 1):
        texts = []
        for at, value in enumerate(line, 1):
            place = (row, at)
            text = _text(value, place, look)
            if row not in look.rows and at not in look.columns:
                if look.formulas.get(place) is False or (never and place in look.formulas):
                    faults.append((_name(place), "its formula was never calculated"))
                elif text is None:
                    faults.append((_name(place), _why_unread(place, look)))
            texts.append(cell_text(value) if text is None else text)
        cells.append(texts)
    return {
        "cells": cells,
        "hidden": (sorted(look.rows), sorted(look.columns)),
        "merged": look.merged,
        "faults": faults,
    }


def _why_unread(place: tuple[int, int], look: Look) -> str:
    if look.formats.get(place) == _INVISIBLE:
        return "its number has the colour of the cell"
    return "its number format shows something else"


def _is_in(values: list, row: int, at: int) -> bool:
    return row <= len(values) and at <= len(values[row - 1])


def _text(value, place: tuple[int, int], look: Look) -> str | None:
    """Return what a cell shows, None where that is no number though the cell holds one."""
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if is_number and place in look.formats:
        return shown(value, look.formats[place])
    if is_number and place in look.shown:
        return text_as_shown(value, look.shown[place])
    return cell_text(value)


def _look(content: bytes, name: str) -> Look:
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return _look_of_xls(content, name)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if "content.xml" in packed.namelist():
            return _look_of_ods(packed, name)
        return _look_of_xlsx(packed, name)


def _walk(xml: bytes, start, end=None, text=None) -> None:
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


class _XlsxSheet:
    """A sheet of an Office Open XML workbook, its elements met one after the other."""

    def __init__(self, formats: dict[str, str], hiding: set[str]):
        self.look, self.formats, self.hiding = Look(), formats, hiding
        self.place, self.range = (0, 0), ""

    def start(self, tag: str, held: dict) -> None:
        if met := getattr(self, f"_{tag}", None):
            met(held)

    def _row(self, held: dict) -> None:
        row = int(held.get("r", self.place[0] + 1))
        self.place = (row, 0)
        if _is_true(held.get("hidden")) or float(held.get("ht", 9)) < 1:
            self.look.rows.add(row)

    def _c(self, held: dict) -> None:
        self.place = (self.place[0], self.place[1] + 1)
        if named := re.fullmatch(r"([A-Z]{1,3})(\d+)", held.get("r", "")):
            self.place = (int(named[2]), _number(named[1]))
        if code := self.formats.get(held.get("s", "")):
            self.look.formats[self.place] = code

    def _f(self, _held: dict) -> None:
        self.look.formulas[self.place] = False

    def _v(self, _held: dict) -> None:
        if self.place in self.look.formulas:
            self.look.formulas[self.place] = True

    def _col(self, held: dict) -> None:
        if _is_true(held.get("hidden")) or float(held.get("width", 9)) < 0.5:
            last = min(int(held["max"]), 16_384)
            self.look.columns.update(range(int(held["min"]), last + 1))

    def _mergeCell(self, held: dict) -> None:  # noqa: N802 (the element's own name)
        self.look.merged.append(_range(held["ref"]))

    def _conditionalFormatting(self, held: dict) -> None:  # noqa: N802
        self.range = held.get("sqref", "a range")

    def _cfRule(self, held: dict) -> None:  # noqa: N802
        if held.get("dxfId") in self.hiding:
            self.look.conditional = self.range


def _look_of_xlsx(packed: zipfile.ZipFile, name: str) -> Look:
    reader = _XlsxSheet(*_styles(packed))
    _walk(packed.read(_part_of(packed, name)), reader.start)
    held_by_tag: dict[str, dict] = {}
    _walk(packed.read("xl/workbook.xml"), held_by_tag.__setitem__)
    reader.look.is_uncalculated = _is_true(held_by_tag.get("calcPr", {}).get("fullCalcOnLoad"))
    return reader.look


def _part_of(packed: zipfile.ZipFile, name: str) -> str:
    """Return the part of a workbook that holds a sheet."""
    ids: dict[str, str] = {}
    targets: dict[str, str] = {}
    _walk(
        packed.read("xl/workbook.xml"),
        lambda tag, held: ids.update({held["name"]: held["id"]}) if tag == "sheet" else None,
    )
    _walk(
        packed.read("xl/_rels/workbook.xml.rels"),
        lambda tag, held: (
            targets.update({held["Id"]: held["Target"]}) if tag == "Relationship" else None
        ),
    )
    return posixpath.normpath(posixpath.join("/xl", targets[ids[name]])).lstrip("/")


_INVISIBLE = ';;;"colour"'  # the format that stands for words in the colour of their paper
_WHITE, _BLACK = "FFFFFF", "000000"


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
            return _INVISIBLE
        code = self.codes.get(int(style.get("numFmtId", 0)), "")
        return "" if is_plain(code or "General") else code


def _colour(held: dict) -> str:
    """Return a colour as six digits; of colours of a theme, the paper's is known."""
    if "rgb" in held:
        return held["rgb"][-6:].upper()
    is_white = held.get("theme") == "0" and "tint" not in held
    return _WHITE if is_white or held.get("indexed") == "9" else f"{sorted(held.items())}"


def _styles(packed: zipfile.ZipFile) -> tuple[dict[str, str], set[str]]:
    """Return the formats that may change what a number is, by the index of their style, and the
    indexes of conditional styles that have one.
    """
    styles = _Styles()
    if "xl/styles.xml" in packed.namelist():
        _walk(packed.read("xl/styles.xml"), styles.start, lambda _tag: styles.inside.pop())
    changing = {
        str(at): code for at, held in enumerate(styles.styles) if (code := styles.code_of(held))
    }
    hiding = {
        str(at)
        for at, held in enumerate(styles.conditional)
        if not is_plain(held["code"]) or held["font"] == held["fill"]
    }
    return changing, hiding


def _look_of_xls(content: bytes, name: str) -> Look:
    import xlrd

    book = xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=io.StringIO())
    xls_sheet = book.sheet_by_name(name)
    look = Look()
    look.rows = {row + 1 for row, held in xls_sheet.rowinfo_map.items() if held.hidden}
    look.columns = {at + 1 for at, held in xls_sheet.colinfo_map.items() if held.hidden}
    look.merged = [
        (top + 1, left + 1, low, right) for top, low, left, right in xls_sheet.merged_cells
    ]
    for row in range(xls_sheet.nrows):
        for at in range(xls_sheet.row_len(row)):
            if xls_sheet.cell_type(row, at) == xlrd.XL_CELL_NUMBER:
                key = book.xf_list[xls_sheet.cell_xf_index(row, at)].format_key
                if not is_plain(code := book.format_map[key].format_str):
                    look.formats[row + 1, at + 1] = code
    return look


class _OdsSheet:
    """A sheet of an OpenDocument workbook; rows and cells may stand for many that are alike."""

    def __init__(self, name: str):
        self.name, self.look, self.is_open = name, Look(), False
        self.row = self.column = self.last_column = 0
        self.rows = self.columns = 1
        self.number, self.words = "", [""]

    def start(self, tag: str, held: dict) -> None:
        if tag == "table":
            self.is_open = held.get("name", "") == self.name
        elif self.is_open and tag == "table-column":
            first = self.last_column + 1
            self.last_column += int(held.get("number-columns-repeated", 1))
            if held.get("visibility", "visible") != "visible":
                self.look.columns.update(range(first, min(self.last_column, 20_000) + 1))
        elif self.is_open and tag == "table-row":
            self.row, self.rows = self.row + self.rows, int(held.get("number-rows-repeated", 1))
            self.column, self.columns = 0, 1
            if held.get("visibility", "visible") != "visible":
                self.look.rows.update(range(self.row, self.row + min(self.rows, 1_000_000)))
        elif self.is_open and tag in ("table-cell", "covered-table-cell"):
            self._cell(held)
        elif tag == "s":  # a space
            self.words.append(" ")

    def _cell(self, held: dict) -> None:
        self.column += self.columns
        self.columns = int(held.get("number-columns-repeated", 1))
        self.number, place = held.get("value", ""), (max(self.row, 1), self.column)
        self.words = []
        if "formula" in held:
            self.look.formulas[place] = "value-type" in held
        low = place[0] + int(held.get("number-rows-spanned", 1)) - 1
        right = self.column + int(held.get("number-columns-spanned", 1)) - 1
        if (low, right) != place:
            self.look.merged.append((*place, low, right))

    def end(self, tag: str) -> None:
        if tag == "table":
            self.is_open = False
        if tag == "table-cell" and self.number and self.is_open:
            for row in range(self.row, self.row + min(self.rows, 1_000)):
                for column in range(self.column, self.column + min(self.columns, 1_000)):
                    self.look.shown[row, column] = "".join(self.words)
            self.number = ""


def _look_of_ods(packed: zipfile.ZipFile, name: str) -> Look:
    reader = _OdsSheet(name)
    _walk(
        packed.read("content.xml"), reader.start, reader.end, lambda said: reader.words.append(said)
    )
    return reader.look


def _is_true(value: str | None) -> bool:
    return value in ("1", "true")


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number


def _name(place: tuple[int, int]) -> str:
    """Return D5 for row 5, column 4."""
    return f"{column_letters(place[1])}{place[0]}"


def column_letters(column: int) -> str:
    """Return the letters that a spreadsheet shows for a column: A for 1, AA for 27."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _range(reference: str) -> tuple[int, int, int, int]:
    places = [re.fullmatch(r"\$?([A-Z]{1,3})\$?(\d+)", part) for part in reference.split(":")]
    first, last = places[0], places[-1]
    return int(first[2]), _number(first[1]), int(last[2]), _number(last[1])


def sheets(content: bytes) -> list[tuple[str, bool]]:
    """Return the names of a workbook's worksheets, and whether each can be seen."""
    from python_calamine import load_workbook

    return [
        (held.name, str(held.visible) == "SheetVisibleEnum.Visible")
        for held in load_workbook(io.BytesIO(content)).sheets_metadata
        if "WorkSheet" in str(held.typ)
    ]
