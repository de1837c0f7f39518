"""Which columns of a table name its areas, and in which system of codes or names."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from darlington_analysis.intake.draft_table import Column
from darlington_analysis.readers.numbers import number
from darlington_analysis.sources import other_places
from darlington_analysis.sources.gazetteer import Gazetteer, Place, is_code

LEAST_OURS = 0.3  # of the names in a column
_TYPES = ("lsoa", "ward", "borough", "region", "country")
_TOTALS = r"(?:grand |borough |{place} )?totals?|all (?:wards|areas|lsoas)|sum"
_NAMED = {"lsoa-2001": r"(?:20)?01|soa$", "lsoa-2011": r"(?:20)?11", "lsoa-2021": r"(?:20)?21"}


@dataclass(frozen=True)
class Found:
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


def find(columns: list[Column], gazetteer: Gazetteer, last_year: int) -> Found | None:
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
    said = [
        next((cell for cell in cells if cell), "")
        for cells in zip(*(column.cells for column in chosen), strict=True)
    ]
    systems, maybe = _systems(said, gazetteer, best.name, last_year)
    named = tuple(gazetteer.find(cell, systems) for cell in said)
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
    return Found(
        tuple(column.name for column in chosen),
        systems,
        maybe,
        names,
        tuple(sorted({cell for cell in said if re.fullmatch(totals, cell, re.I)})),
        rows,
        tuple(councils),
        tuple(at for at, row in enumerate(rows) if row and not verdicts[at].is_confirmed),
        tuple(verdict.veto for at, verdict in enumerate(verdicts) if named[at] and verdict.veto),
    )


def _verdicts(columns, chosen, named, councils, gazetteer) -> list[other_places.Verdict]:
    """Return, for each row, what its other cells say of the place that is named in it."""
    told = []
    for at, place in enumerate(named):
        column = next((column.name for column in chosen if column.cells[at]), "")
        row = {column.name: column.cells[at] for column in columns}
        told.append(other_places.judge(gazetteer, place, column, row, councils))
    return told


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
    found = []
    for column in able:
        cells = [column.cells[index] for index in empty if column.cells[index]]
        places = [gazetteer.find(cell, ("wider",)) for cell in cells if is_code(cell)]
        if column is not best and cells and len(places) == len(cells) and any(places):
            types = [_TYPES.index(place.area_type) for place in places if place]
            found.append((min(types), column))
    return [column for _, column in sorted(found, key=lambda pair: pair[0])]


def _systems(
    said: list[str], gazetteer: Gazetteer, column: str, last_year: int
) -> tuple[tuple, tuple]:
    """Return the systems that the cells are of, and others that would do as well.

    A whole set of areas says which one it is, and so may the column's name; else the newest of the
    table's last year is offered.
    """
    distinct = {cell for cell in said if cell}
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
    ours = {
        cell
        for cell in names
        if any(gazetteer.find(cell, (each,)) for each in gazetteer.first_years)
    }
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
            found and found.code == place.code
            for found, (_, place) in zip(known, pairs, strict=True)
        ]
        if column not in chosen and pairs and all(agree):
            return column.name
    return ""
