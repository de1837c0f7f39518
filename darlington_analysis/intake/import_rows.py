"""A declared table taken apart into one row a figure; what is left over has its reason."""

import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass, field

import pandas as pd

from darlington_analysis.core import periods
from darlington_analysis.core.errors import DarlingtonError, SchemaError
from darlington_analysis.core.vocabulary import KEY
from darlington_analysis.readers.layout import Figure, Reading, shape_of
from darlington_analysis.readers.numbers import marked, number, plain, with_point
from darlington_analysis.readers.tables import Table
from darlington_analysis.sources import other_places
from darlington_analysis.sources.gazetteer import Gazetteer, Place

_MON = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATE = re.compile(rf"\d{{1,2}}[- ]{_MON}|{_MON}[- ]\d\d|\d{{4}}-\d\d-\d\d", re.IGNORECASE)
_BAND = re.compile(
    r"^(?:ages?d? )?\d{1,2}\s?(?:-|\u2013|to)\s?\d{1,3}(?!\d)(?![-/])|^\d{1,3}\s?\+$"
)
_AGED = re.compile(r"\bage[sd]?\b|\bband", re.IGNORECASE)
CELL = [*KEY, "measure"]


def check_figures(
    figures: pd.DataFrame, rows_set_aside: int, table: Table, reading: Reading, name: str
) -> dict[str, int | str]:
    """Return what is in a file, in the words of [reading.expect].

    Raises SchemaError where a figure is there twice, a series mixes kinds of period, or the file
    holds other things than the person who reviewed it saw.
    """
    refuse_doubles(figures, name)
    refuse_mixed_kinds(figures, name)
    found = found_in(figures, rows_set_aside, fingerprint(table, reading, figures))
    check_expected(found, reading, name)
    return found


def check_columns(headers: tuple[str, ...], reading: Reading, name: str) -> None:
    """Raise SchemaError unless every column of a file is declared, and every declared one there."""
    times = reading.times
    used = [
        *reading.areas.columns,
        reading.areas.names,
        *reading.areas.councils,
        times.column,
        *times.headers,
        *(figure.column for figure in reading.figures),
        *reading.split_by,
        reading.indicator_column,
        reading.vintage_column,
        *reading.left_out,
    ]
    declared = {column for column in used if column}
    missing = sorted(declared - set(headers))
    strange = [column for column in headers if column not in declared]
    if missing or strange:
        told = f'no column "{missing[0]}"' if missing else f'a column "{strange[0]}" not declared'
        raise SchemaError(
            f"{name}, header: {told[:160]} ({len(missing)} missing, {len(strange)} not declared)",
            "Every column of the file is read, or named in left_out; none is passed over.",
            "compare the header with the sidecar's [reading]",
        )


def refuse_doubles(figures: pd.DataFrame, name: str) -> None:
    """Raise SchemaError where two rows give the same figure."""
    doubled = figures[figures.duplicated(CELL, keep=False)]
    if len(doubled):
        same = doubled[(doubled[CELL] == doubled[CELL].iloc[0]).all(axis=1)]
        rows = " and ".join(str(row) for row in same.row.head(2))
        raise SchemaError(
            f"{name}, rows {rows}: the same figure twice ({same.indicator.iloc[0]}, "
            f"{same.area_code.iloc[0]}, {same.period.iloc[0]})",
            "Each row describes something else.",
            "take one of the rows out, or name the column that parts them in split_by",
        )


def check_one_area(reading: Reading, gazetteer: Gazetteer, name: str) -> None:
    """Raise SchemaError where the one area of a whole file is not known."""
    areas = reading.areas
    if areas.code and gazetteer.find(areas.code, areas.systems) is None:
        raise SchemaError(
            f'{name}: "{areas.code[:40]}" is no area of {", ".join(areas.systems)}',
            "One area for the whole file, by its code or name.",
            "correct code in the sidecar's [reading.areas]",
        )


def refuse_dates_among_bands(table: Table, columns: Collection[str], name: str) -> None:
    """Raise SchemaError where a column of bands (0-4, 15-19) has cells that are dates: a
    spreadsheet makes Oct-14 of 10-14 and 05-Sep of 5-9. Headings count as one such column.
    """
    told = {
        column: [plain(cells[table.headers.index(column)]) for _, cells in table.rows]
        for column in columns
    }
    for where, cells in {
        **{f"column {each}": told[each] for each in told},
        "header": [*table.headers],
    }.items():
        dates = [cell for cell in cells if _DATE.fullmatch(cell)]
        is_banded = any(_BAND.search(cell) for cell in cells) or _AGED.search(where)
        if dates and is_banded:
            raise SchemaError(
                f"{name}, {where}: “{dates[0]}” stands where ages or bands stand. Was it one?",
                "Bands such as 5-9 and 10-14; a spreadsheet that opens the file makes 05-Sep and "
                "Oct-14 of them.",
                "take the file as it was published, or correct these cells in a copy as text",
            )


def fingerprint(table: Table, reading: Reading, figures: pd.DataFrame) -> str:
    """Return twelve letters that change when a code, period or name beside a figure does.

    The order of rows does not matter, and no figure goes into it.
    """
    columns = [
        *reading.areas.columns,
        reading.times.column,
        *reading.split_by,
        reading.indicator_column,
        reading.vintage_column,
    ]
    at = [table.headers.index(column) for column in columns if column]
    kept = set(figures.row)
    labels = sorted(
        "\t".join(plain(cells[index]) for index in at) for row, cells in table.rows if row in kept
    )
    return hashlib.sha256("\n".join(labels).encode()).hexdigest()[:12]


def found_in(figures: pd.DataFrame, rows_set_aside: int, labels: str) -> dict[str, int | str]:
    """Return what is in a file, in the words of [reading.expect]."""
    return {
        "rows_kept": figures.row.nunique(),
        "rows_set_aside": rows_set_aside,
        "areas": figures.area_code.nunique(),
        "periods": figures.period.nunique(),
        "groups": len(figures[["indicator", "breakdown"]].drop_duplicates()),
        "labels": labels,
        "numbers": int((~figures.is_mark.astype(bool)).sum()),
    }


def check_expected(found: dict[str, int | str], reading: Reading, name: str) -> None:
    """Raise SchemaError where a file holds other things than the person who reviewed it saw."""
    expected = reading.expect.model_dump() if reading.expect else found
    for what, count in expected.items():
        if found[what] != count:
            raise SchemaError(
                f"{name}: {found['rows_kept']} rows with figures and {found['rows_set_aside']} "
                f"without; {what.replace('_', ' ')}: {found[what]}, expected {count}",
                "The file is not the one that was reviewed, or a code, a label or a number in it "
                "is not what it was.",
                "look at its rows, then correct [reading.expect]",
            )


def refuse_mixed_kinds(figures: pd.DataFrame, name: str) -> None:
    """Raise SchemaError where one series has periods of two kinds (calendar and school years)."""
    kinds = figures.groupby(["indicator", "area_code", "breakdown", "vintage"]).kind.nunique()
    if (kinds > 1).any():
        indicator, area, *_ = kinds[kinds > 1].index[0]
        own = figures[figures.indicator.eq(indicator) & figures.area_code.eq(area)]
        raise SchemaError(
            f"{name}: the series {indicator}, {area} mixes periods: {', '.join(own.kind.unique())}",
            "One series has periods of one kind.",
            "give one of them a slug of its own, or correct [reading.times.shapes]",
        )


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
class Taken:
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
class _Taker:
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
            said = self.cell(cells, column)
            value, status = self._number(row, column, said)
            is_mark = said in self.reading.markers
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
        said = self.cell(cells, column) if column else areas.code
        if not said:
            return "no area in the row"
        if said in self.reading.total_rows:
            return f"a row of totals: {said}"
        place = self.gazetteer.find(said, areas.systems)
        beside = {name: self.cell(cells, name) for name in self.table.headers}
        verdict = other_places.judge(self.gazetteer, place, column, beside, areas.councils)
        where = f"{self.name}, row {row}, column {' or '.join(areas.columns) or 'areas.code'}"
        try:
            if verdict.veto:
                return verdict.veto
            if place is None:
                self.gazetteer.refuse_near_miss(said, areas.systems)
                return "not an area of Darlington, its region or country"
            self._agree(place, cells)
            if column and not verdict.is_confirmed and place.area_type not in areas.by_name:
                raise SchemaError(
                    f"“{said[:60]}” is ours by its name alone: no code and no council beside it",
                    "Another council may have an area of that name.",
                    f'write by_name = ["{place.area_type}"] in the sidecar\'s [reading.areas] if '
                    f"all such rows are ours",
                )
        except DarlingtonError as fault:
            raise SchemaError(f"{where}: {fault.what}", fault.expected, fault.try_) from fault
        if place.system == "ward-before-2003":
            return "a ward before May 2003: no figures of those wards are held"
        return place

    def _agree(self, place: Place, cells: list[str]) -> None:
        """A name beside a code must be that area's; names of LSOAs are not known here."""
        column = self.reading.areas.names
        if not column or place.area_type == "lsoa" or not self.cell(cells, column):
            return
        said = self.gazetteer.find(self.cell(cells, column), (place.system,))
        if said is None or said.code != place.code:
            raise SchemaError(
                f'the name beside {place.code} is "{self.cell(cells, column)[:60]}"',
                "Code and name of a row mean one area.",
                "correct the file, or names in the sidecar's [reading.areas]",
            )

    def _number(self, row: int, column: str, said: str) -> tuple[float, str]:
        meaning = self.reading.markers.get(said)
        if meaning is not None:
            return (0.0, "") if meaning == "0" else (float("nan"), meaning)
        said = with_point(said, self.reading.decimal)
        self._note_sign(row, column, said)
        value, (behind, mark) = number(said), marked(said) or (None, "")
        if value is None and mark in self.reading.suffixes:
            return behind, self.reading.suffixes[mark].removeprefix("drop")
        if value is None:
            shown = "a cell" if self.is_secret else f'"{said[:40]}"' if said else "an empty cell"
            raise SchemaError(
                f"{self.name}, row {row}, column {column}: {shown} is invalid: neither a number "
                f"nor a marker that the sidecar declares",
                f"Markers: {', '.join(repr(each) for each in self.reading.markers) or 'none'}.",
                "correct the file, or declare the marker's meaning in [reading.markers]",
            )
        return value, ""

    def _note_sign(self, row: int, column: str, said: str) -> None:
        """A column shows per cent in every cell or in none, and it is declared that it does."""
        is_signed = "%" in said
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
        said = self.cell(cells, column)
        if said not in self.reading.indicators:
            raise SchemaError(
                f'{self.name}, row {row}, column {column}: "{said[:60]}" is not declared',
                "Each name in that column has its indicator in [reading.indicators].",
                "add it there, with the slug of its indicator",
            )
        return self.reading.indicators[said]

    def _breakdown(self, cells: list[str], figure: Figure) -> str:
        parts = [figure.breakdown] if figure.breakdown != "all" else []
        for column in self.reading.split_by:
            if said := self.cell(cells, column):
                parts.append(f"{column}: {said}")
        return "; ".join(parts) or "all"

    def _period(self, row: int, cells: list[str], label: str) -> tuple[str, str]:
        times = self.reading.times
        said = self.cell(cells, times.column) if times.column else label
        said = self.table.above.get(row, "") if times.above else said
        kind = times.kind_of(said)
        try:
            if kind is None:
                raise self._undeclared(said)
            return periods.label(said, kind), kind
        except SchemaError as fault:
            where = f"row {row}, column {times.column}" if times.column else "period"
            raise SchemaError(
                f"{self.name}, {where}: {fault.what}", fault.expected, fault.try_
            ) from fault

    def _undeclared(self, said: str) -> SchemaError:
        return SchemaError(
            f'"{said[:40]}" has a shape that is not declared ({shape_of(said)[:40]})',
            f"Declared: {', '.join(self.reading.times.shapes)}.",
            "add the shape and its kind to the sidecar's [reading.times.shapes]",
        )

    def _vintage(self, cells: list[str]) -> str:
        column = self.reading.vintage_column
        return self.cell(cells, column) if column else ""


def take_apart(
    table: Table, reading: Reading, gazetteer: Gazetteer, name: str, is_secret: bool = False
) -> Taken:
    """Return a table's figures, a row each, and the rows set aside with their reasons.

    ``name`` stands in errors; of a file that ``is_secret`` no cell is quoted. Raises SchemaError,
    naming row and column, where the table is not as declared.
    """
    check_columns(table.headers, reading, name)
    check_one_area(reading, gazetteer, name)
    refuse_dates_among_bands(table, reading.split_by, name)
    taker = _Taker(table, reading, gazetteer, name, is_secret)
    for row, cells in table.rows:
        taker.take(row, cells)
    figures = pd.DataFrame(taker.kept, columns=COLUMNS)
    aside = pd.DataFrame([*table.around, *taker.aside], columns=["row", "reason"])
    found = check_figures(figures, len(aside), table, reading, name)
    read = len(table.rows) + len(table.around)
    if found["rows_kept"] + found["rows_set_aside"] != read:
        raise AssertionError("rows read are not rows kept and rows set aside")
    return Taken(figures, aside.sort_values("row", ignore_index=True), read, found)
