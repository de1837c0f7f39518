"""A list with a row a young person, counted by ward and year; the list itself stays where it is.

No row is returned, quoted or written. A person who is listed twice entered once: the first time.
People of another council, without a ward, or without a day are left out, and how many is not said.
A filled cell that can't be read as a ward or a day stops the count.
"""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from darlington_analysis.core import periods as period_labels
from darlington_analysis.core.errors import DarlingtonError, SchemaError
from darlington_analysis.core.project import Project
from darlington_analysis.core.settings import load_place
from darlington_analysis.intake import draft_questions, drafting, incoming
from darlington_analysis.readers import grids, personal_data
from darlington_analysis.readers.numbers import plain
from darlington_analysis.sources import areas, other_places, register
from darlington_analysis.sources.gazetteer import Gazetteer

_ENTERED = re.compile(r"first|entry|entered|outcome|disposal|decision|financial year|period")
_OUTSIDE = re.compile(
    r"(?:ward )?(?:not|un) ?known|unknown|n/?[ak]|none|no(?:t)? fixed .*|nfa|-+|"
    r"(?:out(?:side)?|other)(?: of)?(?: the)?"
    r"(?: area| borough| county| council| la| local authority| town)?|ooa|oob",
    re.IGNORECASE,
)
# Letters that are no others with an accent, and are often written as these.
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"})
# Columns that may say, in words that are not known here, that somebody is another council's.
_WHOSE = re.compile(r"team|service|area|town|place|locat|resid|force|office|address|referr", re.I)
_SAYS_WHO = {personal_data.NAME, personal_data.BORN, "a person's number"}


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
    telling = personal_data.columns_of(cells)
    if not telling:
        return None
    rows = [[plain(cell) for cell in row] for row in cells]
    wide = max(sum(map(bool, row)) for row in rows)
    top = next(at for at, row in enumerate(rows) if 2 * sum(map(bool, row)) > wide)
    return People([row for row in rows[top + 1 :] if any(row)], telling, rows[top])


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
            "The same columns on each, and one that identifies a person.",
            "put everybody on one sheet of a copy of the workbook, and add that",
        )
    return People([row for sheet in sheets for row in sheet.rows], telling, first.header)


def ward_set_of(project: Project, people: People) -> str:
    """Return the set of wards that most people live in: by ward, or else by postcode."""
    gazetteer = Gazetteer(project)
    wards = {
        name: _residence(project, gazetteer, people, name)[1]
        for name in gazetteer.wards_of.values()
    }
    best = max(wards, key=lambda name: sum(map(bool, wards[name])))
    if not any(wards[best]):
        if any("" in every for every in wards.values()):
            raise SchemaError(
                "A list of people who live elsewhere: another council, team, court or postcode "
                "stands beside each ward of ours",
                "People of the borough, in a column of wards; the wards alone may be another "
                "council’s, too.",
                "look whose list it is; if everybody lives here, take that column out of a copy",
            )
        raise SchemaError(
            "A list of people, and no column of it names wards of ours",
            "A column of ward codes or names; or postcodes, and a source that puts them in wards.",
            f'add the ward to the list, or a source with dataset = "{areas.POSTCODES}" to data/raw',
        )
    return best


def counted(project: Project, people: People, ward_set: str) -> pd.DataFrame:
    """Return first-time entrants by ward_code and period (financial year): a row for each ward and
    each year from the first to the last, column count, 0 where there was none.

    Raises SchemaError where wards or days can't be told; it quotes no cell.
    """
    gazetteer = Gazetteer(project)
    column, wards = _residence(project, gazetteer, people, ward_set)
    _refuse_unread_wards(gazetteer, people, column, wards, ward_set)
    years = _years(people)
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
    system = _system(ward_set)
    codes = sorted({place.code for place in gazetteer.known[system].values()})
    starts = range(int(first.period.min()[:4]), int(first.period.max()[:4]) + 1)
    periods = [f"{year}/{(year + 1) % 100:02d}" for year in starts]
    every = pd.MultiIndex.from_product([codes, periods], names=["ward_code", "period"])
    counts = first.groupby(["ward_code", "period"]).size().reindex(every, fill_value=0)
    return counts.rename("count").reset_index()


def _who(people: People) -> list[tuple]:
    """Return what tells one person from another; each row is one where nothing does.

    Raises SchemaError where two rows share a date of birth and no column tells more.
    """
    telling = [at for at, kind in people.telling.items() if kind in _SAYS_WHO]
    if not telling:
        return [(number,) for number in range(len(people.rows))]
    who = [tuple(folded(people.cell(row, at)) for at in telling) for row in people.rows]
    if {people.telling[at] for at in telling} == {personal_data.BORN} and len(set(who)) < len(who):
        raise SchemaError(
            "A list of people in which rows have the same date of birth, and nothing else that "
            "tells one person from another",
            "A column of names or of persons' numbers beside the date of birth.",
            "add such a column to a copy of the list, and add that",
        )
    return who


def folded(cell: str) -> str:
    """Return a cell as one writes it in many ways: O’Brien, José is jose obrien; days as days."""
    if day := _day(cell):
        return day.isoformat()
    plain_letters = unicodedata.normalize("NFKD", cell).casefold().translate(_LETTERS)
    kept = "".join(
        letter if letter.isalnum() else " " if letter.isspace() or letter == "," else ""
        for letter in plain_letters
    )
    return " ".join(sorted(kept.split()))


def _residence(
    project: Project, gazetteer: Gazetteer, people: People, ward_set: str
) -> tuple[int | None, list]:
    """Return the column that says where people live, and each row's ward: its code, "" for one of
    another council, None where the cell names no ward of the set.
    """
    system = _system(ward_set)
    by_column = {
        at: [gazetteer.find(people.cell(row, at), (system,)) for row in people.rows]
        for at in people.others
    }
    best = max(by_column, key=lambda at: sum(map(bool, by_column[at])), default=None)
    if best is None or not any(by_column[best]):
        return _by_postcode(project, people, ward_set)
    columns = {f"{people.header[at]} {at + 1}": at for at in people.others}
    name = f"{people.header[best]} {best + 1}"
    councils = other_places.council_columns(
        gazetteer, {heading: people.column(at) for heading, at in columns.items() if at != best}
    )
    elsewhere = _elsewhere(project, people, ward_set)
    wards = []
    for at, (row, place) in enumerate(zip(people.rows, by_column[best], strict=True)):
        cells = {heading: people.cell(row, at) for heading, at in columns.items()}
        is_other = other_places.judge(gazetteer, place, name, cells, councils).veto
        is_other = is_other or (not (place and place.is_coded) and at in elsewhere)
        wards.append("" if is_other else place.code if place else None)
    return best, wards


def _elsewhere(project: Project, people: People, ward_set: str) -> set[int]:
    """Return the indexes of rows whose postcode lies where none of our wards does."""
    sectors = areas.own_sectors(project, ward_set)
    return {
        row
        for at, kind in people.telling.items()
        if kind == personal_data.POSTCODE
        for row, is_elsewhere in enumerate(
            areas.are_elsewhere(
                people.header[at], [people.cell(row, at) for row in people.rows], sectors
            )
        )
        if is_elsewhere
    }


def _refuse_unread_wards(
    gazetteer: Gazetteer, people: People, column: int | None, wards: list, ward_set: str
) -> None:
    """Raise SchemaError where a filled cell names neither a ward of ours nor another place."""
    for row, ward in zip(people.rows, wards, strict=True):
        cell = "" if column is None else people.cell(row, column)
        if ward is not None or not cell or _OUTSIDE.fullmatch(cell):
            continue
        if column in people.telling and areas.POSTCODE.fullmatch(areas.bare_postcode(cell)):
            continue  # somewhere else
        try:
            gazetteer.refuse_near_miss(cell, (_system(ward_set),))
            is_near = ""
        except DarlingtonError:  # which quotes the cell
            is_near = ", but nearly one"
        raise SchemaError(
            f"A list of people, column {column + 1}: a filled cell is no ward of {ward_set}"
            f"{is_near}",
            "Each filled cell names a ward of ours, or another column names the other council.",
            "correct that column in a copy of the list; leave the cell empty, or write “other”, "
            "for somebody who lives elsewhere",
        ) from None


def _system(ward_set: str) -> str:
    return f"ward-{ward_set}"


def _by_postcode(project: Project, people: People, ward_set: str) -> tuple[int | None, list]:
    at = next((at for at, kind in people.telling.items() if kind == personal_data.POSTCODE), None)
    sources = register.find_all(project, areas.POSTCODES, ward_set)
    if at is None or not sources:
        return None, [None] * len(people.rows)
    known = areas.wards_of_postcodes(project, sources[0])
    return at, [known.get(areas.bare_postcode(people.cell(row, at))) for row in people.rows]


def _years(people: People) -> list[str | None]:
    """Return the financial year of each row, None where its cell is empty. Raises SchemaError."""
    at = _day_column(people)
    cells = [people.cell(row, at) for row in people.rows]
    years = [_financial_year(cell) for cell in cells]
    unread = sum(bool(cell) and year is None for cell, year in zip(cells, years, strict=True))
    if unread:
        raise SchemaError(
            f"A list of people, column {at + 1}: {unread} filled cell(s) can't be read as a day",
            "Days as 14/04/2008 (day, month, year), 2008-04-14 or 14 April 2008.",
            "look whether some have the month first, and correct them in a copy of the list",
        )
    return years


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
    on = _day(cell)
    if on is None:
        return period_labels.readings(cell).get("financial")
    start = on.year - (on.month < 4)
    return f"{start}/{(start + 1) % 100:02d}"


def _day(cell: str) -> date | None:
    """Return the day that a cell writes, the day before the month; None where it writes none."""
    if short := re.fullmatch(r"(\d{1,2}[/.-]\d{1,2}[/.-])(\d\d)", cell):
        cell = f"{short[1]}{period_labels.year_of(short[2])}"
    read = period_labels.readings(cell).get("day")
    return date.fromisoformat(read) if read else None


COLUMNS = {
    "ward_code": "electoral ward, GSS code",
    "period": "financial year",
    "first_time_entrants": "first-time entrants aged 10 to 17, count",
}


def add(project: Project, path: Path) -> drafting.Draft | None:
    """Count a list of people, on whatever sheets, into ``data/raw/restricted`` and return the draft
    of its sidecar; None where the file has no row a person. Raises SchemaError, SourceError.
    """
    every = grids.grids_of(path, grids.detect(path), "", hidden=True)
    sheets = [people for grid in every if (people := people_in(grid.rows))]
    if not sheets:
        return None
    if any(grid.hidden_rows for grid in every):
        raise SchemaError(
            f"{path.name} lists people, and rows of it are hidden (by a filter, perhaps)",
            "A list in which every row can be seen.",
            "show every row of a copy, or delete those that don't count, and add that",
        )
    people = together(sheets)
    ward_set = ward_set_of(project, people)
    counts = counted(project, people, ward_set).rename(columns={"count": "first_time_entrants"})
    content = counts.to_csv(index=False, lineterminator="\n").encode()
    whose = [at for at in range(len(people.header)) if _WHOSE.search(people.header[at])]
    years = tuple(sorted(set(counts.period)))
    draft = _draft(project, ward_set, years, hashlib.sha256(content).hexdigest(), whose)
    name = _name(areas.ward_counts(load_place(project), ward_set))
    incoming.add_restricted(project, name, content, draft.text)
    return draft


def _name(dataset: str) -> str:
    return f"{dataset.replace('-', '_')}.csv"


def _draft(
    project: Project, ward_set: str, years: tuple[str, ...], digest: str, whose: list[int]
) -> drafting.Draft:
    place = load_place(project)
    dataset = areas.ward_counts(place, ward_set)
    story = {
        "dataset": dataset,
        "title": "First-time entrants by ward",
        "address": "none: not published",
        "licence": "not for publication",
        "control": "controlled",
        "basis": "observed",
        "is_dummy": False,
        "sha256": digest,
    }
    questions = [
        draft_questions.question(
            ("notes",),
            "Is each person of the list a first-time entrant aged 10 to 17,"
            " and does it have everyone who was one in these years?",
        ),
        draft_questions.question(
            ("residents",),
            f"Where a name alone says in which ward somebody lives: does everybody live in "
            f"{place.name}?"
            + f" Does no cell of column {', '.join(str(at + 1) for at in whose)} say that somebody "
            "is another council’s?"
            * bool(whose)
            + " If not, take them out of a copy of the list, and add that.",
            "yes",
        ),
        draft_questions.question(("publisher",), "Who holds the list?"),
        draft_questions.question(
            ("retrieved",), "On which day was it taken? Write it like 2026-11-22."
        ),
        draft_questions.question(("vintage",), "Which release is it? (its date)"),
    ]
    seen = (
        "This file has a row a person. It was not copied, and nothing of it is kept but counts.",
        f"Counted by ward ({ward_set}) and year: {years[0]} to {years[-1]}. Who lives in none of "
        "these wards, or has no day, is not counted.",
        f"data/raw/restricted/{_name(dataset)}: only you can read it. Keep the list where it is "
        "kept safely, or delete this copy of it.",
    )
    text = drafting.text_of({**story, "columns": COLUMNS}, questions, list(seen[:1]))
    return drafting.Draft(text, seen, tuple(question["asks"] for question in questions))
