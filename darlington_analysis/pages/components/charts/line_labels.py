"""A time axis, and names at the ends of lines: beside the last point, never across a line or name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from darlington_analysis.pages.components import theme
from darlington_analysis.pages.components.charts import axes as parts
from darlington_analysis.pages.components.drawing import spread, text_width

_BEFORE, _AFTER = 0.25, 0.12  # of a period: the room at the ends of the axis
_NEAR, _STEP = 10, 3  # pixels: from a point to its name; from one sample of a line to the next
_OWN = 30  # pixels: what is drawn this near to a point is taken for its own line
_ABOVE, _BELOW = 14, 6  # how far letters reach over and under their baseline, with some air
_SHIFTS = (0, 9, -9, 18, -18, 30, -30, 46, -46, 64, -64)  # up or down, nearest first


@dataclass(frozen=True)
class Timeline:
    """The periods of a chart in order, and the shorthand under those with a withheld figure."""

    periods: list[str]
    gaps: dict[str, str]

    def place(self, period: str) -> int:
        """Return where a period stands on the axis."""
        return self.periods.index(period)

    def pixels(self, axes: Axes, place: float) -> float:
        """Return how many pixels from the left of the plot a place is."""
        low, high = axes.get_xlim()
        return (place - low) / (high - low) * parts.plot_width(axes)

    def set_axis(self, axes: Axes) -> None:
        """Name as many periods as there is room for, the last one always."""
        axes.set_xlim(-_BEFORE, len(self.periods) - 1 + _AFTER)
        axes.set_xticks([])
        widest = max(text_width(period) for period in self.periods) + 14
        room = parts.plot_width(axes) / (len(self.periods) - 1 + _BEFORE + _AFTER)
        step = max(1, -(-int(widest) // max(int(room), 1)))
        height = parts.plot_height(axes)
        for place, period in enumerate(self.periods):
            x = self.pixels(axes, place)
            if (len(self.periods) - 1 - place) % step == 0:
                parts.write_lines(axes, x, -22, [period], ha="center", va="baseline")
                axes.plot([place, place], [0, -5 / height], **_tick(axes))
            if period in self.gaps:
                parts.write_lines(
                    axes, x, -22 - parts.LINE, [self.gaps[period]], ha="center", va="baseline"
                )


def _tick(axes: Axes) -> dict[str, Any]:
    return {
        "transform": axes.get_xaxis_transform(),
        "color": theme.QUIET,
        "linewidth": 1,
        "clip_on": False,
    }


class Box(NamedTuple):
    """A rectangle in pixels from the plot's lower left corner."""

    left: float
    right: float
    low: float
    high: float


def name_ends(
    axes: Axes, line: Timeline, rows: pd.DataFrame, ends: Mapping[str, list[str]], height: float
) -> None:
    """Write each series' name, in lines, where its last value stands on a plot ``height`` high.

    ``rows``: area_name, period, value, lower_limit, upper_limit, forecasts among them. Names of
    lines that reach the last period stand at the right, spread apart; any other stands by its
    line's end, on the nearest spot that no line, range or name takes up.
    """
    points = {name: _points(axes, line, rows[rows.area_name == name], height) for name in ends}
    edge = parts.plot_width(axes)
    is_last = {
        name: len(path) == 0 or path[-1][0] > edge * _last_share(line)
        for name, path in points.items()
    }
    first = next(iter(ends))
    _at_edge(axes, {name: points[name] for name in ends if is_last[name]}, ends, height)
    taken: list[Box] = []
    drawn = _samples(axes, line, rows, points, height)
    for name in (name for name in ends if not is_last[name]):
        box = beside(points[name][-1], ends[name], drawn, taken, (edge, height))
        taken.append(box)
        weight = "bold" if name == first else "normal"
        parts.write_lines(
            axes, box.left, box.high - _ABOVE, ends[name], fontweight=weight, va="baseline"
        )


def beside(
    point: tuple[float, float],
    words: Sequence[str],
    drawn: np.ndarray,
    taken: Sequence[Box],
    size: tuple[float, float],
    others: np.ndarray | None = None,
) -> Box:
    """Return the nearest spot by a point for lines of words, in pixels.

    ``drawn``: x and y of what is drawn, one row a sample. The spot lies on the plot of this
    ``size``, clear of everything and nearer to its own point than to ``others``, or as nearly so as
    can be had. ``others``: what the words could be taken to name, all that is not near unless given.
    """
    spots = list(_spots(point, words))
    if others is None:
        others = drawn[np.hypot(*(drawn - point).T) > _OWN]
    faults = [_covers(spot, drawn, taken, size) + _misleads(spot, point, others) for spot in spots]
    return spots[int(np.argmin(faults))]


def _misleads(spot: Box, point: tuple[float, float], others: np.ndarray) -> int:
    if not len(others):
        return 0
    nearest = distances(spot, others).min()
    return 50 if nearest < distances(spot, np.array([point]))[0] else 0


def distances(spot: Box, places: np.ndarray) -> np.ndarray:
    """Return how far each place, a row of x and y, is from a box."""
    x, y = places.T
    across = np.maximum(0, np.maximum(spot.left - x, x - spot.right))
    return np.hypot(across, np.maximum(0, np.maximum(spot.low - y, y - spot.high)))


def _spots(point: tuple[float, float], words: Sequence[str]):
    wide = max(text_width(line, bold=True) for line in words)
    tall = parts.LINE * (len(words) - 1) + _ABOVE + _BELOW
    for shift in _SHIFTS:
        for start in (_NEAR, -wide / 2, -wide - _NEAR):
            left, middle = point[0] + start, point[1] + shift * (1 + (len(words) - 1) * 0.6)
            yield Box(left, left + wide, middle - tall / 2, middle + tall / 2)


def _covers(spot: Box, drawn: np.ndarray, taken: Sequence[Box], size) -> int:
    x, y = drawn[:, 0], drawn[:, 1]
    is_under = (x > spot.left - 3) & (x < spot.right + 3) & (y > spot.low) & (y < spot.high)
    crossed = sum(
        spot.left < other.right
        and other.left < spot.right
        and spot.low < other.high
        and other.low < spot.high
        for other in taken
    )
    is_outside = spot.left < 0 or spot.right > size[0] or spot.low < 0 or spot.high > size[1] + 6
    return 20 * int(is_under.sum()) + 100 * crossed + 1000 * is_outside


def _points(axes: Axes, line: Timeline, rows: pd.DataFrame, height: float, key: str = "value"):
    known = rows.dropna(subset=[key])
    ordered = sorted(zip(known.period.map(line.place), known[key], strict=True))
    low, high = axes.get_ylim()
    return [(line.pixels(axes, x), (y - low) / (high - low) * height) for x, y in ordered]


def _last_share(line: Timeline) -> float:
    """Return how far across the plot a line's end counts as having reached the last period."""
    return 1 - 0.5 / max(1, len(line.periods))


def _samples(axes: Axes, line: Timeline, rows: pd.DataFrame, points, height: float) -> np.ndarray:
    """Return what is drawn as points close together: lines, ranges and the edges of bands."""
    strokes = [pair for path in points.values() for pair in pairwise(path)]
    strokes += [(path[0], path[0]) for path in points.values() if path]
    for name in points:
        series = rows[rows.area_name == name]
        limits = [
            _points(axes, line, series, height, key) for key in ("lower_limit", "upper_limit")
        ]
        strokes += list(zip(*limits, strict=True))
        strokes += [pair for limit in limits for pair in pairwise(limit)]
    return sampled(strokes)


def sampled(strokes) -> np.ndarray:
    """Return straight strokes, pairs of points in pixels, as points close together."""
    return np.concatenate([np.empty((0, 2)), *(_along(*stroke) for stroke in strokes)])


def _along(start: tuple[float, float], end: tuple[float, float]) -> np.ndarray:
    far = float(np.hypot(end[0] - start[0], end[1] - start[1]))
    return np.linspace(start, end, int(far // _STEP) + 2)


def _at_edge(axes: Axes, points: Mapping, ends: Mapping[str, list[str]], height: float) -> None:
    """Write names beyond the plot's right edge, level with the ends of their lines."""
    first, x = next(iter(ends)), parts.plot_width(axes) + 16
    # A series without any value has its name half way up, where it says nothing about a value.
    heights = [path[-1][1] if path else height / 2 for path in points.values()]
    rooms = [parts.LINE * len(ends[name]) + 4 for name in points]
    for (name, path), middle in zip(points.items(), spread(heights, rooms), strict=True):
        top = middle + parts.LINE * (len(ends[name]) - 1) / 2 - 5
        if path:
            _leader(axes, path[-1], (x - 3, middle), height)
        weight = "bold" if name == first else "normal"
        parts.write_lines(axes, x, top, ends[name], fontweight=weight, va="baseline")


def _leader(axes: Axes, start: tuple[float, float], end: tuple[float, float], height: float):
    """Lead from a line's last point to its name, thin enough not to be taken for the line."""
    width = parts.plot_width(axes)
    axes.plot(
        [start[0] / width, end[0] / width],
        [start[1] / height, end[1] / height],
        transform=axes.transAxes,
        color=theme.QUIET,
        linewidth=0.9,
        linestyle=(0, (1, 2)),
        clip_on=False,
        zorder=1,
    )
