"""The papers beside a pack: meeting sheet, two briefs, and the charter where there is a record."""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from docx import Document
from docx.document import Document as Word
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table as Grid

from darlington_analysis.evidence.ward import WardEvidence
from darlington_analysis.pages import charter as pages
from darlington_analysis.pages import page, papers
from darlington_analysis.pages import page as words
from darlington_analysis.pages.components import agreements
from darlington_analysis.publishing import html, statement

ROOM_TO_SIGN = Mm(14)
# The oldest day a zip file can hold: the day of making would change the bytes each time.
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)


def charter(pack: WardEvidence) -> bytes:
    """Return the charter of a ward that has a record, as a Word file."""
    record = pack.agreement.record
    document = Document()
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = "Arial", Pt(12)
    _in_english(document)
    title = pages.TITLE.format(partnership=record.partnership)
    _properties(document, title, pack)
    document.add_heading(title, 0)
    if record.example:
        document.add_paragraph().add_run(agreements.EXAMPLE).bold = True
        document.sections[0].header.paragraphs[0].text = agreements.EXAMPLE  # on every page
    document.add_paragraph(pages.LEAD)
    document.add_paragraph(page.paper_dates(pack.header))
    for section in pages.sections(pack):
        _section(document, section)
    to_sign = _table(document, pages.TO_SIGN, (40, 45, 25, 50))
    to_sign.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    return _same_bytes(document)


def _section(document: Word, section: pages.Section) -> None:
    """Write a heading with its lines and tables, or with what stands where there is none yet."""
    document.add_heading(section.heading, 1)
    for line in section.lines:
        document.add_paragraph(line, style="List Bullet")
    if not section.lines and section.empty:
        document.add_paragraph(section.empty)
    for title, rows in section.tables:
        document.add_heading(title, 2)
        _table(document, rows, (40, 120))


def _table(document: Word, rows: Sequence[tuple[str, ...]], widths: tuple[int, ...]) -> Grid:
    """Write a table, columns in millimetres; it stays with its heading, on one page if it can."""
    table = document.add_table(len(rows), len(widths), "Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row, texts in zip(table.rows, rows, strict=True):
        row.height = None if any(texts[1:]) else ROOM_TO_SIGN
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            cell.text, cell.width = text, Mm(width)
            cell.paragraphs[0].paragraph_format.keep_with_next = texts is not rows[-1]
        row.cells[0].paragraphs[0].runs[0].bold = True
    return table


def _in_english(document: Word) -> None:
    """Say what language the words are in: python-docx's own template says American."""
    given = document.styles.element.find(f".//{qn('w:lang')}")
    given.set(qn("w:val"), "en-GB")


def _properties(document: Word, title: str, pack: WardEvidence) -> None:
    properties, day = document.core_properties, pack.table.edition.dated
    properties.title, properties.language, properties.author, properties.comments = (
        title,
        "en-GB",
        pack.header.roles.ask,
        "",
    )
    properties.created = properties.modified = datetime(day.year, day.month, day.day)
    properties.last_modified_by, properties.revision = pack.header.roles.ask, 1


def _same_bytes(document: Word) -> bytes:
    """Return the file with every part dated the same day, so that nothing hangs on the clock."""
    first, second = io.BytesIO(), io.BytesIO()
    document.save(first)
    with zipfile.ZipFile(first) as made, zipfile.ZipFile(second, "w") as kept:
        for name in sorted(made.namelist(), key=lambda each: (each != "[Content_Types].xml", each)):
            part = zipfile.ZipInfo(name, _ZIP_DAY)
            part.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(part, made.read(name))
    return second.getvalue()


PAGES = {
    words.FILES[words.WORKSHEET]: (words.WORKSHEET, papers.worksheet),
    words.FILES[words.SHEET]: (words.SHEET, papers.meeting_sheet),
    words.FILES[words.NEGOTIATOR]: (words.NEGOTIATOR, papers.negotiators_brief),
    words.FILES[words.COUNCILLOR]: (words.COUNCILLOR, papers.councillors_brief),
}
CHARTER = words.FILES[words.CHARTER]
PACK_PAGE = words.PACK


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
    (folder / CHARTER).write_bytes(charter(pack))
    return [*PAGES, CHARTER]
