"""Missing raw files, downloaded to the side, checked, and only then put in place."""

import hashlib
import http.client
import os
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

from darlington_analysis.core import atomic, bounded_toml
from darlington_analysis.core.errors import SourceError
from darlington_analysis.core.project import Project
from darlington_analysis.readers import formats
from darlington_analysis.readers.limits import MOST_BYTES
from darlington_analysis.sources.sidecars import SIDECAR

STALLED, DEADLINE = 30.0, 600.0  # seconds without a byte, and for the whole file
_BLOCK = 1 << 16


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
    file = _file_of(sidecar)
    address, checksum = told(sidecar)
    atomic.clear_asides(file)
    aside = atomic.aside_of(file)
    try:
        with aside.open("xb") as stream:
            found = _download(file.name, address, stream, stalled, deadline)
            os.fsync(stream.fileno())
        _refuse_other(file.name, aside, found, checksum)
        os.replace(aside, file)
    finally:
        aside.unlink(missing_ok=True)
    return file


def _file_of(sidecar: Path) -> Path:
    return sidecar.with_name(sidecar.name.removesuffix(SIDECAR))


def told(sidecar: Path) -> tuple[str, str]:
    """Return a file's address and its SHA-256, as its sidecar says. Raises SourceError."""
    try:
        said = bounded_toml.loads(sidecar.read_text("utf-8"))
    except ValueError as fault:
        raise SourceError(
            f"{sidecar.name} can't be read: {fault}", "A sidecar in TOML.", "git checkout it"
        ) from fault
    address, checksum = str(said.get("download", "")), str(said.get("sha256", ""))
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


def _download(name: str, address: str, stream, stalled: float, deadline: float) -> str:
    """Write an answer's body to a stream; return its checksum.

    It is waited for no longer than until the deadline: what a server sends before the body has no
    end of its own. Who writes on after that finds the stream closed.
    """
    done: list = []

    def work() -> None:
        try:
            done.append(_received(name, address, stream, stalled, deadline))
        except Exception as fault:
            done.append(fault)

    working = threading.Thread(target=work, daemon=True)
    working.start()
    working.join(deadline)
    found = done[0] if done else _late(name, deadline)
    if isinstance(found, Exception):
        raise found
    return found


def _late(name: str, deadline: float) -> SourceError:
    return _failed(name, f"it was not there after {deadline:g} seconds")


def _received(name: str, address: str, stream, stalled: float, deadline: float) -> str:
    digest, size, start = hashlib.sha256(), 0, time.monotonic()
    request = urllib.request.Request(address, headers={"User-Agent": "darlington-analysis"})
    try:
        with urllib.request.urlopen(request, timeout=stalled) as answer:
            while block := answer.read1(_BLOCK):
                size += len(block)
                if size > MOST_BYTES:
                    raise _failed(name, f"more than {MOST_BYTES:,} bytes came")
                if time.monotonic() - start > deadline:
                    raise _late(name, deadline)
                digest.update(block)
                stream.write(block)
            promised = answer.headers.get("Content-Length")
    except (urllib.error.URLError, http.client.HTTPException, OSError, ValueError) as fault:
        raise _failed(name, str(getattr(fault, "reason", None) or fault)) from fault
    if promised and promised.isdigit() and size < int(promised):
        raise _failed(name, f"{size:,} of {int(promised):,} bytes came")
    return digest.hexdigest()


def _refuse_other(name: str, aside: Path, found: str, checksum: str) -> None:
    if found == checksum:
        return
    try:
        told = f"it is {formats.format_of(aside)}, and not the file that was vouched for"
    except SourceError as fault:
        told = fault.what.split(": ")[-1].replace(aside.name, "it")
    raise SourceError(
        f"{name}: what came has another checksum than its sidecar's ({told})",
        "The very file that was reviewed; a login page or a newer release is another one.",
        "look at the address in a browser; a newer release is added under its own vintage",
    )


def _failed(name: str, why: str) -> SourceError:
    return SourceError(
        f"{name} could not be fetched: {why[:160]}",
        "The whole file from the address in its sidecar; nothing half-written was kept.",
        "look at the network and the address, and try again",
    )
