"""Look at the published pages of editions with a browser; write what was found beside their index.

python -m scripts.accessibility [EDITION ...]   (every edition in reports unless some are named)
"""

import sys
import time

from darlington_analysis.cli.progress import say
from darlington_analysis.core.errors import DarlingtonError
from darlington_analysis.core.project import Project, find_project
from darlington_analysis.core.settings import load_settings
from darlington_analysis.publishing import run_lock, run_state, statement
from scripts.accessibility import inspection


def main(named: list[str]) -> int:
    """Inspect each edition, and return the exit code."""
    project = find_project()
    try:
        for edition in named or _published(project):
            inspect(project, edition)
    except DarlingtonError as fault:
        print(fault, file=sys.stderr)
        return fault.exit_code
    return 0


def inspect(project: Project, name: str) -> None:
    """Look at an edition's pages; write the report and the statement of accessibility.

    Raises InaccessibleError where a page would shut readers out.
    """
    settings = load_settings(project)
    edition = settings.edition(name)
    folder = project.reports / edition.id
    inspection.pages_of(folder, edition.id)
    began = time.monotonic()
    with run_lock.locked(project), run_state.keeping_fingerprint(project, edition.id):
        report = inspection.check_edition(
            folder, edition.id, lambda page, state: say(f"{page}: {state}")
        )
        inspection.write(report, folder)
        statement.write(folder, edition, settings.roles)
    say(f"{report['summary']}\nreports/{edition.id}/{inspection.REPORT}")
    say(f"{time.monotonic() - began:.0f} seconds")
    inspection.refuse(report)


def _published(project: Project) -> list[str]:
    return sorted(page.parent.name for page in project.reports.glob("[!.]*/index.html"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
