"""Look at the published pages of editions with a browser; write what was found beside their index.

python -m scripts.accessibility [EDITION ...]   (every edition in reports unless some are named)
"""

import sys
import time

from darlington_analysis.cli.progress import say
from darlington_analysis.core.errors import DarlingtonError
from darlington_analysis.core.project import Project, find_project
from darlington_analysis.core.settings import load_settings
from darlington_analysis.publishing import run_lock, run_state, site, statement
from scripts.accessibility import browser, inspection


def main(named: list[str]) -> int:
    """Inspect each edition, and return the exit code."""
    project = find_project()
    try:
        for edition in named or _published(project):
            inspect(project, edition)
        inspect_landing(project)
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


def inspect_landing(project: Project) -> None:
    """Look at the page that leads to every edition; raise InaccessibleError as ``inspect`` does."""
    page = project.reports / site.NAME
    if not page.is_file():
        return
    with browser.started() as chromium:
        found = inspection.check_page(chromium, page, page.name)
    inspection.refuse({"pages": [found]})
    say(f"reports/{page.name}: as it should be")


def _published(project: Project) -> list[str]:
    """Return the editions of the settings that are published; an approved one is kept as it was."""
    every = load_settings(project).editions
    return [one.id for one in every if (project.reports / one.id / site.NAME).is_file()]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
