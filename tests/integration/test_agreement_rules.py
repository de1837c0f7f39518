"""States, offers, knowledge and reviews: what follows from a record, and what never does."""

import dataclasses
import typing
from datetime import date

import pytest
from bs4 import BeautifulSoup

from darlington_analysis.agreements import reading
from darlington_analysis.agreements.parts import Measure, MeasureReturn
from darlington_analysis.agreements.reading import practices
from darlington_analysis.agreements.record import Agreement, ConsultationState
from darlington_analysis.cli.agreement_commands import picked
from darlington_analysis.evidence import agreement, deprivation, review, support
from darlington_analysis.evidence import review as agreements_overview_page
from darlington_analysis.evidence.ward import in_table
from darlington_analysis.pages import agreements_overview, indicators, negotiation
from darlington_analysis.pages import page as pages
from darlington_analysis.pages.components import agreements
from tests.support.projects import ROOT
from tests.support.records import WHOLE


def with_state(state: str, wishes: str = "yes") -> Agreement:
    """Return Central's record in another state."""
    text = WHOLE.replace('state = "wishes to continue"', f'state = "{state}"')
    text = text.replace('wishes_to_continue = "yes"', f'wishes_to_continue = "{wishes}"')
    return reading.parse(text)


@pytest.fixture(scope="module")
def central(edition_table):
    """Return the evidence of Central, with its whole record."""
    return in_table(edition_table, "Central")


def test_every_state_has_its_words():
    """Invited, with members, wishing, declined, agreed, under review: each is said plainly."""
    assert set(typing.get_args(ConsultationState)) == set(agreements.STATES)


@pytest.mark.requirement(12)
def test_nothing_in_a_record_is_due_by_a_day_of_ours():
    """A record needs a name, a ward, an edition and a state; every answer may wait."""
    needed = {name for name, field in Agreement.model_fields.items() if field.is_required()}
    assert {"partnership", "ward", "edition", "consultation"} == needed
    assert "No answer is due" in agreements.STATES["invited"]


@pytest.mark.requirement(62)
@pytest.mark.parametrize(
    ("state", "wishes", "due"),
    [
        ("invited", "yes", False),
        ("wishes to continue", "yes", True),
        ("agreed", "yes", True),
        ("under review", "yes", True),
        ("declined", "no", False),
        ("agreed", "", False),
    ],
)
def test_the_community_worker_follows_from_agreement_and_wish(state, wishes, due):
    """Nobody writes it: it is derived."""
    assert due == with_state(state, wishes).worker_is_due


@pytest.mark.requirement(68)
def test_a_partnership_that_declines_gives_its_place_to_the_three(edition_table):
    """The record alone does it; an invented example never does."""
    path = edition_table.project.agreements / "lingfield.toml"
    text = WHOLE.replace("Central", "Lingfield").replace('"wishes to continue"', '"declined"')
    for example, state in (("true", "watch list"), ("false", "a person decides")):
        path.write_text(text.replace("example = true", f"example = {example}"), "utf-8")
        try:
            ward = edition_table.wards.find("Pierremont").ward
            assert state == deprivation.support_of(edition_table, ward).state
            decided = support.SupportEvidence(edition_table, edition_table.support).decided
            assert (example == "false") == bool(decided.withdrawn)
        finally:
            path.unlink()


@pytest.mark.requirement(75)
def test_a_body_that_has_gone_has_its_dated_successor(central):
    """The Primary Care Trust is named with who took over, and when."""
    from darlington_analysis.pages import questions

    page = questions.questions(central.questions("population", "e"))
    assert "Primary Care Trust (now: the local NHS commissioner since 1 April 2013)" in page


@pytest.mark.requirement(36, 76)
def test_local_knowledge_stands_beside_its_figure_with_its_grade(central):
    """Beside the indicator, with how well it is known; a story without consent is left out."""
    html = BeautifulSoup(indicators.indicators(central.indicators), "html.parser")
    assert "nobody asks for those papers. (local knowledge; a volunteer" in html.get_text()
    untold = reading.parse(WHOLE.replace('consent = "given"', 'consent = "not given"'))
    answer = agreement.AgreementAnswer(
        central.ward, central.table, reading.Read(untold, ROOT, ""), (), None
    )
    assert {"no-qualifications"} == set(answer.of_indicator)


@pytest.mark.requirement(8, 24)
def test_priorities_of_both_sides_stand_in_four_boxes(central):
    """An outcome that both put high stands in the first box, and in no other."""
    html = str(negotiation.negotiation(central.negotiation))
    first, second = (html.index(words_) for words_ in list(negotiation.BOXES.values())[:2])
    assert "Adults here have the skills" in html[first:second]
    assert "safe here in the evening" not in html[first:second]
    assert set(negotiation.BOXES) == {(a, b) for a in ("high", "low") for b in ("high", "low")}


@pytest.mark.requirement(45)
def test_the_picker_says_whether_a_figure_is_real_and_what_it_could_show(edition_table):
    """A made-up figure says so, and no place among wards is offered."""
    slugs = agreement.pickable(edition_table)
    ward = edition_table.wards.find("Central").ward
    assert not [slug for slug in slugs if slug.startswith("imd")]
    day = date(2026, 11, 22)
    assert "made up" in picked(edition_table, ward, "first-time-entrants", day)
    health = picked(edition_table, ward, "bad-health", day)
    assert "such a change from chance" in health
    assert "The next figure (the census) is of 2031" in health
    assert "No further figure is foreseen" in picked(edition_table, ward, "low-numeracy", day)


@pytest.mark.parametrize(
    ("last", "expected"), [((50, 60), "higher"), ((41, 60), "cannot be told apart")]
)
def test_a_review_compares_returns_chance_allowed_for(last, expected):
    """30 of 52, then 50 of 60 is more; then 41 of 60 may be chance."""
    returns = [
        {"period": "1", "value": 30, "out_of": 52},
        {"period": "2", "value": last[0], "out_of": last[1]},
    ]
    assert expected == review.compare(Measure(id="x", words="x", returns=returns))


@pytest.mark.requirement(53)
def test_a_withheld_return_is_compared_with_nothing(central):
    """[c] is shown, and no verdict is given."""
    made = review.Review(central.agreement).measures("better off")
    assert ["cannot be told apart", ""] == [row.comparison for row in made.measures]
    assert "withheld of 33" in agreements_overview.measures(made)
    hidden = MeasureReturn(period="2027", value="withheld", out_of=40)
    measure = made.measures[0].measure
    assert "" == review.compare(measure.model_copy(update={"returns": (hidden, hidden)}))


def test_a_review_shows_no_figure_of_the_whole_ward(central):
    """The partnership's measures alone: no indicator's title stands among them."""
    from darlington_analysis.sources.indicators import register

    kinds = review.KINDS
    html = "".join(
        agreements_overview.measures(review.Review(central.agreement).measures(kind))
        for kind in kinds
    )
    assert not [each.title for each in register().values() if each.title in html]


@pytest.fixture(scope="module")
def several(edition_table):
    """Return the borough with four records of its own besides Central's invented one."""
    folder = edition_table.project.agreements
    own = WHOLE.replace("example = true", "example = false")
    made = {
        "lascelles": own.replace('"wishes to continue"', '"agreed"').replace(
            'progress = "not begun"',
            'progress = "stuck"\nin_the_way = "The tutor left in October."',
        ),
        "north-road": own.replace('"wishes to continue"', '"declined"'),
        "lingfield": own.replace('theme = "health"', 'theme = "crime and grime"')
        .replace('strand = "deprivation"', 'strand = "volunteering"')
        .replace('empowerment = "The', '# empowerment = "The')
        .replace("mentor = ", "# mentor = ")
        .replace('signs = ["People speak', '# signs = ["People speak'),
        "park-east": own.replace('theme = "health"', 'theme = ""'),
    }
    for slug, text in made.items():
        name = slug.replace("-", " ").title()
        (folder / f"{slug}.toml").write_text(text.replace("Central", name), "utf-8")
    yield agreements_overview_page.of_borough(edition_table)
    for slug in made:
        (folder / f"{slug}.toml").unlink()


def test_an_invented_example_and_who_declined_count_for_nothing(several):
    """Five records, three that count; the page says which do not."""
    html = BeautifulSoup(agreements_overview.coverage(several), "html.parser").get_text(" ")
    counted = [each.ward.name for each in several.counted]
    assert ["Lascelles", "Lingfield", "Park East"] == counted
    assert "3 agreements are counted. Not counted, as invented or declined: Central, " in html


@pytest.mark.requirement(70)
def test_the_borough_sees_strands_themes_mentors_and_what_is_too_hard(several):
    """Who covers which strand, crime and grime against the rest, one mentor for two, and none."""
    html = BeautifulSoup(agreements_overview.coverage(several), "html.parser").get_text(" ")
    assert ["Lascelles", "Park East"] == [ward.name for ward in several.strands("deprivation")]
    assert ["Lingfield"] == [ward.name for ward in several.strands("volunteering")]
    assert [] == list(several.strands("diversity"))
    assert "3 of 6 outcomes that are worked on are on crime and grime, 3 on others." in html
    assert (
        "Lascelles: Families here are well, and get help before things are bad. Parked for now: It"
        in html
    )
    assert "One mentor for several: Lascelles, Park East" in html
    assert "No mentor yet: Lingfield" in html


def test_the_borough_sees_states_open_questions_and_data_nobody_has(several):
    """Each ward once and in order; each open question with its wards; no figure twice."""
    html = BeautifulSoup(agreements_overview.coverage(several), "html.parser")
    rows = [
        [cell.get_text() for cell in row.find_all(["th", "td"])]
        for row in html.find("table").find_all("tr")[1:]
    ]
    wards = several.table.wards.wards
    assert [ward.name for ward in wards] == [row[0] for row in rows]
    assert {
        "agreed",
        "declined",
        "no record",
        "wishes to continue",
        "under review (an invented example)",
    } == {row[1] for row in rows}
    text = html.get_text(" ")
    assert "how does the Council still mediate? One of the five principles. Lingfield" in text
    assert "What would an outcome look like, if we could see it? Lingfield" in text
    asked = "How many young people of this ward are out in the evening, and where"
    assert 1 == text.count(asked)
    assert f"{asked} (Lascelles, Lingfield, Park East)" in text


@pytest.mark.requirement(70)
def test_cabinet_sees_what_is_due_what_is_stuck_and_what_offers_add_up_to(several):
    """Days in order, what is in the way, and sums beside what the Council has stated, if it has."""
    text = BeautifulSoup(agreements_overview.coverage(several), "html.parser").get_text(" ")
    assert (
        "Evening classes in reading, numbers and English: Stuck (2 November 2026). In the" in text
    )
    days = [due.on for _, due in several.due]
    assert sorted(days) == days
    assert "Grants add up to £7,500 a year; the Council has not stated how much there is." in text
    lists = several.table.settings.agreements.model_copy(update={"grant_pounds_a_year": 5000.0})
    settings = several.table.settings.model_copy(update={"agreements": lists})
    beside = dataclasses.replace(
        several, table=dataclasses.replace(several.table, settings=settings)
    )
    sentence = agreements_overview.added_sentence(beside, "grant_pounds_a_year")
    assert (
        "beside £5,000 that the Council has stated. That is £2,500 more than there is." in sentence
    )


def test_one_broken_record_stops_no_other_ward(edition_table):
    """The borough's page names it, and shows the rest."""
    path = edition_table.project.agreements / "northgate.toml"
    path.write_text("partnership = ", "utf-8")
    try:
        found = agreements_overview_page.of_borough(edition_table)
        assert ["Northgate"] == [ward.name for ward in found.broken]
        assert "can’t be read" in str(agreements_overview.coverage(found))
    finally:
        path.unlink()


def test_the_idea_bank_begins_with_the_documents_own_practice():
    """Paragraphs 19 and 30 of Darlington Together; only one of them was measured."""
    paragraphs = {each.source.split("paragraph ")[1][:2] for each in practices()}
    assert {"19", "30"} == paragraphs
    assert ["local-motion"] == [each.id for each in practices() if each.grade == "measured"]
    assert all(each.cost and each.mode for each in practices())


@pytest.mark.requirement(148)
def test_the_modes_not_in_the_documents_say_where_they_are_from(edition_table):
    """Five modes, the names configurable, two of them from outside."""
    lists = edition_table.settings.agreements
    assert ["not", "to", "for", "with", "beyond"] == list(lists.modes)
    assert "Restorative Practices" in lists.modes_source


@pytest.mark.requirement(22)
def test_a_pack_says_when_newer_figures_are_to_be_had(central):
    """The 2011 edition points to the 2025 one."""
    assert ["2025"] == [each.id for each in central.header.newer]
    assert "11 February 2026" in pages.newer_banner(central.header.newer)[1]


ODD = [
    ("worker_days_a_month", {}, {}, "adds up to 18 days a month; the Council has not stated"),
    (
        "worker_days_a_month",
        {},
        {"cap": 17.0},
        "beside 17 days that the Council has stated. That is 1 day",
    ),
    ("worker_days_a_month", {}, {"cap": 18.0}, "beside 18 days that the Council has stated."),
    ("worker_days_a_month", {6.0: 0.1}, {"cap": 0.3}, "0.3 days a month, beside 0.3 days that the"),
    (
        "worker_days_a_month",
        {6.0: 0.0},
        {"cap": 0.0},
        "0 days a month, beside 0 days that the Council",
    ),
    (
        "worker_days_a_month",
        {6.0: "not yet known"},
        {"cap": 5.0},
        "Of no worker’s time it is known",
    ),
    ("worker_days_a_month", {6.0: None}, {}, "Not known of: Lascelles, Lingfield, Park East."),
    ("grant_pounds_a_year", {2500.0: 0.0}, {}, "Grants add up to £0 a year; the Council has not"),
    ("grant_pounds_a_year", {2500.0: 0.35}, {}, "Grants add up to £1.05 a year"),
    ("grant_pounds_a_year", {2500.0: 1234567.0}, {}, "Grants add up to £3,703,701 a year"),
    ("grant_pounds_a_year", {2500.0: 1e12}, {}, "Grants add up to £3,000,000,000,000 a year"),
    (
        "grant_pounds_a_year",
        {2500.0: 833.33},
        {"cap": 2500.0},
        "£2,499.99 a year, beside £2,500 that",
    ),
    (
        "grant_pounds_a_year",
        {2500.0: "not yet known"},
        {"cap": 10.0},
        "No grant has an amount yet. Not",
    ),
]


@pytest.mark.requirement(6)
@pytest.mark.parametrize(("key", "swaps", "settings", "says"), ODD)
def test_odd_amounts_are_added_up_and_read_true(several, key, swaps, settings, says):
    """Nothing, pence, a million, a day too many, and what nobody knows yet."""

    def swapped(answer):
        offer = answer.record.offer
        offer = offer.model_copy(update={key: swaps.get(getattr(offer, key), getattr(offer, key))})
        record = answer.record.model_copy(update={"offer": offer})
        return dataclasses.replace(answer, read=dataclasses.replace(answer.read, record=record))

    answers = tuple(swapped(each) if each.record else each for each in several.answers)
    lists = several.table.settings.agreements.model_copy(update={key: settings.get("cap")})
    table = dataclasses.replace(
        several.table, settings=several.table.settings.model_copy(update={"agreements": lists})
    )
    shown = dataclasses.replace(several, answers=answers, table=table)
    sentence = agreements_overview.added_sentence(shown, key)
    assert says in sentence
    assert ("more than there is" in sentence) == (settings.get("cap") == 17.0)


def changed(several, ward: str, change):
    """Return the borough's agreements with one record changed."""
    answers = tuple(
        dataclasses.replace(each, read=dataclasses.replace(each.read, record=change(each.record)))
        if each.ward.name == ward
        else each
        for each in several.answers
    )
    return dataclasses.replace(several, answers=answers)


def page_of(shown) -> str:
    """Return what the borough's page says, as text."""
    return BeautifulSoup(agreements_overview.coverage(shown), "html.parser").get_text(" ")


def test_what_has_ended_is_shown_and_not_added_up(several):
    """Support that ended years ago takes nobody's time now."""

    def ended(record):
        way = record.independence.model_copy(update={"ends": date(2020, 3, 31)})
        return record.model_copy(update={"independence": way})

    text = page_of(changed(several, "Lascelles", ended))
    assert "Lascelles (ended)" in text
    assert "Support has ended and is not counted: Lascelles." in text
    assert "Grants add up to £5,000 a year" in text


def test_a_ward_that_two_partnerships_share_shows_both_and_money_once(several):
    """Lingfield has its own record, and Lascelles works there too."""
    shown = changed(
        several,
        "Lascelles",
        lambda record: record.model_copy(update={"also_wards": ("Lingfield",)}),
    )
    text = page_of(shown)
    assert "; also in the agreement of Lascelles" in text
    assert "Lascelles, Lingfield £2,500" in " ".join(text.split())
    assert "Grants add up to £7,500 a year" in text


def test_a_record_of_parked_outcomes_covers_no_strand(several):
    """What is put off is too hard for now, and is worked on by nobody."""

    def parked(record):
        every = [part.model_copy(update={"state": "parked"}) for part in record.outcomes]
        return record.model_copy(update={"outcomes": tuple(every)})

    shown = changed(several, "Lascelles", parked)
    assert ["Park East"] == [ward.name for ward in shown.strands("deprivation")]
    assert 3 == page_of(shown).count("Lascelles: ") - page_of(several).count("Lascelles: ") + 1
