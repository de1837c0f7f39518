"""What a file is, by its first bytes and not by its name."""

import zipfile
from pathlib import Path

from darlington_analysis.core.errors import SourceError
from darlington_analysis.readers import grids, limits
from darlington_analysis.readers.grids import Grid

_SHAPE = b"\x00\x00\x27\x0a"
_MAGIC = {
    b"\xd0\xcf\x11\xe0": "xls",
    b"PAR1": "parquet",
    b"SQLite format 3": "gpkg",
}


def format_of(path: Path) -> str:
    """Return what a file is by its first bytes, whatever its name says.

    One of csv, xlsx, xls, ods, parquet, geojson, gpkg, shapefile.
    Raises SourceError for what holds no table: a web page, a PDF, an archive, an empty file.
    """
    limits.refuse_oversized(path)
    with path.open("rb") as stream:
        head = stream.read(4096)
    if head.startswith(b"PK"):
        return _packed_format(path)
    if head.startswith(_SHAPE):
        raise SourceError(
            f"{path.name} is one part of a shapefile, and its figures lie in another",
            "All parts of a shapefile in one ZIP file, so that one checksum covers them.",
            "zip the files of that name together, and add the ZIP file",
        )
    for magic, name in _MAGIC.items():
        if head.startswith(magic):
            return name
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<?xml", b"%pdf", b"\x1f\x8b", b"rar!")):
        raise _no_table(path, "a web page, a PDF or an archive")
    if start.startswith(b"{") and b"featurecollection" in start:
        return "geojson"
    if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _no_table(path, "bytes that are no text")
    return "csv"


def _packed_format(path: Path) -> str:
    limits.refuse_bomb(path)
    with zipfile.ZipFile(path) as packed:
        names = set(packed.namelist())
    for mark, name in (
        ("xl/workbook.xml", "xlsx"),
        ("content.xml", "ods"),
    ):
        if mark in names:
            return name
    if any(name.lower().endswith(".shp") for name in names):
        return "shapefile"
    raise _no_table(path, "a packed file that is no workbook")


def _no_table(path: Path, found: str) -> SourceError:
    return SourceError(
        f"{path.name} holds no table: {found}",
        "CSV, XLSX, XLS, ODS, Parquet, GeoJSON, GeoPackage or a zipped shapefile.",
        "download the file again, from the publisher's page rather than a link to a viewer",
    )


_DELIMITERS = ",;\t|"


def how_of(path: Path) -> dict:
    """Return how a file is to be read, as far as its first bytes tell. Raises SourceError."""
    return {"format": format_of(path)}


def grids_of(path: Path, how: dict, sheet: str, hidden: bool = False) -> list[Grid]:
    """Return every sheet of a file, hidden ones where asked for, and note how its text is read."""
    if how["format"] in grids.WORKBOOKS:
        seen = grids.sheet_names(path)
        names = [sheet] if sheet else [name for name in seen if hidden or seen[name]]
        how["hidden"] = [name for name in seen if name not in names]
        return [grids.sheet_grid(path, name, hidden) for name in names]
    if how["format"] == "csv":
        how["encoding"], how["is_sure"] = grids.encoding_of(path)
        how["delimiter"] = _delimiter(path, how["encoding"])
        return [grids.csv_grid(path, how["encoding"], how["delimiter"])]
    if how["format"] == "parquet":
        return [grids.parquet_grid(path)]
    if sheet:
        return [grids.layer_grid(path, how["format"], sheet)]
    return grids.layer_grids(path, how["format"])


def heads_of(path: Path, most: int) -> list[Grid]:
    """Return the first ``most`` rows of every sheet or layer of a file, hidden ones too.

    Of a text no more is taken apart, of a layer no outline is read. Raises SourceError.
    """
    how = how_of(path)
    if how["format"] in grids.LAYERS:
        return grids.layer_grids(path, how["format"], most)
    if how["format"] == "csv":
        encoding, _ = grids.encoding_of(path)
        return [grids.csv_grid(path, encoding, _delimiter(path, encoding, most), most)]
    return grids_of(path, how, "", hidden=True)


def _delimiter(path: Path, encoding: str, most: int | None = None) -> str:
    """Return the mark that parts most rows into cells; a comma where none does."""
    rows = {}
    for each in _DELIMITERS:
        try:
            rows[each] = sum(
                len(row) > 1 for row in grids.csv_grid(path, encoding, each, most).rows
            )
        except SourceError:
            rows[each] = 0
    return max(_DELIMITERS, key=rows.get)
