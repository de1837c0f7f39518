"""Every file of an edition is read; for every kind of leak the reading fires."""

import json
from types import SimpleNamespace

import pandas as pd
import pytest

from darlington_analysis.core.errors import DisclosureError
from darlington_analysis.publishing import html_text, leaks
from darlington_analysis.publishing.leak_words import Withheld
from darlington_analysis.publishing.leak_words import leaks as leaks_of
from darlington_analysis.sources.indicators import indicator

ABOUT = indicator("first-time-entrants")
COLLEGE = Withheld("E05001557", "College", ABOUT)
AREAS = ("College", "Mowden", "Darlington", "England")
TABLE = """<h4>{title}</h4><table><caption>{title}, April 2006 to March 2011</caption>
<thead><tr><th>Area</th><th>Value, per 100,000 residents aged 10 to 17</th><th>From</th></tr>
</thead><tbody><tr><th>Darlington</th><td>1,910 [e]</td><td>1,790</td></tr>
<tr><th>College (this ward)</th><td>{college}</td><td>[c]</td></tr></tbody></table>"""


def found(html, own=""):
    """Return what a page gives away of College's first-time entrants."""
    return list(leaks_of(html_text.read(html), [COLLEGE], own, AREAS))


def test_a_table_that_withholds_gives_nothing_away():
    """Digits of other areas, of ages, dates and units are no figure of the withheld ward."""
    assert [] == found(TABLE.format(title=ABOUT.title, college="[c]"), "E05001557")


@pytest.mark.parametrize(
    "cell",
    [
        "240",
        "1,910 [e]",
        "0",
        "&lt;5",
        "12.3",
        "+3.0",
        "\u22123.0",
        "(3)",
        "about 3",
        "between 3 and 5",
    ]
    + ["three", "[c] 3", "\u2462", "\uff13"],
)
def test_a_figure_in_the_row_of_a_withheld_ward_fires(cell):
    """In the ward's own pack and in another ward's."""
    html = TABLE.format(title=ABOUT.title, college=cell)
    for own in ("", "E05001557"):
        assert ["College: First-time entrants, a table"] == found(html, own)


CHANGED = """<table><caption>Figures that are not as they were signed</caption>
<tr><th>Figure</th><th>Area</th><th>When</th><th>As signed</th><th>Now</th></tr>
<tr><th>First-time entrants</th><td>{area}</td><td>April 2006 to March 2011</td>
<td>not shown</td><td>{now}</td></tr></table>"""


def test_a_row_may_name_its_area_in_a_column_of_its_own():
    """The borough's row in the ward's own pack is not the ward's; a row of the ward is, anywhere."""
    assert [] == found(CHANGED.format(area="Darlington", now="4,280"), "E05001557")
    assert [] == found(CHANGED.format(area="College", now="[c]"), "E05001557")
    for own in ("", "E05001557", "E05001570"):
        leak = found(CHANGED.format(area="College", now="357"), own)
        assert ["College: First-time entrants, a table"] == leak


def test_lines_of_a_block_are_read_one_by_one_under_the_first():
    """What a notebook printed: statements about other things, and a table with its heading."""
    withheld = "low-skills: about 14 in every 100.\nfirst-time-entrants: withheld [c]."
    assert [] == found(f"<pre>College\n{withheld}\nno-car: about 17.</pre>", "E05001557")
    for lines in (
        f"{withheld}\nfirst-time-entrants: about 3 in every 100.",
        "           first-time-entrants\nMowden   44\nCollege  3",
    ):
        assert ["College: First-time entrants, a sentence"] == found(
            f"<pre>{lines}</pre>", "E05001557"
        )


@pytest.mark.parametrize(
    "block",
    [
        "area_name    College\nindicator    first-time-entrants\nnumerator    6",
        "{'area_name': 'College',\n 'indicator': 'first-time-entrants',\n 'numerator': 6}",
        "A look at one ward\nCollege, first-time-entrants\nThere were 6 people.",
        "one\nCollege\nfirst-time-entrants: 6",
    ],
)
def test_a_figure_belongs_to_the_lines_that_name_what_it_gives(block):
    """As pandas and Python print a row: ward, indicator and figure are on lines of their own."""
    for own in ("", "E05001557", "E05001570"):
        assert ["College: First-time entrants, a sentence"] == found(f"<pre>{block}</pre>", own)


@pytest.mark.parametrize("block", ["p", "pre", "div"])
def test_a_figure_in_a_block_within_a_cell_fires(block):
    """The cell is not empty because its words stand in a paragraph."""
    cell = f"<{block}>6</{block}>"
    html = TABLE.format(title=ABOUT.title, college=cell)
    for own in ("", "E05001557"):
        assert "College: First-time entrants, a table" in found(html, own)


def test_a_table_of_indicators_by_ward_is_read_both_ways():
    """The indicator may head a column, or the row of a ward's own pack."""
    wide = (
        "<table><caption>All wards</caption><tr><th>Ward</th><th>First-time entrants</th>"
        "<th>Homes</th></tr><tr><th>College</th><td>{}</td><td>12</td></tr></table>"
    )
    own = (
        "<table><caption>What there is</caption><tr><th>What</th><th>How many</th></tr>"
        "<tr><th>First-time entrants</th><td>{}</td></tr></table>"
    )
    assert [] == found(wide.format("[c]")) + found(own.format("[c]"), "E05001557")
    assert 1 == len(found(wide.format("12")))
    assert 1 == len(found(own.format("12"), "E05001557"))
    assert [] == found(own.format("12"), "E05001570")


@pytest.mark.parametrize(
    "sentence",
    [
        "First-time entrants: 3 in every 1,000 children aged 10 to 17.",
        "Three children entered the youth justice system for the first time in a year.",
        "It would take 4 fewer first-time entrants.",
        "First-time entrants: Mowden 0, College 240, Darlington 1,910.",
        "First-time entrants: the rate was 413.2 per 100,000.",
        "First-time entrants: 3",
    ],
)
def test_a_figure_in_a_sentence_of_the_wards_own_pack_fires(sentence):
    """By natural frequency, in words, as a difference, in a chart's description."""
    for html in (
        f"<p>{sentence}</p>",
        f"<h3>{sentence}</h3>",
        f'<svg role="img" aria-label="{sentence}"></svg>',
    ):
        assert ["College: First-time entrants, a sentence"] == found(html, "E05001557")


@pytest.mark.parametrize(
    "html",
    [
        "<p>College: 3</p>",
        "<p>College: from 3 to 10.</p>",
        "<p>In College, fewer than four.</p>",
        "<p>There were three in College.</p>",
        "<p>Col&shy;lege: 3</p>",
        "<p>College</p><p>3</p>",
        "<dl><dt>Mowden</dt><dd>12</dd><dt>College</dt><dd>3</dd></dl>",
        "<ul><li>College<ul><li>three</li></ul></li></ul>",
        "<h5>College</h5><p>About 3 young people.</p>",
        '<div aria-label="College, 3 young people"></div>',
        "<svg><title>College: 3</title></svg>",
        "<!-- E05001557: 3 -->",
    ],
)
def test_a_figure_beside_a_withheld_ward_s_name_fires_on_any_page(html):
    """A label and its number, in any markup, under the indicator's heading; not under another's."""
    said = f"<h4>{ABOUT.title}</h4>{html}"
    assert ["College: First-time entrants, a sentence"] == found(said)
    assert [] == found(said.replace(ABOUT.title, "Homes with no car or van"))
    assert [] == found(
        said.replace("College", "Mowden").replace("Col&shy;lege", "Mowden").replace("E05001557", "")
    )


@pytest.mark.parametrize(
    "html",
    [
        # Drawn: in one word, a letter each, a number on its label's line.
        "<svg><text>College: 13</text></svg>",
        "<svg><text>College: <tspan>1</tspan><tspan>3</tspan></text></svg>",
        "<svg><text><tspan>College</tspan><tspan>13</tspan></text></svg>",
        '<svg><text y="8">College</text><text y="8">1</text><text y="8">3</text></svg>',
        # In attributes.
        '<p data-count="College: 13">x</p>',
        '<p data-count="13">College</p>',
        '<p aria-valuetext="College: 13">x</p>',
        '<p aria-valuenow="13">College</p>',
        '<p aria-roledescription="College: 13">x</p>',
        '<table summary="College: 13"><tr><td>x</td></tr></table>',
        '<track label="College: 13">',
        '<p style="--n: 13">College</p>',
        '<a href="data:text/plain,College: 13">x</a>',
        '<img alt="x" src="data:text/plain;base64,Q29sbGVnZTogMTM=">',
        '<img alt="x" src="data:image/png;base64,iVBORw0KGgpDb2xsZWdlOiAxMwA=">',
        # In style sheets and scripts.
        "<style>.a::after{content:'College: 13'}</style>",
        '<style>.a::after{content:"13"}</style><p class="a">College</p>',
        '<style>.a::after{content:"College: \\31\\33"}</style>',
        "<style>/* College: 13 */</style>",
        '<style>.a{counter-reset: n 13}</style><p class="a">College</p>',
        '<script type="application/json">{"College": 13}</script>',
        "<script>// College: 13</script>",
        # In words, Roman numbers and digits of other scripts.
        "<p>College: VII</p>",
        "<p>College: xiii</p>",
        "<p>College: \u2166</p>",
        "<p>College: thirteen</p>",
        "<p>College: twenty-one young people</p>",
        "<p>College: half a dozen</p>",
        "<p>College: nil</p>",
        "<p>College: \u0667</p>",
        "<p>College: \u2780</p>",
        "<p>College: \u2776</p>",
        "<p>College: \u4e03</p>",
        "<p>College: \U0001d366</p>",
        # With letters that nobody sees, or that look like others.
        "<p>College: 1\u200b3</p>",
        "<p>Col\u180elege: 1\u034f3</p>",
        "<p>Col\U000e0041lege: 1\ufe0f3</p>",
        "<p>C\u043ellege: 13</p>",
    ],
)
def test_a_figure_that_hides_fires(html):
    """Drawn, in attributes, styles and scripts, in words, in other scripts, behind other letters."""
    said = f"<h4>{ABOUT.title}</h4>{html}"
    assert "College: First-time entrants, a sentence" in found(said)
    assert [] == found(said.replace(ABOUT.title, "Homes with no car or van"))


@pytest.mark.parametrize(
    "cell",
    [
        '<span data-n="13">[c]</span>',
        '<span title="13">[c]</span>',
        '<span aria-label="thirteen">[c]</span>',
        '<img alt="13">',
        "VII",
        "eleven",
        "\u4e03",
        "a dozen",
    ],
)
def test_a_figure_that_hides_in_a_cell_fires(cell):
    """What an attribute within a row holds is of that row."""
    html = TABLE.format(title=ABOUT.title, college=cell)
    assert "College: First-time entrants, a table" in found(html)


@pytest.mark.parametrize(
    "html",
    [
        '<svg><text x="5" y="9">0</text><text y="9" x="90">50</text><text y="4">College</text></svg>',
        "<svg><text>College: withheld</text></svg>",
        '<p class="n13" id="n-13" style="width: 13px; font-size: 12px">College</p>',
        "<style>.college { width: 13px; margin: 0 7px }</style>",
        "<p>College: a mix of civil life, and vivid.</p>",
        "<script>const college = [];</script>",
    ],
)
def test_what_only_paints_and_places_is_no_figure(html):
    """Marks of an axis, sizes, names of classes, letters of words."""
    assert [] == found(f"<h4>{ABOUT.title}</h4>{html}")


def test_a_record_that_names_an_indicator_by_its_short_name_is_about_it():
    """As data for a script would."""
    record = '{"indicator": "first-time-entrants", "area_code": "E05001557", "numerator": 13}'
    assert 1 == len(found(f'<script type="application/json">{record}</script>'))


def test_a_card_s_number_is_of_the_label_after_it():
    """A number that stands by itself, between two labels."""
    cards = "<p>12</p><p>Homes with no car or van</p><p>{}</p><p>First-time entrants</p>"
    assert [] == found(cards.format("[c]"), "E05001557")
    assert ["College: First-time entrants, a sentence"] == found(cards.format(3), "E05001557")


@pytest.mark.parametrize(
    "sentence",
    [
        "First-time entrants: Mowden 0, College withheld, Darlington 1,910.",
        "In England 19 in every 1,000 children entered the youth justice system.",
        "First-time entrants, April 2006 to March 2011, per 100,000 residents aged 10 to 17.",
        "The figure is withheld, to protect people [c]. Withheld is not zero.",
        "College touches seven wards: Central, Mowden and five more.",
    ],
)
def test_what_is_no_figure_of_the_withheld_count_is_let_through(sentence):
    """Other areas' figures, dates, ages and units stay."""
    assert [] == found(f"<p>{sentence}</p>", "E05001557")


def test_words_under_the_indicator_s_heading_are_about_it():
    """A sentence need not name what its heading names; another heading ends that."""
    said = f"<h4>{ABOUT.title}</h4><p>About 3 in every 1,000 children.</p>"
    assert 1 == len(found(said, "E05001557"))
    assert [] == found(said.replace("<p>", "<h4>Homes with no car or van</h4><p>"), "E05001557")


def test_another_period_of_the_same_area_may_be_printed():
    """Where only some years of an area are withheld, words must name such a year to be of it."""
    years = ("2006/07", "2006 to 2007")
    borough = [Withheld("E06000005", "Darlington", ABOUT, years)]
    for said, leak in (("in 2006/07", 1), ("in 2007/08", 0), ("April 2006 to March 2011", 0)):
        page = html_text.read(f"<p>First-time entrants: Darlington 250 {said}.</p>")
        assert leak == len(list(leaks_of(page, borough, "", AREAS))), said
    row = "<h4>First-time entrants</h4><table><tr><th>Darlington, {}</th><td>250</td></tr></table>"
    for said, leak in (("2006 to 2007", 1), ("2007 to 2008", 0)):
        page = html_text.read(row.format(said))
        assert leak == len(list(leaks_of(page, borough, "", AREAS))), said


@pytest.fixture
def edition(tmp_path, monkeypatch):
    """Return an edition of one pack in which College is withheld, and what may be asked of it."""
    rows = pd.DataFrame(
        {
            "indicator": "first-time-entrants",
            "area_code": ["E05001557", "E05001570"],
            "period": "2006/07 to 2010/11",
            "breakdown": "all",
            "numerator": [None, 10.0],
            "source": "restricted/counts.csv",
        }
    )
    secrets = leaks.Secrets((COLLEGE,), rows, AREAS, {"the checksum of counts": b"abc123abc123"})
    monkeypatch.setattr(leaks, "_secrets", lambda loaded: secrets)
    folder = tmp_path / "2011/E05001557-college"
    folder.mkdir(parents=True)
    status = rows.assign(status=["c", "u"], value=None, lower_limit=None, upper_limit=None)
    status.to_csv(folder / "figures.csv", index=False)
    notebook = {"cells": [{"cell_type": "code", "source": ["show(it)"], "outputs": []}]}
    (folder / "evidence-pack.ipynb").write_text(json.dumps(notebook))
    (folder / "manifest.json").write_text(json.dumps({"claims": []}))
    table = TABLE.format(title=ABOUT.title, college="[c]")
    (folder / "evidence-pack.html").write_text(html_text.HEAD + table)
    return folder


def refused(folder):
    """Return what the reading of an edition finds, and see that it refuses where it finds any."""
    told = leaks.faults(SimpleNamespace(), folder.parent)
    if told:
        with pytest.raises(DisclosureError, match="leaks, first") as refusal:
            leaks.refuse(SimpleNamespace(), folder.parent)
        assert 3 == len(str(refusal.value).splitlines())
    return told


def test_an_edition_without_leaks_is_let_through(edition):
    """Nothing is found, nothing is refused."""
    assert [] == refused(edition)
    leaks.refuse(SimpleNamespace(), edition.parent)


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        ("figures.csv", "all,,restricted", "all,5,restricted", "a figure of first-time-entrants"),
        ("figures.csv", "breakdown", "date_of_birth", "no place here: date_of_birth"),
        ("figures.csv", "source", "method", "figures without the columns"),
        ("evidence-pack.html", "[c]", "240", "a table"),
        ("evidence-pack.html", "</h4>", "</h4> abc123abc123", "the checksum of counts"),
        ("evidence-pack.html", "form-action 'none'", "", "content policy"),
        ("evidence-pack.html", "<head>", "<head><script>alert(1)</script>", "content policy"),
        ("evidence-pack.ipynb", "show(it)", "open('data/raw/restricted/x')", "goes to data/raw"),
        (
            "manifest.json",
            "[]",
            '[{"indicator": "first-time-entrants", "ward": "College", "value": 240}]',
            "a figure of first-time-entrants",
        ),
    ],
)
def test_a_leak_in_any_file_fires(edition, name, old, new, fault):
    """Each kind of file has its own reading, and each of them fires."""
    path = edition / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    assert any(fault in each and name in each for each in refused(edition))


def test_the_ledger_s_sentences_are_read(edition):
    """Each as a sentence of the pack of its ward; the borough's name their areas."""
    sentence = "First-time entrants: 3 in every 1,000 children."
    wards = ["E05001557", "E05001570", ""]
    said = pd.DataFrame({"id": "x", "ward": wards, "sentence": sentence})
    said.to_csv(edition.parent / "claims.csv", index=False)
    assert ["claims.csv: College: First-time entrants, a sentence"] == refused(edition)


def test_a_notebook_s_results_are_read(edition):
    """Text and HTML that a cell showed, and the words between cells."""
    said = "First-time entrants: College 240."
    for cell in (
        {"cell_type": "markdown", "source": [said]},
        {"cell_type": "code", "source": [f"# {said}"], "outputs": []},
        {"cell_type": "code", "source": [], "outputs": [{"data": {"text/plain": [said]}}]},
        {"cell_type": "code", "source": [], "outputs": [{"data": {"text/html": f"<p>{said}"}}]},
        {"cell_type": "code", "source": [], "outputs": [{"text": said}]},
    ):
        (edition / "evidence-pack.ipynb").write_text(json.dumps({"cells": [cell]}))
        assert 1 == len(refused(edition)), cell


@pytest.mark.parametrize("name", ["page.pdf", "page.txt"])
def test_a_file_that_cannot_be_read_and_that_no_manifest_lists_is_refused(edition, name):
    """A PDF from anywhere else, or a text, has no place in an edition."""
    (edition / name).write_bytes(b"%PDF")
    assert any(name in each and "no manifest lists" in each for each in refused(edition))
