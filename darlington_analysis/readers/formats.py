"""What a file is, by its first bytes and not by its name."""

import zipfile
from pathlib import Path

from darlington_analysis.core.errors import SourceError
from darlington_analysis.readers import limits

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
