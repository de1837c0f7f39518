"""What an edition says of how it was checked; and what is checked of its pages together."""

import json

import pytest

from darlington_analysis.core import atomic, fingerprints
from darlington_analysis.core.project import Project
from darlington_analysis.core.settings import load_settings
from darlington_analysis.pages import page as words
from darlington_analysis.publishing import statement
from scripts.accessibility import inspection, links
from tests.support.projects import ROOT

PAGE = '<title>{}</title><a href="{}">Words</a><p id="here">There.</p>'


@pytest.fixture
def folder(tmp_path):
    """Return an edition's folder with two pages, each leading to the other."""
    folder = tmp_path / "reports" / "2011"
    (folder / "E1-a").mkdir(parents=True)
    (folder / "index.html").write_text(PAGE.format("All", "E1-a/a.html#here"), "utf-8")
    (folder / "E1-a/a.html").write_text(PAGE.format("A", "../index.html"), "utf-8")
    return folder


def stated(folder) -> str:
    """Return what the statement of a folder says."""
    settings = load_settings(Project(ROOT))
    statement.write(folder, settings.edition("2011"), settings.roles)
    return (folder / statement.PAGE).read_text("utf-8")


def report(folder, *names):
    """Write a report on some pages of a folder."""
    pages = [{"page": name, "sha256": fingerprints.of_file(folder / name)} for name in names]
    inspection.write(
        {"summary": "2 pages.", "browser": "Chromium 1", "axe": "4", "pages": pages}, folder
    )


def test_nothing_is_claimed_that_no_one_did(folder):
    """Before a browser has looked, the statement says so; after, what was found and where."""
    assert words.NOT_LOOKED_AT in stated(folder)
    report(folder, "index.html", "E1-a/a.html")
    said = stated(folder)
    assert words.NOT_LOOKED_AT not in said
    assert "2 pages." in said
    assert f'href="{statement.REPORT}"' in said
    assert "made anew" not in said
    assert all(line.replace("'", "&#39;") in said for line in words.BY_A_PERSON)


def test_pages_made_after_the_look_are_counted(folder):
    """A page that is new or another: nobody has looked at it."""
    report(folder, "index.html")
    assert "1 page was made anew" in stated(folder)
    (folder / "index.html").write_text("other", "utf-8")
    assert "2 pages were made anew" in stated(folder)


WHOLE = {
    "summary": "2 pages.",
    "browser": "Chromium 1",
    "axe": "4",
    "pages": [{"page": "index.html", "sha256": "0"}],
}
SPOILT = [
    "",
    json.dumps(WHOLE)[:-9],
    "[" * 100_000,
    "[]",
    "null",
    "{}",
    json.dumps(WHOLE | {"axe": 4}),
    json.dumps(WHOLE | {"pages": {}}),
    json.dumps(WHOLE | {"pages": [1]}),
    json.dumps(WHOLE | {"pages": [{"page": "index.html"}]}),
    "\udcff",
]


@pytest.mark.parametrize("text", SPOILT)
def test_a_report_that_is_cut_or_of_another_shape_counts_as_none(folder, text):
    """The statement says that nobody has looked; what can't be read is not carried over."""
    (folder / statement.REPORT).write_text(text, "utf-8", "surrogateescape")
    assert words.NOT_LOOKED_AT in stated(folder)
    into = folder / "again"
    into.mkdir()
    statement.carry_over(folder, into)
    assert [] == list(into.iterdir())


def test_a_report_that_is_whole_is_carried_over(folder):
    """To the byte; where there is none, or a folder bears its name, there is nothing to carry."""
    into = folder / "again"
    into.mkdir()
    statement.carry_over(folder, into)
    (folder / statement.REPORT).mkdir()
    statement.carry_over(folder, into)
    assert [] == list(into.iterdir())
    (folder / statement.REPORT).rmdir()
    report(folder, "index.html")
    statement.carry_over(folder, into)
    assert (folder / statement.REPORT).read_bytes() == (into / statement.REPORT).read_bytes()


def test_report_and_statement_are_there_whole_or_as_before(folder, monkeypatch):
    """Where the last rename fails, both are as they were and nothing else lies about."""
    report(folder, "index.html")
    stated(folder)
    before = {each: each.read_bytes() for each in folder.iterdir() if each.is_file()}

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(atomic.os, "replace", full)
    for write in (lambda: report(folder, "E1-a/a.html"), lambda: stated(folder)):
        with pytest.raises(OSError, match="space"):
            write()
    assert before == {each: each.read_bytes() for each in folder.iterdir() if each.is_file()}


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("nowhere.html", "nowhere.html leads nowhere"),
        ("#no", "#no leads nowhere"),
        ("../../../outside.html", "leads nowhere"),
        ("../index.html#no", "leads nowhere"),
    ],
)
def test_a_link_that_leads_nowhere_is_found(folder, address, fault):
    """No such file, no such place on its page, or out of the reports."""
    (folder.parents[1] / "outside.html").touch()
    pages = [folder / "index.html", folder / "E1-a/a.html"]
    assert [] == list(links.edition_faults(folder, pages))
    pages[1].write_text(PAGE.format("A", address), "utf-8")
    found = list(links.edition_faults(folder, pages))
    assert [pages[1]] == [page for page, _ in found]
    assert fault in found[0][1]


@pytest.mark.accessibility(2)
def test_a_title_used_twice_is_found(folder):
    """Who has many tabs open tells pages apart by their titles."""
    pages = [folder / "index.html", folder / "E1-a/a.html"]
    pages[1].write_text(PAGE.format("All", "../index.html"), "utf-8")
    assert pages == [page for page, _ in links.edition_faults(folder, pages)]
