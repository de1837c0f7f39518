"""Maps of wards: every ward one tile with its name, its class, its marks and, if wanted, a link."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import geopandas
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from darlington_analysis.core.errors import SchemaError
from darlington_analysis.pages.components import drawing as highlight
from darlington_analysis.pages.components import theme
from darlington_analysis.pages.components.drawing import (
    MARK,
    CacheKey,
    Drawing,
    Variant,
    blank,
    text_width,
    variants,
)

_MARKERS = ("*", "^")
_SIZES = (13, 9)
_LINE, _SWATCH, _GAP, _KEY_EDGE = 27, 22, 22, 6
_LARGEST, _SMALLEST, _STEP = 12.0, 9.0, 0.5
_LINES = 3
_MIDDLE = {"ha": "center", "va": "center_baseline", "zorder": 4}
_PATCH = {"facecolor": theme.PAPER, "linewidth": 0, "pad": 1}  # behind words on a hatched area
# A browser's font is narrower than the one measured here, so one long word may take all the room;
# two words are broken sooner, for a hexagon's corners are cut off.
_ROOM, _ROOM_OF_LINE = 1.1, 0.94
_TILE = 0.965  # of the distance to the next tile: a white gap keeps two dark tiles apart
_EDGE = 6  # pixels kept free round the map, for the outline of a picked ward at its rim


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


def key_height(entries: Sequence[KeyEntry], width: float) -> float:
    """Return the pixels that the key takes at the top of a map of a width."""
    lines = [line for _, line, _ in _placed(entries, width)]
    return _LINE * (1 + max(lines)) + _GAP / 2 if lines else 0


def _placed(entries: Sequence[KeyEntry], room: float) -> list[tuple[float, int, KeyEntry]]:
    placed, x, line = [], float(_KEY_EDGE), 0
    for entry in entries:
        width = _SWATCH + 6 + text_width(entry.words)
        if x > _KEY_EDGE and x + width > room - _KEY_EDGE:
            x, line = float(_KEY_EDGE), line + 1
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
    for x, line, entry in _placed(entries, width):
        middle = _KEY_EDGE + _LINE * (line + 0.5)
        for code, words in (entry.picks or {"": entry.words}).items():
            gid = Variant(code, is_picked=True).gid() if code else None
            if entry.box:
                axes.add_patch(Rectangle((x, middle - 8), _SWATCH, 16, gid=gid, **entry.box))
            else:
                axes.plot([x + _SWATCH / 2], [middle], **entry.marker)
            axes.text(x + _SWATCH + 6, middle, words, va="center_baseline", gid=gid)


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
    for variant in variants(code) if code in layers.picks else (None,):
        for number, words in enumerate(lines):
            axes.text(
                middle.x,
                first - number * pitch,
                words,
                gid=variant and variant.gid(),
                fontsize=points,
                fontweight="bold" if variant and variant.is_picked else "normal",
                color=colour,
                bbox=_PATCH if code in layers.missing else None,
                **_MIDDLE,
            )
    if has_mark:
        style = mark_style(layers.marks[code], layers, colour)
        axes.plot([middle.x], [first + pitch * 1.15], zorder=4, **style)


@dataclass(frozen=True)
class MapLayers:
    """What a map shows besides its wards' names; every mapping is by area code.

    ``classes``: 0, 1 or 2, from light to dark, explained by ``class_labels``. ``missing``: words
    for a ward without a figure, explained by ``missing_label``. ``picked``: the ward picked out,
    one of ``picks``, which say what the key calls each that may be. ``marks``: a key of
    ``mark_labels``, of which the first has a star and the second a triangle. ``names``: shorter
    names to print. ``links``: addresses; ``link_names``: what they are called, else the name.
    ``width``: of the drawing, in pixels; ``span``: the least width of land on it.
    """

    classes: Mapping[str, int] = field(default_factory=dict)
    class_labels: Sequence[str] = ()
    missing: Mapping[str, str] = field(default_factory=dict)
    missing_label: str = ""
    picked: str | None = None
    picks: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    mark_labels: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    link_names: Mapping[str, str] = field(default_factory=dict)
    width: int = theme.MAP_WIDTH
    span: float = 0.0

    def __post_init__(self):
        classes = set(self.classes.values())
        if len(self.class_labels) > len(theme.MAP_CLASSES) or not classes <= set(
            range(len(self.class_labels))
        ):
            raise SchemaError(
                f"A map of classes {sorted(classes)} with {len(self.class_labels)} labels",
                "At most three classes, 0, 1 and 2, each with a label",
                "make fewer classes, or name them all",
            )
        unnamed = set(self.marks.values()) - set(self.mark_labels)
        if unnamed or len(self.mark_labels) > 2:
            raise SchemaError(
                f"A map with marks that are not explained: {sorted(unnamed)}",
                "At most two marks, each with a label in the key",
                "give mark_labels",
            )


def hexagons(table: pd.DataFrame) -> geopandas.GeoDataFrame:
    """Return one hexagon, just short of circumradius 1, for each row of the table.

    ``table``: area_code, area_name, column, row; axial coordinates of hexagons with a point at
    the top, row growing southwards (https://www.redblobgames.com/grids/hexagons/).

    Raises:
        SchemaError: two wards stand on one tile.
    """
    if table.duplicated(["column", "row"]).any():
        raise SchemaError(
            "Two wards stand on the same tile",
            "Each ward has its own column and row",
            "mend the table of hexagons",
        )
    tiles = [
        _hexagon(column, row) for column, row in zip(table["column"], table["row"], strict=True)
    ]
    return geopandas.GeoDataFrame(table[["area_code", "area_name"]].copy(), geometry=tiles)


def _hexagon(column: float, row: float) -> Polygon:
    x, y = math.sqrt(3) * (column + row / 2), -1.5 * row
    corners = (math.radians(60 * corner + 30) for corner in range(6))
    return Polygon([(x + _TILE * math.cos(turn), y + _TILE * math.sin(turn)) for turn in corners])


def hexagon_map(geo: geopandas.GeoDataFrame, layers: MapLayers | None = None) -> str:
    """Return an SVG map of any areas: area_code, area_name and a geometry in plane coordinates.

    Names stand inside the areas, on up to three lines, all of one size. With links, each area is
    one Tab stop, in the order of the rows.
    """
    layers = layers or MapLayers()
    unpicked = replace(layers, picked=None)
    areas = repr([list(geo["area_code"]), list(geo["area_name"]), list(geo.geometry.to_wkb())])
    drawing = _drawn(CacheKey(areas, geo), CacheKey(repr(unpicked), unpicked))
    return drawing.picking(layers.picked)


@highlight.cached_drawing
def _drawn(areas: CacheKey, shown: CacheKey) -> Drawing:
    """Draw every ward of ``picks`` as the picked one and as one of the others."""
    geo, layers = areas.thing, shown.thing
    west, south, east, north = geo.total_bounds
    wider = max(0.0, layers.span - (east - west)) / 2
    west, east = west - wider, east + wider
    scale = (layers.width - 2 * _EDGE) / (east - west)
    key = key_entries(layers)
    top, height = key_height(key, layers.width), (north - south) * scale + 2 * _EDGE
    with theme.look():
        figure = blank(layers.width, height + top)
        axes = figure.add_axes((0, 0, 1, height / (height + top)))
        axes.set_axis_off()
        axes.set_xlim(west - _EDGE / scale, east + _EDGE / scale)
        axes.set_ylim(south - _EDGE / scale, north + _EDGE / scale)
        draw_key(figure, key)
        _draw_areas(axes, geo, layers, scale)
        return highlight.to_drawing(figure, _links(geo, layers))


def _links(geo: geopandas.GeoDataFrame, layers: MapLayers) -> dict[str, tuple[str, str]]:
    names = dict(zip(geo["area_code"], geo["area_name"], strict=True)) | dict(layers.link_names)
    return {code: (address, names[code]) for code, address in layers.links.items()}


def _draw_areas(axes: Axes, geo: geopandas.GeoDataFrame, layers: MapLayers, scale: float) -> None:
    names = [layers.names.get(row.area_code, row.area_name) for row in geo.itertuples()]
    rooms = [(shape.bounds[2] - shape.bounds[0]) * scale for shape in geo.geometry]
    points = common_size(names, rooms)
    for row, name, room in zip(geo.itertuples(), names, rooms, strict=True):
        _draw_area(axes, row.geometry, row.area_code, layers)
        write_name(axes, row, name, layers, points, room, scale)


def _draw_area(axes: Axes, shape: BaseGeometry, code: str, layers: MapLayers) -> None:
    fill = theme.MAP_CLASSES[layers.classes.get(code, 0)]
    outline = _outline(shape)
    is_missing = code in layers.missing
    axes.add_patch(
        PathPatch(
            outline,
            facecolor=theme.PAPER if is_missing else fill,
            edgecolor=theme.MUTED,
            hatch="//" if is_missing else None,
            linewidth=1.2,
            gid=f"{MARK}{code}",
            zorder=1,
        )
    )
    if code in layers.picks:  # a light line inside a dark one shows on every fill
        seen = Variant(code, is_picked=True).gid()
        for colour, width in ((theme.INK, 6), (theme.PAPER, 1.6)):
            line = {"fill": False, "edgecolor": colour, "lw": width, "zorder": 3, "gid": seen}
            axes.add_patch(PathPatch(outline, **line))


def _outline(shape: BaseGeometry) -> Path:
    polygons = getattr(shape, "geoms", [shape])
    rings = [ring for polygon in polygons for ring in (polygon.exterior, *polygon.interiors)]
    return Path.make_compound_path(*(Path(list(ring.coords), closed=True) for ring in rings))
