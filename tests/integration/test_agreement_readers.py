"""Whatever people write into a record reaches a reader of the pack: no answer is asked in vain."""

import tomllib
from collections.abc import Iterator
from datetime import date

import pytest
from bs4 import BeautifulSoup

from darlington_analysis.agreements import reading
from darlington_analysis.agreements.record import Agreement
from darlington_analysis.evidence import agreement
from darlington_analysis.evidence.ward import in_table
from darlington_analysis.pages import indicators, questions
from darlington_analysis.pages.components import agreements
from darlington_analysis.pages.components.numbers import day
from darlington_analysis.pages.register import shown
from darlington_analysis.publishing import papers
from tests.support.projects import ROOT
from tests.support.reading import words_of

CENTRAL = (ROOT / "data/agreements/central.toml").read_text("utf-8")
# Keys whose answers are one of a list, or names that parts are linked by.
CODED = {
    "id",
    "people",
    "indicator",
    "strand",
    "aim",
    "theme",
    "local_priority",
    "kind",
    "by",
    "council_priority",
    "grade",
    "consent",
    "about",
    "sector",
    "cost",
    "practice",
    "outcome",
    "measure",
    "origin",
    "mode",
    "stage",
    "state",
    "wishes_to_continue",
    "edition",
    "ward",
    "partnership",
    "group",
    "pack_version",
    "successor",
}
COUNTS = ("withheld", "not known")
IN_THE_CHARTER = (
    "outcomes",
    "customers",
    "partners",
    "actions",
    "measures",
    "promises",
    "offer",
    "fairness",
)


def marked(part, path=()) -> Iterator[tuple[tuple, str]]:
    """Replace every free text of a record by a word of its own; give each with its place."""
    items = part.items() if isinstance(part, dict) else enumerate(part)
    for key, value in list(items):
        here = (*path, key)
        name = next(each for each in reversed(here) if isinstance(each, str))
        if isinstance(value, dict | list):
            yield from marked(value, here)
        elif (
            isinstance(value, str) and name not in CODED and value not in ("withheld", "not known")
        ):
            part[key] = "word" + "x".join(map(str, here)).replace("_", "") + "said"
            yield here, part[key]


@pytest.fixture(scope="module")
def read(edition_table):
    """Return Central's pack, the text of its sections and of its charter, and every marked word."""
    told = tomllib.loads(
        CENTRAL.replace("[[ideas]]", '[[strengths]]\nkind = "skill"\nwords = "x"\n[[ideas]]', 1)
    )
    told["no_low_cost_idea_because"] = "x"
    words_of = [each for each in marked(told) if each[0][0] != "period"]
    pack = in_table(edition_table, "Central")
    found = reading.Read(Agreement(**told), ROOT / "central.toml", CENTRAL, {})
    lists = edition_table.settings.agreements
    answer = agreement.AgreementAnswer(pack.ward, edition_table, found, (), lists)
    pack.__dict__["agreement"] = answer
    how = shown()
    parts = [pack.questions(kind, "abcdefg") for kind in questions.KINDS]
    parts += [pack.negotiation, pack.fairness]
    html = "".join(str(how[type(part)].html(part)) for part in parts)
    html += "".join(
        str(indicators.local_knowledge(slug, pack.indicators)) for slug in answer.of_indicator
    )
    text = BeautifulSoup(html, "html.parser").get_text(" ")
    return pack, text, papers.charter(pack), words_of


@pytest.mark.requirement(5, 6, 26, 37, 44, 50, 120, 142, 157)
def test_every_answer_of_a_record_stands_in_its_pack(read):
    """Each free text, from the offer to the refused options, on some page."""
    _, text, _, words_of = read
    assert 100 < len(words_of)
    assert [] == [path for path, word in words_of if word not in text and path[-1] != "period"]


@pytest.mark.requirement(158)
def test_every_day_of_a_record_stands_in_its_pack(read):
    """When things were said, start, end and are looked at again."""
    pack, text, _, _ = read

    def days(part, path=()):
        for key in type(part).model_fields:
            value = getattr(part, key)
            for each in value if isinstance(value, tuple) else (value,):
                if isinstance(each, date):
                    yield (*path, key), each
                elif hasattr(each, "model_fields_set"):
                    yield from days(each, (*path, key))

    assert [] == [path for path, each in days(pack.agreement.record) if day(each) not in text]


@pytest.mark.requirement(7, 63)
def test_each_outcome_says_which_strand_aim_and_theme_it_serves(read):
    """One Darlington's strand and an aim, in their own words, beside the outcome."""
    pack, text, _, _ = read
    aims = {each.id: each.words for each in pack.agreement.lists.aims}
    for each in pack.agreement.record.filled("outcomes"):
        for said in (agreements.STRANDS[each.strand], aims[each.aim], each.theme):
            assert said in text


@pytest.mark.requirement(58, 164)
def test_the_charter_holds_what_was_agreed(read, tmp_path):
    """Outcomes, actions, partners, promises, offer and fairness: every word of them."""
    path = tmp_path / "charter.docx"
    path.write_bytes(read[2])
    said = words_of(path)
    wanted = [
        each
        for each in read[3]
        if each[0][0] in IN_THE_CHARTER
        and each[0][-1] not in ("missing_from_data", "period", "route")
    ]
    assert 50 < len(wanted)
    assert [] == [where for where, word in wanted if word not in said]
