"""An edition approved: the record of who and when, the edition kept whole, and what changed since."""

import contextlib
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from darlington_analysis.core import atomic
from darlington_analysis.core.errors import UsageError
from darlington_analysis.core.project import Project
from darlington_analysis.evidence import agreement, approval, changes
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
    _refuse_unready(loaded)
    if state != approval.APPROVED and loaded.state == approval.APPROVED:
        raise UsageError(
            f"{loaded.edition.title} is approved already",
            "An approval is not taken back by a review.",
            f"darlington changes {loaded.edition.id}, which lists what has changed since",
        )
    path = approval.path_of(loaded.project, loaded.edition.id)
    path.parent.mkdir(exist_ok=True)
    atomic.write_file(path, changes.to_approve(loaded, state, role, day).as_json())


@contextlib.contextmanager
def or_as_before(project: Project, edition: str) -> Iterator[None]:
    """Put the record of an edition back as it was where what follows it fails or is stopped."""
    path = approval.path_of(project, edition)
    before = path.read_bytes() if path.is_file() else None
    try:
        yield
    except BaseException:
        if before is None:
            path.unlink(missing_ok=True)
        else:
            atomic.write_file(path, before)
        raise


def _refuse_unready(loaded: EditionTable) -> None:
    for ward in loaded.wards.wards:
        if agreement.is_frozen(loaded, ward):
            raise UsageError(
                f"The agreement of {ward.name} is with its members, whose pack stays as it is",
                "An edition is approved as a whole, and every pack says so.",
                "approve it once the members have answered",
            )
        folder = loaded.project.reports / loaded.edition.id / ward.folder
        is_ready = pack.version_of(folder) == in_table(loaded, ward.code).version_id
        if not (is_ready and pack.is_as_made(folder)):
            raise UsageError(
                f"The pack of {ward.name} is not there, or not of the figures of now",
                "An edition is approved as a whole, as it was published.",
                f"darlington packs --edition {loaded.edition.id}",
            )


def refuse_kept(project: Project, edition: str, day: date) -> None:
    """Raise UsageError where an edition that was approved that day is kept already."""
    folder = kept_folder(edition, day)
    if (project.reports / folder).exists():
        raise UsageError(
            f"reports/{folder} is there already",
            "An edition that was approved is never written over.",
            f"approve it on another day (--on), or move reports/{folder} away first",
        )


def keep(loaded: EditionTable, day: date) -> Path:
    """Keep the published edition whole beside the next ones; return its folder.

    Raises UsageError where the packs are not, or no longer, of the figures that were approved.
    """
    project, edition = loaded.project, loaded.edition.id
    if loaded.state != approval.APPROVED:
        raise UsageError(
            f"The figures of {loaded.edition.title} have changed while it was being approved",
            "What is kept is what was approved.",
            f"darlington packs --edition {edition}, look at the packs, and approve them",
        )
    _refuse_unready(loaded)
    refuse_kept(project, edition, day)
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
