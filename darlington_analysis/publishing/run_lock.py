"""An edition's folder: one run at a time, put together aside, moved into place whole."""

import contextlib
import fcntl
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from darlington_analysis.core import atomic
from darlington_analysis.core import project as permissions
from darlington_analysis.core.errors import LockedError, visible
from darlington_analysis.core.project import Project
from darlington_analysis.intake import incoming
from darlington_analysis.publishing import kernel_launch, run_messages

_ASIDE = ".aside-"


@contextlib.contextmanager
def locked(project: Project) -> Iterator[None]:
    """Keep processed data and editions to one run. Raises LockedError where another has them.

    While a run goes on the lock holds when it began. A run that finds such a line knows that the
    one before was killed: it clears away what that one left half done, and says so.
    """
    with _opened(project.raw.parent / ".lock") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as fault:
            raise LockedError(
                "Another run is at work on this project",
                "One run at a time; that one still holds the lock.",
                "wait until it is done",
            ) from fault
        permissions.close(project)
        _heal(project)
        held.seek(0)
        if began := held.read(len(_now())):
            print(run_messages.ended_early(visible(began.decode("utf-8", "replace"))), flush=True)
        held.truncate(0)
        with contextlib.suppress(OSError):  # a full disk will be told of by who needs more of it
            os.write(held.fileno(), _now().encode())
        try:
            yield
        finally:
            held.truncate(0)


def _opened(lock: Path) -> BinaryIO:
    """Open the lock so that nobody else may: who can read a file can hold it against everybody."""
    handle = os.open(lock, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    with contextlib.suppress(PermissionError):  # another user's, who let us
        os.fchmod(handle, 0o600)
    return open(handle, "ab+")


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")


def _heal(project: Project) -> None:
    """Put right what runs that were killed have left: folders moved off, packs half made."""
    incoming.heal(project)
    atomic.heal_all(project.processed.parent)
    atomic.heal_all(project.reports)
    for left in project.reports.glob(f"{_ASIDE}*"):
        shutil.rmtree(left)
    kernel_launch.clear_socket_folders()


@contextlib.contextmanager
def aside(reports: Path, edition: str) -> Iterator[Path]:
    """Give a folder beside the editions to work in, and clear away what is left of it after."""
    reports.mkdir(parents=True, exist_ok=True)
    folder = reports / f"{_ASIDE}{edition}-{os.getpid()}"
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
