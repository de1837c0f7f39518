"""Page 1 and every page of a ward lead to the statement on accessibility and say whom to ask."""

import dataclasses
import types

import pytest
from markupsafe import escape

from darlington_analysis.evidence import pack, table, ward
from darlington_analysis.pages import page, trust
from darlington_analysis.pages.components.numbers import day
from darlington_analysis.publishing import papers, statement
from darlington_analysis.sources import indicators


@pytest.fixture(scope="module")
def central(edition_table):
    """Return the evidence of a ward."""
    return ward.in_table(table.load("2011", edition_table.project), "E05001554")


@pytest.mark.accessibility(13)
def test_a_pack_says_how_old_it_is_and_whom_to_ask(central):
    """Its top says draft, edition and the age of its figures; its last section all the rest."""
    top = str(page.header(central.header))
    assert "<strong>Draft</strong>, 2011 edition. Its main figures date from 2011" in top
    assert "and the Index of 2010. Changes are measured up to 2021." in top
    said = str(trust.trust(central.trust))
    edition, roles = central.table.edition, central.header.roles
    for each in (
        day(edition.dated),
        central.version_id,
        roles.ask,
        roles.accessible_formats,
    ):
        assert f"{escape(each)}</dd>" in said
    assert f"<dt>By e-mail</dt><dd>{page.NO_EMAIL}</dd>" in said
    assert f"<dt>By telephone</dt><dd>{page.NO_TELEPHONE}</dd>" in said


@pytest.mark.parametrize(
    ("slug", "period", "years"),
    [
        ("first-time-entrants", "2006/07 to 2010/11", ("2006", "2011")),
        ("first-time-entrants", "2009/10", ("2009", "2010")),
        ("claimants", "2023-10", ("2023", "2023")),
        ("residents", "mid-2020", ("2020", "2020")),
        ("no-qualifications", "2011", ("2011", "2011")),
        ("low-income", "2010", ("2010", "2010")),
    ],
)
def test_the_age_of_figures_is_two_years_for_every_kind_of_period(slug, period, years):
    """No “from 2010 to April 2006 to March 2011”: the first and the last year of all of them."""
    answer = types.SimpleNamespace(
        is_dummy=False,
        indicator=indicators.indicator(slug),
        row=types.SimpleNamespace(period=period),
    )
    latest = types.SimpleNamespace(latest=types.SimpleNamespace(period="2010"))
    evidence = types.SimpleNamespace(answers=(answer,), deprivation=latest)
    assert years == pack.oldest_and_newest(evidence)


def test_made_up_figures_and_what_is_missing_are_said(central, edition_table):
    """Where the made-up ones are, or that there are none; the example says that it is one."""
    said = str(trust.trust(central.trust))
    assert trust.NONE_MADE_UP in said
    assert "Those that are stand in the annex, under “What this edition does not have”." in said
    assert trust.EXAMPLE in said
    assert "<td>The Index</td>" in said or ">The Index</th>" in said
    later = ward.in_table(table.load("2025", edition_table.project), "E05010430")
    said = str(trust.trust(later.trust))
    assert "What is missing stands under “What this edition does not have”." in said
    assert trust.EXAMPLE not in said
    assert "The Index, an estimate" in said


def test_an_address_and_a_number_that_are_given_stand_in_the_pack(central):
    """A team's own; what is no address is refused with the settings."""
    given = {"email": "evidence@council.example", "telephone": "01325 000000"}
    roles = central.header.roles.model_copy(update=given)
    facts = dict(page.document_facts(dataclasses.replace(central.header, roles=roles)))
    assert given["email"] == facts["By e-mail"]
    assert given["telephone"] == facts["By telephone"]
    for spoilt in ({"email": "evidence at council"}, {"telephone": "<b>1</b>"}):
        with pytest.raises(ValueError, match="pattern"):
            type(roles)(**{**roles.model_dump(), **spoilt})


@pytest.mark.accessibility(14)
def test_every_page_leads_to_the_statement(central, tmp_path):
    """From the papers of a ward; from its pack and the index see the tests of packs."""
    for name in papers.write(tmp_path, central):
        if name.endswith(".html"):
            assert f'href="../{statement.PAGE}"' in (tmp_path / name).read_text("utf-8"), name
    papers.write(tmp_path, central, has_pack=False)
    assert statement.PAGE not in (tmp_path / "meeting-sheet.html").read_text("utf-8")
