"""Maps of wards: every ward one tile with its name, its class, its marks and, if wanted, a link."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import geopandas
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from darlington_analysis.errors import SchemaError
from darlington_analysis.presentation import picking, theme
from darlington_analysis.presentation.drawing import MARK, blank
from darlington_analysis.presentation.mapkey import draw_key, key_entries, key_height
from darlington_analysis.presentation.mapnames import common_size, write_name
from darlington_analysis.presentation.picking import Drawing, Look, Same

_TILE = 0.965  # of the distance to the next tile: a white gap keeps two dark tiles apart
_EDGE = 6  # pixels kept free round the map, for the outline of a picked ward at its rim


@dataclass(frozen=True)
class MapLayers:
    """What a map shows besides its wards' names; every mapping is by area code.

    ``classes``: 0, 1 or 2, from light to dark, explained by ``class_labels``. ``missing``: words
    for a ward without a figure, explained by ``missing_label``. ``picked``: the ward picked out,
    one of ``picks``, which say what the key calls each that may be. ``marks``: a key of
    ``mark_labels``, of which the first has a star and the second a triangle. ``names``: shorter
    names to print. ``links``: addresses; ``link_names``: what they are called, else the name.
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
                f"A map with marks nobody explains: {sorted(unnamed)}",
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
            "Each ward has a column and a row of its own",
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
    drawing = _drawn(Same(areas, geo), Same(repr(unpicked), unpicked))
    return drawing.picking(layers.picked)


@picking.drawn_once
def _drawn(areas: Same, shown: Same) -> Drawing:
    """Draw every ward of ``picks`` as the picked one and as one of the others."""
    geo, layers = areas.thing, shown.thing
    west, south, east, north = geo.total_bounds
    scale = (theme.MAP_WIDTH - 2 * _EDGE) / (east - west)
    key = key_entries(layers)
    top, height = key_height(key), (north - south) * scale + 2 * _EDGE
    with theme.look():
        figure = blank(theme.MAP_WIDTH, height + top)
        axes = figure.add_axes((0, 0, 1, height / (height + top)))
        axes.set_axis_off()
        axes.set_xlim(west - _EDGE / scale, east + _EDGE / scale)
        axes.set_ylim(south - _EDGE / scale, north + _EDGE / scale)
        draw_key(figure, key)
        _draw_areas(axes, geo, layers, scale)
        return picking.to_drawing(figure, _links(geo, layers))


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
        seen = Look(code, is_picked=True).gid()
        for colour, width in ((theme.INK, 6), (theme.PAPER, 1.6)):
            line = {"fill": False, "edgecolor": colour, "lw": width, "zorder": 3, "gid": seen}
            axes.add_patch(PathPatch(outline, **line))


def _outline(shape: BaseGeometry) -> Path:
    polygons = getattr(shape, "geoms", [shape])
    rings = [ring for polygon in polygons for ring in (polygon.exterior, *polygon.interiors)]
    return Path.make_compound_path(*(Path(list(ring.coords), closed=True) for ring in rings))
