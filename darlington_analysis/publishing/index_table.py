"""The index page's table: each ward's pack, the files beside it, and what became of it."""

import re
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup, escape

from darlington_analysis.core import atomic
from darlington_analysis.evidence import deprivation
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.evidence.ward import in_table
from darlington_analysis.pages import index_page
from darlington_analysis.publishing import pack

NAME = "index.html"


@dataclass(frozen=True)
class Listed:
    """One ward of the table: its folder, its pack's version, and why it could not be made."""

    code: str
    name: str
    folder: str
    support: str
    version: str | None
    latest: str
    reason: str

    @property
    def is_ready(self) -> bool:
        """True where the pack rests on the figures of now."""
        return not self.reason and self.version == self.latest


def packs_in(loaded: EditionTable, edition_folder: Path, reasons: dict[str, str]) -> list[Listed]:
    """Return every ward of an edition with what lies in its folder."""
    found = []
    for ward in loaded.wards.wards:
        folder = pack.folder_name(ward.code, ward.slug)
        found.append(
            Listed(
                ward.code,
                ward.name,
                folder,
                deprivation.support_state(loaded.support, ward.code),
                pack.version_of(edition_folder / folder),
                in_table(loaded, ward.code).version_id,
                reasons.get(ward.code, ""),
            )
        )
    return found


def table(listed: list[Listed], edition_folder: Path) -> Markup:
    """Return the table: name, support, state, and links to the files that are there."""
    head = Markup("").join(
        Markup('<th scope="col">{}</th>').format(each) for each in index_page.HEADERS
    )
    body = Markup("").join(_row(each, edition_folder / each.folder) for each in listed)
    return Markup(
        '<div class="table-scroll" role="region" aria-label="{0}" tabindex="0">'
        '<table class="data packs"><caption>{0}</caption><thead><tr>{1}</tr></thead>'
        "<tbody>{2}</tbody></table></div>"
    ).format(index_page.CAPTION, head, body)


def list_anew(edition_folder: Path, folder: Path, ward: str) -> None:
    """Write one ward's links again in an index page that is there, after files were added."""
    page = edition_folder / NAME
    if not page.is_file():
        return
    start = _cell_start(folder.name)
    cell = re.compile(re.escape(start) + r".*?</td>", re.DOTALL)
    now = f"{start}{_files(folder, ward)}</td>"
    anew = cell.sub(lambda _: now, page.read_text("utf-8"), count=1)
    atomic.write_file(page, anew.encode())


def _cell_start(folder: str) -> str:
    return f'<td data-files="{folder}">'


def _row(each: Listed, folder: Path) -> Markup:
    state = index_page.pack_state(each.version, each.latest, each.reason)
    name = escape(each.name)
    if each.version:
        name = Markup('<a href="{}/{}">{}</a>').format(each.folder, pack.PAGE, each.name)
    files = _files(folder, each.name) if each.version else index_page.NO_FILES
    return Markup('<tr><th scope="row">{}</th><td>{}</td><td>{}</td>{}{}</td></tr>').format(
        name, each.support, state, Markup(_cell_start(each.folder)), files
    )


def _files(folder: Path, ward: str) -> Markup:
    """Return a link to each other file of a pack that is there; its name says of which ward."""
    return Markup(", ").join(
        Markup('<a href="{}/{}" aria-label="{}: {}">{}</a>').format(
            folder.name, file, words, ward, words
        )
        for file, words in index_page.FILES.items()
        if (folder / file).is_file()
    )
