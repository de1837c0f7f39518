"""A file of any kind as a grid of text: rows and cells where a spreadsheet shows them."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

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


def read_sheets(path: Path, sheet: str = "") -> dict:
    """Return the worksheets of a workbook and what one of them shows (``workbook.sheet``). Raises
    SourceError.
    """
    limits.refuse_oversized(path)
    if path.open("rb").read(2) == b"PK":
        limits.refuse_bomb(path)
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


def _asked(path: Path, **request) -> Any:
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


def sheet_names(path: Path) -> dict[str, bool]:
    """Return the names of a workbook's worksheets, and whether each can be seen."""
    return dict(read_sheets(path)["sheets"])


def sheet_grid(path: Path, sheet: str, hidden: bool = False) -> Grid:
    """Return what one sheet shows: cells of hidden rows and columns are empty, and named.

    Where ``hidden`` is asked for, to look through the file, every cell has its text. Raises SourceError
    where there is no such sheet, it is hidden, or a number is not shown as it is.
    """
    answer = read_sheets(path, sheet)
    names = dict(answer["sheets"])
    if sheet not in names or not (names[sheet] or hidden):
        raise SourceError(
            f"{path.name} has no sheet “{sheet}”" + " that can be seen" * (sheet in names),
            f"Its sheets: {', '.join(name for name in names if names[name])[:200]}.",
            "correct sheet in the sidecar's [reading]",
        )
    rows, columns = map(frozenset, answer["hidden"])
    if hidden:
        return Grid(answer["cells"], sheet, rows, tuple(sorted(columns)))
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
        said = cells[top - 1][left - 1] if top <= len(cells) and left <= len(cells[top - 1]) else ""
        if said and (not re.fullmatch(r"[-\d.,% ]+", said) or re.fullmatch(r"(19|20)\d\d", said)):
            for line in cells[top : min(low, len(cells))]:
                if left <= len(line):
                    line[left - 1] = said


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


_DELIMITERS = ",;\t|"


def how_of(path: Path) -> dict:
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
    return [layer_grid(path)]


def heads_of(path: Path, most: int) -> list[Grid]:
    """Return the first ``most`` rows of every sheet or layer of a file, hidden ones too.

    Of a text no more is taken apart, of a layer no outline is read. Raises SourceError.
    """
    how = how_of(path)
    if how["format"] in LAYERS:
        return layer_heads(path, most)
    if how["format"] == "csv":
        encoding, _ = encoding_of(path)
        return [csv_grid(path, encoding, _delimiter(path, encoding, most), most)]
    return grids_of(path, how, "", hidden=True)


def _delimiter(path: Path, encoding: str, most: int | None = None) -> str:
    """Return the mark that parts most rows into cells; a comma where none does."""
    rows = {}
    for each in _DELIMITERS:
        try:
            rows[each] = sum(
                len(row) > 1 for row in csv_grid(path, encoding, each, most).rows
            )
        except SourceError:
            rows[each] = 0
    return max(_DELIMITERS, key=rows.get)
