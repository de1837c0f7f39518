"""What the charts share: a canvas measured in pixels, and words set out on it."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.transforms import blended_transform_factory

from darlington_analysis.pages.components import highlight
from darlington_analysis.pages.components.drawing import blank, text_width
from darlington_analysis.pages.components.theme import DRAWING_WIDTH, MUTED, POINT, WASH

HAIRLINE = "#CFD5D8"  # gridlines: a help to the eye that nothing depends on
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


def wrapped(words: str, width: float, *, bold: bool = False) -> list[str]:
    """Return the words in lines no wider than ``width`` pixels, broken between words; one word
    that is wider than a line is broken within.
    """
    lines: list[str] = []
    for word in (part for each in words.split() for part in _pieces(each, width, bold)):
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
        for look in highlight.looks(codes[row]) if codes else (None,):
            if look and look.is_picked:
                axes.add_patch(Rectangle((0, row - 0.5), 1, 1, gid=look.gid(), **wash))
            _name_row(axes, row, name, look)


def _name_row(axes: Axes, row: int, name: str, look: highlight.Look | None) -> None:
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
            fontweight="bold" if look and look.is_picked else "normal",
            annotation_clip=False,
            gid=look and look.gid(),
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
