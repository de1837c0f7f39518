"""A look at cells nobody has described: where the table is, and what each column may hold."""

from dataclasses import dataclass
from statistics import median

from darlington_analysis.core import periods
from darlington_analysis.readers import tables
from darlington_analysis.readers.grids import Grid
from darlington_analysis.readers.numbers import has_decimal_comma, marked, number, plain, with_point

FIRST_ROWS = 60  # a table starts within these
MARKERS = (
    "-",
    "..",
    ".",
    "x",
    "z",
    "c",
    ":",
    "*",
    "~",
    "u",
    "low",
    "n/a",
    "na",
    "nan",
    "none",
    "null",
    "#div/0!",
    "#n/a",
    "#ref!",
    "#value!",
    "[x]",
    "[z]",
    "[c]",
    "[low]",
    "[u]",
    "..c",
    "s",
    "k",
    "",
    "suppressed",
    "not available",
)
MOST_MARKERS = 12


@dataclass(frozen=True)
class Spot:
    """Where a table stands in a grid; rows are numbered from 1. ``figures`` counts its numbers."""

    grid: Grid
    header_rows: tuple[int, ...]
    last_row: int
    figures: int


@dataclass(frozen=True)
class Column:
    """A column's cells below the header, and what they are taken for."""

    name: str
    cells: tuple[str, ...]

    @property
    def filled(self) -> list[str]:
        """The cells that are not empty."""
        return [cell for cell in self.cells if cell]

    @property
    def is_figures(self) -> bool:
        """True where numbers stand, and nothing beside them but few kinds of short marks."""
        numbers = [cell for cell in self.filled if number(cell) is not None or marked(cell)]
        return bool(numbers) and len(self.marks) <= MOST_MARKERS

    @property
    def is_marks(self) -> bool:
        """True where nothing but usual marks stands: figures of which none is given."""
        return bool(self.filled) and all(is_mark(cell) for cell in self.filled)

    @property
    def marks(self) -> tuple[str, ...]:
        """What stands where no number is, an empty cell included, in order of first sight."""
        return tuple(
            dict.fromkeys(c for c in self.cells if number(c) is None and marked(c) is None)
        )

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Marks that stand behind numbers, such as [r], in order of first sight."""
        told = [marked(cell) for cell in self.cells if number(cell) is None]
        return tuple(dict.fromkeys(each[1] for each in told if each))

    @property
    def kinds(self) -> list[str]:
        """The kinds of period that every filled cell can be read as; empty where there is none."""
        found = None
        for cell in dict.fromkeys(self.filled):
            kinds = periods.readings(cell)
            found = dict(kinds) if found is None else {k: v for k, v in found.items() if k in kinds}
            if not found:
                return []
        return list(found or {})


def find_table(grid: Grid, first_row: int = 1) -> Spot | None:
    """Return where a grid's first table from a row on stands, None where no names head figures.

    Its header is the first row of names or periods, as wide as half its table, over a row with a
    number or mark; upper rows join in where names would come twice.
    """
    filled = [_filled(row) for row in grid.rows]
    for at in range(first_row - 1, min(first_row - 1 + FIRST_ROWS, len(filled))):
        below = next(
            (
                i
                for i in range(at + 1, min(at + 4, len(filled)))
                if filled[i] and not _is_period(filled[i])
            ),
            None,
        )
        goes_on = any(top <= at + 1 < low for top, _, low, _ in grid.merged or ())
        if goes_on or below is None or not _is_header(filled[at]):
            continue
        if not _is_data(filled[below], filled[at]):
            continue
        last = _last_row(filled, at, grid)
        wide = median(len(filled[i]) for i in range(below, last + 1) if filled[i])
        if len(filled[at]) >= 0.5 * wide:
            rows = _header_rows(grid, filled, at + 1)
            return Spot(grid, rows, last + 1, _figures(filled[at + 1 : last + 1]))
    return None


def columns(
    spot: Spot, keep_rows, filled_down: tuple[str, ...] = (), decimal: str = "."
) -> list[Column]:
    """Return a table's columns with the cells of the rows that are named by their numbers.

    Empty cells of ``filled_down`` columns get the cell above, whether or not its row is kept.
    Numbers are written with a point, whatever the ``decimal`` sign.
    """
    headers = tables.headers_of(spot.grid, spot.header_rows)
    every = [
        (row, [*map(plain, spot.grid.rows[row - 1])] + [""] * len(headers))
        for row in range(max(spot.header_rows) + 1, spot.last_row + 1)
    ]
    many = [(row, cells) for row, cells in every if sum(map(bool, cells)) > 1]
    told = dict(tables.filled_down(many, headers, filled_down))
    rows = [told[row] for row in keep_rows]
    return [
        Column(name, tuple(with_point(row[index], decimal) for row in rows))
        for index, name in enumerate(headers)
    ]


def decimal_of(every: list[Column]) -> str:
    """Return “,” where a column of numbers has one with a comma before its decimals, else “.”."""
    for column in every:
        commas = [cell for cell in column.filled if has_decimal_comma(cell)]
        others = [cell for cell in column.filled if number(cell) is None and not is_mark(cell)]
        if commas and len(others) <= len(commas):
            return ","
    return "."


def is_mark(cell: str) -> bool:
    """True for what usually stands where no number is."""
    return cell.lower() in MARKERS


def _filled(row: list[str]) -> list[tuple[int, str]]:
    return [(index, plain(cell)) for index, cell in enumerate(row) if plain(cell)]


def _is_header(cells: list[tuple[int, str]]) -> bool:
    """Names, and periods that may look like numbers; a first cell of a dump is its row number."""
    if len(cells) > 1 and cells[0][0] == 0 and cells[0][1].isdigit():
        cells = cells[1:]
    named = [cell for _, cell in cells if number(cell) is None or periods.readings(cell)]
    words = [cell for cell in named if number(cell) is None and not is_mark(cell)]
    return len(cells) >= 2 and len(named) == len(cells) and bool(words)


def _is_data(cells: list[tuple[int, str]], header: list[tuple[int, str]]) -> bool:
    """A row with a number or mark in it that does not repeat the header's periods."""
    headed = set(cell for _, cell in header)
    body = cells[1:] if cells[0][0] == 0 and cells[0][1].isdigit() else cells
    return len(body) >= 2 and any(
        (number(cell) is not None or is_mark(cell)) and cell not in headed for _, cell in body
    )


def _last_row(filled: list, at: int, grid: Grid) -> int:
    """Return the index of the last row that is like a row of the table."""
    last = at
    for index in range(at + 1, len(filled)):
        if index > at + 1 and is_next_table(filled[index], filled[at]):
            break
        body = [cell for place, cell in filled[index] if place or not cell.isdigit()]
        if len(body) >= 2 and any(number(cell) is not None or is_mark(cell) for cell in body):
            last = index
    return last


def is_next_table(cells: list[tuple[int, str]], header: list[tuple[int, str]]) -> bool:
    """True for a row of names that begins like the header: another table starts there."""
    is_alike = bool(cells) and cells[:1] == header[:1]
    return is_alike and _is_header(cells) and not any(is_mark(cell) for _, cell in cells)


def next_table(spot: Spot) -> int:
    """Return the row at which another table starts below this one, 0 where none does."""
    filled = [_filled(row) for row in spot.grid.rows]
    header = filled[max(spot.header_rows) - 1]
    below = range(spot.last_row, len(filled))
    return next((at + 1 for at in below if is_next_table(filled[at], header)), 0)


def _is_period(cells: list[tuple[int, str]]) -> bool:
    """True for a row that holds a period alone; the rows below it are of that period."""
    return len(cells) == 1 and bool(periods.readings(cells[0][1]))


def _header_rows(grid: Grid, filled: list, row: int) -> tuple[int, ...]:
    """Take in rows above while names come twice (three header rows are met)."""
    rows: tuple[int, ...] = (row,)
    while len(rows) < 3:
        above = next((at for at in range(rows[0] - 1, 0, -1) if filled[at - 1]), 0)
        names = [cell for _, cell in filled[row - 1]]
        joined = tables.headers_of(grid, rows)
        is_clear = len(set(names)) == len(names) or not any("(column " in n for n in joined)
        if not above or is_clear:
            break
        rows = (above, *rows)
    return rows


def _figures(filled: list) -> int:
    return sum(number(cell) is not None for row in filled for _, cell in row)
