"""What is remembered of runs: what each edition was made from, and what became of each pack.

It lies in ``data/.runs``, beside the raw files and as private as they are: it holds their
checksums. Nothing here is published, and nothing here is slow to import.
"""

import contextlib
import json
import os
import time
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from darlington_analysis.core import atomic, fingerprints, permissions
from darlington_analysis.core.errors import DarlingtonError, StorageError
from darlington_analysis.core.project import Project, find_project
from darlington_analysis.core.settings import load_settings
from darlington_analysis.publishing import run_lock, run_messages

RECORD = "record.jsonl"
DATA = "data"
_WHY_NOT_MADE = {
    "unchanged": "nothing that it rests on has changed",
    "frozen": "it stands still while members are asked",
}
_CLEANED_FROM = ("data/raw/", "data/indicators.toml", "darlington.toml", "the ")


@dataclass
class Record:
    """One run's lines in the record: one a pack as it is done, and a last one for the run.

    ``because``: what has changed since the run before, as the summary names it.
    """

    path: Path
    edition: str
    run: str = field(default_factory=lambda: datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ"))
    counts: dict[str, int] = field(default_factory=dict)
    because: list[str] = field(default_factory=list)

    def pack(self, ward: str, state: str, **told: Any) -> None:
        """Write down what became of one pack, and why."""
        self.counts[state] = self.counts.get(state, 0) + 1
        why = {"why": _WHY_NOT_MADE[state]} if state in _WHY_NOT_MADE else {}
        self._write({"ward": ward, "state": state, **why, **{k: v for k, v in told.items() if v}})

    def close(self, exit_code: int, seconds: float, **told: Any) -> None:
        """Write the run's last line."""
        because = {"because": self.because} if self.because else {}
        self._write(
            {"exit_code": exit_code, "seconds": round(seconds, 2), **self.counts, **because, **told}
        )

    def _write(self, told: dict) -> None:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        line = {"run": self.run, "at": now, "edition": self.edition, **told}
        permissions.make_private(self.path.parent)
        text = json.dumps(line, ensure_ascii=False) + "\n"
        with permissions.open_private(self.path) as record:
            lead = b"" if _ends_a_line(record) else b"\n"  # a run was killed within its line
            record.write(lead + text.encode())


def _ends_a_line(record: BinaryIO) -> bool:
    size = record.seek(0, os.SEEK_END)
    record.seek(max(0, size - 1))
    return record.read(1) in (b"", b"\n")


@contextlib.contextmanager
def recorded(project: Project, edition: str) -> Iterator[Record]:
    """Give a run's record; however the run ends, its last line says how."""
    record, began = Record(project.runs / RECORD, edition), time.monotonic()
    try:
        yield record
    except BaseException as fault:
        exit_code, why = _how_it_ended(fault)
        with contextlib.suppress(OSError):  # a full disk has no room for this line either
            record.close(exit_code, time.monotonic() - began, why=why)
        raise
    record.close(0, time.monotonic() - began)


def _how_it_ended(fault: BaseException) -> tuple[int, str]:
    """Return the exit code that a fault ends the command with, and what it says."""
    if isinstance(fault, OSError) and not isinstance(fault, ConnectionError):
        fault = StorageError.of(fault)
    if isinstance(fault, DarlingtonError):
        return fault.exit_code, fault.what
    return (130, "stopped") if isinstance(fault, KeyboardInterrupt) else (1, type(fault).__name__)


def remembered(project: Project, name: str) -> dict:
    """Return what is remembered of an edition, or of ``DATA``; empty where nothing is."""
    try:
        found = json.loads((project.runs / f"{name}.json").read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def remember(project: Project, name: str, told: dict) -> None:
    """Keep what is to be remembered, whole or not at all."""
    permissions.make_private(project.runs)
    text = json.dumps(told, indent=1, ensure_ascii=False) + "\n"
    mode = permissions.private_mode(project.runs)
    atomic.write_file(project.runs / f"{name}.json", text.encode(), mode)


def edition_now(project: Project, edition: str, inputs: dict[str, str]) -> dict:
    """Return what an edition rests on and holds at this moment, as it would be remembered.

    Other editions count: figures that lie in ``reports`` already are what an attack may use.
    """
    others = sorted(
        f"{path.relative_to(project.reports).as_posix()} {fingerprints.of_file(path)}"
        for path in project.reports.glob("[!.]*/**/*.csv")
        if path.relative_to(project.reports).parts[0] != edition
    )
    return {
        "inputs": inputs,
        "others": fingerprints.of_words(others),
        "files": fingerprints.of_folder(project.reports / edition),
        "processed": fingerprints.of_folder(project.processed),
    }


def data_now(project: Project, inputs: dict[str, str]) -> dict:
    """Return what ``data/processed`` is made from and holds, as it would be remembered."""
    own = {name: each for name, each in inputs.items() if name.startswith(_CLEANED_FROM)}
    return {"inputs": own, "files": fingerprints.of_folder(project.processed)}


@contextlib.contextmanager
def still_whole(project: Project, edition: str) -> Iterator[None]:
    """Let an edition be added to, and remember it as it is after, if it was as remembered before.

    Otherwise a run with nothing to do would take what was added for a change.
    """
    known, folder = remembered(project, edition), project.reports / edition
    was_so = known.get("files") == fingerprints.of_folder(folder)
    yield
    if was_so:
        remember(project, edition, known | {"files": fingerprints.of_folder(folder)})


def changed_inputs(before: dict[str, str], now: dict[str, str]) -> list[tuple[str, str]]:
    """Return what has changed between two runs' inputs: "new", "changed" or "gone", and what."""
    return [
        ("new" if name not in before else "gone" if name not in now else "changed", name)
        for name in sorted({*before, *now})
        if before.get(name) != now.get(name)
    ]


def is_so(asked: Namespace) -> bool:
    """Say that nothing has changed, and return True, where every pack is as it would be made.

    That is so where everything the last whole run rested on, and every file it left, has the same
    hash still. A run for named wards, or one that is forced, is never answered here. Raises
    UsageError, UnknownAreaError, LockedError.
    """
    if asked.ward or asked.supported or asked.force or asked.scheduler:
        return False
    project = find_project()
    edition = load_settings(project).edition(asked.edition)
    known = remembered(project, edition.id)
    if not known.get("packs"):
        return False
    with run_lock.locked(project):
        now = edition_now(project, edition.id, fingerprints.inputs(project))
        if any(known.get(name) != found for name, found in now.items()):
            return False
        with recorded(project, edition.id) as record:
            record.counts["unchanged"] = known["packs"]
    print(run_messages.nothing_changed(edition.title, known["packs"]))
    print(run_messages.where(edition.id), flush=True)
    return True
