"""The edition's index page: the map, the table of wards, and what became of each pack."""

from pathlib import Path

import pandas as pd
from markupsafe import Markup, escape

from darlington_analysis.evidence import deprivation
from darlington_analysis.evidence.borough import BoroughEvidence
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.presentation.show import borough
from darlington_analysis.presentation.show.front import banner
from darlington_analysis.presentation.wording import indexpage, pages
from darlington_analysis.publishing import html, pack
from darlington_analysis.publishing.disclosure import Audit
from darlington_analysis.publishing.earlier import AUDIT


def write(
    loaded: EditionTable,
    edition_folder: Path,
    state: dict[str, str],
    reasons: dict[str, str],
    audited: Audit,
) -> None:
    """Write ``index.html`` over the packs that lie in the edition's folder."""
    links = {
        ward.code: f"{pack.folder_name(ward.code, ward.slug)}/{pack.PAGE}"
        for ward in loaded.wards.wards
        if (edition_folder / pack.folder_name(ward.code, ward.slug) / pack.PAGE).is_file()
    }
    body = Markup("").join(
        [
            Markup("<h1>{}</h1>").format(pages.index_title(loaded.edition)),
            banner(*pages.draft_banner(loaded.edition)) if loaded.edition.draft else "",
            Markup('<p class="lead">{}</p>').format(
                pages.index_lead(len(loaded.wards.wards), loaded.edition)
            ),
            Markup("<h2>{}</h2>").format(indexpage.MAP_QUESTION),
            Markup(borough.map_figure(BoroughEvidence(loaded).map, links)),
            Markup("<h2>{}</h2>").format(indexpage.PACKS_QUESTION),
            _wards_table(loaded, links, state, reasons),
            Markup("<h2>{}</h2>").format(indexpage.DISCLOSURE_QUESTION),
            Markup('<p>{} <a href="{}">{}</a></p>').format(
                indexpage.disclosure(audited.withheld, audited.protected_width, audited.is_dummy),
                AUDIT,
                indexpage.DISCLOSURE_LINK,
            ),
        ]
    )
    page = html.render_page(
        f"{pages.index_title(loaded.edition)}, Darlington",
        body,
        indexpage.DESCRIPTION,
        html.footer(pages.footer(loaded.edition, "")),
        words=html.words(),
    )
    (edition_folder / "index.html").write_text(page, "utf-8")


def _wards_table(loaded: EditionTable, links: dict, state: dict, reasons: dict) -> Markup:
    rows = pd.DataFrame(
        {
            "ward": _link(ward.name, links.get(ward.code)),
            "support": deprivation.support_state(loaded.settings.support, ward.code),
            "pack": indexpage.pack_state(
                ward.code in links, state.get(ward.code, ""), reasons.get(ward.code, "")
            ),
        }
        for ward in loaded.wards.wards
    )
    head = Markup("").join(
        Markup('<th scope="col">{}</th>').format(each) for each in indexpage.HEADERS
    )
    body = Markup("").join(
        Markup('<tr><th scope="row">{}</th><td>{}</td><td>{}</td></tr>').format(*row)
        for row in rows.itertuples(index=False)
    )
    return Markup(
        '<table class="data"><caption>{}</caption><thead><tr>{}</tr></thead>'
        "<tbody>{}</tbody></table>"
    ).format(indexpage.CAPTION, head, body)


def _link(name: str, address: str | None) -> Markup:
    return Markup('<a href="{}">{}</a>').format(address, name) if address else escape(name)
