"""Everybody can read the pages, in a real Chromium; and each check is seen to fire."""

import json
import shutil

import pytest

from darlington_analysis.core.errors import UsageError
from darlington_analysis.core.settings import load_settings
from darlington_analysis.evidence import table, ward
from darlington_analysis.pages import page as page_words
from darlington_analysis.pages.register import shown
from darlington_analysis.publishing import disclosure_audit, html, index, papers, statement
from scripts.accessibility import browser, inspection

pytest.importorskip("playwright", reason="the extra “browser” is not installed")

SMALL = """<h1>A ward</h1><p>Words that say more than the link that stands among
them, and <a href="#two">a link to the second part</a>.</p>
<h2>First</h2>
<figure class="figure" id="f"><figcaption><p class="figure-title">A message</p></figcaption>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 90" width="90" height="90" role="img"
aria-labelledby="f-title f-desc"><title id="f-title">A message</title>
<desc id="f-desc">Dot chart of 2 wards, College 12.5, England 13.</desc>
<path d="M 1 1 L 9 9"/></svg>
<table class="data"><caption>What there is</caption><thead><tr><th scope="col">Area</th>
<th scope="col">Value</th><th scope="col">From</th></tr></thead><tbody>
<tr><th scope="row">England</th><td>13</td><td>12</td></tr>
<tr><th scope="row">College</th><td>12.5</td><td>11</td></tr>
<tr><th scope="row">Mowden</th><td>[c]</td><td>[c]</td></tr></tbody></table></figure>
<h3>Within it</h3><p>More.</p><h2 id="two">Second</h2><p>The end.</p>"""

FAULTS = {
    "no words for a picture": ("<p>More.</p>", '<img src="data:," width="9">', "image-alt"),
    "a level of headings skipped": ("<h3", '<p aria-level="5" role="heading"', "heading-order"),
    "an empty header": ('<th scope="col">Area</th>', '<th scope="col"></th>', "empty-table-header"),
    "pale words": ("<p>More.</p>", '<p style="color:#AAAAAA">More.</p>', "color-contrast"),
    "a link that only colour tells": (
        "and <a",
        'and <a style="text-decoration:none"',
        "link-in-text-block",
    ),
    "a header without scope": ('<th scope="col">Value', "<th>Value", "without scope"),
    "a table without caption": ("<caption>What there is</caption>", "", "no caption"),
    "withheld shown as nought": ("<td>[c]</td><td>[c]", "<td>0</td><td>[c]", "0 beside [c]"),
    "a number that no table holds": ("College 12.5,", "College 12.6,", "is not in its table"),
    "a wrong count of wards": ("of 2 wards", "of 3 wards", "is not in its table"),
    "a drawing without words": ("<desc", "<metadata", "drawing without words"),
    "a link that says nothing": ("a link to the second part", "here", "a link says"),
    "a page wider than a phone": (
        "<p>More.</p>",
        '<p style="width:40rem;max-width:none">More.</p>',
        "pixels wider",
    ),
    "a meeting sheet of several sides, in print": (
        "<p>More.</p>",
        '<div class="sheet" style="height:40cm"></div>',
        "sides of A4",
    ),
    "words cut off when large": (
        "<p>More.</p>",
        '<p style="width:60px;height:20px;overflow:hidden">More.</p>',
        "cut their",
    ),
    "an order of its own": ('<a href="#two">', '<a href="#two" tabindex="5">', "tabindex"),
    "no sight of where one is": (
        '<a href="#two">',
        '<a href="#two" style="outline:none">',
        "cannot see where",
    ),
    "something from a network": (
        "<p>More.</p>",
        '<img alt="A" src="http://127.0.0.1:9/a.png">',
        "asks the network",
    ),
}


def framed(body):
    """Return a body in the frame every page has."""
    return html.render_page("A ward, Darlington", body, "Words.", "<p>Foot</p>", words=html.words())


DESKTOP, PHONE, PRINT = browser.VIEWS


def look(chromium, folder, page, views=browser.VIEWS):
    """Return what is found on a page, as accessibility.json holds it, and the faults in words."""
    path = folder / "page.html"
    path.write_text(page, "utf-8")
    report = inspection.check_page(chromium, path, "page.html", views)
    found = [[view["violations"], view["faults"]] for view in report["views"].values()]
    return report, json.dumps([report["faults"], found])


def refused(report):
    """Return whether an edition of this page would be refused."""
    try:
        inspection.refuse({"pages": [report]})
    except inspection.InaccessibleError:
        return True
    return False


def test_a_small_page_of_ours_is_as_it_should_be(chromium, tmp_path):
    """No violation, no fault, and axe's rules did run."""
    report, _ = look(chromium, tmp_path, framed(SMALL))
    assert not refused(report), report
    assert min(len(view["rules"]) for view in report["views"].values()) > 60


@pytest.mark.accessibility(7, 8, 9, 12, 23, 24, 46)
@pytest.mark.parametrize("name", FAULTS)
def test_every_seeded_fault_is_found(chromium, tmp_path, name):
    """Each check is seen to fire, and refuses the edition."""
    old, new, found = FAULTS[name]
    page = framed(SMALL).replace("img-src data:", "img-src data: http:")
    assert old in page
    views = [PHONE] if "phone" in name else [PRINT] if "in print" in name else [DESKTOP]
    report, words = look(chromium, tmp_path, page.replace(old, new, 1), views)
    assert found in words
    assert refused(report)


@pytest.fixture(scope="module")
def edition_pages(edition_table, tmp_path_factory):
    """Return a folder with a page of each kind and edition: two packs, two index pages."""
    folder = tmp_path_factory.mktemp("pages")
    for edition, code in (("2011", "E05001561"), ("2025", "E05010428")):
        loaded = table.load(edition, edition_table.project)
        pack = ward.in_table(loaded, code)
        made = folder / edition / f"{code}-ward"
        made.mkdir(parents=True)
        (made / "evidence-pack.html").write_text(pack_page(pack), "utf-8")
        for name in page_words.FILES.values():  # the pack leads to them
            (made / name).touch()
        papers.write_for_cabinet(loaded, folder / edition)
        index.write(loaded, folder / edition, {}, disclosure_audit.passed(loaded))
    return folder


def pack_page(pack):
    """Return a pack's page from its evidence, without running a notebook."""
    parts = [
        ("", pack.header),
        ("What matters here", pack.what_matters),
        ("All the figures", pack.all_figures),
        ("The figures that stand out", pack.stand_out_figures),
        ("Inside the ward", pack.inside),
        ("Support", pack.support),
        ("Who lives here, and where it is", pack.place),
        ("How far to trust this, and whom to ask", pack.trust),
        ("The agreement", pack.agreement_basis),
    ]
    how = shown()
    body = "".join(
        (f"<h2>{asks}</h2>" if asks else "") + str(how[type(part)].html(part))
        for asks, part in parts
    )
    return html.render_page(
        page_words.title(pack),
        body,
        page_words.description(pack),
        "<p>Foot</p>",
        words=html.words(),
        home=("../index.html", "All wards"),
        contents_after=1,
    )


@pytest.mark.accessibility(6)
@pytest.mark.parametrize(
    ("page", "views"),
    [
        ("2011/E05001561-ward/evidence-pack.html", [DESKTOP, PHONE, PRINT]),
        ("2025/E05010428-ward/evidence-pack.html", [PHONE]),
        ("2011/index.html", [DESKTOP]),
    ],
)
def test_packs_and_index_pages_of_both_editions_shut_nobody_out(
    chromium, edition_pages, page, views
):
    """No violation of axe's rules; no fault in our own checks. `make accessibility` does all."""
    report = inspection.check_page(chromium, edition_pages / page, page, views)
    assert not refused(report), report


@pytest.mark.accessibility(45)
def test_an_edition_s_report_says_what_ran_and_who_did_not_look(shared, chromium, tmp_path):
    """Counts of pages and rules are printed; what only a person can check is listed as open.

    The statement is looked at as it stands before anybody has looked, and after.
    """
    published = shared.published("2025")
    reports = shutil.copytree(published.reports, tmp_path / "reports")
    folder, settings = reports / "2025", load_settings(published)
    heard = []
    made = inspection.check_edition(folder, "2025", lambda page, _: heard.append(page))
    inspection.refuse(made)
    count = len(list(folder.rglob("*.html")))
    done = sorted(int(page.partition(f" of {count}, ")[0]) for page in heard)
    assert [*range(1, count + 1)] == done
    assert made["summary"].startswith(f"{count} pages in 3 views, ")
    assert "rules of axe: 0 violations." in made["summary"]
    assert "was not checked here" in made["summary"]
    assert made["for_a_person_to_check"]
    inspection.write(made, folder)
    assert made == json.loads((folder / inspection.REPORT).read_text("utf-8"))
    statement.write(folder, settings.edition("2025"), settings.roles)
    assert not refused(inspection.check_page(chromium, folder / statement.PAGE, "it", [PHONE]))


def test_an_edition_without_pages_is_refused(tmp_path):
    """Nothing to look at is not the same as nothing wrong."""
    with pytest.raises(UsageError, match="There are no pages"):
        inspection.pages_of(tmp_path, "2011")
