"""Other formats are made of what was read for leaks; the manifest says of what, and is believed."""

import json

import pytest
from python_calamine import CalamineWorkbook

from darlington_analysis.core import fingerprints
from darlington_analysis.core.errors import UsageError
from darlington_analysis.pages.page import NAMES
from darlington_analysis.publishing import leaks, pack
from darlington_analysis.publishing.leak_words import Withheld
from darlington_analysis.sources.indicators import indicator
from tests.support.workbooks import write_xlsx

COLLEGE = Withheld("E05001557", "College", indicator("first-time-entrants"))


@pytest.fixture
def folder(tmp_path):
    """Return a pack's folder: a page, its manifest, and a file made of the page and listed."""
    (tmp_path / "page.html").write_text("<p>Words.", "utf-8")
    (tmp_path / "page.pdf").write_bytes(b"%PDF")
    told = {
        "ward_code": "E05001557",
        "files": {"page.html": fingerprints.of_file(tmp_path / "page.html")},
    }
    (tmp_path / pack.MANIFEST).write_text(json.dumps(told), "utf-8")
    pack.vouch(tmp_path, {"page.pdf": "page.html"})
    return tmp_path


def test_a_listed_file_is_believed_and_only_as_it_was_made(folder):
    """Another file, other bytes, or a page made anew since: each is a fault."""
    assert [] == list(pack.format_faults(folder / "page.pdf"))
    (folder / "other.pdf").write_bytes(b"%PDF")
    assert ["no manifest lists"] == [
        each[12:29] for each in pack.format_faults(folder / "other.pdf")
    ]
    (folder / "page.html").write_text("<p>Other words.", "utf-8")
    assert ["made of another page.html than the one that lies beside it"] == list(
        pack.format_faults(folder / "page.pdf")
    )
    (folder / "page.pdf").write_bytes(b"%PDF 2")
    assert 2 == len(list(pack.format_faults(folder / "page.pdf")))


def test_nothing_is_made_of_a_page_that_was_changed_after_it_was_published(folder):
    """What was not read for leaks is put into no other form."""
    pack.check_source(folder, "page.html")
    (folder / "page.html").write_text("<p>240 children.", "utf-8")
    with pytest.raises(UsageError, match="not the file that was published"):
        pack.check_source(folder, "page.html")


def workbook(path, **cells):
    """Write a workbook of one row, withheld unless the row says otherwise; return its path."""
    row = (
        {
            "indicator": COLLEGE.indicator.title,
            "area_code": "E05001557",
            "period": "2011",
            "status": "[c]",
        }
        | dict.fromkeys(["numerator", "value"], "[c]")
        | cells
    )
    cells = [[NAMES[name] for name in NAMES], [row.get(name, "[z]") for name in NAMES]]
    return write_xlsx(path, {"Cover": [["A ward"]], "Figures": [["A title"], *cells]})


def test_a_number_of_a_withheld_count_in_a_workbook_fires(tmp_path):
    """By its status, and by its ward and indicator whatever the status says."""
    path = tmp_path / "figures.xlsx"
    assert [] == list(leaks.workbook_faults(workbook(path), [COLLEGE]))
    said = f"a figure of {COLLEGE.indicator.title} in E05001557, 2011"
    assert [said] == list(leaks.workbook_faults(workbook(path, numerator=240), []))
    assert [said] == list(leaks.workbook_faults(workbook(path, value=2.5, status="[z]"), [COLLEGE]))
    assert ["Cover", "Figures"] == CalamineWorkbook.from_path(path).sheet_names
