"""``requirements``: the table of core requirements, checked and written."""

from argparse import Namespace

from darlington_analysis.errors import UsageError
from darlington_analysis.project import find_project
from darlington_analysis.publishing import requirements as core
from darlington_analysis.publishing.progress import say


def requirements(asked: Namespace) -> int:
    """Write the table of core requirements; refuse where what it names is not there, or fails."""
    project = find_project()
    found = core.rows(project)
    faults = core.faults(project, found)
    if faults or (asked.run and not core.run(project, found)):
        raise UsageError(
            faults[0] if faults else "A test of the table failed, or was skipped",
            f"Every row of {core.TABLE} names code and a test that exist; {len(faults)} do not.",
            f"mend {core.TABLE}, or what it names",
        )
    (project.root / core.WRITTEN).write_text(core.markdown(found), "utf-8")
    say(f"{core.WRITTEN}: {len(found)} core rows, each with its code and its test")
    return 0
