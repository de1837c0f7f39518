"""Real borders are drawn where a boundary file is held, and only for the wards it should hold."""

import dataclasses
import hashlib

import geopandas
import pytest
from shapely.geometry import box

from darlington_analysis.core.errors import SchemaError
from darlington_analysis.evidence.ward import in_table
from darlington_analysis.pages import place as show
from darlington_analysis.sources import areas
from darlington_analysis.sources.outlines import outlines

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
    shapes = [box(-1.6 + at / 100, 54.5, -1.591 + at / 100, 54.51) for at in range(len(wards))]
    layer = geopandas.GeoDataFrame(
        {"ward_code": [ward.code for ward in wards]}, geometry=shapes, crs=4326
    )
    path = town.raw / "boundaries" / name
    path.parent.mkdir(exist_ok=True)
    layer.to_file(path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    path.with_name(f"{name}.source.toml").write_text(SIDECAR.format(sha256=digest), "utf-8")


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


ADDED = {
    "2003-2015": 'ward_code_old = "old code"\nward_name = "name"\narea_ha = "hectares"\n',
    "2015-on": 'ward_name = "name"\narea_ha = "hectares"\n',
}
