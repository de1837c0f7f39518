"""All wards and several indicators at once, each indicator on a scale of its own."""

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from darlington_analysis.core.errors import SchemaError
from darlington_analysis.pages.components import theme
from darlington_analysis.pages.components.charts import axes as parts
from darlington_analysis.pages.components.drawing import MARK, blank, to_svg

_PITCH, _GAP, _MOST = 23, 22, 3
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
    room = (theme.MAP_WIDTH - left - 2 * parts.EDGE + _GAP) / len(indicators) - _GAP
    titles = [parts.wrapped(words, room, bold=True) for words in indicators.values()]
    panel, width = _PITCH * len(names), theme.MAP_WIDTH
    top = panel + parts.LINE * max(map(len, titles)) + 52
    with theme.look():
        figure = blank(width, top + parts.LINE + 12)
        height = figure.get_figheight() * 96
        for place, (slug, words) in enumerate(zip(indicators, titles, strict=True)):
            x = left + place * (room + _GAP)
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
