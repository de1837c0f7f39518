"""Up to four lines over time, with limits, breaks, and what comes next if nothing changes."""

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes

from darlington_analysis.core.errors import SchemaError
from darlington_analysis.pages.components import highlight, theme
from darlington_analysis.pages.components.charts import axes as parts
from darlington_analysis.pages.components.charts import missing, scales
from darlington_analysis.pages.components.charts.line_labels import name_ends
from darlington_analysis.pages.components.charts.timeline import (
    STYLES,
    Timeline,
    draw_band,
    draw_line,
)
from darlington_analysis.pages.components.drawing import text_width, to_svg
from darlington_analysis.pages.components.highlight import Same

_HEIGHT, _NAMES = 300, 150  # pixels: the plot, and how wide names at line ends may be


def trend(
    rows: pd.DataFrame,
    *,
    value_label: str,
    periods: Sequence[str] | None = None,
    forecast: pd.DataFrame | None = None,
    forecast_label: str = "",
    breaks: Mapping[str, str] | None = None,
    dummy_label: str = "",
    from_zero: bool = True,
) -> str:
    """Return an SVG of values over time, a name at the end of each line.

    ``rows``: area_name (the series; the first is drawn strongest), period, value, lower_limit,
    upper_limit, status, is_dummy. ``periods``: every period in order, those without rows too.
    ``forecast``: the same columns, for later periods of series in ``rows``; dashed with its band,
    from the last value, and named by ``forecast_label``. ``breaks``: period → words; a line before
    that period. A made-up series is dotted with open markers, ``dummy_label`` below its name.
    A withheld value is a gap, and its shorthand stands under its period.

    Raises:
        SchemaError: more than four series, a null without a status, made-up figures or a forecast
            without a label.
    """
    _refuse(rows, _series(rows), forecast, forecast_label, dummy_label)
    ahead = None if forecast is None else highlight.rows(forecast)
    return _drawn(
        highlight.rows(rows),
        ahead,
        tuple(periods or ()),
        tuple((breaks or {}).items()),
        (value_label, forecast_label, dummy_label),
        from_zero,
    )


def _series(rows: pd.DataFrame) -> list[str]:
    return list(dict.fromkeys(rows["area_name"]))


@highlight.drawn_once  # wider areas are the same in every ward's pack
def _drawn(
    known: Same, ahead: Same | None, periods: tuple, breaks: tuple, labels: tuple, from_zero: bool
) -> str:
    rows, forecast, names = known.thing, ahead and ahead.thing, _series(known.thing)
    value_label, forecast_label, dummy_label = labels
    everything = rows if forecast is None else pd.concat([rows, forecast], ignore_index=True)
    line = Timeline(list(periods or sorted(set(everything["period"]))), _gaps(rows))
    ends = {name: _end_words(rows[rows["area_name"] == name], name, dummy_label) for name in names}
    notes = _placed(line, dict(breaks), forecast, forecast_label)
    with theme.look():
        axes = _frame(everything, line, ends, value_label, notes, from_zero=from_zero)
        for style, name in zip(STYLES, names, strict=False):
            draw_line(axes, line, rows[rows["area_name"] == name], style)
            if forecast is not None:
                draw_band(axes, line, rows, forecast, name, style)
        name_ends(axes, line, everything, ends, _HEIGHT)
        return to_svg(axes.figure)


def _placed(line, breaks, forecast, forecast_label: str) -> list[tuple[float, str]]:
    marked = [(line.place(period) - 0.5, words) for period, words in breaks.items()]
    if forecast is not None:
        first = min(line.place(period) for period in forecast["period"])
        marked.append((first - 0.5, forecast_label))
    # The one furthest to the right stands lowest, so that no line runs through another's words.
    return sorted(marked, reverse=True)


def _frame(everything, line, ends, value_label: str, notes: list, *, from_zero: bool) -> Axes:
    header = parts.wrapped(value_label, theme.DRAWING_WIDTH - 2 * parts.EDGE)
    low, high = scales.span(everything, [], from_zero=from_zero)
    _, axes = parts.canvas(
        _HEIGHT,
        left=scales.number_width(low, high) + 2 * parts.EDGE,
        right=30 + max(text_width(words, bold=True) for end in ends.values() for words in end),
        top=parts.LINE * (len(header) + len(notes)) + 14,
        bottom=parts.LINE * (2 + bool(line.gaps)),
    )
    scales.height_axis(axes, low, high)
    if not scales.has_values(everything):
        axes.set_yticks([])
    line.set_axis(axes)
    _notes(axes, line, header, notes)
    return axes


def _refuse(rows, names, forecast, forecast_label: str, dummy_label: str) -> None:
    missing.need_dummy_label(rows, dummy_label)
    if len(names) > len(STYLES) or (forecast is not None and not forecast_label.strip()):
        raise SchemaError(
            f"A trend of {len(names)} series, its forecast called {forecast_label!r}",
            "At most four series, and a name for the forecast",
            "show fewer areas, or give forecast_label",
        )


def _gaps(rows: pd.DataFrame) -> dict[str, str]:
    empty = rows[rows["value"].isna()]
    shown = [missing.status_words(status, {}) for status in empty["status"]]
    found: dict[str, list[str]] = {}
    for period, words in zip(empty["period"], shown, strict=True):
        found.setdefault(period, []).append(words)
    return {period: " ".join(dict.fromkeys(words)) for period, words in found.items()}


def _end_words(rows: pd.DataFrame, name: str, dummy_label: str) -> list[str]:
    is_dummy = "is_dummy" in rows and bool(rows["is_dummy"].astype(bool).any())
    return parts.wrapped(name, _NAMES) + (parts.wrapped(dummy_label, _NAMES) if is_dummy else [])


def _notes(axes: Axes, line, header: Sequence[str], notes: Sequence[tuple[float, str]]) -> None:
    """Write the axis's words, then the words for breaks and forecast, each beside its line."""
    left = parts.EDGE - axes.get_position().x0 * axes.figure.get_figwidth() * 96
    top = _HEIGHT + 14 + parts.LINE * (len(notes) + len(header) - 1)
    parts.write_lines(axes, left, top, header, va="baseline")
    for number, (place, words) in enumerate(notes):
        height = _HEIGHT + 8 + parts.LINE * number
        pixels = line.pixels(axes, place)
        axes.plot(
            [place, place],
            [0, (height + 12) / _HEIGHT],
            transform=axes.get_xaxis_transform(),
            color=theme.MUTED,
            linestyle=(0, (1, 2)),
            linewidth=1.4,
            clip_on=False,
        )
        is_right = pixels + text_width(words) + 10 > theme.DRAWING_WIDTH + left
        shift, side = (-6, "right") if is_right else (6, "left")
        parts.write_lines(axes, pixels + shift, height, [words], ha=side, color=theme.MUTED)
