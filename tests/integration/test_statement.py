"""Page 1 and every page of a ward lead to the statement on accessibility and say whom to ask."""

import pytest
from markupsafe import escape

from darlington_analysis.evidence import table, ward
from darlington_analysis.pages import page, trust
from darlington_analysis.pages.components.numbers import day
from darlington_analysis.publishing import papers, statement


@pytest.fixture(scope="module")
def central(edition_table):
    """Return the evidence of a ward."""
    return ward.in_table(table.load("2011", edition_table.project), "E05001554")


@pytest.mark.accessibility(13)
def test_a_pack_says_how_old_it_is_and_whom_to_ask(central):
    """Its top says draft, edition and the age of its figures; its last section all the rest."""
    top = str(page.header(central.header))
    assert "<strong>Draft</strong>, 2011 edition. Its figures are of 2010 to 2011." in top
    said = str(trust.trust(central.trust))
    edition, roles = central.table.edition, central.header.roles
    for each in (
        day(edition.dated),
        day(edition.data_as_at),
        central.version_id,
        roles.ask,
        roles.accessible_formats,
    ):
        assert f"{escape(each)}</dd>" in said


@pytest.mark.accessibility(14)
def test_every_page_leads_to_the_statement(central, tmp_path):
    """From the papers of a ward; from its pack and the index see the tests of packs."""
    for name in papers.write(tmp_path, central):
        if name.endswith(".html"):
            assert f'href="../{statement.PAGE}"' in (tmp_path / name).read_text("utf-8"), name
    papers.write(tmp_path, central, has_pack=False)
    assert statement.PAGE not in (tmp_path / "meeting-sheet.html").read_text("utf-8")
