"""Rank as a range one can see."""

from collections.abc import Mapping

import pandas as pd

from darlington_analysis.pages.components import theme
from darlington_analysis.pages.components.charts import axes as parts
from darlington_analysis.pages.components.charts import missing
from darlington_analysis.pages.components.drawing import MARK, to_svg

_PITCH = 34


def rank_range(
    rows: pd.DataFrame,
    *,
    areas: int,
    low_label: str,
    high_label: str,
    status_labels: Mapping[str, str] | None = None,
) -> str:
    """Return an SVG of the ranks one ward may hold among ``areas``, one line an indicator.

    ``rows``: label, rank, lower_rank, upper_rank (1 to ``areas``), status. A row without ranks
    shows words in their place. ``low_label`` stands at rank 1, ``high_label`` at the last.

    Raises:
        SchemaError: a null without a status.
    """
    names = rows["label"].tolist()
    with theme.look():
        height = parts.row_pitch(names, _PITCH) * len(names)
        figure, axes = parts.canvas(height, left=parts.names_width(names), right=18, bottom=58)
        parts.name_rows(axes, names)
        axes.set_xlim(0.4, areas + 0.6)
        axes.set_xticks([1, *range(5, areas - 1, 5), areas])
        axes.spines["bottom"].set_visible(False)
        for place, row in enumerate(rows.itertuples()):
            if pd.isna(row.lower_rank) or pd.isna(row.upper_rank):
                words = missing.status_words(row.status, status_labels or {})
                missing.missing_note(axes, place, words)
            else:
                _steps(axes, place, row, areas)
        parts.write_ends(axes, low_label, high_label)
        return to_svg(figure)


def _steps(axes, place: int, row, areas: int) -> None:
    """Draw a small step for every rank, a thick bar over those that are likely."""
    every = range(1, areas + 1)
    axes.plot(every, [place] * areas, "o", markersize=3, color=theme.QUIET, zorder=1)
    axes.plot(
        [row.lower_rank - 0.35, row.upper_rank + 0.35],
        [place, place],
        color=theme.NAVY,
        linewidth=11,
        solid_capstyle="round",
        clip_on=False,
        zorder=2,
        gid=f"{MARK}{place}",
    )
    if pd.notna(row.rank):
        axes.plot([row.rank], [place], "D", markersize=6.5, color=theme.PAPER, zorder=3)
