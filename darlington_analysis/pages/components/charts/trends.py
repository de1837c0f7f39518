"""Values over time: up to four lines with limits and a forecast, and days of support."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import DateFormatter, YearLocator, date2num

from darlington_analysis.core.errors import SchemaError
from darlington_analysis.pages.components import drawing, theme
from darlington_analysis.pages.components.charts import axes as parts
from darlington_analysis.pages.components.charts.line_labels import Timeline, name_ends
from darlington_analysis.pages.components.drawing import MARK, CacheKey, text_width, to_svg

Points = Sequence[tuple[date, float]]
_DAYS_HEIGHT = 240
_HEIGHT, _NAMES = 300, 150  # pixels: the plot, and how wide names at line ends may be
STYLES = (
    {"color": theme.NAVY, "marker": "D", "linestyle": "-", "linewidth": 3},
    {"color": theme.PLUM, "marker": "o", "linestyle": (0, (6, 2)), "linewidth": 2},
    {"color": theme.TEAL, "marker": "s", "linestyle": "-", "linewidth": 2},
    {"color": theme.CHARCOAL, "marker": "^", "linestyle": (0, (3, 2, 1, 2)), "linewidth": 2},
)
_MADE_UP = {"linestyle": (0, (1, 1.6)), "markerfacecolor": theme.PAPER}


def days_over_time(plan: Points, so_far: Points, *, planned: str, done: str) -> str:
    """Return an SVG of days a month over time: the plan dashed, what came about whole.

    Points are (day, days a month), in any order; ``planned`` and ``done`` name the two lines.
    """
    room = max(text_width(planned), text_width(done)) + 16
    with theme.look():
        figure, axes = parts.canvas(_DAYS_HEIGHT, left=44, right=room, top=16, bottom=34)
        most = max([days for _, days in (*plan, *so_far)], default=1.0) or 1.0
        axes.set_ylim(0, most * 1.15)
        _line(axes, plan, planned, dashed=True)
        _line(axes, so_far, done, dashed=False)
        axes.xaxis.set_major_locator(YearLocator())
        axes.xaxis.set_major_formatter(DateFormatter("%Y"))
        axes.set_yticks(sorted({0.0, round(most / 2), round(most)}))
        axes.set_yticklabels([f"{tick:g}" for tick in axes.get_yticks()])
        return to_svg(figure)


def _line(axes: Axes, points: Points, name: str, *, dashed: bool) -> None:
    if not points:
        return
    days, values = zip(*sorted(points), strict=True)
    places = [date2num(day) for day in days]
    colour = theme.CHARCOAL if dashed else theme.NAVY
    axes.plot(
        places,
        values,
        color=colour,
        linewidth=2,
        marker="o",
        markersize=5,
        clip_on=False,
        linestyle=(0, (4, 3)) if dashed else "solid",
    )
    axes.annotate(
        name,
        xy=(places[-1], values[-1]),
        xytext=(8, 6),
        textcoords="offset points",
        color=colour,
        fontweight="normal" if dashed else "bold",
    )


def trend(
    rows: pd.DataFrame,
    *,
    value_label: str,
    periods: Sequence[str] | None = None,
    forecast: pd.DataFrame | None = None,
    forecast_label: str = "",
    dummy_label: str = "",
) -> str:
    """Return an SVG of values over time, a name at the end of each line.

    ``rows``: area_name (the series; the first is drawn strongest), period, value, lower_limit,
    upper_limit, status, is_dummy. ``periods``: every period in order, those without rows too.
    ``forecast``: the same columns, for later periods of series in ``rows``; dashed with its band,
    from the last value, and named by ``forecast_label``. A made-up series is dotted with open
    markers, ``dummy_label`` below its name. A withheld value is a gap, and its shorthand stands
    under its period.

    Raises:
        SchemaError: more than four series, a null without a status, made-up figures or a forecast
            without a label.
    """
    _refuse(rows, _series(rows), forecast, forecast_label, dummy_label)
    ahead = None if forecast is None else drawing.cache_key(forecast)
    return _drawn(
        drawing.cache_key(rows),
        ahead,
        tuple(periods or ()),
        (value_label, forecast_label, dummy_label),
    )


def _series(rows: pd.DataFrame) -> list[str]:
    return list(dict.fromkeys(rows["area_name"]))


@drawing.cached_drawing  # wider areas are the same in every ward's pack
def _drawn(known: CacheKey, ahead: CacheKey | None, periods: tuple, labels: tuple) -> str:
    rows, forecast, names = known.thing, ahead and ahead.thing, _series(known.thing)
    value_label, forecast_label, dummy_label = labels
    everything = rows if forecast is None else pd.concat([rows, forecast], ignore_index=True)
    line = Timeline(list(periods or sorted(set(everything["period"]))), _gaps(rows))
    ends = {name: _end_words(rows[rows["area_name"] == name], name, dummy_label) for name in names}
    start = None if forecast is None else min(map(line.place, forecast["period"])) - 0.5
    with theme.look():
        axes = _frame(everything, line, ends, value_label, has_note=start is not None)
        if start is not None:
            _note_start(axes, line, start, forecast_label)
        for style, name in zip(STYLES, names, strict=False):
            draw_line(axes, line, rows[rows["area_name"] == name], style)
            if forecast is not None:
                draw_band(axes, line, rows, forecast, name, style)
        name_ends(axes, line, everything, ends, _HEIGHT)
        return to_svg(axes.figure)


def _frame(everything, line, ends, value_label: str, *, has_note: bool) -> Axes:
    header = parts.wrapped(value_label, theme.DRAWING_WIDTH - 2 * parts.EDGE)
    low, high = parts.span(everything, [])
    _, axes = parts.canvas(
        _HEIGHT,
        left=parts.number_width(low, high) + 2 * parts.EDGE,
        right=30 + max(text_width(words, bold=True) for end in ends.values() for words in end),
        top=parts.LINE * (len(header) + has_note) + 14,
        bottom=parts.LINE * (2 + bool(line.gaps)),
    )
    parts.height_axis(axes, low, high)
    if not parts.has_values(everything):
        axes.set_yticks([])
    line.set_axis(axes)
    left, top = parts.EDGE - parts.left_margin(axes), parts.LINE * (has_note + len(header) - 1)
    parts.write_lines(axes, left, _HEIGHT + 14 + top, header, va="baseline")
    return axes


def _refuse(rows, names, forecast, forecast_label: str, dummy_label: str) -> None:
    parts.need_dummy_label(rows, dummy_label)
    if len(names) > len(STYLES) or (forecast is not None and not forecast_label.strip()):
        raise SchemaError(
            f"A trend of {len(names)} series, its forecast called {forecast_label!r}",
            "At most four series, and a name for the forecast",
            "show fewer areas, or give forecast_label",
        )


def _gaps(rows: pd.DataFrame) -> dict[str, str]:
    empty = rows[rows["value"].isna()]
    shown = [parts.status_words(status, {}) for status in empty["status"]]
    words_by_period: dict[str, list[str]] = {}
    for period, words in zip(empty["period"], shown, strict=True):
        words_by_period.setdefault(period, []).append(words)
    return {period: " ".join(dict.fromkeys(words)) for period, words in words_by_period.items()}


def _end_words(rows: pd.DataFrame, name: str, dummy_label: str) -> list[str]:
    is_dummy = parts.is_made_up(rows)
    return parts.wrapped(name, _NAMES) + (parts.wrapped(dummy_label, _NAMES) if is_dummy else [])


def _note_start(axes: Axes, line: Timeline, place: float, words: str) -> None:
    """Draw a line where the forecast starts, with its words above the plot."""
    pixels = line.pixels(axes, place)
    axes.plot(
        [place, place],
        [0, (_HEIGHT + 20) / _HEIGHT],
        transform=axes.get_xaxis_transform(),
        color=theme.MUTED,
        linestyle=(0, (1, 2)),
        linewidth=1.4,
        clip_on=False,
    )
    right = theme.DRAWING_WIDTH + parts.EDGE - parts.left_margin(axes)
    shift, side = (-6, "right") if pixels + text_width(words) + 10 > right else (6, "left")
    parts.write_lines(axes, pixels + shift, _HEIGHT + 8, [words], ha=side, color=theme.MUTED)


def draw_line(axes: Axes, line: Timeline, rows: pd.DataFrame, style: dict[str, Any]) -> None:
    """Draw one series: its limits as a bar at each point, its line broken where a value is not."""
    rows = rows.set_index("period").reindex(line.periods)
    is_dummy = parts.is_made_up(rows)
    limited = rows.assign(place=range(len(rows))).dropna(subset=["lower_limit", "upper_limit"])
    for row in limited.itertuples():
        axes.plot(
            [row.place] * 2,
            [row.lower_limit, row.upper_limit],
            color=style["color"],
            linewidth=1.6,
            linestyle=_MADE_UP["linestyle"] if is_dummy else "-",
            zorder=2,
        )
    axes.plot(
        range(len(rows)),
        rows["value"].astype(float),
        markersize=7,
        clip_on=False,
        zorder=3,
        gid=f"{MARK}{rows['area_name'].dropna().iloc[0]}",
        **(style | _MADE_UP if is_dummy else style),
    )


def draw_band(
    axes: Axes,
    line: Timeline,
    rows: pd.DataFrame,
    forecast: pd.DataFrame,
    name: str,
    style: dict[str, Any],
) -> None:
    """Draw one series' forecast, dashed in its band, from its last value onwards."""
    known = rows[(rows["area_name"] == name) & rows["value"].notna()].tail(1)
    ahead = forecast[forecast["area_name"] == name]
    if ahead.empty or known.empty:
        return
    start = known.assign(lower_limit=known["value"], upper_limit=known["value"])
    path = pd.concat([start, ahead])
    places = [line.place(period) for period in path["period"]]
    lower, upper = path["lower_limit"].astype(float), path["upper_limit"].astype(float)
    axes.fill_between(places, lower, upper, color=style["color"], alpha=0.15, lw=0, zorder=1)
    for edge in (lower, upper):
        axes.plot(places, edge, color=style["color"], linewidth=1, zorder=1.5)
    axes.plot(
        places,
        path["value"].astype(float),
        color=style["color"],
        linestyle=(0, (4, 3)),
        linewidth=2.2,
        zorder=2,
    )
