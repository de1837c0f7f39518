"""History, forecast, test of change and smoothing: what the packs show, and why they show none."""

import math

import pandas as pd
import pytest

from darlington_analysis.evidence import claims
from darlington_analysis.evidence import outlook as outlooks
from darlington_analysis.evidence.indicator import answer
from darlington_analysis.evidence.outlook import OutlookOfWards
from darlington_analysis.pages import indicators, outlook
from darlington_analysis.pages.components.numbers import value_text
from darlington_analysis.pages.register import sentence_of
from darlington_analysis.sources.indicators import indicator

ENTRANTS = indicator("first-time-entrants")


@pytest.fixture(scope="module")
def loaded(edition_table):
    """Return the table of the 2011 edition."""
    return edition_table


def outlook_of(loaded, name, slug):
    """Return a ward's answer on an indicator."""
    return answer(loaded, loaded.wards.find(name).ward, slug)


def years(counts, first=2000):
    """Return single years of one area, as the one table holds them."""
    return pd.DataFrame(
        {
            "indicator": "first-time-entrants",
            "area_code": "E06000005",
            "area_name": "Darlington",
            "area_type": "borough",
            "period": [f"{first + n}/{(first + n + 1) % 100:02d}" for n in range(len(counts))],
            "breakdown": "all",
            "numerator": counts,
            "denominator": 10_000.0,
            "value": [10 * count for count in counts],
            "lower_limit": float("nan"),
            "upper_limit": float("nan"),
            "status": ["c" if pd.isna(count) else "" for count in counts],
            "is_dummy": False,
            "vintage": "test",
        }
    ).astype({"numerator": float})


def said_of(counts):
    """Return the sentences about an area with these single years."""
    own = outlooks.single_years(years(counts), ENTRANTS.slug)
    ahead = outlooks.forecasts_of(own, ENTRANTS)
    (changed,) = outlooks.have_changed(own, ENTRANTS).values()
    claims = outlooks.area_claims(own, ahead, ENTRANTS, changed)
    return [sentence_of(claim) for claim in claims], ahead


def test_under_four_points_there_is_no_forecast_and_the_page_says_why():
    """Three years, and four of which one is withheld, give no rows and one sentence."""
    for counts in ([100, 90, 95], [100, float("nan"), 90, 95]):
        said, ahead = said_of(counts)
        assert 0 == len(ahead)
        assert [
            "Darlington has three single years counted this way. Under four there is no "
            "forecast, and under five no test of change."
        ] == said


def test_four_points_give_a_level_and_no_test():
    """From four points the level is held; docs/coverage.md forbids a test under five."""
    said, ahead = said_of([100, 90, 95, 97])
    assert 1 == ahead.value.nunique()
    assert ["f"] * 3 == list(ahead.status)
    assert "With fewer than eight years we draw a flat line" in said[0]
    assert "Darlington has four years: too few to test if the figure has changed." == said[1]


def test_from_eight_points_a_slope_is_drawn():
    """Nine falling years are carried on, and have fallen beyond chance."""
    said, ahead = said_of([300, 280, 262, 240, 221, 199, 181, 160, 142])
    assert ahead.value.is_monotonic_decreasing
    assert 3 == ahead.value.nunique()
    assert "slope and all" in said[0]
    assert "has fallen since 2000 to 2001" in said[1]


def test_years_that_only_vary_are_not_said_to_change():
    """A level series with the noise of chance is not told to rise or fall."""
    said, _ = said_of([100, 93, 104, 97, 101, 95])
    assert "In Darlington any rise or fall over these six years is too close to call." == said[1]


def test_pooled_years_and_rates_on_another_basis_are_no_points():
    """A period of five years in one, and a calendar rate, are never set beside single years."""
    rows = years([100, 90])
    pooled = rows.head(1).assign(period="2000/01 to 2004/05")
    printed = rows.head(1).assign(period="2010", numerator=float("nan"))
    kept = outlooks.single_years(pd.concat([rows, pooled, printed]), ENTRANTS.slug)
    assert ["2000/01", "2001/02"] == list(kept.period)


@pytest.mark.requirement(46)
def test_the_borough_s_five_years_are_level_wide_and_marked(loaded):
    """Three made-up rows of status f, the band wider each year, drawn under its own name."""
    found = outlook_of(loaded, "Cockerton West", "first-time-entrants")
    ahead = found.outlook.forecast
    assert ["2011/12", "2012/13", "2013/14"] == list(ahead.period)
    assert {"f"} == set(ahead.status)
    assert ahead.is_dummy.all()
    assert 1 == ahead.value.nunique()
    assert (ahead.upper_limit - ahead.lower_limit).is_monotonic_increasing
    html = indicators._trend_figure(found, loaded.provenance)
    assert "if nothing changes" in html
    assert 3 == html.count(" [f]</td>")


def test_every_indicator_says_what_its_history_allows(loaded):
    """One census, a model and five years in one each give a sentence in place of a baseline."""
    words = {
        "bad-health": "No other census counted this in the same way, so no change is worked out. The",
        "first-time-entrants": "Made-up figure. The ward’s five years are put into one",
        "low-numeracy": "Made-up figure. It comes from a model.",
    }
    for slug, start in words.items():
        found = outlook_of(loaded, "Mowden", slug).outlook
        assert sentence_of(found.history_claims[0]).startswith(start)
        assert start in str(outlook.history(found))


def test_two_censuses_are_compared_beside_england(loaded):
    """The gap, how it moved, its range, and where it will be if it moves as gaps usually do."""
    found = outlook_of(loaded, "Cockerton West", "no-qualifications").outlook
    html = str(outlook.history(found)) + str(outlook.census_table(found))
    for words in (
        "(1,134 of 3,187). In 2021 it was 26.0 (838 of 3,226). In England it went from 22.5 to 18.1.",
        "from 13.1 points above to 7.9 points above England.",
        "Beside England the figure is 5.2 points lower than it was",
        "Allowing for chance, the gap moved by between 3.0 and 7.5 points.",
        "it would have been about 924 in 2021: there were 86 fewer",
        "it will lie between 2.0 and 13.8 points above England",
        "−5.2 (−7.5 to −3.0)",
    ):
        assert words in html
    assert "" == outlook.census_table(outlook_of(loaded, "Mowden", "bad-health").outlook)


def test_smoothed_values_never_cross_the_mean_in_the_table(loaded):
    """As printed, each ward's smoothed rate lies between its own and that of all wards shown."""
    found = outlook_of(loaded, "Cockerton West", "first-time-entrants")
    beside = found.wards.merge(found.outlook.smoothed, on="area_code")
    known = beside[beside.status != "c"]
    assert 21 == len(known)
    for row in known.itertuples():
        raw, mean = claims.as_printed(row.value, ENTRANTS), row.pooled_value
        assert min(raw, mean) <= row.smoothed_value <= max(raw, mean), row.area_name


def smoothed(wards):
    """Return the smoothed rates of these wards."""
    return OutlookOfWards(None, ENTRANTS, wards, None, None, None).smoothed


def test_withheld_wards_are_not_smoothed_and_move_nobody(loaded):
    """A withheld ward shows [c]; without it every other ward's smoothed rate is the same."""
    wards = outlook_of(loaded, "College", "first-time-entrants").wards
    both = smoothed(wards).set_index("area_code")
    withheld = wards.area_code[wards.status == "c"]
    assert {"c"} == set(both.smoothed_status[withheld])
    assert both.smoothed_value[withheld].isna().all()
    alone = smoothed(wards[wards.status != "c"]).set_index("area_code")
    assert dict(alone.smoothed_value) == dict(both.smoothed_value.drop(withheld))


def test_smoothed_values_stand_beside_the_raw_ones(loaded):
    """The table of wards keeps the raw column; census figures get no smoothed one."""
    found = outlook_of(loaded, "College", "first-time-entrants")
    html = indicators.wards_table(found)
    assert "Made-up value<" in html
    assert "Smoothed made-up value" in html
    census = outlook_of(loaded, "College", "no-qualifications")
    assert "Smoothed" not in indicators.wards_table(census)
    assert "" == outlook.smoothing_note(census.outlook)


@pytest.mark.parametrize("value", [0.0, 54.4, 226.31, 987.4, 1307.367, 20_512.0])
def test_rounding_here_is_the_page_s(value):
    """A number rounded before it is drawn is the number that the page prints."""
    printed = float(value_text(value, ENTRANTS).replace(",", ""))
    assert printed == claims.as_printed(value, ENTRANTS)
    assert math.isclose(printed, round(value, claims.decimals_of(value, ENTRANTS)))
