"""The leak scan: every file of an edition is read before it is put in place.

It looks for figures of withheld counts, checksums of restricted files, paths into this project's
folder, and columns that have no place in published figures. What it can't read it searches as
bytes.
"""

import json
import stat
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pandas as pd
from python_calamine import CalamineError

from darlington_analysis.catalogue import areas, sources
from darlington_analysis.catalogue.indicators import indicator
from darlington_analysis.errors import DisclosureError
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.presentation.wording.numbers import period
from darlington_analysis.publishing import (
    earlier,
    leak_notebooks,
    leak_packed,
    leak_pdfs,
    leak_tables,
    leak_workbooks,
    outline,
    reading,
    vouched,
)
from darlington_analysis.publishing.disclosure import controlled
from darlington_analysis.publishing.leak_secrets import Secrets
from darlington_analysis.publishing.leak_words import Withheld

_MADE = ["numerator", "value", "lower_limit", "upper_limit"]
_UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, RecursionError, CalamineError)
_OF = ("area_code", "indicator")


def refuse(loaded: EditionTable, edition_folder: Path, each: Callable = map) -> None:
    """Raise DisclosureError where a file of the edition gives away what is withheld.

    ``each`` maps the reading over the edition's folders: ``map``, or that of a pool of processes.
    """
    found = faults(loaded, edition_folder, each)
    if found:
        raise DisclosureError(
            f"Refused: {len(found)} leaks, first {found[0]}",
            "No file names a figure of a withheld count, or holds what stays in data/raw.",
            "python -m darlington_analysis packs --force, so that no older pack is carried over",
        )


def faults(loaded: EditionTable, edition_folder: Path, each: Callable = map) -> list[str]:
    """Return what gives something away, file by file: where and what kind, never the figure."""
    by_folder: dict[Path, list[Path]] = {}
    for path in sorted(edition_folder.rglob("*")):
        if path.is_symlink() or path.is_file():
            by_folder.setdefault(path.parent, []).append(path)
    read = partial(_faults_in, _secrets(loaded), edition_folder)
    return sorted(fault for told in each(read, by_folder.values()) for fault in told)


def _faults_in(secrets: Secrets, edition_folder: Path, paths: list[Path]) -> list[str]:
    """Return what the files of one folder give away."""
    found = []
    for path in paths:
        name = path.relative_to(edition_folder).as_posix()
        told = _stale_or_own(secrets, path)
        found += [f"{name}: {fault}" for fault in {*_of_file(path), *_inside(path, told)}]
    return found


def _of_file(path: Path) -> Iterator[str]:
    """Yield what a file is that no published file may be."""
    if path.is_symlink():
        yield "a link to another place"
    elif path.stat().st_mode & (stat.S_IWOTH | stat.S_ISUID | stat.S_ISGID):
        yield "a file that anybody may write over (umask 022 is what is expected)"


def _inside(path: Path, secrets: Secrets) -> Iterator[str]:
    """Yield what a file holds; one that can't be read as what it is called is a fault by itself."""
    if path.is_symlink():
        return
    yield from secrets.in_bytes(path.read_bytes())
    try:
        yield from _SCANS.get(path.suffix, _unknown)(path, secrets)
    except _UNREADABLE as fault:
        yield f"not a file of its kind ({type(fault).__name__})"


def _secrets(loaded: EditionTable) -> Secrets:
    rows = controlled(loaded)
    hidden = rows[rows.numerator.isna()]
    names = {ward.code: ward.name for ward in loaded.wards.wards} | areas.NAMES
    shown = set(zip(*(rows[rows.numerator.notna()][name] for name in _OF), strict=True))
    withheld = tuple(
        Withheld(
            row.area_code,
            names[row.area_code],
            indicator(row.indicator),
            (row.period, period(row.period)) if (row.area_code, row.indicator) in shown else (),
        )
        for row in hidden.itertuples()
    )
    restricted = [each for each in sources.register(loaded.project) if each.is_restricted]
    never = {f"the checksum of {each.path}": each.sha256[:12].encode() for each in restricted}
    never["a path of one machine"] = f"{loaded.project.root}/".encode()
    return Secrets(withheld, rows, tuple(names.values()), never)


def _stale_or_own(secrets: Secrets, path: Path) -> Secrets:
    """Return what a pack must not tell: a pack of other sources tells nothing of these counts."""
    figures = path.with_name(earlier.FIGURES)
    if not figures.is_file():
        return secrets
    try:
        used = set(pd.read_csv(figures, usecols=["source"], keep_default_na=False)["source"])
    except _UNREADABLE:  # which is a fault of that file's own
        return secrets
    slugs = set(secrets.rows.indicator[secrets.rows.source.isin(used)])
    kept = tuple(each for each in secrets.withheld if each.indicator.slug in slugs)
    return Secrets(kept, secrets.rows, secrets.area_names, secrets.never)


def _page(path: Path, secrets: Secrets) -> Iterator[str]:
    text = path.read_text("utf-8")
    if not outline.has_policy(text):
        yield "a page that does not begin with our content policy"
    yield from secrets.in_page(reading.read(text), _own_code(path))


def _own_code(path: Path) -> str:  # the ward that a pack's file is about
    return path.parent.name.partition("-")[0]


def _json(path: Path, secrets: Secrets) -> Iterator[str]:
    for told in _records(json.loads(path.read_text("utf-8"))):
        words = " ".join(each for each in told.values() if isinstance(each, str))
        numbers = any(isinstance(told.get(name), int | float) for name in _MADE)
        for each in secrets.withheld:
            if numbers and each.indicator.slug in words and each.is_named(words):
                yield f"a figure of {each.indicator.slug} in {each.area_code}"


def _records(found: object) -> Iterator[dict]:
    """Yield every record in a JSON value, however deep."""
    if isinstance(found, dict):
        yield found
    for each in found.values() if isinstance(found, dict) else found:
        if isinstance(each, dict | list):
            yield from _records(each)


def _notebook(path: Path, secrets: Secrets) -> Iterator[str]:
    yield from leak_notebooks.faults(path, _own_code(path), secrets)


def _document(path: Path, secrets: Secrets) -> Iterator[str]:
    yield from leak_packed.faults(path, _own_code(path), secrets)


def _workbook(path: Path, secrets: Secrets) -> Iterator[str]:
    unpacked = list(leak_packed.faults(path, _own_code(path), secrets))
    yield from unpacked or leak_workbooks.faults(path, secrets.withheld)


def _paper(path: Path, secrets: Secrets) -> Iterator[str]:
    yield from vouched.faults(path)
    yield from leak_pdfs.faults(path, _own_code(path), secrets)


def _text(path: Path, secrets: Secrets) -> Iterator[str]:
    yield from vouched.faults(path)
    yield from secrets.in_layout(path.read_text("utf-8", "replace"))


def _unknown(path: Path, secrets: Secrets) -> Iterator[str]:
    yield "a file of a kind that nobody reads"


_SCANS: dict[str, Callable[[Path, Secrets], Iterator[str]]] = {
    ".csv": leak_tables.faults, ".html": _page, ".ipynb": _notebook, ".json": _json,
    ".docx": _document, ".xlsx": _workbook, ".pdf": _paper, ".txt": _text,
}  # fmt: skip
