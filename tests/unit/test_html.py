"""The reader's edition: one page, no code, nothing loaded, headings one can walk along."""

import base64
import hashlib
import re

import nbformat.v4 as v4
import pytest
from bs4 import BeautifulSoup

from darlington_analysis.core.errors import PackFailedError
from darlington_analysis.pages.components import theme
from darlington_analysis.publishing import html_text
from darlington_analysis.publishing.html import PageWords, render, render_page

WORDS = PageWords("Skip to the pack", "Evidence packs", "In this pack")


def shows(html: str, **others):
    """Return a code cell that shows HTML, and the text that a notebook keeps beside it."""
    data = {"text/html": html, "text/plain": "<repr of it>"} | others
    outputs = [
        v4.new_output("stream", name="stderr", text="FutureWarning: beware"),
        v4.new_output("display_data", data=data),
    ]
    return v4.new_code_cell("secret_code()", outputs=outputs, execution_count=7)


def notebook(*cells):
    """Return a notebook with a heading from a result, and these cells after it."""
    return v4.new_notebook(cells=[shows("<h1>Cockerton West</h1>"), *cells])


def page(*cells) -> str:
    """Return the reader's edition of such a notebook."""
    return render(notebook(*cells), "Title & more", "A pack", "<p>Ask us</p>", words=WORDS)


def soup(*cells) -> BeautifulSoup:
    """Return the reader's edition, parsed."""
    return BeautifulSoup(page(*cells), "html.parser")


@pytest.mark.accessibility(1)
def test_page_says_its_language_and_title():
    """British English, and the title that was given."""
    read = soup()
    assert ("en-GB", "Title & more") == (read.html["lang"], read.title.get_text())
    assert "A pack" == read.find("meta", attrs={"name": "description"})["content"]


@pytest.mark.accessibility(4)
def test_skip_link_comes_first_and_leads_to_main():
    """The first thing a keyboard reaches leads past everything else."""
    read = soup(v4.new_markdown_cell("## One"))
    assert ("#main", "Skip to the pack") == (read.a["href"], read.a.get_text())
    assert ["main"] == [tag.name for tag in read.find_all(id="main")]


@pytest.mark.accessibility(5)
def test_everything_stands_in_a_landmark():
    """Header, main and footer hold all of the page but the skip link."""
    children = [tag.name for tag in soup().body.find_all(True, recursive=False)]
    assert ["a", "header", "main", "footer"] == children


@pytest.mark.accessibility(11)
def test_no_code_prompt_stderr_or_plain_text_double():
    """A reader sees neither the code nor its warnings, nor an object's name beside its display."""
    html = page()
    assert not any(
        word in html for word in ("secret_code", "FutureWarning", "repr of it", "In [", "[7]")
    )


def test_contents_follow_h2_from_markdown_and_results():
    """Contents stand after the first section, and every link finds its heading."""
    read = soup(
        v4.new_markdown_cell("## What stands out?"), shows("<h2>Who & what?</h2><h3>x</h3>")
    )
    links = {link.get_text(): link["href"] for link in read.select("nav.contents a")}
    assert {"What stands out?": "#what-stands-out", "Who & what?": "#who-what"} == links
    assert all(read.find("h2", id=address[1:]) for address in links.values())
    html = str(read)
    assert html.index("<h1") < html.index("<h2") < html.index("<nav")  # after the first section


def test_heading_ids_are_stable_and_unique():
    """Ids come from the words; the second of the same name gets a number; a given id stays."""
    read = soup(v4.new_markdown_cell("## Same\n\n## Same"), shows('<h2 id="kept">Other</h2>'))
    assert ["same", "same-2", "kept"] == [heading["id"] for heading in read.find_all("h2")]


@pytest.mark.accessibility(10)
def test_nothing_is_loaded_and_nothing_runs():
    """No script, no outside file, and a policy that would stop both."""
    html = page(v4.new_markdown_cell("## One\n\n[The census](https://www.ons.gov.uk/census)"))
    policy = BeautifulSoup(html, "html.parser").find("meta", attrs={"http-equiv": True})["content"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:")
    assert not re.search(r"<script|<link|\bsrc=|@import|url\(", html)
    assert ["https://www.ons.gov.uk/census"] == re.findall(r"https?://[^\"'<)\s]+", html)


@pytest.mark.accessibility(10)
def test_a_page_that_narrows_its_tables_runs_our_script_and_no_other():
    """Its policy names the script by its hash; a page of other words has another policy."""
    html = render_page("T", "<h1>T</h1>", "D", "", words=WORDS, narrows=True)
    digest = base64.b64encode(hashlib.sha256(theme.script().encode()).digest()).decode()
    assert f"default-src 'none'; script-src 'sha256-{digest}'; style-src" in html
    assert [theme.script()] == re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    assert html_text.has_policy(html)
    assert not html_text.has_policy(html.replace(digest, digest.lower()))
    assert [] == html_text.page_faults(html)
    for odd in ("<script>alert(1)</script>", f"<script async>{theme.script()}</script>"):
        assert ["a <script> element"] == html_text.page_faults(odd)


def test_text_only_results_are_shown_as_they_are():
    """A result that is only text is shown, its angle brackets as letters."""
    cell = v4.new_code_cell(
        "1", outputs=[v4.new_output("execute_result", {"text/plain": "10 < 11"})]
    )
    assert "10 < 11" == soup(cell).find("pre").get_text()


def test_home_link_is_there_when_asked_for():
    """The way back to the index is in the header."""
    html = render(notebook(), "T", "D", "", words=WORDS, home=("../index.html", "All wards"))
    link = BeautifulSoup(html, "html.parser").header.a
    assert ("../index.html", "All wards") == (link["href"], link.get_text())


def test_the_same_notebook_gives_the_same_bytes():
    """One exporter is used again and again, and remembers nothing."""
    first = page(v4.new_markdown_cell("## One"))
    page(v4.new_markdown_cell("## Another"))
    assert first == page(v4.new_markdown_cell("## One"))


def test_any_page_has_the_same_frame():
    """The index page has the skip link, the landmarks and the style of a pack."""
    html = render_page("Index", "<h1>All wards</h1><p>x</p>", "D", "<p>f</p>", words=WORDS)
    read = BeautifulSoup(html, "html.parser")
    assert ["a", "header", "main", "footer"] == [
        tag.name for tag in read.body.find_all(True, recursive=False)
    ]
    assert read.nav is None


@pytest.mark.accessibility(3)
@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<h1>Two</h1>", "2 headings of level 1"),
        ("<h3>Skips</h3>", "level 1 is followed by 3"),
        ("<h2> </h2>", "without words"),
        ("<script>1</script>", "a <script>"),
        ('<p onclick="x()">a</p>', "a script in onclick"),
        ('<a href="javascript:x()">a</a>', "a script in the link"),
        ('<img src="data:image/png;base64,x">', "without alt"),
        ('<img src="https://example.org/a.png" alt="A">', "loads"),
        ('<p style="background:url(https://example.org/a.png)">a</p>', "loads a file"),
        ('<style>@import "https://example.org/a.css"</style>', "style sheet loads a file"),
        ('<p style="background:URL(https://example.org/a.png)">a</p>', "loads a file"),
        (r'<p style="background:\75rl(https://example.org/a.png)">a</p>', "loads a file"),
        ("<style>p{background:image-set('https://example.org/a.png' 1x)}</style>", "loads a file"),
        ('<svg><path fill="url(https://example.org/a.svg#b)"/></svg>', "loads a file"),
        ('<svg><use xlink:href="https://example.org/a.svg#b"/></svg>', "loads"),
        ('<a href="java&#10;script:x()">a</a>', "a script in the link"),
        ('<svg><a><animate attributeName="href" values="#;javascript:x()"/></a></svg>', "a script"),
        ('<p id="a">a</p><p id="a">b</p>', "used 2 times"),
        ('<img alt="No description has been provided for this image">', "without alt"),
    ],
)
def test_a_page_that_shuts_readers_out_is_refused(body, fault):
    """Each fault is caught by name, and no page is returned."""
    with pytest.raises(PackFailedError, match=fault):
        page(shows(body))


def test_a_notebook_with_an_error_is_refused():
    """A pack with a traceback in it is never published."""
    broken = v4.new_output("error", ename="KeyError", evalue="'ward'", traceback=["x"])
    with pytest.raises(PackFailedError, match="KeyError"):
        page(v4.new_code_cell("1", outputs=[broken]))


@pytest.mark.accessibility(36)
@pytest.mark.parametrize("beside", [{}, {"text/plain": "<Figure>"}])
def test_a_picture_without_words_is_refused(beside):
    """A bare picture is refused rather than published with a placeholder."""
    output = v4.new_output("display_data", {"image/png": "iVBORw0KGgo="} | beside)
    with pytest.raises(PackFailedError, match="picture"):
        page(v4.new_code_cell("1", outputs=[output]))


@pytest.mark.parametrize(
    "cell",
    [
        v4.new_markdown_cell(
            '# T\n\n<meta http-equiv="refresh" content="0;url=https://x.example/">'
        ),
        v4.new_markdown_cell('# T\n\n<META HTTP-EQUIV=Refresh CONTENT="1">'),
        shows('<meta http-equiv="set-cookie" content="a=b">'),
        v4.new_markdown_cell("# T\n\n<base href='https://x.example/'>"),
        shows('<img alt="a" src="https://x.example/a.png" src="data:image/png;base64,AA">'),
    ],
)
def test_an_element_that_acts_without_a_script_is_refused(cell):
    """A refresh leads a reader away, and no content policy stops it."""
    with pytest.raises(PackFailedError, match="<meta> that acts|<base>|loads"):
        page(cell)


def test_words_in_a_drawing_s_letters_are_read_where_they_are_no_letters():
    """A block within them, or an element of that name outside a drawing, is read for leaks."""
    read = html_text.read("<svg><text>12</text></svg><text>hidden 7<p>and 8</p></text>")
    assert "hidden 7 and 8" == " ".join(said.text for said in read.statements)
    read = html_text.read("<svg><text>12<p>College 7</p></text></svg>")
    assert ["College 7"] == [said.text for said in read.statements]
    twice = html_text.read('<img alt="one" alt="two">')
    assert "one two" == twice.statements[0].text
