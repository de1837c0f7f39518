"""A file's table as its sidecar declares it: headers, rows with their numbers, what lies around."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from darlington_analysis.core import periods
from darlington_analysis.core.errors import SchemaError, SourceError
from darlington_analysis.readers import grids
from darlington_analysis.readers.grids import Grid
from darlington_analysis.readers.layout import Reading
from darlington_analysis.readers.numbers import plain


@dataclass(frozen=True)
class Table:
    """Column names, and rows as their number in the file and their cells; the rows around it.

    ``around`` are rows above and below the table, each with why it is no part of it. ``above``: for
    each row, the period that stood last in a separate row above it.
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[int, list[str]], ...]
    around: tuple[tuple[int, str], ...]
    above: dict[int, str] = field(default_factory=dict)


def open_table(path: Path, reading: Reading) -> Table:
    """Return the table of a file. Raises SourceError or SchemaError where it is not as declared."""
    kind = grids.format_of(path)
    if kind != reading.format:
        raise SourceError(
            f"{path.name} is {kind}, its sidecar says {reading.format}",
            "What a file is shows in its first bytes, not in its name.",
            "correct format in the sidecar's [reading], or download the file again",
        )
    return table_of(grid_of(path, reading), reading, path.name)


def grid_of(path: Path, reading: Reading) -> Grid:
    """Return the cells of a file of a declared format."""
    if reading.format == "csv":
        return grids.csv_grid(path, reading.encoding, reading.delimiter)
    if reading.format == "parquet":
        return grids.parquet_grid(path)
    if reading.format in grids.LAYERS:
        return grids.layer_grid(path, reading.format, reading.sheet)
    return grids.sheet_grid(path, reading.sheet)


def table_of(grid: Grid, reading: Reading, name: str) -> Table:
    """Return the declared part of a grid as a table."""
    top, bottom = max(reading.header_rows), reading.last_row or len(grid.rows)
    if bottom > len(grid.rows) or top >= bottom:
        raise SchemaError(
            f"{name} ends at row {len(grid.rows)}, its table should reach from row {top} to "
            f"row {bottom}",
            "The sidecar's [reading] says where the table starts and ends.",
            "look whether the file is whole, or correct header_rows and last_row",
        )
    headers = headers_of(grid, reading.header_rows)
    if not reading.headings_spread and (heading := blank_headings(grid, reading.header_rows)):
        raise SchemaError(
            f"{name}: blank headings follow “{heading[:60]}”",
            "Which columns an upper heading stands over is declared, or shown by merged cells.",
            "write headings_spread = true in the sidecar's [reading] if each stands for the blank "
            "ones to its right; if not, write it over each of its columns in a copy of the file",
        )
    around, rows = [], []
    for number, cells in enumerate(grid.rows, 1):
        if number in reading.header_rows:
            continue
        if why := _why_around(number, cells, grid, top, bottom):
            around.append((number, why))
        else:
            _keep(number, cells, headers, rows, around, name)
    filled = filled_down(rows, headers, reading.filled_down)
    above = periods_above(grid, [row for row, _ in filled]) if reading.times.above else {}
    return Table(headers, tuple(filled), tuple(around), above)


def _why_around(number: int, cells: list[str], grid: Grid, top: int, bottom: int) -> str:
    """Return why a row is no part of the table, "" where it may be one."""
    if number in grid.hidden_rows:
        return "a hidden row"
    if not any(plain(cell) for cell in cells):
        return "an empty row"
    above = "above the table: a title or a note" if number < top else ""
    return "below the table: a note" if number > bottom else above


def periods_above(grid: Grid, rows: list[int]) -> dict[int, str]:
    """Return, by row, the period that stands in the nearest row above with that cell alone."""
    periods_of, last = {}, ""
    for number, cells in enumerate(grid.rows[: max(rows, default=0)], 1):
        filled = [plain(cell) for cell in cells if plain(cell)]
        if len(filled) == 1 and periods.readings(filled[0]):
            last = filled[0]
        elif last:
            periods_of[number] = last
    return {row: periods_of[row] for row in rows if row in periods_of}


def filled_down(rows: list, headers: tuple[str, ...], columns: tuple[str, ...]) -> list:
    """Return rows (number, cells) with the cell above in place of empty ones of some columns."""
    at, last, filled = [headers.index(name) for name in columns if name in headers], {}, []
    for number, cells in rows:
        cells = list(cells)
        for index in at:
            cells[index] = last[index] = (
                cells[index] if plain(cells[index]) else last.get(index, "")
            )
        filled.append((number, cells))
    return filled


def _keep(number: int, cells: list[str], headers, rows: list, around: list, name: str) -> None:
    """A row with one filled cell in it is a heading; one with cells missing is damaged."""
    wide = len(headers)
    if sum(bool(plain(cell)) for cell in cells) == 1 and wide > 2:
        around.append((number, "one filled cell: a heading or a note inside the table"))
        return
    if len(cells) < wide or any(plain(cell) for cell in cells[wide:]):
        raise SchemaError(
            f"{name}, row {number}: {len(cells)} cells, where the header has {wide}",
            "Each row of a table has a cell for each column.",
            "look at that row: a comma or a quotation mark may be missing or too many",
        )
    rows.append((number, cells[:wide]))


def headers_of(grid: Grid, header_rows: tuple[int, ...]) -> tuple[str, ...]:
    """Return the names of a grid's columns: header rows joined, unnamed ones numbered.

    A cell of an upper row stands for those that it is merged with; in a file without merged
    headings, for those to its right until the next one. Names that come more than once get the
    number of their column.
    """
    if max(header_rows) > len(grid.rows):
        return ()
    wide = _width(grid, header_rows)
    parts: list[list[str]] = [[] for _ in range(wide)]
    spans = _spans(grid, header_rows)
    for level in sorted(header_rows):
        cells = [plain(cell) for cell in grid.rows[level - 1]] + [""] * wide
        words = ""
        for index in range(wide):
            if spans:
                words = cells[index] or cells[spans.get((level, index + 1), wide + 1) - 1]
            elif level == max(header_rows):
                words = cells[index]
            else:
                words = cells[index] or words
            if words and words not in parts[index]:
                parts[index].append(words)
    names = [" | ".join(part) or f"column {index + 1}" for index, part in enumerate(parts)]
    doubled = {name for name, times in Counter(names).items() if times > 1}
    return tuple(
        f"{name} (column {index + 1})" if name in doubled else name
        for index, name in enumerate(names)
    )


def blank_headings(grid: Grid, header_rows: tuple[int, ...]) -> str:
    """Return the first upper heading that blank ones follow, where no merged cells say over which
    columns it stands; "" where there is none.
    """
    if _spans(grid, header_rows):
        return ""
    wide = _width(grid, header_rows)
    for level in sorted(header_rows)[:-1]:
        cells = ([plain(cell) for cell in grid.rows[level - 1]] + [""] * wide)[:wide]
        first = next((at for at, cell in enumerate(cells) if cell), wide)
        if "" in cells[first:]:
            return cells[first:][cells[first:].index("") - 1]
    return ""


def _spans(grid: Grid, header_rows: tuple[int, ...]) -> dict[tuple[int, int], int]:
    """Return, for each row and column of merged headings, the column that holds their text."""
    return {
        (level, at): left
        for top, left, low, right in grid.merged or ()
        if right > left
        for level in range(top, low + 1)
        if level in header_rows
        for at in range(left, right + 1)
    }


def _width(grid: Grid, header_rows: tuple[int, ...]) -> int:
    """Return how many columns the header names; empty ones at the right end are none."""
    spans = _spans(grid, header_rows)
    named = [
        index
        for level in header_rows
        for index, cell in enumerate(grid.rows[level - 1], 1)
        if plain(cell) or plain(grid.rows[level - 1][spans.get((level, index), index) - 1])
    ]
    return max(named, default=0)
