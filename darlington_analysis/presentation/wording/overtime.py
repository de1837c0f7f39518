"""Titles and alt texts of charts over time, from the rows they show."""

import pandas as pd

from darlington_analysis.catalogue.indicators import Indicator
from darlington_analysis.evidence.indicator import IndicatorAnswer
from darlington_analysis.presentation.wording.captions import value_words
from darlington_analysis.presentation.wording.numbers import MONTHS


def trend_title(answer: IndicatorAnswer) -> str:
    """Return the message of the chart over time; it never says why a line moves."""
    made_up = ", in part made up" if answer.history.is_dummy.any() else ""
    return f"{answer.indicator.short_title} over time{made_up}"


def trend_subtitle(rows: pd.DataFrame, answer: IndicatorAnswer) -> str:
    """Return what the chart over time measures, and which lines are made up."""
    kinds = [
        f"{name}: {'made up' if own.is_dummy.any() else 'published'}"
        for name, own in rows.groupby("area_name", sort=False)
    ]
    children = "; the children of one day for every year" if rows.status.eq("e").any() else ""
    return f"{answer.indicator.unit}. {'. '.join(kinds)}{children}"


def table_caption(about: Indicator) -> str:
    """Return what the table behind the chart over time holds; a rate's unit stands here, once."""
    unit = "" if about.unit.startswith("%") else f", {about.unit}"
    return f"{about.short_title}, single years{unit}"


def trend_alt(answer: IndicatorAnswer, rows: pd.DataFrame) -> str:
    """Return the chart over time in one sentence."""
    said = []
    for name, every in rows.groupby("area_name", sort=False):
        own = every[every.value.notna()]
        if own.empty:
            said.append(f"{name} withheld")
            continue
        first, last = own.iloc[0], own.iloc[-1]
        made_up = " (made-up figures)" if own.is_dummy.any() else ""
        start, end = (f"{value_words(row.value, answer)} in {when(row.period)}"
                      for row in (first, last))  # fmt: skip
        is_one = len(own) == 1
        said.append(
            f"{name}{made_up} {start}" if is_one else f"{name}{made_up} from {start} to {end}"
        )
    return f"Line chart: {'; '.join(said)}."


def when(label: str) -> str:
    """Return a period as an axis names it: “2023-10” is “Oct 2023”, “2006/07” is as it is."""
    year, _, month = label.partition("-")
    is_month = month.isdigit() and len(month) == 2
    return f"{MONTHS[int(month) - 1][:3]} {year}" if is_month else label
