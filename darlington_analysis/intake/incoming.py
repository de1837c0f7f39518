"""Files on their way into ``data/raw``: added with a drafted sidecar, or downloaded as theirs says."""

import hashlib
import logging
import re
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from darlington_analysis.core import atomic, bounded_toml, permissions
from darlington_analysis.core.errors import SourceError
from darlington_analysis.core.project import Project
from darlington_analysis.readers import grids
from darlington_analysis.readers.limits import MOST_BYTES
from darlington_analysis.sources import sidecars
from darlington_analysis.sources.sidecars import SIDECAR

_LEFT = re.compile(rf"\.(?P<name>.+){re.escape(SIDECAR)}\.\d+{atomic.ASIDE}")


def add(project: Project, file: Path, sidecar: str) -> Path:
    """Copy a file into ``data/raw/incoming``, or take it where it lies in ``data/raw``.

    Its drafted sidecar is written beside it; the path returned is relative to ``data/raw``. Git
    ignores that folder: whether a file may be committed is for a person to say. Until then nobody
    else may read it. Raises SourceError where it is there already, or can't be described.
    """
    raw, placed = project.raw.resolve(), file.resolve()
    target = placed if placed.is_relative_to(raw) else raw / "incoming" / file.name
    _refuse_unreadable(file, sidecar)
    if target == placed:
        _refuse_there(project, target, None)
        mode = target.stat().st_mode & 0o666
        atomic.write_file(sidecars.beside(target), sidecar.encode("utf-8"), mode)
    else:
        _put(project, target, file.read_bytes(), sidecar)
    return target.relative_to(raw)


def add_restricted(project: Project, name: str, content: bytes, sidecar: str) -> None:
    """Write counts and their sidecar into ``data/raw/restricted``, which no other user may read.

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
                    checksum = bounded_toml.loads(bounded_toml.read_text(left)).get("sha256")
                    if checksum == hashlib.sha256(path.read_bytes()).hexdigest():
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
    atomic.write_files(files, permissions.private_mode(path.parent))


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


STALLED, DEADLINE = 30.0, 600.0  # seconds without a byte, and for the whole file


def missing(project: Project) -> list[Path]:
    """Return the sidecars in ``data/raw`` whose files are not there, by their paths."""
    return [
        sidecar
        for sidecar in sorted(project.raw.rglob(f"?*{SIDECAR}"))
        if not _file_of(sidecar).exists()
    ]


def fetch(sidecar: Path, stalled: float = STALLED, deadline: float = DEADLINE) -> Path:
    """Return the file of a sidecar, downloaded from its ``download`` and as its ``sha256`` says.

    Raises SourceError where the sidecar names no address or checksum, where nothing comes, too much
    or something else; then nothing is left in the folder.
    """
    import pooch  # here: only this command needs it, and requests with it
    import requests

    file = _file_of(sidecar)
    address, checksum = origin_in(sidecar)
    download = _Download(pooch.HTTPDownloader(timeout=stalled), deadline)
    pooch.get_logger().setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder:
        try:
            pooch.retrieve(address, f"sha256:{checksum}", file.name, folder, downloader=download)
        except (requests.RequestException, OSError, _StopError) as fault:
            raise _failed(file.name, str(fault)) from fault
        except ValueError as fault:  # pooch found another checksum
            raise _other_file(file.name, download.kind) from fault
        atomic.write_file(file, Path(folder, file.name).read_bytes())
    return file


def _file_of(sidecar: Path) -> Path:
    return sidecar.with_name(sidecar.name.removesuffix(SIDECAR))


def origin_in(sidecar: Path) -> tuple[str, str]:
    """Return a file's address and its SHA-256, as its sidecar says. Raises SourceError."""
    try:
        content = bounded_toml.loads(bounded_toml.read_text(sidecar))
    except ValueError as fault:
        raise SourceError(
            f"{sidecar.name} can't be read: {fault}", "A sidecar in TOML.", "git checkout it"
        ) from fault
    address, checksum = str(content.get("download", "")), str(content.get("sha256", ""))
    if not address.startswith(("https://", "http://")):
        raise SourceError(
            f"{sidecar.name} names no address to fetch its file from",
            'download = "https://…", the address of the file itself (address is that of its page).',
            "write it into the sidecar, or put the file there by hand",
        )
    if len(checksum) != 64:
        raise SourceError(
            f"{sidecar.name} has no checksum, so a download could be anything",
            "sha256, which tells the true file from every other.",
            "put the file there by hand once, and write its checksum into the sidecar",
        )
    return address, checksum


class _StopError(Exception):
    """A download that is too large or takes too long."""


class _Download:
    """A downloader for pooch that stops at a size and at a deadline.

    The whole answer is waited for no longer than until the deadline: what a server sends before
    the body has no end in itself. What comes after that finds the stream closed.
    """

    def __init__(self, downloader, deadline: float):
        self.downloader, self.deadline = downloader, deadline
        self.kind = "nothing"
        """What came, in words."""

    def __call__(self, address: str, output_file: str, asked) -> None:
        """Download to a file, as pooch asks. Raises _StopError or what the downloader raises."""
        outcome: list[Exception | None] = []

        def work() -> None:
            try:
                outcome.append(self.downloader(address, _Bounded(stream), asked))
            except Exception as fault:
                outcome.append(fault)

        with open(output_file, "wb") as stream:
            working = threading.Thread(target=work, daemon=True)
            working.start()
            working.join(self.deadline)
        if not outcome:
            raise _StopError(f"it was not there after {self.deadline:g} seconds")
        if outcome[0] is not None:
            raise outcome[0]
        self.kind = _kind_of(Path(output_file))


class _Bounded:
    """A stream that takes no more than ``MOST_BYTES``."""

    def __init__(self, stream: BinaryIO):
        self.stream, self.flush = stream, stream.flush

    def write(self, block: bytes) -> None:
        """Write on. Raises _StopError where the file is too large."""
        if self.stream.tell() + len(block) > MOST_BYTES:
            raise _StopError(f"more than {MOST_BYTES:,} bytes came")
        self.stream.write(block)


def _kind_of(file: Path) -> str:
    try:
        return f"it is {grids.format_of(file)}, and not the file that was reviewed"
    except SourceError as fault:
        return fault.what.split(": ")[-1].replace(file.name, "it")


def _other_file(name: str, kind: str) -> SourceError:
    return SourceError(
        f"{name}: what came has another checksum than its sidecar's ({kind})",
        "The very file that was reviewed; a login page or a newer release is another one.",
        "look at the address in a browser; a newer release is added under its own vintage",
    )


def _failed(name: str, why: str) -> SourceError:
    return SourceError(
        f"{name} could not be fetched: {why[:160]}",
        "The whole file from the address in its sidecar; nothing half-written was kept.",
        "look at the network and the address, and try again",
    )
