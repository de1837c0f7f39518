"""Files in which nothing is defused, opened in the same ways: what runs must be seen to run."""

import zipfile
from pathlib import Path

from scripts.hardening import attack_canary, attack_openers
from scripts.hardening.attack_payloads import payload

_PAGE = "<!DOCTYPE html><title>x</title><body>{}</body>"
_LINK = """<Relationship Id="rIdRan" Type="http://schemas.openxmlformats.org/officeDocument/2006/\
relationships/image" Target="{}" TargetMode="External"/></Relationships>"""
_LINKED = """<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/\
drawingml/2006/wordprocessingDrawing"><wp:extent cx="9525" cy="9525"/><wp:docPr id="1" name="x"/>\
<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData \
uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic xmlns:pic="http://schemas.\
openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="0" name="x"/><pic:cNvPicPr/>\
</pic:nvPicPr><pic:blipFill><a:blip r:link="rIdRan" xmlns:r="http://schemas.openxmlformats.org/\
officeDocument/2006/relationships"/></pic:blipFill><pic:spPr/></pic:pic></a:graphicData></a:graphic>\
</wp:inline></w:drawing></w:r></w:p>"""


def controls(here: Path) -> list[dict]:
    """Return a row for each way of opening: how many undefused files, in how many it was seen."""
    folder = here / "controls"
    folder.mkdir()
    for number, kind in ((901, "script"), (902, "image"), (903, "svg")):
        (folder / f"{kind}.html").write_text(_PAGE.format(payload(kind, number)), "utf-8")
    formula = payload("formula", 904)
    (folder / "formula.csv").write_text(f'a,b\n"{formula}",x\n', "utf-8")
    _workbook(folder / "formula.xlsx")
    _document(folder / "linked.docx")
    _notebook(folder / "cell.ipynb")
    _pdf(folder / "script.pdf")
    log = folder / "terminal.said"
    log.write_text(payload("terminal", 907), "utf-8")
    office = here / "controls-office"
    told = attack_openers.opened(
        list(folder.iterdir()), office, [log], {"42904": 904, "42905": 905}
    )
    attack_canary.SEEN.clear()  # what was to be asked for
    return [_row(each) for each in told]


def _row(told: attack_openers.Opened) -> dict:
    seen = {line.partition(":")[0] for line in told.odd}
    return {"opened": told.how, "files": len(told.files), "seen to run": len(seen)}


def _workbook(path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write_formula("A1", payload("formula", 905))


def _document(path: Path) -> None:
    """Write a Word file with a picture that lies on our own server."""
    from docx import Document

    document = Document()
    document.add_paragraph("Words")
    document.save(path)
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    address = payload("image", 906).split("=")[1].split(" ")[0]
    link = _LINK.format(address)
    rels = "word/_rels/document.xml.rels"
    parts[rels] = parts[rels].replace(b"</Relationships>", link.encode())
    body = "word/document.xml"
    parts[body] = parts[body].replace(b"<w:body>", b"<w:body>" + _LINKED.encode())
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)


def _notebook(path: Path) -> None:
    import nbformat

    cell = nbformat.v4.new_code_cell(payload("python", 908))
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)


def _pdf(path: Path) -> None:
    from pypdf import PdfWriter
    from pypdf.generic import DictionaryObject, NameObject, TextStringObject

    writer = PdfWriter()
    writer.add_blank_page(99, 99)
    told = {"/S": NameObject("/JavaScript"), "/JS": TextStringObject("app.alert(909)")}
    writer._root_object[NameObject("/OpenAction")] = DictionaryObject(
        {NameObject(name): each for name, each in told.items()}
    )
    writer.write(path)
