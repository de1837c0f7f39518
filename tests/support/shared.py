"""What is made once for all tests of a run, also where several workers run them."""

import fcntl
import os
import shutil
import unittest.mock
from collections.abc import Callable
from pathlib import Path

import pytest

from darlington_analysis.cli.main import main
from darlington_analysis.core.project import Project
from tests.support.projects import ROOT, copy_project, run
from tests.support.real_counts import drop_real_counts, drop_real_counts_since_2015

SAID = "said.txt"  # in a published project: what the command printed that made its packs


class Shared:
    """Projects that tests read and copy, and never change. Each is made when it is first asked for.

    Workers of one run wait for each other by a lock on a file, so none of these is made twice.
    """

    def __init__(self, factory: pytest.TempPathFactory):
        base = factory.getbasetemp()
        folder = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
        self.folder = folder / "shared"
        self.folder.mkdir(exist_ok=True)

    def processed(self) -> Project:
        """Return a project whose data/processed is made from the committed raw data."""
        return self._made("processed", _process)

    def as_shipped(self) -> Project:
        """Return the processed project with the settings of the checkout, which copies for other
        tests do not have: its default edition is the newest.
        """
        return self._made("as-shipped", self._ship)

    def real(self) -> Project:
        """Return a processed project with a council's own counts for both ward sets."""
        return self._made("real", _process_real_counts)

    def published(self, edition: str) -> Project:
        """Return the processed project with packs of one or two wards of an edition."""

        def publish(project: Project) -> None:
            copied(self.processed(), project.root)
            wards = {"2011": ["Redhall", "Mowden"], "2025": ["Red Hall"]}[edition]
            words = [word for ward in wards for word in ("--ward", ward)]
            ran = run(project, "packs", "--edition", edition, *words)
            assert 0 == ran.returncode, ran.stderr
            (project.root / SAID).write_text(ran.stdout, "utf-8")

        return self._made(f"published-{edition}", publish)

    def _ship(self, project: Project) -> None:
        copied(self.processed(), project.root)
        shutil.copy(ROOT / "darlington.toml", project.settings_file)
        _data(project)

    def _made(self, name: str, make: Callable[[Project], None]) -> Project:
        project, done = Project(self.folder / name), self.folder / f"{name}.done"
        with (self.folder / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.exists():
                shutil.rmtree(project.root, ignore_errors=True)
                make(project)
                done.touch()
        return project


def copied(project: Project, into: Path) -> Project:
    """Return a copy of a shared project that a test may spoil, with all that was made in it."""
    shutil.copytree(project.root, into)
    return Project(into)


def _process(project: Project) -> None:
    copy_project(project.root)
    _data(project)


def _process_real_counts(project: Project) -> None:
    copy_project(project.root)
    drop_real_counts(project)
    drop_real_counts_since_2015(project)
    _data(project)


def _data(project: Project) -> None:
    with unittest.mock.patch.dict(os.environ, {"DARLINGTON_PROJECT": str(project.root)}):
        assert 0 == main(["data"])
