"""Real borders are drawn where a boundary file is held, and only for the wards it should hold."""

import dataclasses
import hashlib
import json

import geopandas
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Polygon, box

from darlington_analysis.core.errors import DarlingtonError, SchemaError, SourceError
from darlington_analysis.core.settings import load_place
from darlington_analysis.evidence.ward import in_table
from darlington_analysis.pages import inside
from darlington_analysis.pages import place as show
from darlington_analysis.sources import areas
from darlington_analysis.sources import outlines as module
from darlington_analysis.sources.outlines import check, outlines
from tests.support.projects import copy_project

SIDECAR = """dataset = "ward-outlines"
title = "Ward boundaries"
publisher = "a test"
address = "none: not published"
retrieved = 2026-11-22
licence = "Open Government Licence v3.0"
statement = "Contains OS data"
vintage = "2003-2015"
control = "open"
basis = "observed"
is_dummy = false
sha256 = "{sha256}"

[columns]
ward_code = "GSS code"
"""


def drop_boundaries(town, name, wards):
    """Put squares in place of wards into data/raw/boundaries, and their sidecar beside them."""
    put(town, name, squares(town, wards).to_crs(4326))


def squares(town, wards):
    """Return a square kilometre for each ward, where its tile is on the map of tiles."""
    tiles = areas.hexagons(town, "2003-2015").set_index("area_code").loc[[w.code for w in wards]]
    easts = 418_000 + 1_500 * (tiles["column"] + tiles["row"] / 2)
    norths = 524_000 - 1_500 * tiles["row"]
    shapes = [box(x, y, x + 1_000, y + 1_000) for x, y in zip(easts, norths, strict=True)]
    return geopandas.GeoDataFrame({"ward_code": list(tiles.index)}, geometry=shapes, crs=27700)


def put(town, name, layer):
    """Write a layer into data/raw/boundaries, and its sidecar beside it."""
    path = town.raw / "boundaries" / name
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    layer.to_file(path)
    put_content(town, name, path.read_bytes())


def put_content(town, name, content):
    """Write a file of boundaries, and its sidecar beside it, in place of all others."""
    folder = town.raw / "boundaries"
    folder.mkdir(exist_ok=True)
    for before in folder.glob("*"):
        before.unlink()
    (folder / name).write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    (folder / f"{name}.source.toml").write_text(SIDECAR.format(sha256=digest), "utf-8")


@pytest.mark.parametrize("name", ["wards.geojson", "wards.gpkg"])
def test_borders_are_drawn_where_a_boundary_file_is_held(town, edition_table, name):
    """In metres, all wards, the picked one outlined, with the statement its licence asks for."""
    assert outlines(town, "2003-2015") is None
    wards = areas.ward_set(town, "2003-2015").wards
    drop_boundaries(town, name, wards)
    found = outlines(town, "2003-2015")
    assert (24, 27700) == (len(found.layer), found.layer.crs.to_epsg())
    shown = in_table(edition_table, "Mowden").place
    assert "The borders of Mowden" not in show.place(shown)
    page = show.place(dataclasses.replace(shown, outlines=found))
    assert "The borders of Mowden" in page
    assert "Contains OS data" in page


def test_a_file_of_other_wards_is_refused(town):
    """A ward is missing: the map would have a hole that nobody explains."""
    drop_boundaries(town, "wards.geojson", areas.ward_set(town, "2003-2015").wards[1:])
    with pytest.raises(SchemaError, match="does not outline the wards of 2003-2015"):
        outlines(town, "2003-2015")


@pytest.mark.parametrize("edition", ["2011", "2025"])
def test_both_editions_draw_the_published_borders_in_pack_borough_and_index(
    processed_town, reference_data, edition
):
    """The real boundary files, put in place as the README says; tiles alone without them."""
    from darlington_analysis.evidence import table
    from darlington_analysis.evidence.borough import BoroughEvidence
    from darlington_analysis.pages import borough

    vintage = {"2011": "2003-2015", "2025": "2015-on"}[edition]
    town, loaded = processed_town, table.load(edition, processed_town)
    assert "borough-outlines" not in borough.map_figure(BoroughEvidence(loaded).map, {})
    name = f"boundary_wards_{vintage.replace('-', '_')}.geojson"
    content = (reference_data / "geography" / name).read_bytes()
    path = town.raw / "boundaries" / name
    path.parent.mkdir()
    path.write_bytes(content)
    told = SIDECAR.format(sha256=hashlib.sha256(content).hexdigest())
    told = told.replace('"2003-2015"', f'"{vintage}"') + ADDED[vintage]
    path.with_name(f"{name}.source.toml").write_text(told, "utf-8")
    code = next(ward.code for ward in loaded.wards.wards if ward.name == "Mowden")
    links = {code: "a/evidence-pack.html"}
    index = borough.map_figure(BoroughEvidence(loaded).map, links)
    assert "borough-outlines" in index
    assert 1 == index.count("a/evidence-pack.html")  # one Tab stop a ward, on the tiles
    assert "Contains OS data" in index
    assert "The borders of Mowden" in show.place(in_table(loaded, code).place)


@pytest.mark.parametrize(("edition", "year"), [("2011", "2001"), ("2025", "2021")])
def test_a_ward_is_drawn_with_its_neighbourhoods_in_their_borders(
    processed_town, reference_data, edition, year
):
    """Where the outlines of neighbourhoods are held, they take the place of the tiles."""
    from darlington_analysis.evidence import table

    content = (reference_data / "geography" / f"boundary_lsoa_{year}.geojson").read_bytes()
    put_content(processed_town, "lsoas.geojson", content)
    story = processed_town.raw / "boundaries" / "lsoas.geojson.source.toml"
    columns = {key for one in json.loads(content)["features"] for key in one["properties"]}
    told = story.read_text("utf-8").partition("ward_code")[0]
    told = told.replace(module.DATASET, module.NEIGHBOURHOODS).replace("2003-2015", year)
    story.write_text(told + "".join(f'{name} = "a column"\n' for name in sorted(columns)), "utf-8")
    loaded = table.load(edition, processed_town)
    for ward in loaded.wards.wards:
        shown = in_table(loaded, ward.code).inside
        html = str(inside.inside(shown))
        assert ("Each neighbourhood, north at the top" in html) == (len(shown.neighbourhoods) > 1)
        assert "A tile for each" not in html


ADDED = {
    "2003-2015": 'ward_code_old = "old code"\nward_name = "name"\narea_ha = "hectares"\n',
    "2015-on": 'ward_name = "name"\narea_ha = "hectares"\n',
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """Return a project of its own into which one file of boundaries is put after the other."""
    return copy_project(tmp_path_factory.mktemp("desk") / "town")


def turned(layer):
    """Return a layer with east and west changed about the middle."""
    middle = (layer.total_bounds[0] + layer.total_bounds[2]) / 2
    return layer.set_geometry(
        shapely.transform(layer.geometry.array, lambda xy: mirrored(xy, middle))
    )


def mirrored(xy, middle):
    """Return points mirrored about a line from south to north."""
    return np.column_stack([2 * middle - xy[:, 0], xy[:, 1]])


def with_first(layer, shape):
    """Return a layer whose first ward has another shape."""
    return layer.set_geometry([shape, *layer.geometry[1:]], crs=layer.crs)


def bow_tie(layer):
    """Return a layer whose first ward crosses itself."""
    x, y, *_ = layer.geometry.iloc[0].bounds
    return with_first(layer, Polygon([(x, y), (x + 900, y + 900), (x + 900, y), (x, y + 900)]))


FAULTS = {
    "two shapes": (lambda layer: pd.concat([layer, layer[:1]]), "has two shapes"),
    "none": (lambda layer: with_first(layer, None), "has no shape"),
    "a point": (lambda layer: with_first(layer, layer.geometry.iloc[0].centroid), "is no polygon"),
    "a bow tie": (bow_tie, "crosses itself"),
    "a speck": (
        lambda layer: with_first(layer, box(421_000, 510_000, 421_010, 510_010)),
        "smaller than a hectare",
    ),
    "elsewhere": (lambda layer: layer.set_geometry(layer.translate(0, 30_000)), "and the borough"),
    "turned": (turned, "do not lie as they should from west to east"),
    "mixed up": (
        lambda layer: layer.assign(ward_code=layer.ward_code.to_numpy()[::-1]),
        "do not lie as they should",
    ),
    "over each other": (lambda layer: layer.set_geometry(layer.buffer(900)), "over each other"),
    "degrees": (
        lambda layer: layer.to_crs(4326).set_crs(27700, allow_override=True),
        "claims metres, and its numbers are degrees",
    ),
    "a hole outside": (
        lambda layer: with_first(
            layer, Polygon(layer.geometry.iloc[0].exterior, [layer.geometry.iloc[5].exterior])
        ),
        "no valid polygon",
    ),
    "a code less": (lambda layer: layer.rename(columns={"ward_code": "number"}), "no column"),
}


@pytest.mark.parametrize("what", FAULTS)
def test_each_fault_of_outlines_is_said_in_its_own_words(desk, what):
    """At “check”, before a pack is made."""
    spoil, said = FAULTS[what]
    put(desk, "wards.gpkg", spoil(squares(desk, areas.ward_set(desk, "2003-2015").wards)))
    with pytest.raises(SchemaError, match=said):
        check(desk)


@pytest.mark.parametrize(
    ("damage", "error"),
    [
        (lambda ring: ring[:-1], "an outline can't be drawn"),
        (lambda ring: [[float("nan"), ring[0][1]], *ring[1:]], "an outline can't be drawn"),
        (lambda ring: [["west", ring[0][1]], *ring[1:]], "can't be read"),
        (lambda ring: [[None, ring[0][1]], *ring[1:]], "has no shape"),
        (lambda ring: [], "has no shape"),
    ],
)
def test_rings_that_are_none_are_refused(desk, damage, error):
    """Open, empty, or with a coordinate that is no number."""
    layer = squares(desk, areas.ward_set(desk, "2003-2015").wards).to_crs(4326)
    content = json.loads(layer.to_json())
    rings = content["features"][3]["geometry"]["coordinates"]
    rings[0] = damage(rings[0])
    put_content(desk, "wards.geojson", json.dumps(content).encode())
    with pytest.raises(DarlingtonError, match=error):
        check(desk)


@pytest.mark.parametrize("content", [b'{"type": "Topology"}', b"ward_code\nE05001553\n"])
def test_what_holds_no_outlines_is_refused(desk, content):
    """A table, or a kind of file that is not read."""
    put_content(desk, "wards.geojson", content)
    with pytest.raises(SourceError, match="holds no (outlines|table)"):
        check(desk)


def test_names_of_the_statistics_office_heights_and_other_councils_wards(desk):
    """WD24CD is a code; a third coordinate is dropped; wards elsewhere are left out."""
    layer = squares(desk, areas.ward_set(desk, "2003-2015").wards)
    high = layer.set_geometry(shapely.force_3d(layer.geometry.array, 12.0))
    other = high[:1].assign(ward_code="E05000001")
    put(desk, "wards.gpkg", pd.concat([high, other]).rename(columns={"ward_code": "WD24CD"}))
    found = outlines(desk, "2003-2015").layer
    assert (24, False) == (len(found), found.geometry.has_z.any())


def test_full_resolution_is_simplified_and_borders_stay_shared(desk):
    """Two hundred thousand points become what a page can show."""
    layer = squares(desk, areas.ward_set(desk, "2003-2015").wards)
    put(desk, "wards.gpkg", layer.set_geometry(layer.segmentize(0.5)))
    drawn = outlines(desk, "2003-2015").layer
    assert len(drawn.get_coordinates()) < 24 * 30
    assert drawn.area.sum() == pytest.approx(layer.area.sum(), rel=0.001)


def test_a_file_of_two_layers_needs_the_name_of_one(desk):
    """In its sidecar: layer."""
    layer = squares(desk, areas.ward_set(desk, "2003-2015").wards)
    put(desk, "wards.gpkg", layer)
    path = desk.raw / "boundaries" / "wards.gpkg"
    layer[:3].to_file(path, layer="old")
    side = path.with_name("wards.gpkg.source.toml")
    text = SIDECAR.format(sha256=hashlib.sha256(path.read_bytes()).hexdigest())
    side.write_text(text, "utf-8")
    with pytest.raises(SourceError, match="2 layers"):
        check(desk)
    side.write_text(text.replace("[columns]", 'layer = "wards"\n[columns]'), "utf-8")
    check(desk)


@settings(max_examples=25)
@given(st.data())
def test_shapes_damaged_at_random_are_drawn_or_refused(desk, data):
    """No damage ends in another fault, and none is drawn outside the borough."""
    layer = squares(desk, areas.ward_set(desk, "2003-2015").wards)
    at = data.draw(st.integers(0, 23))
    corners = [list(corner) for corner in layer.geometry.iloc[at].exterior.coords]
    number = st.floats(allow_nan=True, allow_infinity=True) | st.floats(-1e6, 1e6)
    corners[data.draw(st.integers(1, 3))][data.draw(st.integers(0, 1))] = data.draw(number)
    with np.errstate(all="ignore"):
        shapes = [*layer.geometry]
        shapes[at] = Polygon(corners)
        layer = layer.set_geometry(shapes, crs=27700)
    named = layer.rename(columns={"ward_code": "area_code"}).assign(area_name="a ward")
    faults = [*module.faults_of_shapes(named)]
    extent = load_place(desk).extent
    faults = faults or [*module.faults_of_places(named, extent)]
    west, south, east, north = named.total_bounds
    is_inside = extent[0] <= west and extent[1] <= south and east <= extent[2]
    assert faults or (is_inside and north <= extent[3])
