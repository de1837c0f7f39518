"""The edition's index page: the map, the table of wards, and what became of each pack."""

from pathlib import Path

from markupsafe import Markup, escape

from darlington_analysis.evidence import deprivation
from darlington_analysis.evidence.borough import BoroughEvidence
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.evidence.ward import in_table
from darlington_analysis.presentation.show import borough
from darlington_analysis.presentation.show.front import banner
from darlington_analysis.presentation.wording import indexpage, pages
from darlington_analysis.publishing import html, pack, statement
from darlington_analysis.publishing.disclosure import Audit
from darlington_analysis.publishing.earlier import AUDIT


def write(
    loaded: EditionTable, edition_folder: Path, reasons: dict[str, str], audited: Audit
) -> None:
    """Write ``index.html`` over the packs that lie in the edition's folder.

    ``reasons`` says, by ward code, why a pack could not be made in this run; ``audited`` is what
    the attack on its withheld counts found.
    """
    folders = {ward.code: pack.folder_name(ward.code, ward.slug) for ward in loaded.wards.wards}
    versions = {code: pack.version_of(edition_folder / name) for code, name in folders.items()}
    links = {code: f"{folders[code]}/{pack.PAGE}" for code, version in versions.items() if version}
    body = Markup("").join(
        [
            _top(loaded),
            Markup("<h2>{}</h2>").format(indexpage.MAP_QUESTION),
            Markup(borough.map_figure(BoroughEvidence(loaded).map, links)),
            Markup("<h2>{}</h2>").format(indexpage.PACKS_QUESTION),
            _wards_table(loaded, links, versions, reasons),
            _disclosure(audited),
        ]
    )
    page = html.render_page(
        f"{pages.index_title(loaded.edition)}, Darlington",
        body,
        indexpage.DESCRIPTION,
        html.footer(pages.footer(loaded.edition, ""), statement.BESIDE),
        words=html.words(),
    )
    (edition_folder / "index.html").write_text(page, "utf-8")


def _top(loaded: EditionTable) -> Markup:
    """Return the h1, the banners and the first paragraph."""
    lead = pages.index_lead(len(loaded.wards.wards), loaded.edition)
    return Markup("").join(
        [
            Markup("<h1>{}</h1>").format(pages.index_title(loaded.edition)),
            banner(*pages.draft_banner(loaded.edition)) if loaded.edition.draft else "",
            banner(*pages.index_made_up_banner()) if loaded.rows.is_dummy.any() else "",
            Markup('<p class="lead">{}</p>').format(lead),
        ]
    )


def _disclosure(audited: Audit) -> Markup:
    said = indexpage.disclosure(audited.withheld, audited.protected_width, audited.is_dummy)
    return Markup('<h2>{}</h2><p>{} <a href="{}">{}</a></p>').format(
        indexpage.DISCLOSURE_QUESTION, said, AUDIT, indexpage.DISCLOSURE_LINK
    )


def _wards_table(loaded: EditionTable, links: dict, versions: dict, reasons: dict) -> Markup:
    rows = [
        (
            _link(ward.name, links.get(ward.code)),
            deprivation.support_state(loaded.support, ward.code),
            indexpage.pack_state(
                versions[ward.code],
                in_table(loaded, ward.code).version_id,
                reasons.get(ward.code, ""),
            ),
        )
        for ward in loaded.wards.wards
    ]
    head = Markup("").join(
        Markup('<th scope="col">{}</th>').format(each) for each in indexpage.HEADERS
    )
    body = Markup("").join(
        Markup('<tr><th scope="row">{}</th><td>{}</td><td>{}</td></tr>').format(*row)
        for row in rows
    )
    return Markup(
        '<div class="table-scroll" role="region" aria-label="{0}" tabindex="0">'
        '<table class="data"><caption>{0}</caption><thead><tr>{1}</tr></thead>'
        "<tbody>{2}</tbody></table></div>"
    ).format(indexpage.CAPTION, head, body)


def _link(name: str, address: str | None) -> Markup:
    return Markup('<a href="{}">{}</a>').format(address, name) if address else escape(name)
