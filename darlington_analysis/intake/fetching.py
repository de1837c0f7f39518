"""Missing raw files, downloaded to the side by pooch, checked, and only then put in place."""

import logging
import tempfile
import threading
from pathlib import Path
from typing import BinaryIO

from darlington_analysis.core import atomic, bounded_toml
from darlington_analysis.core.errors import SourceError
from darlington_analysis.core.project import Project
from darlington_analysis.readers import formats
from darlington_analysis.readers.limits import MOST_BYTES
from darlington_analysis.sources.sidecars import SIDECAR

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
        content = bounded_toml.loads(sidecar.read_text("utf-8"))
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
        return f"it is {formats.format_of(file)}, and not the file that was reviewed"
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
