"""Sides 1 to 3 of every pack say nothing that the ward's own figures contradict."""

import re

import pytest
from bs4 import BeautifulSoup

from darlington_analysis.core.vocabulary import Polarity
from darlington_analysis.evidence import table
from darlington_analysis.evidence.pack import TARGET
from darlington_analysis.evidence.ward import in_table
from darlington_analysis.pages import (
    agreement_basis,
    all_figures,
    indicator_sentences,
    residents,
    stand_out,
    targets,
    trust,
    what_matters,
)

NONE_IS_BETTER = (what_matters.NO_BETTER, what_matters.NOTHING, what_matters.NOTHING_HEADLINE)


def clearly_better(answer) -> bool:
    """Return whether a figure's whole range lies on the good side of the first benchmark, by more
    than the smallest difference that matters; from the rows alone.
    """
    if answer.benchmarks.empty or answer.row[["lower_limit", "upper_limit"]].isna().any():
        return False
    level, matters = answer.benchmarks.value.iloc[0], answer.indicator.matters
    far = abs(answer.row.value - level) >= matters
    if answer.indicator.polarity is Polarity.LOW_IS_GOOD:
        return far and answer.row.upper_limit < level
    return (
        far
        and answer.indicator.polarity is Polarity.HIGH_IS_GOOD
        and (answer.row.lower_limit > level)
    )


@pytest.mark.parametrize("edition", ["2011", "2025"])
def test_no_pack_denies_a_figure_that_is_better(edition_table, edition):
    """A figure that is better than England's, but not than the borough's, is not passed over."""
    loaded = table.load(edition, edition_table.project)
    denied, denying = [], 0
    for ward in loaded.wards.wards:
        evidence = in_table(loaded, ward.code)
        side = str(what_matters.what_matters(evidence.what_matters))
        if any(words in side for words in NONE_IS_BETTER):
            denying += 1
            better = [a.indicator.slug for a in evidence.what_matters.real if clearly_better(a)]
            denied += [(ward.name, slug) for slug in better]
    assert [] == denied
    assert denying  # some wards have none, so the words are there to be wrong


@pytest.mark.parametrize("edition", ["2011", "2025"])
def test_the_step_on_targets_leads_to_something_that_is_there(edition_table, edition):
    """“What would it take?” is only named where the pack answers it; else the agreement is."""
    loaded = table.load(edition, edition_table.project)
    named = set()
    for ward in loaded.wards.wards:
        evidence = in_table(loaded, ward.code)
        side = str(what_matters.what_matters(evidence.what_matters))
        charts = str(stand_out.stand_out_figures(evidence.stand_out_figures))
        is_named = what_matters.TAKE in side
        assert (is_named, ward.name) == (targets.TAKE_QUESTION in charts, ward.name)
        assert is_named != (what_matters.REST_ON in side)
        named.add(is_named)
    assert edition == "2011" or named == {True, False}


@pytest.mark.parametrize("edition", ["2011", "2025"])
def test_numbers_of_a_target_are_those_of_its_facts(edition_table, edition):
    """Now, at the benchmark's pace, and level with it: in this order, worked out from the rows."""
    loaded = table.load(edition, edition_table.project)
    with_pace = larger = both_worse = 0
    for ward in loaded.wards.wards:
        shown = in_table(loaded, ward.code).stand_out_figures
        text = BeautifulSoup(str(stand_out.stand_out_figures(shown)), "html.parser").get_text(" ")
        for answer in shown.shown:
            facts = next((c.facts for c in answer.outlook.take.claims if c.rule == TARGET), None)
            if facts is None:
                continue
            people = indicator_sentences.in_people(answer, facts)
            name, years = facts["benchmark_name"], facts["pace_years"]
            words = f"To be level with {name} as it is now: {people['then']}, {people['change']}"
            if years:
                with_pace += 1
                words = (
                    f"{years} years later, if the ward only keeps pace with {name}: "
                    f"{people['pace']}. To be level with {name} by then: {people['then']}, "
                    f"{people['change']} than were counted"
                )
            title = answer.indicator.title[0].lower() + answer.indicator.title[1:]
            assert f"{people['now']} {title}. {words}" in text
            worse = [area.area_name for area in answer.benchmarks.itertuples()]
            both = len(answer.outlook.take.people) > 1
            both_worse += both
            assert (f"{words}; with {worse[-1]}: " in text) == both
            gap, usual = abs(facts["gap"]), abs(facts["nearly_all"])
            if round(gap, 1) > round(usual, 1):
                larger += 1
                assert f"by {usual:.1f} points or less. So a first target" in text
    assert with_pace
    assert larger
    assert both_worse


@pytest.mark.parametrize("edition", ["2011", "2025"])
def test_the_table_marks_what_is_unreliable_and_says_how_a_gap_moved(edition_table, edition):
    """[u] stands behind a figure of few people; a gap that moved for certain is smaller or larger."""
    loaded = table.load(edition, edition_table.project)
    unreliable, words = 0, set()
    for ward in loaded.wards.wards:
        shown = in_table(loaded, ward.code).all_figures
        soup = BeautifulSoup(str(all_figures.all_figures(shown)), "html.parser")
        rows = {row.th.a["href"].split("#")[1]: row for row in soup.select("tbody tr")}
        for answer in shown.real:
            row = rows[f"{answer.indicator.slug}-wards"].get_text(" ").replace("\u00a0", " ")
            is_unreliable = answer.row.status == "u"
            unreliable += is_unreliable
            assert ("[u]" in row) == is_unreliable
            if answer.change.steps.empty:
                continue
            facts = answer.change.claims[0].facts
            moved = facts["gap_moved"] in ("up", "down")
            shrank = abs(facts["gap"]) < abs(facts["other_gap"])
            wanted = (
                (indicator_sentences.NARROWER if shrank else indicator_sentences.WIDER)
                if moved
                else None
            )
            if moved and facts["gap"] * facts["other_gap"] < 0:
                wanted = indicator_sentences.CROSSED
            if moved:
                assert row.index(facts["first"]) < row.index(facts["last"], row.index(" in "))
            wanted = wanted or indicator_sentences.UNSURE
            if facts["gap_change"] == facts["gap_change"]:
                assert wanted in row
                words.add(wanted)
    assert edition == "2011" or unreliable
    assert {indicator_sentences.NARROWER, indicator_sentences.UNSURE} <= words


def test_no_number_of_people_is_made_of_a_share_alone(edition_table):
    """The Index gives the share of low skills, of ages that no count of residents here has."""
    for edition in ("2011", "2025"):
        loaded = table.load(edition, edition_table.project)
        for ward in loaded.wards.wards[:3]:
            evidence = in_table(loaded, ward.code)
            low = evidence.indicators["low-skills"]
            assert not indicator_sentences.how_many(low)
            assert {"no-target"} == {claim.rule for claim in low.outlook.take.claims}
            basis = str(agreement_basis.agreement_basis(evidence.agreement_basis))
            assert low.indicator.title not in basis
            assert indicator_sentences.how_many(evidence.indicators["no-qualifications"])


def test_a_target_s_table_gives_the_census_that_was_taken_since(edition_table):
    """What is called now in the edition of 2011 has been counted again."""
    loaded = table.load("2011", edition_table.project)
    shown = in_table(loaded, "Cockerton West").agreement_basis
    said = str(agreement_basis.agreement_basis(shown))
    assert "1,134; 838 in 2021" in said
    assert "about 910 by 2021" in said


@pytest.mark.parametrize("edition", ["2011", "2025"])
def test_better_and_worse_are_what_the_two_counts_show(edition_table, edition):
    """Better is a gap that moved to the good side beyond chance; a gap of chance is “no sure change”."""
    loaded = table.load(edition, edition_table.project)
    seen = set()
    for ward in loaded.wards.wards:
        shown = in_table(loaded, ward.code).what_matters
        for move, answers in shown.compared_with_before.items():
            for answer in answers:
                facts = answer.change.claims[0].facts
                towards_good = facts["gap_change"] * answer.indicator.polarity.sign_of_good > 0
                is_sure = facts["gap_moved"] in ("up", "down")
                expected = ("better" if towards_good else "worse") if is_sure else "unsure"
                assert (ward.name, answer.indicator.slug, move) == (
                    ward.name,
                    answer.indicator.slug,
                    expected,
                )
                seen.add(move)
        said = dict(what_matters.in_short(shown))[what_matters.OVER_TIME]
        assert ("better on" in said) == bool(shown.compared_with_before["better"])
        assert ("worse on" in said) == bool(shown.compared_with_before["worse"])
        assert shown.position_before.period in said
    assert seen == {"better", "worse", "unsure"}


def test_keeping_pace_with_a_country_that_got_worse_is_not_offered_as_a_gain(edition_table):
    """Unemployment rose in England from 2001 to 2011: at its pace there would be more here, too."""
    loaded = table.load("2011", edition_table.project)
    shown = in_table(loaded, "Central").stand_out_figures
    text = str(stand_out.stand_out_figures(shown))
    facts = [
        claim.facts
        for answer in shown.shown
        for claim in answer.outlook.take.claims
        if claim.rule == TARGET
    ]
    assert len(facts) > 1
    assert [True] == [one["ratio"] > 1 for one in facts if one["pace_years"]]
    assert 1 == text.count("England’s own figure got worse, so keeping pace means more here, too.")


def test_earlier_counts_of_everybody_are_within_the_same_borders(edition_table):
    """The census atlas has the wards since 2015 in 2001 and 2011; older wards have no such count."""
    modern = in_table(table.load("2025", edition_table.project), "Park East")
    before = modern.place.residents_at_other_times
    assert [("2011", 7754.0), ("2001", 6927.0)] == list(
        zip(before.period, before.value, strict=True)
    )
    words = " ".join(residents.residents_sentence(modern.place))
    assert "there were 7,754 at the census of 2011 and 6,927 at the census of 2001." in words
    older = in_table(table.load("2011", edition_table.project), "Cockerton West").place
    assert ["2021"] == list(older.residents_at_other_times.period)
    assert 4117.0 == older.residents[older.residents.breakdown == "all"].value.iloc[0]
    assert "there were 4,169 at the census of 2021." in " ".join(
        residents.residents_sentence(older)
    )


FLIPPED = """
[[indicator]]
slug = "no-qualifications"
polarity = "high is good"

[[indicator]]
slug = "overcrowded"
polarity = "high is good"
"""
SAID = re.compile(
    r"(More|Fewer) [^.]*?\. It is ([\d.,]+) in every [\d,]+ here(?:, | and )([\d.,]+) in"
)


@pytest.mark.parametrize("added", ["", FLIPPED])
def test_more_and_fewer_are_what_the_numbers_beside_them_say(processed_town, added):
    """Also for an indicator of which more is better: fewer of it is then the worse."""
    (processed_town.root / "data/indicators.toml").write_text(added, "utf-8")
    words = set()
    for edition in ("2011", "2025"):
        loaded = table.load(edition, processed_town)
        for ward in loaded.wards.wards:
            shown = in_table(loaded, ward.code).what_matters
            for said in what_matters.sentences(shown):
                for word, here, there in SAID.findall(said):
                    number, other = (float(text.replace(",", "")) for text in (here, there))
                    assert (word == "More", said) == (number > other, said)
                    words.add(word)
            if added and shown.worse:
                is_fewer = {a.indicator.slug: a.comparison == "lower" for a in shown.worse}
                assert is_fewer.get("no-qualifications", True)
    assert words == {"More", "Fewer"}


@pytest.mark.parametrize("edition", ["2011", "2025"])
def test_the_difference_of_a_target_is_that_of_the_numbers_beside_it(edition_table, edition):
    """“about 1,370 … about 720, about 650 fewer”: nobody who subtracts gets another number."""
    loaded = table.load(edition, edition_table.project)
    number, seen = lambda words: int(re.sub(r"\D", "", words)), 0
    for ward in loaded.wards.wards:
        for answer in in_table(loaded, ward.code).stand_out_figures.shown:
            for claim in answer.outlook.take.claims:
                if claim.rule == TARGET:
                    people = indicator_sentences.in_people(answer, claim.facts)
                    here, then = number(people["now"]), number(people["then"])
                    assert (
                        abs(number(people["change"]) - abs(here - then))
                        <= (answer.row.fit == "exact") * 5
                    )
                    assert ("fewer" in people["change"]) == (then < here)
                    seen += 1
    assert seen


def test_the_chart_of_ages_says_who_is_more_or_fewer_than_in_the_country(edition_table):
    """Eastbourne has 23 of 100 under 16, England 19: no band of ages alone shows it."""
    loaded = table.load("2025", edition_table.project)
    shown = in_table(loaded, "Eastbourne").place
    words = " ".join(residents.residents_sentence(shown))
    assert (
        "Of 100 people, 23 are under 16 and 17 are 65 or over. In England it is 19 and 19." in words
    )
    assert "More children than in England" == residents.ages_title(shown)


def test_a_figure_that_its_publisher_may_have_asked_some_people_for_is_no_full_count(
    processed_town,
):
    """Where the register does not say how people were counted, no page says that all of them were."""
    (processed_town.root / "data/indicators.toml").write_text(
        '[[indicator]]\nslug = "claimants"\ncounted_from = ""\n', "utf-8"
    )
    loaded = table.load("2025", processed_town)
    exact = set(loaded.of("claimants", fit="exact").area_code)
    ward = in_table(loaded, next(ward.code for ward in loaded.wards.wards if ward.code in exact))
    rows = BeautifulSoup(trust.trust(ward.trust), "html.parser").find_all("tr")
    kinds = {row.th.get_text(): row.get_text() for row in rows[1:]}
    assert "claimants" in kinds["Its publisher’s figure"]
    assert "claimants" not in kinds.get("A full count", "")
    figures = BeautifulSoup(all_figures.all_figures(ward.all_figures), "html.parser").get_text(" ")
    assert "because they are out of work October 2023, its publisher’s figure" in figures
