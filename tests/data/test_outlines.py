"""Real borders are drawn where a boundary file is held, and only for the wards it should hold."""

import dataclasses
import hashlib

import geopandas
import pytest
from shapely.geometry import box

from darlington_analysis.catalogue import areas
from darlington_analysis.catalogue.outlines import outlines
from darlington_analysis.errors import SchemaError
from darlington_analysis.evidence.ward import in_table
from darlington_analysis.presentation.show import place as show

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
