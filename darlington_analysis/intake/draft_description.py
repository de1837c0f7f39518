"""What a draft says of a table: how it is read, what its columns are."""

import re
from dataclasses import dataclass
from pathlib import Path

from darlington_analysis.core.errors import SchemaError
from darlington_analysis.intake import draft_columns, draft_questions
from darlington_analysis.intake.draft_questions import ask, listed
from darlington_analysis.intake.draft_table import Column
from darlington_analysis.readers import tables
from darlington_analysis.readers.numbers import plain


def slug(text: str) -> str:
    """Return text as a slug: lower case, digits, hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:80].strip("-") or "figures"


def indicators(splits: draft_columns.Splits, seen, path: Path) -> dict:
    """Return the slug of each name in the indicators' column, numbered where two would share it."""
    column = next((c for c in seen.columns if c.name == splits.indicator), None)
    told: dict[str, str] = {}
    for name in dict.fromkeys(column.cells if column else ()):
        own = slug(f"{slug(path.stem)[:30]} {name}")
        told[name] = own if own not in told.values() else f"{own[:76]}-{len(told)}"
    return told


def figures(
    columns: list[Column], times: draft_columns.Times, splits, seen, path: Path
) -> list[dict]:
    """Return what each column of figures is: its indicator, measure, period, breakdown."""
    stem = slug(path.stem)[:40]
    if times.headers:
        return [{"indicator": stem}]
    if times.parts:
        return _dated_figures(stem, times)
    names = [column.name for column in columns]
    told, last = [], ""
    for name in names:
        own = slug(f"{stem} {name}") if len(names) > 1 or splits.indicator == "" else stem
        measure = draft_columns.limit_of(name)
        is_export = "Lower CI 95.0 limit" in [column.name for column in seen.columns]
        if is_export:
            measure = {"Count": "numerator", "Denominator": "denominator"}.get(name, measure)
        if measure and "99.8" not in name and last:
            told.append({"column": name, "indicator": last, "measure": measure})
            continue
        last = own if not is_export or name != "Value" else stem
        if any(each["indicator"] == last for each in told):
            last = f"{last[:74].strip('-')}-{len(told) + 1}"
        one = {"column": name, "indicator": last}
        if splits.indicator and told:
            one["breakdown"] = name
        told.append(one)
    return told


def _dated_figures(stem: str, times: draft_columns.Times) -> list[dict]:
    """A limit belongs to the figure of its period that stands before it."""
    told, last = [], {}
    for name, period, rest in times.parts:
        one = {"column": name, "indicator": slug(f"{stem} {rest}"), "period": period}
        measure = draft_columns.limit_of(rest)
        if measure and period in last:
            one |= {"indicator": last[period], "measure": measure}
        else:
            last[period] = one["indicator"]
        told.append(one)
    return told


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
        "figures": figures(roles.figures, times, splits, seen, path),
        "areas": _areas(found),
        "times": _times(times),
        "indicators": indicators(splits, seen, path),
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
    figures = draft_columns.figure_columns(seen.columns, used | splits.all)
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


def _questions(
    how: dict, seen, path: Path, roles: Roles, left_out: list, names: dict[str, str]
) -> list[dict]:
    blank = tables.blank_headings(seen.spot.grid, seen.spot.header_rows)
    signed = [c.name for c in roles.figures if any("%" in cell for cell in c.filled)]
    unread = [c.name for c in seen.columns if c.name in left_out and c.is_figures]
    is_unsure = how["format"] == "csv" and not how["is_sure"]
    headers = [column.name for column in seen.columns]
    return [
        *([ask("encoding", "cp1252")] if is_unsure else []),
        *([ask("decimal")] if seen.decimal == "," else []),
        *([ask("headings_spread", heading=blank[:60])] if blank else []),
        *([ask("per_cent", "true", columns=", ".join(signed)[:300])] if signed else []),
        *listed("filled_down", seen.filled_down),
        *draft_questions.area_questions(seen.places, headers, seen.rows, names),
        *draft_questions.time_questions(roles.times, path, seen.columns, words_above(seen)),
        *listed("split_by", roles.splits.others),
        *map(draft_questions.mark_question, roles.marks),
        *map(draft_questions.suffix_question, roles.suffixes),
        *(listed("left_out", left_out, columns=", ".join(unread)[:300]) if unread else []),
    ]


def _areas(found) -> dict:
    told = {"systems": list(found.systems)}
    if found.columns:
        told |= {"columns": list(found.columns)}
    told |= {"names": found.names} if found.names else {}
    told |= {"by_name": []} if found.by_name else {}
    return told | ({"councils": list(found.councils)} if found.councils else {})


def _times(times: draft_columns.Times) -> dict:
    told = {"column": times.column} if times.column else {}
    told |= {"headers": list(times.headers)} if times.headers else {}
    told |= {"in_figures": True} if times.parts else {}
    told |= {"above": True} if times.above else {}
    return told | ({"kind": times.kinds[0]} if len(times.kinds) == 1 else {})


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
        "dataset": slug(path.stem),
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
    told |= {
        reading[n]: n.replace("_column", "")
        for n in ("indicator_column", "vintage_column")
        if reading[n]
    }
    return {c.name: told.get(c.name, "left out") for c in seen.columns}
