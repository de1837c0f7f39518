"""The checkout, copies of it that a test may spoil, and commands run on them as a person would."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from darlington_analysis.core.project import Project

ROOT = Path(__file__).resolve().parents[2]
PAPERS = {"meeting-sheet.html", "negotiators-brief.html", "ward-councillors-brief.html"}
FILES = {"evidence-pack.html", "evidence-pack.ipynb", "figures.csv", "manifest.json", *PAPERS}


def copy_project(into: Path) -> Project:
    """Return a project of its own in a folder: settings, raw data and notebooks, nothing made."""
    for name in ("data/raw", "data/agreements", "notebooks"):
        ignored = shutil.ignore_patterns("restricted", "private", ".ipynb_checkpoints")
        shutil.copytree(ROOT / name, into / name, ignore=ignored)
    (into / "data/raw/restricted").mkdir()
    shutil.copy(ROOT / "darlington.toml", into)
    return Project(into)


def run(project, *arguments):
    """Run a command of the project as a person would, and return what it said."""
    command = [sys.executable, "-m", "darlington_analysis", *arguments]
    environment = {"DARLINGTON_PROJECT": str(project.root)}
    return subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, text=True, timeout=600
    )
