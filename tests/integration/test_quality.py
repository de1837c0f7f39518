"""Whether an edition can go out: go, or each reason why not."""

import dataclasses
from types import SimpleNamespace

import pandas as pd
import pytest

from darlington_analysis.cleaning import checks
from darlington_analysis.cleaning import checks as sanity
from darlington_analysis.core.errors import SchemaError
from darlington_analysis.evidence import quality, table
from darlington_analysis.pages import edition as show
from darlington_analysis.sources.indicators import indicator, register


@pytest.fixture(scope="module")
def modern(edition_table):
    """Return the table of the 2025 edition, from the same processed data as the default one."""
    return table.load("2025", edition_table.project)


def reasons(given):
    """Return the kinds of reasons against an edition's table."""
    return [each.kind for each in quality.Quality(given).verdict.reasons]


def test_real_figures_alone_are_a_go(modern):
    """The 2025 edition has no made-up figure, every ward, and totals that fit."""
    verdict = quality.Quality(modern).verdict
    assert verdict.is_go
    assert show.verdict_text(verdict).startswith("Go: the 2025 edition can go out.")
    assert "draft" in [each.kind for each in verdict.notes]


def test_made_up_figures_are_a_reason_each(edition_table):
    """The 2011 edition stands in for what nobody publishes, and says so."""
    assert ["made up"] * 3 == reasons(edition_table)
    assert "Not yet: the 2011 edition can’t go out, for 3 reason(s)." in show.verdict(
        quality.Quality(edition_table).verdict
    )


def spoilt(modern, change):
    """Return the table with one thing spoilt."""
    rows, told = modern.rows.copy(), {**modern.provenance}
    slug = "no-qualifications"
    latest = modern.latest(slug).period.iloc[0]
    of_latest = rows.indicator.eq(slug) & rows.period.eq(latest)
    wards = rows.index[of_latest & rows.area_type.eq("ward")]
    if change == "missing wards":
        rows = rows.drop(wards[:1])
    elif change == "mostly withheld":
        rows.loc[wards[:15], "status"] = "c"
    elif change == "total is off":
        told["families"] = {"x": {"checks": [["homes", 100.0, 80.0]]}}
    else:
        path = next(iter(told["sources"]))
        told["sources"] = {path: {**told["sources"][path], "sha256": "0" * 64}}
    return dataclasses.replace(modern, rows=rows, provenance=told)


@pytest.mark.parametrize(
    "change",
    [
        "missing wards",
        "mostly withheld",
        "total is off",
        "changed since",
    ],
)
def test_each_reason_fires(modern, change):
    """A lost ward, a table of stars, a total that does not fit, a raw file that changed."""
    assert change in reasons(spoilt(modern, change))


def test_every_finding_has_a_sentence(edition_table, modern):
    """Nothing is found that could not be said."""
    for given in (edition_table, modern):
        shown = quality.Quality(given)
        assert show.verdict(shown.verdict)
        assert show.coverage(shown.coverage)
        assert show.set_aside(shown.set_aside)
        assert show.totals(shown.totals)


FIGURES = {
    "indicator": "no-qualifications",
    "area_code": "E06000005",
    "period": "2021",
    "lower_limit": float("nan"),
    "upper_limit": float("nan"),
}


@pytest.mark.parametrize(
    ("numerator", "denominator", "value"),
    [
        (30.0, 20.0, 50.0),
        (3.0, 20.0, 150.0),
        (-3.0, 20.0, 15.0),
        (3.0, 0.0, 15.0),
    ],
)
def test_impossible_figures_are_refused(numerator, denominator, value):
    """A part above its whole, more than 100 per cent, fewer than none, a whole of none."""
    rows = pd.DataFrame(
        [{**FIGURES, "numerator": numerator, "denominator": denominator, "value": value}]
    )
    with pytest.raises(SchemaError, match="impossible figure for no-qualifications, E06000005"):
        sanity.refuse_impossible(rows, SimpleNamespace(path="x.csv"))
    good = rows.assign(numerator=3.0, denominator=20.0, value=15.0)
    sanity.refuse_impossible(good, SimpleNamespace(path="x.csv"))
    assert "proportion" == indicator("no-qualifications").kind


def test_a_jump_is_odd_and_not_refused():
    """A figure four times that of the period before, or of the release before, is named."""
    base = {
        "indicator": "claimants",
        "area_code": "E06000005",
        "breakdown": "all",
        "is_dummy": False,
        "vintage": "2023",
    }
    rows = pd.DataFrame(
        [
            {**base, "period": "2023-07", "value": 100.0},
            {**base, "period": "2023-08", "value": 400.0},
            {**base, "period": "2023-08", "value": 90.0, "vintage": "2024"},
        ]
    )
    why = sanity.odd(rows).why.tolist()
    assert ["4.0 times the period before", "0.2 times the release before"] == why
    assert sanity.odd(rows.assign(is_dummy=True)).empty


NUMBERS_OF_WARDS = [1, 7, 20, 24, 53]


def codes(number):
    """Return so many codes of wards."""
    return [f"E050{at:05}" for at in range(number)]


@pytest.mark.parametrize("number", NUMBERS_OF_WARDS)
def test_wards_that_do_not_add_up_are_refused(number):
    """A ward counted twice makes the sum of all miss the borough's own count."""
    wards = [{"area_code": code, "area_type": "ward", "numerator": 10.0} for code in codes(number)]
    borough = [{"area_code": "E06000005", "area_type": "borough", "numerator": 10.0 * number}]
    rows = pd.DataFrame(wards + borough).assign(
        indicator="x", period="2011", breakdown="all", vintage="1"
    )
    others, own = {"E05999999"}, set(codes(number))
    total = 10 * number
    assert (("x, 2011: wards beside the borough", total, total),) == sanity.sums(
        rows, [others, own]
    )
    rows.loc[0, "numerator"] = 1000.0
    with pytest.raises(SchemaError, match=f"add up to {990 + total}"):
        sanity.sums(rows, [others, own])
    assert () == sanity.sums(rows, [others, own | others])  # a ward is missing


FLAGSHIPS = (
    "first-time-entrants",
    "low-literacy",
    "low-numeracy",
    "no-qualifications",
    "imd-score",
    "imd-national-position",
    "claimants",
    "fuel-poverty",
)


def with_wards(slug, wards, borough, number=20):
    """Return a table of wards whose values start with one, and the borough with another."""
    return pd.DataFrame(
        {
            "indicator": slug,
            "area_code": [*codes(number), "E06000005"],
            "area_type": ["ward"] * number + ["borough"],
            "period": "2019",
            "breakdown": "all",
            "vintage": "2026",
            "value": [float(wards + at / 10) for at in range(number)] + [float(borough)],
            "numerator": float("nan"),
            "denominator": float("nan"),
            "is_dummy": False,
        }
    )


def check(table, number=20):
    """Check a table of one ward set."""
    sanity.check_table(table, [set(codes(number))])


@pytest.mark.parametrize("slug", register())
def test_every_indicator_declares_what_can_be(slug):
    """A figure above its most, or under its least, is refused by name; those within pass."""
    about = indicator(slug)
    assert about.least < about.most
    assert about.jump > 1
    middle = (about.least + about.most) / 4
    check(with_wards(slug, middle, middle + 1))
    for wrong in (about.most + 1, about.least - 1):
        with pytest.raises(SchemaError, match=f"impossible figure for {slug}"):
            check(with_wards(slug, middle, wrong))


@pytest.mark.parametrize(
    "slug", [s for s in register() if indicator(s).kind in ("proportion", "rate", "modelled")]
)
def test_a_borough_outside_all_of_its_wards_is_refused(slug):
    """A rate of the whole is a mean of its parts' rates, however many parts there are."""
    for number in NUMBERS_OF_WARDS:
        with pytest.raises(SchemaError, match="lies outside all of its wards"):
            check(with_wards(slug, 20, 50, number), number)
        check(with_wards(slug, 20, 20 + (number - 1) / 20, number), number)
        check(with_wards(slug, 20, 50, number).drop(index=0), number)  # a ward is missing


@pytest.mark.parametrize("slug", FLAGSHIPS)
@pytest.mark.parametrize(
    ("over", "said"), [("period", "the period before"), ("vintage", "the release before")]
)
def test_a_jump_of_a_flagship_is_named(slug, over, said):
    """More than its declared times the period or the release before, in either direction."""
    rows = with_wards(slug, 60, 60).tail(1)
    later = rows.assign(value=60 * indicator(slug).jump * 1.1, **{over: "2027"})
    assert [said in why for why in sanity.odd(pd.concat([rows, later], ignore_index=True)).why] == [
        True
    ]
    small = rows.assign(value=61.0, **{over: "2027"})
    assert sanity.odd(pd.concat([rows, small], ignore_index=True)).empty


@pytest.mark.parametrize("slug", FLAGSHIPS)
def test_a_doubled_flagship_figure_is_refused(slug):
    """The same area, period and release twice, in one file or two."""
    rows = with_wards(slug, 20, 21).assign(source="a.csv")
    with pytest.raises(SchemaError, match=f"The same figure twice, in data/raw/a.csv: {slug}"):
        checks.refuse(pd.concat([rows, rows.tail(1)]))


@pytest.mark.parametrize("slug", ["first-time-entrants", "low-literacy", "no-qualifications"])
def test_counts_of_wards_that_miss_the_borough_are_refused(slug):
    """Sums to total, for figures that came with counts."""
    rows = with_wards(slug, 20, 21).assign(numerator=10.0)
    rows.loc[20, "numerator"] = 200.0
    assert sanity.sums(rows, [set(codes(20))])
    rows.loc[20, "numerator"] = 300.0
    with pytest.raises(SchemaError, match="add up to 200"):
        sanity.sums(rows, [set(codes(20))])
