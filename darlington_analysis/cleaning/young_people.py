"""A list with a row a young person, counted by ward and year; the list itself stays where it is.

Nobody's row is returned, quoted or written. A person who is listed twice entered once: the first
time. Whoever lives in none of the wards, or has no day, is left out, and how many is not said.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from darlington_analysis.catalogue import lists_of_people, sources
from darlington_analysis.catalogue.gazetteer import WARD_SETS, Gazetteer
from darlington_analysis.catalogue.numerals import plain
from darlington_analysis.errors import SchemaError
from darlington_analysis.project import Project

POSTCODES = "postcodes"  # a source with the columns postcode and ward_code, vintage: the ward set
_YEAR = re.compile(r"(20\d\d)\s?[/-]\s?(\d\d)")
_ENTERED = re.compile(r"first|entry|entered|outcome|disposal|decision|financial year|period")
_SAYS_WHO = {lists_of_people.NAME, lists_of_people.BORN, "a person's number"}


@dataclass(frozen=True)
class People:
    """The cells of a list and, by number from 0, what its columns are."""

    rows: list[list[str]]
    telling: dict[int, str]
    header: list[str]

    def cell(self, row: list[str], at: int) -> str:
        """Return a cell, "" where the row is too short."""
        return row[at] if at < len(row) else ""

    def column(self, at: int) -> list[str]:
        """Return the cells of a column that are filled."""
        return [cell for row in self.rows if (cell := self.cell(row, at))]

    @property
    def others(self) -> list[int]:
        """The columns that do not say who somebody is."""
        return [at for at in range(len(self.header)) if at not in self.telling]


def people_in(cells: Sequence[Sequence[str]]) -> People | None:
    """Return the people of a table with its header; None where it has no row a person."""
    found = lists_of_people.columns_of(cells)
    if not found:
        return None
    rows = [[plain(cell) for cell in row] for row in cells]
    wide = max(sum(map(bool, row)) for row in rows)
    top = next(at for at, row in enumerate(rows) if 2 * sum(map(bool, row)) > wide)
    return People([row for row in rows[top + 1 :] if any(row)], found, rows[top])


def together(sheets: Sequence[People]) -> People:
    """Return the people of several sheets as one list: a sheet a year, and somebody on two of them.

    Raises SchemaError where sheets have other columns, or nothing would tell that it is the same
    person; no header is quoted.
    """
    first, *others = sheets
    telling = {at: kind for sheet in sheets for at, kind in sheet.telling.items()}
    is_alike = all(sheet.header == first.header for sheet in others)
    if others and not (is_alike and _SAYS_WHO & set(telling.values())):
        raise SchemaError(
            f"People are listed on {len(sheets)} sheets, which can't be counted as one list",
            "The same columns on each, and one that tells who somebody is: nobody counts twice.",
            "put everybody on one sheet of a copy of the workbook, and add that",
        )
    return People([row for sheet in sheets for row in sheet.rows], telling, first.header)


def ward_set_of(project: Project, people: People) -> str:
    """Return the set of wards that most people live in: by ward, or else by postcode."""
    gazetteer = Gazetteer(project)
    lives = {name: sum(map(bool, _wards(project, gazetteer, people, name)))
             for name in WARD_SETS.values()}  # fmt: skip
    best = max(lives, key=lives.get)
    if not lives[best]:
        raise SchemaError(
            "A list of people, and no column of it names wards of ours",
            "A column of ward codes or names; or postcodes, and a source that puts them in wards.",
            f'add the ward to the list, or a source with dataset = "{POSTCODES}" to data/raw',
        )
    return best


def counted(project: Project, people: People, ward_set: str) -> pd.DataFrame:
    """Return first-time entrants by ward_code and period (financial year): a row for each ward and
    each year from the first to the last, column count, 0 where there was none.

    Raises SchemaError where wards or days can't be told; it quotes no cell.
    """
    gazetteer = Gazetteer(project)
    wards = _wards(project, gazetteer, people, ward_set)
    years = [_financial_year(people.cell(row, _day_column(people))) for row in people.rows]
    listed = pd.DataFrame({"who": _who(people), "ward_code": wards, "period": years})
    kept = listed.dropna(subset=["ward_code", "period"])
    if kept.empty:
        raise SchemaError(
            "A list of people, and no row of it has both a ward of ours and a day",
            "A column that names wards, and one that says when somebody entered the system.",
            "look at these two columns of the list",
        )
    first = kept.sort_values("period", kind="stable").drop_duplicates("who")
    return _complete(first, gazetteer, ward_set)


def _complete(first: pd.DataFrame, gazetteer: Gazetteer, ward_set: str) -> pd.DataFrame:
    system = next(name for name, each in WARD_SETS.items() if each == ward_set)
    codes = sorted({place.code for place in gazetteer.known[system].values()})
    starts = range(int(first.period.min()[:4]), int(first.period.max()[:4]) + 1)
    periods = [f"{year}/{(year + 1) % 100:02d}" for year in starts]
    every = pd.MultiIndex.from_product([codes, periods], names=["ward_code", "period"])
    counts = first.groupby(["ward_code", "period"]).size().reindex(every, fill_value=0)
    return counts.rename("count").reset_index()


def _who(people: People) -> list[tuple]:
    """Return what tells one person from another; each row is one where nothing does."""
    own = [at for at, kind in people.telling.items() if kind in _SAYS_WHO]
    return [
        tuple(people.cell(row, at).lower() for at in own) if own else (number,)
        for number, row in enumerate(people.rows)
    ]


def _wards(project: Project, gazetteer: Gazetteer, people: People, ward_set: str) -> list:
    """Return each row's ward, None where it has none of the set."""
    system = next(name for name, each in WARD_SETS.items() if each == ward_set)
    by_column = {
        at: [gazetteer.find(people.cell(row, at), (system,)) for row in people.rows]
        for at in people.others
    }
    best = max(by_column, key=lambda at: sum(map(bool, by_column[at])), default=None)
    if best is not None and any(by_column[best]):
        return [place.code if place else None for place in by_column[best]]
    return _by_postcode(project, people, ward_set)


def _by_postcode(project: Project, people: People, ward_set: str) -> list:
    at = next((at for at, kind in people.telling.items() if kind == lists_of_people.POSTCODE), None)
    found = sources.find_all(project, POSTCODES, ward_set)
    if at is None or not found:
        return [None] * len(people.rows)
    table = sources.open_raw(project, found[0]).frame
    known = dict(zip(table.postcode.map(_bare), table.ward_code, strict=True))
    return [known.get(_bare(people.cell(row, at))) for row in people.rows]


def _bare(postcode: str) -> str:
    return postcode.replace(" ", "").upper()


def _day_column(people: People) -> int:
    """Return the column that says when somebody entered the system."""
    able = [
        at
        for at in people.others
        if (cells := people.column(at))
        and 2 * sum(_financial_year(cell) is not None for cell in cells) > len(cells)
    ]
    named = [at for at in able if _ENTERED.search(people.header[at].lower())]
    for sure in (able, named):
        if len(sure) == 1:
            return sure[0]
    raise SchemaError(
        f"A list of people with {len(able)} columns that could be the day of entry",
        "One column of days or financial years besides the date of birth.",
        "take the other columns of days out of a copy of the list",
    )


def _financial_year(cell: str) -> str | None:
    """Return the financial year of a day or of a label, None where the cell is neither."""
    if label := _YEAR.fullmatch(cell):
        is_next = (int(label[1]) + 1) % 100 == int(label[2])
        return f"{label[1]}/{label[2]}" if is_next else None
    if not lists_of_people.DATE.fullmatch(cell):
        return None
    parts = [int(part) for part in re.findall(r"\d+", cell)[:3]]
    year, month, day = parts if "-" in cell else parts[::-1]
    try:
        on = date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None
    start = on.year - (on.month < 4)
    return f"{start}/{(start + 1) % 100:02d}"
