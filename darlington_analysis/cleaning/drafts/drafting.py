"""From a file nobody has described to a drafted sidecar; nothing is imported here."""

import hashlib
import re
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from darlington_analysis.catalogue import lists_of_people, opening, tables
from darlington_analysis.catalogue.gazetteer import Gazetteer
from darlington_analysis.catalogue.reading import Reading, answered
from darlington_analysis.cleaning import long_rows
from darlington_analysis.cleaning.drafts import (
    asking,
    describing,
    looking,
    parts,
    places,
    telling,
    toml_text,
)
from darlington_analysis.errors import SchemaError
from darlington_analysis.settings import first_problem


@dataclass(frozen=True)
class Draft:
    """A drafted sidecar's text, what was seen, and what must be answered before an import."""

    text: str
    seen: tuple[str, ...]
    questions: tuple[str, ...]


@dataclass(frozen=True)
class Seen:
    """A table somebody may mean, its columns cut down to our areas' rows, and where those stand."""

    spot: looking.Spot
    columns: list[looking.Column]
    places: places.Found
    rows: list[int]
    filled_down: tuple[str, ...] = ()
    decimal: str = "."

    @property
    def above(self) -> dict[int, str]:
        """The periods that stand in rows of their own above the table's rows."""
        return tables.periods_above(self.spot.grid, self.rows)


def draft(path: Path, gazetteer: Gazetteer, sheet: str = "", first_row: int = 1) -> Draft:
    """Return a sidecar for a file. Raises SourceError where it can't be read, SchemaError where
    it holds no table of figures by area, or one that would not import as drafted.
    """
    how, spots, vetoes = opening.how_of(path), [], []
    found = opening.grids_of(path, how, sheet)
    for grid in found:
        lists_of_people.refuse(grid.rows, path.name)
        spot = looking.find_table(grid, first_row)
        seen = _look(spot, gazetteer, path.name) if spot else None
        if seen and seen.rows:
            spots.append(seen)
        elif seen:
            vetoes += seen.places.vetoes
    if not spots:
        raise telling.nothing(path, found, gazetteer, vetoes)
    spots.sort(key=lambda seen: -len({p.code for p in seen.places.rows if p}))
    return _write(path, how, spots[0], spots[1:], gazetteer)


def _look(spot: looking.Spot, gazetteer: Gazetteer, name: str) -> Seen | None:
    """Return a table's columns for the rows of our areas; None where it has no such row."""
    top = max(spot.header_rows)
    body = [row for row in range(top + 1, spot.last_row + 1)
            if sum(bool(cell.strip()) for cell in spot.grid.rows[row - 1]) > 1]  # fmt: skip
    every = looking.columns(spot, body)
    down = parts.filled_down(every, gazetteer)
    decimal = looking.decimal_of(every)
    every = looking.columns(spot, body, down, decimal)
    times = parts.find_times(every, set())
    years = re.findall(r"(?<!\d)(?:19|20)\d\d", " ".join((*times.labels, name)))
    found = places.find(every, gazetteer, int(max(years, default="2100")))
    if found is None:
        found = _one_area(every, body, gazetteer)
        if found is None:
            return None
    first: dict[tuple, int] = {}  # a row that is there twice, cell by cell, counts once
    for row, place in zip(body, found.rows, strict=True):
        if place or not found.columns:
            first.setdefault((place, *spot.grid.rows[row - 1]), row)
    ours = list(first.values())
    places_of = dict(zip(body, found.rows, strict=True))
    by_name = {body[at] for at in found.by_name}
    found = replace(
        found,
        rows=tuple(places_of[row] for row in ours),
        by_name=tuple(at for at, row in enumerate(ours) if row in by_name),
    )
    return Seen(spot, looking.columns(spot, ours, down, decimal), found, ours, down, decimal)


def _one_area(every: list[looking.Column], body: list[int], gazetteer) -> places.Found | None:
    """A table without areas whose rows are periods may be about one area, which must be asked."""
    if sum(gazetteer.has(column.name) for column in every) > 1:
        return None  # areas stand across
    times = parts.find_times(every, set())
    if not times.column and not (every and every[0].kinds):
        return None
    return places.Found((), ("wider",), (), "", (), tuple(None for _ in body))


def _write(path: Path, how: dict, seen: Seen, others: list[Seen], gazetteer: Gazetteer) -> Draft:
    reading, questions = describing.reading_of(how, seen, path)
    if others:
        names = ", ".join(f"“{each.spot.grid.sheet}”" for each in others)
        questions.insert(0, asking.question(
            ("reading", "sheet"), f"Is it this sheet? Tables of our areas are also on {names}. For "
            f"another sheet: add FILE --sheet NAME.", reading["sheet"],
        ))  # fmt: skip
    if row := looking.next_table(seen.spot):
        questions.insert(0, asking.next_table_question(row, reading["last_row"]))
    taken = _try(path, reading, questions, seen, gazetteer)
    if not taken.rows_kept:
        raise telling.unheld(path, taken)
    reading["expect"] = taken.found
    story = describing.story_of(path, seen, hashlib.sha256(path.read_bytes()).hexdigest())
    asked = [*asking.story_questions(path, describing.title_of(seen), taken), *questions]
    remarks = telling.remarks(path, how, reading, taken)
    text = toml_text.text_of(
        {**story, "columns": describing.meanings(reading, seen), "reading": reading}, asked, remarks
    )
    return Draft(text, tuple(remarks), tuple(each["asks"] for each in asked))


def _try(path: Path, reading: dict, questions: list[dict], seen: Seen, gazetteer):
    """Read the file as drafted, with stand-ins for what is asked; a draft must import."""
    stood_in = asking.stood_in(questions)
    told, _ = answered({"reading": reading, "questions": stood_in})
    try:
        declared = Reading(**told["reading"])
    except ValidationError as fault:
        raise SchemaError(
            f"{path.name} can't be described as it is: {first_problem(fault)}",
            "Areas, periods and figures that a sidecar can name.", "write the sidecar by hand",
        ) from fault  # fmt: skip
    grid = seen.spot.grid
    return long_rows.take_apart(
        tables.table_of(grid, declared, path.name), declared, gazetteer, path.name
    )
