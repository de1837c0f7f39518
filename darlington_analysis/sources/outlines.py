"""Real outlines of wards and neighbourhoods, where a file of boundaries lies in ``data/raw``.

A file is checked before a map is drawn of it: by ``check``, and again when a pack is made.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from darlington_analysis.core.errors import SchemaError
from darlington_analysis.core.project import Project
from darlington_analysis.core.settings import load_place
from darlington_analysis.sources import areas, lineage, register
from darlington_analysis.sources.sidecars import Source

if TYPE_CHECKING:
    import geopandas

DATASET = "ward-outlines"
NEIGHBOURHOODS = "neighbourhood-outlines"  # of LSOAs: the vintage is their year
METRES = 27700  # the British National Grid: a map in degrees would be squeezed
SHOWN = 15  # metres: half of what a dot of a map on a page covers
_CODES = re.compile(
    r"ward_?code|gss_?code|(?:cmw|wd|lsoa)\d\d_?cd|lsoa_?code|wd\d\d_?code", re.IGNORECASE
)
_WHAT = {DATASET: "wards", NEIGHBOURHOODS: "neighbourhoods"}
_OVERLAP = 0.005  # of all wards' area: lines of two wards that miss each other by metres
_AGREEING = 0.5  # of two rows of numbers, at the least: where wards are on the map and on the tiles


@dataclass(frozen=True)
class Outlines:
    """A layer of area_code, area_name and geometry (metres), and the statement it must bear."""

    layer: "geopandas.GeoDataFrame"
    statement: str


def outlines(project: Project, ward_set: str) -> Outlines | None:
    """Return the outlines of a ward set, None where no such file is held.

    The file is GeoJSON, GeoPackage or a zipped shapefile with a column ``ward_code`` (or
    ``WD24CD``, as the Office for National Statistics calls it); other councils' wards in it are
    left out. Its sidecar says dataset = "ward-outlines", vintage = the ward set and, where the file
    has several layers, layer = the name of one. Shapes are simplified to what a page can show,
    shared borders together.

    Raises SchemaError where its outlines are not those of the wards, each fault in its own words,
    and SourceError where the file can't be read.
    """
    sources = register.find_all(project, DATASET, ward_set)
    return _checked(project, sources[0]) if sources else None


def neighbourhoods(project: Project, lsoas: str) -> Outlines | None:
    """Return the outlines of the LSOAs of a year, None where no such file is held.

    As ``outlines``, with dataset = "neighbourhood-outlines" and vintage = the year.
    """
    sources = register.find_all(project, NEIGHBOURHOODS, lsoas)
    return _checked(project, sources[0]) if sources else None


def check(project: Project) -> None:
    """Raise SchemaError or SourceError where a file of outlines can't be drawn."""
    for dataset in (DATASET, NEIGHBOURHOODS):
        for source in register.find_all(project, dataset):
            _checked(project, source)


def _known(project: Project, source: Source) -> dict[str, str]:
    """Return the names of the areas that a file has to outline, by code."""
    if source.dataset == DATASET:
        return {ward.code: ward.name for ward in areas.ward_set(project, source.vintage).wards}
    named = lineage.neighbourhoods(project, source.vintage)
    return dict(zip(named.lsoa_code, named.lsoa_name, strict=True))


def _checked(project: Project, source: Source) -> Outlines:
    import shapely

    known = _known(project, source)
    layer = _own_wards(register.open_layer(project, source), known)
    for fault in _faults_of_layer(layer, known):
        raise _refused(source, fault)
    placed = layer.assign(geometry=shapely.force_2d(layer.geometry.array)).to_crs(METRES)
    placed = placed.assign(area_name=placed.area_code.map(known))
    extent = load_place(project).extent
    # One after the other: places can be worked out of valid shapes alone.
    for fault in chain(faults_of_shapes(placed), faults_of_places(placed, extent)):
        raise _refused(source, fault)
    if source.dataset == DATASET and (fault := _disagreement(project, source.vintage, placed)):
        raise _refused(source, fault)
    drawn = placed.assign(geometry=shapely.coverage_simplify(placed.geometry.array, SHOWN))
    return Outlines(drawn.sort_values("area_name", ignore_index=True), source.statement)


def _refused(source: Source, fault: str) -> SchemaError:
    return SchemaError(
        f"data/raw/{source.path} does not outline the {_WHAT[source.dataset]} of {source.vintage}: {fault}",
        "One valid polygon for each of them, and coordinates that are what the file says of them.",
        "look for the boundary file of those areas, as it was published, or take this one out",
    )


def _own_wards(layer: "geopandas.GeoDataFrame", known: dict) -> "geopandas.GeoDataFrame":
    """Return area_code and geometry of the rows of our wards."""
    named = [name for name in layer.columns if _CODES.fullmatch(str(name))]
    best = max(named, key=lambda name: layer[name].isin(known).sum(), default=None)
    codes = layer[best] if best else layer.index.map(str)
    return layer.assign(area_code=codes)[codes.isin(known)][["area_code", "geometry"]]


def _faults_of_layer(layer: "geopandas.GeoDataFrame", known: dict) -> Iterator[str]:
    if layer.empty:
        yield "no column ward_code (or WD24CD) has a code of them"
    elif missing := sorted(set(known) - set(layer.area_code)):
        yield f"{len(missing)} area(s) are missing, first {missing[0]} {known[missing[0]]}"
    doubled = layer.area_code[layer.area_code.duplicated()]
    if len(doubled):
        yield f"{doubled.iloc[0]} {known[doubled.iloc[0]]} has two shapes"
    shapes = layer.geometry
    for what, where in (
        ("has no shape", shapes.isna() | shapes.is_empty),
        ("is no polygon", ~shapes.geom_type.isin(["Polygon", "MultiPolygon"])),
    ):
        if where.any():
            code = layer.area_code[where].iloc[0]
            yield f"{code} {known[code]} {what}"
    yield from _faults_of_coordinates(layer)


def _faults_of_coordinates(layer: "geopandas.GeoDataFrame") -> Iterator[str]:
    if layer.crs is None:
        yield "it does not say in which coordinates it is (by a code of EPSG)"
    elif layer.crs.is_geographic:
        yield from _faults_of_degrees(*layer.total_bounds)
    elif max(map(abs, layer.total_bounds)) <= 180:
        yield "it claims metres, and its numbers are degrees"


def _faults_of_degrees(west: float, south: float, east: float, north: float) -> Iterator[str]:
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        yield f"it claims degrees, and its numbers are none ({east:.0f}, {north:.0f}): metres?"
    elif west > 49 and east < 61 and south > -9 and north < 3:
        yield "latitude stands before longitude"


def faults_of_shapes(placed: "geopandas.GeoDataFrame") -> Iterator[str]:
    """Yield what is wrong with each ward's own shape (area_code, area_name, geometry in metres)."""
    import numpy as np
    import shapely

    for row in placed.itertuples():
        if not np.isfinite(shapely.get_coordinates(row.geometry)).all():
            yield f"{row.area_code} {row.area_name} has a coordinate that is no number"
        elif not row.geometry.is_valid:
            why = shapely.is_valid_reason(row.geometry).partition("[")[0].strip().lower()
            fault = "crosses itself" if "intersection" in why else "is no valid polygon"
            yield f"the outline of {row.area_code} {row.area_name} {fault} ({why})"
        elif row.geometry.area < 10_000:
            yield f"{row.area_code} {row.area_name} is smaller than a hectare"


def faults_of_places(
    placed: "geopandas.GeoDataFrame", extent: tuple[int, int, int, int] | None
) -> Iterator[str]:
    """Yield what is wrong with where valid shapes lie: outside the borough, or over each other."""
    west, south, east, north = placed.total_bounds
    box = extent or (west, south, east, north)
    if west < box[0] or south < box[1] or east > box[2] or north > box[3]:
        yield (
            f"it lies at {west:.0f} to {east:.0f} east and {south:.0f} to {north:.0f} north on the "
            f"British National Grid, and the borough within {box}"
        )
    total = placed.area.sum()
    if total - placed.union_all().area > _OVERLAP * total:
        yield "its wards lie over each other"


def _disagreement(project: Project, ward_set: str, placed: "geopandas.GeoDataFrame") -> str:
    """Return "" where wards lie to each other as their tiles do: a turned map says otherwise."""
    tiles = areas.hexagons(project, ward_set).set_index("area_code")
    if tiles.empty:
        return ""
    tiles = tiles.loc[placed.area_code]
    middles = placed.geometry.centroid
    pairs = {
        "west to east": (middles.x, tiles["column"] + tiles["row"] / 2),
        "south to north": (middles.y, -tiles["row"]),
    }
    for way, (on_map, on_tiles) in pairs.items():
        if on_map.reset_index(drop=True).corr(on_tiles.reset_index(drop=True)) < _AGREEING:
            return f"its wards do not lie as they should from {way}: turned, or codes mixed up?"
    return ""
