"""A pack's figures as an accessible workbook: one table a sheet, letters explained, no macros."""

import warnings
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from darlington_analysis.core.errors import UsageError
from darlington_analysis.core.settings import Edition
from darlington_analysis.pages import page
from darlington_analysis.pages.components import blocks
from darlington_analysis.pages.components.numbers import period
from darlington_analysis.sources.indicators import indicator

_NUMBERS = ["numerator", "denominator", "value", "lower_limit", "upper_limit"]


def write(figures: Path, into: Path, ward: str, edition: Edition, ask: str) -> None:
    """Write ``figures.csv`` as a workbook, the same bytes each time.

    A null is shown by its status in brackets, never as 0 and never as an empty cell. Raises
    UsageError where gptables is missing.
    """
    gptables = _gptables()
    title = page.workbook_title(ward, edition)
    intro, contact = page.cover(ward, edition, ask)
    table, letters = readable(pd.read_csv(figures, keep_default_na=False)), _letters()
    # Sheets are named for the reader; the cover lists them, and says what they hold.
    sheets = {
        page.FIGURES_SHEET: _sheet(gptables, table, "figures", title),
        page.LETTERS_SHEET: _sheet(gptables, letters, "letters", page.LETTERS_TITLE),
    }
    cover = gptables.Cover(title, intro=intro, contact=contact, cover_label=page.COVER_SHEET)
    with warnings.catch_warnings():  # that there are no notes; the letters have their own sheet
        warnings.filterwarnings("ignore", message="No note text provided")
        book = gptables.produce_workbook(str(into), sheets, cover=cover)
    made = datetime(edition.dated.year, edition.dated.month, edition.dated.day, tzinfo=UTC)
    book.set_properties({"title": title, "author": ask, "created": made.replace(tzinfo=None)})
    book.close()


def readable(figures: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of ``figures.csv`` (all as text) under headers that people read.

    Numbers are rounded to four decimals; a null becomes its status, ``[c]`` or else ``[x]``.
    """
    rows = figures.assign(
        indicator=[indicator(slug).title for slug in figures.indicator],
        unit=[indicator(slug).unit for slug in figures.indicator],
        period=figures.period.astype(str).map(period),
        made_up=figures.is_dummy.astype(str).eq("True").map(blocks.REAL_OR_NOT),
    )
    missing = rows.status.map(lambda status: f"[{status}]" if status in ("c", "z") else "[x]")
    for name in _NUMBERS:
        numbers = pd.to_numeric(rows[name], errors="coerce").round(4)
        rows[name] = numbers.astype(object).where(numbers.notna(), missing)
    rows["status"] = rows.status.map(lambda status: f"[{status}]" if status else "[z]")
    rows = rows[list(page.NAMES)].rename(columns=page.NAMES)
    return rows.where(rows.astype(str) != "", "[x]")


def _letters() -> pd.DataFrame:
    rows = [(f"[{letters}]", meaning) for letters, meaning in page.LETTERS]
    return pd.DataFrame(rows, columns=list(page.LETTERS_HEADERS))


def _sheet(gptables: Any, table: pd.DataFrame, name: str, title: str) -> Any:
    return gptables.GPTable(
        table=table,
        table_name=name,
        title=title,
        instructions=page.INSTRUCTIONS,
        scope=page.SCOPE,
        source=page.SOURCE,
        index_columns={1: 0},
    )


def _gptables() -> Any:
    try:
        import gptables  # here: packs need no workbook, and this takes a second
    except ImportError as fault:
        raise UsageError(
            "gptables is not installed",
            "It lays a workbook out as the Government Statistical Service asks.",
            "pip install 'darlington-analysis[workbook]'",
        ) from fault
    return gptables
