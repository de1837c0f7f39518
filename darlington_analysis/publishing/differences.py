"""The first difference of two files of an edition: the cell of a table, the line of a PDF's text.

The place is named and no value, since the message lands in logs and e-mails. `diffoscope` shows
everything that differs between two folders.
"""

import csv
import json
import shutil
import subprocess
from itertools import zip_longest
from pathlib import Path

from darlington_analysis.publishing import manifest

_DIFFER = "its bytes differ"


def first(there: Path, again: Path) -> str:
    """Return where two files first differ, in words; empty where they are the same.

    Bytes are compared, with two exceptions: PDFs are the same where their text and structure are
    (fonts are set by what the system has), and so are the manifests that list those PDFs.
    """
    if not there.is_file():
        return "it is missing"
    if not again.is_file():
        return "it would not be there"
    if there.read_bytes() == again.read_bytes():
        return ""
    compare = {".csv": _table, ".pdf": _pdf, ".json": _manifest}.get(there.suffix)
    try:
        return compare(there, again) if compare else _DIFFER
    except (ValueError, KeyError, TypeError, AttributeError, csv.Error):
        return _DIFFER  # no longer a file of its kind


def _table(there: Path, again: Path) -> str:
    """Return the row, counted as a spreadsheet counts it, and the column's name."""
    old, new = (
        list(csv.reader(path.read_text("utf-8-sig").splitlines(keepends=True)))
        for path in (there, again)
    )
    for row, (one, other) in enumerate(zip_longest(old, new), 1):
        if one is None or other is None:
            return f"row {row} is {'missing' if one is None else 'one too many'}"
        for column, cells in enumerate(zip_longest(one, other)):
            if cells[0] != cells[1]:
                name = f"“{new[0][column]}”" if column < len(new[0]) else f"number {column + 1}"
                return f"row {row}, column {name} differs"
    return _DIFFER


def _pdf(there: Path, again: Path) -> str:
    """Return the line of its structure or text; where both agree, what its manifest misses."""
    if not shutil.which("pdfinfo"):
        return f"{_DIFFER}; poppler-utils would compare text and structure"
    for part, command in (("structure", ["pdfinfo", "-struct-text"]), ("text", ["pdftotext"])):
        old, new = (_lines(command, path) for path in (there, again))
        for number, (one, other) in enumerate(zip_longest(old, new), 1):
            if one != other:
                return f"line {number} of its {part} differs"
    return "; ".join(manifest.faults(there))


def _lines(command: list[str], path: Path) -> list[str]:
    output = ["-"] if command[0] == "pdftotext" else []
    ran = subprocess.run(
        [*command, str(path), *output], capture_output=True, text=True, errors="replace"
    )
    if ran.returncode:
        raise ValueError(path)
    return ran.stdout.splitlines()


def _manifest(there: Path, again: Path) -> str:
    """Return which entry differs, the hashes of PDFs that are the same to a reader aside."""
    if there.name != manifest.MANIFEST:
        return _DIFFER
    old, new = (json.loads(path.read_text("utf-8")) for path in (there, again))
    for name in sorted({*old.get("formats", {})} & {*new.get("formats", {})}):
        if name.endswith(".pdf") and not first(there.parent / name, again.parent / name):
            old["formats"][name]["sha256"] = new["formats"][name]["sha256"]
    other = [entry for entry in sorted({*old, *new}) if old.get(entry) != new.get(entry)]
    return f"its entry “{other[0]}” differs" if other else ""
