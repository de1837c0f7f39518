"""From a file nobody has described to a drafted sidecar; nothing is imported here."""

import hashlib
import re
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from darlington_analysis.catalogue import personal, tables
from darlington_analysis.catalogue.gazetteer import Gazetteer
from darlington_analysis.catalogue.grids import Grid
from darlington_analysis.catalogue.reading import Reading, answered
from darlington_analysis.cleaning import long_rows
from darlington_analysis.cleaning.drafts import (
    asking,
    describing,
    looking,
    opening,
    parts,
    places,
    toml_text,
)
from darlington_analysis.errors import SchemaError, SourceError
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


def draft(path: Path, gazetteer: Gazetteer, sheet: str = "") -> Draft:
    """Return a sidecar for a file. Raises SourceError where it can't be read, SchemaError where
    it holds no table of figures by area, or one that would not import as drafted.
    """
    how, spots = opening.how_of(path), []
    found = opening.open_file(path, how, sheet)
    for grid in found:
        personal.refuse(grid.rows, path.name)
        spot = looking.find_table(grid)
        seen = _look(spot, gazetteer, path.name) if spot else None
        if seen:
            spots.append(seen)
    if not spots:
        raise _nothing(path, found)
    spots.sort(key=lambda seen: -len({p.code for p in seen.places.rows if p}))
    return _write(path, how, spots[0], spots[1:], gazetteer)


def _look(spot: looking.Spot, gazetteer: Gazetteer, name: str) -> Seen | None:
    """Return a table's columns for the rows of our areas; None where it has no such row."""
    top = max(spot.header_rows)
    body = [row for row in range(top + 1, spot.last_row + 1)
            if sum(bool(cell.strip()) for cell in spot.grid.rows[row - 1]) > 1]  # fmt: skip
    every = looking.columns(spot, body)
    times = parts.find_times(every, set())
    years = re.findall(r"(?<!\d)(?:19|20)\d\d", " ".join((*times.labels, name)))
    found = places.find(every, gazetteer, int(max(years, default="2100")))
    if found is None:
        found = _one_area(every, body)
        if found is None:
            return None
    first: dict[tuple, int] = {}  # a row that is there twice, cell by cell, counts once
    for row, place in zip(body, found.rows, strict=True):
        if place or not found.columns:
            first.setdefault((place, *spot.grid.rows[row - 1]), row)
    ours = list(first.values())
    places_of = dict(zip(body, found.rows, strict=True))
    found = replace(found, rows=tuple(places_of[row] for row in ours))
    return Seen(spot, looking.columns(spot, ours), found, ours)


def _one_area(every: list[looking.Column], body: list[int]) -> places.Found | None:
    """A table without areas whose rows are periods may be about one area, which must be asked."""
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
    taken = _try(path, reading, questions, seen, gazetteer)
    if not taken.rows_kept:
        raise _unheld(path, taken)
    reading["expect"] = taken.found
    story = describing.story_of(path, seen, hashlib.sha256(path.read_bytes()).hexdigest())
    asked = [*asking.story_questions(path, describing.title_of(seen), taken), *questions]
    remarks = _remarks(path, how, reading, taken)
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


def _remarks(path: Path, how: dict, reading: dict, taken: long_rows.Taken) -> list[str]:
    """Return what was seen, in sentences for a person."""
    areas = reading["areas"]
    where = f", sheet “{reading['sheet']}”" if reading.get("sheet") else ""
    said = [
        f"{path.name}: {how['format']}{where}, header in row "
        f"{' and '.join(map(str, reading['header_rows']))}, last row {reading['last_row']}.",
        f"Areas: {' or '.join(areas.get('columns', ())) or 'one for the whole file'} "
        f"({', '.join(areas['systems'])}).",
        f"Rows read: {taken.rows_read}; with figures: {taken.rows_kept}; set aside: "
        f"{len(taken.set_aside)}.",
    ]
    said += [f"{count} row(s) set aside: {why}." for why, count in
             taken.set_aside.reason.value_counts().items()]  # fmt: skip
    if reading.get("left_out"):
        said.append(f"Columns left out: {', '.join(reading['left_out'])}.")
    return said


def _unheld(path: Path, taken: long_rows.Taken) -> SchemaError:
    reasons = taken.set_aside.reason.value_counts()
    return SchemaError(
        f"{path.name}: no row could be used; {reasons.iloc[0]} of them: {reasons.index[0]}",
        "Figures about the wards since May 2003, LSOAs, the borough, its region or country.",
        "look for a release of the same figures for those areas",
    )


def _nothing(path: Path, found: list[Grid]) -> SchemaError | SourceError:
    if not any(cell.strip() for grid in found for row in grid.rows for cell in row):
        return SourceError(
            f"{path.name} holds no filled cell",
            "A table with a header and figures.",
            "download it again; if the figures are in a picture or text box, ask for the data",
        )
    told = re.sub(r"\s+", " ", ", ".join(grid.sheet for grid in found if grid.sheet))[:120]
    return SchemaError(
        f"{path.name} holds no table of figures about Darlington"
        + (f" (sheets: {told})" if told else ""),
        "A row of names over rows of figures, in which a column names wards, neighbourhoods "
        "(LSOAs), the borough, its region or country.",
        "look whether the file is the right one; a count of events must be added up by area first",
    )
