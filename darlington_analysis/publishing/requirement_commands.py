"""``requirements``: the table of core requirements, checked and written."""

from argparse import Namespace

from darlington_analysis.errors import UsageError
from darlington_analysis.project import find_project
from darlington_analysis.publishing import requirements as core
from darlington_analysis.publishing.progress import say


def requirements(asked: Namespace) -> int:
    """Write the table of core requirements; refuse where what it names is not there, or fails.

    ``names``: look at the names alone, and run no test.
    """
    project = find_project()
    found = core.rows(project)
    faults = core.faults(project, found)
    if not faults and not asked.names:
        say(f"running the tests of {len(found)} rows; this takes some minutes")
        faults = core.run(project, found)
    if faults:
        raise UsageError(
            faults[0],
            f"Every row of {core.TABLE} names code, and a test that is there and passes; "
            f"{len(faults)} faults.",
            f"mend {core.TABLE}, or what it names",
        )
    (project.root / core.WRITTEN).write_text(core.markdown(found), "utf-8")
    say(f"{core.WRITTEN}: {len(found)} core rows, each with its code and its test")
    return 0
