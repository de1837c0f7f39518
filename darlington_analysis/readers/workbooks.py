"""What a workbook shows: cells as texts, and what is hidden. Used in a process with limits.

python-calamine reads values, quickly; number formats, hidden rows and columns, merged ranges and
formulas are read from the parts of the file that hold them.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product

from darlington_analysis.readers import workbook_styles
from darlington_analysis.readers.numbers import (
    cell_text,
    hides_words,
    is_plain,
    number,
    shown,
    text_as_shown,
)
from darlington_analysis.readers.workbook_styles import INVISIBLE, walk


@dataclass
class Look:
    """How a sheet is shown; rows and columns are numbered from 1, ranges are row, column, row,
    column.

    ``formats``: the number format of cells where it may change what is shown. ``formulas``: cells
    with a formula, and whether a result is kept. ``shown``: the text of cells where a file keeps
    it. ``conditional``: a range in which a condition may hide numbers, "" where there is none.
    ``has_no_zeros``: a cell of 0 is shown as if it were empty.
    """

    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    formulas: dict[tuple[int, int], bool] = field(default_factory=dict)
    shown: dict[tuple[int, int], str] = field(default_factory=dict)
    conditional: str = ""
    is_uncalculated: bool = False
    has_no_zeros: bool = False


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
    covered = {place for merged in look.merged for place in _covered(merged)}
    are_zeros = bool(kept) and all(value == 0 for value in kept)  # "" stands for a fault (#DIV/0!)
    never = are_zeros and (look.is_uncalculated or len(kept) > 1)
    cells = []
    for row, line in enumerate(values, 1):
        texts = []
        for at, value in enumerate(line, 1):
            place = (row, at)
            text = _text(value, place, look)
            if row not in look.rows and at not in look.columns:
                never_here = look.formulas.get(place) is False or (never and place in look.formulas)
                if why := _fault(text, place, look, never_here, place in covered):
                    faults.append((_name(place), why))
            texts.append(cell_text(value) if text is None else text)
        cells.append(texts)
    return {
        "cells": cells,
        "hidden": (sorted(look.rows), sorted(look.columns)),
        "merged": look.merged,
        "faults": faults,
    }


def _fault(
    text: str | None, place: tuple[int, int], look: Look, is_uncalculated: bool, is_covered: bool
) -> str:
    """Return why a cell that can be seen must not be read, "" where it may be."""
    if is_uncalculated:
        return "its formula was never calculated"
    if look.has_no_zeros and text in ("0", "0%"):
        return "the sheet does not show that it holds a 0"
    if text is None and look.formats.get(place) == INVISIBLE:
        return "its number has the colour of the cell"
    if text is None:
        return "its number format shows something else"
    is_number = is_covered and number(text) is not None
    return "the cell that it is merged with covers it" if is_number else ""


def _covered(merged: tuple[int, int, int, int]) -> Iterator[tuple[int, int]]:
    """Return the places that a merged range covers: all but the first."""
    top, left, low, right = merged
    places = product(range(top, min(low, top + 1_000) + 1), range(left, min(right, 20_000) + 1))
    return (place for place in places if place != (top, left))


def _is_in(values: list, row: int, at: int) -> bool:
    return row <= len(values) and at <= len(values[row - 1])


def _text(value, place: tuple[int, int], look: Look) -> str | None:
    """Return what a cell shows, None where that is no number though the cell holds one."""
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if is_number and place in look.formats:
        return shown(value, look.formats[place])
    if is_number and place in look.shown:
        return text_as_shown(value, look.shown[place])
    text = cell_text(value)
    is_hidden = hides_words(look.formats.get(place, "")) and number(text) is not None
    return None if is_hidden else text


def _look(content: bytes, name: str) -> Look:
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return _look_of_xls(content, name)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if "content.xml" in packed.namelist():
            return _look_of_ods(packed, name)
        return _look_of_xlsx(packed, name)


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

    def _sheetView(self, held: dict) -> None:  # noqa: N802 (the element's own name)
        self.look.has_no_zeros = held.get("showZeros") in ("0", "false")

    def _mergeCell(self, held: dict) -> None:  # noqa: N802
        self.look.merged.append(_range(held["ref"]))

    def _conditionalFormatting(self, held: dict) -> None:  # noqa: N802
        self.range = held.get("sqref", "a range")

    def _cfRule(self, held: dict) -> None:  # noqa: N802
        if held.get("dxfId") in self.hiding:
            self.look.conditional = self.range

    def _dataBar(self, held: dict) -> None:  # noqa: N802
        if held.get("showValue") in ("0", "false"):  # a bar or a sign alone
            self.look.conditional = self.range

    _iconSet = _dataBar  # noqa: N815

    def _numFmt(self, held: dict) -> None:  # noqa: N802 (of a condition that keeps its own style)
        if not is_plain(held.get("formatCode", "General")):
            self.look.conditional = self.range or "a range"


def _look_of_xlsx(packed: zipfile.ZipFile, name: str) -> Look:
    reader = _XlsxSheet(*workbook_styles.of_xlsx(packed))
    walk(packed.read(_part_of(packed, name)), reader.start)
    held_by_tag: dict[str, dict] = {}
    walk(packed.read("xl/workbook.xml"), held_by_tag.__setitem__)
    reader.look.is_uncalculated = _is_true(held_by_tag.get("calcPr", {}).get("fullCalcOnLoad"))
    return reader.look


def _part_of(packed: zipfile.ZipFile, name: str) -> str:
    """Return the part of a workbook that holds a sheet."""
    ids: dict[str, str] = {}
    targets: dict[str, str] = {}
    walk(
        packed.read("xl/workbook.xml"),
        lambda tag, held: ids.update({held["name"]: held["id"]}) if tag == "sheet" else None,
    )
    walk(
        packed.read("xl/_rels/workbook.xml.rels"),
        lambda tag, held: (
            targets.update({held["Id"]: held["Target"]}) if tag == "Relationship" else None
        ),
    )
    return posixpath.normpath(posixpath.join("/xl", targets[ids[name]])).lstrip("/")


def _look_of_xls(content: bytes, name: str) -> Look:
    import xlrd

    book = xlrd.open_workbook(
        file_contents=content, formatting_info=True, logfile=io.StringIO(), on_demand=True
    )
    xls_sheet = book.sheet_by_name(name)
    records = workbook_styles.records_of_xls(book, name)
    look = Look(has_no_zeros=not xls_sheet.show_zero_values)
    look.formulas = dict.fromkeys(workbook_styles.formulas_of_xls(records), True)
    if workbook_styles.is_hiding_in_xls(book, records):
        look.conditional = "a range"
    look.rows = {row + 1 for row, held in xls_sheet.rowinfo_map.items() if held.hidden}
    look.columns = {
        at + 1 for at, held in xls_sheet.colinfo_map.items() if held.hidden or not held.width
    }
    look.merged = [
        (top + 1, left + 1, low, right) for top, low, left, right in xls_sheet.merged_cells
    ]
    codes = [workbook_styles.code_of_xls(book, style) for style in book.xf_list]
    for row in range(xls_sheet.nrows):
        for at in range(xls_sheet.row_len(row)):
            is_read = xls_sheet.cell_type(row, at) in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_TEXT)
            code = codes[xls_sheet.cell_xf_index(row, at)]
            if is_read and not is_plain(code):
                look.formats[row + 1, at + 1] = code
    return look


class _OdsSheet:
    """A sheet of an OpenDocument workbook; rows and cells may stand for many that are alike."""

    def __init__(self, name: str, invisible: set[str], formatted: set[str]):
        self.name, self.look, self.is_open = name, Look(), False
        self.invisible, self.is_invisible = invisible, False
        self.hiding = invisible | formatted  # where a condition puts them on
        self.styles: dict[int, str] = {}
        self.range = "a range"
        self.parts = {
            "table-column": self._column,
            "table-row": self._row,
            "conditional-format": self._conditions,
            **dict.fromkeys(("table-cell", "covered-table-cell"), self._cell),
            **dict.fromkeys(("condition", "data-bar", "formatting-entry"), self._condition),
        }
        self.row = self.column = self.last_column = 0
        self.rows = self.columns = 1
        self.number, self.words = "", [""]

    def start(self, tag: str, held: dict) -> None:
        if tag == "table":
            self.is_open = held.get("name", "") == self.name
        elif tag == "s":  # a space
            self.words.append(" ")
        elif self.is_open and (met := self.parts.get(tag)):
            met(held)

    def _column(self, held: dict) -> None:
        first = self.last_column + 1
        self.last_column += int(held.get("number-columns-repeated", 1))
        every = range(first, min(self.last_column, 20_000) + 1)
        self.styles.update(dict.fromkeys(every, held.get("default-cell-style-name", "")))
        if held.get("visibility", "visible") != "visible":
            self.look.columns.update(every)

    def _row(self, held: dict) -> None:
        self.row, self.rows = self.row + self.rows, int(held.get("number-rows-repeated", 1))
        self.column, self.columns = 0, 1
        if held.get("visibility", "visible") != "visible":
            self.look.rows.update(range(self.row, self.row + min(self.rows, 1_000_000)))

    def _conditions(self, held: dict) -> None:
        address = held.get("target-range-address", "a range")
        self.range = re.sub(r"[^.:]*\.", "", address)

    def _condition(self, held: dict) -> None:
        """A bar or a sign alone, another number format, or words in the colour of their paper."""
        if held.get("show-value") == "false" or held.get("apply-style-name") in self.hiding:
            self.look.conditional = self.range

    def _cell(self, held: dict) -> None:
        self.column += self.columns
        self.columns = int(held.get("number-columns-repeated", 1))
        self.number, place = held.get("value", ""), (max(self.row, 1), self.column)
        self.words = []
        style = held.get("style-name", self.styles.get(self.column, ""))
        self.is_invisible = style in self.invisible
        if "formula" in held:
            self.look.formulas[place] = "value-type" in held
        low = place[0] + int(held.get("number-rows-spanned", 1)) - 1
        right = self.column + int(held.get("number-columns-spanned", 1)) - 1
        if (low, right) != place:
            self.look.merged.append((*place, low, right))

    def end(self, tag: str) -> None:
        if tag == "table":
            self.is_open = False
        if tag == "table-cell" and (self.number or self.is_invisible) and self.is_open:
            for row in range(self.row, self.row + min(self.rows, 1_000)):
                for column in range(self.column, self.column + min(self.columns, 1_000)):
                    self.look.shown[row, column] = "".join(self.words)
                    if self.is_invisible:
                        self.look.formats[row, column] = INVISIBLE
            self.number = ""


def _look_of_ods(packed: zipfile.ZipFile, name: str) -> Look:
    reader = _OdsSheet(name, *workbook_styles.of_ods(packed))
    settings = packed.read("settings.xml") if "settings.xml" in packed.namelist() else b""
    reader.look.has_no_zeros = bool(re.search(rb'"ShowZeroValues"[^>]*>\s*false', settings))
    walk(
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
