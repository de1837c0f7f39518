"""New files on their way into ``data/raw``, each with its drafted sidecar, never over another."""

import hashlib
import re
from contextlib import suppress
from pathlib import Path

from darlington_analysis.core import atomic, bounded_toml, permissions
from darlington_analysis.core.errors import SourceError
from darlington_analysis.core.project import Project
from darlington_analysis.sources import sidecars
from darlington_analysis.sources.sidecars import SIDECAR

_LEFT = re.compile(rf"\.(?P<name>.+){re.escape(SIDECAR)}\.\d+{atomic.ASIDE}")


def add(project: Project, file: Path, sidecar: str) -> Path:
    """Copy a file into ``data/raw/incoming``, or take it where it lies in ``data/raw``.

    Its drafted sidecar is written beside it; the path returned is relative to ``data/raw``. Git
    ignores that folder: whether a file may be committed is for a person to say. Until then nobody
    else may read it. Raises SourceError where it is there already, or can't be described.
    """
    raw, own = project.raw.resolve(), file.resolve()
    target = own if own.is_relative_to(raw) else raw / "incoming" / file.name
    _refuse_unreadable(file, sidecar)
    if target == own:
        _refuse_there(project, target, None)
        mode = target.stat().st_mode & 0o666
        atomic.write_file(sidecars.beside(target), sidecar.encode("utf-8"), mode)
    else:
        _put(project, target, file.read_bytes(), sidecar)
    return target.relative_to(raw)


def add_restricted(project: Project, name: str, content: bytes, sidecar: str) -> None:
    """Write counts and their sidecar into ``data/raw/restricted``, for nobody else's eyes.

    Raises SourceError where they are there already.
    """
    _put(project, project.restricted / name, content, sidecar)


def heal(project: Project) -> None:
    """Complete what an ``add`` that was killed has left: a file whose sidecar had no name yet.

    Whatever else such a one put together is cleared away.
    """
    for folder in (project.incoming, project.restricted):
        for left in folder.glob(f".*{atomic.ASIDE}"):
            named = _LEFT.fullmatch(left.name)
            path = folder / named["name"] if named else None
            if path and path.is_file() and not sidecars.beside(path).exists():
                with suppress(ValueError):  # half written
                    said = bounded_toml.loads(left.read_text("utf-8")).get("sha256")
                    if said == hashlib.sha256(path.read_bytes()).hexdigest():
                        left.replace(sidecars.beside(path))
            left.unlink(missing_ok=True)


def _put(project: Project, path: Path, content: bytes, sidecar: str) -> None:
    """Put a file and its sidecar into a folder of ours alone, or the sidecar that is missing."""
    _refuse_there(project, path, content)
    permissions.make_private(path.parent)
    permissions.restrict_private_folders(project)
    files = {path: content, sidecars.beside(path): sidecar.encode("utf-8")}
    if path.exists():
        del files[path]
    atomic.write_together(files, permissions.private_mode(path.parent))


def _refuse_there(project: Project, path: Path, content: bytes | None) -> None:
    """Raise SourceError for a file that is there; one of these very bytes may lack its sidecar."""
    is_other = content is not None and path.exists() and path.read_bytes() != content
    if is_other or sidecars.beside(path).exists():
        raise SourceError(
            f"data/raw/{path.resolve().relative_to(project.raw.resolve()).as_posix()} is there "
            "already",
            "A file is added once; neither it nor its sidecar is ever written over.",
            "take both files out, if these counts are to take their place"
            if path.is_relative_to(project.restricted)
            else "answer the questions in its sidecar, or take both files out",
        )


def _refuse_unreadable(file: Path, sidecar: str) -> None:
    try:
        bounded_toml.loads(sidecar)
    except ValueError as fault:
        raise SourceError(
            f"{file.name} can't be described: its sidecar would not be read ({fault})",
            "Headers that a person can read.",
            "shorten the longest headers in a copy of the file, and add that",
        ) from fault
