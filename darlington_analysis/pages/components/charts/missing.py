"""What stands in place of a figure that is missing, and beside one that is made up."""

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes

from darlington_analysis.core.errors import SchemaError
from darlington_analysis.pages.components.theme import MUTED, PAPER, WASH


def status_words(status: str, words: Mapping[str, str]) -> str:
    """Return the words for a missing figure: those given, or the shorthand in its brackets.

    Raises:
        SchemaError: there is no status, so nothing says why the figure is missing.
    """
    if not status:
        raise SchemaError(
            "A figure to be drawn is null and has no status",
            "A missing figure says why it is missing: c, x, z …",
            "set the row's status",
        )
    return words.get(status, f"[{status}]")


def need_dummy_label(rows: pd.DataFrame, label: str) -> bool:
    """Return whether any row is made up.

    Raises:
        SchemaError: one is, and no label says so on the chart.
    """
    is_any = "is_dummy" in rows and bool(rows["is_dummy"].fillna(False).astype(bool).any())
    if is_any and not label.strip():
        raise SchemaError(
            "Made-up figures are to be drawn without a word that says so",
            "A chart of made-up figures carries a label",
            "give dummy_label",
        )
    return is_any


def missing_note(
    axes: Axes, row: float, words: str, *, bold: bool = False, gid: str | None = None
) -> None:
    """Write words on a row in place of a dot."""
    axes.annotate(
        words,
        xy=(0, row),
        xycoords=("axes fraction", "data"),
        xytext=(5, 0),
        textcoords="offset points",
        va="center_baseline",
        color=MUTED,
        fontweight="bold" if bold else "normal",
        bbox={"facecolor": WASH if bold else PAPER, "linewidth": 0, "pad": 0.5},
        zorder=3,
        gid=gid,
    )
