"""Wards of other times are recognised, LSOAs that do not nest say so, people are not lost."""

import pandas as pd
import pytest

from darlington_analysis.cleaning import ward_geography
from darlington_analysis.core import periods
from darlington_analysis.core.errors import SchemaError, UnknownAreaError
from darlington_analysis.sources import areas, lineage


@pytest.fixture(scope="module")
def modern(project):
    """Return the 20 wards since 2015."""
    return areas.ward_set(project, "2015-on")


@pytest.fixture(scope="module")
def earlier(project):
    """Return the 24 wards of 2003 to 2015."""
    return areas.ward_set(project, "2003-2015")


@pytest.mark.parametrize(
    ("text", "code", "by"),
    [
        ("E05010428", "E05010428", "code"),
        ("Red Hall", "E05010428", "alias"),
        ("Bank Top/Lascelles", "E05010412", "alias"),
        ("Bank Top / Lascelles", "E05010412", "alias"),
        ("bank top and lascelles", "E05010412", "name"),
        ("Middleton St. George", "E05010429", "alias"),
        ("Heighington and Coniscliffe", "E05010419", "name"),
    ],
)
def test_a_modern_ward_is_found_by_code_name_or_alias(modern, text, code, by):
    """“&”, “and” and “/” are one and the same, and old parts of a name lead on."""
    found = modern.find(text)
    assert (code, by) == (found.ward.code, found.by)


@pytest.mark.parametrize("name", ["Eastbourne", "Mowden", "Hurworth", "Northgate"])
def test_a_name_of_both_times_is_the_ward_of_the_edition_asked(modern, earlier, name):
    """The same spelling means another ward, by its code, in each ward set."""
    codes = modern.find(name).ward.code, earlier.find(name).ward.code
    assert ("E0501", "E0500") == tuple(code[:5] for code in codes)


@pytest.mark.parametrize("text", ["E05001556", "00EHNF", "Cockerton West"])
def test_an_earlier_ward_asked_of_the_modern_ones_is_refused_with_its_successor(modern, text):
    """Code, old code and name of 2003 say what the ward is, and where its people live now."""
    with pytest.raises(UnknownAreaError) as fault:
        modern.find(text)
    said = str(fault.value)
    assert "Cockerton West (E05001556) is a ward of 2003-2015" in said
    assert "Cockerton (E05010414) 100%" in said


def test_a_modern_ward_asked_of_the_earlier_ones_is_refused_with_its_parts(earlier):
    """The later ward's people come from several, most first."""
    with pytest.raises(UnknownAreaError, match=r"Cockerton West \(E05001556\) 66%.*East"):
        earlier.find("E05010414")


def test_bank_top_has_three_codes_and_each_is_known(modern, earlier):
    """00EHMA before 2003, 00EHNC and E05001553 after, of which only the last two are one ward."""
    assert "E05001553" == earlier.find("00EHNC").ward.code
    for wards in (modern, earlier):
        with pytest.raises(UnknownAreaError, match=r"Bank Top \(00EHMA\) is a ward before 2003"):
            wards.find("00EHMA")


def test_no_person_is_lost_between_the_ward_sets(project):
    """Shares of each ward add up to one, both ways, and the people to those of Census 2011."""
    lines = lineage.lineage(project, "2015-on")
    for code, share in (("ward_code_before", "share_of_before"), ("ward_code", "share_of_ward")):
        assert (lines.groupby(code)[share].sum() - 1).abs().max() < 0.001
    assert 107_402 == pytest.approx(lines.people_2020.sum(), abs=30)


def test_lsoas_nest_in_the_earlier_wards_and_not_in_the_modern_ones(project):
    """In the 24 wards LSOAs of 2001, 2011 and 2021 are all whole, even those split or merged."""
    for lsoas, count in (("2001", 63), ("2011", 65), ("2021", 66)):
        fit = lineage.fit(project, lsoas, "2003-2015")
        assert ("exact", count, 24) == (fit.kind, len(fit.ward_of), fit.ward_of.nunique())
    for lsoas, count in (("2011", 65), ("2021", 66)):
        fit = lineage.fit(project, lsoas, "2015-on")
        assert ("best_fit", count, 20) == (fit.kind, len(fit.ward_of), fit.ward_of.nunique())
        assert ward_geography.shares(project, lsoas, "2015-on").max(axis="columns").min() < 0.7


@pytest.mark.requirement(89)
def test_the_share_moved_is_the_share_of_people_who_live_outside():
    """Of the 400 put into x, 40 live in y, a tenth; of the 90 who live in y, those 40 are left out."""
    codes = pd.Index(["a", "b", "c"])
    parts = pd.DataFrame({"x": [0.6, 1, 0], "y": [0.4, 0, 1]}, index=codes)
    people = pd.Series([100.0, 300, 50], index=codes)
    ward_of = pd.Series(["x", "x", "y"], index=codes)
    misses = ward_geography.best_fit_misses(ward_of, parts, people)
    assert {"x": 0.1, "y": 0.0} == misses.share_moved.to_dict()
    assert {"x": 0.0, "y": 0.4444} == misses.share_left_out.to_dict()


def test_a_sum_too_far_from_the_borough_is_refused():
    """What perturbing cannot explain is a fault; what it can is let through."""
    places = pd.DataFrame(
        {
            "area_code": ["E05010412", "E06000005"],
            "area_type": ["ward", "borough"],
            "homes": [990.0, 1000.0],
        }
    )
    assert (
        ("columns whose wards are within 10 of the borough", 1, 1),
    ) == ward_geography.near_borough(places, ["homes"], 10)
    with pytest.raises(SchemaError, match="add up to 990"):
        ward_geography.near_borough(places, ["homes"], 9)


@pytest.mark.parametrize(
    ("label", "kind", "last_day"),
    [
        ("2023-10", "month", "2023-10-31"),
        ("2023-12", "month", "2023-12-31"),
        ("mid-2020", "midyear", "2020-06-30"),
    ],
)
def test_months_and_mid_years_are_periods(label, kind, last_day):
    """A label says its own kind and ends on the right day."""
    assert kind == periods.kind_of(label, "census")
    assert last_day == periods.parse(label, kind).last_day.isoformat()


@pytest.mark.parametrize(("label", "kind"), [("2023-13", "month"), ("2020", "midyear")])
def test_a_label_that_is_not_of_its_kind_is_refused(label, kind):
    """There is no thirteenth month, and a plain year is no mid-year."""
    with pytest.raises(SchemaError):
        periods.parse(label, kind)
