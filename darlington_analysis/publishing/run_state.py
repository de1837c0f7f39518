"""What is remembered of runs: what each edition was made from, and what became of each pack.

It lies in ``data/.runs``, beside the raw files and as private as they are: it holds their
checksums. Nothing here is published, and nothing here is slow to import.
"""

import contextlib
import json
import os
import stat
import time
from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from darlington_analysis.core import atomic, fingerprints, permissions
from darlington_analysis.core.errors import DarlingtonError, SourceError, StorageError
from darlington_analysis.core.project import Project, find_project
from darlington_analysis.core.settings import load_settings
from darlington_analysis.publishing import run_lock

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

    def _write(self, details: dict) -> None:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        line = {"run": self.run, "at": now, "edition": self.edition, **details}
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


def load_state(project: Project, name: str) -> dict:
    """Return what is remembered of an edition, or of ``DATA``; empty where nothing is."""
    try:
        state = json.loads((project.runs / f"{name}.json").read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return state if isinstance(state, dict) else {}


def save_state(project: Project, name: str, state: dict) -> None:
    """Keep what is to be remembered, whole or not at all."""
    permissions.make_private(project.runs)
    text = json.dumps(state, indent=1, ensure_ascii=False) + "\n"
    mode = permissions.private_mode(project.runs)
    atomic.write_file(project.runs / f"{name}.json", text.encode(), mode)


def edition_now(project: Project, edition: str, inputs: dict[str, str]) -> dict:
    """Return what an edition is made from and holds at this moment, as it would be remembered.

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
    digest = {name: digest for name, digest in inputs.items() if name.startswith(_CLEANED_FROM)}
    return {"inputs": digest, "files": fingerprints.of_folder(project.processed)}


def refuse_stale(project: Project) -> None:
    """Raise SourceError where the raw files or the settings are not those that were cleaned last."""
    if load_state(project, DATA) != data_now(project, fingerprints.inputs(project)):
        raise SourceError(
            "data/processed is not of the files in data/raw and the settings as they are now",
            "What is printed, signed or approved is made from the figures of now.",
            "python -m darlington_analysis data",
        )


@contextlib.contextmanager
def keeping_fingerprint(project: Project, edition: str) -> Iterator[None]:
    """Let an edition be added to, and remember it as it is after, if it was as remembered before.

    Otherwise a run with nothing to do would take what was added for a change.
    """
    known, folder = load_state(project, edition), project.reports / edition
    was_so = known.get("files") == fingerprints.of_folder(folder)
    yield
    if was_so:
        save_state(project, edition, known | {"files": fingerprints.of_folder(folder)})


def changed_inputs(before: dict[str, str], now: dict[str, str]) -> list[tuple[str, str]]:
    """Return what has changed between two runs' inputs: "new", "changed" or "gone", and what."""
    return [
        ("new" if name not in before else "gone" if name not in now else "changed", name)
        for name in sorted({*before, *now})
        if before.get(name) != now.get(name)
    ]


def nothing_to_do(asked: Namespace) -> bool:
    """Say that nothing has changed, and return True, where every pack is as it would be made.

    That is so where everything the last whole run rested on, and every file it left, has the same
    hash still. A run for named wards, or one that is forced, is never answered here. Raises
    UsageError, UnknownAreaError, LockedError.
    """
    if asked.ward or asked.supported or asked.force or asked.scheduler:
        return False
    project = find_project()
    edition = load_settings(project).edition(asked.edition)
    known = load_state(project, edition.id)
    if not known.get("packs"):
        return False
    with run_lock.locked(project):
        now = edition_now(project, edition.id, fingerprints.inputs(project))
        if any(known.get(name) != state for name, state in now.items()):
            return False
        with recorded(project, edition.id) as record:
            record.counts["unchanged"] = known["packs"]
    print(nothing_changed(edition.title, known["packs"]))
    print(where(edition.id), flush=True)
    return True


# What a run says of itself at its end, fit for an e-mail to the person who looks after the packs.

_FEW = 8
_WHAT = {"new": "new", "changed": "changed", "gone": "gone"}
FIRST_TRY = "made at the second try, in a kernel started anew; the first one stopped"


def nothing_changed(title: str, packs: int) -> str:
    """Return the one sentence of a run that had nothing to do."""
    return f"{title}: nothing has changed. All {packs} packs are as they were."


def unreadable(edition: str, mode: int) -> list[str]:
    """Return that no other user can read an edition, where its mode says so."""
    if mode & (stat.S_IROTH | stat.S_IRGRP):
        return []
    return [
        f"reports/{edition} can be read by you alone, as your umask has it. For a web server: "
        f"umask 022, then packs --force."
    ]


def where(edition: str) -> str:
    """Return where the index page lies."""
    return f"reports/{edition}/index.html"


def counted(title: str, made: int, unchanged: int, failed: int) -> str:
    """Return how many packs were made, left alone and could not be made."""
    return f"{title}: {made} packs made, {unchanged} left as they were, {failed} failed."


def frozen(names: Sequence[str]) -> list[str]:
    """Return which packs stand still while partnerships ask their members."""
    if not names:
        return []
    return [f"Left still while members are asked: {', '.join(names)} (--force makes them anew)."]


def failed(name: str, code: str, reason: str, is_kept: bool) -> str:
    """Return what happened to a ward whose pack could not be made, twice."""
    kept = "the pack from before stays" if is_kept else "no pack of it is published"
    return f"FAILED: {name} ({code}), tried twice; {kept}. {reason}"


def retried(name: str, code: str, reason: str) -> str:
    """Return that a pack was made only at the second try."""
    return f"{name} ({code}) was {FIRST_TRY}: {reason}"


def because(causes: Sequence[tuple[str, str]], is_first: bool) -> list[str]:
    """Return what has changed since the last run: lines, the most telling first."""
    if is_first:
        return ["This is the first run of this edition that is remembered here."]
    if not causes:
        return ["Since the last run nothing it rests on has changed."]
    lines = [f"  {_WHAT[how]}: {what}" for how, what in causes[:_FEW]]
    more = len(causes) - _FEW
    lines += [f"  and {more} more"] if more > 0 else []
    return ["Changed since the last run:", *lines]


def of_packs(changes: Sequence[tuple[str, int, int, bool, bool]]) -> list[str]:
    """Return what the changes did to packs: (ward's name, figures changed, sentences on figures
    changed, whether people wrote in its agreement, whether figures of other areas changed).
    """
    changed = [changed for changed in changes if any(changed[1:])]
    if not changed:
        same = (
            "No figure, no sentence on figures and no agreement in a pack is another, of the ward "
            "or of the areas that it is shown beside."
        )
        return [same] if changes else []
    lines = [
        f"  {name}: {_many(figures, 'figure')}, {_many(sentences, 'sentence')}"
        f"{', and what people wrote in its agreement' if wrote else ''}"
        f"{', and figures of other areas beside it' if beside else ''}"
        for name, figures, sentences, wrote, beside in changed[:_FEW]
    ]
    more = len(changed) - _FEW
    lines += [f"  and {more} more wards"] if more > 0 else []
    return ["In the packs, that changed:", *lines]


def _many(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def waiting(source: str, slugs: list[str]) -> str:
    """Return that a file's figures are in the table and reach no pack, and what would change it."""
    shown = ", ".join(slugs[:3]) + (f" and {len(slugs) - 3} more" if len(slugs) > 3 else "")
    return (
        f"waiting: data/raw/{source} gives {shown}, which no pack shows. Put a slug of the "
        f"register (darlington_analysis/sources/indicators.toml) in its sidecar, or register it "
        f"in data/indicators.toml."
    )


def unshown(slug: str) -> str:
    """Return that an indicator is registered and reaches no pack, and what would change it."""
    return (
        f'not shown: no page of the packs shows {slug}. To show it, write page = "indicators" and '
        f"an order for it in data/indicators.toml."
    )
