"""Other formats say what the page says: a tagged PDF, a workbook, an edition with code."""

import builtins
import re
import shutil
import subprocess
import time
import urllib.request

import nbformat.v4 as v4
import pandas as pd
import pytest

from darlington_analysis.core.errors import UsageError
from darlington_analysis.core.project import Project
from darlington_analysis.core.settings import load_settings
from darlington_analysis.evidence import table
from darlington_analysis.evidence import ward as ward_evidence
from darlington_analysis.pages import page as pages
from darlington_analysis.pages import what_matters
from darlington_analysis.pages.components import figure as figures
from darlington_analysis.publishing import formats, html
from tests.support.projects import ROOT

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="9" height="9"></svg>'
TABLE = (
    '<table class="data"><caption>All</caption><thead><tr><th scope="col">Area</th>'
    '<th scope="col">Value</th></tr></thead><tbody><tr><th scope="row">College</th>'
    "<td>12.5</td></tr></tbody></table>"
)


@pytest.fixture
def page(tmp_path):
    """Return a small page with two sections and a figure."""
    figure = figures.figure(
        SVG,
        figure_id="f",
        title="A message",
        subtitle="Per cent",
        alt="College 12.5.",
        table_html=TABLE,
        source_line="Source: a test.",
    )
    body = f"<h1>A ward</h1><h2>One</h2><p>Words.</p><h2>Two</h2>{figure}"
    path = tmp_path / "evidence-pack.html"
    made = html.render_page("A ward, Darlington", body, "Words.", "<p>Foot</p>", words=html.words())
    path.write_text(made, "utf-8")
    return path


def test_a_pdf_is_tagged_and_reads_out_what_a_drawing_shows(page):
    """PDF/UA-1, in English, with the drawing's own numbers; the same bytes each time."""
    pytest.importorskip("weasyprint", exc_type=(ImportError, OSError))
    made = formats.render_pdf(page).write_pdf(
        pdf_variant="pdf/ua-1", pdf_tags=True, uncompressed_pdf=True, full_fonts=False
    )
    assert b"pdfuaid:part" in made
    assert b"/Marked true" in made
    assert b"(en-GB)" in made
    assert re.search(rb"/Alt ?\(A message\. College 12\.5\.\)", made)
    assert b"/TH" in made
    assert 1 == formats.write_pdf(page, page.with_name("one.pdf"))
    time.sleep(1.1)  # a font cut down in another second is the same font
    formats.write_pdf(page, page.with_name("two.pdf"))
    assert page.with_name("one.pdf").read_bytes() == page.with_name("two.pdf").read_bytes()


def test_nothing_that_a_page_names_is_loaded_into_its_pdf(page, tmp_path, monkeypatch):
    """No address is called and no file opened, whatever stands in the page."""
    pytest.importorskip("weasyprint", exc_type=(ImportError, OSError))
    opened = []
    monkeypatch.setattr(
        urllib.request.OpenerDirector,
        "open",
        lambda _, asked, *more, **how: opened.append(getattr(asked, "full_url", asked)),
    )
    (tmp_path / "a.css").write_text("h1::after { content: '4321' }", "utf-8")
    for address in ("http://127.0.0.1:9/a.css", (tmp_path / "a.css").as_uri()):
        loads = f"<style>@import '{address}';</style><img alt='A' src='{address}'>"
        page.write_text(page.read_text("utf-8").replace("</h1>", f"</h1>{loads}"), "utf-8")
    formats.render_pdf(page)
    assert not [address for address in opened if not address.startswith("data:")]


@pytest.mark.accessibility(41)
def test_a_pdf_has_headings_tables_and_words_for_drawings(page):
    """As `pdfinfo -struct` reads it: headings by level, tables with heads, a title; no path."""
    pytest.importorskip("weasyprint", exc_type=(ImportError, OSError))
    if shutil.which("pdfinfo") is None:
        pytest.skip("pdfinfo (poppler-utils) is not installed")
    made = page.with_name("one.pdf")
    formats.write_pdf(page, made)
    told = [
        subprocess.run(["pdfinfo", *more, str(made)], capture_output=True, text=True).stdout
        for more in ([], ["-struct"])
    ]
    assert re.search(r"^Title: +A ward, Darlington$", told[0], re.MULTILINE)
    assert re.search(r"^Tagged: +yes$", told[0], re.MULTILINE)
    tags = re.findall(r"^ *(\w+)", told[1], re.MULTILINE)
    assert ["H1", "H2", "H2"] == [tag for tag in tags if re.fullmatch(r"H\d", tag)]
    assert (1, 1) == (tags.count("Table"), tags.count("Figure"))
    assert (3, 1) == (tags.count("TH"), tags.count("TD"))
    assert 2 == tags.count("Caption")  # of the table, and of the figure
    text = page.read_text("utf-8").replace("Words.</p>", 'Words. <a href="a.docx">A</a></p>')
    page.write_text(text, "utf-8")
    links = formats.render_pdf(page).write_pdf(uncompressed_pdf=True, full_fonts=False)
    assert b"/URI (a.docx)" in links
    assert str(page.parent).encode() not in links


@pytest.mark.accessibility(43)
def test_plain_text_says_all_that_the_page_says(page):
    """Headings, words, a drawing's words and each row with its columns; nothing of the frame."""
    said = formats.text_of(page.read_text("utf-8"))
    assert said.startswith("A ward\n======\n\n\nOne\n---\n\nWords.\n\n\nTwo\n---\n")
    assert "\nCollege 12.5.\n" in said
    assert "\nAll\n  College: Value 12.5\n" in said
    assert said.endswith("Source: a test. Link to this figure: #f\n\nFoot\n")
    assert not re.search("Skip to|On this page|<|Community Partnerships", said)


def test_large_print_is_larger(page):
    """Words of 18 points or more need more room."""
    pytest.importorskip("weasyprint", exc_type=(ImportError, OSError))
    high = [
        formats.render_pdf(page, large=large).pages[0].anchors["f"][1] for large in (False, True)
    ]
    assert high[0] < high[1]


def test_where_weasyprint_is_missing_one_is_told_what_to_install(page, monkeypatch):
    """Three lines, and no traceback."""
    refuse_import(monkeypatch, "weasyprint")
    with pytest.raises(UsageError, match="libpango"):
        formats.write_pdf(page, page.with_name("one.pdf"))


def test_where_gptables_is_missing_one_is_told_what_to_install(tmp_path, monkeypatch):
    """Three lines, and no traceback."""
    refuse_import(monkeypatch, "gptables")
    with pytest.raises(UsageError, match="workbook"):
        formats.write_workbook(tmp_path / "figures.csv", tmp_path / "figures.xlsx", "A", None, "us")


def refuse_import(monkeypatch, name):
    """Make one package impossible to import."""
    real = builtins.__import__

    def imported(asked, *others, **more):
        if asked == name:
            raise ImportError(f"No module named {asked!r}")
        return real(asked, *others, **more)

    monkeypatch.setattr(builtins, "__import__", imported)


def rows():
    """Return three rows as figures.csv holds them: a true zero, a withheld one, a published one."""
    known = dict.fromkeys(
        ["area_name", "area_code", "period", "breakdown", "method", "source"], "2011"
    )
    about = {"indicator": "first-time-entrants", "is_dummy": "False"}
    zero = {
        "numerator": "0",
        "denominator": "50",
        "value": "0.0",
        "lower_limit": "0.0",
        "upper_limit": "7.1",
        "status": "",
    }
    nothing = dict.fromkeys(zero, "")
    return pd.DataFrame(
        [
            known | about | zero,
            known | about | nothing | {"status": "c"},
            known | about | nothing | {"value": "12.34567"},
        ]
    )


@pytest.mark.accessibility(38)
def test_a_true_zero_is_0_and_a_withheld_figure_never_is():
    """Withheld is [c], not available is [x], and no cell is empty."""
    made = formats.readable(rows())
    assert [0, "[c]", 12.3457] == made["Value"].tolist()
    assert [0, "[c]", "[x]"] == made["Counted"].tolist()
    assert not (made.astype(str) == "").to_numpy().any()
    assert not made.isna().to_numpy().any()


def test_a_workbook_is_the_same_each_time(tmp_path):
    """Nothing in it says when it was made but the edition's own date."""
    pytest.importorskip("gptables")
    edition = load_settings(Project(ROOT)).edition("2011")
    rows().to_csv(tmp_path / "figures.csv", index=False)
    for name in ("one.xlsx", "two.xlsx"):
        formats.write_workbook(tmp_path / "figures.csv", tmp_path / name, "A ward", edition, "us")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_the_analyst_s_edition_has_the_code_and_the_reader_s_has_not():
    """Same notebook, two templates."""
    output = v4.new_output("display_data", data={"text/html": "<h1>A ward</h1>"})
    book = v4.new_notebook(cells=[v4.new_code_cell("evidence.for_ward('A')", outputs=[output])])
    given = ("A ward", "Words.", "<p>Foot</p>")
    reader = html.render(book, *given, words=html.words())
    analyst = html.render(book, *given, words=html.words(), template="analyst")
    assert ("for_ward" in reader, "for_ward" in analyst) == (False, True)
    assert 1 == analyst.count("<h1")


@pytest.mark.accessibility(40, 42)
@pytest.mark.parametrize("edition", ["2011", "2025"])
def test_page_one_of_the_longest_name_is_one_side_of_paper(edition_table, edition, tmp_path):
    """The summary ends on the first side; the second section begins on the second."""
    pytest.importorskip("weasyprint", exc_type=(ImportError, OSError))
    loaded = table.load(edition, edition_table.project)
    ward = max(loaded.wards.wards, key=lambda each: len(each.name))
    pack, path = ward_evidence.in_table(loaded, ward.code), tmp_path / "page.html"
    body = f"{pages.header(pack.header)}<h2>What matters here</h2>"
    body += f"{what_matters.what_matters(pack.what_matters)}<h2>All the figures</h2><p>x</p>"
    made = html.render_page(
        ward.name, body, "Words.", "", words=html.words(), home=("x", "y"), contents_after=1
    )
    path.write_text(made, "utf-8")
    sides = formats.render_pdf(path).pages
    assert [False, True] == ["all-the-figures" in side.anchors for side in sides]


def test_the_house_s_extras_are_named_in_the_errors():
    """What an error tells people to install is there to be installed."""
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    assert all(f"\n{extra} = [" in text for extra in ("browser", "pdf", "workbook"))
