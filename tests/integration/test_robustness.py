"""A place holds, does not, or cannot be told; ties are kept and nothing is made up for a list."""

import pandas as pd
import pytest

from darlington_analysis.evidence import deprivation, robustness
from darlington_analysis.pages.register import sentence_of
from darlington_analysis.statistics.comparisons import share_position

#   share   wards with it   at least   of 20 wards: a third, a half and all, most none
LISTED = pd.DataFrame({"share": [0, 1 / 3, 0.5, 1], "wards_at_least": [20, 6, 3, 1], "n_wards": 20})


def own_places(table, name):
    """Return a ward's rows by period and way."""
    found = robustness.of_ward(table, table.wards.find(name).ward)
    return found, found.places.set_index(["period", "way"])


def test_wards_of_one_share_fill_a_stretch_of_the_list():
    """A half: 3 of 20 wards have it or more, 1 has more. None: every ward, and 6 have more."""
    placed = share_position(pd.Series([0.5, 0.0, 1.0, 0.333333, 0.4]), LISTED)
    assert [15.0, 100.0, 5.0, 30.0, 15.0] == list(placed.at_least)
    assert [5.0, 30.0, 0.0, 15.0, 15.0] == list(placed.more)


def test_a_missing_share_has_no_place():
    """Null in, null out."""
    assert share_position(pd.Series([float("nan")]), LISTED).isna().all(axis=None)


@pytest.mark.parametrize(
    ("at_least", "more", "expected"),
    [
        (24.9, 24.9, "yes"),
        (25.0, 20.0, "yes"),
        (30.0, 25.0, "no"),
        (100.0, 15.2, "cannot be told"),
        (float("nan"), float("nan"), "no list"),
    ],
)
def test_a_line_through_a_tie_cannot_be_judged(edition_table, at_least, more, expected):
    """Wholly inside, wholly outside, or the line cuts a stretch of wards that tie."""
    assert expected == robustness._within(at_least, more, 25.0)


def test_ten_wards_hold_one_hangs_on_the_list_the_others_never(edition_table):
    """Ten of 24 are in the quarter by every list that can tell, Haughton West by one of five."""
    wards = robustness.of_borough(edition_table).wards.set_index("area_name")
    assert {"all": 10, "some": 1, "none": 13} == wards.verdict.value_counts().to_dict()
    assert ("some", 1, 5) == tuple(wards.loc["Haughton West", ["verdict", "times", "told"]])


def test_the_number_of_wards_in_the_quarter_hangs_on_the_list(edition_table):
    """Ten by mean score and mean rank, eleven by the worst fifth, nine for sure by the tenth."""
    lists = robustness.of_borough(edition_table).lists.query("period == '2007'").set_index("way")
    assert [10, 10, 9, 11] == list(lists.is_in)
    assert [0, 0, 15, 0] == list(lists.is_open)


def test_there_is_no_place_in_england_without_a_list_made_the_same_way(edition_table):
    """2004 and 2010 have mean scores alone; nobody counts people for all of England."""
    _, places = own_places(edition_table, "Central")
    for period, way in places.index:
        has_list = way == "mean score" or (period == "2007" and not way.startswith("people"))
        assert has_list == pd.notna(places.at_least[period, way]), (period, way)


def test_a_share_of_none_makes_no_order(edition_table):
    """Mowden has no neighbourhood in the worst fifth: no place by that, and none invented."""
    found, places = own_places(edition_table, "Mowden")
    assert pd.isna(places.place_low["2007", "neighbourhoods in the worst fifth"])
    assert "No neighbourhood of the ward is in" in sentence_of(found.claims[2])


def test_ties_are_kept(edition_table):
    """A half of North Road, Lingfield and Lascelles is in the worst fifth of 2007: 4th to 6th."""
    for name in ("North Road", "Lingfield", "Lascelles"):
        _, places = own_places(edition_table, name)
        row = places.loc["2007", "neighbourhoods in the worst fifth"]
        assert (4, 6) == (row.place_low, row.place_high)


def test_the_range_covers_every_index_and_way(edition_table):
    """Lingfield is between 4th and 10th; its sentence says so."""
    found, places = own_places(edition_table, "Lingfield")
    assert (4, 10) == (places.place_low.min(), places.place_high.max())
    assert "between 4th and 10th of 24" in sentence_of(found.claims[1])


@pytest.mark.requirement(28, 108)
def test_pockets_are_found_in_wards_that_do_not_stand_out(edition_table):
    """On the Index of 2010, Haughton West and Pierremont hold one neighbourhood each."""
    found = deprivation.of_borough(edition_table)
    assert ["Haughton West", "Pierremont"] == list(found.wards.area_name)
    assert [1, 1] == list(found.wards.worst_20)
    assert "14 wards are outside" in sentence_of(found.claims[0])
