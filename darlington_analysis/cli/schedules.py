"""Entries that make the packs when nobody is there: cron, a systemd timer, a CI workflow."""

import re
import sys
from importlib import resources
from string import Template

from darlington_analysis.core.errors import UsageError
from darlington_analysis.core.project import Project
from darlington_analysis.core.settings import load_settings

KINDS = ("cron", "systemd", "ci")
# cron, the shell and systemd each quote in a way of their own; these letters need it nowhere.
_PLAIN = re.compile(r"/[\w/.+-]*")


def entry(kind: str, project: Project, edition: str | None) -> str:
    """Return one entry of ``KINDS``, filled in for this project, its Python and an edition.

    Raises UnknownAreaError for an edition that does not exist, UsageError for a path that the
    entry would take apart.
    """
    chosen = load_settings(project).edition(edition)
    folder = resources.files("darlington_analysis.cli") / "templates" / "schedule"
    template = Template((folder / f"{kind}.txt").read_text("utf-8"))
    paths = {"root": str(project.root), "python": sys.executable}
    for name in template.get_identifiers():
        _refuse_odd(paths.get(name, "/"))
    return template.substitute(paths, edition=chosen.id).rstrip()


def _refuse_odd(path: str) -> None:
    if not _PLAIN.fullmatch(path):
        raise UsageError(
            f"The path {path} can't stand in an entry",
            "Letters, figures and / . _ + - alone: others are read as more than a path there.",
            "move the project, or its Python, to a folder without them",
        )
