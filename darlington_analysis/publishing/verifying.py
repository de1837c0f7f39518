"""An edition made again, aside, and held beside the one in ``reports``, file by file."""

import csv
import json
import shutil
import subprocess
from collections.abc import Callable
from itertools import zip_longest
from pathlib import Path

from darlington_analysis.core.errors import UsageError, VerifyError
from darlington_analysis.core.project import Project
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.publishing import formats, index, pack, packs, site, statement
from darlington_analysis.publishing import run_lock as editions
from darlington_analysis.sources.areas import Ward

_DIFFER = "its bytes differ"


def first_difference(there: Path, again: Path) -> str:
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
    return "; ".join(pack.format_faults(there))


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
    if there.name != pack.MANIFEST:
        return _DIFFER
    old, new = (json.loads(path.read_text("utf-8")) for path in (there, again))
    for name in sorted({*old.get("formats", {})} & {*new.get("formats", {})}):
        if name.endswith(".pdf") and not first_difference(there.parent / name, again.parent / name):
            old["formats"][name]["sha256"] = new["formats"][name]["sha256"]
    other = [entry for entry in sorted({*old, *new}) if old.get(entry) != new.get(entry)]
    return f"its entry “{other[0]}” differs" if other else ""


def check_is_there(project: Project, edition: str) -> None:
    """Raise UsageError where there is no such edition to verify."""
    if not (project.reports / edition / "index.html").is_file():
        raise UsageError(
            f"There is no edition {edition} in reports",
            "verify compares an edition that is there with the same one made again.",
            f"python -m darlington_analysis packs --edition {edition}",
        )


def published_wards(loaded: EditionTable) -> tuple[Ward, ...]:
    """Return the wards that the published edition has a pack of."""
    place = loaded.project.reports / loaded.edition.id
    return tuple(ward for ward in loaded.wards.wards if (place / ward.folder).is_dir())


def rebuild_and_compare(
    loaded: EditionTable, wards: tuple[Ward, ...], tell: Callable[[str, str], None]
) -> int:
    """Make the packs of ``wards``, all that the edition holds, again, and return how many files
    were compared. ``tell`` hears of each pack: its ward's code, and what became of it.

    Nothing in ``reports`` is changed. Raises VerifyError, naming the first difference.
    """
    name = loaded.edition.id
    place = loaded.project.reports / name
    with editions.staging(loaded.project, name) as workshop:
        again = workshop / name
        again.mkdir()
        statement.carry_over(place, again)  # seen by a browser; the statement tells of it
        asked = packs.Asked(wards, True, lambda code, state, _: tell(code, state))
        outcome = packs.build(loaded, asked, again)
        packs.raise_if_failed(outcome)
        for ward in wards:
            _make_formats(loaded, place, again, ward)
        compared = _compared(place, again, name)
    if not site.is_as_it_would_be(loaded.project, loaded.settings):
        raise VerifyError(
            "reports/index.html is not what it would be if it were made again",
            "It leads to the editions that lie in reports.",
            "python -m darlington_analysis packs --force",
        )
    return compared + 1


def _make_formats(loaded: EditionTable, place: Path, again: Path, ward: Ward) -> None:
    """Make the other formats that lie in ``place`` of a pack made again, too."""
    name = ward.folder
    kinds = formats.kinds_in(place / name)
    if kinds:
        published = formats.Published(again / name, ward.name, loaded.edition, loaded.settings)
        formats.make(published, kinds)
        index.list_anew(again, again / name, ward.name)


def _compared(place: Path, again: Path, name: str) -> int:
    there, made = _files(place), _files(again)
    for path in sorted(there | made):
        fault = first_difference(place / path, again / path)
        if fault:
            raise VerifyError(
                f"reports/{name}/{path} is not what it would be if it were made again: {fault}",
                "The same inputs give the same bytes, on every machine with the same lock.",
                "python -m darlington_analysis packs, if figures or code have changed since",
            )
    return len(there)


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
