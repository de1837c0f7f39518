"""The first difference of two files of an edition, in the terms of whoever opens such a file.

Where it stands is named, and no value: what is told lands in logs and e-mails.
"""

import csv
import io
import json
import shutil
import subprocess
import zipfile
from itertools import zip_longest
from pathlib import Path

from darlington_analysis.publishing import manifest

_NOT_THERE = object()


def first(there: Path, again: Path) -> str:
    """Return where two files first differ, in words; empty where they are the same.

    Bytes are compared, but for PDFs: those are the same where their text and structure are (fonts
    are set by what the system has), and what their manifests say besides their hashes.
    """
    if not there.is_file():
        return "it is missing"
    if not again.is_file():
        return "it would not be there"
    if there.read_bytes() == again.read_bytes():
        return ""
    try:
        return _HOW.get(there.suffix, _text)(there, again)
    except (ValueError, KeyError, TypeError, AttributeError, csv.Error, zipfile.BadZipFile):
        return _text(there, again)  # no longer a file of its kind


def _text(there: Path, again: Path) -> str:
    pairs = zip(there.read_bytes().split(b"\n"), again.read_bytes().split(b"\n"), strict=False)
    for number, (one, other) in enumerate(pairs, 1):
        if one != other:
            same = next(
                (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
                min(len(one), len(other)),
            )
            return f"line {number} differs from its byte {same + 1} on"
    return f"{there.stat().st_size} bytes in place of {again.stat().st_size}"


def _table(there: Path, again: Path) -> str:
    """Return the row, counted as a spreadsheet counts it, and the column's name."""
    tables = [
        list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
        for path in (there, again)
    ]
    return _cell(*tables, tables[1][0] if tables[1] else []) or _text(there, again)


def _cell(old: list, new: list, names: list) -> str:
    for row, (one, other) in enumerate(zip_longest(old, new, fillvalue=_NOT_THERE), 1):
        if one is _NOT_THERE or other is _NOT_THERE:
            return f"row {row} is {'missing' if one is _NOT_THERE else 'one too many'}"
        for column, (a, b) in enumerate(zip_longest(one, other, fillvalue=_NOT_THERE)):
            if a != b:
                name = f"“{names[column]}”" if column < len(names) else f"number {column + 1}"
                return f"row {row}, column {name} differs"
    return ""


def _notebook(there: Path, again: Path) -> str:
    """Return the cell, counted from 1, and whether its source or its result is another."""
    old, new = (json.loads(path.read_text("utf-8")) for path in (there, again))
    pairs = zip_longest(old["cells"], new["cells"], fillvalue=_NOT_THERE)
    for number, (one, other) in enumerate(pairs, 1):
        if one is _NOT_THERE or other is _NOT_THERE:
            return f"cell {number} is {'missing' if one is _NOT_THERE else 'one too many'}"
        for part in sorted({*one, *other}):
            if one.get(part) != other.get(part):
                return f"cell {number} differs in its {part}"
    return _text(there, again)


def _workbook(there: Path, again: Path) -> str:
    """Return the sheet's name and the cell; where every cell is the same, the part of the file."""
    from python_calamine import CalamineWorkbook

    books = [CalamineWorkbook.from_path(str(path)) for path in (there, again)]
    if books[0].sheet_names != books[1].sheet_names:
        return "its sheets are others"
    for name in books[0].sheet_names:
        fault = _cell(*(book.get_sheet_by_name(name).to_python() for book in books), [])
        if fault:
            return f"sheet “{name}”, {fault}"
    parts = [
        {each: book.read(each) for each in book.namelist()}
        for book in map(zipfile.ZipFile, (there, again))
    ]
    other = [
        name for name in sorted({*parts[0], *parts[1]}) if parts[0].get(name) != parts[1].get(name)
    ]
    return (
        f"every cell is the same, and its part {other[0]} differs"
        if other
        else "every part is the same, and how they are packed differs"
    )


def _pdf(there: Path, again: Path) -> str:
    """Return the line of its text or of its structure; where both are the same, whether it is the
    file that its manifest lists.
    """
    if not shutil.which("pdfinfo"):
        return f"{_text(there, again)}; poppler-utils would compare text and structure"
    for what, how in (("structure", ["pdfinfo", "-struct-text"]), ("text", ["pdftotext"])):
        old, new = (_read(how, path) for path in (there, again))
        for number, (one, other) in enumerate(zip_longest(old, new), 1):
            if one != other:
                return f"line {number} of its {what} differs"
    return "; ".join(manifest.faults(there))


def _read(how: list[str], path: Path) -> list[str]:
    more = ["-"] if how[0] == "pdftotext" else []
    said = subprocess.run(
        [*how, str(path), *more], capture_output=True, text=True, errors="replace"
    )
    if said.returncode:
        raise ValueError(path)
    return said.stdout.splitlines()


def _manifest(there: Path, again: Path) -> str:
    """Return which entry differs, the hashes of PDFs that are the same to a reader aside."""
    old, new = (json.loads(path.read_text("utf-8")) for path in (there, again))
    for name in sorted({*old.get("formats", {})} & {*new.get("formats", {})}):
        pair = there.parent / name, again.parent / name
        if name.endswith(".pdf") and not first(*pair):
            old["formats"][name]["sha256"] = new["formats"][name]["sha256"]
    other = [entry for entry in sorted({*old, *new}) if old.get(entry) != new.get(entry)]
    return f"its entry “{other[0]}” differs" if other else ""


def _json(there: Path, again: Path) -> str:
    same = there.name == manifest.MANIFEST
    return _manifest(there, again) if same else _text(there, again)


_HOW = {".csv": _table, ".ipynb": _notebook, ".xlsx": _workbook, ".pdf": _pdf, ".json": _json}
