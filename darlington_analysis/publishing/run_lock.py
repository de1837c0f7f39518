"""One run at a time: the lock, the snapshot of what it reads, and the folder that it works in."""

import contextlib
import fcntl
import os
import shutil
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from darlington_analysis.core import atomic, permissions
from darlington_analysis.core.errors import LockedError, visible
from darlington_analysis.core.project import OWN_LISTS, SNAPSHOT, Project
from darlington_analysis.intake import incoming
from darlington_analysis.publishing import kernel_launch
from darlington_analysis.readers import limits

_STAGING = "staging-"
_INPUTS = (
    "darlington.toml",
    *OWN_LISTS,
    "data/raw",
    "data/agreements",
    "data/approvals",
    "notebooks",
)


@contextlib.contextmanager
def locked(project: Project) -> Iterator[None]:
    """Keep processed data and editions to one run. Raises LockedError where another has them.

    While a run goes on the lock holds when it began. A run that finds such a line knows that the
    one before was killed: it clears away what that one left half done, and says so.
    """
    permissions.guard(project)
    permissions.share_with_group(project)
    with permissions.open_private(project.data / ".lock") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as fault:
            raise LockedError(
                "Another run is at work on this project",
                "One run at a time; that one still holds the lock.",
                "wait until it is done",
            ) from fault
        _heal(project)
        held.seek(0)
        if began := held.read(len(_now())):
            print(_ended_early(visible(began.decode("utf-8", "replace"))), flush=True)
        held.truncate(0)
        with contextlib.suppress(OSError):  # whatever needs more of a full disk reports it
            os.write(held.fileno(), _now().encode())
        try:
            yield
        finally:
            held.truncate(0)


def _ended_early(began: str) -> str:
    """Return what became of a run that was killed, or whose machine lost its power."""
    return (
        f"The run that began at {began} was ended before it was done. What it left half made is "
        f"cleared away; what is published is whole."
    )


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")


def _heal(project: Project) -> None:
    """Put right what runs that were killed have left: folders moved off, packs half made."""
    incoming.heal(project)
    editions = project.reports.glob("[!.]*")
    for folder in (project.data, project.reports, *editions):
        if folder.is_dir() and not folder.is_symlink():
            atomic.heal_all(folder)
    atomic.clear(project.runs, _STAGING)
    kernel_launch.clear_socket_folders()


@contextlib.contextmanager
def staging(project: Project, name: str) -> Iterator[Path]:
    """Give a folder to work in that no other user may read, and clear away what is left of it after.

    It lies in ``data/.runs``, which no web server serves: what is made there is not yet read for
    leaks.
    """
    permissions.make_private(project.runs)
    folder = project.runs / f"{_STAGING}{name}"
    shutil.rmtree(folder, ignore_errors=True)
    permissions.make_private(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def snapshot(project: Project) -> Iterator[Project]:
    """Give the project with a copy of its inputs as they are now, which a run reads alone.

    Processes that are started meanwhile read the copy too. It has the same path in each run, since
    the parent of the kernels outlives a run that is one of many in a process. Raises SourceError
    where an input is too large, StorageError where one is a link or can't be read.
    """
    with staging(project, "inputs") as folder:
        for name in _INPUTS:
            _copy(project.root / name, folder / name)
        (folder / SNAPSHOT).write_bytes(os.fsencode(project.root))
        before = os.environ.get("DARLINGTON_PROJECT")
        os.environ["DARLINGTON_PROJECT"] = str(folder)
        try:
            yield Project(project.root, folder)
        finally:
            os.environ.pop("DARLINGTON_PROJECT")
            if before is not None:
                os.environ["DARLINGTON_PROJECT"] = before


def _copy(source: Path, into: Path) -> None:
    """Copy a file, or a folder without the copies that editors keep of notebooks."""
    permissions.refuse_link(source)
    if source.is_dir():
        into.mkdir(parents=True, exist_ok=True)
        for path in sorted(source.iterdir()):
            if path.name != ".ipynb_checkpoints":
                _copy(path, into / path.name)
    elif source.exists():
        status = source.stat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > limits.MOST_BYTES:
            limits.refuse_oversized(source)
        into.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, into)
