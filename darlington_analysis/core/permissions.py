"""Who may read and write what: private folders, and no link followed where others may write.

A link or a second name in a folder that somebody else can write to would have us truncate, change
or open to others a file of ours that lies anywhere. Those folders are checked by name before a run
writes in them, and files that are written over are opened without following links.
"""

import contextlib
import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from darlington_analysis.core.errors import StorageError
from darlington_analysis.core.project import Project


def guard(project: Project) -> None:
    """Check the folders that runs write in, and shut the private ones for everybody else.

    Raises StorageError where a data folder is a link, or belongs to somebody who is neither this
    user nor root nor of a group of ours that may write there.
    """
    folders = (
        project.data,
        project.raw,
        project.restricted,
        project.incoming,
        project.processed,
        project.runs,
        project.agreements,
        *(project.agreements / name for name in ("private", "signed", "printed")),
        project.approvals,
        project.notebooks,
    )
    reports = project.reports.resolve()
    for folder in (*folders, reports, reports / "papers"):
        refuse_link(folder)
        if folder.exists() and not _is_trusted(folder.lstat()):
            raise StorageError(
                f"{_named(folder)} belongs to another user",
                "Data folders belong to the user who runs this, to root, or to a group of theirs "
                "that may write there.",
                "run this as the user that the folder belongs to, or change its owner",
            )
    restrict_private_folders(project)


def refuse_link(path: Path) -> None:
    """Raise StorageError where a path is a link: what is written there would go elsewhere."""
    if path.is_symlink():
        raise StorageError(
            f"{_named(path)} is a link",
            "Links are not followed where runs write: somebody else could choose what is changed.",
            "put a real folder or file in its place",
        )


def restrict_private_folders(project: Project) -> None:
    """Shut restricted figures, files under review, names and what is remembered of runs for
    everybody but us, and for a group that may write there.

    What is shut already stays as it is. What is not ours and what is a link is left alone. Raises
    StorageError for a file that would have to be shut and has a second name elsewhere.
    """
    private = (project.restricted, project.incoming, project.agreements / "private", project.runs)
    for folder in private:
        if folder.is_dir() and not folder.is_symlink():
            for path in (folder, *folder.rglob("*")):
                if path.name != "README.md":
                    with contextlib.suppress(FileNotFoundError, PermissionError):
                        _restrict(path)


def _restrict(path: Path) -> None:
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    status = path.lstat()
    if status.st_uid != os.geteuid() or not status.st_mode & stat.S_IRWXO:
        return
    if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
        return
    handle = os.open(path, flags)
    try:
        now = os.fstat(handle)
        if (now.st_dev, now.st_ino) == (status.st_dev, status.st_ino):
            _refuse_second_name(path, now)
            kept = stat.S_IRWXU | (stat.S_IRWXG if now.st_mode & stat.S_IWGRP else 0)
            os.fchmod(handle, now.st_mode & kept)
    finally:
        os.close(handle)


def open_private(path: Path) -> BinaryIO:
    """Open a file that only we, or a group that shares the project, may read, to add to its end.

    It is made where it is not there. Raises StorageError where it is a link, no file, has a second
    name, or belongs to somebody else.
    """
    mode = private_mode(path.parent)
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        handle = os.open(path, flags, mode)
    except OSError as fault:
        if fault.errno == errno.ELOOP:
            refuse_link(path)
        raise
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode) or not _is_trusted(status):
            raise StorageError(
                f"{_named(path)} is no file of ours",
                "A file that this user, root or a group of ours made.",
                "look at what it is, and delete it",
            )
        _refuse_second_name(path, status)
        if status.st_uid == os.geteuid() and stat.S_IMODE(status.st_mode) != mode:
            os.fchmod(handle, mode)
        _share(handle, status, path.parent)
        return open(handle, "ab+")
    except BaseException:
        os.close(handle)
        raise


def make_private(folder: Path) -> None:
    """Make a folder that only we, or a group that shares the project, may read; one that is there
    stays. Raises StorageError where it is a link.
    """
    refuse_link(folder)
    if folder.is_dir():
        return
    folder.mkdir(parents=True)
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        os.fchmod(handle, 0o2770 if is_shared(folder.parent) else 0o700)
        _share(handle, os.fstat(handle), folder.parent)
    finally:
        os.close(handle)


def private_mode(folder: Path) -> int:
    """Return the mode of a private file in a folder: for us, or also for a group that shares it."""
    return 0o660 if is_shared(folder) else 0o600


def is_shared(folder: Path) -> bool:
    """Return whether a group may write in a folder."""
    return bool(folder.stat().st_mode & stat.S_IWGRP)


def share_with_group(project: Project) -> None:
    """Let what this process makes be written by the group that the project is shared with."""
    if is_shared(project.data):
        before = os.umask(0)
        os.umask(before & ~stat.S_IRWXG)


def _share(handle: int, status: os.stat_result, folder: Path) -> None:
    """Give something that we made to the group of its folder, where the group may write there."""
    group = folder.stat().st_gid
    if is_shared(folder) and status.st_uid == os.geteuid() and status.st_gid != group:
        with contextlib.suppress(PermissionError):  # we are not of that group
            os.fchown(handle, -1, group)


def _is_trusted(status: os.stat_result) -> bool:
    is_of_group = status.st_gid in {os.getegid(), *os.getgroups()}
    is_open_to_group = bool(status.st_mode & stat.S_IWGRP) and is_of_group
    return status.st_uid in (os.geteuid(), 0) or is_open_to_group


def _refuse_second_name(path: Path, status: os.stat_result) -> None:
    if stat.S_ISREG(status.st_mode) and status.st_nlink > 1:
        raise StorageError(
            f"{_named(path)} has a second name (a hard link)",
            "What is changed there would change under its other name as well.",
            "put a copy of the file in its place",
        )


def _named(path: Path) -> str:
    return "/".join(path.parts[-3:])
