"""Axes with a few round numbers, and benchmarks drawn across them."""

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from darlington_analysis.pages.components.charts.axes import (
    EDGE,
    HAIRLINE,
    plot_width,
    wrapped,
    write_lines,
)
from darlington_analysis.pages.components.drawing import spread, text_width


def value_axis(axes: Axes, low: float, high: float, label: str) -> None:
    """Set the x axis from ``low`` to ``high`` with a few round ticks and ``label`` below them."""
    axes.set_xlim(low, high)
    axes.xaxis.set_major_locator(round_ticks())
    axes.xaxis.set_major_formatter(lambda value, _: _number(value))
    axes.grid(axis="x", color=HAIRLINE, linewidth=0.8)
    axes.set_axisbelow(True)
    width = plot_width(axes)
    # A label wider than its axis reaches out to the left, under the names.
    is_wide = text_width(label) > width
    place, side = (width, "right") if is_wide else (0, "left")
    most = width + axes.get_position().x0 * axes.figure.get_figwidth() * 96 - EDGE
    write_lines(axes, place, -48, wrapped(label, most), va="baseline", ha=side)


def height_axis(axes: Axes, low: float, high: float) -> None:
    """Set the y axis from ``low`` to ``high`` with a few round ticks and pale lines."""
    axes.set_ylim(low, high)
    axes.yaxis.set_major_locator(round_ticks())
    axes.yaxis.set_major_formatter(lambda value, _: _number(value))
    axes.grid(axis="y", color=HAIRLINE, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.spines["left"].set_visible(False)


def span(rows: pd.DataFrame, others: Sequence[float], *, from_zero: bool) -> tuple[float, float]:
    """Return the ends of an axis that holds every value, limit and benchmark, with some room."""
    columns = [key for key in ("value", "lower_limit", "upper_limit") if key in rows]
    numbers = pd.concat([rows[columns].stack().astype(float), pd.Series(others, dtype=float)])
    low, high = (numbers.min(), numbers.max()) if numbers.notna().any() else (0.0, 1.0)
    if from_zero and low >= 0:
        return 0.0, (high or 1.0) * 1.06
    room = (high - low or abs(high) or 1.0) * 0.06
    return low - room, high + room


def has_values(rows: pd.DataFrame) -> bool:
    """Return whether any value is there to be drawn: without one, an axis has nothing to say."""
    return bool(rows["value"].notna().any())


def number_width(low: float, high: float) -> float:
    """Return the width in pixels of the widest number on an axis from ``low`` to ``high``."""
    return max(text_width(_number(place)) for place in round_ticks().tick_values(low, high))


def last_round(low: float, high: float) -> float:
    """Return the highest round number on an axis from ``low`` to ``high``."""
    return max(tick for tick in round_ticks().tick_values(low, high) if tick <= high)


def round_ticks() -> MaxNLocator:
    """Return the places of a few round numbers on an axis."""
    return MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10])


def _number(value: float) -> str:
    return f"{value:,.10g}"


def benchmark_lines(axes: Axes, benchmarks: Mapping[str, float], colours: Sequence[tuple]) -> None:
    """Draw each benchmark as a line over the plot, its label above it, clear of the others."""
    width, (low, high) = plot_width(axes), axes.get_xlim()
    left = axes.get_position().x0 * axes.figure.get_figwidth() * 96
    places = [(value - low) / (high - low) * width for value in benchmarks.values()]
    rooms = [text_width(label) + 14 for label in benchmarks]
    moved = _inside(spread(places, rooms), rooms, -left, width + EDGE)
    height = axes.get_position().height * axes.figure.get_figheight() * 96
    for (label, value), place, there, (colour, dashes) in zip(
        benchmarks.items(), places, moved, colours, strict=False
    ):
        axes.axvline(value, color=colour, linestyle=dashes, linewidth=1.8, zorder=1)
        axes.plot(
            [place / width, there / width],
            [1, 1 + 12 / height],
            transform=axes.transAxes,
            color=colour,
            linewidth=1.4,
            clip_on=False,
        )
        write_lines(axes, there, height + 16, [label], ha="center", va="baseline")


def _inside(places: list[float], rooms: list[float], low: float, high: float) -> list[float]:
    over = max((p + r / 2 - high for p, r in zip(places, rooms, strict=True)), default=0)
    places = [place - max(over, 0) for place in places]
    under = max((low - (p - r / 2) for p, r in zip(places, rooms, strict=True)), default=0)
    return [place + max(under, 0) for place in places]
