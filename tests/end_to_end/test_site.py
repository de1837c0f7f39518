"""The site around the packs: the landing page, search, two wards beside each other, notebooks."""

import re
import shutil

import pytest

from darlington_analysis.core.settings import load_settings
from darlington_analysis.publishing import html_text, notebook_pages, site


@pytest.fixture(scope="module")
def project(shared):
    """Return a project with a published pack of a ward since 2015."""
    return shared.published("2025")


@pytest.fixture
def opened(chromium, project):
    """Return a function that opens a page of the edition, with or without scripts."""
    contexts = []

    def open_(name, *, scripts=True):
        context = chromium.new_context(java_script_enabled=scripts, offline=True)
        contexts.append(context)
        page = context.new_page()
        page.goto((project.reports / "2025").as_uri() + f"/{name}")
        return page

    yield open_
    for context in contexts:
        context.close()


def test_the_landing_page_leads_to_the_editions_that_are_there(project, tmp_path):
    """One edition is published, and it alone is linked; verify tells a page that was changed."""
    settings, page = load_settings(project), (project.reports / site.NAME).read_text("utf-8")
    assert ["2025/index.html"] == re.findall(r'<a href="([^"#]+)"', page)
    assert html_text.has_policy(page)
    assert site.is_as_it_would_be(project, settings)
    copy = type(project)(tmp_path / "copy")
    shutil.copytree(project.reports, copy.reports)
    (copy.reports / site.NAME).write_text(page.replace("2025 edition", "edition"), "utf-8")
    assert not site.is_as_it_would_be(copy, settings)


def test_a_ward_is_found_by_an_older_name(opened):
    """“Red Hall” and its code find one ward of 20; “&” may be typed as a word; none is said."""
    page = opened("index.html")
    field, rows = page.locator("input[type=search]"), page.locator("#wards tbody tr:visible")
    assert 20 == rows.count()
    for typed in ("red hall", "E05010428", "Red Hall and Lingfield", "redhall"):
        field.fill(typed)
        assert 1 == rows.count(), typed
        assert "Red Hall & Lingfield" in rows.first.inner_text()
        assert "1 found" == page.locator("[role=status]").inner_text()
    field.fill("no such place")
    assert 0 == rows.count()
    field.fill("")
    assert 20 == rows.count()


def test_two_wards_stand_beside_each_other_with_a_verdict(opened):
    """Choosing two leaves their columns and the wider areas; each row says which is higher."""
    page = opened("compare.html")
    first, second = page.locator("select").all()
    heads = page.locator("#figures thead th:visible")
    assert 20 < heads.count()
    first.select_option(label="Red Hall & Lingfield")
    second.select_option(label="Mowden")
    seen = heads.all_inner_texts()
    assert ["Red Hall & Lingfield", "Mowden", "First beside second"] == seen[-3:]
    row = page.locator("#no-qualifications")
    shown = row.locator("td:visible").all_inner_texts()
    assert float(shown[-3].split()[0]) > float(shown[-2].split()[0])
    assert "Red Hall & Lingfield is higher" == row.locator("[data-pair]").inner_text()
    first.select_option(label="Mowden")
    second.select_option(label="Red Hall & Lingfield")
    assert "Mowden is lower" == row.locator("[data-pair]").inner_text()
    assert ["Mowden", "Red Hall & Lingfield"] == heads.all_inner_texts()[-3:-1]
    second.select_option(label="Mowden")
    assert 0 == page.locator("[data-pair]:visible").count()


def test_a_link_may_name_the_wards_to_be_compared(opened):
    """The part of an address behind # chooses them."""
    page = opened("compare.html#E05010428+E05010422")
    assert "E05010428" == page.locator("select").first.input_value()
    assert 1 == page.locator("#figures thead [data-pair]:visible").count()


@pytest.mark.parametrize(("name", "rows"), [("index.html", 20), ("compare.html", 12)])
def test_without_scripts_the_whole_table_stands(opened, name, rows):
    """No field is shown that would do nothing."""
    page = opened(name, scripts=False)
    assert 0 == page.locator(".narrow:visible").count()
    assert rows <= page.locator("table tbody tr:visible").count()
    assert 0 == page.locator("[data-pair]:visible").count()


def test_no_other_script_runs_on_a_page_that_has_ours(opened, project, tmp_path):
    """The policy allows one script by its hash: what is put into the page does not run."""
    html = (project.reports / "2025" / "index.html").read_text("utf-8")
    evil = '<img src="data:," onerror="window.ran=1"><script>window.ran=1</script></main>'
    spoilt = tmp_path / "index.html"
    spoilt.write_text(html.replace("</main>", evil), "utf-8")
    page = opened("index.html")
    page.goto(spoilt.as_uri())
    assert page.evaluate("typeof window.ran === 'undefined'")
    assert page.locator(".narrow:visible").count()


def test_notebooks_are_pages_of_their_edition(project, shared):
    """Those on all wards in both; support where it was decided; a review for each record."""
    names = {
        edition: {
            path.name for path in (shared.published(edition).reports / edition).glob("*.html")
        }
        for edition in ("2011", "2025")
    }
    for edition in names:
        assert {"borough.html", "data-quality.html", "compare.html"} <= names[edition]
    assert {"support.html", "review-central.html"} <= names["2011"]
    assert not {name for name in names["2025"] if name.startswith(("support", "review"))}
    index = (project.reports / "2025" / "index.html").read_text("utf-8")
    assert 'href="borough.html"' in index


def test_a_notebook_that_stops_is_named_and_the_others_are_pages(shared, tmp_path, monkeypatch):
    """The index says which page could not be made; no half of it is left."""
    from darlington_analysis.evidence import table
    from tests.support.shared import copied

    town = copied(shared.processed(), tmp_path / "town")
    monkeypatch.setenv("DARLINGTON_PROJECT", str(town.root))
    path = town.notebooks / "01-data-quality.ipynb"
    path.write_text(path.read_text("utf-8").replace("data.totals", "data.no_such_thing"), "utf-8")
    broken = [one for one in notebook_pages.PUBLISHED if one.notebook == path.name]
    monkeypatch.setattr(notebook_pages, "PUBLISHED", tuple(broken))
    made = notebook_pages.write(table.load("2025", town), tmp_path)
    assert "no_such_thing" in made[0].fault
    assert not (tmp_path / "data-quality.html").exists()
    assert "could not be made" in notebook_pages.listed(made)
