"""Names inside the areas of a map, legible on every fill."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes

from darlington_analysis.presentation import theme
from darlington_analysis.presentation.drawing import text_width
from darlington_analysis.presentation.mapkey import mark_style
from darlington_analysis.presentation.picking import looks

if TYPE_CHECKING:
    from darlington_analysis.presentation.maps import MapLayers

_LARGEST, _SMALLEST, _STEP = 12.0, 9.0, 0.5
_LINES = 3
_MIDDLE = {"ha": "center", "va": "center_baseline", "zorder": 4}
_PATCH = {"facecolor": theme.PAPER, "linewidth": 0, "pad": 1}  # behind words on a hatched area
# A browser's font is narrower than the one measured here, so one long word may take all the room;
# two words are broken sooner, for a hexagon's corners are cut off.
_ROOM, _ROOM_OF_LINE = 1.0, 0.88


def common_size(names: Sequence[str], rooms: Sequence[float]) -> float:
    """Return the largest size, in points, at which every name fits its room on three lines."""
    sizes = [_LARGEST - _STEP * n for n in range(int((_LARGEST - _SMALLEST) / _STEP) + 1)]
    for points in sizes:
        if all(_fits(name, room, points) for name, room in zip(names, rooms, strict=True)):
            return points
    return _SMALLEST


def _fits(name: str, room: float, points: float) -> bool:
    lines = name_lines(name, room, points)
    return len(lines) <= _LINES and all(
        text_width(words, points) <= room * _ROOM for words in lines
    )


def name_lines(name: str, room: float, points: float) -> list[str]:
    """Return the name in as few lines as its room allows, broken between words."""
    lines: list[str] = []
    for word in name.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, points) <= room * _ROOM_OF_LINE:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def write_name(
    axes: Axes, row: Any, name: str, layers: "MapLayers", points: float, room: float, scale: float
) -> None:
    """Write a name, its words for a missing figure, and its mark, in the middle of its area."""
    code, middle = row.area_code, row.geometry.representative_point()
    lines = name_lines(name, room, points) + (
        [layers.missing[code]] if code in layers.missing else []
    )
    colour = theme.INK if code in layers.missing else theme.MAP_WORDS[layers.classes.get(code, 0)]
    pitch = points * theme.POINT * 1.15 / scale
    has_mark = code in layers.marks
    first = middle.y + pitch * (len(lines) - 1) / 2 - (pitch * 0.45 if has_mark else 0)
    for look in looks(code) if code in layers.picks else (None,):
        for number, words in enumerate(lines):
            axes.text(
                middle.x,
                first - number * pitch,
                words,
                gid=look and look.gid(),
                fontsize=points,
                fontweight="bold" if look and look.is_picked else "normal",
                color=colour,
                bbox=_PATCH if code in layers.missing else None,
                **_MIDDLE,
            )
    if has_mark:
        style = mark_style(layers.marks[code], layers, colour)
        axes.plot([middle.x], [first + pitch * 1.15], zorder=4, **style)
