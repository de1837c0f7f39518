"""``agreement papers`` puts a ward's papers in place whole, or leaves what is there alone."""

import shutil

import pytest

from darlington_analysis.cli.main import main
from darlington_analysis.publishing import papers, printed, run_lock

PAPERS = ["agreement", "papers", "central"]
CENTRAL = "E05001554-central"


@pytest.fixture(scope="module")
def made(edition_table, tmp_path_factory):
    """Return a copy of Central's papers, which the command made once."""
    reports = edition_table.project.reports
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DARLINGTON_PROJECT", str(edition_table.project.root))
        assert 0 == main(PAPERS)
    aside = tmp_path_factory.mktemp("papers") / "papers"
    return shutil.move(reports / "papers", aside)


@pytest.fixture
def place(made, edition_table, monkeypatch):
    """Return the folder of Central's papers in reports, as the command made them."""
    monkeypatch.setenv("DARLINGTON_PROJECT", str(edition_table.project.root))
    folder = shutil.copytree(made, edition_table.project.reports / "papers")
    yield folder / CENTRAL
    shutil.rmtree(folder)


def held(place) -> dict[str, bytes]:
    """Return every file of the folder, and of the one above, by its path."""
    return {
        each.relative_to(place.parent).as_posix(): each.read_bytes()
        for each in place.parent.rglob("*")
        if each.is_file()
    }


def test_a_stray_file_beside_the_papers_takes_nothing_away(place):
    """What lies beside is no part of what is published here; the papers are made again."""
    before = held(place)
    stray = place.parent / "notes.md"
    stray.write_text("notes", "utf-8")
    try:
        assert 0 == main(PAPERS)
        assert before | {"notes.md": b"notes"} == held(place)
    finally:
        stray.unlink()


def test_papers_that_are_refused_leave_those_from_before(place):
    """A file that nobody can read lies among them: 14, and every paper is as it was."""
    stray = place / "notes.md"
    stray.write_text("notes", "utf-8")
    before = held(place)
    try:
        assert 14 == main(PAPERS)
        assert before == held(place)
    finally:
        stray.unlink()


def test_a_run_that_ends_within_a_page_leaves_the_papers_from_before(place, monkeypatch):
    """No page is cut short; what was put together aside is cleared away."""
    before, reports = held(place), place.parent.parent

    def ended(folder, *_, **__):
        (folder / "meeting-sheet.html").write_text("<!DOCTYPE", "utf-8")
        raise KeyboardInterrupt

    monkeypatch.setattr(papers, "write", ended)
    assert 130 == main(PAPERS)
    assert before == held(place)
    left = [*reports.glob(".aside-*"), *(reports.parent / "data/.runs").glob("staging-*")]
    assert [] == left


def test_a_paper_that_is_made_no_more_is_not_left_from_before(place, edition_table):
    """The record is gone, and the charter with it."""
    record = edition_table.project.agreements / "central.toml"
    text = record.read_bytes()
    record.unlink()
    try:
        assert 0 == main(PAPERS)
        assert not (place / papers.CHARTER).exists()
        of_a_record = {"review-sheet.html", papers.CHARTER}
        written = {*papers.PAGES, printed.COUNTS} - of_a_record
        assert {path.name for path in place.iterdir()} == written
    finally:
        record.write_bytes(text)


def test_papers_are_not_made_beside_another_run(place, edition_table):
    """17 while another run has the lock."""
    before = held(place)
    with run_lock.locked(edition_table.project):
        assert 17 == main(PAPERS)
    assert before == held(place)
