"""``add`` and ``fetch``: how raw files arrive."""

from argparse import Namespace
from pathlib import Path

from darlington_analysis.cli.progress import say
from darlington_analysis.core.errors import SourceError
from darlington_analysis.core.project import Project, find_project
from darlington_analysis.intake import incoming
from darlington_analysis.publishing import run_lock as editions
from darlington_analysis.sources import register
from darlington_analysis.sources.sidecars import SIDECAR


def add(asked: Namespace) -> int:
    """Draft the sidecar of a file nobody has described; nothing is imported."""
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
