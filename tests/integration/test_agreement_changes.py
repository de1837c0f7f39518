"""Every difference since signing has its cause; a revision is never progress."""

from datetime import date

import pandas as pd
import pytest

from darlington_analysis.agreements.signing import Signing
from darlington_analysis.evidence import changes, table
from darlington_analysis.pages import changes as changes_page
from darlington_analysis.pages import register
from tests.support.projects import ROOT

RELEASES = ("2024-11-19", "2025-02-04", "2025-06-23", "2026-02-11")
FACTS = {"ward_set": "2003-2015", "rule": {"withhold_to": 7}, "controlled": []}
ROW = {
    "indicator": "no-qualifications",
    "area_code": "E05001554",
    "area_type": "ward",
    "period": "2011",
    "breakdown": "all",
    "numerator": 1052.0,
    "denominator": 3437.0,
    "value": 30.6,
    "lower_limit": 29.1,
    "upper_limit": 32.2,
    "method": "wilson",
    "fit": "exact",
    "status": "",
    "basis": "observed",
    "is_dummy": False,
    "source": "a.csv",
    "vintage": "2011",
}


def causes(was: dict, becomes: dict, then=FACTS, now=FACTS) -> list:
    """Return the causes found between two versions of one row."""
    rows = [pd.DataFrame([ROW | each], columns=changes.KEPT) for each in (was, becomes)]
    return changes.compare(*rows, then, now).causes.tolist()


@pytest.mark.parametrize(
    ("becomes", "now", "expected"),
    [
        ({}, {}, []),
        ({"source": "b.csv", "vintage": "2012"}, {}, []),  # the same figure from elsewhere
        ({"value": 29.0, "vintage": "2012"}, {}, [("revision",)]),
        ({"value": 29.0, "source": "b.csv"}, {}, [("revision",)]),
        ({"lower_limit": 29.0, "method": "exact"}, {}, [("method",)]),
        ({"value": 29.0, "fit": "best_fit"}, {}, [("boundary",)]),
        ({"value": 29.0}, {"ward_set": "2015-on"}, [("boundary",)]),
        ({"numerator": None, "value": None, "status": "c"}, {}, [("disclosure rule",)]),
        (
            {"value": 29.0},
            {"rule": {"withhold_to": 9}, "controlled": ["a.csv"]},
            [("disclosure rule",)],
        ),
        ({"value": 29.0, "vintage": "x", "method": "exact"}, {}, [("method", "revision")]),
        ({"value": 29.0}, {}, [("unexplained",)]),
    ],
)
def test_each_cause_is_told_from_the_others(becomes, now, expected):
    """Revision, method, boundary, rule; what none of them explains is said to be unexplained."""
    assert expected == causes({}, becomes, now=FACTS | now)


def test_new_and_lost_periods_are_no_revisions():
    """A period that was not there is new data; one that is gone is gone."""
    assert [("gone",), ("new data",)] == causes({}, {"period": "2021"})


def test_an_earlier_value_is_never_shown_once_the_rule_has_changed():
    """The figure before and the figure after a rule would together tell what is withheld."""
    was = {"numerator": 9.0, "value": 0.3}
    becomes = {"numerator": None, "value": None, "status": "c"}
    rows = [pd.DataFrame([ROW | each], columns=changes.KEPT) for each in (was, becomes)]
    found = changes.compare(*rows, FACTS, FACTS)
    assert found.value_then.isna().all()
    assert "numerator_then" not in found.columns


@pytest.mark.parametrize(("controlled", "then"), [(["a.csv"], "not shown"), ([], "30.6")])
def test_a_count_under_control_that_is_no_longer_published_is_not_given_again(controlled, then):
    """With what is published now it could tell a count that is withheld."""
    row = pd.DataFrame([ROW], columns=changes.KEPT)
    found = changes.compare(row, row.head(0), FACTS | {"controlled": controlled}, FACTS)
    assert bool(controlled) == found.is_hidden.item()
    assert bool(controlled) == bool(found.value_then.isna().item())
    shown = changes_page._row(next(found.assign(area_name="Central").itertuples()))
    assert shown[3].startswith(then)
    assert shown[-1] == "no longer published"


def release(name: str) -> pd.DataFrame:
    """Return one raw release of youth-justice rates, believed without a check."""
    raw = pd.read_csv(ROOT / f"data/raw/youth-justice/lait-{name}/rates.csv", dtype=str)
    rows = [
        ROW
        | {
            "indicator": "first-time-entrants",
            "area_code": each.area_code,
            "area_type": each.area_type,
            "period": each.year_label,
            "numerator": None,
            "denominator": None,
            "value": float(each.rate_per_100000),
            "lower_limit": None,
            "upper_limit": None,
            "method": "published",
            "source": name,
            "vintage": name,
        }
        for each in raw.itertuples()
    ]
    return pd.DataFrame(rows, columns=changes.KEPT)


@pytest.mark.requirement(115)
@pytest.mark.parametrize("pair", list(zip(RELEASES, RELEASES[1:], strict=False)))
def test_the_four_releases_come_out_as_revisions_and_new_years(pair):
    """Labels moved by a year, and regions added up, are revisions; only a new year is new."""
    then, now = map(release, pair)
    found = changes.compare(then, now, FACTS, FACTS)
    known = set(zip(then.area_code, then.period, strict=True))
    for row in found.itertuples():
        is_known = (row.area_code, row.period) in known
        expected = ("revision",) if is_known else ("new data",)
        assert row.causes in (expected, ("gone",))


def test_the_label_shift_and_the_sum_of_regions_are_met_by_name():
    """Darlington 2016 fell from 494 to 315 and England rose from 333 to 3,071: neither happened."""
    shift = changes.compare(release(RELEASES[0]), release(RELEASES[1]), FACTS, FACTS)
    own = shift[(shift.area_code == "E06000005") & (shift.period == "2016")].iloc[0]
    assert (494.0, 315.0, ("revision",)) == (own.value_then, own.value_now, own.causes)
    summed = changes.compare(release(RELEASES[2]), release(RELEASES[3]), FACTS, FACTS)
    england = summed[(summed.area_code == "E92000001") & (summed.period == "2016")].iloc[0]
    assert (333.0, 3071.0, ("revision",)) == (england.value_then, england.value_now, england.causes)


@pytest.mark.parametrize("name", RELEASES)
def test_signed_on_any_release_nothing_of_it_is_told_as_progress(edition_table, name):
    """Signed on each raw release, set beside the checked figures of the 2025 edition."""
    loaded = table.load("2025", project=edition_table.project)
    kept = changes.to_keep(release(name))
    facts = FACTS | {"ward_set": loaded.wards.name}
    signed = Signing(1, "", "", "", "", date(2025, 1, 1), ("x",), "", tuple(kept), facts, "", "")
    found = changes.since(loaded, loaded.wards.wards[0], signed)
    assert not set(found.rows.causes.explode()) & {"unexplained", "method", "disclosure rule"}
    said = register.sentence_of(found.claims[0])
    assert "is better" not in said
    assert "is worse" not in said
    assert changes_page.rows_of(found)


def test_a_signing_made_now_shows_no_change_now(edition_table):
    """Kept and compared at once, every figure is as it was."""
    from darlington_analysis.evidence import agreement

    ward = edition_table.wards.find("Central").ward
    answer = agreement.of_ward(edition_table, ward)
    rows = agreement.figures_of(edition_table, ward, answer.record)
    signed = Signing(
        1,
        "",
        "",
        "",
        "",
        date(2026, 1, 1),
        ("x",),
        "",
        tuple(changes.to_keep(rows)),
        changes.facts_of(edition_table, rows),
        "",
        "",
    )
    found = changes.since(edition_table, ward, signed)
    assert found.rows.empty
    assert all("nothing has changed" in register.sentence_of(each) for each in found.claims)


@pytest.mark.parametrize(
    ("after", "verdict"), [(700.0, "better"), (1500.0, "worse"), (1040.0, "cannot be told apart")]
)
def test_progress_is_judged_on_new_data_within_one_release(after, verdict):
    """A later census beside the signed one, as it is now: better, worse, or chance."""
    then = pd.DataFrame([ROW])
    now = pd.DataFrame([ROW, ROW | {"period": "2021", "numerator": after, "vintage": "2021"}])
    assert verdict == changes.progress("no-qualifications", then, now)


def test_progress_is_not_judged_across_methods_or_on_made_up_figures():
    """Another method, or a made-up figure, gives no verdict."""
    then = pd.DataFrame([ROW])
    for other in ({"method": "published"}, {"is_dummy": True}, {"numerator": None}):
        now = pd.DataFrame([ROW, ROW | {"period": "2021", "numerator": 700.0} | other])
        assert "not judged" == changes.progress("no-qualifications", then, now)
