"""The charter in Word, made from the agreement record; the same record gives the same bytes."""

import io
import zipfile
from datetime import datetime

from docx import Document
from docx.document import Document as Word
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table as Grid

from darlington_analysis.agreements.record import Action, Agreement
from darlington_analysis.evidence.ward import WardEvidence
from darlington_analysis.pages import charter as words
from darlington_analysis.pages import page
from darlington_analysis.pages.components import agreements
from darlington_analysis.pages.components.agreements import action_facts

ROOM_TO_SIGN = Mm(14)
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
    document.add_paragraph(page.paper_dates(pack.header))
    for key, lines in _sections(record, pack.header.made_up).items():
        _section(document, words.CHARTER_HEADS[key], lines, words.EMPTY)
        if key == "measures":
            _work(document, record)
    _section(document, words.CHARTER_HEADS["signed"], _signed(pack), "")
    to_sign = _table(
        document,
        [words.SIGN_HEADS, *((side, "", "", "") for side in words.SIGN_FOR)],
        (40, 45, 25, 50),
    )
    to_sign.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    return _same_bytes(document)


def _sections(record: Agreement, made_up: tuple[str, ...]) -> dict[str, list[str]]:
    outcomes, way = record.filled("outcomes"), record.independence
    fair = record.fairness
    return {
        "outcomes": [f"{agreements.PEOPLE[each.people]}: {each.words}" for each in outcomes],
        "signs": [sign for each in outcomes for sign in each.signs],
        "figures": [words.how_known(each, made_up) for each in outcomes],
        "customers": [
            f"{each.who}: {agreements.people_count(each.how_many)}"
            for each in record.filled("customers")
        ],
        "measures": [
            f"{agreements.KINDS.get(each.kind, '')} {each.words}"
            for each in record.filled("measures")
        ],
        "partners": [
            f"{agreements.partner_name(each)}: {agreements.written(each.part)}"
            for each in record.filled("partners")
        ],
        "promises": _promises(record),
        "both": [each.words for each in record.filled("positions") if each.by == "both"],
        "support": [agreements.WORKER[record.worker_is_due], *agreements.offers(record.offer)],
        "fairness": [
            f"{title} {said}"
            for key, title in agreements.FAIR_ROWS.items()
            if (said := getattr(fair, key))
        ],
        "end": [words.support_days(way), *way.criteria] if way.ends else [],
        "later": [
            f"{each.words} We look again on {agreements.date_words(each.look_again)}."
            for each in outcomes
            if each.too_hard_for_now
        ]
        or [agreements.NONE_SO_FAR],
    }


def _work(document: Word, record: Agreement) -> None:
    actions = record.filled("actions")
    _section(document, words.CHARTER_HEADS["work"], [], "" if actions else words.EMPTY)
    for each in actions:
        _action(document, each, record)


def _action(document: Word, each: Action, record: Agreement) -> None:
    """Write one action: its name as a heading, and what it says of itself as a table."""
    document.add_heading(each.what, 2)
    told = [(label, agreements.written(text)) for label, text in action_facts(each, record)]
    _table(document, told, (40, 120))


def _table(document: Word, rows: list[tuple[str, ...]], widths: tuple[int, ...]) -> Grid:
    """Write a table, columns in millimetres; it stays with its heading, on one page if it can."""
    table = document.add_table(len(rows), len(widths), "Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row, told in zip(table.rows, rows, strict=True):
        row.height = None if any(told[1:]) else ROOM_TO_SIGN
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, text, width in zip(row.cells, told, widths, strict=True):
            cell.text, cell.width = text, Mm(width)
            cell.paragraphs[0].paragraph_format.keep_with_next = told is not rows[-1]
        row.cells[0].paragraphs[0].runs[0].bold = True
    return table


def _promises(record: Agreement) -> list[str]:
    told = [record.promises.we_will, record.promises.you_can_expect, record.promises.you_will]
    return [
        f"{title}: {line}"
        for title, lines in zip(agreements.PROMISES, told, strict=True)
        for line in lines
    ]


def _signed(pack: WardEvidence) -> list[str]:
    signings = pack.agreement.signings
    if pack.agreement.since_signing not in ("same", "moved"):
        return [words.NOT_SIGNED]
    last = signings[-1]
    return [agreements.signed_by(last), words.hash_line(last.number, last.hash)]


def _in_english(document: Word) -> None:
    """Say what language the words are in: python-docx's own template says American."""
    given = document.styles.element.find(f".//{qn('w:lang')}")
    given.set(qn("w:val"), "en-GB")


def _section(document: Word, title: str, lines: list[str], empty: str) -> None:
    """Write a heading with its lines, or with what stands where there is none yet."""
    document.add_heading(title, 1)
    for line in lines:
        document.add_paragraph(line, style="List Bullet")
    if not lines and empty:
        document.add_paragraph(empty)


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
