"""The quick answer to a run with nothing to do: no table is read, nothing slow is imported."""

from argparse import Namespace

from darlington_analysis.core import fingerprints
from darlington_analysis.core.project import find_project
from darlington_analysis.core.settings import load_settings
from darlington_analysis.publishing import run_lock, run_messages, run_state


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
    known = run_state.remembered(project, edition.id)
    if not known.get("packs"):
        return False
    with run_lock.locked(project):
        now = run_state.edition_now(project, edition.id, fingerprints.inputs(project))
        if any(known.get(name) != found for name, found in now.items()):
            return False
        with run_state.recorded(project, edition.id) as record:
            record.counts["unchanged"] = known["packs"]
    print(run_messages.nothing_changed(edition.title, known["packs"]))
    print(run_messages.where(edition.id), flush=True)
    return True
