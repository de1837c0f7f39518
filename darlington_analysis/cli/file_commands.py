"""``init``, ``add`` and ``fetch``: how a project begins, and how raw files arrive."""

import json
import shutil
from argparse import Namespace
from datetime import date
from importlib import resources
from pathlib import Path
from string import Template

from darlington_analysis.cli.progress import say
from darlington_analysis.core.errors import SourceError, UsageError
from darlington_analysis.core.project import Project, find_project
from darlington_analysis.intake import incoming
from darlington_analysis.publishing import run_lock as editions
from darlington_analysis.sources import register
from darlington_analysis.sources.sidecars import SIDECAR

_EMPTY = ("data/processed/.gitkeep", "reports/.gitkeep")
_OF_ENGLAND = (  # lists that are the same for every council
    "indices-of-deprivation/2015/england_ward_thresholds.csv",
    "indices-of-deprivation/2019/england_ward_thresholds.csv",
    "indices-of-deprivation/2025/england_ward_thresholds.csv",
    "youth-justice/published-facts/england_rates.csv",
)


def init(asked: Namespace) -> int:
    """Write an empty project into a folder that is not there yet, or is empty."""
    folder = Path(asked.folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(
            f"{asked.folder} is there already, and is not empty",
            "A new folder, or an empty one: no file is replaced.",
            "give another name",
        )
    with resources.as_file(resources.files("darlington_analysis")) as package:
        shutil.copytree(package / "cli/templates/project", folder, dirs_exist_ok=True)
        shipped = package / "shipped"  # in an installed package; a checkout has all beside it
        source = shipped if shipped.is_dir() else package.parent
        (folder / "notebooks").mkdir()
        for notebook in sorted((source / "notebooks").glob("*.ipynb")):
            _copy_notebook(notebook, folder / "notebooks" / notebook.name)
        for name in _OF_ENGLAND:
            _copy_list(source / "data/raw" / name, folder / "data/raw" / name)
    (folder / "gitignore.txt").rename(folder / ".gitignore")
    for name in _EMPTY:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    settings = folder / "darlington.toml"
    filled = Template(settings.read_text("utf-8")).substitute(today=date.today().isoformat())
    settings.write_text(filled, "utf-8")
    say(f"written: {folder}. README.md there says what to fill in, and in which order")
    return 0


def _copy_notebook(source: Path, copy: Path) -> None:
    """Copy a notebook without results; a cell about one council has its words for others.

    Those stand in the cell's metadata, ``elsewhere``; where they are empty, the cell is left out.
    """
    notebook = json.loads(source.read_text("utf-8"))
    kept = []
    for cell in notebook["cells"]:
        words = cell["metadata"].pop("elsewhere", None)
        if words is not None:
            cell["source"] = words
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
        if words != "":
            kept.append(cell)
    text = json.dumps({**notebook, "cells": kept}, indent=1, ensure_ascii=False)
    copy.write_text(text + "\n", "utf-8")


def _copy_list(source: Path, copy: Path) -> None:
    """Copy a raw file and its sidecar without its notes, which tell how it was tried here."""
    copy.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, copy)
    story = source.with_name(f"{source.name}{SIDECAR}").read_text("utf-8")
    told = [line for line in story.splitlines() if not line.startswith("notes = ")]
    copy.with_name(f"{copy.name}{SIDECAR}").write_text("\n".join(told) + "\n", "utf-8")


def add(asked: Namespace) -> int:
    """Draft the sidecar of a file without one; nothing is imported."""
    project, file = find_project(), Path(asked.file)
    if not file.is_file():
        raise SourceError(
            f"There is no file {asked.file}", "A file to look at.", "check its name and folder"
        )
    with editions.locked(project), register.without_undescribed():
        draft, where = _drafted(project, file, asked)
    for sentence in draft.seen:
        say(sentence)
    say(f"drafted: data/raw/{where}, {len(draft.questions)} questions open")
    for number, question in enumerate(draft.questions, 1):
        say(f"  {number}. {question}")
    say("Answer them in that file, then: python -m darlington_analysis check")
    return 0


def _drafted(project: Project, file: Path, asked: Namespace):
    """Return the draft that was put into ``data/raw``, and where it is."""
    from darlington_analysis.intake import drafting, young_people
    from darlington_analysis.sources.gazetteer import Gazetteer

    draft = young_people.add(project, file)
    if draft is not None:
        return draft, "restricted"
    draft = drafting.draft(file, Gazetteer(project), asked.sheet, asked.row)
    if draft.is_restricted and not file.resolve().is_relative_to(project.raw.resolve()):
        incoming.add_restricted(project, file.name, file.read_bytes(), draft.text)
        return draft, f"restricted/{file.name}{SIDECAR}"
    return draft, f"{incoming.add(project, file, draft.text).as_posix()}{SIDECAR}"


def fetch(asked: Namespace) -> int:
    """Download every missing raw file whose sidecar names its address and checksum."""
    from darlington_analysis.intake import incoming

    project = find_project()
    with editions.locked(project):
        absent = incoming.missing(project)
        for sidecar in absent:
            say(f"fetched: data/raw/{incoming.fetch(sidecar).relative_to(project.raw).as_posix()}")
    if not absent:
        say("no raw file is missing")
    return 0
