"""Folders and files that are written whole or not at all, and CSV that a spreadsheet can only show."""

import contextlib
import ctypes
import errno
import glob
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from darlington_analysis.core import permissions
from darlington_analysis.core.errors import visible

_BEFORE, ASIDE, BESIDE = "-before", "-aside", ".aside-"
_HERE, _EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux's renameat2


def put_in_place(made: Path, place: Path) -> None:
    """Make the folder ``made`` the one at ``place``; what was there before is deleted.

    Where the two can be exchanged, there is no moment without a whole folder at ``place``.
    Elsewhere there is a short one, and ``heal`` mends what a kill leaves then. Raises OSError, with
    the folder from before in its place, and StorageError where ``place`` is a link.
    """
    permissions.refuse_link(place)
    with _brought_beside(made, place) as beside:
        if not place.exists():
            os.rename(beside, place)
        elif not _exchanged(beside, place):
            _one_after_the_other(beside, place)


@contextlib.contextmanager
def _brought_beside(made: Path, place: Path) -> Iterator[Path]:
    """Give the folder ``made`` in a private folder beside ``place``; clear that away after.

    It is moved there, or copied where it lies on another file system.
    """
    private = place.parent / f"{BESIDE}{os.getpid()}"
    private.mkdir(mode=0o700)
    try:
        beside = private / place.name
        try:
            os.rename(made, beside)
        except OSError as fault:
            if fault.errno != errno.EXDEV:
                raise
            shutil.copytree(made, beside, symlinks=True)
        yield beside
    finally:
        shutil.rmtree(private, ignore_errors=True)


def heal(place: Path) -> None:
    """Put back the folder that a killed run had moved off, or delete it if it is not needed."""
    before = _before(place)
    if before.is_symlink():
        before.unlink()
    if not before.is_dir():
        return
    if place.exists():
        shutil.rmtree(before, ignore_errors=True)
    else:
        os.rename(before, place)


def heal_all(parent: Path) -> None:
    """Heal every place in a folder."""
    for before in parent.glob(f".*{_BEFORE}"):
        heal(parent / before.name[1 : -len(_BEFORE)])
    clear(parent, BESIDE)


def clear(parent: Path, prefix: str) -> None:
    """Delete the folders that killed runs left in a folder; a link is deleted, not followed."""
    for left in parent.glob(f"{prefix}*"):
        if left.is_symlink() or left.is_file():
            left.unlink(missing_ok=True)
        else:
            shutil.rmtree(left, ignore_errors=True)  # one of another officer's stays


def write_file(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Write a file, or write over it: whole on the disk before it bears its name. Raises OSError.

    What a run that was killed left half written is cleared away; one run at a time writes here.
    """
    write_files({path: content}, mode)


def write_files(files: dict[Path, bytes], mode: int = 0o644) -> None:
    """Write files that belong together, as ``write_file``: each is whole on the disk before the
    first of them bears its name; they get their names in their order. Raises OSError.
    """
    try:
        for path, content in files.items():
            clear_asides(path)
            _write_aside(path, content, mode)
        for path in files:
            os.replace(temporary_path(path), path)
    finally:
        for path in files:
            temporary_path(path).unlink(missing_ok=True)


def _write_aside(path: Path, content: bytes, mode: int) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with open(os.open(temporary_path(path), flags, mode), "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def temporary_path(path: Path) -> Path:
    """Return where a file is put together before it bears its name."""
    return path.with_name(f".{path.name}.{os.getpid()}{ASIDE}")


def clear_asides(path: Path) -> None:
    """Delete what killed runs left of a file; no other run is at work on it."""
    for left in path.parent.glob(f".{glob.escape(path.name)}.*{ASIDE}"):
        left.unlink(missing_ok=True)


def _before(place: Path) -> Path:
    return place.with_name(f".{place.name}{_BEFORE}")


def _one_after_the_other(made: Path, place: Path) -> None:
    before = _before(place)
    os.rename(place, before)
    try:
        os.rename(made, place)
    except OSError:
        os.rename(before, place)
        raise
    shutil.rmtree(before, ignore_errors=True)


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders at once; False where the system or the file system can't."""
    with contextlib.suppress(OSError, AttributeError):
        system = ctypes.CDLL(None, use_errno=True)
        paths = os.fsencode(one), os.fsencode(other)
        return system.renameat2(_HERE, paths[0], _HERE, paths[1], _EXCHANGE) == 0
    return False


# The wide ones of East Asian keyboards are taken for the others by spreadsheets set up there.
_STARTS = ("=", "+", "-", "@", "|", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_SPACES = ("\t", "\r")
_NUMBER = re.compile(r"[-+]?\d[\d,]*\.?\d*(?:[eE][-+]?\d+)?%?")


# What spreadsheets take for a day, a month, a time or a number that is shown otherwise.
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_MISREAD = re.compile(
    rf"\d{{1,4}}[-/]\d{{1,2}}(?:[-/]\d{{1,4}})?|\d{{1,2}}:\d\d\b.*"
    rf"|(?:\d{{1,2}}[-/ ]?)?{_MONTH}[-/ ,]*\d{{1,4}}|\d{{1,4}}[-/ ]?{_MONTH}(?:[-/ ,]*\d{{1,4}})?"
    r"|0\d+|\d{16,}|\d+\.?\d*e[-+]?\d+|\(\d[\d,.]*\)|\d+ \d+/\d+",
    re.IGNORECASE,
)
_ISO_DAY = r"\d{4}-\d\d-\d\d"  # stays the day that it is
# Periods of these forms get the words for what they are; read_csv takes them away again.
_SPELLED = {r"(?:19|20)\d\d/\d\d": "financial year ", r"(?:19|20)\d\d-\d\d": "month "}
_SPELLED_OUT = re.compile("|".join(f"^{words}(?={form}$)" for form, words in _SPELLED.items()))


def write_csv(table, path: Path) -> None:
    """Write a pandas table as UTF-8 CSV without its index; numbers stay as they are.

    A byte order mark in front tells Excel, by a double click too, that ’ and é are UTF-8. No text
    becomes a formula, another number or another day there: see ``defused``.
    """
    words = table.select_dtypes(exclude="number").columns
    safe = table.assign(**{name: table[name].map(defused) for name in words})
    safe.rename(columns=defused).to_csv(
        path, index=False, lineterminator="\n", encoding="utf-8-sig"
    )


def read_csv(path: Path, **options):
    """Return a table that ``write_csv`` wrote, its periods as they stand in the indicator table.

    ``options`` are those of ``pandas.read_csv``, whose errors are raised.
    """
    import pandas as pd

    labels = dict.fromkeys(("period", "vintage"), str)  # the vintage 2024 is no number
    options = {"dtype": labels} | options
    table = pd.read_csv(path, encoding="utf-8-sig", keep_default_na=False, **options)
    for name in labels.keys() & set(table.columns):
        table[name] = table[name].map(as_label)
    return table


def as_label(cell):
    """Return the period 2007/08 for “financial year 2007/08”, and other cells as they are."""
    return _SPELLED_OUT.sub("", cell) if isinstance(cell, str) else cell


def defused(cell):
    """Return a cell as a spreadsheet may have it. What is no text, or a number, is as it was.

    The periods 2007/08 and 2023-10 become “financial year 2007/08” and “month 2023-10”. Words that
    begin like a formula, after white space of any kind, and other texts that a spreadsheet would
    take for a day, a time or another number get a quote mark before them. Control characters are
    shown.
    """
    if not isinstance(cell, str):
        return cell
    bare = cell.strip()
    for form, words in _SPELLED.items():
        if re.fullmatch(form, bare):
            return f"{words}{bare}"
    begins = bare.startswith(_STARTS) or cell.lstrip(" ").startswith(_SPACES)
    is_formula = begins and not _NUMBER.fullmatch(bare)
    is_misread = _MISREAD.fullmatch(bare) and not re.fullmatch(_ISO_DAY, bare)
    return f"'{visible(cell)}" if is_formula or is_misread else visible(cell)
