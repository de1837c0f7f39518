"""Files whose readers are compiled code, read in a separate process with limits.

Such readers trust what a file says of itself: a workbook that claims a cell far out makes its reader
ask for more memory than there is, which ends the process. GDAL guesses what a file is and follows
what it names. So the file goes to another process, which has so much memory and time, knows one
driver of GDAL, refuses a file that names another place, and answers in JSON.
"""

import contextlib
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from darlington_analysis.core.errors import SourceError
from darlington_analysis.readers.limits import MOST_CELLS
from darlington_analysis.readers.numbers import cell_text

MOST_MEMORY = 3 << 30  # bytes; five million cells need about one of the three
MOST_SECONDS = 120  # of a processor, and three times as many on the clock
_DRIVERS = {"geojson": "GeoJSON", "gpkg": "GPKG", "shapefile": "ESRI Shapefile"}
_REFUSED = "Refused: "  # how the last line of standard error begins where the words are ours
# Config options of GDAL: no plugins, no settings of the user, no functions that open other files.
_GDAL = {
    "GDAL_DRIVER_PATH": "disable",
    "GDAL_CONFIG_FILE": "",
    "PROJ_NETWORK": "OFF",
    "OGR_SQLITE_ALLOW_EXTERNAL_ACCESS": "NO",
    "OGR_SQLITE_PRAGMA": "trusted_schema=OFF",
}
_KEPT = ("LD_LIBRARY_PATH", "SYSTEMROOT", "TZ")  # of the environment
_KNOWN_CRS = re.compile(r"(?:urn:ogc:def:crs:)?(?:EPSG|OGC):[\w.]*:?\w+")
_TEXT_CRS = rb"\s*(?:PROJCS|GEOGCS|PROJCRS|GEOGCRS|GEODCRS|COMPD_CS|COMPOUNDCRS|BOUNDCRS)\s*\["
# How the schema of a GeoPackage that only stores something is written, as SQLite writes it: tables,
# their indexes and triggers, and the index of outlines.
_PLAIN_SQL = re.compile(
    r"CREATE (?:(?:TABLE|INDEX|UNIQUE INDEX|TRIGGER)\b|(?P<virtual>VIRTUAL) TABLE\s+"
    r"""(?:\w+|"(?:[^"]|"")*"|'(?:[^']|'')*'|`[^`]*`|\[[^]]*\])\s+USING\s+["'`\[]?rtree["'`\]]?\s*\()""",
    re.IGNORECASE,
)
_SHAPES = {  # how each part of a shapefile begins
    ".shp": rb"\x00\x00\x27\x0a",
    ".shx": rb"\x00\x00\x27\x0a",
    ".dbf": rb"[\x02\x03\x30-\x32\x43\x63\x83\x8b\x8e\xcb\xe5\xf5\xfb]",
    ".prj": _TEXT_CRS,
    ".cpg": rb"[\w .-]{1,40}\s*\Z",
}


def workbook(path: Path, sheet: str | None = None) -> dict:
    """Return a workbook's ``sheets`` (each with whether it can be seen) and, of the one that is
    named and there, what ``readers.workbooks.sheet`` returns. Raises SourceError.
    """
    return _answer(path, "workbook", sheet=sheet)


def parquet_cells(path: Path) -> list[list[str]]:
    """Return a Parquet file's column names and cells as text. Raises SourceError."""
    return _answer(path, "parquet")


def layers(path: Path, kind: str, most: int | None = None, outlines: str | None = None) -> list:
    """Return the layers of a file (geojson, gpkg, shapefile), of ``most`` features each.

    A layer has ``name``, ``rows`` (field names, then cells as text) and ``crs`` ("EPSG:27700", None
    where it has no code). Where ``outlines`` names a layer ("" for the only one), that one alone is
    returned, with its outlines as hexadecimal WKB. Raises SourceError.
    """
    return _answer(path, kind, most=most, outlines=outlines)


def _answer(path: Path, kind: str, **asked) -> list:
    request = {"kind": kind, "memory": MOST_MEMORY, "seconds": MOST_SECONDS, "asked": asked}
    # The package is found last of all: nothing beside it takes the place of a library.
    run = f"import sys; sys.path.append(sys.argv[1]); from {__name__} import main; main()"
    packages = str(Path(__file__).parents[2])
    words = [sys.executable, "-I", "-B", "-c", run, packages, json.dumps(request)]
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ} | _GDAL
    try:
        with path.open("rb") as content:
            answer = subprocess.run(
                words, stdin=content, capture_output=True, env=environment, timeout=3 * MOST_SECONDS
            )
    except subprocess.TimeoutExpired as fault:
        raise _unreadable(path, f"not within {3 * MOST_SECONDS} seconds") from fault
    if answer.returncode:
        last = answer.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        if last.startswith(_REFUSED):
            raise _unreadable(path, last.removeprefix(_REFUSED))
        why = last.partition(":")[0][:60] if answer.returncode > 0 else "its reader was ended"
        raise _unreadable(path, why)
    return json.loads(answer.stdout)


def _unreadable(path: Path, why: str) -> SourceError:
    return SourceError(
        f"{path.name} can't be read ({why})",
        "A file as it was published, whole and without a password.",
        "open it in a spreadsheet and save it as CSV, or download it again",
    )


class RefusedError(Exception):
    """A file that is not read; the words are ours and quote none of it."""


def main() -> None:
    """Be the other process: answer the request of the command line about standard input."""
    request = json.loads(sys.argv[-1])
    _limit_this_process(request["memory"], request["seconds"])
    if request["kind"] in _DRIVERS:
        _know_one_driver(_DRIVERS[request["kind"]])
    try:
        answer = _READERS[request["kind"]](sys.stdin.buffer.read(), **request["asked"])
    except RefusedError as fault:
        sys.exit(f"{_REFUSED}{fault}")
    json.dump(answer, sys.stdout)
    sys.stdout.flush()
    os._exit(0)  # Arrow's threads end the process with a signal where they are taken down in order


def _limit_this_process(memory: int, seconds: int) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it has no file to write
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _know_one_driver(name: str) -> None:
    """Start this process again with every other driver of GDAL left out: only GDAL knows which."""
    for unneeded in ("geopandas", "pandas", "pyarrow", "pyproj", "shapely"):
        sys.modules[unneeded] = None  # pyogrio imports what it finds, which takes ten times as long
    import pyogrio

    others = sorted(set(pyogrio.list_drivers()) - {name})
    if others and "GDAL_SKIP" in os.environ:
        raise SystemExit(f"{len(others)} drivers could not be left out")
    if others:
        os.environ["GDAL_SKIP"] = ",".join(others)
        os.execv(sys.executable, sys.orig_argv)


def workbook_of(content: bytes, sheet: str | None = None) -> dict:
    """Return what ``workbook`` does, read in this process, which has no limits."""
    from darlington_analysis.readers import workbooks

    answer: dict = {"sheets": workbooks.sheets(content)}
    return answer | (workbooks.sheet(content, sheet) if sheet in dict(answer["sheets"]) else {})


def _parquet(content: bytes) -> list[list[str]]:
    import pyarrow.parquet

    file = pyarrow.parquet.ParquetFile(io.BytesIO(content), pre_buffer=False)
    _refuse_too_many(file.metadata.num_rows, file.metadata.num_columns)
    table = file.read(use_threads=False)
    columns = [column.to_pylist() for column in table.columns]
    return [table.column_names, *_texts(zip(*columns, strict=True))]


def _texts(rows) -> list[list[str]]:
    return [[cell_text(cell) for cell in row] for row in rows]


def _layers(content: bytes, most: int | None, outlines: str | None) -> list[dict]:
    """Return every layer, or the one that is named with its outlines as hexadecimal WKB."""
    import pyogrio

    names = [str(name) for name, _ in pyogrio.list_layers(content)]
    if outlines is None:
        return [_layer(content, at, name, most, False) for at, name in enumerate(names)]
    if outlines not in names and (outlines or len(names) != 1):
        raise RefusedError(f"{len(names)} layers, and its sidecar names none of them: layer = …")
    at = names.index(outlines) if outlines else 0
    return [_layer(content, at, outlines, most, True)]


def _layer(content: bytes, at: int, name: str, most: int | None, outlines: bool) -> dict:
    """Return one layer, found by its place: GeoJSON without a name gets another one each time."""
    import pyogrio.raw

    info = pyogrio.read_info(content, layer=at, force_feature_count=True)
    _refuse_too_many(min(info["features"], most or info["features"]), len(info["fields"]))
    meta, _, shapes, columns = pyogrio.raw.read(
        content, layer=at, max_features=most, read_geometry=outlines
    )
    rows = zip(*([_native(cell) for cell in column] for column in columns), strict=True)
    return {
        "name": name,
        "rows": [[str(field) for field in meta["fields"]], *_texts(rows)],
        "outlines": [shape and shape.hex() for shape in shapes] if outlines else [],
        "crs": _named_crs(meta["crs"]),
    }


def _native(cell: Any) -> Any:
    """Return a number or day of numpy as Python's own; NaT and NaN as None."""
    import numpy as np

    if isinstance(cell, np.datetime64):
        return cell.astype("datetime64[ms]").item()
    native = cell.item() if isinstance(cell, np.generic) else cell
    return native.hex() if isinstance(native, bytes) else native


def _named_crs(words: str | None) -> str | None:
    """Return the register and code of a coordinate system, None where it has none."""
    if not words or _KNOWN_CRS.fullmatch(words):
        return words or None
    sys.modules.pop("pyproj", None)
    from pyproj import CRS

    code = CRS.from_wkt(words).to_epsg()
    return f"EPSG:{code}" if code else None


def _refuse_too_many(rows: int, columns: int) -> None:
    if rows * columns > MOST_CELLS:
        raise RefusedError(f"too large: {rows:,} rows of {columns:,} columns")


def _geojson(content: bytes, **asked) -> list[dict]:
    try:
        json.loads(content, object_pairs_hook=_refuse_linked)
    except (ValueError, RecursionError) as fault:
        raise RefusedError(f"not GeoJSON from its first to its last byte ({fault})") from fault
    return _layers(content, **asked)


def _refuse_linked(pairs: list[tuple[str, Any]]) -> dict:
    """Raise RefusedError where an object names a coordinate system that lies elsewhere."""
    members = dict(pairs)
    for key, system in pairs:
        if key != "crs" or not isinstance(system, dict):
            continue
        name = (system.get("properties") or {}).get("name")
        is_named = system.get("type") == "name" and isinstance(name, str)
        if not (is_named and _KNOWN_CRS.fullmatch(name)):
            raise RefusedError("its coordinate system is not named by a code of EPSG or OGC")
    return {key: members[key] for key in ("type", "name", "properties") if key in members}


def _geopackage(content: bytes, **asked) -> list[dict]:
    import sqlite3

    plain = content[:18] + b"\x01\x01" + content[20:]  # whatever its last writer's journal was
    with contextlib.closing(sqlite3.connect(":memory:")) as opened:
        opened.deserialize(plain)
        schema = opened.execute("SELECT name, sql FROM sqlite_master WHERE sql NOT NULL").fetchall()
        for name, sql in schema:
            plain_sql, hidden = _PLAIN_SQL.match(sql), []
            if plain_sql and not plain_sql["virtual"]:  # as SQLite understands its columns
                hidden = opened.execute("SELECT hidden FROM pragma_table_xinfo(?)", [name])
            if not plain_sql or any(kind in (2, 3) for (kind,) in hidden):
                raise RefusedError("a view, a virtual table or a column that is worked out")
    return _layers(plain, **asked)


def _shapefile(content: bytes, **asked) -> list[dict]:
    """Read a ZIP file's shapefiles, put together of the parts that are needed and no other."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as kept:
        for name, part in _parts(content):
            kept.writestr(name, part)
    return _layers(packed.getvalue(), **asked)


def _parts(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield new names and the bytes of parts. RefusedError: one is not what its name says."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        stems = sorted({name[:-4] for name in packed.namelist() if name[-4:].lower() == ".shp"})
        for name in packed.namelist():
            kind = name[-4:].lower()
            if name[:-4] not in stems or kind not in _SHAPES:
                continue
            part = packed.read(name)
            if not re.match(_SHAPES[kind], part):
                raise RefusedError(f"a part that is called {kind} and is none")
            yield f"layer{stems.index(name[:-4]) + 1}{kind}", part


_READERS = {
    "workbook": workbook_of,
    "parquet": _parquet,
    "geojson": _geojson,
    "gpkg": _geopackage,
    "shapefile": _shapefile,
}
