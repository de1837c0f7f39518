"""Every open file of data/raw is looked through before anything is made of it or sent away."""

import csv
import hashlib
import io
import tarfile

import geopandas
import pandas as pd
import pytest
from shapely.geometry import Point

from darlington_analysis.cli.main import main
from darlington_analysis.core.errors import DisclosureError, SourceError
from darlington_analysis.publishing import cluster
from darlington_analysis.readers import grids
from darlington_analysis.sources import register
from tests.support.invented_people import HEADER, people
from tests.support.real_counts import SIDECAR
from tests.support.workbooks import write_xlsx


def as_csv(path, rows):
    """Write rows as text."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def as_book(path, rows):
    """Write rows on a second sheet."""
    write_xlsx(path, {"Notes": [["About", "this"], ["a", "b"]], "Two": rows})


def as_layers(path, rows):
    """Write rows as the second layer's attributes."""
    here = [Point(0, 0)]
    geopandas.GeoDataFrame({"code": ["a"]}, geometry=here, crs=27700).to_file(path, layer="one")
    frame = pd.DataFrame(rows[1:], columns=rows[0])
    points = geopandas.GeoDataFrame(frame, geometry=here * len(frame), crs=27700)
    points.to_file(path, layer="two")


def described(town, name, write, rows, dataset="yot-extract"):
    """Put a file into data/raw with a sidecar that says it is open."""
    path = town.raw / "lists" / name
    path.parent.mkdir(exist_ok=True)
    write(path, rows)
    side = SIDECAR.format(checksum=hashlib.sha256(path.read_bytes()).hexdigest())
    side = side.replace("fte-ward-counts", dataset).replace('"controlled"', '"open"')
    side = side.replace("not for publication", "Open Government Licence v3.0")
    columns = "\n".join(f'"{name}" = "x"' for name in rows[0])
    beside = path.with_name(f"{name}.source.toml")
    beside.write_text(f"{side.split('[columns]')[0]}[columns]\n{columns}\n", "utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("people.csv", as_csv),
        ("people.xlsx", as_book),
        ("people.gpkg", as_layers),
    ],
)
def test_a_list_that_nobody_asks_for_stops_the_run(town, capsys, name, write):
    """Whatever its sidecar calls it: nothing is made, nothing is sent, nobody is quoted."""
    rows = people(town, 40)
    described(town, name, write, [HEADER, *rows])
    assert DisclosureError.exit_code == main(["check"])
    assert DisclosureError.exit_code == main(["data"])
    with pytest.raises(DisclosureError):
        cluster.packed(town)
    assert not (town.processed / "indicators.parquet").exists()
    said = "".join(capsys.readouterr())
    assert not any(cell in said for row in rows for cell in row[:4])


def test_a_list_called_postcodes_is_a_list_all_the_same(town):
    """That table may hold postcodes, and nothing else that tells who somebody is."""
    described(
        town,
        "places.csv",
        as_csv,
        [["postcode", "ward_code"], *([f"DL1 {at % 9}AA", "E"] for at in range(20))],
        "postcodes",
    )
    register.screen_open_sources(town)
    described(town, "places.csv", as_csv, [HEADER, *people(town, 20)], "postcodes")
    with pytest.raises(DisclosureError):
        register.screen_open_sources(town)


def test_what_has_been_looked_through_is_not_opened_again(town, monkeypatch):
    """By its bytes; another file under the same name is opened."""
    path = described(town, "areas.csv", as_csv, [["ward", "2011"], ["Mowden", "3"]])
    register.screen_open_sources(town)
    opened = []
    monkeypatch.setattr(grids, "preview", lambda path, most: opened.append(path.name) or [])
    register.screen_open_sources(town)
    assert [] == opened
    path.write_text("ward,2011\nMowden,4\n", "utf-8")
    register.screen_open_sources(town)
    assert ["areas.csv"] == opened


def test_workers_are_sent_what_is_registered_and_nothing_else(town):
    """Files that lie about in any folder stay here; what packs need goes."""
    town.processed.mkdir(exist_ok=True)
    for name in (
        "data/raw/geography/.list.csv-aside",
        "data/raw/geography/~$list.xlsx",
        "notebooks/list.csv",
        "data/agreements/list.xlsx",
        "data/processed/list.xlsx",
        "data/agreements/private/names.toml",
    ):
        (town.root / name).parent.mkdir(exist_ok=True)
        (town.root / name).write_text("somebody", "utf-8")
    with tarfile.open(fileobj=io.BytesIO(cluster.packed(town))) as sent:
        names = {each.name for each in sent if each.isfile()}
    assert not [name for name in names if "list" in name or "private/names" in name]
    needed = {
        "darlington.toml",
        "notebooks/02-ward-evidence-pack.ipynb",
        "data/agreements/central.toml",
    }
    needed |= {f"data/raw/{source.path}" for source in register.register(town)}
    assert needed <= names


def test_a_list_without_a_header_in_place_of_a_table_is_not_quoted(town):
    """Neither where it is recognised nor where three rows are too few for that."""
    listed = people(town, 40)
    for many in (40, 3):
        rows = listed[:many]
        place = town.raw / "geography/2003-2015/wards.csv"
        as_csv(place, rows)
        side = place.with_name("wards.csv.source.toml")
        lines = [
            f'sha256 = "{hashlib.sha256(place.read_bytes()).hexdigest()}"'
            if line.startswith("sha256")
            else line
            for line in side.read_text("utf-8").splitlines()
        ]
        side.write_text("\n".join(lines), "utf-8")
        source = register.find(town, "wards", "2003-2015")
        with pytest.raises((DisclosureError, SourceError)) as fault:
            register.open_raw(town, source)
        assert not any(cell in str(fault.value) for row in rows for cell in row[:5])
        assert many == 3 or isinstance(fault.value, DisclosureError)
