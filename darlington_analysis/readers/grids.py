"""What a file is, by its first bytes, and its cells as text where a spreadsheet shows them."""

import csv
import io
import re
import zipfile
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from darlington_analysis.core.errors import SourceError
from darlington_analysis.readers import limits, separate_process

if TYPE_CHECKING:
    import geopandas

LAYERS = ("geojson", "gpkg", "shapefile")
WORKBOOKS = ("xlsx", "xls", "ods")
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
csv.field_size_limit(1_000_000)


@dataclass(frozen=True)
class Grid:
    """Cells as text, ``rows[0]`` being row 1; ``sheet`` is empty for files without sheets.

    ``hidden_rows`` and ``hidden_columns`` are numbered from 1, and hold no text. ``merged`` are
    ranges of merged cells (row, column, last row, last column), None where a file has none to tell.
    """

    rows: list[list[str]]
    sheet: str = ""
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: tuple[int, ...] = ()
    merged: tuple[tuple[int, int, int, int], ...] | None = None


def encoding_of(path: Path) -> tuple[str, bool]:
    """Return a text file's encoding, and whether that is sure.

    A byte order mark and valid UTF-8 are sure. Anything else is taken for Windows-1252, the usual
    one of spreadsheets, which is not sure.
    """
    content = path.read_bytes()
    for mark, name in _BOMS:
        if content.startswith(mark):
            return name, True
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252", False
    return "utf-8", True


def text_of(path: Path, encoding: str) -> str:
    """Return a text file's characters. Raises SourceError, naming the row that disagrees."""
    content = path.read_bytes()
    try:
        text = content.decode(encoding)
    except (UnicodeDecodeError, LookupError) as fault:
        at = getattr(fault, "start", 0)
        row = content[:at].replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
        raise SourceError(
            f"{path.name}, row {row}: not text in the encoding {encoding}",
            "Its sidecar declares that encoding for the whole file.",
            "correct encoding in the sidecar's [reading], or download the file again",
        ) from fault
    if "\x00" in text or "\ufffd" in text:
        row = text[: max(text.find("\x00"), text.find("\ufffd"))].count("\n") + 1
        raise SourceError(
            f"{path.name}, row {row}: a character was lost before the file came here",
            "Text without gaps (no NUL, no replacement character).",
            "export or download the file again",
        )
    return text


def csv_grid(path: Path, encoding: str, delimiter: str, most: int | None = None) -> Grid:
    """Return a text table's cells, of ``most`` rows; line ends may be CR, LF or CR LF."""
    text = text_of(path, encoding)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        rows = list(islice(reader, most))
    except csv.Error as fault:
        raise SourceError(
            f"{path.name} can't be taken apart into cells ({fault})",
            f"Text with “{delimiter}” between cells, and quotes in pairs.",
            "open the file and look for a quotation mark that stands alone",
        ) from fault
    return Grid(rows)


def _workbook(path: Path, sheet: str | None = None) -> dict:
    limits.refuse_oversized(path)
    if path.open("rb").read(2) == b"PK":
        limits.refuse_bomb(path)
    return separate_process.workbook(path, sheet)


def sheet_names(path: Path) -> dict[str, bool]:
    """Return the names of a workbook's worksheets, and whether each can be seen."""
    return dict(_workbook(path)["sheets"])


def sheet_grid(path: Path, sheet: str, hidden: bool = False) -> Grid:
    """Return what one sheet shows: cells of hidden rows and columns are empty, and named.

    Where ``hidden`` is asked for, to look through the file, every cell has its text. Raises SourceError
    where there is no such sheet, it is hidden, or a number is not shown as it is.
    """
    answer = _workbook(path, sheet)
    names = dict(answer["sheets"])
    if sheet not in names or not (names[sheet] or hidden):
        raise SourceError(
            f"{path.name} has no sheet “{sheet}”" + " that can be seen" * (sheet in names),
            f"Its sheets: {', '.join(name for name in names if names[name])[:200]}.",
            "correct sheet in the sidecar's [reading]",
        )
    rows, columns = answer["hidden"]
    if hidden:
        return Grid(answer["cells"], sheet, frozenset(rows), tuple(sorted(columns)))
    if answer["faults"]:
        raise _hiding(path, sheet, answer["faults"])
    cells = [
        ["" if row in rows or at in columns else cell for at, cell in enumerate(line, 1)]
        for row, line in enumerate(answer["cells"], 1)
    ]
    merged = tuple(map(tuple, answer["merged"]))
    _fill_down(cells, merged)
    wide = max(map(len, cells), default=0)
    rows = frozenset(row for row in rows if row <= len(cells) and any(answer["cells"][row - 1]))
    return Grid(cells, sheet, rows, tuple(sorted(at for at in columns if at <= wide)), merged)


def _fill_down(cells: list[list[str]], merged: tuple) -> None:
    """Put the words or the year of a merged range into its first column; a number stands once."""
    for top, left, low, _ in merged:
        words = (
            cells[top - 1][left - 1] if top <= len(cells) and left <= len(cells[top - 1]) else ""
        )
        if words and (
            not re.fullmatch(r"[-\d.,% ]+", words) or re.fullmatch(r"(19|20)\d\d", words)
        ):
            for line in cells[top : min(low, len(cells))]:
                if left <= len(line):
                    line[left - 1] = words


def _hiding(path: Path, sheet: str, faults: list[tuple[str, str]]) -> SourceError:
    place, why = faults[0]
    more = f" ({len(faults)} such cells)" if len(faults) > 1 else ""
    if "formula" in why:
        try_ = "open it in a spreadsheet, save it, and add that"
    else:
        try_ = "ask the publisher for a file without the numbers that it hides"
    return SourceError(
        f"{path.name}, sheet “{sheet}”, {place}: {why}{more}",
        "Cells that show the numbers they hold; what a sheet hides is not read.",
        try_,
    )


def parquet_grid(path: Path) -> Grid:
    """Return a Parquet file's cells, its column names in row 1. Raises SourceError."""
    return Grid(separate_process.parquet_cells(path))


def layer_grid(path: Path, kind: str, name: str = "") -> Grid:
    """Return the attributes of a layer, the only one unless it is named. Raises SourceError."""
    by_name = {grid.sheet: grid for grid in layer_grids(path, kind)}
    if name not in by_name:
        raise SourceError(
            f"{path.name} has {len(by_name)} layers"
            + f", and none is called “{name}”" * bool(name),
            f"Its layers: {', '.join(by_name)[:200]}.",
            "name one of them as sheet in the sidecar's [reading]",
        )
    return by_name[name]


def layer_grids(path: Path, kind: str, most: int | None = None) -> list[Grid]:
    """Return the attributes of the first ``most`` features of every layer, names in row 1; no
    outlines. A layer has its name as ``sheet`` where it is one of several. Raises SourceError.

    ``kind`` is one of ``LAYERS``.
    """
    layers = separate_process.layers(path, kind, most)
    return [Grid(layer["rows"], layer["name"] if len(layers) > 1 else "") for layer in layers]


def layer(path: Path, kind: str, name: str = "") -> "geopandas.GeoDataFrame":
    """Return a layer, the only one unless it is named, as a GeoDataFrame, attributes as text.
    Raises SourceError.

    It has a coordinate system where that bears a code of EPSG or OGC.
    """
    if kind not in LAYERS:
        raise SourceError(
            f"{path.name} holds no outlines (it is {kind})",
            "GeoJSON (a FeatureCollection), GeoPackage or a zipped shapefile.",
            "download the boundary file in one of these formats",
        )
    import geopandas
    import pandas as pd
    import shapely

    first = separate_process.layers(path, kind, outlines=name)[0]
    names, *rows = first["rows"]
    try:
        shapes = shapely.from_wkb([held and bytes.fromhex(held) for held in first["outlines"]])
    except shapely.errors.GEOSException as fault:
        raise SourceError(
            f"{path.name}: an outline can't be drawn ({str(fault).partition(': ')[2][:80]})",
            "Rings of points that end where they begin, with a number for each coordinate.",
            "download the boundary file again, as it was published",
        ) from fault
    attributes = pd.DataFrame(rows, columns=names, dtype=str)
    return geopandas.GeoDataFrame(attributes, geometry=shapes, crs=first["crs"])


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
    return _text_format(path, head)


def _text_format(path: Path, head: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(
        (b"<!doctype html", b"<html", b"<table", b"<?xml", b"%pdf", b"\x1f\x8b", b"rar!")
    ):
        raise _no_table(path, "a web page, a PDF or an archive")
    if start.startswith(b"{") and b"featurecollection" in start:
        return "geojson"
    if re.match(rb'\{\s*"', start):
        raise _no_table(path, "JSON that is no FeatureCollection")
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
    if "xl/workbook.bin" in names:
        raise SourceError(
            f"{path.name} is a binary workbook (XLSB), and what it hides can't be read",
            "A workbook whose hidden rows, formats and formulas can be seen from here.",
            "open it in a spreadsheet, save it as XLSX, and add that",
        )
    if any(name.lower().endswith(".shp") for name in names):
        return "shapefile"
    raise _no_table(path, "a packed file that is no workbook")


def _no_table(path: Path, kind: str) -> SourceError:
    return SourceError(
        f"{path.name} holds no table: {kind}",
        "CSV, XLSX, XLS, ODS, Parquet, GeoJSON, GeoPackage or a zipped shapefile.",
        "download the file again, from the publisher's page rather than a link to a viewer",
    )


_DELIMITERS = ",;\t|"


def detect(path: Path) -> dict:
    """Return how a file is to be read, as far as its first bytes tell. Raises SourceError."""
    return {"format": format_of(path)}


def grids_of(path: Path, how: dict, sheet: str, hidden: bool = False) -> list[Grid]:
    """Return every sheet of a file, hidden ones where asked for, and note how its text is read."""
    if how["format"] in WORKBOOKS:
        seen = sheet_names(path)
        names = [sheet] if sheet else [name for name in seen if hidden or seen[name]]
        how["hidden"] = [name for name in seen if name not in names]
        return [sheet_grid(path, name, hidden) for name in names]
    if how["format"] == "csv":
        how["encoding"], how["is_sure"] = encoding_of(path)
        how["delimiter"] = _delimiter(path, how["encoding"])
        return [csv_grid(path, how["encoding"], how["delimiter"])]
    if how["format"] == "parquet":
        return [parquet_grid(path)]
    if sheet:
        return [layer_grid(path, how["format"], sheet)]
    return layer_grids(path, how["format"])


def preview(path: Path, most: int) -> list[Grid]:
    """Return the first ``most`` rows of every sheet or layer of a file, hidden ones too.

    Of a text no more is taken apart, of a layer no outline is read. Raises SourceError.
    """
    how = detect(path)
    if how["format"] in LAYERS:
        return layer_grids(path, how["format"], most)
    if how["format"] == "csv":
        encoding, _ = encoding_of(path)
        return [csv_grid(path, encoding, _delimiter(path, encoding, most), most)]
    return grids_of(path, how, "", hidden=True)


def _delimiter(path: Path, encoding: str, most: int | None = None) -> str:
    """Return the mark that parts most rows into cells; a comma where none does."""
    rows = {}
    for delimiter in _DELIMITERS:
        try:
            rows[delimiter] = sum(
                len(row) > 1 for row in csv_grid(path, encoding, delimiter, most).rows
            )
        except SourceError:
            rows[delimiter] = 0
    return max(_DELIMITERS, key=rows.get)
