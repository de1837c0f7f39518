"""The key of a map: classes, areas without a figure, the picked area and the marks, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from darlington_analysis.presentation import theme
from darlington_analysis.presentation.drawing import text_width
from darlington_analysis.presentation.picking import Look

if TYPE_CHECKING:
    from darlington_analysis.presentation.maps import MapLayers

_MARKERS = ("*", "^")
_SIZES = (13, 9)
_LINE, _SWATCH, _GAP, _EDGE = 27, 22, 22, 6


@dataclass(frozen=True)
class KeyEntry:
    """One swatch or marker, and what it means; ``picks`` in place of ``words`` where it hangs on
    which ward is picked out.
    """

    words: str
    box: dict[str, Any] = field(default_factory=dict)
    marker: dict[str, Any] = field(default_factory=dict)
    picks: Mapping[str, str] = field(default_factory=dict)


def mark_style(mark: str, layers: "MapLayers", colour: str) -> dict[str, Any]:
    """Return how a mark is drawn: a star for the first of the marks, a triangle for the second."""
    place = list(layers.mark_labels).index(mark)
    return {
        "marker": _MARKERS[place],
        "markersize": _SIZES[place],
        "markeredgecolor": colour,
        "markeredgewidth": 1.5,
        "markerfacecolor": colour if place == 0 else "none",
        "linestyle": "none",
    }


def key_entries(layers: "MapLayers") -> list[KeyEntry]:
    """Return the entries that this map needs, in the order they are read."""
    edge = {"edgecolor": theme.MUTED, "linewidth": 1.2}
    entries = [
        KeyEntry(words, {"facecolor": fill, **edge})
        for words, fill in zip(layers.class_labels, theme.MAP_CLASSES, strict=False)
    ]
    if layers.missing:
        hatched = {"facecolor": theme.PAPER, "hatch": "////", **edge}
        entries.append(KeyEntry(layers.missing_label, hatched))
    entries += [
        KeyEntry(words, marker=mark_style(mark, layers, theme.INK))
        for mark, words in layers.mark_labels.items()
    ]
    if layers.picks:  # the last: what stands before it stays in place whichever ward it names
        outline = {"facecolor": theme.PAPER, "edgecolor": theme.INK, "linewidth": 4}
        widest = max(layers.picks.values(), key=text_width)
        entries.append(KeyEntry(widest, outline, picks=layers.picks))
    return entries


def key_height(entries: Sequence[KeyEntry]) -> float:
    """Return the pixels that the key takes at the top of the map."""
    return _LINE * (1 + max(line for _, line, _ in _placed(entries))) + _GAP / 2 if entries else 0


def _placed(entries: Sequence[KeyEntry]) -> list[tuple[float, int, KeyEntry]]:
    placed, x, line = [], float(_EDGE), 0
    for entry in entries:
        width = _SWATCH + 6 + text_width(entry.words)
        if x > _EDGE and x + width > theme.MAP_WIDTH - _EDGE:
            x, line = float(_EDGE), line + 1
        placed.append((x, line, entry))
        x += width + _GAP
    return placed


def draw_key(figure: Figure, entries: Sequence[KeyEntry]) -> None:
    """Draw the key along the top of the figure, as many entries on a line as there is room for."""
    width, height = figure.get_figwidth() * 96, figure.get_figheight() * 96
    axes = figure.add_axes((0, 0, 1, 1), zorder=-1)
    axes.set_axis_off()
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    for x, line, entry in _placed(entries):
        middle = _EDGE + _LINE * (line + 0.5)
        for code, words in (entry.picks or {"": entry.words}).items():
            gid = Look(code, is_picked=True).gid() if code else None
            if entry.box:
                axes.add_patch(Rectangle((x, middle - 8), _SWATCH, 16, gid=gid, **entry.box))
            else:
                axes.plot([x + _SWATCH / 2], [middle], **entry.marker)
            axes.text(x + _SWATCH + 6, middle, words, va="center_baseline", gid=gid)
