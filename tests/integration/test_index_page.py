"""The edition's index page: what is ready, what is not, what lies beside each pack, how old."""

import json

import pytest
from bs4 import BeautifulSoup

from darlington_analysis.evidence.ward import in_table
from darlington_analysis.publishing import index, pack
from darlington_analysis.publishing.disclosure_audit import Audit
from tests.support import pages

READY, FAILED = "E05001554", "E05001570"


@pytest.fixture
def folder(edition_table, tmp_path, monkeypatch):
    """Return an edition's folder with one whole pack in it, and its index page."""
    pages.draw_nothing(monkeypatch)
    ward = edition_table.wards.find(READY).ward
    made = tmp_path / ward.folder
    made.mkdir()
    version = in_table(edition_table, READY).version_id
    (made / pack.MANIFEST).write_text(json.dumps({"version_id": version}), "utf-8")
    (made / pack.FIGURES).write_text("a\n", "utf-8")
    write(edition_table, tmp_path)
    return tmp_path


def write(loaded, into) -> None:
    """Write the index of an edition in which one pack is there and one could not be made."""
    index.write(loaded, into, {FAILED: "its notebook stopped"}, Audit.__new__(Audit))


@pytest.fixture(autouse=True)
def _no_audit(monkeypatch):
    """The attack on the edition is tried elsewhere."""
    monkeypatch.setattr(index, "_disclosure", lambda audited: "")


def text(folder) -> BeautifulSoup:
    """Return the index page."""
    return BeautifulSoup((folder / "index.html").read_text("utf-8"), "lxml")


def test_the_index_says_what_is_ready_and_what_failed(folder):
    """One of 24 packs is ready, and the one that could not be made says why."""
    page = text(folder)
    assert "1 of 24 packs is ready. At the last try 1 could not be made" in page.get_text(" ")
    row = page.find("th", string="Mowden", scope="row").parent
    state = page.select_one(".packs").find("th", string="Mowden").parent.get_text(" ")
    assert row
    assert "could not be made: its notebook stopped" in state


def test_the_index_says_how_old_every_indicator_is(folder):
    """Each indicator of the edition stands in a table with its date and whether it is made up."""
    table = text(folder).find("caption", string="Indicators there are for wards").parent
    said = {row.th.get_text(): row.get_text(" ") for row in table.select("tbody tr")}
    assert "2011" in said["Adults with no qualifications"]
    assert "made up" in said["Adults with low numeracy"]


def test_only_files_that_are_there_are_linked(folder):
    """A pack's CSV is linked at first; a PDF is linked as soon as it has been made."""
    cell = text(folder).select_one(f'[data-files^="{READY}"]')
    assert ["CSV"] == [link.get_text() for link in cell.find_all("a")]
    made = next(folder.glob(f"{READY}-*"))
    (made / "evidence-pack.pdf").write_bytes(b"%PDF")
    index.list_anew(folder, made, "Central")
    links = text(folder).select_one(f'[data-files^="{READY}"]').find_all("a")
    assert ["PDF", "CSV"] == [link.get_text() for link in links]
    assert all((folder / link["href"]).is_file() for link in links)


def test_newer_figures_are_a_link_only_where_they_lie(edition_table, folder, tmp_path):
    """The notice names the newer edition; its link needs that edition's own index page."""
    assert not text(folder).select(".banner a")
    newer = edition_table.project.reports / "2025"
    newer.mkdir(parents=True)
    (newer / "index.html").write_text("", "utf-8")
    try:
        write(edition_table, folder)
        assert ["../2025/index.html"] == [a["href"] for a in text(folder).select(".banner a")]
    finally:
        (newer / "index.html").unlink()
        newer.rmdir()


def test_every_link_of_the_index_is_relative(folder):
    """The edition opens from a USB stick: no link leaves its folder but to another edition."""
    links = [a["href"] for a in text(folder).find_all("a", href=True)]
    assert links
    assert not [each for each in links if "://" in each or each.startswith("/")]
