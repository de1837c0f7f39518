"""A small copy of the project, its commands run in processes of their own, and what they leave.

A command is run in a process forked from this one, which has imported everything and done nothing:
so that a run is a second shorter than one that a person starts, and is otherwise the same.
"""

import contextlib
import os
import shutil
import signal
import sys
import time
from functools import cache
from pathlib import Path

from darlington_analysis.agreements import signing
from darlington_analysis.core import fingerprints
from darlington_analysis.core.project import Project
from scripts import ROOT, copy_settings

RECORD = "data/agreements/central.toml"


class Running:
    """A command at work, with its children; ``said`` is the file of what it says."""

    def __init__(self, root: Path, words: tuple[str, ...], said: Path):
        _imported()
        self.said, self._code = said, None
        self.pid = os.fork()
        if not self.pid:
            _be(root, words, said)

    def poll(self) -> int | None:
        """Return the exit code, None while it runs."""
        if self._code is None:
            ended, status = os.waitpid(self.pid, os.WNOHANG)
            self._code = os.waitstatus_to_exitcode(status) if ended else None
        return self._code

    def wait(self, seconds: float = 600) -> int | None:
        """Wait so long at most; return the exit code, None where it runs still."""
        ends = time.monotonic() + seconds
        while self.poll() is None and time.monotonic() < ends:
            time.sleep(0.004)
        return self._code

    def kill(self) -> None:
        """End it and its children at once, as a machine does that loses its power."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self.wait()

    @property
    def has_traceback(self) -> bool:
        """True where a person saw a traceback."""
        return b"Traceback" in self.said.read_bytes()

    @property
    def tells_of_a_kill(self) -> bool:
        """True where it said that the run before was ended before it was done."""
        return b"was ended before it was done" in self.said.read_bytes()


def run(root: Path, words: tuple[str, ...]) -> Running:
    """Run a command to its end."""
    running = begin(root, words)
    running.wait()
    return running


def begin(root: Path, words: tuple[str, ...]) -> Running:
    """Start a command in a session of its own."""
    return Running(root, words, root.with_name(f"{root.name}.said"))


def copied(root: Path) -> Path:
    """Copy the project, turned to the first of its states, its record ready to be signed."""
    for name in ("data/raw", "notebooks", "data/agreements"):
        ignored = shutil.ignore_patterns(
            "restricted", "private", ".ipynb_checkpoints", "signed", "printed"
        )
        shutil.copytree(ROOT / name, root / name, ignore=ignored)
    (root / "data/raw/restricted").mkdir()
    copy_settings(root)
    for name in ("data/statements.toml", "data/practices.toml"):
        shutil.copy(ROOT / name, root / name)
    text = (ROOT / "tests/records/evening-classes.toml").read_text("utf-8")
    ready = text.replace('state = "wishes to continue"', 'state = "agreed"')
    (root / RECORD).write_text(ready, "utf-8")
    return root


def left(root: Path, place: str) -> dict[str, str]:
    """Return the hash of every file at a place, none where nothing is there."""
    path = root / place
    if path.is_file():
        return {place: fingerprints.of_file(path)}
    return fingerprints.of_folder(path)


def is_marked(root: Path) -> bool:
    """True where a run was at work and did not end by itself."""
    lock = root / "data" / ".lock"
    return lock.is_file() and lock.stat().st_size > 0


def signed(root: Path) -> int:
    """Return how many signings there are. Raises AgreementError where a byte is not as written."""
    return len(signing.signings(signing.ledger_path(Project(root), "central")))


@cache
def _imported() -> None:
    from darlington_analysis.cleaning import process  # noqa: F401


def _be(root: Path, words: tuple[str, ...], said: Path) -> None:
    """Be the command: this process never returns."""
    code = 1
    try:
        os.setsid()
        os.chdir(root)
        os.environ["DARLINGTON_PROJECT"] = str(root)
        told = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        os.dup2(told, 1)
        os.dup2(told, 2)
        # What pytest put in their place would keep it from the file.
        sys.stdout, sys.stderr = os.fdopen(1, "w", closefd=False), os.fdopen(2, "w", closefd=False)
        from darlington_analysis.cli.main import main

        code = main(list(words))
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
