"""What an imported table must be: its columns, its figures, each once, and what a reviewer saw."""

import hashlib
import re
from collections.abc import Collection

import pandas as pd

from darlington_analysis.core.errors import SchemaError
from darlington_analysis.core.vocabulary import KEY
from darlington_analysis.readers.layout import Reading
from darlington_analysis.readers.numbers import plain
from darlington_analysis.readers.tables import Table
from darlington_analysis.sources.gazetteer import Gazetteer

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
    counted = found_in(figures, rows_set_aside, fingerprint(table, reading, figures))
    check_expected(counted, reading, name)
    return counted


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
        fault = f'no column "{missing[0]}"' if missing else f'a column "{strange[0]}" not declared'
        raise SchemaError(
            f"{name}, header: {fault[:160]} ({len(missing)} missing, {len(strange)} not declared)",
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


_SERIAL_DAY = re.compile(r"(?:3[4-9]|4\d)\d{3}")  # 44848, where a spreadsheet kept 14 October


def refuse_dates_among_bands(table: Table, columns: Collection[str], name: str) -> None:
    """Raise SchemaError where a column of bands (0-4, 15-19) has cells that are dates: a
    spreadsheet makes Oct-14 of 10-14 and 05-Sep of 5-9. Headings count as one such column.
    """
    cells_of = {
        column: [plain(cells[table.headers.index(column)]) for _, cells in table.rows]
        for column in columns
    }
    for where, cells in {
        **{f"column {heading}": cells_of[heading] for heading in cells_of},
        "header": [*table.headers],
    }.items():
        has_bands = any(_BAND.search(cell) for cell in cells)
        is_banded = has_bands or _AGED.search(where)
        dates = [
            cell
            for cell in cells
            if _DATE.fullmatch(cell) or (has_bands and _SERIAL_DAY.fullmatch(cell))
        ]
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


def check_expected(counted: dict[str, int | str], reading: Reading, name: str) -> None:
    """Raise SchemaError where a file holds other things than the person who reviewed it saw."""
    expected = reading.expect.model_dump() if reading.expect else counted
    for what, count in expected.items():
        if counted[what] != count:
            raise SchemaError(
                f"{name}: {counted['rows_kept']} rows with figures and {counted['rows_set_aside']} "
                f"without; {what.replace('_', ' ')}: {counted[what]}, expected {count}",
                "The file is not the one that was reviewed, or a code, a label or a number in it "
                "is not what it was.",
                "look at its rows, then correct [reading.expect]",
            )


def refuse_mixed_kinds(figures: pd.DataFrame, name: str) -> None:
    """Raise SchemaError where one series has periods of two kinds (calendar and school years)."""
    kinds = figures.groupby(["indicator", "area_code", "breakdown", "vintage"]).kind.nunique()
    if (kinds > 1).any():
        indicator, area, *_ = kinds[kinds > 1].index[0]
        series = figures[figures.indicator.eq(indicator) & figures.area_code.eq(area)]
        raise SchemaError(
            f"{name}: the series {indicator}, {area} mixes periods: {', '.join(series.kind.unique())}",
            "One series has periods of one kind.",
            "give one of them another slug, or correct [reading.times.shapes]",
        )
