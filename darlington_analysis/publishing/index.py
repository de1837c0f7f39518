"""The edition's index page: map, packs and their files, what failed, what changed, how old."""

from pathlib import Path

from markupsafe import Markup

from darlington_analysis.evidence.borough import BoroughEvidence
from darlington_analysis.evidence.contents import Overview
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.pages import borough, changes_since_signing, index_page, overview
from darlington_analysis.pages import page as pages
from darlington_analysis.publishing import html, index_table, pack, statement
from darlington_analysis.publishing.disclosure_audit import AUDIT, Audit


def write(
    loaded: EditionTable, edition_folder: Path, reasons: dict[str, str], audited: Audit
) -> None:
    """Write ``index.html`` over the packs that lie in the edition's folder.

    ``reasons`` says, by ward code, why a pack could not be made in this run; ``audited`` is what
    the attack on its withheld counts found.
    """
    listed = index_table.packs_in(loaded, edition_folder, reasons)
    links = {each.code: f"{each.folder}/{pack.PAGE}" for each in listed if each.version}
    asked = [
        (index_page.MAP_QUESTION, Markup(borough.map_figure(BoroughEvidence(loaded).map, links))),
        (index_page.PACKS_QUESTION, index_table.table(listed, edition_folder)),
        (
            index_page.CHANGED_QUESTION,
            _paragraph(changes_since_signing.earlier_editions(loaded.earlier_editions)),
        ),
        (index_page.AGE_QUESTION, Markup(overview.ages(Overview(loaded).indicators))),
        (index_page.DISCLOSURE_QUESTION, _disclosure(audited)),
    ]
    sections = [Markup("<h2>{}</h2>{}").format(*each) for each in asked]
    page = html.render_page(
        pages.TAB_TITLE.format(title=pages.index_title(loaded.edition)),
        Markup("").join([_top(loaded, listed), *sections]),
        index_page.DESCRIPTION,
        html.footer(pages.footer(loaded.edition, ""), statement.BESIDE),
        words=html.words(),
    )
    (edition_folder / index_table.NAME).write_text(page, "utf-8")


def _top(loaded: EditionTable, listed: list[index_table.Listed]) -> Markup:
    """Return the h1, what must be known first, and how many packs there are and how old."""
    edition = loaded.edition
    told = [pages.DRAFT_BANNER] if edition.draft else []
    told += [pages.INDEX_MADE_UP_BANNER] if loaded.rows.is_dummy.any() else []
    told += [_newer(loaded)] if loaded.newer_editions else []
    ready = sum(each.is_ready for each in listed)
    lead = pages.index_lead(len(listed), edition)
    return Markup('<h1>{}</h1>{}<p class="lead">{}</p><p>{}</p>').format(
        pages.index_title(edition),
        pages.notices(told),
        lead,
        index_page.ready(ready, len(listed), sum(bool(each.reason) for each in listed)),
    )


def _newer(loaded: EditionTable) -> tuple[str, Markup]:
    """Return the notice of newer figures, with a link to each edition that lies beside this one."""
    strong, rest = pages.newer_banner(loaded.newer_editions)
    links = [
        Markup(' <a href="../{}/{}">{}</a>').format(
            each.id, index_table.NAME, pages.index_title(each)
        )
        for each in loaded.newer_editions
        if (loaded.project.reports / each.id / index_table.NAME).is_file()
    ]
    return strong, Markup("{}{}").format(rest, Markup(",").join(links))


def _paragraph(words: str) -> Markup:
    return Markup("<p>{}</p>").format(words)


def _disclosure(audited: Audit) -> Markup:
    said = index_page.disclosure(audited.withheld, audited.protected_width, audited.is_dummy)
    return Markup('<p>{} <a href="{}">{}</a></p>').format(said, AUDIT, index_page.DISCLOSURE_LINK)
