"""A file of any kind as a grid of text: rows and cells where a spreadsheet shows them."""

import csv
import io
import math
import pickle
import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path

from darlington_analysis.core.errors import SourceError
from darlington_analysis.readers import limits

MOST_MEMORY = 3 << 30  # bytes; five million cells need about one of the three
MOST_SECONDS = 120
_CHILD = Path(__file__).with_name("workbook_process.py")


def _asked(path: Path, *sheet: str) -> dict:
    """Return what ``workbook_process`` answers about a workbook, or about one of its sheets."""
    limits.refuse_oversized(path)
    if path.open("rb").read(2) == b"PK":
        limits.refuse_bomb(path)
    words = [sys.executable, "-I", str(_CHILD), str(MOST_MEMORY), *sheet]
    try:
        with path.open("rb") as content:
            answer = subprocess.run(words, stdin=content, capture_output=True, timeout=MOST_SECONDS)
    except subprocess.TimeoutExpired as fault:
        raise _apart_unreadable(path, f"not within {MOST_SECONDS} seconds") from fault
    except ValueError as fault:  # a name of a sheet that no system can hand on
        raise _apart_unreadable(path, type(fault).__name__) from fault
    if answer.returncode:
        last = answer.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        why = last.partition(":")[0][:60] if answer.returncode > 0 else "its reader was ended"
        raise _apart_unreadable(path, why)
    return pickle.loads(answer.stdout)


def _apart_unreadable(path: Path, why: str) -> SourceError:
    return SourceError(
        f"{path.name} can't be read ({why})",
        "A file as it was published, whole and without a password.",
        "open it in a spreadsheet and save it as CSV, or download it again",
    )


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
    return dict(_asked(path)["sheets"])


def sheet_grid(path: Path, sheet: str, hidden: bool = False) -> Grid:
    """Return what one sheet shows: cells of hidden rows and columns are empty, and named.

    Where ``hidden`` is asked for, to look through the file, every cell has its text. Raises SourceError
    where there is no such sheet, it is hidden, or a number is not shown as it is.
    """
    answer = _asked(path, sheet)
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
    merged = tuple(answer["merged"])
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
    """Return a Parquet file's cells, its column names in row 1."""
    import pyarrow.parquet

    try:
        head = pyarrow.parquet.ParquetFile(path).metadata
        if head.num_rows * head.num_columns > limits.MOST_CELLS:
            raise SourceError(
                f"{path.name} is too large to be read: {head.num_rows:,} rows",
                f"At most {limits.MOST_CELLS:,} cells.",
                "cut it down to the rows that are needed",
            )
        table = pyarrow.parquet.read_table(path)
    except SourceError:
        raise
    except Exception as fault:
        raise _unreadable(path, fault) from fault
    columns = [column.to_pylist() for column in table.columns]
    rows = [[cell_text(cell) for cell in row] for row in zip(*columns, strict=True)]
    return Grid([table.column_names, *rows])


def layer_grid(path: Path) -> Grid:
    """Return the attributes of a layer of outlines, their names in row 1; no geometry."""
    return attributes(layer(path))


def layer_heads(path: Path, most: int) -> list[Grid]:
    """Return the attributes of the first ``most`` rows of every layer. Raises SourceError."""
    import geopandas

    try:
        names = [str(name) for name in geopandas.list_layers(path).name]
        return [
            attributes(geopandas.read_file(path, layer=name, ignore_geometry=True, rows=most))
            for name in names
        ]
    except Exception as fault:
        raise _unreadable(path, fault) from fault


def attributes(frame) -> Grid:
    """Return a layer's attributes, their names in row 1; no geometry."""
    frame = frame.drop(columns="geometry", errors="ignore")
    rows = [[cell_text(cell) for cell in row] for row in frame.itertuples(index=False)]
    return Grid([[str(name) for name in frame.columns], *rows])


def layer(path: Path):
    """Return a layer of outlines as a GeoDataFrame. Raises SourceError."""
    import geopandas

    try:
        return geopandas.read_file(path)
    except Exception as fault:
        raise _unreadable(path, fault) from fault


def cell_text(cell) -> str:
    """Return a cell as text: 12.0 is 12, a date is 2021-06-30, an empty cell is empty."""
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return ""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == cell.min.time() else cell.isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _unreadable(path: Path, fault: BaseException) -> SourceError:
    if isinstance(fault, (KeyboardInterrupt, SystemExit, SourceError)):
        raise fault
    return SourceError(
        f"{path.name} can't be read ({type(fault).__name__})",
        "A file as it was published, whole and without a password.",
        "open it in a spreadsheet and save it as CSV, or download it again",
    )
