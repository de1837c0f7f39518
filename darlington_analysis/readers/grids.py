"""A file of any kind as a grid of text: rows and cells where a spreadsheet shows them."""

import csv
import io
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from darlington_analysis.core.errors import SourceError
from darlington_analysis.readers import limits, separate_process

if TYPE_CHECKING:
    import geopandas

LAYERS = ("geojson", "gpkg", "shapefile")
WORKBOOKS = ("xlsx", "xls", "ods", "xlsb")
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
csv.field_size_limit(1_000_000)


@dataclass(frozen=True)
class Grid:
    """Cells as text, ``rows[0]`` being row 1; ``sheet`` is empty for files without sheets."""

    rows: list[list[str]]
    sheet: str = ""


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


def sheet_names(path: Path, hidden: bool = True) -> list[str]:
    """Return the names of a workbook's worksheets, those that are hidden only where asked for.

    Where every sheet is hidden, all are returned.
    """
    _refuse_traps(path)
    sheets = separate_process.sheets(path)
    shown = [name for name, is_visible in sheets if is_visible]
    return [name for name, _ in sheets] if hidden or not shown else shown


def sheet_grid(path: Path, sheet: str) -> Grid:
    """Return one sheet's cells. Raises SourceError where there is no such sheet."""
    names = sheet_names(path)
    if sheet not in names:
        raise SourceError(
            f"{path.name} has no sheet “{sheet}”",
            f"Its sheets: {', '.join(names)[:200]}.",
            "correct sheet in the sidecar's [reading]",
        )
    return Grid(separate_process.sheet_cells(path, sheet), sheet)


def _refuse_traps(path: Path) -> None:
    limits.refuse_oversized(path)
    if path.open("rb").read(2) == b"PK":
        limits.refuse_bomb(path)


def parquet_grid(path: Path) -> Grid:
    """Return a Parquet file's cells, its column names in row 1. Raises SourceError."""
    return Grid(separate_process.parquet_cells(path))


def layer_grid(path: Path, kind: str) -> Grid:
    """Return the attributes of a file's first layer, their names in row 1; no outlines.

    ``kind`` is one of ``LAYERS``. Raises SourceError.
    """
    return layer_heads(path, kind)[0]


def layer_heads(path: Path, kind: str, most: int | None = None) -> list[Grid]:
    """Return the attributes of the first ``most`` features of every layer. Raises SourceError."""
    return [Grid(layer["rows"]) for layer in separate_process.layers(path, kind, most)]


def layer(path: Path, kind: str) -> "geopandas.GeoDataFrame":
    """Return a file's first layer as a GeoDataFrame, attributes as text. Raises SourceError.

    It has a coordinate system where that bears a code of EPSG or OGC.
    """
    import geopandas
    import pandas as pd
    import shapely

    first = separate_process.layers(path, kind, outlines=True)[0]
    names, *rows = first["rows"]
    shapes = shapely.from_wkb([outline and bytes.fromhex(outline) for outline in first["outlines"]])
    attributes = pd.DataFrame(rows, columns=names, dtype=str)
    return geopandas.GeoDataFrame(attributes, geometry=shapes, crs=first["crs"])
