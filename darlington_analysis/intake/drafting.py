"""From a file without a sidecar to a draft of one; nothing is imported here."""

import hashlib
import json
import re
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from darlington_analysis.core.errors import (
    DarlingtonError,
    SchemaError,
    SourceError,
    UnknownAreaError,
    visible,
)
from darlington_analysis.core.toml_faults import Form, advice_on
from darlington_analysis.intake import (
    draft_columns,
    draft_questions,
    draft_table,
    import_rows,
)
from darlington_analysis.readers import grids, personal_data, tables
from darlington_analysis.readers.grids import Grid
from darlington_analysis.readers.layout import Reading, answered
from darlington_analysis.readers.numbers import number
from darlington_analysis.readers.workbooks import column_letters
from darlington_analysis.sources import areas, other_places
from darlington_analysis.sources.gazetteer import Gazetteer, is_code
from darlington_analysis.sources.indicators import register

HEAD = """# A DRAFT, made by looking at the file. Nothing is imported while a question is open.
# Under each question write answer = "…". "yes" takes what is offered, where something is.
# Then: darlington check
"""


_FORM = Form(Reading, "sidecar")


def text_of(draft: dict, questions: list[dict], remarks: list[str]) -> str:
    """Return the sidecar: remarks as comments, questions, story, columns, how the file is read."""
    lines = [HEAD, *(f"# {visible(' '.join(remark.split()))}" for remark in remarks), ""]
    plain = {name: part for name, part in draft.items() if not isinstance(part, dict)}
    lines += [f"{_key(name)} = {value(part)}" for name, part in plain.items()]
    for question in questions:
        lines += ["", "[[questions]]"]
        lines += [f"{name} = {value(part)}" for name, part in question.items()]
    for name, part in draft.items():
        if isinstance(part, dict):
            lines += _table(name, part)
    return "\n".join(lines) + "\n"


def value(content) -> str:
    """Return a value as TOML."""
    if isinstance(content, bool):
        return str(content).lower()
    if isinstance(content, dict):
        return "{ " + ", ".join(f"{_key(n)} = {value(part)}" for n, part in content.items()) + " }"
    if isinstance(content, (list, tuple)):
        return "[" + ", ".join(value(part) for part in content) + "]"
    if isinstance(content, int):
        return str(content)
    return json.dumps(str(content), ensure_ascii=False).replace("\x7f", "\\u007f")


def _table(name: str, table: dict) -> list[str]:
    lines = ["", f"[{name}]"]
    nested = {}
    for key, content in table.items():
        if isinstance(content, dict):
            nested[f"{name}.{_key(key)}"] = content
        elif isinstance(content, (list, tuple)) and content and isinstance(content[0], dict):
            lines += [f"{_key(key)} = [", *(f"  {value(part)}," for part in content), "]"]
        else:
            lines.append(f"{_key(key)} = {value(content)}")
    for inner, content in nested.items():
        lines += _table(inner, content)
    return lines


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else value(name)


def draft_remarks(
    path: Path, how: dict, reading: dict, taken: import_rows.ImportedRows, grid: Grid
) -> list[str]:
    """Return what was seen, in sentences for a person."""
    areas = reading["areas"]
    councils = areas.get("councils", ())
    where = f", sheet “{reading['sheet']}”" if reading.get("sheet") else ""
    remarks = [
        f"{path.name}: {how['format']}{where}, header in row "
        f"{' and '.join(map(str, reading['header_rows']))}, last row {reading['last_row']}.",
        f"Areas: {' or '.join(areas.get('columns', ())) or 'one for the whole file'} "
        f"({', '.join(areas['systems'])})"
        + (f"; the council of a row: {' or '.join(councils)}." if councils else "."),
        f"Rows read: {taken.rows_read}; with figures: {taken.rows_kept}; set aside: "
        f"{len(taken.set_aside)}.",
    ]
    remarks += [
        f"{count} row(s) set aside: {why}."
        for why, count in taken.set_aside.reason.value_counts().items()
    ]
    if unknown := sorted({figure["indicator"] for figure in reading["figures"]} - set(register())):
        remarks.append(
            f"Figures called {', '.join(unknown)[:200]} wait in the table, and no pack shows them. "
            f"To have them shown, write the slug of a known indicator in place of one, or describe a "
            f"new one in data/indicators.toml (docs/how_to/add_an_indicator.md). Counts of first-time "
            f"entrants by ward go another way: docs/how_to/add_real_counts.md."
        )
    if how.get("hidden"):
        remarks.append(
            f"Sheets not looked at: {', '.join(how['hidden'])} (hidden, or not asked for)."
        )
    if grid.hidden_columns or grid.hidden_rows:
        rows, columns = sorted(grid.hidden_rows), grid.hidden_columns
        remarks.append(
            "Hidden, and not read:"
            + f" columns {', '.join(map(column_letters, columns))[:200]}." * bool(columns)
            + f" rows {', '.join(map(str, rows))[:200]}." * bool(rows)
        )
    if reading.get("left_out"):
        remarks.append(f"Columns left out: {', '.join(reading['left_out'])}.")
    return remarks


def unheld(path: Path, taken: import_rows.ImportedRows) -> SchemaError:
    """Return why a file whose every row is set aside can't be used."""
    reasons = taken.set_aside.reason.value_counts()
    return SchemaError(
        f"{path.name}: no row could be used; {reasons.iloc[0]} of them: {reasons.index[0]}",
        "Figures about the wards since May 2003, LSOAs, the borough, its region or country.",
        "look for a release of the same figures for those areas",
    )


def nothing(
    path: Path, seen: list[Grid], gazetteer: Gazetteer, vetoes: list[str]
) -> SchemaError | SourceError:
    """Return why a file without a table of ours is refused."""
    if vetoes:
        more = f" ({len(vetoes)} rows bear such a name)" if len(vetoes) > 1 else ""
        return SchemaError(
            f"{path.name} holds no figures about {gazetteer.place.name}: {vetoes[0]}{more}",
            "Figures about our borough, wards or neighbourhoods: a name beside another place's "
            "code, council or kind of area is not taken for ours.",
            "look for a release of the same figures by local authority, ward or LSOA",
        )
    if not any(cell.strip() for grid in seen for row in grid.rows for cell in row):
        return SourceError(
            f"{path.name} holds no filled cell",
            "A table with a header and figures.",
            "download it again; if the figures are in a picture or text box, ask for the data",
        )
    for grid in seen:
        for at, row in enumerate(grid.rows[:60], 1):
            areas = [cell for cell in row[1:] if cell.strip() and gazetteer.has(cell)]
            if len(set(areas)) > 2:
                return _across(path, at, areas)
    sheets = re.sub(r"\s+", " ", ", ".join(grid.sheet for grid in seen if grid.sheet))[:120]
    return SchemaError(
        f"{path.name} holds no table of figures about {gazetteer.place.name}"
        + (f" (sheets: {sheets})" if sheets else ""),
        "A row of names over rows of figures, in which a column names wards, neighbourhoods "
        "(LSOAs), the borough, its region or country.",
        "look whether the file is the right one; a count of events must be added up by area first",
    )


def _across(path: Path, row: int, areas: list[str]) -> SchemaError:
    return SchemaError(
        f"{path.name}, row {row} names areas across ({', '.join(areas[:2])}, …)",
        "Areas stand below each other, in a column.",
        "turn the table round (copy, paste special, transpose), save it as CSV and add that",
    )


@dataclass(frozen=True)
class Draft:
    """A drafted sidecar's text, what was seen, and what must be answered before an import.

    ``is_restricted``: the file holds counts of young people that only the council may read.
    """

    text: str
    seen: tuple[str, ...]
    questions: tuple[str, ...]
    is_restricted: bool = False


@dataclass(frozen=True)
class Seen:
    """A table somebody may mean, its columns cut down to our areas' rows, and where those stand."""

    spot: draft_table.Spot
    columns: list[draft_table.Column]
    places: draft_table.AreaColumns
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
    how, spots, vetoes = grids.detect(path), [], []
    sheets = grids.grids_of(path, how, sheet)
    for grid in sheets:
        personal_data.refuse(grid.rows, path.name)
        spot = draft_table.find_table(grid, first_row)
        seen = _look(spot, gazetteer, path.name) if spot else None
        if seen and seen.rows:
            spots.append(seen)
        elif seen:
            vetoes += seen.places.vetoes
    if not spots:
        raise nothing(path, sheets, gazetteer, vetoes)
    spots.sort(key=lambda seen: -len({p.code for p in seen.places.rows if p}))
    return _write(path, how, spots[0], spots[1:], gazetteer)


def _look(spot: draft_table.Spot, gazetteer: Gazetteer, name: str) -> Seen | None:
    """Return a table's columns for the rows of our areas; None where it has no such row."""
    top = max(spot.header_rows)
    body = [
        row
        for row in range(top + 1, spot.last_row + 1)
        if sum(bool(cell.strip()) for cell in spot.grid.rows[row - 1]) > 1
    ]
    every = draft_table.columns(spot, body)
    down = draft_columns.filled_down(every, gazetteer)
    decimal = draft_table.decimal_of(every)
    every = draft_table.columns(spot, body, down, decimal)
    times = draft_columns.find_times(every, set())
    years = re.findall(r"(?<!\d)(?:19|20)\d\d", " ".join((*times.labels, name)))
    places = draft_table.find_areas(every, gazetteer, int(max(years, default="2100")))
    if places is None:
        places = _one_area(every, body, gazetteer, name)
        if places is None:
            return None
    first: dict[tuple, int] = {}  # a row that is there twice, cell by cell, counts once
    for row, place in zip(body, places.rows, strict=True):
        if place or not places.columns:
            first.setdefault((place, *spot.grid.rows[row - 1]), row)
    ours = list(first.values())
    places_of = dict(zip(body, places.rows, strict=True))
    by_name = {body[at] for at in places.by_name}
    places = replace(
        places,
        rows=tuple(places_of[row] for row in ours),
        by_name=tuple(at for at, row in enumerate(ours) if row in by_name),
    )
    return Seen(spot, draft_table.columns(spot, ours, down, decimal), places, ours, down, decimal)


def _one_area(
    every: list[draft_table.Column], body: list[int], gazetteer: Gazetteer, name: str
) -> draft_table.AreaColumns | None:
    """A table without areas whose rows are periods may be about one area, which must be asked."""
    if sum(gazetteer.has(column.name) for column in every) > 1:
        return None  # areas stand across
    times = draft_columns.find_times(every, set())
    if not times.column and not (every and every[0].kinds):
        return None
    for column in every:
        words = [cell for cell in dict.fromkeys(column.filled) if number(cell) is None]
        is_named = other_places.names_areas(column.name) or any(
            is_code(cell) or gazetteer.has(re.split(r"\s*[,(\[]", cell)[0]) for cell in words
        )
        if words and is_named and not column.kinds:
            raise _unknown(f"{name}: column “{column.name[:60]}”", words, gazetteer)
    return draft_table.AreaColumns((), ("wider",), (), "", (), tuple(None for _ in body))


def _unknown(column: str, cells: list[str], gazetteer: Gazetteer) -> DarlingtonError:
    """Return why a column of areas, none of which is known, is refused."""
    for cell in cells[:500]:
        try:
            gazetteer.refuse_near_miss(cell, (*gazetteer.wards_of, "wider"))
        except UnknownAreaError as near:
            return near
    kind = next(filter(None, map(other_places.kind_of, cells)), "")
    return SchemaError(
        f"{column} names areas, and none is of {gazetteer.place.name} (“{cells[0][:60]}”"
        + f", {kind})" * bool(kind)
        + ")" * (not kind),
        "Names or codes of our borough, wards or neighbourhoods, its region or country alone in "
        "their cells.",
        "look for a release of the same figures by local authority, ward or LSOA; or write the "
        "names alone in a copy of the file",
    )


def _write(path: Path, how: dict, seen: Seen, others: list[Seen], gazetteer: Gazetteer) -> Draft:
    reading, questions = draft_questions.reading_of(how, seen, path, gazetteer.place.names)
    if others:
        names = ", ".join(f"“{other.spot.grid.sheet}”" for other in others)
        questions.insert(0, draft_questions.ask("sheet", reading["sheet"], others=names))
    if row := draft_table.next_table(seen.spot):
        last = reading["last_row"]
        questions.insert(0, draft_questions.ask("last_row", str(last), next=row, last=last))
    taken = _try(path, reading, questions, seen, gazetteer)
    if not taken.rows_kept:
        raise unheld(path, taken)
    story = draft_questions.story_of(path, seen, hashlib.sha256(path.read_bytes()).hexdigest())
    asked = draft_questions.story_questions(path, draft_questions.title_of(seen), taken)
    own = _own_counts(path, reading, seen, taken, gazetteer)
    if own:
        for figure in reading["figures"]:
            figure |= {"indicator": FIRST_TIME_ENTRANTS, "measure": "numerator"}
        taken = _try(path, reading, questions, seen, gazetteer)
        story |= {"dataset": own, **OWN_COUNTS}
        asked = [question for question in asked if question["field"][0] not in OWN_COUNTS]
    reading["expect"] = taken.found
    asked += questions
    remarks = draft_remarks(path, how, reading, taken, seen.spot.grid)
    remarks += [OWN_REMARK.format(name=path.name, dataset=own)] if own else []
    text = text_of(
        {**story, "columns": draft_questions.meanings(reading, seen), "reading": reading},
        asked,
        remarks,
    )
    return Draft(text, tuple(remarks), tuple(other["asks"] for other in asked), bool(own))


FIRST_TIME_ENTRANTS = "first-time-entrants"
OWN_COUNTS = {
    "address": "none: not published",
    "licence": "not for publication",
    "control": "controlled",
    "basis": "observed",
    "is_dummy": False,
}
OWN_REMARK = (
    "These are counts of young people in wards. data/raw/restricted/{name} is a copy that only you "
    "can read, as dataset {dataset}. They pass the small-number rule whenever they are read "
    "(docs/how_to/add_real_counts.md). If they are protected or published already, take both files "
    "out, rename the file and the headings that say what it counts, and add it again."
)
_SAYS_SO = re.compile(r"first[\s_-]*time[\s_-]*entrants?|\bfte[\s_-]ward", re.IGNORECASE)


def _own_counts(path: Path, reading: dict, seen: Seen, taken, gazetteer: Gazetteer) -> str:
    """Return the dataset of a council's own counts of first-time entrants by ward, "" for others.

    They say so in a heading, above the table or in the file's name, and are whole numbers of wards
    of one time.
    """
    words = [path.stem, draft_questions.words_above(seen), *(c.name for c in seen.columns)]
    wards = taken.figures[taken.figures.area_type.eq("ward")]
    numbers, kinds = wards.number.dropna(), {figure["indicator"] for figure in reading["figures"]}
    systems = [name for name in reading["areas"]["systems"] if name.startswith("ward-")]
    known = {f"ward-{each.id}": each.id for each in gazetteer.place.ward_sets}
    is_said = _SAYS_SO.search(" ".join(words)) and "dummy" not in path.stem.lower()
    if not is_said or len(kinds) != 1 or len(systems) != 1 or systems[0] not in known:
        return ""
    if numbers.empty or (numbers % 1 != 0).any():
        return ""
    return areas.ward_counts(gazetteer.place, known[systems[0]])


def _try(path: Path, reading: dict, questions: list[dict], seen: Seen, gazetteer):
    """Read the file as drafted, with stand-ins for what is asked; a draft must import."""
    stood_in = draft_questions.stood_in(questions, gazetteer.place.code)
    filled, _ = answered({"reading": reading, "questions": stood_in})
    try:
        declared = Reading(**filled["reading"])
    except ValidationError as fault:
        raise SchemaError(
            f"{path.name} can't be described as it is: {advice_on(_FORM, '', fault).what}",
            "Areas, periods and figures that a sidecar can name.",
            "write the sidecar by hand",
        ) from fault
    grid = seen.spot.grid
    return import_rows.to_long(
        tables.table_of(grid, declared, path.name), declared, gazetteer, path.name
    )
