"""``requirements``: the table of core requirements, checked and written."""

from argparse import Namespace

from darlington_analysis.errors import UsageError
from darlington_analysis.project import find_project
from darlington_analysis.publishing import access_table
from darlington_analysis.publishing import requirements as core
from darlington_analysis.publishing.progress import say


def requirements(asked: Namespace) -> int:
    """Write both tables of checks; refuse where what one names is not there, or fails.

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
    checks = access_table.rows(project)
    if wrong := access_table.faults(project, checks):
        raise UsageError(
            wrong[0], "Every check has a test, a look or a person.", f"mend {access_table.TABLE}"
        )
    (project.root / access_table.WRITTEN).write_text(access_table.markdown(checks), "utf-8")
    say(f"{access_table.WRITTEN}: {len(checks)} checks of accessibility")
    return 0
