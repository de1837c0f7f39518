"""``add`` and ``fetch``: how raw files arrive."""

from argparse import Namespace
from pathlib import Path

from darlington_analysis.catalogue import arriving, sources
from darlington_analysis.catalogue.sidecars import SIDECAR
from darlington_analysis.errors import SourceError
from darlington_analysis.project import Project, find_project
from darlington_analysis.publishing import edition as editions
from darlington_analysis.publishing.progress import say


def add(asked: Namespace) -> int:
    """Draft the sidecar of a file nobody has described; nothing is imported."""
    project, file = find_project(), Path(asked.file)
    if not file.is_file():
        raise SourceError(
            f"There is no file {asked.file}", "A file to look at.", "check its name and folder"
        )
    with editions.locked(project), sources.without_undescribed():
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
    from darlington_analysis.catalogue.gazetteer import Gazetteer
    from darlington_analysis.cleaning.drafts import drafting, people

    draft = people.add(project, file)
    if draft is not None:
        return draft, "restricted"
    draft = drafting.draft(file, Gazetteer(project), asked.sheet, asked.row)
    return draft, f"{arriving.add(project, file, draft.text).as_posix()}{SIDECAR}"


def fetch(asked: Namespace) -> int:
    """Download every missing raw file whose sidecar names its address and checksum."""
    from darlington_analysis.catalogue import fetching

    project = find_project()
    with editions.locked(project):
        absent = fetching.missing(project)
        for sidecar in absent:
            say(f"fetched: data/raw/{fetching.fetch(sidecar).relative_to(project.raw).as_posix()}")
    if not absent:
        say("no raw file is missing")
    return 0
