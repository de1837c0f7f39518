"""What would it take: people, luck, and when anyone could tell, from gated counts alone."""

import math
import re

import pandas as pd
import pytest
from scipy import stats

from darlington_analysis.evidence import claims, derived, targets
from darlington_analysis.evidence.indicator import answer
from darlington_analysis.pages import indicators, outlook
from darlington_analysis.pages import targets as shown_outlook
from darlington_analysis.pages.components.numbers import value_text
from darlington_analysis.pages.register import sentence_of
from darlington_analysis.sources.indicators import indicator
from tests.support.reading import FORBIDDEN, readability

ENTRANTS = "first-time-entrants"


@pytest.fixture(scope="module")
def loaded(edition_table):
    """Return the table of the 2011 edition, its counts made up."""
    return edition_table


@pytest.fixture(scope="module")
def real(real_table):
    """Return the table of an edition with a council's own counts."""
    return real_table


def take_of(loaded, name, slug=ENTRANTS):
    """Return a ward's outlook on an indicator."""
    return answer(loaded, loaded.wards.find(name).ward, slug).outlook


def counts(area, numerator, people=1000):
    """Return one pooled row, as the gate let it out."""
    row = {
        "indicator": ENTRANTS,
        "area_code": area,
        "area_name": area,
        "breakdown": "all",
        "period": "2006/07 to 2010/11",
        "numerator": numerator,
        "denominator": 5 * people,
        "vintage": "test",
        "is_dummy": False,
        "status": "",
        "basis": "observed",
    }
    row |= {"value": 20 * numerator, "lower_limit": 14 * numerator, "upper_limit": 28 * numerator}
    return pd.DataFrame([row])


def of_rate(own, near, borough):
    """Return the take of a ward called Here."""
    ward = type("Ward", (), {"name": "Here", "code": "Here"})()
    beside = borough.assign(area_type="borough")
    wards = pd.concat([own, near])
    touching = {"Here": ("Near",), "Near": ("Here",)}
    of_wards = targets.TargetsOfWards(indicator(ENTRANTS), wards, beside, lambda: touching, None)
    return of_wards.of_ward(ward)


def test_a_tenth_of_fifty_in_five_years_by_hand():
    """50 in five years is 10 a year: a tenth is 1 fewer; 9 or fewer is luck 51 times in 100."""
    found = of_rate(counts("Here", 50), counts("Near", 50), counts("All", 1000, 20_000))
    first = found.events.iloc[0]
    assert (10.0, 9.0, -1.0) == (first.expected_count, first.target_count, first.change_a_year)
    # Given the sum of both, each of 59 falls into the later year one time in six.
    luck = stats.binom.cdf(9, 59, 1 / 6)
    assert round(100 * luck) == first.times_by_luck
    assert {"alone": 1, "with neighbours": 2} == {
        scope: len(keys) for scope, keys in found.made_from.items() if scope != "borough"
    }


def test_a_target_that_could_never_be_told_is_said_so():
    """A tenth of 50 cannot be told in five years alone, and the sentence offers wider areas."""
    found = of_rate(counts("Here", 50), counts("Near", 50), counts("All", 20_000, 400_000))
    facts = found.claims[0].facts
    assert {"alone": 0, "with neighbours": 0, "borough": 1} == facts["told"]
    said = sentence_of(found.claims[0])
    assert "nobody could tell it from chance, even with five years taken together" in said
    assert said.endswith("In all of All it could be told after one year.")


def test_a_target_that_even_the_borough_cannot_show_is_said_so(loaded):
    """In Park West a tenth fewer is one child in five years, which nobody could ever tell."""
    said = [sentence_of(claim) for claim in take_of(loaded, "Park West").take.claims]
    assert "A tenth fewer is about 1 fewer child in five years." in said[0]
    assert (
        "Nor could it be told with three of the wards that it touches, nor in all of Darlington"
        in said[0]
    )
    assert "Here no change can be told in one year, but 97% over five years can." in said[1]


def test_withheld_neighbours_are_left_out_and_named(loaded):
    """Two of Park West's neighbours are withheld: they are in no pool, and the page says so."""
    take = take_of(loaded, "Park West").take
    withheld = {loaded.wards.find(name).ward.code for name in ("College", "Hummersknott")}
    assert not withheld & {code for code, _ in take.made_from["with neighbours"]}
    assert "Left out, as withheld [c]: College and Hummersknott." in sentence_of(take.claims[-1])


def test_a_withheld_count_and_a_true_nought_give_no_target(loaded):
    """College is withheld and Mowden had none: no row is worked out, and each says why."""
    for name, reason in (("College", "withheld [c]"), ("Mowden", "There were none")):
        found = take_of(loaded, name).take
        assert (0, 0, {}) == (len(found.events), len(found.smallest), found.made_from)
        assert reason in sentence_of(found.claims[0])


def test_people_to_be_level_with_england(loaded):
    """England's share went from 22.463 to 18.079: at that pace 1,134 adults of Cockerton West without
    qualifications are 913, and level with England is then 576, by hand.
    """
    row = take_of(loaded, "Cockerton West", "no-qualifications").take.people.iloc[0]
    base = 1134 / 0.3557716  # the ward's own share, to seven figures
    assert 576 == row.people_then == round(base * 0.18079416)
    assert 913 == row.people_at_pace == round(1134 * 0.18079416 / 0.22463120)
    assert (-340, -290, -380) == (row.change, row.change_near, row.change_far)
    assert row.can_be_told
    assert (13.1, 10.6, 23) == (
        round(row.gap, 1),
        round(row.gap_at_pace, 1),
        row.areas - row.left_out,
    )
    health = take_of(loaded, "Cockerton West", "bad-health").take.people.iloc[0]
    assert (0, health.people_now) == (health.pace_years, health.people_at_pace)


def test_no_gap_is_put_into_people_where_none_is_sure(loaded):
    """A ward that does better, one that is about the same and a neutral figure get no number."""
    for name, slug, words in (
        ("Mowden", "no-qualifications", "The figure is better than England’s already"),
        ("Harrowgate Hill", "no-qualifications", "about the same as England"),
        ("Central", "no-car", "neither good nor bad"),
        ("Central", "low-numeracy", "No target is worked out from a model"),
    ):
        found = take_of(loaded, name, slug).take
        assert 0 == len(found.people)
        assert words in sentence_of(found.claims[0])


@pytest.mark.parametrize(
    ("low", "high", "unit"), [(-470, -367, 10), (-15, -3, 1), (-80, -12, 10), (-4000, -1500, 500)]
)
def test_people_are_rounded_to_what_the_range_deserves(low, high, unit):
    """The unit is no wider than a quarter of the range, so that its ends stay apart."""
    assert unit == claims.unit_of_people(low, high)


def test_what_is_said_is_plain_and_marked(loaded):
    """Every sentence of every ward: index 9 or less, no word too strong, made-up ones marked."""
    for ward in loaded.wards.wards:
        for slug in (ENTRANTS, "no-qualifications", "unemployed", "bad-health"):
            found = answer(loaded, ward, slug).outlook
            said = [sentence_of(claim) for claim in found.claims]
            assert readability(" ".join(said)) <= 9, (ward.name, readability(" ".join(said)))
            assert not FORBIDDEN.search(" ".join(said))
            for claim, sentence in zip(found.claims, said, strict=True):
                assert claim.is_dummy == sentence.startswith("Made-up figure")


def test_real_counts_make_results_that_are_not_marked(real):
    """With the council's own counts nothing of the outlook calls itself made up."""
    page = "".join(
        str(shown_outlook.targets(take_of(real, ward.name)))
        + str(shown_outlook.target_tables(take_of(real, ward.name)))
        + str(outlook.history(take_of(real, ward.name)))
        for ward in real.wards.wards[-3:]
    )
    assert "first-time entrants: targets" in page.lower()
    assert "ade-up" not in page


def test_every_derived_number_is_listed_as_it_is_printed(loaded):
    """What a ward's section prints is what the audit is given, to the same decimals."""
    listed = derived.printed(loaded)
    assert not listed.duplicated(derived.ONE_NUMBER).any()
    ward = loaded.wards.find("Cockerton West").ward
    found = answer(loaded, ward, ENTRANTS)
    page = indicators.one(found)
    text = re.sub(r"<[^>]+>", " ", str(page))
    own = listed[listed.area_code.isin([ward.code, "E06000005"])]
    for row in own[own.what.str.match("forecast|smoothed|wards together")].itertuples():
        assert value_text(row.value, found.indicator) in text, row.what
        assert math.isclose(row.value, round(row.value, row.decimals)), row.what
    for row in own[
        own.what.str.match("expected_count|target_count|smallest_change_a")
    ].itertuples():
        assert f"{abs(row.value):,.1f}" in text, row.what
    for row in own[own.what.str.match("times_|smallest_percent")].itertuples():
        words = {0: "under 1", 100: "over 99"}.get(row.value, f"{abs(row.value):.0f}")
        assert words in text, row.what


def test_nothing_derived_rests_on_a_withheld_count(loaded, real):
    """No withheld row is among what a number was made from, and no withheld ward has a number."""
    for edition in (loaded, real):
        listed = derived.printed(edition)
        rows = edition.of(ENTRANTS)
        withheld = set(
            zip(*rows.loc[rows.status == "c", ["area_code", "period"]].T.values, strict=True)
        )
        assert len(withheld) >= 3
        used = {key for keys in listed.made_from for key in keys}
        assert used
        assert set() == used & withheld
        assert set() == set(listed.area_code) & {code for code, _ in withheld}
