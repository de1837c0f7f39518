"""The one door to ``data/raw``: a file is read only beside its sidecar and its true checksum."""

import hashlib
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from darlington_analysis.catalogue import grids, guard, lists_of_people, sidecars, tables
from darlington_analysis.catalogue.sidecars import SIDECAR, Source
from darlington_analysis.errors import SourceError
from darlington_analysis.project import Project

_NOT_DATA = re.compile(
    r"README\.md|\.gitkeep|\.DS_Store|Thumbs\.db|desktop\.ini|\.~lock\..*|\..*-aside|~\$.*"
)
# Counts of young people. Real ones live in data/raw/restricted, and nothing else lives there.
PLACES_OF_POSTCODES = {"postcodes"}  # the one open table that may hold postcodes
CONTROLLED_DATASETS = {"fte-ward-counts", "fte-ward-counts-2015-on", "fte-borough-counts"}


_without_undescribed = ContextVar("without_undescribed", default=False)


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


def register(project: Project) -> list[Source]:
    """Return every source of ``data/raw``, in the order of their paths; drafts are none yet.

    Raises SourceError for a file without a sidecar, a sidecar that is incomplete, or two files
    that say they are the same; DisclosureError for counts of people that are not looked after.
    """
    found = _read_all(project)
    told = {}
    for source in found:
        guard.refuse_unguarded(source, CONTROLLED_DATASETS)
        same = told.setdefault((source.dataset, source.vintage, source.is_dummy), source)
        if same is not source:
            raise SourceError(
                f"data/raw/{same.path} and data/raw/{source.path} say they are the same",
                f'Both are dataset = "{source.dataset}", vintage = "{source.vintage}".',
                "take one of them out, or give it its own vintage",
            )
    return found


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
    """Raise SourceError while a drafted sidecar has a question that nobody has answered."""
    for path in _data_files(project.raw):
        sidecars.read(project.raw, path)


def _read_all(project: Project) -> list[Source]:
    found = []
    for path in _data_files(project.raw):
        if _without_undescribed.get() and not sidecars.beside(path).is_file():
            continue
        with suppress(sidecars.WaitingError):
            found.append(sidecars.read(project.raw, path))
    return found


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
    content = _vouched(project, source)  # read once: what is vouched for is what is used
    try:
        frame = pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False, encoding="utf-8")
    except (UnicodeDecodeError, ValueError) as fault:
        raise SourceError(
            f"data/raw/{source.path} can't be read as a CSV table",
            "UTF-8 text, commas, one header row.",
            f"open the file and look ({type(fault).__name__})",
        ) from fault
    if not source.is_restricted:
        refuse_people(source, [list(frame.columns), *frame.head(200).to_numpy().tolist()])
    sidecars.check_columns(source, list(frame.columns))
    return RawTable(frame, source)


def open_table(project: Project, source: Source) -> tables.Table:
    """Return the table of a source whose sidecar declares how it is read ([reading]).

    Raises SourceError or SchemaError where the file is not as declared.
    """
    check_unchanged(project, source)
    found = tables.open_table(project.raw / source.path, source.reading)
    check_unchanged(project, source)  # not while it was read, either
    rows = [found.headers, *(cells for _, cells in found.rows[:200])]
    lists_of_people.refuse(rows, f"data/raw/{source.path}")
    return found


def open_layer(project: Project, source: Source):
    """Return a source's layer of outlines (GeoJSON, GeoPackage, shapefile) as a GeoDataFrame."""
    check_unchanged(project, source)
    layer = grids.layer(project.raw / source.path)
    refuse_people(source, grids.attributes(layer.head(200)).rows)
    check_unchanged(project, source)
    return layer


def refuse_people(source: Source, rows: list[list[str]]) -> None:
    """Raise DisclosureError where rows of a source's file have a person each; it quotes none."""
    allowed = {lists_of_people.POSTCODE} if source.dataset in PLACES_OF_POSTCODES else set()
    lists_of_people.refuse(rows, f"data/raw/{source.path}", allowed)


def check_unchanged(project: Project, source: Source) -> None:
    """Raise SourceError where a file's bytes are not those its sidecar vouches for."""
    _vouched(project, source)


def _vouched(project: Project, source: Source) -> bytes:
    content = (project.raw / source.path).read_bytes()
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
