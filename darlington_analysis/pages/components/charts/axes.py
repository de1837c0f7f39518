"""What the charts share: a canvas in pixels, words on it, axes with round numbers, missing figures."""

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import blended_transform_factory

from darlington_analysis.core.errors import SchemaError
from darlington_analysis.pages.components import drawing
from darlington_analysis.pages.components.drawing import blank, spread, text_width
from darlington_analysis.pages.components.theme import (
    DRAWING_WIDTH,
    HAIRLINE,
    MUTED,
    PAPER,
    POINT,
    WASH,
)

LINE = 20  # CSS pixels from one line of 12 point words to the next
EDGE = 8
WIDEST_NAME = 300  # CSS pixels: longer names are broken, so that a plot always has its room


def canvas(
    plot_height: float,
    *,
    left: float,
    right: float = EDGE,
    top: float = EDGE,
    bottom: float = EDGE,
    width: float = DRAWING_WIDTH,
) -> tuple[Figure, Axes]:
    """Return a figure and one pair of axes with these margins, all in CSS pixels."""
    height = plot_height + top + bottom
    figure = blank(width, height)
    axes = figure.add_axes(
        (left / width, bottom / height, (width - left - right) / width, plot_height / height)
    )
    axes.tick_params(length=0, pad=6)
    return figure, axes


def plot_width(axes: Axes) -> float:
    """Return the width of the axes in CSS pixels."""
    return float(axes.get_position().width * axes.figure.get_figwidth() * 96)


def plot_height(axes: Axes) -> float:
    """Return the height of the axes in CSS pixels."""
    return float(axes.get_position().height * axes.figure.get_figheight() * 96)


def left_margin(axes: Axes) -> float:
    """Return how many CSS pixels the axes are from the figure's left edge."""
    return float(axes.get_position().x0 * axes.figure.get_figwidth() * 96)


def wrapped(words: str, width: float, *, bold: bool = False) -> list[str]:
    """Return the words in lines no wider than ``width`` pixels, broken between words; one word
    that is wider than a line is broken within.
    """
    lines: list[str] = []
    for word in (part for whole_word in words.split() for part in _pieces(whole_word, width, bold)):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, bold=bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _pieces(word: str, width: float, bold: bool) -> list[str]:
    """Return a word in pieces that a line has room for; whole, as nearly every word is."""
    pieces = [word]
    while len(pieces[-1]) > 1 and text_width(pieces[-1], bold=bold) > width:
        last = pieces.pop()
        fits = next(
            at
            for at in range(len(last) - 1, 0, -1)
            if at == 1 or text_width(last[:at], bold=bold) <= width
        )
        pieces += [last[:fits], last[fits:]]
    return pieces


def write_lines(axes: Axes, x: float, y: float, lines: Sequence[str], **style) -> None:
    """Write lines below each other from ``(x, y)``, in pixels from the plot's lower left corner.

    Each line is a text of its own: lines that were laid out together would lose their alignment
    in a browser whose font is narrower.
    """
    for number, words in enumerate(lines):
        axes.annotate(
            words,
            xy=(0, 0),
            xycoords="axes fraction",
            xytext=(x / POINT, (y - number * LINE) / POINT),
            textcoords="offset points",
            annotation_clip=False,
            **style,
        )


def name_rows(axes: Axes, names: Sequence[str], codes: Sequence[str] = ()) -> None:
    """Put the names left of their rows, first at the top.

    With ``codes``, one a row, each name is drawn in both its looks: plain, and bold on a wash.
    """
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    across = blended_transform_factory(axes.figure.transFigure, axes.transData)
    wash = {"transform": across, "color": WASH, "lw": 0, "clip_on": False, "zorder": 0}
    for row, name in enumerate(names):
        for variant in drawing.variants(codes[row]) if codes else (None,):
            if variant and variant.is_picked:
                axes.add_patch(Rectangle((0, row - 0.5), 1, 1, gid=variant.gid(), **wash))
            _name_row(axes, row, name, variant)


def _name_row(axes: Axes, row: int, name: str, variant: drawing.Variant | None) -> None:
    lines = wrapped(name, WIDEST_NAME, bold=True)
    for number, words in enumerate(lines):
        axes.annotate(
            words,
            xy=(0, row),
            xycoords=("axes fraction", "data"),
            xytext=(-EDGE / POINT, ((len(lines) - 1) / 2 - number) * LINE / POINT),
            textcoords="offset points",
            ha="right",
            va="center_baseline",
            fontweight="bold" if variant and variant.is_picked else "normal",
            annotation_clip=False,
            gid=variant and variant.gid(),
        )


def write_ends(axes: Axes, low: str, high: str) -> None:
    """Write what the two ends of an x axis mean, under its numbers; kept clear of each other."""
    width = plot_width(axes)
    is_tight = text_width(low) + text_width(high) + LINE > width
    # Where both do not fit beside each other, the first may reach out under the names.
    style = {"va": "baseline", "color": MUTED}
    start = min(0, width - text_width(high) - LINE) if is_tight else 0
    write_lines(axes, start, -50, [low], ha="right" if is_tight else "left", **style)
    write_lines(axes, width, -50, [high], ha="right", **style)


def names_width(names: Sequence[str]) -> float:
    """Return the left margin that the names need, in bold, in pixels."""
    lines = [line for name in names for line in wrapped(name, WIDEST_NAME, bold=True)]
    return max(text_width(line, bold=True) for line in lines) + 2 * EDGE


def row_pitch(names: Sequence[str], least: float) -> float:
    """Return the pixels from one row to the next that leave room for the longest name."""
    most = max(len(wrapped(name, WIDEST_NAME, bold=True)) for name in names)
    return max(least, LINE * most + 6 if most > 1 else least)


def label_height(label: str, width: float) -> float:
    """Return the bottom margin that ticks and a label under an axis of this width need."""
    return 34 + LINE * len(wrapped(label, width))


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
    most = width + left_margin(axes) - EDGE
    write_lines(axes, place, -48, wrapped(label, most), va="baseline", ha=side)


def height_axis(axes: Axes, low: float, high: float) -> None:
    """Set the y axis from ``low`` to ``high`` with a few round ticks and pale lines."""
    axes.set_ylim(low, high)
    axes.yaxis.set_major_locator(round_ticks())
    axes.yaxis.set_major_formatter(lambda value, _: _number(value))
    axes.grid(axis="y", color=HAIRLINE, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.spines["left"].set_visible(False)


def span(rows: pd.DataFrame, others: Sequence[float]) -> tuple[float, float]:
    """Return the ends of an axis that holds every value, limit and benchmark, with some room.

    It starts at zero, unless a number is below.
    """
    columns = [key for key in ("value", "lower_limit", "upper_limit") if key in rows]
    numbers = pd.concat([rows[columns].stack().astype(float), pd.Series(others, dtype=float)])
    low, high = (numbers.min(), numbers.max()) if numbers.notna().any() else (0.0, 1.0)
    if low >= 0:
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
    places = [(value - low) / (high - low) * width for value in benchmarks.values()]
    rooms = [text_width(label) + 14 for label in benchmarks]
    moved = _inside(spread(places, rooms), rooms, -left_margin(axes), width + EDGE)
    height = plot_height(axes)
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


def status_words(status: str, words: Mapping[str, str]) -> str:
    """Return the words for a missing figure: those given, or the shorthand in its brackets.

    Raises:
        SchemaError: there is no status, so nothing says why the figure is missing.
    """
    if not status:
        raise SchemaError(
            "A figure to be drawn is null and has no status",
            "A missing figure says why it is missing: c, x, z …",
            "set the row's status",
        )
    return words.get(status, f"[{status}]")


def is_made_up(rows: pd.DataFrame) -> bool:
    """Return whether any row is made up."""
    return "is_dummy" in rows and bool(rows["is_dummy"].fillna(False).astype(bool).any())


def need_dummy_label(rows: pd.DataFrame, label: str) -> bool:
    """Return whether any row is made up.

    Raises:
        SchemaError: one is, and no label says so on the chart.
    """
    is_any = is_made_up(rows)
    if is_any and not label.strip():
        raise SchemaError(
            "Made-up figures are to be drawn without a word that says so",
            "A chart of made-up figures carries a label",
            "give dummy_label",
        )
    return is_any


def missing_note(
    axes: Axes, row: float, words: str, *, bold: bool = False, gid: str | None = None
) -> None:
    """Write words on a row in place of a dot."""
    axes.annotate(
        words,
        xy=(0, row),
        xycoords=("axes fraction", "data"),
        xytext=(5, 0),
        textcoords="offset points",
        va="center_baseline",
        color=MUTED,
        fontweight="bold" if bold else "normal",
        bbox={"facecolor": WASH if bold else PAPER, "linewidth": 0, "pad": 0.5},
        zorder=3,
        gid=gid,
    )
