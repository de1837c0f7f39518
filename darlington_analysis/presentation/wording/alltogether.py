"""Words on the one table of all wards and all real figures."""

import pandas as pd

from darlington_analysis.evidence.indicator import IndicatorAnswer
from darlington_analysis.presentation.wording.numbers import shown

QUESTION = "What are the figures of every ward?"
CAPTION = "Every ward’s figures; in brackets the range that allows for chance"
MADE_UP_CAPTION = "Made-up figures of every ward, for show only"
TARGETS_CAPTION = "What it takes to be level with a wider area"
AREA, TARGET = "Area", "Figure, level with"


def header(answer: IndicatorAnswer) -> str:
    """Return the head of an indicator's column, with the unit of its values."""
    percent = ", %" if answer.indicator.unit.startswith("%") else ""
    return f"{answer.indicator.short_title}{percent}"


def target(answer: IndicatorAnswer) -> str:
    """Return the start of a target’s name, before the wider area’s."""
    return f"{answer.indicator.short_title}, "


def cells(rows: pd.DataFrame, answer: IndicatorAnswer) -> list[str]:
    """Return each row's value, its flag and its range as one cell; a missing value as its sign."""
    wanted = rows[["value", "lower_limit", "upper_limit", "status"]]
    return [_cell(row, answer) for row in wanted.itertuples()]


def _cell(row, answer: IndicatorAnswer) -> str:
    if pd.isna(row.value):
        return f"[{row.status or 'x'}]"
    value = shown(row.value, answer.indicator) + (f" [{row.status}]" if row.status else "")
    if pd.isna(row.lower_limit) or pd.isna(row.upper_limit):
        return value
    low, high = (shown(each, answer.indicator) for each in (row.lower_limit, row.upper_limit))
    return value if low == high else f"{value} ({low} to {high})"
