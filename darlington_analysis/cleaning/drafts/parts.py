"""Which columns hold periods and figures, and which part one row's figures from another's."""

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from darlington_analysis.catalogue import period_labels
from darlington_analysis.catalogue.gazetteer import Gazetteer
from darlington_analysis.catalogue.numerals import number
from darlington_analysis.cleaning.drafts import headings
from darlington_analysis.cleaning.drafts.looking import Column
from darlington_analysis.errors import SchemaError

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
    r"|quarter|month|date|term|time",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:^|[\s_])(?:fid|objectid|cdu_id|id|code|sortable|easting|northing|latitude|longitude)$"
    r"|^la number$|^detr la code$", re.IGNORECASE,
)  # fmt: skip
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
    found: list[str] = []
    for column, right in zip(columns, columns[1:], strict=False):
        is_ours = any(gazetteer.has(cell) for cell in set(column.filled)) or column.kinds
        is_gapped = bool(column.cells and column.cells[0]) and "" in column.cells
        if not is_gapped or not is_ours or "," in column.name:
            break
        found.append(column.name)
        if all(right.cells):
            return tuple(found) if 2 * len(set(right.cells)) <= len(right.cells) else ()
    return ()


def find_times(columns: list[Column], used: set[str]) -> Times:
    """Return where a table's periods stand."""
    free = [column for column in columns if column.name not in used]
    heads = [column for column in free if period_labels.readings(column.name)
             and (column.is_figures or column.is_marks)]  # fmt: skip
    if heads:
        kinds = [set(period_labels.readings(column.name)) for column in heads]
        shared = tuple(
            k for k in period_labels.readings(heads[0].name) if all(k in s for s in kinds)
        )
        names = tuple(column.name for column in heads)
        return Times("", names, shared, names)
    if halves := headings.halves(free, figure_columns(columns, used)):
        kinds = [set(period_labels.readings(period)) for _, period, _ in halves]
        shared = [k for k in period_labels.readings(halves[0][1]) if all(k in s for s in kinds)]
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
        unread = [cell for cell in column.filled if not period_labels.readings(cell)]
        if _CALLED.fullmatch(_bare(column.name).replace("_", " ")) and unread:
            raise SchemaError(
                f"{name}, column {column.name}: “{unread[0][:40]}” can't be read as a period",
                "Periods such as 2019, 2018/19, 2018/19 Q1, April 2019, year ending March 2019.",
                "write its periods in one of these forms in a copy of the file, and add that",
            )


def times_above(above: list[str]) -> Times:
    """Return the periods that stand in rows of their own, one for each row of the table."""
    kinds = [period_labels.readings(label) for label in dict.fromkeys(above)]
    shared = tuple(kind for kind in kinds[0] if all(kind in each for each in kinds))
    return Times("", (), shared, tuple(dict.fromkeys(above)), above=True)


def are_days_of_events(times: Times) -> bool:
    """True where periods are days alone, many, and far from following each other in equal steps."""
    told = {period_labels.readings(label).get("day") for label in times.labels}
    if times.kinds != ("day",) or len(told) < LEAST_EVENTS:
        return False
    days = sorted(date.fromisoformat(each) for each in told)
    step = min((after - before).days for before, after in pairwise(days))
    return len(days) < FOLLOWING * ((days[-1] - days[0]).days / step + 1)


def _is_mixed(column: Column) -> bool:
    """True where every cell is a period and no one kind fits them all."""
    full = len(column.filled) == len(column.cells) > 0
    return full and all(period_labels.readings(cell) for cell in set(column.filled))


def figure_columns(columns: list[Column], used: set[str]) -> list[Column]:
    """Return the columns of figures: numbers, no codes, no numbers of rows."""
    return [
        column
        for index, column in enumerate(columns)
        if column.name not in used and column.is_figures and not _LABEL.search(_bare(column.name))
        and not (index == 0 and _counts_rows(column))
    ]  # fmt: skip


def _bare(name: str) -> str:
    """Return a name without the marks of footnotes at its end."""
    return re.sub(r"(?:\s*\(\d+\)|\d)+$", "", name)


def _counts_rows(column: Column) -> bool:
    """True for a first column without a name of its own whose numbers only go up."""
    if not re.fullmatch(r"column 1|\d+|unnamed.*|index", column.name, re.IGNORECASE):
        return False
    numbers = [number(cell) for cell in column.filled]
    return all(a is not None and b is not None and a < b
               for a, b in zip(numbers, numbers[1:], strict=False))  # fmt: skip


@dataclass(frozen=True)
class Splits:
    """Columns that part a row's figures from another's: indicator, vintage and others."""

    indicator: str
    vintage: str
    others: tuple[str, ...]

    @property
    def all(self) -> set[str]:
        """Every column among them."""
        return {each for each in (self.indicator, self.vintage, *self.others) if each}


def find_splits(columns: list[Column], key: list[tuple], used: set[str], rows: list[int]) -> Splits:
    """Return the columns without which two rows would give the same figure.

    ``key`` is what each row is known by so far; ``rows`` their numbers in the file. Raises
    SchemaError where two rows can't be told apart by any column.
    """
    taken: list[Column] = []
    while _doubles(key):
        free = [c for c in columns if c.name not in used and c not in taken
                and 1 < len(set(c.cells)) <= MOST_SPLITS]  # fmt: skip
        best = max(free, key=lambda c: _gain(c, key), default=None)
        joined = _joined(key, best) if best else key
        if best is None or _doubles(joined) >= _doubles(key):
            first = next(index for index, each in enumerate(key) if key.count(each) > 1)
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
    return [(*each, cell) for each, cell in zip(key, column.cells, strict=True)]


def _gain(column: Column, key: list[tuple]) -> tuple:
    """Words go before numbers, columns that look like an indicator's name before others."""
    is_text = not column.is_figures
    fewer = _doubles(key) - _doubles(_joined(key, column))
    named = bool(_INDICATOR.search(column.name) or _VINTAGE.search(column.name))
    return (fewer > 0 and is_text, fewer > 0 and named, fewer)


def limit_of(name: str) -> str:
    """Return lower_limit or upper_limit where a column's name says so, else ""."""
    found = _LIMIT.search(name)
    if not found or not re.search(r"limit|ci\b|confidence|bound|95", name, re.IGNORECASE):
        return ""
    return f"{found[1].lower()}_limit"
