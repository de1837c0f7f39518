"""Which columns hold periods and figures, which part one row's figures from another's, and what
each figure is called.
"""

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from darlington_analysis.core import periods
from darlington_analysis.core.errors import SchemaError
from darlington_analysis.intake.draft_table import Column
from darlington_analysis.readers.numbers import number
from darlington_analysis.sources.gazetteer import Gazetteer

_DATED = re.compile(
    rf"(?:19|20)\d\d|\bfy|\b(?:{'|'.join(sorted(periods.MONTHS, key=len, reverse=True))})\b",
    re.IGNORECASE,
)
_LONGEST_PERIOD = 7  # words: 1 April 2018 to 31 March 2019


def heading_halves(every: list[Column], figures: list[Column]) -> list[tuple[str, str, str]]:
    """Return column, period and the rest of its name for columns of figures that name a period,
    those with marks alone included.

    Empty unless every column does, or one thing is measured in two periods: a year that stands in
    a single name among others may be part of what is measured.
    """
    able = [column for column in every if column in figures or column.is_marks]
    halves = [half for column in able if (half := _half(column.name))]
    periods: dict[str, set[str]] = {}
    for _, period, rest in halves:
        periods.setdefault(rest, set()).add(period)
    is_repeated = any(len(named) > 1 for named in periods.values())
    return halves if is_repeated or (halves and len(halves) >= len(figures)) else []


def _half(name: str) -> tuple[str, str, str] | None:
    """Return a name's period and what is left of it; a part of a joined name may be a period."""
    parts = name.split(" | ")
    whole = next((part for part in parts if periods.readings(part)), "")
    if whole:
        return (name, whole, " ".join(part for part in parts if part != whole))
    apart = re.sub(r"(?<=[A-Za-z])-(?=(?:19|20)\d\d)", " ", name)
    words = re.sub(r"[\s_|:,()]+", " ", apart).split()
    for length in range(min(_LONGEST_PERIOD, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            label = " ".join(words[start : start + length])
            if _DATED.search(label) and periods.readings(label):
                rest = " ".join(words[:start] + words[start + length :])
                return (name, label, re.sub(r"[\s\-\u2013]+", " ", rest).strip())
    return None


_TIME = re.compile(r"year|date|period|month|time|census|quarter|reference", re.IGNORECASE)
_INDICATOR = re.compile(
    r"indicator|measure|variable|statistic|short.?desc|data.?item|code$", re.IGNORECASE
)
_VINTAGE = re.compile(r"release|vintage|edition", re.IGNORECASE)
_WHEN = re.compile(r"period|year|quarter|month|term", re.IGNORECASE)
_UPDATED = re.compile(
    r"release|vintage|edition|updat|publish|extract|modif|creat|load|refresh", re.IGNORECASE
)
_CALLED = re.compile(
    r"(?:(?:time|reporting) ?)?period|(?:(?:calendar|financial|academic|fiscal|reporting) )?year"
    r"|quarter|month|date|term|time|season|half(?: ?year)?|week(?: (?:ending|commencing|number|no))?",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:^|[\s_])(?:fid|objectid|cdu_id|id|code|sortable|easting|northing|latitude|longitude)$"
    r"|^la number$|^detr la code$",
    re.IGNORECASE,
)
_LIMIT = re.compile(r"\b(lower|upper)\b", re.IGNORECASE)
MOST_SPLITS = 60
LEAST_EVENTS, FOLLOWING = 5, 0.7  # different days; how full a row of equal steps must be


@dataclass(frozen=True)
class Times:
    """Where periods stand: a column, headers, or neither; the kinds every label can be of."""

    column: str
    headers: tuple[str, ...]
    kinds: tuple[str, ...]
    labels: tuple[str, ...]
    parts: tuple[tuple[str, str, str], ...] = ()  # column, its period, the rest of its name
    above: bool = False  # periods stand in rows of their own


def filled_down(columns: list[Column], gazetteer: Gazetteer) -> tuple[str, ...]:
    """Return the leftmost columns whose empty cells may mean the cell above (merged cells).

    They hold areas or periods, start with a filled cell, and stand left of a column that is full
    and says the same again and again (ages): a code left out before “Total” is no such cell.
    """
    names: list[str] = []
    for column, right in zip(columns, columns[1:], strict=False):
        is_ours = any(gazetteer.has(cell) for cell in set(column.filled)) or column.kinds
        is_gapped = bool(column.cells and column.cells[0]) and "" in column.cells
        if not is_gapped or not is_ours or "," in column.name:
            break
        names.append(column.name)
        if all(right.cells):
            return tuple(names) if 2 * len(set(right.cells)) <= len(right.cells) else ()
    return ()


def find_times(columns: list[Column], used: set[str]) -> Times:
    """Return where a table's periods stand."""
    free = [column for column in columns if column.name not in used]
    heads = [
        column
        for column in free
        if periods.readings(column.name) and (column.is_figures or column.is_marks)
    ]
    deeper = [c for c in free if " | " in c.name and c.is_figures and _half(c.name)]
    if heads and not deeper:
        kinds = [set(periods.readings(column.name)) for column in heads]
        shared = tuple(k for k in periods.readings(heads[0].name) if all(k in s for s in kinds))
        names = tuple(column.name for column in heads)
        return Times("", names, shared, names)
    if halves := heading_halves(free, figure_columns(columns, used)):
        kinds = [set(periods.readings(period)) for _, period, _ in halves]
        shared = [k for k in periods.readings(halves[0][1]) if all(k in s for s in kinds)]
        return Times("", (), tuple(shared), tuple(half[1] for half in halves), tuple(halves))
    dated = [column for column in free if not _UPDATED.search(column.name)]
    free = dated if any(_TIME.search(column.name) for column in dated) else free
    able = [column for column in free if column.kinds and len(column.filled) == len(column.cells)]
    named = [column for column in able if _TIME.search(column.name)]
    named.sort(key=lambda column: not _WHEN.search(column.name))
    shaped = [column for column in able if not all(cell.isdigit() for cell in column.filled)]
    for column in free:
        if not column.kinds and _TIME.search(column.name) and _is_mixed(column):
            return Times(column.name, (), (), tuple(dict.fromkeys(column.filled)))
    for column in [*named, *shaped]:
        return Times(column.name, (), tuple(column.kinds), tuple(dict.fromkeys(column.filled)))
    return Times("", (), (), ())


def refuse_unread(columns: list[Column], name: str) -> None:
    """Raise SchemaError where a column that is called Period, Year or the like can't be read."""
    for column in columns:
        unread = [cell for cell in column.filled if not periods.readings(cell)]
        if _CALLED.fullmatch(_bare(column.name).replace("_", " ")) and unread:
            raise SchemaError(
                f"{name}, column {column.name}: “{unread[0][:40]}” can't be read as a period",
                "Periods such as 2019, 2018/19, 2018/19 Q1, April 2019, year ending March 2019.",
                "write its periods in one of these forms in a copy of the file, and add that",
            )


def times_above(above: list[str]) -> Times:
    """Return the periods that stand in rows of their own, one for each row of the table."""
    kinds = [periods.readings(label) for label in dict.fromkeys(above)]
    shared = tuple(kind for kind in kinds[0] if all(kind in others for others in kinds))
    return Times("", (), shared, tuple(dict.fromkeys(above)), above=True)


def are_days_of_events(times: Times) -> bool:
    """True where periods are days alone, many, and far from following each other in equal steps."""
    labels = {periods.readings(label).get("day") for label in times.labels}
    if times.kinds != ("day",) or len(labels) < LEAST_EVENTS:
        return False
    days = sorted(date.fromisoformat(day) for day in labels)
    step = min((after - before).days for before, after in pairwise(days))
    return len(days) < FOLLOWING * ((days[-1] - days[0]).days / step + 1)


def _is_mixed(column: Column) -> bool:
    """True where every cell is a period and no one kind fits them all."""
    full = len(column.filled) == len(column.cells) > 0
    return full and all(periods.readings(cell) for cell in set(column.filled))


def figure_columns(columns: list[Column], used: set[str]) -> list[Column]:
    """Return the columns of figures: numbers, no codes, no numbers of rows."""
    return [
        column
        for index, column in enumerate(columns)
        if column.name not in used
        and column.is_figures
        and not _LABEL.search(_bare(column.name))
        and not (index == 0 and _counts_rows(column))
    ]


def _bare(name: str) -> str:
    """Return a name without the marks of footnotes at its end."""
    return re.sub(r"(?:\s*\(\d+\)|\d)+$", "", name)


def _counts_rows(column: Column) -> bool:
    """True for a first column without a name whose numbers only go up."""
    if not re.fullmatch(r"column 1|\d+|unnamed.*|index", column.name, re.IGNORECASE):
        return False
    numbers = [number(cell) for cell in column.filled]
    return all(
        a is not None and b is not None and a < b
        for a, b in zip(numbers, numbers[1:], strict=False)
    )


@dataclass(frozen=True)
class Splits:
    """Columns that part a row's figures from another's: indicator, vintage and others."""

    indicator: str
    vintage: str
    others: tuple[str, ...]

    @property
    def all(self) -> set[str]:
        """Every column among them."""
        return {name for name in (self.indicator, self.vintage, *self.others) if name}


def find_splits(columns: list[Column], key: list[tuple], used: set[str], rows: list[int]) -> Splits:
    """Return the columns without which two rows would give the same figure.

    ``key`` is what each row is known by so far; ``rows`` their numbers in the file. Raises
    SchemaError where two rows can't be told apart by any column.
    """
    taken: list[Column] = []
    while _doubles(key):
        free = [
            c
            for c in columns
            if c.name not in used and c not in taken and 1 < len(set(c.cells)) <= MOST_SPLITS
        ]
        best = max(free, key=lambda c: _gain(c, key), default=None)
        joined = _joined(key, best) if best else key
        if best is None or _doubles(joined) >= _doubles(key):
            first = next(index for index, known in enumerate(key) if key.count(known) > 1)
            second = key.index(key[first], first + 1)
            raise SchemaError(
                f"Rows {rows[first]} and {rows[second]} describe the same area and period, and no "
                f"column tells them apart",
                "A table of figures: one row for an area, a period and a group of people.",
                "if each row is an event or a person, count them by area and period first",
            )
        taken.append(best)
        key = joined
    indicator = next((c.name for c in taken if _INDICATOR.search(c.name)), "")
    vintage = next((c.name for c in taken if _VINTAGE.search(c.name)), "")
    others = tuple(c.name for c in taken if c.name not in (indicator, vintage))
    return Splits(indicator, vintage, others)


def _doubles(key: list[tuple]) -> int:
    return len(key) - len(set(key))


def _joined(key: list[tuple], column: Column) -> list[tuple]:
    return [(*known, cell) for known, cell in zip(key, column.cells, strict=True)]


def _gain(column: Column, key: list[tuple]) -> tuple:
    """Words go before numbers, columns that look like an indicator's name before others."""
    is_text = not column.is_figures
    fewer = _doubles(key) - _doubles(_joined(key, column))
    named = bool(_INDICATOR.search(column.name) or _VINTAGE.search(column.name))
    return (fewer > 0 and is_text, fewer > 0 and named, fewer)


def limit_of(name: str) -> str:
    """Return lower_limit or upper_limit where a column's name says so, else ""."""
    match = _LIMIT.search(name)
    if not match or not re.search(r"limit|ci\b|confidence|bound|95", name, re.IGNORECASE):
        return ""
    return f"{match[1].lower()}_limit"


def slug(text: str) -> str:
    """Return text as a slug: lower case, digits, hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:80].strip("-") or "figures"


def indicators(splits: Splits, seen, path: Path) -> dict:
    """Return the slug of each name in the indicators' column, numbered where two would share it."""
    column = next((c for c in seen.columns if c.name == splits.indicator), None)
    slugs: dict[str, str] = {}
    for name in dict.fromkeys(column.cells if column else ()):
        candidate = slug(f"{slug(path.stem)[:30]} {name}")
        slugs[name] = (
            candidate if candidate not in slugs.values() else f"{candidate[:76]}-{len(slugs)}"
        )
    return slugs


def figures(columns: list[Column], times: Times, splits, seen, path: Path) -> list[dict]:
    """Return what each column of figures is: its indicator, measure, period, breakdown."""
    stem = slug(path.stem)[:40]
    if times.headers:
        return [{"indicator": stem}]
    if times.parts:
        return _dated_figures(stem, times)
    names = [column.name for column in columns]
    described, last = [], ""
    for name in names:
        candidate = slug(f"{stem} {name}") if len(names) > 1 or splits.indicator == "" else stem
        measure = limit_of(name)
        is_export = "Lower CI 95.0 limit" in [column.name for column in seen.columns]
        if is_export:
            measure = {"Count": "numerator", "Denominator": "denominator"}.get(name, measure)
        if measure and "99.8" not in name and last:
            described.append({"column": name, "indicator": last, "measure": measure})
            continue
        last = candidate if not is_export or name != "Value" else stem
        if any(figure["indicator"] == last for figure in described):
            last = f"{last[:74].strip('-')}-{len(described) + 1}"
        one = {"column": name, "indicator": last}
        if splits.indicator and described:
            one["breakdown"] = name
        described.append(one)
    return described


def _dated_figures(stem: str, times: Times) -> list[dict]:
    """A limit belongs to the figure of its period that stands before it."""
    described, last = [], {}
    for name, period, rest in times.parts:
        one = {"column": name, "indicator": slug(f"{stem} {rest}"), "period": period}
        measure = limit_of(rest)
        if measure and period in last:
            one |= {"indicator": last[period], "measure": measure}
        else:
            last[period] = one["indicator"]
        described.append(one)
    return described
