"""The one door to ``data/raw``: a file is read only beside its sidecar and its true checksum."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from darlington_analysis.core import fingerprints
from darlington_analysis.core import project as permissions
from darlington_analysis.core.errors import SourceError
from darlington_analysis.core.project import Project
from darlington_analysis.readers import limits, personal_data
from darlington_analysis.sources import sidecars
from darlington_analysis.sources.sidecars import SIDECAR, Source

if TYPE_CHECKING:  # to read the list of wards, nothing slow is imported
    import pandas as pd

    from darlington_analysis.readers import tables

_NOT_DATA = re.compile(
    r"README\.md|\.gitkeep|\.DS_Store|Thumbs\.db|desktop\.ini|\.~lock\..*|\..*-aside|~\$.*"
)
# Counts of young people. Real ones live in data/raw/restricted, and nothing else lives there.
PLACES_OF_POSTCODES = {"postcodes"}  # the one open table that may hold postcodes
WARD_COUNTS, BOROUGH_COUNTS = "fte-ward-counts", "fte-borough-counts"

_without_undescribed = ContextVar("without_undescribed", default=False)
# What this process has screened: the checksum of a file, and whether it may hold postcodes.
_screened: set[tuple[str, bool]] = set()


class AbsentError(SourceError):
    """A dataset that this project does not have; ``dataset`` names it."""

    def __init__(self, dataset: str, vintage: str | None = None):
        self.dataset = dataset
        super().__init__(
            f'No source for "{dataset}"' + (f", vintage {vintage}" if vintage else ""),
            f'A file in data/raw whose sidecar says dataset = "{dataset}" is needed.',
            "git status data/raw, or put the file back with its sidecar",
        )


@dataclass(frozen=True)
class RawTable:
    """A raw file as text, cell by cell, and the source it came from."""

    frame: pd.DataFrame
    source: Source


def register(project: Project) -> tuple[Source, ...]:
    """Return every source of ``data/raw``, in the order of their paths; drafts are left out.

    The sidecars are read once, and again only after a file of ``data/raw`` was added, changed or
    removed. Raises SourceError for a file without a sidecar, a sidecar that is incomplete, or two
    files with the same dataset and vintage; DisclosureError for counts of people that are not
    protected.
    """
    return _read_all(project).sources


@dataclass(frozen=True)
class _Register:
    """The sources, and what is wrong with the first sidecar that waits for an answer."""

    sources: tuple[Source, ...]
    waiting: sidecars.WaitingError | None


def _read_all(project: Project) -> _Register:
    return _read_once(project.raw, stamps(project.raw), _without_undescribed.get())


@lru_cache(maxsize=4)
def _read_once(raw: Path, stamps: tuple, without_undescribed: bool) -> _Register:
    sources, waiting = [], None
    for path in _data_files(raw):
        if without_undescribed and not sidecars.beside(path).is_file():
            continue
        try:
            sources.append(sidecars.read(raw, path))
        except sidecars.WaitingError as draft:
            waiting = waiting or draft
    _refuse_unfit(sources)
    return _Register(tuple(sources), waiting)


def stamps(raw: Path) -> tuple[tuple, ...]:
    """Return the path, size and times of every file in ``raw``: other ones, other sidecars."""
    found = []
    for folder, _, names in os.walk(raw):
        for name in names:
            path = os.path.join(folder, name)
            is_link = os.path.islink(path)
            stat = os.stat(path) if not is_link or os.path.exists(path) else os.lstat(path)
            found.append((path, stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns))
    return tuple(sorted(found))


def _refuse_unfit(sources: list[Source]) -> None:
    """Raise for counts of people that are not protected, and for two sources that are the same."""
    first_of = {}
    for source in sources:
        permissions.refuse_unguarded(source, is_controlled(source.dataset))
        same = first_of.setdefault((source.dataset, source.vintage, source.is_dummy), source)
        if same is not source:
            raise SourceError(
                f"data/raw/{same.path} and data/raw/{source.path} say they are the same",
                f'Both are dataset = "{source.dataset}", vintage = "{source.vintage}".',
                "take one of them out, or give it its own vintage",
            )


def is_controlled(dataset: str) -> bool:
    """True for counts of young people: of wards of whichever set, or of the borough."""
    return dataset == BOROUGH_COUNTS or re.fullmatch(rf"{WARD_COUNTS}(-.+)?", dataset) is not None


@contextmanager
def without_undescribed() -> Iterator[None]:
    """Leave files without a sidecar out of the register for a while, in place of refusing them.

    One is about to be described, or stays behind while the others are sent.
    """
    before = _without_undescribed.set(True)
    try:
        yield
    finally:
        _without_undescribed.reset(before)


def refuse_waiting(project: Project) -> None:
    """Raise SourceError while a drafted sidecar has an open question."""
    waiting = _read_all(project).waiting
    if waiting:
        raise waiting


def find(project: Project, dataset: str, vintage: str | None = None) -> Source:
    """Return the source of a dataset: a real one before a dummy, the newest vintage unless named.

    Raises AbsentError where there is none.
    """
    matches = find_every(project, dataset, vintage)
    return max(matches, key=lambda source: (not source.is_dummy, source.vintage))


def find_every(project: Project, dataset: str, vintage: str | None = None) -> list[Source]:
    """Return every source of a dataset, as `find_all` does. Raises AbsentError for none."""
    if not (matches := find_all(project, dataset, vintage)):
        raise AbsentError(dataset, vintage)
    return matches


def find_all(project: Project, dataset: str, vintage: str | None = None) -> list[Source]:
    """Return every source of a dataset, of one vintage where it is named."""
    return [
        source
        for source in register(project)
        if source.dataset == dataset and vintage in (None, source.vintage)
    ]


def open_raw(project: Project, source: Source) -> RawTable:
    """Return a source's CSV with every cell as text.

    Raises SourceError where the file is not the one its sidecar describes.
    """
    import pandas as pd

    header, *rows = open_rows(project, source)
    return RawTable(pd.DataFrame(rows, columns=header, dtype=str), source)


def open_rows(project: Project, source: Source) -> list[list[str]]:
    """Return the header and the rows of a source's CSV, every cell as text.

    It needs no pandas. Raises SourceError where the file is not the one its sidecar describes.
    """
    content = _read_verified(project, source)  # read once: what is vouched for is what is used
    try:
        text = content.decode("utf-8-sig")
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        header, *rows = [row for row in reader if row]
        if any(len(row) != len(header) for row in rows):
            raise ValueError("rows of different lengths")
    except (csv.Error, ValueError) as fault:  # no UTF-8, no rows
        raise SourceError(
            f"data/raw/{source.path} can't be read as a CSV table",
            "UTF-8 text, commas, one header row.",
            f"open the file and look ({type(fault).__name__})",
        ) from fault
    if not source.is_restricted:
        screen(source, source.sha256, lambda: [[header, *rows]])
    sidecars.check_columns(source, header)
    return [header, *rows]


def open_table(project: Project, source: Source) -> tables.Table:
    """Return the table of a source whose sidecar declares how it is read ([reading]).

    Raises SourceError or SchemaError where the file is not as declared.
    """
    from darlington_analysis.readers import tables

    check_unchanged(project, source)
    table = tables.open_table(project.raw / source.path, source.reading)
    check_unchanged(project, source)  # not while it was read, either
    rows = [table.headers, *(cells for _, cells in table.rows[:200])]  # wherever it begins
    personal_data.refuse(rows, f"data/raw/{source.path}")
    return table


def open_layer(project: Project, source: Source):
    """Return a source's layer of outlines (GeoJSON, GeoPackage, shapefile) as a GeoDataFrame."""
    from darlington_analysis.readers import grids

    check_unchanged(project, source)
    path = project.raw / source.path
    layer = grids.layer(path, grids.format_of(path), source.layer)
    screen(source, source.sha256, lambda: _heads(project, source))
    check_unchanged(project, source)
    return layer


def screen_open_sources(project: Project) -> None:
    """Raise DisclosureError where an open file of the register has a row a person, on any sheet
    or layer; SourceError where a file can't be looked through. No person is quoted.

    A list of people that no cleaner reads would lie there, be committed and be sent to workers.
    """
    for source in register(project):
        if not source.is_restricted:
            checksum = fingerprints.of_file(project.raw / source.path)
            screen(source, checksum, lambda source=source: _heads(project, source))


def screen(source: Source, checksum: str, heads: Callable[[], Iterable[list[list[str]]]]) -> None:
    """Raise DisclosureError where a file has a row a person; each checksum is screened once.

    ``heads`` gives the first rows of every sheet of the file; no cell of it is quoted.
    """
    may_hold_postcodes = source.dataset in PLACES_OF_POSTCODES
    if (checksum, may_hold_postcodes) in _screened:
        return
    allowed = {personal_data.POSTCODE} if may_hold_postcodes else set()
    for rows in heads():
        personal_data.refuse(rows, f"data/raw/{source.path}", allowed)
    _screened.add((checksum, may_hold_postcodes))


def _heads(project: Project, source: Source) -> list[list[list[str]]]:
    from darlington_analysis.readers import grids

    sheets = grids.preview(project.raw / source.path, personal_data.MOST_ROWS)
    return [grid.rows for grid in sheets]


def check_unchanged(project: Project, source: Source) -> None:
    """Raise SourceError where a file's bytes are not those its sidecar vouches for."""
    _read_verified(project, source)


def _read_verified(project: Project, source: Source) -> bytes:
    path = project.raw / source.path
    if path.stat().st_size > limits.MOST_BYTES:
        limits.refuse_oversized(path)
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != source.sha256:
        raise SourceError(
            f"data/raw/{source.path} has changed since its sidecar was written",
            "Raw files are added, never changed: its checksum is not the sidecar's sha256.",
            "write the new sha256 into the sidecar"
            if source.is_restricted
            else f"git checkout data/raw/{source.path}, or add the new file under its own vintage",
        )
    return content


def _data_files(raw: Path) -> Iterator[Path]:
    for path in sorted(raw.rglob("*")):
        is_data = path.is_file() and not _NOT_DATA.fullmatch(path.name)
        if is_data and not path.name.endswith(SIDECAR):
            yield path
        elif (
            path.name.endswith(SIDECAR)
            and path.name != SIDECAR  # of no file
            and not path.with_name(path.name.removesuffix(SIDECAR)).is_file()
        ):
            raise SourceError(
                f"data/raw/{path.relative_to(raw).as_posix()} describes a file that is not there",
                "A sidecar stands beside its file and bears its name.",
                "python -m darlington_analysis fetch, put the file back, or remove the sidecar",
            )
