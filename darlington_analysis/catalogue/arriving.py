"""New files on their way into ``data/raw``, each with its drafted sidecar, never over another."""

import os
import shutil
from pathlib import Path

from darlington_analysis import whole
from darlington_analysis.catalogue import guard
from darlington_analysis.catalogue.sidecars import SIDECAR
from darlington_analysis.errors import SourceError
from darlington_analysis.project import Project


def add(project: Project, file: Path, sidecar: str) -> Path:
    """Copy a file into ``data/raw/incoming``, or take it where it lies in ``data/raw``.

    Its drafted sidecar is written beside it; the path returned is relative to ``data/raw``. Git
    ignores that folder: whether a file may be committed is for a person to say.
    """
    raw, own = project.raw.resolve(), file.resolve()
    target = own if own.is_relative_to(raw) else raw / "incoming" / file.name
    beside = target.with_name(target.name + SIDECAR)
    if beside.exists() or (target.exists() and target != own):
        raise SourceError(
            f"data/raw/{target.relative_to(raw).as_posix()} is there already",
            "A file is added once; neither it nor its sidecar is ever written over.",
            "answer the questions in its sidecar, or take both files out",
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    if target != own:
        whole.clear_asides(target)
        shutil.copyfile(file, whole.aside_of(target))
        os.replace(whole.aside_of(target), target)
    whole.write_file(beside, sidecar.encode("utf-8"))
    return target.relative_to(raw)


def add_restricted(project: Project, name: str, content: bytes, sidecar: str) -> None:
    """Write counts and their sidecar into ``data/raw/restricted``, for nobody else's eyes.

    Raises SourceError where they are there already.
    """
    path = project.restricted / name
    beside = path.with_name(name + SIDECAR)
    if path.exists() or beside.exists():
        raise SourceError(
            f"data/raw/restricted/{name} is there already",
            "A file is added once; neither it nor its sidecar is ever written over.",
            "take both files out, if these counts are to take their place",
        )
    project.restricted.mkdir(parents=True, exist_ok=True, mode=0o700)
    guard.close(project)
    whole.write_file(path, content, 0o600)
    whole.write_file(beside, sidecar.encode("utf-8"), 0o600)
