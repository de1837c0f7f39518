"""Tables that can be read out: a caption, scoped headers, and words where a number is missing."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any, Literal

import pandas as pd
from markupsafe import Markup

from darlington_analysis.core.errors import SchemaError
from darlington_analysis.pages.components.numbers import more_deprived_than, value_text
from darlington_analysis.sources.indicators import Indicator

Kind = Literal["text", "number", "value"]

_LONG = 8  # rows: on paper a longer table is set smaller, and may be cut between two pages
# What a phone 320 CSS pixels wide leaves for a table, and how wide a letter and a cell's padding
# are there: a table whose longest words need more is put into a box of its own that scrolls.
_PHONE, _LETTER, _PADDING = 288, 10.0, 10


@dataclass(frozen=True)
class Column:
    """One column of a table for readers.

    ``kind``: ``text``; ``number``, set to the right; ``value``, a number that also shows the
    row's status behind it, as in ``12.3 [u]``. ``digits`` after the point, or ``show``, which
    turns the cell into words. ``missing``: the shorthand for a null in a row without a status.
    ``status_key``: the column that holds this column's status.
    """

    key: str
    header: str
    kind: Kind = "text"
    digits: int = 0
    show: Callable[[Any], str] | None = None
    missing: str = ""
    status_key: str = "status"


def deprived_column() -> Column:
    """Return the column of places in England as every page says them: high is deprived."""
    return Column(
        "value",
        "More deprived than, of 100 wards in England",
        "number",
        show=lambda value: str(more_deprived_than(value)),
    )


def value_column(
    indicator: Indicator, key: str, header: str, kind: Kind = "value", missing: str = ""
) -> Column:
    """Return a column of an indicator's values, or of their limits, written as its values are."""
    return Column(key, header, kind, show=partial(value_text, indicator=indicator), missing=missing)


def limit_columns(indicator: Indicator) -> list[Column]:
    """Return the columns of an interval's two ends."""
    return [
        value_column(indicator, "lower_limit", "From", "number", missing="x"),
        value_column(indicator, "upper_limit", "To", "number", missing="x"),
    ]


def table(
    rows: pd.DataFrame,
    columns: Sequence[Column],
    caption: str,
    *,
    picked: str | None = None,
    picked_mark: str = "",
    shorthand: str = "",
    signs: Mapping[str, str] = MappingProxyType({}),
    label: str = "",
) -> Markup:
    """Return an HTML table; the first column heads its rows.

    ``rows`` holds the columns named by ``columns`` and, where a null or a ``value`` is shown,
    ``status``; with ``picked``, an area code, also ``area_code``: that row is marked by a class
    and by ``picked_mark``. ``shorthand`` is printed above the table, and of ``signs``, letters in
    brackets → words, those that stand in it. ``label``: of the box in which it scrolls, where the
    caption is not the only one of its page.

    Raises:
        SchemaError: a header or the caption is empty, or a null has no status to stand for it.
    """
    if not caption.strip() or not all(column.header.strip() for column in columns):
        raise SchemaError(
            f"A table without a caption or a header: {caption!r}",
            "Every table says what it is, and every column what it holds",
            "give the caption and each Column its words",
        )
    keys = {key for column in columns for key in (column.key, column.status_key)}
    names = [name for name in rows.columns if name in keys]
    cells = zip(*(rows[name].to_numpy(object).tolist() for name in names), strict=True)
    records = [dict(zip(names, row, strict=True)) for row in cells]  # far cheaper than to_dict
    body = [[_words(row, column) for column in columns] for row in records]
    marks = _marks(rows, picked, picked_mark)
    html = Markup('<table class="data{}"><caption>{}</caption>{}<tbody>{}</tbody></table>').format(
        " long" if len(body) > _LONG else "",
        caption,
        _head(columns),
        Markup("").join(
            _row(cells, columns, mark) for cells, mark in zip(body, marks, strict=True)
        ),
    )
    if _may_scroll(columns, body):
        html = Markup(
            '<div class="table-scroll" role="region" aria-label="{}" tabindex="0">{}</div>'
        ).format(label or caption, html)
    used = [words for sign, words in signs.items() if f"[{sign}]" in html]
    note = " ".join([*([shorthand] if shorthand else []), *used])
    return (Markup('<p class="shorthand">{}</p>').format(note) if note else Markup("")) + html


def _marks(rows: pd.DataFrame, picked: str | None, mark: str) -> list[str | None]:
    if picked is None:
        return [None] * len(rows)
    return [mark if code == picked else None for code in rows["area_code"]]


def _head(columns: Sequence[Column]) -> Markup:
    cells = (
        Markup('<th scope="col"{}>{}</th>').format(_side(column), column.header)
        for column in columns
    )
    return Markup("<thead><tr>{}</tr></thead>").format(Markup("").join(cells))


def _side(column: Column) -> Markup:
    return Markup("") if column.kind == "text" else Markup(' class="number"')


def _row(cells: Sequence[str], columns: Sequence[Column], mark: str | None) -> Markup:
    head = Markup('<th scope="row"{}>{}{}</th>').format(
        _side(columns[0]),
        cells[0],
        Markup(' <span class="picked-mark">{}</span>').format(mark) if mark else "",
    )
    rest = (
        Markup("<td{}>{}</td>").format(_side(column), cell)
        for cell, column in zip(cells[1:], columns[1:], strict=True)
    )
    start = Markup("<tr>") if mark is None else Markup('<tr class="picked">')
    return start + head + Markup("").join(rest) + Markup("</tr>")


def _words(row: dict[str, Any], column: Column) -> str:
    cell, status = row[column.key], row.get(column.status_key)
    status = "" if _is_null(status) else str(status)
    if _is_null(cell) or (column.kind == "text" and str(cell) == ""):
        return _in_place_of_a_number(column, status)
    words = column.show(cell) if column.show else _plain(cell, column)
    return f"{words} [{status}]" if column.kind == "value" and status else words


def _is_null(cell: Any) -> bool:
    return cell is None or (pd.api.types.is_scalar(cell) and bool(pd.isna(cell)))


def _in_place_of_a_number(column: Column, status: str) -> str:
    # An empty cell is read out as nothing, and might be taken for zero or for an oversight.
    shown = status or column.missing
    if not shown:
        raise SchemaError(
            f"Column {column.key!r} of a table has a null and no status",
            "A missing figure says why it is missing: c, x, z …",
            f"set the row's {column.status_key}, or give the Column its missing=",
        )
    return f"[{shown}]"


def _plain(cell: Any, column: Column) -> str:
    if column.kind == "text":
        return str(cell)
    if not math.isfinite(cell):
        raise SchemaError(
            f"Column {column.key!r} of a table holds {cell}",
            "A finite number, or a null with a status",
            "mend the row before it is shown",
        )
    if cell == 0:
        return "0"
    words = f"{cell:,.{column.digits}f}"
    # The GSS keeps 0 for a true zero; what only rounds to zero is [low].
    return words if float(words.replace(",", "")) else "[low]"


def _may_scroll(columns: Sequence[Column], body: Sequence[Sequence[str]]) -> bool:
    widths = (
        max(_longest_word(words) for words in (column.header, *(cells[place] for cells in body)))
        for place, column in enumerate(columns)
    )
    return sum(width * _LETTER + _PADDING for width in widths) > _PHONE


def _longest_word(words: str) -> int:
    return max(map(len, words.split()), default=0)
