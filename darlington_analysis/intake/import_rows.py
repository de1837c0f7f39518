"""A declared table taken apart into one row a figure; what is left over has its reason."""

from dataclasses import dataclass, field

import pandas as pd

from darlington_analysis.core import periods
from darlington_analysis.core.errors import DarlingtonError, SchemaError
from darlington_analysis.intake.row_checks import (
    check_columns,
    check_figures,
    check_one_area,
    refuse_dates_among_bands,
)
from darlington_analysis.readers.layout import Figure, Reading, shape_of
from darlington_analysis.readers.numbers import marked, number, plain, with_point
from darlington_analysis.readers.tables import Table
from darlington_analysis.sources import other_places
from darlington_analysis.sources.gazetteer import Gazetteer, Place

COLUMNS = [
    "row",
    "column",
    "area_code",
    "area_type",
    "system",
    "indicator",
    "breakdown",
    "period",
    "kind",
    "vintage",
    "measure",
    "number",
    "status",
    "is_mark",
]


@dataclass
class ImportedRows:
    """``figures``: one row a figure (COLUMNS); ``set_aside``: row and reason; ``rows_read`` both.

    ``row`` is the number a spreadsheet shows. Every row but the header's is kept or set aside.
    """

    figures: pd.DataFrame
    set_aside: pd.DataFrame
    rows_read: int
    found: dict

    @property
    def rows_kept(self) -> int:
        """How many rows of the file gave figures."""
        return self.rows_read - len(self.set_aside)


@dataclass
class _RowImporter:
    table: Table
    reading: Reading
    gazetteer: Gazetteer
    name: str
    is_secret: bool
    kept: list = field(default_factory=list)
    aside: list = field(default_factory=list)
    seen: dict = field(default_factory=dict)
    signs: dict[str, bool] = field(default_factory=dict)

    def __post_init__(self):
        self.at = {name: index for index, name in enumerate(self.table.headers)}

    def cell(self, cells: list[str], column: str) -> str:
        return plain(cells[self.at[column]])

    def take(self, row: int, cells: list[str]) -> None:
        first = self.seen.setdefault(tuple(cells), row)
        place = self._place(row, cells)
        if first != row and not isinstance(place, str):
            place = f"the same as row {first}, cell by cell"
        if isinstance(place, str):
            self.aside.append((row, place))
            return
        for figure, column, label in self._columns():
            text = self.cell(cells, column)
            value, status = self._number(row, column, text)
            is_mark = text in self.reading.markers
            self.kept.append(
                (
                    row,
                    column,
                    place.code,
                    place.area_type,
                    place.system,
                    self._indicator(row, cells, figure),
                    self._breakdown(cells, figure),
                    *self._period(row, cells, label),
                    self._vintage(cells),
                    figure.measure,
                    value,
                    status,
                    is_mark,
                )
            )

    def _columns(self) -> list[tuple[Figure, str, str]]:
        times, figures = self.reading.times, self.reading.figures
        if times.headers:
            return [(figures[0], header, header) for header in times.headers]
        return [(figure, figure.column, figure.period or times.label) for figure in figures]

    def _place(self, row: int, cells: list[str]) -> Place | str:
        """Return a row's area, or why the row is set aside."""
        areas = self.reading.areas
        column = next((name for name in areas.columns if self.cell(cells, name)), "")
        area_name = self.cell(cells, column) if column else areas.code
        if not area_name:
            return "no area in the row"
        if area_name in self.reading.total_rows:
            return f"a row of totals: {area_name}"
        place = self.gazetteer.find(area_name, areas.systems)
        beside = {name: self.cell(cells, name) for name in self.table.headers}
        verdict = other_places.judge(self.gazetteer, place, column, beside, areas.councils)
        where = f"{self.name}, row {row}, column {' or '.join(areas.columns) or 'areas.code'}"
        try:
            if verdict.veto:
                return verdict.veto
            if place is None:
                return self._unknown(area_name)
            self._agree(place, cells)
            if column and not verdict.is_confirmed and place.area_type not in areas.by_name:
                raise SchemaError(
                    f"“{area_name[:60]}” is ours by its name alone: no code and no council beside it",
                    "Another council may have an area of that name.",
                    f'write by_name = ["{place.area_type}"] in the sidecar\'s [reading.areas] if '
                    f"all such rows are ours",
                )
        except DarlingtonError as fault:
            raise SchemaError(f"{where}: {fault.what}", fault.expected, fault.try_) from fault
        if place.system in self.gazetteer.former:
            when = place.system.removeprefix("ward-").replace("-", " ")
            return f"a ward {when}: no figures of those wards are held"
        return place

    def _unknown(self, name: str) -> str:
        """Return why a row is set aside whose area is not known. Raises UnknownAreaError."""
        if kind := other_places.kind_of(name):
            return f"“{name[:60]}” is {kind}"
        self.gazetteer.refuse_near_miss(name, self.reading.areas.systems)
        return f"not an area of {self.gazetteer.place.name}, its region or country"

    def _agree(self, place: Place, cells: list[str]) -> None:
        """A name beside a code must be that area's; names of LSOAs are not known here."""
        column = self.reading.areas.names
        if not column or place.area_type == "lsoa" or not self.cell(cells, column):
            return
        named = self.gazetteer.find(self.cell(cells, column), (place.system,))
        if named is None or named.code != place.code:
            raise SchemaError(
                f'the name beside {place.code} is "{self.cell(cells, column)[:60]}"',
                "Code and name of a row mean one area.",
                "correct the file, or names in the sidecar's [reading.areas]",
            )

    def _number(self, row: int, column: str, text: str) -> tuple[float, str]:
        meaning = self.reading.markers.get(text)
        if meaning is not None:
            return (0.0, "") if meaning == "0" else (float("nan"), meaning)
        text = with_point(text, self.reading.decimal)
        self._note_sign(row, column, text)
        value, (behind, mark) = number(text), marked(text) or (None, "")
        if value is None and mark in self.reading.suffixes:
            return behind, self.reading.suffixes[mark].removeprefix("drop")
        if value is None:
            shown = "a cell" if self.is_secret else f'"{text[:40]}"' if text else "an empty cell"
            raise SchemaError(
                f"{self.name}, row {row}, column {column}: {shown} is invalid: neither a number "
                f"nor a marker that the sidecar declares",
                f"Markers: {', '.join(repr(marker) for marker in self.reading.markers) or 'none'}.",
                "correct the file, or declare the marker's meaning in [reading.markers]",
            )
        return value, ""

    def _note_sign(self, row: int, column: str, text: str) -> None:
        """A column shows per cent in every cell or in none, and it is declared that it does."""
        is_signed = "%" in text
        if self.signs.setdefault(column, is_signed) != is_signed or (
            is_signed and not self.reading.per_cent
        ):
            raise SchemaError(
                f"{self.name}, row {row}, column {column}: some numbers have a per cent sign",
                "A sign on every number of a column or on none, and per_cent = true in the "
                "sidecar's [reading].",
                "look whether 24.3% and 0.243 stand in one column",
            )

    def _indicator(self, row: int, cells: list[str], figure: Figure) -> str:
        column = self.reading.indicator_column
        if not column:
            return figure.indicator
        name = self.cell(cells, column)
        if name not in self.reading.indicators:
            raise SchemaError(
                f'{self.name}, row {row}, column {column}: "{name[:60]}" is not declared',
                "Each name in that column has its indicator in [reading.indicators].",
                "add it there, with the slug of its indicator",
            )
        return self.reading.indicators[name]

    def _breakdown(self, cells: list[str], figure: Figure) -> str:
        parts = [figure.breakdown] if figure.breakdown != "all" else []
        for column in self.reading.split_by:
            if part := self.cell(cells, column):
                parts.append(f"{column}: {part}")
        return "; ".join(parts) or "all"

    def _period(self, row: int, cells: list[str], label: str) -> tuple[str, str]:
        times = self.reading.times
        written = self.cell(cells, times.column) if times.column else label
        written = self.table.above.get(row, "") if times.above else written
        kind = times.kind_of(written)
        try:
            if kind is None:
                raise self._undeclared(written)
            return periods.label(written, kind), kind
        except SchemaError as fault:
            where = f"row {row}, column {times.column}" if times.column else "period"
            raise SchemaError(
                f"{self.name}, {where}: {fault.what}", fault.expected, fault.try_
            ) from fault

    def _undeclared(self, label: str) -> SchemaError:
        return SchemaError(
            f'"{label[:40]}" has a shape that is not declared ({shape_of(label)[:40]})',
            f"Declared: {', '.join(self.reading.times.shapes)}.",
            "add the shape and its kind to the sidecar's [reading.times.shapes]",
        )

    def _vintage(self, cells: list[str]) -> str:
        column = self.reading.vintage_column
        return self.cell(cells, column) if column else ""


def to_long(
    table: Table, reading: Reading, gazetteer: Gazetteer, name: str, is_secret: bool = False
) -> ImportedRows:
    """Return a table's figures, a row each, and the rows set aside with their reasons.

    ``name`` stands in errors; of a file that ``is_secret`` no cell is quoted. Raises SchemaError,
    naming row and column, where the table is not as declared.
    """
    check_columns(table.headers, reading, name)
    check_one_area(reading, gazetteer, name)
    refuse_dates_among_bands(table, reading.split_by, name)
    taker = _RowImporter(table, reading, gazetteer, name, is_secret)
    for row, cells in table.rows:
        taker.take(row, cells)
    figures = pd.DataFrame(taker.kept, columns=COLUMNS)
    aside = pd.DataFrame([*table.around, *taker.aside], columns=["row", "reason"])
    counted = check_figures(figures, len(aside), table, reading, name)
    read = len(table.rows) + len(table.around)
    if counted["rows_kept"] + counted["rows_set_aside"] != read:
        raise AssertionError("rows read are not rows kept and rows set aside")
    return ImportedRows(figures, aside.sort_values("row", ignore_index=True), read, counted)
