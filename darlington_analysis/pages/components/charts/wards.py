"""Every ward with its limits, one of them picked out."""

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from darlington_analysis.pages.components import blocks, theme
from darlington_analysis.pages.components import drawing as highlight
from darlington_analysis.pages.components.charts import axes as parts
from darlington_analysis.pages.components.drawing import CacheKey, Drawing, Variant
from darlington_analysis.pages.components.numbers import value_text
from darlington_analysis.sources.indicators import Indicator

_SHOWN = ["area_code", "area_name", "value", "lower_limit", "upper_limit", "status", "is_dummy"]
_PITCH, _RIGHT = 18, 18  # pixels from one ward to the next; the margin at the right
_BENCHMARK_LINES = ((theme.PLUM, (0, (6, 3))), (theme.CHARCOAL, (0, (2, 2))), (theme.TEAL, "-."))


def wards_with_limits(
    rows: pd.DataFrame,
    picked: str | None,
    benchmarks: Mapping[str, float],
    *,
    value_label: str,
    status_labels: Mapping[str, str] | None = None,
    dummy_label: str = "",
    by_name: bool = False,
) -> str:
    """Return an SVG of wards as dots with their confidence limits, highest value first.

    ``by_name`` puts them in the order of their names: made-up figures make no order of wards.

    ``rows``: area_code, area_name, value, lower_limit, upper_limit, status, is_dummy; one row a
    ward. ``picked``: the area code to pick out. ``benchmarks``: up to three, label → value.
    ``value_label`` names the axis. ``status_labels``: status → words in place of a dot. A ward of
    low reliability has an open dot. Made-up figures have dotted limits, and ``dummy_label``.

    Raises:
        SchemaError: a null without a status, or made-up figures without a label.
    """
    parts.need_dummy_label(rows, dummy_label)
    key, ascending = (["area_name"], [True]) if by_name else (["value", "area_name"], [False, True])
    rows = rows[_SHOWN].sort_values(key, ascending=ascending, na_position="last")
    words = tuple((status_labels or {}).items())
    drawing = _drawn(
        highlight.cache_key(rows), tuple(benchmarks.items()), value_label, words, dummy_label
    )
    return drawing.picking(picked)


@highlight.cached_drawing
def _drawn(
    table: CacheKey, beside: tuple, value_label: str, status: tuple, dummy_label: str
) -> Drawing:
    """Draw every ward as the picked one and as one of the others."""
    rows, benchmarks, status_labels = table.thing, dict(beside), dict(status)
    is_dummy = bool(rows["is_dummy"].astype(bool).any())
    names = [_name(row) for row in rows.itertuples()]
    with theme.look():
        figure, axes = parts.canvas(
            parts.row_pitch(names, _PITCH) * len(rows),
            left=parts.names_width(names),
            right=_RIGHT,
            top=(34 if benchmarks else parts.EDGE) + (parts.LINE if is_dummy else 0),
            bottom=parts.label_height(value_label, theme.DRAWING_WIDTH - parts.EDGE - _RIGHT),
        )
        parts.name_rows(axes, names, list(rows["area_code"]))
        _scale(axes, rows, benchmarks, value_label)
        if is_dummy:
            left, top = parts.EDGE - parts.left_margin(axes), 34 if benchmarks else parts.EDGE
            style = {"fontweight": "bold", "color": theme.PLUM}
            parts.write_lines(axes, left, parts.plot_height(axes) + top, [dummy_label], **style)
        for place, row in enumerate(rows.itertuples()):
            for variant in highlight.variants(row.area_code):
                _draw(axes, place, row, variant, status_labels)
        return highlight.to_drawing(figure)


def _scale(axes: Axes, rows, benchmarks: Mapping, value_label: str) -> None:
    low, high = parts.span(rows, list(benchmarks.values()))
    parts.value_axis(axes, low, high, value_label)
    if not parts.has_values(rows) and not benchmarks:
        axes.set_xticks([])
    parts.benchmark_lines(axes, benchmarks, _BENCHMARK_LINES)


def _name(row) -> str:
    is_flagged = row.status and pd.notna(row.value)
    return f"{row.area_name} [{row.status}]" if is_flagged else row.area_name


def _draw(axes: Axes, place: int, row, variant: Variant, status_labels: Mapping) -> None:
    is_picked = variant.is_picked
    if pd.isna(row.value):
        words = parts.status_words(row.status, status_labels)
        parts.missing_note(axes, place, words, bold=is_picked, gid=variant.gid())
        return
    colour = theme.NAVY if is_picked else theme.QUIET
    if pd.notna(row.lower_limit) and pd.notna(row.upper_limit):
        axes.add_artist(_limits(place, row, variant, colour))
    dot = Line2D(
        [row.value],
        [place],
        marker="D" if is_picked else "o",
        markersize=8.5 if is_picked else 7,
        markeredgecolor=colour,
        markeredgewidth=1.6,
        markerfacecolor=theme.PAPER if row.status == "u" else colour,
        linestyle="none",
        clip_on=False,  # a true zero stands on the edge of the plot
        zorder=3,
        gid=variant.gid(is_mark=True),
    )
    axes.add_artist(dot)


def _limits(place: int, row, variant: Variant, colour: str) -> Line2D:
    return Line2D(
        [row.lower_limit, row.upper_limit],
        [place, place],
        color=colour,
        linewidth=3.2 if variant.is_picked else 1.8,
        linestyle=(0, (1, 1)) if row.is_dummy else "-",
        solid_capstyle="butt",
        zorder=2,
        gid=variant.gid(),
    )


def wards_chart(
    wards: pd.DataFrame, code: str, benchmarks: pd.DataFrame, indicator: Indicator, *, by_name: bool
) -> str:
    """Return the chart as SVG: ``wards`` one a row, the ward of ``code`` picked out.

    ``benchmarks`` are lines across it, each with its name and value. ``by_name``: the figures make
    no order.
    """
    beside = {
        f"{name} {value_text(value, indicator)}": value
        for name, value in zip(benchmarks.area_name, benchmarks.value, strict=True)
    }
    return wards_with_limits(
        wards,
        code,
        beside,
        value_label=indicator.unit,
        status_labels=blocks.STATUS_WORDS,
        dummy_label=blocks.MADE_UP,
        by_name=by_name,
    )
