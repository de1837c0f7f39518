"""The foot of a printed paper stands below its last box, never on a page of its own."""

import subprocess

import pytest

from darlington_analysis.evidence.ward import in_table
from darlington_analysis.pages import papers
from darlington_analysis.publishing import html

pytestmark = pytest.mark.usefixtures("poppler")
LAST = "Who is here, and for whom do they speak?"


def test_no_paper_s_foot_takes_a_page(chromium, edition_table, tmp_path):
    """However far down the page the last box comes, the foot and its heading are on one page."""
    body = str(papers.negotiators_brief(in_table(edition_table, "Central")))
    foot = "<p>Foot</p>" * 4
    path, printed = tmp_path / "page.html", tmp_path / "page.pdf"
    page = chromium.new_page()
    for height in range(0, 250, 8):
        spaced = body.replace(
            "<h2>Who is here", f'<p style="height:{height}mm"></p><h2>Who is here'
        )
        assert height == 0 or len(spaced) > len(body)
        path.write_text(html.render_page("A", spaced, "B", foot, words=html.words()), "utf-8")
        page.goto(path.as_uri())
        page.pdf(path=str(printed), prefer_css_page_size=True)
        ran = subprocess.run(["pdftotext", str(printed), "-"], capture_output=True, text=True)
        sides = [side for side in ran.stdout.split("\f") if side.strip()]
        assert LAST in " ".join(sides[-1].split()), height
        assert 4 == sides[-1].count("Foot")
    page.close()
