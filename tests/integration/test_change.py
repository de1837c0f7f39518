"""Change from census to census: the counts are the published ones, by a second computation."""

import pandas as pd
import pytest

from darlington_analysis.evidence import table as tables
from darlington_analysis.evidence.ward import in_table
from darlington_analysis.pages import outlook, what_matters
from darlington_analysis.pages.register import sentence_of
from scripts.studies import change_tables
from tests.support.projects import ROOT


@pytest.fixture(scope="module")
def town(shared):
    """Return a project with processed data."""
    return shared.processed()


@pytest.fixture(scope="module")
def earlier(town):
    """Return the table of the 24 wards."""
    return tables.load("2011", town)


def published(folder):
    """Return counts and bases by indicator, census and ward code, straight from the raw files.

    Shares no code with the library: LSOAs are put into the 24 wards by way of output areas.
    """
    areas = pd.read_csv(folder / "geography/lookup_oa2011_to_lsoa_msoa_ward.csv")
    ward_of = areas.drop_duplicates("lsoa11cd").set_index("lsoa11cd")["ward_2003_2015_code"]
    later = pd.read_csv(folder / "geography/lookup_lsoa2011_to_lsoa2021.csv")
    ward_of_2021 = later.drop_duplicates("lsoa21cd").set_index("lsoa21cd")["lsoa11cd"].map(ward_of)

    old = pd.read_csv(folder / "geography/census2011_lsoa2011_quick_statistics.csv")
    old = old.set_index("area_code")
    old["ward"] = ward_of
    of_2011 = {
        "no-qualifications": ("QS501EW001", "QS501EW_total"),
        "unemployed": ("QS601EW008", "QS601EW001"),
        "social-rented": ("QS405EW005", "QS405EW_total"),
        "private-rented": ("QS405EW008", "QS405EW_total"),
    }
    found = _of_2001(folder)
    for slug, (some, every) in of_2011.items():
        sums = old.groupby("ward")[[some, every]].sum()
        england = old.loc["E92000001"]
        for ward, row in sums.iterrows():
            found[slug, "2011", ward] = (row[some], row[every])
        found[slug, "2011", "England"] = (england[some], england[every])

    wide = {
        "no-qualifications": (
            "census2021_ts067_highest_qualification_darlington.csv",
            "Highest level of qualification: No qualifications",
            "Highest level of qualification: Total: All usual residents aged 16 years and over",
        ),
        "social-rented": (
            "census2021_ts054_tenure_darlington.csv",
            "Tenure of household: Social rented",
            "Tenure of household: Total: All households",
        ),
        "private-rented": (
            "census2021_ts054_tenure_darlington.csv",
            "Tenure of household: Private rented",
            "Tenure of household: Total: All households",
        ),
    }
    for slug, (name, some, every) in wide.items():
        new = pd.read_csv(folder / "indicators" / name).set_index("geography code")
        for ward in sorted(set(ward_of)):
            own = new.loc[[code for code in ward_of_2021.index if ward_of_2021[code] == ward]]
            found[slug, "2021", ward] = (own[some].sum(), own[every].sum())
        found[slug, "2021", "England"] = (new.loc["E92000001", some], new.loc["E92000001", every])
    return found


def _of_2001(folder):
    found = {}
    counts = pd.read_csv(folder / "geography/census_wards_2003_2015_2001_2011_selected_counts.csv")
    for row in counts[counts.census_year == 2001].itertuples():
        pair = (row.unemployed_16_74, row.economically_active_16_74)
        found["unemployed", "2001", row.ward_code] = pair
    tenure = pd.read_csv(folder / "indicators/census2001_ward_townsend_inputs_darlington.csv")
    names = dict(zip(counts.ward_name, counts.ward_code, strict=True))
    for row in tenure.itertuples():
        rented = row.ks0180005 + row.ks0180006
        found["social-rented", "2001", names[row[2]]] = (rented, row.ks0180001)
    long = pd.read_csv(folder / "indicators/census2001_2011_ward2015_darlington_long.csv")
    long = long[(long.area_code == "E92000001") & (long.statistic == "count")]
    long = long[long.census_year == 2001].set_index(["topic", "category"])["value"]
    found["social-rented", "2001", "England"] = (
        long["tenure", "rented_social"],
        long["tenure", "all"],
    )
    found["unemployed", "2001", "England"] = (
        long["economic", "unemployed"],
        long["economic", "all"] - long["economic", "inactive"],
    )
    return found


def test_every_figure_and_gap_of_the_24_wards_is_as_published(town, reference_data):
    """Counts and bases to the person, gaps to a thousand-millionth of a point: nine tables."""
    expected, seen = published(reference_data), 0
    for slug in change_tables.SLUGS:
        for row in change_tables.changes(town, "2011", slug).counted.itertuples():
            some, every = expected[slug, row.period, row.area_code]
            england = expected[slug, row.period, "England"]
            assert (some, every) == (row.numerator, row.denominator)
            gap = 100 * some / every - 100 * england[0] / england[1]
            assert gap == pytest.approx(row.gap, abs=1e-9)
            seen += 1
    assert 24 * 9 == seen


def test_change_of_the_gap_is_the_difference_of_two_gaps(town, reference_data):
    """Worked out again from the published counts, for every ward and pair of censuses."""
    expected, seen = published(reference_data), 0
    for slug in change_tables.SLUGS:
        for row in change_tables.changes(town, "2011", slug).rows.itertuples():
            gaps = []
            for census in (row.first, row.last):
                some, every = expected[slug, census, row.area_code]
                england = expected[slug, census, "England"]
                gaps.append(100 * some / every - 100 * england[0] / england[1])
            assert gaps[1] - gaps[0] == pytest.approx(row.gap_change, abs=1e-9)
            assert row.gap_change_lower < row.gap_change < row.gap_change_upper
            seen += 1
    assert 24 * 5 == seen


def test_half_of_the_gaps_moved_by_under_two_points(town):
    """No qualifications: half of the 24 wards within 1.6 points, 23 of them within 5.9."""
    (usual,) = change_tables.changes(town, "2011", "no-qualifications").usual.values()
    assert (24, 1, 1.6, 5.9) == (
        usual["areas"],
        usual["left_out"],
        round(usual["half"], 1),
        round(usual["nearly_all"], 1),
    )


def test_the_page_of_changes_is_what_the_command_writes(town):
    """Run `python -m scripts.studies.change_tables` where this fails."""
    assert (ROOT / "docs" / "change.md").read_text("utf-8") == change_tables.page(town)


def test_page_1_says_what_has_changed_as_a_gap(earlier):
    """Cockerton West came nearer to England by more than most wards moved; Central did not."""
    said = " ".join(what_matters.sentences(in_table(earlier, "Cockerton West").what_matters))
    assert "the gap to England has narrowed by 5.2 points" in said
    assert "the gap moved by between 3.0 and 7.5 points" in said
    central = " ".join(what_matters.sentences(in_table(earlier, "Central").what_matters))
    assert "the gap to England" not in central


def test_page_1_does_not_call_a_lead_that_shrank_a_gap_that_narrowed(earlier):
    """Hurworth is better than England, by less than before; its sentence has the same direction."""
    said = " ".join(what_matters.sentences(in_table(earlier, "Hurworth").what_matters))
    assert "No qualifications: still better than England, but by 1.9 points less" in said
    assert "the gap moved by between 0.03 and 3.6 points" in said
    assert "narrowed" not in said


def test_two_figures_of_other_ages_are_not_called_two_points_in_time():
    """The Indices' shares of adults with low skills are of other ages from edition to edition."""
    facts = {"indicator": "low-skills", "reason": "under four", "points": 2}
    assert "No other census counted this in the same way" in outlook.no_history(facts)


def test_a_question_that_changed_is_named_and_not_compared(earlier):
    """Health was asked about in another way in 2001."""
    answers = {one.indicator.slug: one for one in in_table(earlier, "Central").indicators.answers}
    health = answers["bad-health"].outlook
    assert health.change.steps.empty
    assert "twelve months" in " ".join(map(sentence_of, health.claims))
    skills = answers["no-qualifications"].outlook
    assert "several short questions" in sentence_of(skills.change.claims[0])


def test_nobody_is_told_that_two_censuses_show_nothing(earlier):
    """A sentence that was false."""
    for one in in_table(earlier, "Cockerton West").indicators.answers:
        assert "nobody can tell" not in " ".join(map(sentence_of, one.outlook.claims))


def test_later_censuses_are_for_change_alone(earlier):
    """The figure of an indicator stays that of the edition's own time."""
    assert {"2011"} == set(earlier.latest("no-qualifications").period)
    assert {"2011", "2021"} == set(earlier.of("no-qualifications", area_type="ward").period)
