"""One line for each name: places on the national scale, ranks as ranges, residents by age."""

from collections.abc import Callable, Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from darlington_analysis.pages.components import theme
from darlington_analysis.pages.components.charts import axes as parts
from darlington_analysis.pages.components.drawing import MARK, text_width, to_svg

_RANK_PITCH = 34
_PITCH = 36


def rank_range(rows: pd.DataFrame, *, areas: int, low_label: str, high_label: str) -> str:
    """Return an SVG of the ranks one ward may hold among ``areas``, one line an indicator.

    ``rows``: label, rank, lower_rank, upper_rank (1 to ``areas``), status. A row without ranks
    shows words in their place. ``low_label`` stands at rank 1, ``high_label`` at the last.

    Raises:
        SchemaError: a null without a status.
    """
    names = rows["label"].tolist()
    with theme.look():
        height = parts.row_pitch(names, _RANK_PITCH) * len(names)
        figure, axes = parts.canvas(height, left=parts.names_width(names), right=18, bottom=58)
        parts.name_rows(axes, names)
        axes.set_xlim(0.4, areas + 0.6)
        axes.set_xticks([1, *range(5, areas - 1, 5), areas])
        axes.spines["bottom"].set_visible(False)
        for place, row in enumerate(rows.itertuples()):
            if pd.isna(row.lower_rank) or pd.isna(row.upper_rank):
                words = parts.status_words(row.status, {})
                parts.missing_note(axes, place, words)
            else:
                _steps(axes, place, row, areas)
        parts.write_ends(axes, low_label, high_label)
        return to_svg(figure)


def _steps(axes, place: int, row, areas: int) -> None:
    """Draw a small step for every rank, a thick bar over those that are likely."""
    axes.plot(range(1, areas + 1), [place] * areas, "o", markersize=3, color=theme.QUIET, zorder=1)
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


def position_by_edition(rows: pd.DataFrame, **words) -> str:
    """Return an SVG of one ward's national position in each edition of the Index, in row order.

    A position is 0 for the most deprived; it is drawn with the most deprived to the right.

    ``rows``: period (the edition's name), value 0 to 100, lower_limit and upper_limit (the range
    over methods, or null), status. For ``words`` see ``pockets``.
    """
    return _strip(rows, rows["period"].astype(str).tolist(), **words)


def pockets(rows: pd.DataFrame, **words) -> str:
    """Return an SVG of a ward's neighbourhoods on the national scale, most deprived first.

    ``rows``: area_name, value 0 to 100, status; lower_limit and upper_limit if there is a range.
    ``words``: ``cut``, the share counted as most deprived, and ``cut_label`` for it; ``low_label``
    and ``high_label`` for the ends; ``show``, value → words; ``status_labels``, status → words.

    Raises:
        SchemaError: a null without a status.
    """
    rows = rows.sort_values(["value", "area_name"], na_position="last")
    return _strip(rows, rows["area_name"].tolist(), **words)


def _strip(
    rows: pd.DataFrame,
    names: list[str],
    *,
    show: Callable[[float], str],
    cut_label: str,
    low_label: str,
    high_label: str,
    cut: float = 25.0,
    status_labels: Mapping[str, str] | None = None,
) -> str:
    height = parts.row_pitch(names, _PITCH) * len(names)
    with theme.look():
        figure, axes = parts.canvas(
            height,
            left=parts.names_width(names),
            right=24,
            top=32,
            bottom=parts.EDGE + 50,
        )
        _scale(axes, names, height, (100 - cut, cut_label), (low_label, high_label))
        for place, row in enumerate(rows.itertuples()):
            if pd.isna(row.value):
                words = parts.status_words(row.status, status_labels or {})
                parts.missing_note(axes, place, words)
            else:
                _dot(axes, place, row, show(row.value))
        return to_svg(figure)


def _scale(
    axes: Axes, names: list[str], height: float, cut_at: tuple[float, str], ends: tuple[str, str]
) -> None:
    cut, cut_label = cut_at
    parts.name_rows(axes, names)
    axes.set_xlim(0, 100)
    axes.set_xticks([0, 25, 50, 75, 100])
    axes.axvspan(cut, 100, color=theme.SHADE, lw=0, zorder=0)
    axes.axvline(cut, color=theme.PLUM, linestyle=(0, (6, 3)), linewidth=1.8, zorder=1)
    axes.hlines(range(len(names)), 0, 100, color=parts.HAIRLINE, linewidth=1, zorder=0.5)
    width = parts.plot_width(axes)
    centre = min(max(cut / 100 * width, text_width(cut_label) / 2), width)
    parts.write_lines(axes, centre, height + 10, [cut_label], ha="center", va="baseline")
    parts.write_ends(axes, *ends)


def _dot(axes: Axes, place: int, row, words: str) -> None:
    at = 100 - row.value  # the most deprived to the right: far out is much need
    low, high = (
        None if pd.isna(limit) else 100 - limit
        for limit in (getattr(row, "upper_limit", None), getattr(row, "lower_limit", None))
    )
    if low is not None and high is not None:
        axes.plot([low, high], [place, place], color=theme.NAVY, linewidth=3.2, zorder=2)
    axes.plot(
        [at],
        [place],
        marker="D",
        markersize=9,
        color=theme.NAVY,
        linestyle="none",
        clip_on=False,
        zorder=3,
        gid=f"{MARK}{place}",
    )
    is_far = at > 85  # no room to its right
    axes.annotate(
        words,
        xy=(max(at, high or 0) if not is_far else min(at, low or 100), place),
        xytext=(-9 if is_far else 9, 0),
        textcoords="offset points",
        ha="right" if is_far else "left",
        va="center_baseline",
        fontweight="bold",
        annotation_clip=False,
    )


_BAND_PITCH, _BAR = 46, 0.38  # pixels from one age band to the next; a bar's share of it
_BAR_STYLES = (
    {"facecolor": theme.NAVY, "edgecolor": theme.NAVY},
    {"facecolor": theme.PAPER, "edgecolor": theme.CHARCOAL, "hatch": "////"},
)


def age_bars(rows: pd.DataFrame, picked: str, *, show: Callable[[float], str]) -> str:
    """Return an SVG of paired bars from zero, one pair a breakdown, in row order.

    ``rows``: area_code, area_name, breakdown, value, status; two areas, ``picked`` one of them.
    ``show`` turns a value into the words at the end of its bar.

    Raises:
        SchemaError: a null without a status.
    """
    bands = list(dict.fromkeys(rows["breakdown"]))
    areas = rows.drop_duplicates("area_code").sort_values(
        "area_code", key=lambda codes: codes != picked, kind="stable"
    )
    with theme.look():
        figure, axes = parts.canvas(
            _BAND_PITCH * len(bands), left=parts.names_width(bands), right=parts.EDGE, top=44
        )
        parts.name_rows(axes, bands)
        _bar_scale(axes, rows, show)
        for series, area in enumerate(areas.itertuples()):
            of_area = rows[rows["area_code"] == area.area_code].set_index("breakdown")
            for place, band in enumerate(bands):
                _bar(axes, place, series, of_area.loc[band], show)
        _bar_key(axes, areas["area_name"].tolist(), _BAND_PITCH * len(bands))
        return to_svg(figure)


def _bar_scale(axes: Axes, rows: pd.DataFrame, show: Callable[[float], str]) -> None:
    values = rows["value"].dropna()
    longest = max((text_width(show(value)) for value in values), default=0) + 16
    width = parts.plot_width(axes)
    largest = float(values.max()) if len(values) else 1.0
    axes.set_xlim(0, (largest or 1.0) * width / (width - longest))
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    axes.axvline(0, color=theme.QUIET, linewidth=1.2)


def _bar(axes: Axes, place: int, series: int, row, show: Callable[[float], str]) -> None:
    middle = place + (series - 0.5) * (_BAR + 0.04)
    is_missing = pd.isna(row["value"])
    words = parts.status_words(row["status"], {}) if is_missing else show(row["value"])
    if not is_missing:
        axes.barh(
            middle,
            row["value"],
            height=_BAR,
            linewidth=1.2,
            gid=f"{MARK}{place}-{series}",
            **_BAR_STYLES[series],
        )
    axes.annotate(
        words,
        xy=(0 if is_missing else row["value"], middle),
        xytext=(5, 0),
        textcoords="offset points",
        va="center_baseline",
        fontweight="bold" if series == 0 else "normal",
        color=theme.MUTED if is_missing else theme.INK,
    )


def _bar_key(axes: Axes, names: list[str], height: float) -> None:
    width, x = parts.plot_width(axes), 0.0
    for name, style in zip(names, _BAR_STYLES, strict=False):
        swatch = Rectangle(
            (x / width, 1 + 14 / height),
            20 / width,
            14 / height,
            transform=axes.transAxes,
            clip_on=False,
            linewidth=1.2,
            **style,
        )
        axes.add_patch(swatch)
        parts.write_lines(axes, x + 27, height + 16, [name], va="baseline")
        x += 27 + text_width(name) + 24
