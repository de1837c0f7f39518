"""Every pack of both editions in words: what drawings quote, how hard it reads, what is unsaid."""

import re

import pytest
from bs4 import BeautifulSoup

from darlington_analysis.evidence import table
from darlington_analysis.evidence.borough import BoroughEvidence
from darlington_analysis.evidence.ward import in_table
from darlington_analysis.pages import borough, scan
from scripts.accessibility import page_checks
from tests.support import pages
from tests.support.reading import readability

EDITIONS = {"2011": 24, "2025": 20}
NUMBERED = re.compile(r"\b[A-Z]{2,}s?\b(?!\d)")  # a publisher's table number is no abbreviation


@pytest.fixture(scope="module")
def packs(edition_table):
    """Return the page of every ward of both editions, charts left blank: edition → pages."""
    with pytest.MonkeyPatch.context() as patch:
        pages.draw_nothing(patch)
        loaded = {name: table.load(name, edition_table.project) for name in EDITIONS}
        return {
            name: [pages.body(in_table(each, ward.code)) for ward in each.wards.wards]
            for name, each in loaded.items()
        }


def first_page(page: str) -> str:
    """Return the words of page 1, without the document's own facts."""
    soup = BeautifulSoup(page.split("<h2>All the figures")[0], "lxml")
    for part in soup.select("h1, h2, dl, svg, .card"):
        part.decompose()
    return soup.get_text(" ")


def sentences(page: str) -> list[str]:
    """Return every sentence of ours: not the lines of sources, nor what people wrote."""
    soup = BeautifulSoup(page, "lxml")
    for part in soup.select("svg, pre, .answered, .source, h3"):
        part.decompose()
    blocks = [block.get_text(" ").strip() for block in soup.select("p, dd, li, caption")]
    joined = [re.sub(r"\s+(?=[,.;:])", "", block) for block in blocks]  # behind a link
    return [each for block in joined for each in re.split(r"(?<=[.!?])\s+", block)]


def unexplained(page: str) -> set[str]:
    """Return abbreviations that no bracket, “ABC (words)” or glossary line explains."""
    soup = BeautifulSoup(page, "lxml")
    terms = " ".join(each.get_text(" ") for each in soup.select("dt"))
    for part in soup.select("svg, pre"):
        part.decompose()
    text = " ".join(soup.get_text(" ").split())
    return {
        each
        for each in {found.removesuffix("s") for found in NUMBERED.findall(text)}
        if not re.search(rf"\({each}s?\)|\b{each}s? (?:\w+ )?\([A-Z][a-z]", text)
        and not re.search(rf"\b{each}\b", terms)
    }


def test_every_figure_quotes_only_its_own_table(packs):
    """Alt texts of all figures of all wards hold no number that is not in their table."""
    for name, found in packs.items():
        assert EDITIONS[name] == len(found)
        figures = sum(page.count("<figure") for page in found)
        assert figures >= 10 * len(found)
        for page in found:
            assert [] == [*page_checks.described(page), *page_checks.quoted(page)]


def test_the_borough_s_figures_quote_only_their_tables(edition_table, monkeypatch):
    """The same is true of the overview of all wards and of the map on an edition's index."""
    pages.draw_nothing(monkeypatch)
    for name in EDITIONS:
        of_all = BoroughEvidence(table.load(name, edition_table.project))
        html = str(borough.map_figure(of_all.map, {})) + str(borough.indicators(of_all.indicators))
        html += str(scan.funnels(of_all.funnels))
        assert html.count("<figure") >= 7
        assert [] == [*page_checks.described(html), *page_checks.quoted(html)]


def test_a_number_changed_in_a_table_is_noticed(packs):
    """A figure whose table and words disagree, or that quotes another ward's number, is told of."""
    page = packs["2011"][0]
    said = re.search(r"Dot chart of 24 wards, ([\w ]+) ([\d.]+)%", page)
    changed = page.replace(f'<td class="number">{said[2]}</td>', '<td class="number">99.9</td>')
    assert changed != page
    assert any(said[2] in fault for fault in page_checks.quoted(changed))
    swapped = page.replace(f"{said[1]} {said[2]}%, England", f"{said[1]} 22.5%, England", 1)
    assert swapped != page
    assert list(page_checks.quoted(swapped))


def test_page_one_is_plain_in_both_editions(packs):
    """Reading index 7 or less over what page 1 says."""
    for name, found in packs.items():
        for page in found:
            assert readability(first_page(page)) <= 7, (name, readability(first_page(page)))


def test_no_sentence_is_over_25_words(packs):
    """None on any pack, but in lines of sources and in what people wrote themselves."""
    for found in packs.values():
        for page in found:
            assert [] == [each for each in sentences(page) if len(each.split()) > 25]


def test_no_abbreviation_is_unexplained(packs):
    """Each is written out in brackets where it stands, or in the glossary of the same pack."""
    for found in packs.values():
        for page in found:
            assert set() == unexplained(page)


def test_an_abbreviation_nobody_explains_is_noticed():
    """The checks can fail: a bare “GDP”, and a sentence of 26 words."""
    assert {"GDP"} == unexplained("<p>The GDP of the ward. PACT (Partners and Communities).</p>")
    assert set() == unexplained("<p>Low GDP.</p><dl><dt>GDP</dt><dd>What is made.</dd></dl>")
    assert 26 == len(sentences(f"<p>{'word ' * 26}.</p>")[0].removesuffix(" .").split())


def test_how_sure_we_are_is_said_once(packs):
    """The long answer on census figures stands once on a pack."""
    for found in packs.values():
        for page in found:
            assert 1 == page.count("The census counts everybody")


def test_a_pack_is_light(packs):
    """Without its charts, a pack's body is far from 1.5 MB (each chart is under 45 kB)."""
    for found in packs.values():
        for page in found:
            charts = page.count("<figure") * 45_000
            assert len(page.encode()) + charts <= page_checks.LARGEST
