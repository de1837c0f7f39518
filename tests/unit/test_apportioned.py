"""LSOAs shared out over wards: raking, whole numbers, marks, and how near it comes."""

import pandas as pd
import pytest

from darlington_analysis.cleaning import ward_geography
from darlington_analysis.cleaning.ward_geography import rake, whole_numbers
from darlington_analysis.core.vocabulary import DENOMINATOR
from darlington_analysis.pages import certainty
from darlington_analysis.sources import lineage, register
from scripts.studies import ward_fit

WARDS = ["x", "y"]


def guess(*rows):
    """Return first guesses of people: a row an LSOA a, b, c; a column a ward."""
    return pd.DataFrame(rows, index=list("abc")[: len(rows)], columns=WARDS, dtype=float)


def test_raked_shares_fit_the_people_of_both():
    """LSOAs of 100, 200 and 100; wards of 130 and 270; LSOA a lies in x alone."""
    people = pd.Series({"a": 100, "b": 200, "c": 100})
    shares = rake(guess([100, 0], [100, 100], [50, 50]), people, pd.Series({"x": 130, "y": 270}))
    sums = shares.mul(people, axis="index").sum()
    assert ((sums - pd.Series({"x": 130, "y": 270})).abs() < 0.2).all()
    assert [1, 1, 1] == pytest.approx(list(shares.sum(axis="columns")))
    assert 1 == shares.loc["a", "x"]
    assert shares.loc["b", "x"] == pytest.approx(shares.loc["c", "x"])


@pytest.mark.parametrize(
    ("table", "wards", "said"),
    [
        (guess([100, 0], [0, 100]), {"x": 150, "y": 50}, "No table fits"),
        (guess([100, 0], [0, 100]), {"x": 100, "y": 300}, "Totals disagree"),
        (guess([100, 0], [100, 0]), {"x": 100, "y": 100}, "must hold somebody"),
    ],
)
def test_totals_that_no_shares_can_fit_are_refused(table, wards, said):
    """A ward cut from an LSOA that is not in it gets nobody from there."""
    with pytest.raises(ValueError, match=said):
        rake(table, pd.Series({"a": 100, "b": 100}), pd.Series(wards))


@pytest.mark.parametrize(("of_x", "is_near"), [(104, True), (106, False)])
def test_a_total_that_no_shares_meet_may_be_missed_by_5_per_cent(of_x, is_near):
    """LSOAs of 100 that each lie in one ward give wards of 100: 104 is 4% more, 106 is 6%."""
    people, wards = pd.Series({"a": 100, "b": 100}), pd.Series({"x": of_x, "y": 200 - of_x})
    if is_near:
        shares = rake(guess([100, 0], [0, 100]), people, wards)
        assert [1.0, 1.0] == [shares.loc["a", "x"], shares.loc["b", "y"]]
    else:
        with pytest.raises(ValueError, match="No table fits"):
            rake(guess([100, 0], [0, 100]), people, wards)


def test_whole_numbers_add_up_to_the_whole():
    """10 shared in three is 4, 3 and 3; a null stays null."""
    assert [4, 3, 3] == list(whole_numbers(pd.Series([10 / 3] * 3)))
    assert [True, False] == list(whole_numbers(pd.Series([float("nan"), 2.0])).isna())


def test_wards_say_how_many_come_from_cut_lsoas_and_lose_nobody():
    """LSOA a whole in x; b half and half: of the 150 in x, 50 come from b, a third."""
    counts = pd.DataFrame(
        {
            "area_code": ["a", "b", "E06000005"],
            "homes": [100.0, 101.0, 201.0],
            "area_type": ["lsoa", "lsoa", "borough"],
        }
    )
    parts = guess([1, 0], [0.5, 0.5])
    found = ward_geography.apportioned_to_wards(counts, parts, ["homes"]).set_index("area_code")
    assert ({150, 151, 51, 50} >= {*found.homes[WARDS]}, 201) == (True, found.homes[WARDS].sum())
    assert [0.3355, 1.0, 0.0] == list(found.share_moved)
    assert ["apportioned", "apportioned", "exact"] == list(found.fit)
    without = counts.assign(homes=[100.0, float("nan"), 201.0])
    missing = ward_geography.apportioned_to_wards(without, parts, ["homes"])
    assert missing.homes[:2].isna().all()


@pytest.mark.parametrize("lsoas", ["2011", "2021"])
def test_every_lsoa_is_shared_out_whole(project, lsoas):
    """Shares are of areas that overlap, and add up to one."""
    parts = ward_geography.shares(project, lsoas, "2015-on")
    assert [1.0] == list(parts.sum(axis="columns").round(9).unique())
    pairs = lineage.overlaps(project, lsoas, "2015-on")
    known = set(zip(pairs.lsoa_code, pairs.ward_code, strict=True))
    used = parts.stack()
    assert set(used[used > 0].index) <= known


def test_there_is_one_set_of_shares(project):
    """An LSOA that did not change has the same shares in 2011 and 2021; parts add up to the whole,
    and what was merged has the people of both.
    """
    before, after = (ward_geography.shares(project, year, "2015-on") for year in ("2011", "2021"))
    same = before.index.intersection(after.index)
    assert (61, True) == (len(same), (before - after).loc[same].abs().max(axis=None) < 1e-9)
    people = ward_geography.residents(project, "2021")
    parts = after.loc[["E01035183", "E01035184"]].mul(people, axis="index").dropna().sum()
    whole = before.loc["E01012343"] * people[["E01035183", "E01035184"]].sum()
    assert (parts - whole).abs().max() < 0.002 * whole.sum()
    earlier = ward_geography.residents(project, "2011")[["E01033483", "E01033484"]]
    both = before.loc[earlier.index].mul(earlier, axis="index").sum() / earlier.sum()
    assert (after.loc["E01035187"] - both).abs().max() < 1e-9


def test_a_ward_half_of_an_lsoa_misses_by_the_spread_of_lsoas():
    """LSOAs a and b of 100 people, shares 0.2 and 0.4, so spread 0.1; x holds half of a: its error
    is 100 * 0.1 * sqrt(0.25 / 10) of 50 people. Whole LSOAs add none.
    """
    some, size = pd.Series({"a": 20.0, "b": 40.0}), pd.Series({"a": 100.0, "b": 100.0})
    error = ward_geography.sharing_errors(some, size, guess([0.5, 0.5], [0, 1]))
    assert 100 * 0.1 * (0.25 / 10) ** 0.5 / 50 == pytest.approx(error["x"], abs=1e-6)
    assert {0.0} == set(ward_geography.sharing_errors(some, size, guess([1, 0], [0, 1])))


def test_no_printed_share_contradicts_a_published_total(project):
    """For every ward: the shares give it its published residents; of those put into it by best
    fit at least the surplus live outside, and of its own at least the shortfall are left out; and
    the people of its earlier wards add up to its own.
    """
    table = register.open_raw(project, register.find(project, "residents-mid-year")).frame
    published = table[table.area_type == "ward"].set_index("area_code").all_ages.astype(float)
    people = ward_geography.residents(project, "2011")
    parts = ward_geography.shares(project, "2011", "2015-on")
    living = parts.mul(people, axis="index").sum()
    assert (living / published - 1).abs().max() < 0.002
    ward_of = lineage.fit(project, "2011", "2015-on").ward_of
    misses = ward_geography.best_fit_misses(ward_of, parts, people)
    put_in = people.groupby(ward_of).sum().reindex(published.index)
    surplus, shortfall = 1 - published / put_in, 1 - put_in / published
    assert (misses.share_moved >= surplus - 0.002).all()
    assert (misses.share_left_out >= shortfall - 0.002).all()
    assert misses.share_moved["E05010421"] > 0.17  # Hurworth
    lines = lineage.lineage(project, "2015-on")
    counted = lines.groupby("ward_code").people_2020.sum()
    assert (counted / published - 1).abs().max() < 0.005
    nested = lineage.fit(project, "2011", "2003-2015").ward_of
    before = lines.groupby("ward_code_before").people_2020.sum()
    assert (before / people.groupby(nested).sum() - 1).abs().max() < 0.005


def test_ranges_hold_published_percentages(project, reference_data):
    """93 to 99 of 100, of each group: percentages of 2011 and ages of mid-2020, by ward."""
    for tried in (
        ward_fit.coverage(reference_data, ward_fit.PERCENTAGES),
        ward_fit.coverage(reference_data, ward_fit.OTHERS),
        ward_fit.ages_held(reference_data),
    ):
        assert len(tried) >= 60
        assert 0.93 <= tried.held.mean() <= 0.99
        assert tried.held.mean() > tried.held_by_chance_alone.mean()


def test_residents_of_2011_are_met_within_a_per_cent(project, reference_data):
    """Shared out by people of mid-2020, tried on another year: 0.8% off, Hurworth 5%."""
    ages = pd.read_csv(reference_data / "geography/population_lsoa2011_single_year_of_age.csv")
    ages = ages[ages.reference.eq("2011-03-27")].set_index("area_code").all_ages
    wards = pd.read_csv(reference_data / "indicators/census2001_2011_ward2015_darlington_long.csv")
    wards = (
        wards[wards.topic.eq("population") & wards.category.eq("all") & wards.census_year.eq(2011)]
        .set_index("area_code")
        .value
    )
    parts = ward_geography.shares(project, "2011", "2015-on")
    sums = parts.mul(ages.reindex(parts.index), axis="index").sum()
    off = (100 * (sums / wards.reindex(sums.index) - 1)).abs()
    assert off.mean() < 0.9
    assert ("E05010421", True) == (off.idxmax(), off.max() < 5.5)


@pytest.mark.parametrize(
    ("moved", "said"),
    [
        (0.0, ""),
        (0.44, "About 44 in every 100"),
        (1.0, "Everybody counted here"),
    ],
)
def test_a_pack_says_how_many_come_from_areas_that_were_shared_out(moved, said):
    """Nothing is said where the ward is made of whole areas."""
    told = certainty.note(pd.Series({"fit": "apportioned", "share_moved": moved, "value": 3.0}))
    assert said in told
    assert bool(said) == bool(told)


def test_a_note_on_a_ward_s_own_counts_is_about_the_residents_they_are_divided_by():
    """The count itself is exact, so the note does not say that those counted were shared out."""
    row = pd.Series({"fit": DENOMINATOR, "share_moved": 0.22, "value": 3.0})
    note = certainty.note(row)
    assert "About 22 in every 100 of those residents" in note
    assert "counted here" not in note
    assert "" == certainty.note(row.replace(0.22, 0.0))


@pytest.mark.parametrize("fit", ["best_fit", "apportioned", DENOMINATOR])
def test_no_note_stands_where_no_figure_is_shown(fit):
    """A number under a withheld count would be taken for the count."""
    assert "" == certainty.note(pd.Series({"fit": fit, "share_moved": 0.22, "value": float("nan")}))
