"""Entries that make the packs when nobody is there: cron, a systemd timer, a CI workflow."""

import sys
from importlib import resources
from string import Template

from darlington_analysis.project import Project
from darlington_analysis.settings import load_settings

KINDS = ("cron", "systemd", "ci")


def entry(kind: str, project: Project, edition: str | None) -> str:
    """Return one entry of ``KINDS``, filled in for this project, its Python and an edition.

    Raises UnknownAreaError for an edition that does not exist.
    """
    chosen = load_settings(project).edition(edition)
    folder = resources.files("darlington_analysis.publishing") / "templates" / "schedule"
    text = (folder / f"{kind}.txt").read_text("utf-8")
    return (
        Template(text)
        .substitute(root=project.root, python=sys.executable, edition=chosen.id)
        .rstrip()
    )
