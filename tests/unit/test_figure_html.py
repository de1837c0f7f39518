"""A figure on a page: a name for its drawing, ids of its own, its table, its source."""

import re

import pytest
from bs4 import BeautifulSoup

from darlington_analysis.core.errors import SchemaError
from darlington_analysis.pages.components import figure

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 420 480" width="560" height="640">'
    '<defs><path id="dot" d="M 0 0"/><pattern id="stripes"/></defs><use href="#dot"/>'
    '<path style="fill:url(#stripes)" d="M 1 1"/><text>Bank Top</text></svg>'
)


def figure_html(figure_id: str) -> str:
    """Return a whole figure."""
    return figure.figure(
        SVG,
        figure_id=figure_id,
        title="Fewer & <better>",
        subtitle="Per cent, wards, 2011",
        alt="Dot chart of 24 wards.",
        table_html="<table></table>",
        source_line="Source: Census 2011.",
    )


@pytest.mark.accessibility(22)
def test_a_figure_names_its_drawing_once():
    """One title and one description, pointed at by the drawing, in the words given."""
    page = BeautifulSoup(figure_html("one"), "html.parser")
    title, desc = (page.find(id=name) for name in page.svg["aria-labelledby"].split())
    assert (1, 1) == (len(page.svg.find_all("title")), len(page.svg.find_all("desc")))
    assert ("img", "Fewer & <better>", "Dot chart of 24 wards.") == (
        page.svg["role"],
        title.get_text(),
        desc.get_text(),
    )


def test_two_figures_share_no_id_and_every_reference_is_met():
    """The same drawing twice on a page has ids of its own each time."""
    page = BeautifulSoup(figure_html("one") + figure_html("two"), "html.parser")
    ids = [tag["id"] for tag in page.find_all(id=True)]
    wanted = set(re.findall(r'(?:url\(|href=")#([^")]+)', str(page)))
    assert len(ids) == len(set(ids))
    assert wanted
    assert wanted <= set(ids)


@pytest.mark.accessibility(26)
def test_a_figure_has_its_table_before_its_source():
    """Title, drawing, table and source come in this order."""
    html = figure_html("one")
    order = ["figcaption", "<svg", "<table", "Source: Census"]
    assert sorted(order, key=html.index) == order


@pytest.mark.accessibility(25)
@pytest.mark.parametrize("empty", ["title", "subtitle", "alt", "source_line", "table_html"])
def test_a_figure_without_its_words_is_refused(empty):
    """A drawing is never published without what makes it readable."""
    given = {
        "title": "T",
        "subtitle": "S",
        "alt": "A",
        "source_line": "Source",
        "table_html": "<table></table>",
    }
    with pytest.raises(SchemaError, match="not whole"):
        figure.figure(SVG, figure_id="one", **(given | {empty: " "}))


def test_a_drawing_with_links_is_a_group():
    """Links inside an image could not be reached, so a drawing that has some is a group."""
    linked = SVG.replace("<text>", '<a href="a.html"><text>').replace("</text>", "</text></a>")
    assert 'role="group"' in figure.described(linked, "map", "T", "A")


def test_a_tall_drawing_is_marked_for_paper():
    """A drawing too tall for half a side of A4 gets the class that lets it fill one."""
    tall = SVG.replace('height="640"', 'height="1200"')
    assert 'class="tall"' in figure.described(tall, "t", "T", "A")
    assert "class" not in figure.described(SVG, "t", "T", "A")
