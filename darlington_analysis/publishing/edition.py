"""An edition's folder: one run at a time, put together aside, moved into place whole."""

import contextlib
import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from darlington_analysis import whole
from darlington_analysis.catalogue import guard
from darlington_analysis.errors import LockedError
from darlington_analysis.project import Project

_ASIDE = ".aside-"


@contextlib.contextmanager
def locked(project: Project) -> Iterator[None]:
    """Keep processed data and editions to one run. Raises LockedError where another has them."""
    with (project.raw.parent / ".lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as fault:
            raise LockedError(
                "Another run is at work on this project",
                "One run at a time; that one still holds the lock.",
                "wait until it is done",
            ) from fault
        guard.close(project)
        whole.heal_all(project.processed.parent)  # what a killed run left half done
        whole.heal_all(project.reports)
        yield


@contextlib.contextmanager
def aside(reports: Path, edition: str) -> Iterator[Path]:
    """Give a folder beside the editions to work in, and clear away what is left of it after."""
    reports.mkdir(parents=True, exist_ok=True)
    for left in reports.glob(f"{_ASIDE}{edition}-*"):  # of a run that was killed
        shutil.rmtree(left)
    folder = reports / f"{_ASIDE}{edition}-{os.getpid()}"
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
