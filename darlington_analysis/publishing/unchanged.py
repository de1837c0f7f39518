"""The quick answer to a run with nothing to do: no table is read, nothing slow is imported."""

from argparse import Namespace

from darlington_analysis.catalogue import fingerprints
from darlington_analysis.presentation.wording import runs as words
from darlington_analysis.project import find_project
from darlington_analysis.publishing import edition as editions
from darlington_analysis.publishing import runs
from darlington_analysis.settings import load_settings


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
    known = runs.remembered(project, edition.id)
    if not known.get("packs"):
        return False
    with editions.locked(project):
        now = runs.edition_now(project, edition.id, fingerprints.inputs(project))
        if any(known.get(name) != found for name, found in now.items()):
            return False
        with runs.recorded(project, edition.id) as record:
            record.counts["unchanged"] = known["packs"]
    print(words.nothing_changed(edition.title, known["packs"]))
    print(words.where(edition.id), flush=True)
    return True
