"""The edition's index page: map, packs and their files, what failed, what changed, how old."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup, escape

from darlington_analysis.core import atomic
from darlington_analysis.evidence import deprivation
from darlington_analysis.evidence.borough import BoroughEvidence
from darlington_analysis.evidence.changes import since_approval
from darlington_analysis.evidence.review import of_borough
from darlington_analysis.evidence.sections import Overview
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.evidence.ward import in_table
from darlington_analysis.pages import (
    agreements_overview,
    borough,
    changes,
    compare,
)
from darlington_analysis.pages import edition as edition_page
from darlington_analysis.pages import page as pages
from darlington_analysis.pages import site as site_page
from darlington_analysis.publishing import (
    approving,
    html,
    notebook_pages,
    pack,
    papers,
    site,
    statement,
)
from darlington_analysis.publishing.disclosure_audit import Audit
from darlington_analysis.publishing.printed import AUDIT
from darlington_analysis.sources import lineage
from darlington_analysis.sources.areas import Ward

NAME, COMPARE = site.NAME, pages.COMPARE


@dataclass(frozen=True)
class Listed:
    """One ward of the table: its folder, its pack's version, and why it could not be made.

    ``words`` and ``postcodes``: by what else people look for it; ``agreement``: the state of its
    record.
    """

    code: str
    name: str
    folder: str
    support: str
    agreement: str
    version: str | None
    latest: str
    reason: str
    words: str
    postcodes: str

    @property
    def is_ready(self) -> bool:
        """True where the pack is made from the present figures."""
        return not self.reason and self.version == self.latest


def packs_in(loaded: EditionTable, edition_folder: Path, reasons: dict[str, str]) -> list[Listed]:
    """Return every ward of an edition with what lies in its folder."""
    agreed = edition_page.agreement_states(of_borough(loaded))
    listed = []
    for ward in loaded.wards.wards:
        folder = ward.folder
        listed.append(
            Listed(
                ward.code,
                ward.name,
                folder,
                deprivation.support_state(loaded.support, ward.code),
                agreed[ward.code],
                pack.version_of(edition_folder / folder),
                in_table(loaded, ward.code).version_id,
                reasons.get(ward.code, ""),
                " ".join(_search_words(loaded, ward)),
                _postcodes(loaded, ward),
            )
        )
    return listed


def _search_words(loaded: EditionTable, ward: Ward) -> list[str]:
    """Return what a ward is looked for by besides its name: its code, aliases and former wards."""
    aliases = [alias for alias, code in loaded.wards.aliases if code == ward.code]
    earlier = deprivation.of_ward(loaded, ward).rows
    former = list(earlier.area_name) if len(earlier) else []
    return list(dict.fromkeys([ward.code, *aliases, *former]))


def _postcodes(loaded: EditionTable, ward: Ward) -> str:
    """Return the starts of the ward's postcodes without their spaces, by which it is found."""
    known = loaded.of_the_wards(lineage.postcodes).get(ward.code, [])
    return " ".join(start.replace(" ", "").lower() for start in known)


def table(listed: list[Listed], edition_folder: Path) -> Markup:
    """Return the table: name, support, agreement, pack, and links to the files that are there."""
    head = Markup("").join(
        Markup('<th scope="col">{}</th>').format(header) for header in edition_page.HEADERS
    )
    body = Markup("").join(_row(row, edition_folder / row.folder) for row in listed)
    return Markup(
        '<div class="table-scroll" role="region" aria-label="{0}" tabindex="0">'
        '<table class="data packs" id="wards"><caption>{0}</caption><thead><tr>{1}</tr></thead>'
        "<tbody>{2}</tbody></table></div>"
    ).format(edition_page.CAPTION, head, body)


def list_anew(edition_folder: Path, folder: Path, ward: str) -> None:
    """Write one ward's links again in an index page that is there, after files were added."""
    page = edition_folder / NAME
    if not page.is_file():
        return
    start = _cell_start(folder.name)
    cell = re.compile(re.escape(start) + r".*?</td>", re.DOTALL)
    now = f"{start}{_files(folder, ward)}</td>"
    updated = cell.sub(lambda _: now, page.read_text("utf-8"), count=1)
    atomic.write_file(page, updated.encode())


def _cell_start(folder: str) -> str:
    return f'<td data-files="{folder}">'


def _row(listed: Listed, folder: Path) -> Markup:
    state = edition_page.pack_state(listed.version, listed.latest, listed.reason)
    name = escape(listed.name)
    if listed.version:
        name = Markup('<a href="{}/{}">{}</a>').format(listed.folder, pack.PAGE, listed.name)
    files = _files(folder, listed.name) if listed.version else edition_page.NO_FILES
    return Markup(
        '<tr id="{}" data-words="{}" data-postcodes="{}"><th scope="row">{}</th><td>{}</td>'
        "<td>{}</td><td>{}</td>{}{}</td></tr>"
    ).format(
        listed.code,
        listed.words,
        listed.postcodes,
        name,
        listed.support,
        listed.agreement,
        state,
        Markup(_cell_start(listed.folder)),
        files,
    )


def _files(folder: Path, ward: str) -> Markup:
    """Return a link to each other file of a pack that is there; its name says of which ward."""
    return Markup(", ").join(
        Markup('<a href="{}/{}" aria-label="{}: {}">{}</a>').format(
            folder.name, file, words, ward, words
        )
        for file, words in edition_page.FILES.items()
        if (folder / file).is_file()
    )


def write(
    loaded: EditionTable,
    edition_folder: Path,
    reasons: dict[str, str],
    audited: Audit,
    made: Sequence[notebook_pages.PageMade] = (),
) -> None:
    """Write ``index.html`` and ``compare.html`` over the packs that lie in the edition's folder.

    ``reasons`` says, by ward code, why a pack could not be made in this run; ``audited`` is what
    the attack on its withheld counts found; ``made`` are the notebooks that are pages.
    """
    listed = packs_in(loaded, edition_folder, reasons)
    links = {row.code: f"{row.folder}/{pack.PAGE}" for row in listed if row.version}
    asked = [
        (edition_page.PACKS_QUESTION, _find() + table(listed, edition_folder)),
        (edition_page.ALL_QUESTION, _of_all(made)),
        (edition_page.MAP_QUESTION, Markup(borough.map_figure(BoroughEvidence(loaded).map, links))),
        (edition_page.CHANGED_QUESTION, _changed(loaded)),
        (edition_page.AGE_QUESTION, Markup(edition_page.ages(Overview(loaded).indicators))),
        (edition_page.DISCLOSURE_QUESTION, _disclosure(audited)),
    ]
    sections = [Markup("<h2>{}</h2>{}").format(*answer) for answer in asked]
    title, body = (
        pages.index_title(loaded.edition),
        Markup("").join([_top(loaded, listed), *sections]),
    )
    home = (site.ADDRESS, site_page.BACK)
    _write(loaded, edition_folder / NAME, title, body, edition_page.description(), home)
    compared = compare.page_of_all(loaded, links)
    title = compare.PAGE_TITLE.format(edition=loaded.edition.title)
    home = (NAME, pages.back_to_index(loaded.edition))
    _write(loaded, edition_folder / COMPARE, title, compared, compare.PAGE_DESCRIPTION, home)


def _write(
    loaded: EditionTable,
    path: Path,
    title: str,
    body: Markup,
    description: str,
    home: tuple[str, str],
) -> None:
    page = html.render_page(
        pages.tab_title(title),
        body,
        description,
        html.footer(pages.footer(loaded.edition, ""), statement.BESIDE),
        words=html.words(),
        home=home,
        has_contents=path.name == NAME,
        contents_after=1,
        narrows=True,
    )
    path.write_text(page, "utf-8")


def _find() -> Markup:
    """Return the field that finds a ward; hidden where no script shows it."""
    return Markup(
        '<div class="narrow" data-table="wards" hidden><label>{} '
        '<input type="search" autocomplete="off"></label>'
        '<span role="status" data-words="{}"></span></div>'
    ).format(edition_page.FIND, edition_page.FOUND)


def _of_all(made: Sequence[notebook_pages.PageMade]) -> Markup:
    """Return links to the pages on all wards: agreements, comparison, and notebooks."""
    first = Markup('<ul><li><a href="{}">{}</a></li><li><a href="{}">{}</a></li></ul>').format(
        papers.BOROUGH, agreements_overview.LINK, COMPARE, compare.PAGE_LINK
    )
    return first + notebook_pages.listed(made) if made else first


def _top(loaded: EditionTable, listed: list[Listed]) -> Markup:
    """Return the h1, what must be known first, and how many packs there are and how old."""
    edition = loaded.edition
    notices = pages.state_banners(loaded)
    notices += [pages.INDEX_MADE_UP_BANNER] if loaded.rows.is_dummy.any() else []
    notices += [_newer(loaded)] if loaded.newer_editions else []
    ready = sum(row.is_ready for row in listed)
    lead = pages.index_lead(len(listed), edition)
    return Markup('<h1 data-state="{}">{}</h1>{}<p class="lead">{}</p><p>{}</p>').format(
        pages.approval_words(loaded),
        pages.index_title(edition),
        pages.notices(notices),
        lead,
        edition_page.ready(ready, len(listed), sum(bool(row.reason) for row in listed)),
    )


def _newer(loaded: EditionTable) -> tuple[str, Markup]:
    """Return the notice of newer figures, with a link to each edition that lies beside this one."""
    strong, rest = pages.newer_banner(loaded.newer_editions)
    links = [
        Markup(' <a href="../{}/{}">{}</a>').format(edition.id, NAME, pages.index_title(edition))
        for edition in loaded.newer_editions
        if (loaded.project.reports / edition.id / NAME).is_file()
    ]
    return strong, Markup("{}{}").format(rest, Markup(",").join(links))


def _changed(loaded: EditionTable) -> Markup:
    """Return what there is to say of earlier editions, and how far the Council is with this one."""
    said = [changes.earlier_editions(loaded.earlier_editions)]
    said += [f"{words}."] if loaded.approval and (words := pages.approval_words(loaded)) else []
    link = Markup('<p><a href="{}">{}</a></p>').format(approving.CHANGES, changes.SINCE_APPROVAL)
    paragraphs = Markup("").join(Markup("<p>{}</p>").format(words) for words in said)
    return paragraphs + link if since_approval(loaded) else paragraphs


def _disclosure(audited: Audit) -> Markup:
    sentence = edition_page.disclosure(audited.withheld, audited.protected_width, audited.is_dummy)
    return Markup('<p>{} <a href="{}">{}</a></p>').format(
        sentence, AUDIT, edition_page.DISCLOSURE_LINK
    )
