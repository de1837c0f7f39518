"""An edition approved: the record of who and when, the edition kept whole, and what changed since."""

import shutil
from datetime import date
from pathlib import Path

from darlington_analysis.core import atomic
from darlington_analysis.core.errors import UsageError
from darlington_analysis.core.project import Project
from darlington_analysis.evidence import approval, changes
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.evidence.ward import in_table
from darlington_analysis.pages import changes as words
from darlington_analysis.pages import page as pages
from darlington_analysis.publishing import html, pack, run_lock, site, statement
from darlington_analysis.readers import personal_data

CHANGES = "changes.html"


def kept_folder(edition: str, day: date) -> str:
    """Return the name of the folder in ``reports`` that keeps an edition as it was approved."""
    return f"{edition}-approved-{day.isoformat()}"


def record(loaded: EditionTable, state: str, role: str, day: date) -> None:
    """Write down how far the Council is with an edition whose packs are all as they should be.

    Raises UsageError where a pack is missing or older than its figures, or a person is named.
    """
    if personal_data.signs(role) or not role.strip():
        raise UsageError(
            "A person is named, not the role",
            "What is approved is kept for good and published.",
            'darlington approve EDITION --by "Cabinet"',
        )
    for ward in loaded.wards.wards:
        folder = loaded.project.reports / loaded.edition.id / ward.folder
        is_ready = pack.version_of(folder) == in_table(loaded, ward.code).version_id
        if not (is_ready and pack.is_as_made(folder)):
            raise UsageError(
                f"The pack of {ward.name} is not there, or not of the figures of now",
                "An edition is approved as a whole, as it was published.",
                f"darlington packs --edition {loaded.edition.id}",
            )
    path = loaded.project.root / "data" / "approvals" / f"{loaded.edition.id}.json"
    path.parent.mkdir(exist_ok=True)
    atomic.write_file(path, changes.to_approve(loaded, state, role, day).as_json())


def keep(project: Project, edition: str, day: date) -> Path:
    """Keep the published edition whole beside the next ones; return its folder."""
    place = project.reports / kept_folder(edition, day)
    with run_lock.staging(project, f"{edition}-kept") as workshop:
        made = workshop / place.name
        shutil.copytree(project.reports / edition, made, symlinks=True)
        atomic.put_in_place(made, place)
    return place


def write_changes(loaded: EditionTable, folder: Path) -> None:
    """Write the page of what has changed since an edition was approved; none where it was not."""
    shown = changes.since_approval(loaded)
    if shown is None:
        return
    edition = loaded.edition
    page = html.render_page(
        pages.tab_title(words.SINCE_APPROVAL_TITLE.format(edition=edition.title)),
        words.since_approval(shown, edition.title, kept_folder(edition.id, shown.approval.day)),
        words.APPROVAL_DESCRIPTION,
        html.footer(pages.footer(edition, ""), statement.BESIDE),
        words=html.words(),
        home=(site.NAME, pages.back_to_index(edition)),
        has_contents=False,
    )
    (folder / CHANGES).write_text(page, "utf-8")


def state_of(loaded: EditionTable) -> str:
    """Return how far the Council is with an edition, in a line."""
    return f"{loaded.edition.title}: {pages.approval_words(loaded) or approval.APPROVED}"
