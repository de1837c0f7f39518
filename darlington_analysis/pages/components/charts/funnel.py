"""Every ward by its size, with the limits that chance alone would keep to."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from darlington_analysis.pages.components import theme
from darlington_analysis.pages.components.charts import axes as parts
from darlington_analysis.pages.components.charts import line_labels
from darlington_analysis.pages.components.drawing import (
    MARK,
    text_width,
    to_svg,
)

_FUNNEL_HEIGHT, _LEFT = 330, 46
_RADIUS, _ADJACENT = 6, 12  # pixels: of a mark; from a mark to a name that stands right beside it
_SHAPES = {
    "beyond both": {"marker": "D", "markerfacecolor": theme.NAVY, "markersize": 8},
    "beyond the inner": {"marker": "o", "markerfacecolor": theme.NAVY, "markersize": 7},
    "within": {"marker": "o", "markerfacecolor": theme.PAPER, "markersize": 7},
}


def funnel(
    wards: pd.DataFrame,
    curve: pd.DataFrame,
    benchmark: tuple[str, float],
    *,
    value_label: str,
    size_label: str,
    key: dict[str, str],
    named: tuple[str, ...] = (),
) -> str:
    """Return an SVG of wards as marks over their size, with two pairs of limits.

    ``wards``: area_code, area_name, denominator, value, beyond (a key of ``key``). ``curve``:
    denominator and the limits lower_95, upper_95, lower_998, upper_998. ``benchmark``: its words
    and its value. ``key``: what each shape and line means. ``named``: wards whose names are drawn.
    """
    known = wards.dropna(subset=["value", "denominator"])
    lines = len(key) + 1
    size_lines = parts.wrapped(size_label, theme.DRAWING_WIDTH - _LEFT - parts.EDGE)
    bottom = 58 + parts.LINE * (len(size_lines) - 1)
    with theme.look():
        figure, axes = parts.canvas(
            _FUNNEL_HEIGHT, left=_LEFT, right=24, top=parts.LINE * (lines + 1), bottom=bottom
        )
        limits = curve[["lower_998", "upper_998"]]
        high = float(max(known.value.max(), limits.max().max()) * 1.15)
        parts.height_axis(axes, 0.0, high)
        axes.set_xlim(float(curve.denominator.min()), float(curve.denominator.max()))
        axes.xaxis.set_major_locator(parts.round_ticks())
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        _chance_limits(axes, curve, benchmark[1])
        for row in known.itertuples():
            _funnel_mark(axes, row)
        _funnel_names(axes, known, curve, named)
        parts.write_lines(axes, 0, -50, size_lines, va="baseline")
        _funnel_key(axes, [value_label, benchmark[0]], key)
        return to_svg(figure)


def _chance_limits(axes: Axes, curve: pd.DataFrame, average: float) -> None:
    axes.axhline(average, color=theme.PLUM, linestyle=(0, (6, 3)), linewidth=1.8, zorder=1)
    for level, dashes in (("95", (0, (2, 2))), ("998", "-")):
        for side in ("lower", "upper"):
            axes.plot(
                curve.denominator,
                curve[f"{side}_{level}"],
                color=theme.CHARCOAL,
                linestyle=dashes,
                linewidth=1.3,
                zorder=1,
            )


def _funnel_mark(axes: Axes, row) -> None:
    axes.plot(
        [row.denominator],
        [row.value],
        markeredgecolor=theme.NAVY,
        markeredgewidth=1.4,
        linestyle="none",
        zorder=3,
        gid=f"{MARK}{row.area_code}",
        **_SHAPES[row.beyond],
    )


def _funnel_names(
    axes: Axes, known: pd.DataFrame, curve: pd.DataFrame, named: tuple[str, ...]
) -> None:
    """Write a few names, each clear of every mark, limit and other name, and led to its own mark."""
    width = parts.plot_width(axes)
    xs = known.denominator.to_list()
    marks = [_pixels(axes, x, y, width) for x, y in zip(xs, known.value, strict=True)]
    strokes = [((x - _RADIUS, y), (x + _RADIUS, y)) for x, y in marks]
    strokes += [((x, y - _RADIUS), (x, y + _RADIUS)) for x, y in marks]
    for side in ("lower_95", "upper_95", "lower_998", "upper_998"):
        path = [
            _pixels(axes, x, y, width) for x, y in zip(curve.denominator, curve[side], strict=True)
        ]
        strokes += list(zip(path, path[1:], strict=False))
    drawn, taken, size = line_labels.sampled(strokes), [], (width, _FUNNEL_HEIGHT)
    for at, (point, name) in enumerate(zip(marks, known.area_name, strict=True)):
        if name in named:
            others = np.array(marks[:at] + marks[at + 1 :]).reshape(-1, 2)
            box = line_labels.beside(point, [name], drawn, taken, size, others)
            taken.append(box)
            _leader(axes, point, box, others)
            parts.write_lines(axes, box.left, box.high - 14, [name], va="baseline")


def _leader(axes: Axes, point: tuple[float, float], box: line_labels.Box, others) -> None:
    """Draw a line from a mark to its name, unless the name stands right beside it and no other."""
    far = line_labels.distances(box, np.array([point]))[0]
    near = line_labels.distances(box, others)
    if far <= _ADJACENT and not (near <= far + _ADJACENT).any():
        return
    x, y = point
    end = min(max(x, box.left), box.right), min(max(y, box.low + 4), box.high - 4)
    width = parts.plot_width(axes)
    axes.plot(
        [x / width, end[0] / width],
        [y / _FUNNEL_HEIGHT, end[1] / _FUNNEL_HEIGHT],
        transform=axes.transAxes,
        color=theme.INK,
        linewidth=1,
        clip_on=False,
        zorder=2,
    )


def _pixels(axes: Axes, x: float, y: float, width: float) -> tuple[float, float]:
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    return (x - left) / (right - left) * width, (y - low) / (high - low) * _FUNNEL_HEIGHT


def _funnel_key(axes: Axes, first: list[str], key: dict[str, str]) -> None:
    """Write the axis's words, then a line for each shape, above the plot."""
    top = _FUNNEL_HEIGHT + parts.LINE * len(key) + 8
    parts.write_lines(axes, -38, top, [first[0]], va="baseline")
    end = parts.plot_width(axes)
    parts.write_lines(
        axes, end - text_width(first[1]) - 40, top, [first[1]], va="baseline", color=theme.PLUM
    )
    axes.plot(
        [1 - 32 / end, 1],
        [(top + 5) / _FUNNEL_HEIGHT] * 2,
        transform=axes.transAxes,
        color=theme.PLUM,
        linestyle=(0, (6, 3)),
        linewidth=1.8,
        clip_on=False,
    )
    for number, (name, words) in enumerate(key.items(), 1):
        y = top - parts.LINE * number
        parts.write_lines(axes, -18, y, [words], va="baseline")
        axes.plot(
            [-30 / end],
            [(y + 5) / _FUNNEL_HEIGHT],
            transform=axes.transAxes,
            clip_on=False,
            markeredgecolor=theme.NAVY,
            markeredgewidth=1.4,
            linestyle="none",
            **_SHAPES[name],
        )
