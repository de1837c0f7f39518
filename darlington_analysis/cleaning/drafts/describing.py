"""What a draft says of a table: how it is read, what its columns are."""

from dataclasses import dataclass
from pathlib import Path

from darlington_analysis.catalogue.numerals import plain
from darlington_analysis.cleaning.drafts import asking, naming, parts
from darlington_analysis.cleaning.drafts.looking import Column
from darlington_analysis.errors import SchemaError


@dataclass(frozen=True)
class Roles:
    """What each column of a table is taken for, places apart."""

    times: parts.Times
    splits: parts.Splits
    figures: list[Column]

    @property
    def marks(self) -> list[str]:
        """What stands in place of numbers in any column of figures."""
        return list(dict.fromkeys(mark for column in self.figures for mark in column.marks))

    @property
    def suffixes(self) -> list[str]:
        """What stands behind numbers in any column of figures."""
        return list(dict.fromkeys(mark for column in self.figures for mark in column.suffixes))


def reading_of(how: dict, seen, path: Path) -> tuple[dict, list[dict]]:
    """Return the drafted [reading], and the questions about it.

    Raises SchemaError where no column holds figures, or no column tells rows apart.
    """
    roles = _roles(seen, path)
    found, times, splits = seen.places, roles.times, roles.splits
    named = {found.names, times.column, *found.columns, *found.councils, *times.headers}
    kept = named | splits.all | {column.name for column in roles.figures}
    reading = {
        **{name: how[name] for name in ("format", "encoding", "delimiter") if name in how},
        **({"sheet": seen.spot.grid.sheet} if seen.spot.grid.sheet else {}),
        "header_rows": list(seen.spot.header_rows),
        "last_row": seen.spot.last_row,
        **({"decimal": ""} if seen.decimal == "," else {}),
        **_split_parts(splits),
        "total_rows": list(found.totals),
        "left_out": [c.name for c in seen.columns if c.name not in kept],
        "figures": naming.figures(roles.figures, times, splits, seen, path),
        "areas": _areas(found),
        "times": _times(times),
        "indicators": naming.indicators(splits, seen, path),
        "markers": {},
        "suffixes": {},
        "filled_down": list(seen.filled_down),
    }
    return reading, _questions(how, seen, path, roles, reading["left_out"])


def _roles(seen, path: Path) -> Roles:
    used = {*seen.places.columns, seen.places.names} - {""}
    times = parts.find_times(seen.columns, used)
    periods = {} if times.labels else seen.above
    above = [periods.get(row, "") for row in seen.rows]
    if not times.labels and above and all(above):
        times = parts.times_above(above)
    if not times.labels:
        parts.refuse_unread([c for c in seen.columns if c.name not in used], path.name)
    if parts.are_days_of_events(times):
        raise SchemaError(
            f"{path.name} has many different days where periods should stand",
            "Figures for periods: years, quarters, months, or days that follow each other.",
            "if each row is an event or a person, count them by area and period first",
        )
    used |= {times.column, *times.headers} - {""}
    at = next((column for column in seen.columns if column.name == times.column), None)
    key = [(str(place), at.cells[index] if at else above[index])
           for index, place in enumerate(seen.places.rows)]  # fmt: skip
    splits = parts.find_splits(seen.columns, key, used, seen.rows)
    figures = parts.figure_columns(seen.columns, used | splits.all)
    own = times.headers or tuple(name for name, *_ in times.parts)
    if own:
        figures = [column for column in seen.columns if column.name in own]
    if not figures:
        raise SchemaError(
            f"{path.name} has a column of areas, and no column of figures",
            "A table of figures by area and period. A lookup or a list of events is none.",
            "if each row is an event or a person, count them by area and period first",
        )
    return Roles(times, splits, figures)


def _questions(how: dict, seen, path: Path, roles: Roles, left_out: list) -> list[dict]:
    asked = [
        *([asking.decimal_question()] if seen.decimal == "," else []),
        *asking.filled_questions(seen.filled_down),
        *asking.area_questions(seen.places, [column.name for column in seen.columns], seen.rows),
        *asking.time_questions(roles.times, path, seen.columns, words_above(seen)),
        *asking.split_questions(roles.splits),
        *map(asking.mark_question, roles.marks),
        *map(asking.suffix_question, roles.suffixes),
        *asking.left_out_questions([c for c in seen.columns if c.name in left_out]),
    ]
    if how["format"] == "csv" and not how["is_sure"]:
        asks = "The text is not UTF-8. Do pound signs, dashes and accents look right?"
        asked.insert(0, asking.question(("reading", "encoding"), asks, "cp1252"))
    return asked


def _areas(found) -> dict:
    told = {"systems": list(found.systems)}
    if found.columns:
        told |= {"columns": list(found.columns)}
    told |= {"names": found.names} if found.names else {}
    told |= {"by_name": []} if found.by_name else {}
    return told | ({"councils": list(found.councils)} if found.councils else {})


def _times(times: parts.Times) -> dict:
    told = {"column": times.column} if times.column else {}
    told |= {"headers": list(times.headers)} if times.headers else {}
    told |= {"in_figures": True} if times.parts else {}
    told |= {"above": True} if times.above else {}
    return told | ({"kind": times.kinds[0]} if len(times.kinds) == 1 else {})


def _split_parts(splits: parts.Splits) -> dict:
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
        "dataset": naming.slug(path.stem),
        "title": title_of(seen) or path.stem.replace("_", " "),
        "is_dummy": "dummy" in path.stem.lower(),
        "sha256": digest,
    }


def meanings(reading: dict, seen) -> dict:
    """Return what each column is, for the sidecar's [columns]."""
    areas, times = reading["areas"], reading["times"]
    told = {column: "area" for column in areas.get("columns", ())}
    told |= {column: "council of the row" for column in areas.get("councils", ())}
    told |= {areas["names"]: "name of the area"} if areas.get("names") else {}
    told |= {times["column"]: "period"} if times.get("column") else {}
    told |= {name: "figure of the period it names" for name in times.get("headers", ())}
    told |= {each["column"]: "figure" for each in reading["figures"] if each.get("column")}
    told |= {name: "parts the figures" for name in reading["split_by"]}
    told |= {reading[n]: n.replace("_column", "") for n in ("indicator_column", "vintage_column")
             if reading[n]}  # fmt: skip
    return {c.name: told.get(c.name, "left out") for c in seen.columns}
