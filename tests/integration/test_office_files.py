"""Word and Excel files opened by LibreOffice keep what was put in: headings, headers, figures."""

import re
import shutil
import subprocess
import zipfile
from html import unescape

import pandas as pd
import pytest
from docx import Document
from python_calamine import CalamineWorkbook

from darlington_analysis.evidence import table, ward
from darlington_analysis.pages import charter as words
from darlington_analysis.pages.page import NAMES
from darlington_analysis.publishing import formats, papers

HEADING = re.compile(r'<text:h [^>]*outline-level="(\d)"[^>]*>(.*?)</text:h>', re.DOTALL)
CELL = re.compile(r"<text:p[^>]*>(.*?)</text:p>", re.DOTALL)


def opened(path, kind):
    """Return the file that LibreOffice makes of another; skip where there is no LibreOffice."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    command = [
        office,
        "--headless",
        f"-env:UserInstallation=file://{path.parent}/profile",
        "--convert-to",
        kind,
        "--outdir",
        str(path.parent),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return path.with_suffix(f".{kind}")


def plain(xml) -> str:
    """Return the words of a piece of XML."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", xml)).split())


@pytest.fixture(scope="module")
def pack(edition_table):
    """Return Central's evidence: the ward that has an agreement record."""
    return ward.in_table(table.load("2011", edition_table.project), "E05001554")


def test_the_charter_keeps_its_headings_table_headers_title_and_language(pack, tmp_path):
    """Every heading at its level and in its order; the header row of the signatures repeats."""
    path = tmp_path / "charter.docx"
    path.write_bytes(papers.charter(pack))
    given = [
        (each.style.name[-1], each.text)
        for each in Document(str(path)).paragraphs
        if each.style.name.startswith("Heading")
    ]
    seen = opened(path, "fodt").read_text("utf-8")
    assert given == [(level, plain(text)) for level, text in HEADING.findall(seen)]
    assert list(words.HEADS.values()) == [text for level, text in given if level == "1"]
    head = re.search(r"<table:table-header-rows>(.*?)</table:table-header-rows>", seen, re.DOTALL)
    assert list(words.TO_SIGN[0]) == [plain(each) for each in CELL.findall(head[1])]
    assert (
        "An agreement between Central Community Partnership"
        in re.search(r"<dc:title>(.*?)</dc:title>", seen)[1]
    )
    assert 'fo:language="en" fo:country="GB"' in seen
    assert 'fo:country="US"' not in seen


@pytest.mark.accessibility(39)
def test_a_workbook_keeps_its_sheets_tables_and_figures(pack, tmp_path):
    """A table a sheet, named; every row of figures.csv; what is withheld is [c], not 0."""
    pytest.importorskip("gptables", reason="the extra “workbook” is not installed")
    figures, path = tmp_path / "figures.csv", tmp_path / "figures.xlsx"
    pack.figures.to_csv(figures, index=False, lineterminator="\n")
    formats.write_workbook(figures, path, pack.ward.name, pack.table.edition, "us")
    made = opened(path, "ods")
    seen = zipfile.ZipFile(made).read("content.xml").decode()
    assert {"figures", "letters"} <= set(re.findall(r'database-range table:name="(.*?)"', seen))
    book = CalamineWorkbook.from_path(made)
    assert ["Cover", "Contents", "Figures", "Letters"] == book.sheet_names
    rows = book.get_sheet_by_name("Figures").to_python()
    head = next(number for number, row in enumerate(rows) if NAMES["status"] in row)
    kept = pd.DataFrame(rows[head + 1 :], columns=rows[head])
    given = formats.readable(pd.read_csv(figures, keep_default_na=False))
    assert list(given.columns) == list(kept.columns)
    assert given.astype(str).to_dict("list") == kept.astype(str).to_dict("list")
