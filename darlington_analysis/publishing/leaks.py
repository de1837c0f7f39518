"""The leak scan: every file of an edition is read before it is put in place.

It looks for figures of withheld counts, checksums of restricted files, paths into this project's
folder, and columns that have no place in published figures. What it can't read it searches as
bytes.
"""

import json
import os
import re
import stat
from collections.abc import Callable, Collection, Iterator
from functools import partial
from pathlib import Path

import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook

from darlington_analysis.core import atomic
from darlington_analysis.core.errors import DisclosureError
from darlington_analysis.core.vocabulary import COLUMNS
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.pages.components.numbers import period
from darlington_analysis.pages.page import FIGURES_SHEET, NAMES
from darlington_analysis.publishing import (
    html_text,
    leak_words,
    pack,
    printed,
)
from darlington_analysis.publishing.disclosure_audit import DISCLOSURE_COLUMNS as AUDITED
from darlington_analysis.publishing.leak_words import Secrets, Withheld
from darlington_analysis.sources import register
from darlington_analysis.sources.indicators import indicator

_TABLE_MADE = ["numerator", "value", "lower_limit", "upper_limit"]
_ALLOWED = {*COLUMNS, "area_name", *pack.COLUMNS, *printed.RULE}


def table_faults(path: Path, secrets: Secrets) -> Iterator[str]:
    """Yield what a table gives away: a figure, a sentence of its ward, a column."""
    table = atomic.read_csv(path, dtype=str)
    if list(table.columns) == AUDITED:  # the audit's bounds, made from what is published
        return
    for column in sorted(set(table.columns) - _ALLOWED):
        yield f"a column that has no place here: {column}"
    if "sentence" in table.columns:
        for ward, rows in table.groupby("ward"):
            yield from secrets.in_lines("\n".join(rows["sentence"]), ward)
    key = ["indicator", "area_code", "period", "breakdown", "source"]
    if not {*key, "status", *_TABLE_MADE} <= set(table.columns):
        if set(_TABLE_MADE) & set(table.columns):
            yield "figures without the columns that say of whom they are"
        return
    hidden = set(map(tuple, secrets.rows[secrets.rows.numerator.isna()][key].to_numpy()))
    is_hidden = table[key].apply(tuple, axis=1).isin(hidden) | table["status"].eq("c")
    for row in table[is_hidden & table[_TABLE_MADE].ne("").any(axis=1)].itertuples():
        yield f"a figure of {row.indicator} in {row.area_code}, {row.period}"


_WORKBOOK_MADE = [NAMES[column] for column in ("numerator", "value", "lower_limit", "upper_limit")]
_AREA, _PERIOD, _SAYS = NAMES["area_code"], NAMES["period"], NAMES["indicator"]
_STATUS = NAMES["status"]


def workbook_faults(path: Path, withheld: Collection[Withheld]) -> Iterator[str]:
    """Yield the rows of a workbook's figures that hold a number of a withheld count."""
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name(FIGURES_SHEET).to_python()
    heads = next((row for row in rows if set(_WORKBOOK_MADE) <= set(map(str, row))), None)
    if heads is None:
        yield "a sheet of figures without its headers"
        return
    for row in rows[rows.index(heads) + 1 :]:
        cells = dict(zip(heads, row, strict=True))
        is_hidden = cells[_STATUS] == "[c]" or any(_is_of(cells, count) for count in withheld)
        if is_hidden and any(re.search(r"\d", str(cells[name])) for name in _WORKBOOK_MADE):
            yield f"a figure of {cells[_SAYS]} in {cells[_AREA]}, {cells[_PERIOD]}"


def _is_of(cells: dict, count: Withheld) -> bool:
    is_same = (cells[_AREA], cells[_SAYS]) == (count.area_code, count.indicator.title)
    return is_same and count.is_of_its_time(str(cells[_PERIOD]))


_PAGES = ("text/html", "image/svg+xml")


def notebook_faults(path: Path, own_code: str, secrets: Secrets) -> Iterator[str]:
    """Yield what a notebook gives away; ``own`` is the code of the ward that it is about."""
    notebook = json.loads(path.read_text("utf-8"))
    yield from secrets.in_lines(_lines(notebook.get("metadata")), own_code)
    for cell in notebook["cells"]:
        source, is_code = "".join(cell["source"]), cell["cell_type"] == "code"
        if is_code and ("restricted" in source or "data/raw" in source):
            yield "a cell that goes to data/raw"
        if cell.get("attachments"):
            yield "a file attached to a cell"
        yield from secrets.in_lines(source, own_code)
        yield from secrets.in_lines(_lines(cell.get("metadata")), own_code)
        for output in cell.get("outputs", []):
            yield from _in_output(output, own_code, secrets)


def _in_output(output: dict, own_code: str, secrets: Secrets) -> Iterator[str]:
    for kind, value in output.get("data", {}).items():
        if kind in _PAGES:
            yield from secrets.in_html("".join(value), own_code)
        elif kind.startswith(("image/", "audio/", "video/", "application/pdf")):
            yield f"a result that can't be read: {kind}"
        else:
            yield from secrets.in_lines(_lines(value), own_code)
    others = {name: entries for name, entries in output.items() if name != "data"}
    yield from secrets.in_lines(_lines(others), own_code)


def _lines(value: object) -> str:
    """Return every string of a JSON value, the pieces of one text as one text."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(piece, str) for piece in value):
        return "".join(value)
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return "\n".join(_lines(item) for item in inner)


_MADE = ["numerator", "value", "lower_limit", "upper_limit"]
_UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, RecursionError, CalamineError)
_OF = ("area_code", "indicator")


def refuse(loaded: EditionTable, edition_folder: Path, mapped: Callable = map) -> None:
    """Raise DisclosureError where a file of the edition gives away what is withheld.

    ``each`` maps the reading over the edition's folders: ``map``, or that of a pool of processes.
    """
    problems = faults(loaded, edition_folder, mapped)
    if problems:
        raise DisclosureError(
            f"Refused: {len(problems)} leaks, first {problems[0]}",
            "No file names a figure of a withheld count, or holds what stays in data/raw.",
            "python -m darlington_analysis packs --force, so that no older pack is carried over",
        )


def faults(loaded: EditionTable, edition_folder: Path, mapped: Callable = map) -> list[str]:
    """Return what gives something away, file by file: where and what kind, never the figure."""
    by_folder: dict[Path, list[Path]] = {}
    for path in sorted(edition_folder.rglob("*")):
        if path.is_symlink() or path.is_file():
            by_folder.setdefault(path.parent, []).append(path)
    read = partial(_faults_in, _secrets(loaded), edition_folder)
    return sorted(
        fault for folder_faults in mapped(read, by_folder.values()) for fault in folder_faults
    )


def _faults_in(secrets: Secrets, edition_folder: Path, paths: list[Path]) -> list[str]:
    """Return what the files of one folder give away."""
    problems = []
    for path in paths:
        name = path.relative_to(edition_folder).as_posix()
        narrowed = _stale_or_own(secrets, path)
        problems += [f"{name}: {fault}" for fault in {*_of_file(path), *_inside(path, narrowed)}]
    return problems


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
    rows = printed.controlled(loaded)
    hidden = rows[rows.numerator.isna()]
    names = {ward.code: ward.name for ward in loaded.wards.wards} | loaded.settings.place.names
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
    restricted = [source for source in register.register(loaded.project) if source.is_restricted]
    never = {f"the checksum of {source.path}": source.sha256[:12].encode() for source in restricted}
    never["a path of one machine"] = os.fsencode(f"{loaded.project.root}/")
    return Secrets(withheld, rows, tuple(names.values()), never)


def _stale_or_own(secrets: Secrets, path: Path) -> Secrets:
    """Return what a pack must not tell: a pack of other sources tells nothing of these counts."""
    figures = path.with_name(printed.FIGURES)
    if not figures.is_file():
        return secrets
    try:
        used = set(pd.read_csv(figures, usecols=["source"], keep_default_na=False)["source"])
    except _UNREADABLE:  # which is a fault of that file's own
        return secrets
    slugs = set(secrets.rows.indicator[secrets.rows.source.isin(used)])
    kept = tuple(count for count in secrets.withheld if count.indicator.slug in slugs)
    return Secrets(kept, secrets.rows, secrets.area_names, secrets.never)


def _page(path: Path, secrets: Secrets) -> Iterator[str]:
    text = path.read_text("utf-8")
    if not html_text.has_policy(text):
        yield "a page that does not begin with our content policy"
    yield from secrets.in_html(text, _own_code(path))


def _own_code(path: Path) -> str:  # the ward that a pack's file is about
    return path.parent.name.partition("-")[0]


def _json(path: Path, secrets: Secrets) -> Iterator[str]:
    for record in _records(json.loads(path.read_text("utf-8"))):
        words = " ".join(text for text in record.values() if isinstance(text, str))
        numbers = any(isinstance(record.get(name), int | float) for name in _MADE)
        for count in secrets.withheld:
            if numbers and count.indicator.slug in words and count.is_named(words):
                yield f"a figure of {count.indicator.slug} in {count.area_code}"


def _records(value: object) -> Iterator[dict]:
    """Yield every record in a JSON value, however deep."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value:
        if isinstance(inner, dict | list):
            yield from _records(inner)


def _notebook(path: Path, secrets: Secrets) -> Iterator[str]:
    yield from notebook_faults(path, _own_code(path), secrets)


def _document(path: Path, secrets: Secrets) -> Iterator[str]:
    yield from leak_words.packed_faults(path, _own_code(path), secrets)


def _workbook(path: Path, secrets: Secrets) -> Iterator[str]:
    unpacked = list(leak_words.packed_faults(path, _own_code(path), secrets))
    yield from unpacked or workbook_faults(path, secrets.withheld)


def _paper(path: Path, secrets: Secrets) -> Iterator[str]:
    yield from pack.format_faults(path)
    yield from leak_words.pdf_faults(path, _own_code(path), secrets)


def _text(path: Path, secrets: Secrets) -> Iterator[str]:
    yield from pack.format_faults(path)
    yield from secrets.in_layout(path.read_text("utf-8", "replace"))


def _unknown(path: Path, secrets: Secrets) -> Iterator[str]:
    yield "a file of a kind that nobody reads"


_SCANS: dict[str, Callable[[Path, Secrets], Iterator[str]]] = {
    ".csv": table_faults,
    ".html": _page,
    ".ipynb": _notebook,
    ".json": _json,
    ".docx": _document,
    ".xlsx": _workbook,
    ".pdf": _paper,
    ".txt": _text,
}
