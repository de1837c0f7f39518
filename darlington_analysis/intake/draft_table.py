"""A look at cells without a description: where the table is, and which columns name its areas."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from darlington_analysis.core import periods
from darlington_analysis.readers import tables
from darlington_analysis.readers.grids import Grid
from darlington_analysis.readers.numbers import has_decimal_comma, marked, number, plain, with_point
from darlington_analysis.sources import other_places
from darlington_analysis.sources.gazetteer import Gazetteer, Place, is_code

FIRST_ROWS = 60  # a table starts within these
# What usually stands where no number is.
_MARK = re.compile(
    r"|-|\.\.?|\.\.c|[xzcsk:*~u]|low|n/?a|nan|none|null|#(?:div/0|n/a|ref|value)!?"
    r"|\[(?:[xzcu]|low)\]|suppressed|not available",
    re.IGNORECASE,
)
MOST_MARKERS = 12


@dataclass(frozen=True)
class Spot:
    """Where a table stands in a grid; rows are numbered from 1."""

    grid: Grid
    header_rows: tuple[int, ...]
    last_row: int


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
        pairs = [marked(cell) for cell in self.cells if number(cell) is None]
        return tuple(dict.fromkeys(pair[1] for pair in pairs if pair))

    @property
    def kinds(self) -> list[str]:
        """The kinds of period that every filled cell can be read as; empty where there is none."""
        shared = None
        for cell in dict.fromkeys(self.filled):
            kinds = periods.readings(cell)
            shared = (
                dict(kinds) if shared is None else {k: v for k, v in shared.items() if k in kinds}
            )
            if not shared:
                return []
        return list(shared or {})


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
            return Spot(grid, rows, last + 1)
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
    filled = dict(tables.filled_down(many, headers, filled_down))
    rows = [filled[row] for row in keep_rows]
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
    return _MARK.fullmatch(cell) is not None


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


LEAST_OURS = 0.3  # of the names in a column
_TYPES = ("lsoa", "ward", "borough", "region", "country")
_TOTALS = r"(?:grand |borough |{place} )?totals?|all (?:wards|areas|lsoas)|sum"
_NAMED = {"lsoa-2001": r"(?:20)?01|soa$", "lsoa-2011": r"(?:20)?11", "lsoa-2021": r"(?:20)?21"}


@dataclass(frozen=True)
class AreaColumns:
    """The columns that name areas, the systems sure and those that may be, and a names' column.

    ``rows`` are the places of the table's rows, None where a row has none of ours; ``councils`` the
    columns that name councils. ``by_name`` are indexes of rows that a name alone says are ours;
    ``vetoes`` why rows that bear a name of ours are about another place.
    """

    columns: tuple[str, ...]
    systems: tuple[str, ...]
    maybe: tuple[str, ...]
    names: str
    totals: tuple[str, ...]
    rows: tuple[Place | None, ...]
    councils: tuple[str, ...] = ()
    by_name: tuple[int, ...] = ()
    vetoes: tuple[str, ...] = ()


def find_areas(columns: list[Column], gazetteer: Gazetteer, last_year: int) -> AreaColumns | None:
    """Return where areas stand, None where no column names an area of ours.

    The column of the finest areas is taken, then that of most; codes go before names. Rows that
    leave it empty take their area from further columns, finer areas first.
    """
    able = [column for column in columns if _is_able(column)]
    if not able:
        return None
    best = max(able, key=lambda column: _worth(column, gazetteer))
    if not _worth(best, gazetteer)[0]:
        return None
    chosen = [best, *_more(best, able, gazetteer)]
    area_cells = [
        next((cell for cell in cells if cell), "")
        for cells in zip(*(column.cells for column in chosen), strict=True)
    ]
    systems, maybe = _systems(area_cells, gazetteer, best.name, last_year)
    named = tuple(gazetteer.find(cell, systems) for cell in area_cells)
    names = _names(able, chosen, named, gazetteer)
    taken = {names, *(column.name for column in chosen)}
    councils = other_places.council_columns(
        gazetteer, {column.name: column.filled for column in columns if column.name not in taken}
    )
    verdicts = _verdicts(columns, chosen, named, councils, gazetteer)
    rows = tuple(
        None if verdict.veto else place for place, verdict in zip(named, verdicts, strict=True)
    )
    totals = _TOTALS.format(place=re.escape(gazetteer.place.name))
    return AreaColumns(
        tuple(column.name for column in chosen),
        systems,
        maybe,
        names,
        tuple(sorted({cell for cell in area_cells if re.fullmatch(totals, cell, re.I)})),
        rows,
        tuple(councils),
        tuple(at for at, row in enumerate(rows) if row and not verdicts[at].is_confirmed),
        tuple(verdict.veto for at, verdict in enumerate(verdicts) if named[at] and verdict.veto),
    )


def _verdicts(columns, chosen, named, councils, gazetteer) -> list[other_places.Verdict]:
    """Return, for each row, what its other cells say of the place that is named in it."""
    verdicts = []
    for at, place in enumerate(named):
        column = next((column.name for column in chosen if column.cells[at]), "")
        row = {column.name: column.cells[at] for column in columns}
        verdicts.append(other_places.judge(gazetteer, place, column, row, councils))
    return verdicts


def _is_able(column: Column) -> bool:
    return any(number(cell) is None for cell in column.filled[:50]) and bool(column.filled)


def _worth(column: Column, gazetteer: Gazetteer) -> tuple[int, int, int, bool]:
    """Return how fine a column's areas are (0 where none is ours), how many, whether codes."""
    distinct = set(column.filled)
    ours = [cell for cell in distinct if gazetteer.has(cell)]
    places = [
        gazetteer.find(cell, (name,)) for cell in ours for name in (*gazetteer.first_years, "wider")
    ]
    fine = max((len(_TYPES) - _TYPES.index(p.area_type) for p in places if p), default=0)
    codes = [cell for cell in distinct if is_code(cell)]
    return fine, len(ours), len({*ours, *codes}), len(codes) > len(distinct) / 2


def _more(best: Column, able: list[Column], gazetteer: Gazetteer) -> list[Column]:
    """Return further columns for the rows whose best column is empty, finest areas first."""
    empty = [index for index, cell in enumerate(best.cells) if not cell]
    further = []
    for column in able:
        cells = [column.cells[index] for index in empty if column.cells[index]]
        places = [gazetteer.find(cell, ("wider",)) for cell in cells if is_code(cell)]
        if column is not best and cells and len(places) == len(cells) and any(places):
            types = [_TYPES.index(place.area_type) for place in places if place]
            further.append((min(types), column))
    return [column for _, column in sorted(further, key=lambda pair: pair[0])]


def _systems(
    cells: list[str], gazetteer: Gazetteer, column: str, last_year: int
) -> tuple[tuple, tuple]:
    """Return the systems that the cells are of, and others that would do as well.

    A whole set of areas says which one it is, and so may the column's name; else the newest of the
    table's last year is offered.
    """
    distinct = {cell for cell in cells if cell}
    if _is_elsewhere(distinct, gazetteer):
        return ("wider",), ()
    fine = gazetteer.first_years
    hits = {name: {c for c in distinct if gazetteer.find(c, (name,))} for name in (*fine, "wider")}
    wider = ("wider",) if hits["wider"] else ()
    most = max(len(hits[name]) for name in fine)
    every = set().union(*(hits[name] for name in fine))
    if not most:
        return wider, ()
    if most < len(every):
        return (*_several(hits, every, fine), *wider), ()
    able = [name for name in fine if len(hits[name]) == most]
    whole = [name for name in able if _is_whole(hits[name], name, gazetteer)]
    named = [
        name
        for name in able
        if re.search(rf"(?<!\d)(?:{_NAMED.get(name, '$^')})(?!\d)", column, re.I)
    ]
    for sure in (whole, named):
        if len(sure) == 1:
            return (sure[0], *wider), ()
    years = [year for name, year in fine.items() if name in able and year <= last_year]
    first = next((n for n in able if fine[n] == max(years, default=0)), able[0])
    return (first, *wider), tuple(name for name in able if name != first)


def _is_elsewhere(distinct: set[str], gazetteer: Gazetteer) -> bool:
    """True where few of many names are ours: “Eastbourne” among districts is not our ward."""
    names = {cell for cell in distinct if not is_code(cell)}
    fine = gazetteer.first_years
    ours = {cell for cell in names if any(gazetteer.find(cell, (system,)) for system in fine)}
    has_codes = any(is_code(cell) and gazetteer.has(cell) for cell in distinct)
    return bool(ours) and not has_codes and len(ours) < LEAST_OURS * len(names)


def _several(hits: dict[str, set[str]], every: set[str], fine: Iterable[str]) -> list[str]:
    """Return the fewest systems that hold every area of a table of two times."""
    taken: list[str] = []
    while left := every.difference(*(hits[name] for name in taken)):
        taken.append(max(fine, key=lambda name: len(hits[name] & left)))
    return taken


def _is_whole(cells: set[str], system: str, gazetteer: Gazetteer) -> bool:
    places = {gazetteer.find(cell, (system,)).code for cell in cells}
    return places == {place.code for place in gazetteer.known[system].values()}


def _names(able: list[Column], chosen: list[Column], rows: tuple, gazetteer: Gazetteer) -> str:
    """Return a column whose names agree with the codes of every ward and wider area."""
    for column in able:
        pairs = [
            (cell, place)
            for cell, place in zip(column.cells, rows, strict=True)
            if place and place.area_type != "lsoa" and cell
        ]
        known = [gazetteer.find(cell, (place.system,)) for cell, place in pairs]
        agree = [
            named and named.code == place.code
            for named, (_, place) in zip(known, pairs, strict=True)
        ]
        if column not in chosen and pairs and all(agree):
            return column.name
    return ""
