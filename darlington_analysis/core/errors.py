"""How things go wrong: what happened, what was expected, what to try, and an exit code."""

import errno
import os
import re
import unicodedata
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P, R = ParamSpec("P"), TypeVar("R")
_LONGEST = 1_000  # letters of a line


def visible(text: str) -> str:
    """Return text that can only be read: what would steer a terminal, or turn the order of
    letters round, is shown as its number (``\\x1b``, ``\\u202e``). Line ends stay.
    """
    if text.isprintable():
        return text
    return "".join(
        letter if _is_printable(letter) else letter.encode("unicode_escape").decode("ascii")
        for letter in text
    )


def _is_printable(letter: str) -> bool:
    is_space = letter in "\n\u00ad" or unicodedata.category(letter) == "Zs"
    return is_space or letter.isprintable()


def _short(line: str) -> str:
    """Return a line that a person reads to its end, whatever was quoted in it."""
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


class DarlingtonError(Exception):
    """A fault that a person can put right; shown as three lines, never as a traceback.

    ``what`` says what happened, ``expected`` what should have been there, ``try_`` what to do.
    ``exit_code`` is what the command line ends with.
    """

    exit_code = 1

    def __init__(self, what: str, expected: str, try_: str):
        super().__init__(what, expected, try_)
        self.what, self.expected, self.try_ = what, expected, try_

    def __str__(self) -> str:
        """Return the three lines."""
        lines = (" ".join(part.split("\n")) for part in (self.what, self.expected, self.try_))
        return "{}\n  {}\n  Try: {}".format(*(visible(_short(line)) for line in lines))


def plainly(function: Callable[P, R]) -> Callable[P, R]:
    """Return a function of the public API whose known faults come without the frames below it."""

    @wraps(function)
    def plain(*arguments: P.args, **named: P.kwargs) -> R:
        try:
            return function(*arguments, **named)
        except DarlingtonError as fault:
            raise fault.with_traceback(None) from None

    return plain


class UsageError(DarlingtonError):
    """The command, a setting or a notebook's parameters are not what they should be."""

    exit_code = 2


class SourceError(DarlingtonError):
    """A raw file or its sidecar is missing, changed or unreadable."""

    exit_code = 10


class SchemaError(DarlingtonError):
    """A table is not of the shape it was declared to have."""

    exit_code = 11


class ContradictionError(SchemaError):
    """Figures that cannot all be true of one table."""


class UnknownAreaError(DarlingtonError):
    """No such ward, edition or indicator."""

    exit_code = 12


class PackFailedError(DarlingtonError):
    """At least one pack could not be made; the others were published."""

    exit_code = 13


class DisclosureError(DarlingtonError):
    """Publishing was refused, because it would give somebody away."""

    exit_code = 14


class AgreementError(DarlingtonError):
    """An agreement record is wrong or unfinished."""

    exit_code = 15


class VerifyError(DarlingtonError):
    """An edition made again is not the one in ``reports``."""

    exit_code = 16


class LockedError(DarlingtonError):
    """Another run is at work on the same edition."""

    exit_code = 17


class StorageError(DarlingtonError):
    """The disk is full, a folder can't be written, or a file vanished while it was read."""

    exit_code = 19

    @classmethod
    def of(cls, fault: OSError) -> "StorageError":
        """Return what the system said, with what a person can do about it."""
        number, name = _first_of(fault)
        named = "/".join(os.fsdecode(name).split("/")[-3:]) if name else ""
        what, try_ = _SAID.get(number, (fault.strerror or "can't be used", "look at it"))
        return cls(
            f"{named or 'A file'}: {what}",
            "What was there before is as it was; nothing half-written takes its place.",
            f"{try_}, then run the same command again",
        )


def _first_of(fault: OSError) -> tuple[int | None, str | bytes]:
    """Return a fault's number and file. One of a whole folder keeps its first one's in words."""
    listed = fault.args[0] if fault.args else None
    if isinstance(listed, list) and listed:  # a shutil.Error: from where, to where, why
        _, to, why = listed[0]
        number = re.match(r"\[Errno (\d+)\]", str(why))
        return int(number[1]) if number else None, str(to)
    return fault.errno, fault.filename or ""


DISK = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO}  # no ward's own fault
_SAID = {
    errno.ENOSPC: ("the disk is full", "make room"),
    errno.EDQUOT: ("the disk quota is used up", "make room"),
    errno.EFBIG: ("the file may not grow so large", "raise the limit on sizes of files"),
    errno.EIO: ("the disk can't be read or written there", "have the disk looked at"),
    errno.EROFS: ("nothing can be written there", "make the folder writable"),
    errno.EACCES: ("this user may not do that there", "look at the owner and the permissions"),
    errno.EPERM: ("this user may not do that there", "look at the owner and the permissions"),
    errno.ENOENT: ("it is not there, or vanished while it was read", "put it back"),
    errno.EMFILE: ("too many files are open", "raise the limit on open files"),
    errno.ENAMETOOLONG: ("the name is too long", "give it a shorter name"),
}
