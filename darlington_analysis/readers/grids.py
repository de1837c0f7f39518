"""A file of any kind as a grid of text: rows and cells where a spreadsheet shows them."""

import csv
import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from darlington_analysis.core.errors import SourceError
from darlington_analysis.readers import limits
from darlington_analysis.readers.formats import format_of
from darlington_analysis.sources import apart_child

MOST_MEMORY = 3 << 30  # bytes; five million cells need about one of the three
MOST_SECONDS = 120
_PACKAGES = str(Path(__file__).parents[2])
# At the end of the search path: nothing beside the package takes the place of a library.
_RUN = (
    f"import sys; sys.path.append(sys.argv[1]); import {apart_child.__name__} as child; "
    "sys.modules[child.__name__].main()"
)
_KEPT = ("LD_LIBRARY_PATH", "SYSTEMROOT", "TZ")  # of the environment


def read_sheets_apart(path: Path) -> list[tuple[str, bool]]:
    """Return the names of a workbook's worksheets, and whether each can be seen. Raises
    SourceError.
    """
    return [(name, is_visible) for name, is_visible in _asked(path, format="workbook")]


def sheet_cells(path: Path, sheet: str) -> list[list[str]]:
    """Return a worksheet's cells as text, row by row. Raises SourceError."""
    return _asked(path, format="workbook", sheet=sheet)


def parquet_cells(path: Path) -> list[list[str]]:
    """Return a Parquet file's column names and cells as text. Raises SourceError."""
    return _asked(path, format="parquet")


def layer_heads_apart(path: Path, most: int | None = None) -> list[list[list[str]]]:
    """Return names and cells of the first ``most`` features of every layer; no outlines. Raises
    SourceError.
    """
    layers = _asked(path, format=format_of(path), most=most, outlines=False)
    return [layer["rows"] for layer in layers]


def first_layer(path: Path) -> dict:
    """Return a file's first layer: ``rows``, ``outlines`` (WKB in hexadecimal), ``crs`` (as
    "EPSG:27700", None where it is not known). Raises SourceError.
    """
    return _asked(path, format=format_of(path), most=None, outlines=True)[0]


def _asked(path: Path, **request) -> list:
    request |= {"memory": MOST_MEMORY, "seconds": MOST_SECONDS}
    words = [sys.executable, "-I", "-B", "-c", _RUN, _PACKAGES, json.dumps(request)]
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    run = partial(subprocess.run, capture_output=True, env=kept | apart_child.GDAL)
    try:
        with path.open("rb") as content:
            answer = run(words, stdin=content, timeout=MOST_SECONDS)
    except subprocess.TimeoutExpired as fault:
        raise _unreadable(path, f"not within {MOST_SECONDS} seconds") from fault
    if answer.returncode:
        last = answer.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        if last.startswith(apart_child.REFUSED):
            raise _unreadable(path, last.removeprefix(apart_child.REFUSED))
        why = last.partition(":")[0][:60] if answer.returncode > 0 else "its reader was ended"
        raise _unreadable(path, why)
    return json.loads(answer.stdout)


def _unreadable(path: Path, why: str) -> SourceError:
    return SourceError(
        f"{path.name} can't be read ({why})",
        "A file as it was published, whole and without a password.",
        "open it in a spreadsheet and save it as CSV, or download it again",
    )


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
    sheets = read_sheets_apart(path)
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
    return _sheet(path, sheet)


def _sheet(path: Path, name: str) -> Grid:
    return Grid(sheet_cells(path, name), name)


def _refuse_traps(path: Path) -> None:
    limits.refuse_oversized(path)
    if path.open("rb").read(2) == b"PK":
        limits.refuse_bomb(path)


def parquet_grid(path: Path) -> Grid:
    """Return a Parquet file's cells, its column names in row 1. Raises SourceError."""
    return Grid(parquet_cells(path))


def layer_grid(path: Path) -> Grid:
    """Return the attributes of a file's first layer, their names in row 1; no outlines. Raises
    SourceError.
    """
    return layer_heads(path, None)[0]


def layer_heads(path: Path, most: int | None) -> list[Grid]:
    """Return the attributes of the first ``most`` features of every layer. Raises SourceError."""
    return [Grid(rows) for rows in layer_heads_apart(path, most)]


def layer(path: Path) -> "geopandas.GeoDataFrame":
    """Return a file's first layer as a GeoDataFrame, attributes as text. Raises SourceError.

    It has a coordinate system where that bears a code of EPSG or OGC.
    """
    import geopandas
    import pandas as pd
    import shapely

    found = first_layer(path)
    names, *rows = found["rows"]
    shapes = shapely.from_wkb([outline and bytes.fromhex(outline) for outline in found["outlines"]])
    attributes = pd.DataFrame(rows, columns=names, dtype=str)
    return geopandas.GeoDataFrame(attributes, geometry=shapes, crs=found["crs"])
