"""Numbers and sentences say no more than the figures do, in plain words."""

import re

import pytest

from darlington_analysis.evidence import ward as ward_evidence
from darlington_analysis.pages import questions, what_matters
from darlington_analysis.pages.components import numbers
from darlington_analysis.pages.register import sentence_of
from darlington_analysis.sources.indicators import indicator
from tests.support.projects import ROOT
from tests.support.reading import FORBIDDEN, readability


@pytest.fixture(scope="module")
def packs(edition_table):
    """Return the evidence of every ward of the 2011 edition."""
    return [ward_evidence.in_table(edition_table, ward.code) for ward in edition_table.wards.wards]


@pytest.mark.parametrize(
    ("place", "words"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (11, "11th"), (12, "12th"), (22, "22nd")],
)
def test_places_are_ordinals(place, words):
    """Places are written as people say them."""
    assert words == numbers.ordinal(place)


@pytest.mark.accessibility(17)
@pytest.mark.parametrize(
    ("slug", "value", "expected"),
    [
        ("no-qualifications", 35.58, ("36", "100")),
        ("no-qualifications", 0.31, ("0.3", "100")),
        ("no-qualifications", 0.0, ("0", "100")),
        ("first-time-entrants", 1870.0, ("1,870", "100,000")),
        ("first-time-entrants", 0.54, ("0.5", "100,000")),
    ],
)
def test_values_are_natural_frequencies(slug, value, expected):
    """A value is a number out of as many people as its indicator always is, with a decimal if few."""
    assert expected == numbers.in_every(value, indicator(slug))


@pytest.mark.accessibility(20)
def test_rates_have_three_significant_figures():
    """No figure is printed finer than it deserves."""
    assert "4,980" == numbers.value_text(4978.35, indicator("first-time-entrants"))
    assert "0" == numbers.value_text(0.0, indicator("first-time-entrants"))


@pytest.mark.requirement(79)
@pytest.mark.accessibility(15)
def test_page_one_is_plain(packs):
    """On every ward's page 1: reading index 7 or less over the page, no sentence over 25 words."""
    for pack in packs:
        text = " ".join(what_matters.sentences(pack.what_matters))
        assert readability(text) <= 7, (pack.ward.name, readability(text))
        for sentence in re.split(r"(?<=[.!?])\s", text):
            assert len(sentence.split()) <= 25, sentence


@pytest.mark.requirement(11)
def test_page_one_has_two_to_five_findings_and_none_is_made_up(packs):
    """Two to five findings and at most four cards, all on real figures."""
    for pack in packs:
        assert 2 <= len(what_matters.findings(pack.what_matters)) <= 5, pack.ward.name
        used = (*pack.what_matters.headlines, *pack.what_matters.worse, *pack.what_matters.better)
        assert not any(answer.is_dummy for answer in used)
        assert 1 <= len(pack.what_matters.headlines) <= 4


@pytest.mark.accessibility(19)
def test_no_sentence_overstates(packs):
    """“Significant”, “caused” and “improved” are never said; a made-up figure says so first."""
    for pack in packs:
        for claim in pack.claims:
            sentence = sentence_of(claim)
            assert not FORBIDDEN.search(sentence.replace("better or worse", "")), sentence
            assert claim.is_dummy == sentence.startswith("Made-up figure"), sentence


@pytest.mark.accessibility(18)
def test_numbers_in_a_comparison_do_not_contradict_its_words(packs):
    """Where a ward is said to be higher or lower, the printed range does not hold the benchmark."""
    from darlington_analysis.pages.components.numbers import frequency

    told = 0
    for pack in packs:
        for claim in pack.claims:
            if claim.rule != "compared":
                continue
            said = frequency(claim.facts)
            low, high, other = (
                float(each.replace(",", "")) for each in (said.low, said.high, said.benchmark)
            )
            if claim.facts["comparison"] == "higher":
                assert low > other, sentence_of(claim)
            if claim.facts["comparison"] == "lower":
                assert high < other, sentence_of(claim)
            told += 1
    assert told > 100


@pytest.mark.requirement(57)
def test_the_questions_are_the_documents_own(reference_data):
    """The fourteen questions are word for word those of the review, names apart."""
    document = reference_data.parent / "source-documents/A-community-partnerships-review.txt"
    text = " ".join(document.read_text("utf-8").split())
    for kind in questions.KINDS:
        for letter in "abcdefg":
            asked = questions.question(kind, letter, "Central")
            assert f"{letter}) {asked}" in text, asked


@pytest.mark.accessibility(44)
def test_no_name_of_a_person_is_in_the_settings():
    """Roles only."""
    text = (ROOT / "darlington.toml").read_text("utf-8")
    assert not re.search(r"\b(Councillor|Cllr|Mr|Mrs|Ms|Dr)\b", text)
