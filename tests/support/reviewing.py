"""A person at work: adds a file, answers the questions of its draft, and lets it be imported."""

import hashlib
import tomllib
from pathlib import Path

from darlington_analysis.cleaning import imported
from darlington_analysis.core.project import Project
from darlington_analysis.intake import drafting, incoming
from darlington_analysis.sources import register
from darlington_analysis.sources.gazetteer import Gazetteer

STORY = {
    "publisher": "a publisher",
    "address": "none: not published",
    "retrieved": "2026-11-22",
    "licence": "Open Government Licence v3.0",
    "vintage": "2026-11",
    "control": "open",
    "basis": "observed",
    "kind": "calendar",
    "label": "2019",
    "headings_spread": "true",
    "-": "x",
    "#DIV/0!": "z",
}


def add(project: Project, file: Path, sheet: str = "", row: int = 1) -> Path:
    """Return the path of a file's drafted sidecar."""
    draft = drafting.draft(file, Gazetteer(project), sheet, row)
    placed = incoming.add(project, file, draft.text)
    return project.raw / f"{placed}.source.toml"


def answer(sidecar: Path, **answers: str) -> Path:
    """Write an answer under every question: one's own, what is offered, or a likely one."""
    text = sidecar.read_text("utf-8")
    for question in tomllib.loads(text)["questions"]:
        last = question["field"][-1]
        said = answers.get(last) or question["offered"] or STORY.get(last, "x")
        text = text.replace('answer = ""', f'answer = "{said}"', 1)
    sidecar.write_text(text, "utf-8")
    return sidecar


def taken(project: Project, file: Path, sheet: str = "", **answers: str):
    """Return a file's figures and the rows set aside, after add and review."""
    answer(add(project, file, sheet), **answers)
    return imported.take(project, source_of(project, file.name), Gazetteer(project))


def source_of(project: Project, name: str):
    """Return what the sidecar of an added file says."""
    return next(each for each in register.register(project) if each.path.endswith(f"/{name}"))


def imported_rows(project: Project, name: str):
    """Return a reviewed file's rows on their way to the one table."""
    return next(clean() for family, clean in imported.families(project) if family.endswith(name))


def retaken(project: Project, source, text: str):
    """Return what is taken from a source's file once its text is another and its checksum fits."""
    content = text.encode()
    (project.raw / source.path).write_bytes(content)
    fitting = source.model_copy(update={"sha256": hashlib.sha256(content).hexdigest()})
    return imported.take(project, fitting, Gazetteer(project))
