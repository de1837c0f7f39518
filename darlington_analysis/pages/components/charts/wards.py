"""Every ward at once: with its limits, or several indicators side by side."""

from collections.abc import Callable, Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from darlington_analysis.core.errors import SchemaError
from darlington_analysis.pages.components import blocks, theme
from darlington_analysis.pages.components import drawing as highlight
from darlington_analysis.pages.components.charts import axes as parts
from darlington_analysis.pages.components.drawing import (
    MARK,
    CacheKey,
    Drawing,
    Variant,
    blank,
    text_width,
    to_svg,
)
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
    show: Callable[[float], str] | None = None,
) -> str:
    """Return an SVG of wards as dots with their confidence limits, highest value first.

    ``by_name`` puts them in the order of their names: made-up figures make no order of wards.

    ``rows``: area_code, area_name, value, lower_limit, upper_limit, status, is_dummy; one row a
    ward. ``picked``: the area code to pick out. ``benchmarks``: up to three, label → value.
    ``value_label`` names the axis. ``status_labels``: status → words in place of a dot. A ward of
    low reliability has an open dot. Made-up figures have dotted limits, and ``dummy_label``.
    ``show`` turns a value into words for the end of its row.

    Raises:
        SchemaError: a null without a status, or made-up figures without a label.
    """
    parts.need_dummy_label(rows, dummy_label)
    key, ascending = (["area_name"], [True]) if by_name else (["value", "area_name"], [False, True])
    rows = rows[_SHOWN].sort_values(key, ascending=ascending, na_position="last")
    words = tuple((status_labels or {}).items())
    ends = tuple(show(value) if show and pd.notna(value) else "" for value in rows["value"])
    beside = tuple(benchmarks.items())
    key = highlight.cache_key(rows)
    drawing = _drawn(key, beside, value_label, words, dummy_label, ends)
    return drawing.picking(picked)


@highlight.cached_drawing
def _drawn(
    table: CacheKey,
    beside: tuple,
    value_label: str,
    status: tuple,
    dummy_label: str,
    ends: tuple[str, ...],
) -> Drawing:
    """Draw every ward as the picked one and as one of the others."""
    rows, benchmarks, status_labels = table.thing, dict(beside), dict(status)
    is_dummy = bool(rows["is_dummy"].astype(bool).any())
    names = [_name(row) for row in rows.itertuples()]
    right = _RIGHT + max((text_width(words, bold=True) for words in ends), default=0)
    with theme.look():
        figure, axes = parts.canvas(
            parts.row_pitch(names, _PITCH) * len(rows),
            left=parts.names_width(names),
            right=right,
            top=(34 if benchmarks else parts.EDGE) + (parts.LINE if is_dummy else 0),
            bottom=parts.label_height(value_label, theme.DRAWING_WIDTH - parts.EDGE - right),
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
                _write_end(axes, place, ends[place], variant)
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


def _write_end(axes: Axes, place: int, words: str, variant: Variant) -> None:
    if words:
        axes.annotate(
            words,
            xy=(1, place),
            xycoords=("axes fraction", "data"),
            xytext=(10, 0),
            textcoords="offset points",
            va="center_baseline",
            fontweight="bold" if variant.is_picked else "normal",
            annotation_clip=False,
            gid=variant.gid(),
        )


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


_PANEL_PITCH, _PANEL_GAP, _MOST = 23, 22, 3
_BENCHMARK = {"color": theme.PLUM, "linestyle": (0, (6, 3)), "linewidth": 1.6}


def borough_dots(
    rows: pd.DataFrame,
    indicators: Mapping[str, str],
    benchmarks: Mapping[str, float],
    *,
    benchmark_label: str,
    status_labels: Mapping[str, str] | None = None,
) -> str:
    """Return an SVG of small multiples: wards down the side, a panel for each indicator.

    ``rows``: indicator, area_code, area_name, value, lower_limit, upper_limit, status, is_dummy;
    real figures only. ``indicators``: slug → the panel's words, up to three. ``benchmarks``: slug →
    the value its dashed line stands at, called ``benchmark_label``. The first indicator puts the
    wards in order.

    Raises:
        SchemaError: no indicator or more than three, a null without a status, or made-up figures.
    """
    rows = rows[rows["indicator"].isin(list(indicators))]
    if not 0 < len(indicators) <= _MOST or parts.is_made_up(rows):
        raise SchemaError(
            f"{len(indicators)} indicators side by side, or made-up figures among them",
            "One to three indicators with real figures, so that each panel can still be read",
            "draw several charts, and made-up figures in a chart that says so",
        )
    wards = _in_order(rows, next(iter(indicators)))
    names, left = wards.tolist(), parts.names_width(wards.tolist())
    room = (theme.MAP_WIDTH - left - 2 * parts.EDGE + _PANEL_GAP) / len(indicators) - _PANEL_GAP
    titles = [parts.wrapped(words, room, bold=True) for words in indicators.values()]
    panel, width = _PANEL_PITCH * len(names), theme.MAP_WIDTH
    top = panel + parts.LINE * max(map(len, titles)) + 52
    with theme.look():
        figure = blank(width, top + parts.LINE + 12)
        height = figure.get_figheight() * 96
        for place, (slug, words) in enumerate(zip(indicators, titles, strict=True)):
            x = left + place * (room + _PANEL_GAP)
            axes = figure.add_axes((x / width, 34 / height, room / width, panel / height))
            axes.tick_params(length=0, pad=6)
            parts.name_rows(axes, names if place == 0 else [""] * len(names))
            ward_rows = rows[rows["indicator"] == slug].set_index("area_code").reindex(wards.index)
            _panel(axes, ward_rows, benchmarks.get(slug), status_labels or {})
            first_line = panel + 8 + parts.LINE * (len(words) - 1)
            parts.write_lines(axes, 0, first_line, words, va="baseline", fontweight="bold")
        _explain(figure, top, benchmark_label)
        return to_svg(figure)


def _in_order(rows: pd.DataFrame, slug: str) -> pd.Series:
    """Return the wards' names by their codes, highest value of an indicator first."""
    first = rows[rows["indicator"] == slug].sort_values(
        ["value", "area_name"], ascending=[False, True], na_position="last"
    )
    return first.set_index("area_code")["area_name"]


def _panel(axes: Axes, rows: pd.DataFrame, benchmark: float | None, status_labels: Mapping) -> None:
    low, high = parts.span(rows, [] if benchmark is None else [benchmark])
    axes.set_xlim(low, high)
    axes.hlines(range(len(rows)), low, high, color=parts.HAIRLINE, linewidth=0.6, zorder=0.5)
    axes.set_xticks([low, parts.last_round(low, high)])
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.10g}")
    if benchmark is not None:
        axes.axvline(benchmark, zorder=1, **_BENCHMARK)
    for place, row in enumerate(rows.itertuples()):
        if pd.isna(row.value):
            words = parts.status_words("x" if pd.isna(row.status) else row.status, status_labels)
            parts.missing_note(axes, place, words)
        else:
            _dot(axes, place, row)


def _dot(axes: Axes, place: int, row) -> None:
    if pd.notna(row.lower_limit) and pd.notna(row.upper_limit):
        limits = [row.lower_limit, row.upper_limit]
        axes.plot(limits, [place] * 2, color=theme.QUIET, linewidth=1.6, linestyle="-")
    axes.plot(
        [row.value],
        [place],
        "o",
        markersize=6,
        clip_on=False,
        markeredgecolor=theme.NAVY,
        markerfacecolor=theme.PAPER if row.status == "u" else theme.NAVY,
        zorder=3,
        gid=f"{MARK}{row.Index}-{row.indicator}",
    )


def _explain(figure: Figure, bottom: float, label: str) -> None:
    """Draw above the panels what their dashed line is."""
    height = figure.get_figheight() * 96
    axes = figure.add_axes((0, bottom / height, 1, 1 - bottom / height))
    axes.set_axis_off()
    axes.set_xlim(0, theme.MAP_WIDTH)
    axes.set_ylim(0, height - bottom)
    top = height - bottom - 20
    axes.plot([parts.EDGE, parts.EDGE + 30], [top + 5] * 2, **_BENCHMARK)
    parts.write_lines(axes, parts.EDGE + 38, top, [label], va="baseline")
