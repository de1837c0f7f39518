"""The charter in Word, made from the agreement record; the same record gives the same bytes."""

import io
import zipfile
from datetime import datetime
from pathlib import Path

from docx import Document
from docx.document import Document as Word
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from darlington_analysis.agreements.record import Agreement
from darlington_analysis.evidence.ward import WardEvidence
from darlington_analysis.presentation.show.negotiation import action_facts
from darlington_analysis.presentation.wording import agreements
from darlington_analysis.presentation.wording import negotiation as page_words
from darlington_analysis.presentation.wording import papers as words

# The oldest day a zip file can hold: the day of making would change the bytes each time.
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)


def charter(pack: WardEvidence) -> bytes:
    """Return the charter of a ward that has a record, as a Word file."""
    record = pack.agreement.record
    document = Document()
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = "Arial", Pt(12)
    _in_english(document)
    title = words.CHARTER_TITLE.format(partnership=record.partnership)
    _properties(document, title, pack)
    document.add_heading(title, 0)
    if record.example:
        document.add_paragraph().add_run(agreements.EXAMPLE).bold = True
        document.sections[0].header.paragraphs[0].text = agreements.EXAMPLE  # on every page
    document.add_paragraph(words.CHARTER_LEAD)
    document.add_paragraph(words.dates(pack.header))
    for key, lines in _sections(record, pack.header.made_up).items():
        _section(document, words.CHARTER_HEADS[key], lines)
    _section(document, words.CHARTER_HEADS["signed"], [_signed(pack)])
    _signatures(document)
    return _same_bytes(document)


def words_of(path: Path) -> str:
    """Return every word of a Word file, a line a paragraph or property: for who reads for leaks."""
    document = Document(str(path))
    told = document.core_properties
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    texts = [each.text for each in document.paragraphs]
    edges = [each.text for part in document.sections for edge in (part.header, part.footer)
             for each in edge.paragraphs]  # fmt: skip
    return "\n".join([told.title, told.author, told.comments, *edges, *texts, *cells])


def _sections(record: Agreement, made_up: tuple[str, ...]) -> dict[str, list[str]]:
    outcomes, way = record.filled("outcomes"), record.independence
    fair = record.fairness
    return {
        "outcomes": [f"{agreements.PEOPLE[each.people]}: {each.words}" for each in outcomes],
        "signs": [sign for each in outcomes for sign in each.signs],
        "figures": [words.how_known(each, made_up) for each in outcomes],
        "customers": [f"{each.who}: {agreements.count(each.how_many)}"
                      for each in record.filled("customers")],
        "measures": [f"{agreements.KINDS.get(each.kind, '')} {each.words}"
                     for each in record.filled("measures")],
        "work": [_action(each) for each in record.filled("actions")],
        "partners": [f"{each.who}: {agreements.said(each.part)}"
                     for each in record.filled("partners")],
        "promises": _promises(record),
        "both": [each.words for each in record.filled("positions") if each.by == "both"],
        "support": [agreements.WORKER[record.worker_is_due],
                    f"Grant: {agreements.said(record.offer.grant)}",
                    f"Mentor: {agreements.said(record.offer.mentor)}"],
        "fairness": [f"{title} {said}" for key, title in page_words.FAIR_ROWS.items()
                     if (said := getattr(fair, key))],
        "end": [words.support_days(way), *way.criteria] if way.ends else [],
    }  # fmt: skip


def _action(each) -> str:
    told = [f"{label}: {agreements.said(text)}" for label, text in action_facts(each)]
    return f"{each.what}. {'; '.join(told)}"


def _promises(record: Agreement) -> list[str]:
    told = [record.promises.we_will, record.promises.you_can_expect, record.promises.you_will]
    return [f"{title}: {line}" for title, lines in zip(page_words.PROMISES, told, strict=True)
            for line in lines]  # fmt: skip


def _signed(pack: WardEvidence) -> str:
    signings = pack.agreement.signings
    if not signings or not pack.agreement.is_as_signed:
        return words.NOT_SIGNED
    return words.hash_line(signings[-1].number, signings[-1].hash)


def _signatures(document: Word) -> None:
    """Add the table that people sign in; its first row is a header that is read out as one."""
    rows = [words.SIGN_HEADS] + [(side, *[words.SIGN_HERE] * 3) for side in words.SIGN_FOR]
    table = document.add_table(len(rows), len(words.SIGN_HEADS), style="Table Grid")
    for cells, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, texts, strict=True):
            cell.text = text
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _in_english(document: Word) -> None:
    """Say what language the words are in: python-docx's own template says American."""
    given = document.styles.element.find(f".//{qn('w:lang')}")
    given.set(qn("w:val"), "en-GB")


def _section(document: Word, title: str, lines: list[str]) -> None:
    document.add_heading(title, 1)
    for line in lines:
        document.add_paragraph(line, style="List Bullet")
    if not lines:
        document.add_paragraph(words.EMPTY)


def _properties(document: Word, title: str, pack: WardEvidence) -> None:
    told, day = document.core_properties, pack.table.edition.dated
    told.title, told.language, told.author, told.comments = (
        title,
        "en-GB",
        pack.header.roles.ask,
        "",
    )
    told.created = told.modified = datetime(day.year, day.month, day.day)
    told.last_modified_by, told.revision = pack.header.roles.ask, 1


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
