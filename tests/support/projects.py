"""The checkout, copies of it that a test may spoil, and commands run on them as a person would."""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from darlington_analysis.core.project import Project
from scripts import copy_settings

BOROUGH, REGION, COUNTRY = "E06000005", "E12000001", "E92000001"  # of this checkout
ROOT = Path(__file__).resolve().parents[2]
PAPERS = {
    "worksheet.html",
    "meeting-sheet.html",
    "negotiators-brief.html",
    "ward-councillors-brief.html",
}
FILES = {
    "evidence-pack.html",
    "figures.html",
    "evidence-pack.ipynb",
    "figures.csv",
    "manifest.json",
    *PAPERS,
}


def copy_project(into: Path) -> Project:
    """Return a project of its own in a folder: settings, raw data and notebooks, nothing made.

    Only what git tracks is copied: files under review and counts of people stay where they are.
    """
    kept = tracked("darlington.toml", "data", "notebooks")
    for name in (name for name in kept if not name.endswith(".gitkeep")):
        (into / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, into / name)
    (into / "data/raw/restricted").mkdir(exist_ok=True)
    copy_settings(into)
    return Project(into)


@cache
def tracked(*places: str) -> list[str]:
    """Return the files of some places that git tracks, and that are there."""
    command = ["git", "ls-files", "-z", "--", *places]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def run(project, *arguments):
    """Run a command of the project as a person would, and return what it said."""
    command = [sys.executable, "-m", "darlington_analysis", *arguments]
    environment = {"DARLINGTON_PROJECT": str(project.root)}
    return subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, text=True, timeout=600
    )
