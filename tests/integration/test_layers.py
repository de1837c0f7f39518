"""Files of outlines that name other files, addresses or formats: refused, and nothing is opened."""

import json
import os
import sqlite3
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import geopandas
import pytest
from shapely.geometry import box

from darlington_analysis.core.errors import SourceError
from darlington_analysis.readers import grids, separate_process

SECRET = "E05001553,2006/07,4321"
VRT = """<OGRVRTDataSource><OGRVRTLayer name="{stem}"><SrcDataSource>{path}</SrcDataSource>
<SrcLayer>{stem}</SrcLayer></OGRVRTLayer></OGRVRTDataSource>"""
FEATURE = {
    "type": "Feature",
    "properties": {"ward_code": "a"},
    "geometry": {"type": "Point", "coordinates": [1, 2]},
}


@pytest.fixture
def secret(tmp_path):
    """Return a file of counts that no layer may reach."""
    path = tmp_path / "restricted.csv"
    path.write_text(f"ward_code,period,first_time_entrants\n{SECRET}\n", "utf-8")
    return path


@pytest.fixture
def asked():
    """Return an address of this machine and the list of what was asked of it."""
    paths = []

    class Noting(BaseHTTPRequestHandler):
        def do_GET(self):
            paths.append(self.path)
            self.send_error(404)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Noting)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", paths
    server.shutdown()
    server.server_close()


def collection(**more) -> str:
    """Return GeoJSON of one point."""
    return json.dumps({"type": "FeatureCollection", **more, "features": [FEATURE]})


def squares(path):
    """Write two squares in metres and return their path."""
    shapes = [box(0, 0, 1, 1), box(1, 1, 2, 2)]
    told = {"ward_code": ["a", "b"], "n": [1, None]}
    geopandas.GeoDataFrame(told, geometry=shapes, crs=27700).to_file(path)
    return path


def zipped(path, parts):
    """Write a ZIP file of names and their bytes."""
    with zipfile.ZipFile(path, "w") as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return path


def shapefile(folder):
    """Return the parts of a true shapefile by name."""
    (folder / "parts").mkdir()
    squares(folder / "parts/x.shp")
    return {path.name: path.read_bytes() for path in (folder / "parts").iterdir()}


def first_layer(path):
    """Return the first layer of a file, with its outlines."""
    return grids.layer(path, grids.format_of(path))


def first_grid(path):
    """Return the attributes of the first layer of a file."""
    return grids.layer_grid(path, grids.format_of(path))


def heads(path):
    """Return the first rows of every layer of a file."""
    return grids.preview(path, 50)


def refused(path) -> str:
    """Return what is said of a file that neither way of reading it reads."""
    for read in (first_layer, first_grid, heads):
        with pytest.raises(SourceError) as fault:
            read(path)
        assert SECRET.split(",")[-1] not in str(fault.value)
    return str(fault.value)


def test_a_shapefile_s_part_that_is_a_list_of_other_files_is_refused(tmp_path, secret):
    """GDAL would follow x.shp to the counts; its first bytes are not those of a .shp."""
    vrt = VRT.format(stem=secret.stem, path=secret)
    assert "a part that is called .shp" in refused(zipped(tmp_path / "a.zip", {"x.shp": vrt}))
    beside = {**shapefile(tmp_path), "y.shp": vrt}
    assert "a part that is called .shp" in refused(zipped(tmp_path / "b.zip", beside))


def test_what_else_lies_in_the_archive_is_not_opened(tmp_path, secret):
    """Only the parts of shapefiles are put before GDAL."""
    vrt = VRT.format(stem=secret.stem, path=secret)
    path = zipped(tmp_path / "a.zip", {"0.vrt": vrt, "0.csv": SECRET, **shapefile(tmp_path)})
    assert [["ward_code", "n"], ["a", "1"], ["b", ""]] == first_grid(path).rows


def test_geojson_that_goes_on_as_another_format_is_refused(tmp_path, secret):
    """The head is GeoJSON's; GDAL took the whole for a VRT."""
    path = tmp_path / "a.geojson"
    path.write_text(collection() + VRT.format(stem=secret.stem, path=secret), "utf-8")
    assert "not GeoJSON" in refused(path)
    words = VRT.format(stem=secret.stem, path=secret).replace('"', "'").replace("\n", " ")
    path.write_text(collection(name=words), "utf-8")
    assert [["ward_code"], ["a"]] == first_grid(path).rows


def test_a_linked_coordinate_system_is_refused_and_not_asked_for(tmp_path, asked):
    """At the top, in a feature, doubled or by name: no address is called, no file opened."""
    address, paths = asked
    linked = {"type": "link", "properties": {"href": f"{address}/a.wkt", "type": "ogcwkt"}}
    named = {"type": "name", "properties": {"name": f"{address}/b.wkt"}}
    path = tmp_path / "a.geojson"
    doubled = f'"crs": {json.dumps(linked)}, "crs": null, "features"'
    for text in (
        collection(crs=linked),
        collection(crs=named),
        collection(crs={"type": "name", "properties": {"name": "/vsicurl/" + address}}),
        collection(crs={"type": "name", "properties": {"name": "+proj=longlat +nadgrids=/etc/x"}}),
        collection().replace('"geometry"', f'"crs": {json.dumps(linked)}, "geometry"'),
        collection().replace('"features"', doubled),
    ):
        path.write_text(text, "utf-8")
        assert "its coordinate system" in refused(path)
    assert [] == paths


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE VIEW seen AS SELECT 1 AS fid",
        "CREATE TABLE worked (a, b AS (a + 1))",
        "CREATE VIRTUAL TABLE words USING fts4(a)",
        'CREATE VIRTUAL TABLE "words USING rtree(" USING fts4(a)',
        "CREATE TABLE worked (a, b GENERATED ALWAYS AS/* */(a + 1))",
    ],
)
def test_a_geopackage_that_works_something_out_is_refused(tmp_path, sql):
    """Views, columns that are worked out and virtual tables run functions when they are read."""
    path = squares(tmp_path / "a.gpkg")
    with sqlite3.connect(path) as opened:
        opened.execute(sql)
    opened.close()
    assert "a view, a virtual table" in refused(path)


@pytest.mark.parametrize("name", ["a.geojson", "a.gpkg", "a.zip"])
def test_outlines_as_they_are_published_are_read(tmp_path, name):
    """Attributes, shapes and coordinate system, under any name."""
    path = tmp_path / name
    if name == "a.zip":
        zipped(path, shapefile(tmp_path))
    else:
        squares(path)
    if name == "a.gpkg":
        with sqlite3.connect(path) as opened:
            opened.execute("PRAGMA journal_mode = WAL")
        opened.close()
    layer = first_layer(path)
    assert ["a", "b"] == list(layer.ward_code)
    assert (27700, 2.0) == (layer.crs.to_epsg(), layer.area.sum())
    assert [["ward_code", "n"], ["a", "1"]] == grids.preview(path, 1)[0].rows


def test_a_reader_has_so_much_time_and_memory(tmp_path, monkeypatch):
    """Past either, three lines and no traceback."""
    path = squares(tmp_path / "a.gpkg")
    with monkeypatch.context() as changed:
        changed.setattr(separate_process, "MOST_SECONDS", 0.01)
        with pytest.raises(SourceError, match="not within"):
            first_layer(path)
    monkeypatch.setattr(separate_process, "MOST_MEMORY", 36 << 20)
    with pytest.raises(SourceError, match="can't be read"):
        first_layer(path)


def test_a_pipe_is_no_file(tmp_path):
    """Whoever opened it would wait for ever."""
    os.mkfifo(tmp_path / "a.gpkg")
    with pytest.raises(SourceError, match="a folder, a pipe or a device"):
        grids.format_of(tmp_path / "a.gpkg")


def test_a_reader_takes_no_module_from_the_working_folder(tmp_path, monkeypatch):
    """A planted library would run with the rights of whoever reads the file."""
    path = squares(tmp_path / "a.gpkg")
    for name in ("pyogrio", "json", "sqlite3"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert 2 == len(first_layer(path))
    assert not (tmp_path / "ran").exists()
