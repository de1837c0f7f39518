"""How large a file may be; workbooks that lie about their size are refused before reading."""

import re
import stat
import zipfile
from pathlib import Path

from darlington_analysis.core.errors import SourceError

MOST_BYTES = 100_000_000  # of a file as it lies on the disk
MOST_UNPACKED = 300_000_000  # of all that a workbook unpacks to
MOST_RATIO = 200  # times a packed part may grow; real sheets grow 10 to 30 times
MOST_PARTS = 3_000
MOST_CELLS = 5_000_000  # of a sheet's rectangle, the empty ones included
# Where a cell or row says it is, however its tag is written.
_XLSX_PLACE = re.compile(rb"""\br\s{0,9}=\s{0,9}["']([A-Za-z]{0,4})(\d{1,9})["']""")
_ODS_TIMES = re.compile(rb'number-(rows|columns)-repeated="(\d{1,9})"')
_ODS_CELL = re.compile(rb"<table:table-cell[^>]*office:value[^>]*>")
_ODS_ROW = re.compile(rb"<table:table-row[^>]*>\s*" + _ODS_CELL.pattern)
_SPAN = 1 << 20


def refuse_oversized(path: Path) -> None:
    """Raise SourceError for a file that is empty or larger than ``MOST_BYTES``."""
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise SourceError(
            f"{path.name} is no file: a folder, a pipe or a device",
            "A file with a table in it.",
            "copy what it holds into a file, and add that",
        )
    size = status.st_size
    if not size:
        raise SourceError(
            f"{path.name} is empty", "A file with a table in it.", "download or export it again"
        )
    if size > MOST_BYTES:
        raise _too_large(path, f"{size:,} bytes", f"{MOST_BYTES:,} bytes")


def refuse_bomb(path: Path) -> None:
    """Raise SourceError for a packed file that unpacks to far more than a table needs."""
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
            _check_parts(path, parts)
            for part in parts:
                if _is_sheet(part.filename):
                    with packed.open(part) as stream:
                        _check_extent(path, part.filename, stream)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError) as fault:
        raise _broken(path, fault) from fault
    except (RuntimeError, NotImplementedError, ValueError, LookupError) as fault:
        raise _broken(path, fault) from fault  # a password, or a rare packing
    except Exception as fault:  # zlib.error and lzma's own are no OSErrors
        if isinstance(fault, SourceError):
            raise
        raise _broken(path, fault) from fault


def _check_parts(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS:
        raise _too_large(path, f"{len(parts):,} parts", f"{MOST_PARTS:,} parts")
    if unpacked > MOST_UNPACKED:
        raise _too_large(path, f"{unpacked:,} bytes unpacked", f"{MOST_UNPACKED:,}")
    for part in parts:
        if part.file_size > 10_000_000 and part.file_size > MOST_RATIO * part.compress_size:
            raise _too_large(path, f"a part that grows {MOST_RATIO} times and more", "real sheets")


def _is_sheet(name: str) -> bool:
    return bool(re.fullmatch(r"xl/worksheets/[^/]+\.xml|content\.xml", name))


def _check_extent(path: Path, part: str, stream) -> None:
    """A sheet's rectangle reaches its furthest cell; one cell far out makes it huge."""
    furthest, spread, read, tail = [0, 0], {b"rows": 0, b"columns": 0}, 0, b""
    while block := stream.read(_SPAN):
        read += len(block)
        if read > MOST_UNPACKED:
            raise _too_large(path, "a part larger than it says", f"{MOST_UNPACKED:,} bytes")
        text = tail + block
        for letters, digits in _XLSX_PLACE.findall(text):
            furthest = [max(furthest[0], int(digits)), max(furthest[1], _column(letters.upper()))]
        if part == "content.xml":
            _note_repeats(text, spread)
        tail = text[-200:]
    if furthest[0] * furthest[1] > MOST_CELLS:
        raise _too_large(
            path,
            f"a sheet of {furthest[0]:,} rows by {furthest[1]:,} columns",
            f"{MOST_CELLS:,} cells",
        )
    if spread[b"rows"] * max(spread[b"columns"], 1) > MOST_CELLS:
        raise _too_large(path, "cells repeated over and over", f"{MOST_CELLS:,} cells")


def _note_repeats(text: bytes, spread: dict[bytes, int]) -> None:
    """Repeats of cells that hold something; empty ones fill every sheet to its edge."""
    for row in _ODS_ROW.findall(text):
        for kind, times in _ODS_TIMES.findall(row):
            spread[kind] = max(spread[kind], int(times))
    for cell in _ODS_CELL.findall(text):
        for _, times in _ODS_TIMES.findall(cell):
            spread[b"columns"] = max(spread[b"columns"], int(times))
            spread[b"rows"] = max(spread[b"rows"], 1)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number


def _too_large(path: Path, size: str, most: str) -> SourceError:
    return SourceError(
        f"{path.name} is too large to be read: {size}",
        f"At most {most}.",
        "cut it down to the rows that are needed, and save it as CSV",
    )


def _broken(path: Path, fault: Exception) -> SourceError:
    return SourceError(
        f"{path.name} can't be unpacked ({type(fault).__name__})",
        "A workbook as it was published, whole and without a password.",
        "download or export it again, or save it as CSV",
    )
