"""What a draft says of a table: how it is read, what its columns are, and what a person is asked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from darlington_analysis.core import periods
from darlington_analysis.core.errors import SchemaError
from darlington_analysis.intake import draft_columns
from darlington_analysis.intake.draft_table import Column
from darlington_analysis.readers import tables
from darlington_analysis.readers.layout import shape_of
from darlington_analysis.readers.numbers import plain

_SMALL = 100  # counts of this size in wards may give somebody away
# What each question fills, and its words; a mark or a shape of period is put behind the field.
_ASKED = {
    "encoding": "The text is not UTF-8. Do pound signs, dashes and accents look right?",
    "sheet": "Is it this sheet? Tables of our areas are also on {others}. For another sheet: "
    "add FILE --sheet NAME.",
    "last_row": "Another table starts in row {next}. Is this one's last row {last}? For the other: "
    "copy the file under another name, and add COPY --row {next}.",
    "decimal": "Some numbers have one, two or many digits behind a comma (2,5). Is the comma of "
    "every number a decimal sign, so that 1,234 is a little over one? Answer “,” if so; if not, "
    "correct the file.",
    "headings_spread": "Blank headings follow “{heading}”. Does every upper heading stand for the "
    "blank ones to its right, up to the next heading, and the last one to the end? Answer true if "
    "so. If not, write the heading over each of its columns in a copy of the file, and add that.",
    "per_cent": "Numbers of {columns} are shown with a per cent sign: 24.3% is read as 24.3. Is "
    "the figure in per cent?",
    "filled_down": "Cells under a filled cell of these columns are empty. Do they mean the same as "
    "the cell above? If not, answer “none”.",
    "areas.code": "No column names areas. Which one is the file about? {known}",
    "areas.systems": "Of which time are the areas? They may also be {maybe}.",
    "areas.by_name": "Rows {rows} are ours by a name alone ({types}): no code and no council stands "
    "beside it, and other councils have areas of these names.{above} Is every one of them such an "
    "area of {place}?",
    "times.label": "No column or header gives a period. Which one is it for the file?",
    "times.kind": "Of which kind are the periods{shown}? {kinds}.",
    "times.shapes": "Kinds of period are mixed. Of which kind are those like {first}? {kinds}.",
    "split_by": "These columns part one row's figures from another's (sex, age, kind). Are they all?",
    "markers": "What does {shown} mean in place of a number? c withheld, x not available, z not "
    "applicable, low, or 0 for none.",
    "suffixes": "Some numbers have “{mark}” behind them; the number is kept. What does it mean? r "
    "revised, u unreliable, b break in the series, or “drop” for a footnote.",
    "left_out": "Some columns hold numbers and are left out: {columns}. Is that right? If not, "
    "write [[reading.figures]] for them and take them from this list.",
}
_STORY = {
    "publisher": "Who published it?",
    "address": "At which address? (“none: not published” where there is none)",
    "retrieved": "On which day was it fetched? Write it like 2026-11-22.",
    "licence": "Under which licence?",
    "vintage": "Which release is it? (its date, or the year it is for)",
    "control": "open: people are protected already, and the figures may be published. controlled: "
    "counts of first-time entrants by ward, which pass the small-number rule on their way in. Protect "
    "other small counts of people by your own rule before you add them.",
    "basis": "observed (counted, measured) or modelled (estimated from other figures)?",
}


def question(field: tuple[str, ...], asks: str, offered: str = "") -> dict:
    """Return a question, its answer still to be written."""
    return {"field": list(field), "asks": asks, "offered": offered, "answer": ""}


def ask(name: str, offered: str = "", *behind: str, **words: object) -> dict:
    """Return a question about a field of [reading], ``words`` put into its text."""
    return question(("reading", *name.split("."), *behind), _ASKED[name].format(**words), offered)


def stood_in(questions: list[dict], code: str) -> list[dict]:
    """Return questions with stand-ins for answers, so that a draft can be tried.

    ``code`` is the borough's. A period for the whole file is tried as a calendar year, whatever it
    will be called.
    """
    likely = {
        "kind": "calendar",
        "label": "2011",
        "code": code,
        "decimal": ",",
        "headings_spread": "true",
    }
    has_label = any(asked["field"][-1] == "label" for asked in questions)
    answered = []
    for asked in questions:
        last = asked["field"][-1]
        is_fixed = has_label and last in ("kind", "label")
        answer = likely[last] if is_fixed else asked["offered"] or likely.get(last, "x")
        answered.append({**asked, "answer": answer})
    return answered


def area_questions(
    places, headers: list[str], rows: list[int], above: str, names: dict[str, str]
) -> list[dict]:
    """Return what must be asked about the areas: which they are, or of which time.

    ``above`` are the words above the table, which may name another place.
    """
    asked = []
    if not places.columns:
        known = ", ".join(f"{code} {name}" for code, name in names.items())
        asked.append(ask("areas.code", _one_area(headers, names), known=known))
    if places.maybe:
        offered = ", ".join(places.systems)
        asked.append(ask("areas.systems", offered, maybe=" or ".join(places.maybe)))
    if places.by_name:
        types = ", ".join(dict.fromkeys(places.rows[at].area_type for at in places.by_name))
        numbers = ", ".join(str(rows[at]) for at in places.by_name[:30])
        more = f" and {len(places.by_name) - 30} more" if len(places.by_name) > 30 else ""
        title = f" Above the table stands: “{above[:120]}”." if above else ""
        words = {"rows": numbers + more, "types": types, "above": title}
        asked.append(ask("areas.by_name", types, place=next(iter(names.values())), **words))
    return asked


def _one_area(headers: list[str], names: dict[str, str]) -> str:
    """Return the code of an area that a header names, "" where none does."""
    codes = {name.lower(): code for code, name in names.items()}
    return next((codes[name.lower()] for name in headers if name.lower() in codes), "")


def time_questions(
    times: draft_columns.Times, path: Path, columns: list[Column], title: str
) -> list[dict]:
    """Return what must be asked about the periods: which, and of which kind."""
    asked, kinds = [], times.kinds
    if times.labels and not kinds:
        shapes = dict.fromkeys(shape_of(label) for label in times.labels)
        return [_shape_question(shape, times.labels) for shape in shapes]
    if not times.labels:
        years = set(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", f"{path.stem} {title}"))
        asked.append(ask("times.label", years.pop() if len(years) == 1 else ""))
        kinds = ("calendar", "financial", "census", "index", "midyear", "month")
    if len(kinds) != 1:
        shown = ", ".join(dict.fromkeys(times.labels[:3]))
        likely = _kind(kinds, f"{path.name} {' '.join(column.name for column in columns[:6])}")
        shown = f" ({shown})" if shown else ""
        asked.append(ask("times.kind", likely, shown=shown, kinds=", ".join(kinds)))
    return asked


def _shape_question(shape: str, labels: tuple[str, ...]) -> dict:
    alike = [label for label in labels if shape_of(label) == shape]
    shared = [set(periods.readings(label)) for label in alike]
    able = [kind for kind in periods.readings(alike[0]) if all(kind in kinds for kinds in shared)]
    likely = _kind(tuple(able), "")
    return ask("times.shapes", likely, shape, first=alike[0], kinds=", ".join(able))


def _kind(kinds: tuple[str, ...], words: str) -> str:
    hints = {
        "census": r"census|nomis|geography code",
        "index": r"im?d\s?_?20|iod|depriv",
        "midyear": r"mid|population",
        "academic": r"academic|pupil|phase|school",
        "month": r"month|date",
    }
    for kind, pattern in hints.items():
        if kind in kinds and re.search(pattern, words, re.IGNORECASE):
            return kind
    return kinds[0] if kinds else ""


def listed(name: str, columns: Sequence[str], /, **words: object) -> list[dict]:
    """Return the question whether a list of columns is right, none where it can't be answered: an
    answer has commas between names.
    """
    if not columns or any("," in column for column in columns):
        return []
    return [ask(name, ", ".join(columns), **words)]


def mark_question(mark: str) -> dict:
    """Return the question what a mark in place of a number means."""
    letter = mark.strip("[].").lower() or "x"
    offered = {"*": "c", "n/a": "x", "na": "x"}.get(letter, letter)
    offered = offered if offered in ("c", "x", "z", "low") else ""
    shown = f"“{mark}”" if mark else "an empty cell"
    return ask("markers", offered, mark, shown=shown)


def suffix_question(mark: str) -> dict:
    """Return the question whether a mark behind numbers is dropped, or kept as a status."""
    letter = mark.strip("[]()").lower()
    return ask("suffixes", letter if letter in ("r", "u", "b") else "drop", mark, mark=mark)


def story_questions(path: Path, title: str, taken) -> list[dict]:
    """Return the questions about where a file is from; a file does not say so itself."""
    wards = taken.figures[taken.figures.area_type.isin(["ward", "lsoa"])].number.dropna()
    is_small = bool(len(wards)) and bool((wards % 1 == 0).all()) and wards.median() < _SMALL
    is_modelled = re.search(
        r"model|estimat|fuel.poverty|synthetic", f"{path.stem} {title}", re.IGNORECASE
    )
    offered = {
        "control": "" if is_small else "open",
        "basis": "modelled" if is_modelled else "observed",
    }
    return [question((field,), asks, offered.get(field, "")) for field, asks in _STORY.items()]


@dataclass(frozen=True)
class Roles:
    """What each column of a table is taken for, places apart."""

    times: draft_columns.Times
    splits: draft_columns.Splits
    figures: list[Column]

    @property
    def marks(self) -> list[str]:
        """What stands in place of numbers in any column of figures."""
        return list(dict.fromkeys(mark for column in self.figures for mark in column.marks))

    @property
    def suffixes(self) -> list[str]:
        """What stands behind numbers in any column of figures."""
        return list(dict.fromkeys(mark for column in self.figures for mark in column.suffixes))


def reading_of(how: dict, seen, path: Path, names: dict[str, str]) -> tuple[dict, list[dict]]:
    """Return the drafted [reading], and the questions about it.

    Raises SchemaError where no column holds figures, or no column tells rows apart.
    """
    roles = _roles(seen, path)
    places, times, splits = seen.places, roles.times, roles.splits
    named = {places.names, times.column, *places.columns, *places.councils, *times.headers}
    kept = named | splits.all | {column.name for column in roles.figures}
    reading = {
        **{name: how[name] for name in ("format", "encoding", "delimiter") if name in how},
        **({"sheet": seen.spot.grid.sheet} if seen.spot.grid.sheet else {}),
        "header_rows": list(seen.spot.header_rows),
        "last_row": seen.spot.last_row,
        **({"decimal": ""} if seen.decimal == "," else {}),
        **_split_parts(splits),
        "total_rows": list(places.totals),
        "left_out": [c.name for c in seen.columns if c.name not in kept],
        "figures": draft_columns.figures(roles.figures, times, splits, seen, path),
        "areas": _areas(places),
        "times": _times(times),
        "indicators": draft_columns.indicators(splits, seen, path),
        "markers": {},
        "suffixes": {},
        "filled_down": list(seen.filled_down),
    }
    return reading, _questions(how, seen, path, roles, reading["left_out"], names)


def _roles(seen, path: Path) -> Roles:
    used = {*seen.places.columns, seen.places.names} - {""}
    times = draft_columns.find_times(seen.columns, used)
    periods = {} if times.labels else seen.above
    above = [periods.get(row, "") for row in seen.rows]
    if not times.labels and above and all(above):
        times = draft_columns.times_above(above)
    if not times.labels:
        draft_columns.refuse_unread([c for c in seen.columns if c.name not in used], path.name)
    if draft_columns.are_days_of_events(times):
        raise SchemaError(
            f"{path.name} has many different days where periods should stand",
            "Figures for periods: years, quarters, months, or days that follow each other.",
            "if each row is an event or a person, count them by area and period first",
        )
    used |= {times.column, *times.headers} - {""}
    at = next((column for column in seen.columns if column.name == times.column), None)
    key = [
        (str(place), at.cells[index] if at else above[index])
        for index, place in enumerate(seen.places.rows)
    ]
    splits = draft_columns.find_splits(seen.columns, key, used, seen.rows)
    taken = used | splits.all | {*seen.places.councils}
    figures = draft_columns.figure_columns(seen.columns, taken)
    dated = times.headers or tuple(name for name, *_ in times.parts)
    if dated:
        figures = [column for column in seen.columns if column.name in dated]
    if not figures:
        raise SchemaError(
            f"{path.name} has a column of areas, and no column of figures",
            "A table of figures by area and period. A lookup or a list of events is none.",
            "if each row is an event or a person, count them by area and period first",
        )
    return Roles(times, splits, figures)


def _questions(
    how: dict, seen, path: Path, roles: Roles, left_out: list, names: dict[str, str]
) -> list[dict]:
    blank = tables.blank_headings(seen.spot.grid, seen.spot.header_rows)
    signed = [c.name for c in roles.figures if any("%" in cell for cell in c.filled)]
    unread = [c.name for c in seen.columns if c.name in left_out and c.is_figures]
    is_unsure = how["format"] == "csv" and not how["is_sure"]
    headers, above = [column.name for column in seen.columns], words_above(seen)
    return [
        *([ask("encoding", "cp1252")] if is_unsure else []),
        *([ask("decimal")] if seen.decimal == "," else []),
        *([ask("headings_spread", heading=blank[:60])] if blank else []),
        *([ask("per_cent", "true", columns=", ".join(signed)[:300])] if signed else []),
        *listed("filled_down", seen.filled_down),
        *area_questions(seen.places, headers, seen.rows, above, names),
        *time_questions(roles.times, path, seen.columns, above),
        *listed("split_by", roles.splits.others),
        *map(mark_question, roles.marks),
        *map(suffix_question, roles.suffixes),
        *(listed("left_out", left_out, columns=", ".join(unread)[:300]) if unread else []),
    ]


def _areas(places) -> dict:
    fields = {"systems": list(places.systems)}
    if places.columns:
        fields |= {"columns": list(places.columns)}
    fields |= {"names": places.names} if places.names else {}
    fields |= {"by_name": []} if places.by_name else {}
    return fields | ({"councils": list(places.councils)} if places.councils else {})


def _times(times: draft_columns.Times) -> dict:
    fields = {"column": times.column} if times.column else {}
    fields |= {"headers": list(times.headers)} if times.headers else {}
    fields |= {"in_figures": True} if times.parts else {}
    fields |= {"above": True} if times.above else {}
    return fields | ({"kind": times.kinds[0]} if len(times.kinds) == 1 else {})


def _split_parts(splits: draft_columns.Splits) -> dict:
    return {
        "split_by": list(splits.others),
        "indicator_column": splits.indicator,
        "vintage_column": splits.vintage,
    }


def words_above(seen) -> str:
    """Return everything that stands above a table, in one line."""
    above = seen.spot.grid.rows[: min(seen.spot.header_rows) - 1]
    return " ".join(plain(cell) for row in above for cell in row if plain(cell))[:2000]


def title_of(seen) -> str:
    """Return the first words above a table, "" where there are none."""
    above = seen.spot.grid.rows[: min(seen.spot.header_rows) - 1]
    cells = [plain(cell) for row in above for cell in row if len(plain(cell)) > 5]
    return cells[0][:200] if cells else ""


def story_of(path: Path, seen, digest: str) -> dict:
    """Return what a sidecar tells without asking."""
    return {
        "dataset": draft_columns.slug(path.stem),
        "title": title_of(seen) or path.stem.replace("_", " "),
        "is_dummy": "dummy" in path.stem.lower(),
        "sha256": digest,
    }


def meanings(reading: dict, seen) -> dict:
    """Return what each column is, for the sidecar's [columns]."""
    areas, times = reading["areas"], reading["times"]
    meaning = {column: "area" for column in areas.get("columns", ())}
    meaning |= {column: "council of the row" for column in areas.get("councils", ())}
    meaning |= {areas["names"]: "name of the area"} if areas.get("names") else {}
    meaning |= {times["column"]: "period"} if times.get("column") else {}
    meaning |= {name: "figure of the period it names" for name in times.get("headers", ())}
    meaning |= {figure["column"]: "figure" for figure in reading["figures"] if figure.get("column")}
    meaning |= {name: "parts the figures" for name in reading["split_by"]}
    meaning |= {
        reading[n]: n.replace("_column", "")
        for n in ("indicator_column", "vintage_column")
        if reading[n]
    }
    return {c.name: meaning.get(c.name, "left out") for c in seen.columns}
