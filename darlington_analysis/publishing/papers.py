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

from darlington_analysis.evidence.review import of_borough
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.evidence.ward import WardEvidence
from darlington_analysis.pages import agreements_overview, page, papers
from darlington_analysis.pages import charter as pages
from darlington_analysis.pages import page as words
from darlington_analysis.pages.components import agreements
from darlington_analysis.publishing import html, statement

ROOM_TO_SIGN, CODE_SIZE = Mm(14), Pt(9)
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
    document.add_paragraph(pages.lead(record))
    document.add_paragraph(page.paper_dates(pack))
    document.add_paragraph(agreements.draft_words(pack.agreement.draft))
    for section in pages.sections(pack):
        last = _section(document, section)
    _keep_together(document, last)
    to_sign = _table(document, pages.to_sign(pack), (40, 45, 25, 50))
    to_sign.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    return _same_bytes(document)


def _section(document: Word, section: pages.Section) -> int:
    """Write a heading with its lines and tables, or with what stands where there is none yet.

    Return how many paragraphs there were before it.
    """
    before = len(document.paragraphs)
    document.add_heading(section.heading, 1)
    for line in section.lines:
        document.add_paragraph(line, style="List Bullet")
    if not section.lines and section.empty:
        document.add_paragraph(section.empty)
    for title, rows in section.tables:
        document.add_heading(title, 2)
        _table(document, rows, (40, 120))
    if section.code:  # so small that it stands on one line, however wide its letters are
        document.add_paragraph().add_run(section.code).font.size = CODE_SIZE
    return before


def _keep_together(document: Word, start: int) -> None:
    """Keep the last section, and the line before it, on the page of what is signed below it."""
    for paragraph in document.paragraphs[max(start - 1, 0) :]:
        paragraph.paragraph_format.keep_with_next = True


def _table(document: Word, rows: Sequence[tuple[str, ...]], widths: tuple[int, ...]) -> Grid:
    """Write a table, columns in millimetres; it stays with its heading, on one page if it can."""
    table = document.add_table(len(rows), len(widths), "Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row, texts in zip(table.rows, rows, strict=True):
        row.height = None if texts[-1] else ROOM_TO_SIGN
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
        pack.table.settings.roles.ask,
        "",
    )
    properties.created = properties.modified = datetime(day.year, day.month, day.day)
    properties.last_modified_by, properties.revision = pack.table.settings.roles.ask, 1


def _same_bytes(document: Word) -> bytes:
    """Return the file with every part dated the same day, so that the bytes do not depend on the clock."""
    first, second = io.BytesIO(), io.BytesIO()
    document.save(first)
    with zipfile.ZipFile(first) as made, zipfile.ZipFile(second, "w") as kept:
        for name in sorted(made.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            part = zipfile.ZipInfo(name, _ZIP_DAY)
            part.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(part, made.read(name))
    return second.getvalue()


PAGES = {
    words.FILES[words.WORKSHEET]: (words.WORKSHEET, papers.worksheet),
    words.FILES[words.SHEET]: (words.SHEET, papers.meeting_sheet),
    words.FILES[words.NEGOTIATOR]: (words.NEGOTIATOR, papers.negotiators_brief),
    words.FILES[words.COUNCILLOR]: (words.COUNCILLOR, papers.councillors_brief),
    words.FILES[words.REVIEW]: (words.REVIEW, papers.review_sheet),
}
CHARTER = words.FILES[words.CHARTER]
PACK_PAGE = words.PACK


def write(folder: Path, pack: WardEvidence, *, has_pack: bool = True) -> list[str]:
    """Write every paper of a ward into a folder; return the files' names.

    The review sheet and the charter are of an agreement record. ``has_pack``: whether the pack's
    page lies beside them, so that they may lead back to it.
    """
    has_record = pack.agreement.record is not None
    pages_ = {name: page for name, page in PAGES.items() if has_record or _is_for_all(page[0])}
    for name, (kind, body) in pages_.items():
        page_ = html.render_page(
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
        (folder / name).write_text(page_, "utf-8")
    if not has_record:
        return list(pages_)
    (folder / CHARTER).write_bytes(charter(pack))
    return [*pages_, CHARTER]


def _is_for_all(kind: str) -> bool:
    return kind not in words.OF_A_RECORD


BOROUGH = "agreements.html"


def write_for_cabinet(loaded: EditionTable, folder: Path) -> None:
    """Write the borough's page of an edition: every agreement, for Cabinet.

    It is made from records that may change without any figure, so it is written in every run.
    """
    title = agreements_overview.TITLE.format(edition=loaded.edition.title)
    overview = agreements_overview.coverage(of_borough(loaded))
    page_ = html.render_page(
        words.tab_title(title),
        agreements_overview.top(title, is_draft=loaded.edition.draft) + overview,
        agreements_overview.DESCRIPTION,
        html.footer(words.footer(loaded.edition, ""), statement.BESIDE),
        words=html.words(),
        home=("index.html", words.back_to_index(loaded.edition)),
        has_contents=False,
    )
    (folder / BOROUGH).write_text(page_, "utf-8")
