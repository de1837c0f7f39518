"""The papers beside a pack: meeting sheet, two briefs, and the charter where there is a record."""

from pathlib import Path

from darlington_analysis.evidence.ward import WardEvidence
from darlington_analysis.pages import page as words
from darlington_analysis.pages import papers
from darlington_analysis.publishing import charter, html, statement

PAGES = {
    words.FILES[words.SHEET]: (words.SHEET, papers.meeting_sheet),
    words.FILES[words.NEGOTIATOR]: (words.NEGOTIATOR, papers.negotiators_brief),
    words.FILES[words.COUNCILLOR]: (words.COUNCILLOR, papers.councillors_brief),
}
CHARTER = words.FILES[words.CHARTER]
PACK_PAGE = "evidence-pack.html"


def write(folder: Path, pack: WardEvidence, *, has_pack: bool = True) -> list[str]:
    """Write every paper of a ward into a folder; return the files' names.

    ``has_pack``: whether the pack's page lies beside them, so that they may lead back to it.
    """
    for name, (kind, body) in PAGES.items():
        page = html.render_page(
            papers.paper_title(kind, pack.ward.name, pack.table.edition.title),
            body(pack),
            papers.DESCRIPTIONS[kind],
            html.footer(
                words.footer(pack.table.edition, pack.version_id),
                statement.ABOVE if has_pack else None,
            ),
            words=html.words(),
            home=(PACK_PAGE, papers.BACK) if has_pack else None,
            has_contents=False,
        )
        (folder / name).write_text(page, "utf-8")
    if pack.agreement.record is None:
        return list(PAGES)
    (folder / CHARTER).write_bytes(charter.charter(pack))
    return [*PAGES, CHARTER]
