"""What nobody sees is read too: properties, comments, hidden sheets, layers, permissions."""

import json
import os
import zipfile
from types import SimpleNamespace

import pandas as pd
import pytest
from docx import Document

from darlington_analysis.core.errors import SchemaError
from darlington_analysis.disclosure.constraints import Rule
from darlington_analysis.publishing import html_text, leaks, pack, printed
from darlington_analysis.publishing.leak_words import Withheld
from darlington_analysis.sources.indicators import indicator
from tests.support.workbooks import write_xlsx

CODE = "E05001557"
SAID = "First-time entrants: College 240."
HELD = "the checksum of counts"
SENTENCE = "College: First-time entrants, a sentence"
RELS = "word/_rels/document.xml.rels"
LINK = b'<Relationship Id="x" Type="x" Target="http://x" TargetMode="External"/></Relationships>'


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return a pack's folder in which College is withheld; reading it asks for no edition."""
    rows = pd.DataFrame(
        {
            "indicator": ["first-time-entrants"],
            "source": ["restricted/counts.csv"],
            "numerator": [None],
        }
    )
    college = Withheld(CODE, "College", indicator("first-time-entrants"))
    areas = ("College", "Mowden", "Darlington", "England")
    secrets = leaks.Secrets((college,), rows, areas, {HELD: b"abc123abc123"})
    monkeypatch.setattr(leaks, "_secrets", lambda loaded: secrets)
    made = tmp_path / f"2011/{CODE}-college"
    made.mkdir(parents=True)
    (made / "manifest.json").write_text('{"files": {}}')
    return made


def found(folder) -> list[str]:
    """Return what the reading finds, without the pack's folder."""
    told = leaks.faults(SimpleNamespace(), folder.parent)
    return [each.removeprefix(f"{folder.name}/") for each in told]


def put(path, parts: dict[str, bytes], changed: dict[str, tuple[bytes, bytes]]) -> None:
    """Add parts to a packed file, and change others."""
    with zipfile.ZipFile(path) as packed:
        content = {name: packed.read(name) for name in packed.namelist()}
    for name, (old, new) in changed.items():
        assert old in content[name], name
        content[name] = content[name].replace(old, new, 1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, each in (content | parts).items():
            packed.writestr(name, each)


@pytest.mark.parametrize(
    ("parts", "changed", "fault"),
    [
        ({}, {}, None),
        ({"word/comments.xml": b"<x/>"}, {}, "a part that we do not write: word/comments.xml"),
        ({"docProps/custom.xml": b"<x/>"}, {}, "a part that we do not write: docProps/custom.xml"),
        ({"word/vbaProject.bin": b"x"}, {}, "a part that we do not write: word/vbaProject.bin"),
        (
            {"word/embeddings/a.xlsx": b"x"},
            {},
            "a part that we do not write: word/embeddings/a.xlsx",
        ),
        (
            {},
            {
                "docProps/core.xml": (
                    b"<cp:category/>",
                    f"<cp:category>{SAID}</cp:category>".encode(),
                )
            },
            SENTENCE,
        ),
        ({}, {"docProps/app.xml": (b"<Application>", f"<Application>{SAID}".encode())}, SENTENCE),
        ({"word/footer1.xml": f"<w:p><w:t>{SAID}</w:t></w:p>".encode()}, {}, SENTENCE),
        ({}, {"word/document.xml": (b"Words", b"abc123</w:t><w:t>abc123")}, HELD),
        ({}, {"word/styles.xml": (b"Normal", b"abc123abc123")}, HELD),
        ({}, {"word/document.xml": (b"<w:r>", b"<w:r><w:rPr><w:vanish/></w:rPr>")}, "hidden words"),
        ({}, {"word/document.xml": (b"<w:r>", b'<w:ins w:id="1"/><w:r>')}, "a tracked change"),
        (
            {},
            {"word/document.xml": (b"<w:r>", b"<w:fldSimple/><w:r>")},
            "a field that is worked out",
        ),
        ({}, {RELS: (b"</Relationships>", LINK)}, "something taken from elsewhere"),
    ],
)
def test_every_part_of_a_word_file_is_read(folder, parts, changed, fault):
    """Words, properties, comments, fields, changes: seen or not."""
    path = folder / "charter.docx"
    document = Document()
    document.add_paragraph("Words")
    document.save(path)
    put(path, parts, changed)
    assert ([f"charter.docx: {fault}"] if fault else []) == found(folder)


@pytest.mark.parametrize(
    ("parts", "changed", "fault"),
    [
        ({"xl/comments1.xml": b"<x/>"}, {}, "a part that we do not write: xl/comments1.xml"),
        (
            {"xl/externalLinks/externalLink1.xml": b"<x/>"},
            {},
            "a part that we do not write: xl/ext",
        ),
        (
            {},
            {"xl/workbook.xml": (b'name="Notes"', b'name="Notes" state="veryHidden"')},
            "a hidden sheet",
        ),
        (
            {},
            {"xl/worksheets/sheet1.xml": (b'<row r="1"', b'<row r="1" hidden="1"')},
            "a hidden row or column",
        ),
        ({}, {"xl/worksheets/sheet1.xml": (b"<is>", b"<f>40+2</f><is>")}, "a formula"),
        (
            {"docProps/core.xml": f"<a><dc:description>{SAID}</dc:description></a>".encode()},
            {},
            SENTENCE,
        ),
        ({}, {"xl/worksheets/sheet2.xml": (b"A note", SAID.encode())}, SENTENCE),
        ({}, {"xl/worksheets/sheet2.xml": (b"A note", b"abc123abc123")}, HELD),
    ],
)
def test_every_part_of_a_workbook_is_read(folder, parts, changed, fault):
    """Each sheet, whether it is shown or not, comments, formulas and properties."""
    path = folder / "figures.xlsx"
    write_xlsx(path, {"Figures": [["A"]], "Notes": [["A note"]]})
    before = found(folder)
    assert ["figures.xlsx: a sheet of figures without its headers"] == before
    put(path, parts, changed)
    assert any(each.startswith(f"figures.xlsx: {fault}") for each in found(folder))


def pdf_with(folder, spoil=lambda writer: None, words="Words."):
    """Write a PDF of one page, spoilt, that the manifest lists."""
    pypdf = pytest.importorskip("pypdf", reason="the extra “pdf” is not installed")
    kinds = pypdf.generic
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(595, 842)
    name = kinds.NameObject
    font = kinds.DictionaryObject(
        {
            name("/Type"): name("/Font"),
            name("/Subtype"): name("/Type1"),
            name("/BaseFont"): name("/Helvetica"),
        }
    )
    fonts = kinds.DictionaryObject({name("/F"): writer._add_object(font)})
    page[name("/Resources")] = kinds.DictionaryObject({name("/Font"): fonts})
    drawn = kinds.StreamObject()
    lines = "".join(f"({line}) Tj 0 -20 Td " for line in words.splitlines())
    drawn.set_data(f"BT /F 12 Tf 50 800 Td {lines}ET".encode())
    page[name("/Contents")] = writer._add_object(drawn.flate_encode())
    spoil(writer)
    (folder / "page.html").write_text(f"{html_text.HEAD}<p>Words.")
    writer.write(folder / "page.pdf")
    pack.vouch(folder, {"page.pdf": "page.html"})
    return [each.removeprefix("page.pdf: ") for each in found(folder)]


def note(writer):
    """Put a note on the page."""
    from pypdf.annotations import FreeText

    writer.add_annotation(0, FreeText(text="A note", rect=(0, 0, 9, 9)))


def layer(writer):
    """Add a layer that is switched off."""
    from pypdf.generic import DictionaryObject, NameObject

    off = DictionaryObject({NameObject("/Type"): NameObject("/OCG")})
    writer._root_object[NameObject("/OCProperties")] = DictionaryObject(
        {NameObject("/OCGs"): writer._add_object(off)}
    )


def script(writer):
    """Add a script that runs when the file is opened."""
    from pypdf.generic import DictionaryObject, NameObject, TextStringObject

    told = {"/S": NameObject("/JavaScript"), "/JS": TextStringObject("app.alert(1)")}
    writer._root_object[NameObject("/OpenAction")] = DictionaryObject(
        {NameObject(name): each for name, each in told.items()}
    )


def action(**told):
    """Return what adds an action that does not say that it is one."""
    from pypdf.generic import DictionaryObject, NameObject, TextStringObject

    def add(writer):
        made = {name: NameObject(value) for name, value in told.items() if value.startswith("/")}
        made |= {name: TextStringObject(told[name]) for name in told.keys() - made.keys()}
        entries = {NameObject(f"/{name}"): value for name, value in made.items()}
        writer._add_object(DictionaryObject(entries))

    return add


def alt(writer):
    """Say something of a drawing."""
    from pypdf.generic import DictionaryObject, NameObject, TextStringObject

    writer._add_object(DictionaryObject({NameObject("/Alt"): TextStringObject(SAID)}))


@pytest.mark.parametrize(
    ("spoil", "words", "fault"),
    [
        (lambda writer: None, "Words.", None),
        (lambda writer: None, SAID, SENTENCE),
        (lambda writer: None, "First-time entrants\nMowden 12.5 10.1\nCollege 12.5 10.1", SENTENCE),
        (lambda writer: None, "First-time entrants\nMowden 12.5\nBad health\nCollege 12.5", None),
        (lambda writer: None, "abc123abc123", HELD),
        (lambda writer: writer.add_metadata({"/Subject": SAID}), "Words.", SENTENCE),
        (lambda writer: writer.add_attachment("a.csv", b"abc123abc123"), "Words.", "a file within"),
        (lambda writer: writer.add_attachment("a.csv", b"abc123abc123"), "Words.", HELD),
        (script, "Words.", "a script"),
        (action(S="/Launch", F="calc.exe"), "Words.", "an action"),
        (action(S="/GoToR", F="other.pdf"), "Words.", "an action"),
        (action(S="/URI", URI="javascript:app.alert(1)"), "Words.", "a link that is no address"),
        (action(S="/URI", URI="file:///etc/passwd"), "Words.", "a link that is no address"),
        (action(S="/URI", URI="figures.html#a"), "Words.", None),
        (action(S="/URI", URI="https://www.ons.gov.uk/"), "Words.", None),
        (lambda writer: writer.encrypt("secret"), "Words.", "a password"),
        (note, "Words.", "a note on a page"),
        (layer, "Words.", "a layer"),
        (alt, "Words.", SENTENCE),
    ],
)
def test_all_that_lies_in_a_pdf_is_read(folder, spoil, words, fault):
    """Lines under their headings, properties, words for drawings, files, layers, notes, scripts."""
    told = pdf_with(folder, spoil, words)
    if fault == "a password":
        assert any("a PDF that can't be read" in each for each in told)
    else:
        assert (fault in told) if fault else [] == told


@pytest.mark.parametrize(
    "output",
    [
        {"data": {"image/svg+xml": f"<svg><desc>{SAID}</desc></svg>"}},
        {"data": {"text/html": [f'<img alt="{SAID}">']}},
        {"data": {"text/html": f"<p>Words<!-- {SAID} --></p>"}},
        {"data": {"text/html": f'<meta name="description" content="{SAID}">'}},
        {"data": {"text/markdown": [SAID]}},
        {"data": {"application/json": {"a": [SAID, 1]}}},
        {"output_type": "error", "evalue": "x", "traceback": [SAID]},
        {"output_type": "stream", "name": "stderr", "text": [SAID]},
        {"data": {}, "metadata": {"said": SAID}},
    ],
)
def test_every_result_of_a_notebook_is_read(folder, output):
    """Pages and drawings with their comments and alt texts, errors, logs, what is said of them."""
    cell = {"cell_type": "code", "source": [], "outputs": [output]}
    (folder / "evidence-pack.ipynb").write_text(json.dumps({"cells": [cell]}))
    assert [f"evidence-pack.ipynb: {SENTENCE}"] == found(folder)


@pytest.mark.parametrize(
    ("notebook", "fault"),
    [
        ({"cells": [], "metadata": {"papermill": {"exception": SAID}}}, SENTENCE),
        ({"cells": [{"cell_type": "raw", "source": "", "metadata": {"said": SAID}}]}, SENTENCE),
        (
            {"cells": [{"cell_type": "markdown", "source": "", "attachments": {"a": {}}}]},
            "a file attached to a cell",
        ),
        (
            {
                "cells": [
                    {
                        "cell_type": "code",
                        "source": "",
                        "outputs": [{"data": {"image/png": "aGk="}}],
                    }
                ]
            },
            "a result that can't be read: image/png",
        ),
        ({}, "not a file of its kind (KeyError)"),
    ],
)
def test_what_is_said_of_a_notebook_is_read(folder, notebook, fault):
    """Its own properties, those of a cell, and what can't be read at all."""
    (folder / "evidence-pack.ipynb").write_text(json.dumps(notebook))
    assert [f"evidence-pack.ipynb: {fault}"] == found(folder)


@pytest.mark.parametrize(
    ("html", "leak"),
    [
        (f"<p>Words<!-- {SAID} --></p>", True),
        (f'<img alt="{SAID}">', True),
        (f'<meta name="description" content="{SAID}">', True),
        (f'<a title="{SAID}">x</a>', True),
        ("<p>Words<!-- a note --></p>", False),
    ],
)
def test_comments_alt_texts_and_descriptions_of_a_page_are_read(folder, html, leak):
    """What a browser does not show, or only a screen reader says."""
    (folder / "evidence-pack.html").write_text(html_text.HEAD + html)
    assert ([f"evidence-pack.html: {SENTENCE}"] if leak else []) == found(folder)


def test_what_lies_in_an_edition_is_a_file_that_only_we_can_change(folder):
    """No link to elsewhere, no file that anybody may write over, no kind that nobody reads."""
    (folder / "page.html").write_text(f"{html_text.HEAD}<p>Words.")
    (folder / "page.html").chmod(0o644)
    assert [] == found(folder)
    (folder / "page.html").chmod(0o666)
    assert ["page.html: a file that anybody may write over (umask 022 is what is expected)"] == (
        found(folder)
    )
    (folder / "page.html").unlink()
    os.symlink("/etc/hostname", folder / "page.html")
    (folder / "list.sqlite").write_bytes(b"x")
    assert [
        "list.sqlite: a file of a kind that nobody reads",
        "page.html: a link to another place",
    ] == found(folder)


@pytest.mark.parametrize(
    "name",
    [
        "charter.docx",
        "figures.xlsx",
        "page.pdf",
        "figures.csv",
        "evidence-pack.ipynb",
        "manifest.json",
        "page.html",
    ],
)
@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe\x00", b"PK\x03\x04cut off", b"[" * 100_000, "=cmd(),ä".encode("utf-16")],
)
def test_a_published_file_that_came_back_broken_is_a_fault_and_no_traceback(folder, name, content):
    """Cut off, of another kind, in another encoding, nested without end."""
    (folder / name).write_bytes(content)
    assert found(folder)


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe\x00", b"PK\x03\x04", b"a,b\n1,2\n", b"indicator,area_code\n=cmd(),1\n"],
)
def test_a_table_of_an_earlier_edition_that_came_back_changed_is_three_lines(tmp_path, content):
    """Saved by a spreadsheet in its own way, or cut off: what it told can't be known."""
    path = tmp_path / "2010" / f"{CODE}-college" / "figures.csv"
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    with pytest.raises(SchemaError, match="not the table that was published"):
        printed.figures_in(tmp_path)
    (tmp_path / "2010/disclosure-audit.csv").write_bytes(content)
    with pytest.raises(SchemaError, match="not the table that was published"):
        printed.rule_of(tmp_path, "2010", Rule(1, 7, 5))
