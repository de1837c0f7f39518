"""The one door to ``data/raw``: a file is read only beside its sidecar and its true checksum."""

import hashlib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from darlington_analysis.catalogue import guard
from darlington_analysis.errors import SourceError
from darlington_analysis.project import Project
from darlington_analysis.settings import first_problem

_SIDECAR = ".source.toml"
_NOT_DATA = re.compile(r"README\.md|\.gitkeep|\.DS_Store|Thumbs\.db|desktop\.ini|\.~lock\..*|~\$.*")
# Counts of young people. Real ones live in data/raw/restricted, and nothing else lives there.
CONTROLLED_DATASETS = {"fte-ward-counts", "fte-ward-counts-2015-on", "fte-borough-counts"}
Text = Annotated[str, Field(min_length=1)]


class Source(BaseModel):
    """What a sidecar says of its file; ``path`` is relative to ``data/raw``.

    ``dataset`` is the name that cleaning asks for. ``control`` is ``open`` where the publisher
    has already protected people, ``controlled`` where our own gate must.
    """

    model_config = ConfigDict(extra="allow", frozen=True)

    path: str
    dataset: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    title: Text
    publisher: Text
    address: Text
    retrieved: date
    licence: Text
    vintage: Text
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    control: Literal["open", "controlled"]
    basis: Literal["observed", "modelled"]
    is_dummy: bool
    columns: dict[str, str] = Field(min_length=1)
    statement: str = ""
    notes: str = ""

    @property
    def is_restricted(self) -> bool:
        """True for a file that is never committed, and whose checksum is never published."""
        return self.path.startswith("restricted/")


@dataclass(frozen=True)
class RawTable:
    """A raw file as text, cell by cell, and the source it came from."""

    frame: pd.DataFrame
    source: Source


def register(project: Project) -> list[Source]:
    """Return every source of ``data/raw``, in the order of their paths.

    Raises SourceError for a file without a sidecar, a sidecar that is incomplete, or two files
    that say they are the same; DisclosureError for counts of people that are not looked after.
    """
    found = [_read_sidecar(project, path) for path in _data_files(project.raw)]
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


def find(project: Project, dataset: str, vintage: str | None = None) -> Source:
    """Return the source of a dataset: a real one before a dummy, the newest vintage unless named.

    Raises SourceError where there is none.
    """
    matches = find_all(project, dataset, vintage)
    if not matches:
        raise SourceError(
            f'No source for "{dataset}"' + (f", vintage {vintage}" if vintage else ""),
            f'A file in data/raw whose sidecar says dataset = "{dataset}" is needed.',
            "git status data/raw, or put the file back with its sidecar",
        )
    return max(matches, key=lambda source: (not source.is_dummy, source.vintage))


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
    path = project.raw / source.path
    check_unchanged(project, source)
    try:
        frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    except (UnicodeDecodeError, ValueError) as fault:
        raise SourceError(
            f"data/raw/{source.path} can't be read as a CSV table",
            "UTF-8 text, commas, one header row.",
            f"open the file and look ({type(fault).__name__})",
        ) from fault
    _check_columns(source, list(frame.columns))
    return RawTable(frame, source)


def check_unchanged(project: Project, source: Source) -> None:
    """Raise SourceError where a file's bytes are not those its sidecar vouches for."""
    digest = hashlib.sha256((project.raw / source.path).read_bytes()).hexdigest()
    if digest != source.sha256:
        raise SourceError(
            f"data/raw/{source.path} has changed since its sidecar was written",
            "Raw files are added, never changed: its checksum is not the sidecar's sha256.",
            "write the new sha256 into the sidecar"
            if source.is_restricted
            else f"git checkout data/raw/{source.path}, or add the new file under its own vintage",
        )


def _data_files(raw: Path) -> Iterator[Path]:
    for path in sorted(raw.rglob("*")):
        is_data = path.is_file() and not _NOT_DATA.fullmatch(path.name)
        if is_data and not path.name.endswith(_SIDECAR):
            yield path
        elif (
            path.name.endswith(_SIDECAR)
            and not path.with_name(path.name.removesuffix(_SIDECAR)).is_file()
        ):
            raise SourceError(
                f"data/raw/{path.relative_to(raw).as_posix()} describes a file that is not there",
                "A sidecar stands beside its file and bears its name.",
                "put the file back, or remove the sidecar",
            )


def _read_sidecar(project: Project, path: Path) -> Source:
    name = path.relative_to(project.raw).as_posix()
    sidecar = path.with_name(path.name + _SIDECAR)
    if not sidecar.is_file():
        raise SourceError(
            f"data/raw/{name} has no sidecar",
            f"A raw file never travels without its story: {path.name}{_SIDECAR} beside it.",
            "write the sidecar (README, “A new raw file”), or take the file out",
        )
    try:
        return _parsed(name, sidecar.read_text("utf-8"))
    except ValidationError as fault:
        problem = first_problem(fault)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        problem = str(fault)
    raise SourceError(
        f"The sidecar of data/raw/{name} can't be used: {problem}",
        "A sidecar says dataset, title, publisher, address, retrieved, licence, vintage, …",
        "compare it with another sidecar in data/raw",
    )


@lru_cache(maxsize=1024)  # the register is asked for often, and its files are many and small
def _parsed(name: str, text: str) -> Source:
    return Source(**{**tomllib.loads(text), "path": name})


def _check_columns(source: Source, found: list[str]) -> None:
    if found != list(source.columns):
        raise SourceError(
            f"data/raw/{source.path} has the columns {', '.join(found)}",
            f"Its sidecar names {', '.join(source.columns)}.",
            "mend the sidecar's [columns], or the file",
        )
