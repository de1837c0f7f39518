"""Labels of periods in every spelling that published files use."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from darlington_analysis.core.periods import MONTHS, readings

YEARS = st.integers(2000, 2029)
FOOTNOTES = st.sampled_from(["", "\u00b9", " (p)", " [note 2]", "*", " (1)[2]", " provisional"])
LONG = [name for name in MONTHS if len(name) > 4 or name in ("may", "june", "july")]


@given(
    YEARS,
    st.sampled_from(
        [
            "{0}/{2}",
            "{0}-{2}",
            "{0}\u2013{2}",
            "{0}/{1}",
            "{0} to {1}",
            "FY{3}/{2}",
            "FY {0}/{2}",
            "financial year {0}-{2}",
            "FYE {1}",
            "{0} - {1}",
            "year ending March {1}",
            "Y/E Mar {1}",
            "FYE Mar-{2}",
            "April {0} to March {1}",
            "Apr-{3} to Mar-{2}",
            "year ended 31 March {1}",
            "12 months to end March {1}",
            "financial year ending {1}",
            "{0}/{2} financial year",
            "FYE{2}",
            "1 April {0} to 31 March {1}",
            "01/04/{0} - 31/03/{1}",
            "{0}-04-01 to {1}-03-31",
            "{0}-04 to {1}-03",
            "12 months to 31/03/{1}",
            "{0}/{2} (1 year)",
        ]
    ),
    FOOTNOTES,
)
def test_a_financial_year_in_every_spelling(year, form, footnote):
    """2018/19, FYE 2019, the year ending March 2019."""
    text = form.format(year, year + 1, f"{(year + 1) % 100:02d}", f"{year % 100:02d}") + footnote
    assert f"{year}/{(year + 1) % 100:02d}" == readings(text).get("financial"), text


@given(
    YEARS,
    st.integers(1, 4),
    st.sampled_from(["Q{1} {0}", "{0} Q{1}", "{0}Q{1}", "{0}-Q{1}", "Quarter {1} {0}"]),
    FOOTNOTES,
)
def test_quarters_of_calendar_and_financial_years(year, quarter, form, footnote):
    """The first quarter of 2020/21 is April to June 2020."""
    text = form.format(year, quarter) + footnote
    assert {"quarter": f"{year} Q{quarter}"} == readings(text), text
    years = f"{year}/{(year + 1) % 100:02d}"
    expected = f"{year} Q{quarter + 1}" if quarter < 4 else f"{year + 1} Q1"
    assert {"quarter": expected} == readings(form.format(years, quarter) + footnote)


@given(
    YEARS,
    st.sampled_from(LONG),
    st.sampled_from(
        [
            "{1} {0}",
            "{2} {0}",
            "{2}-{3:02d}",
            "{2} '{3:02d}",
            "{0} {1}",
            "{0}-{4:02d}",
            "{0}M{4:02d}",
            "{4:02d}/{0}",
            "{1}, {0}",
        ]
    ),
    FOOTNOTES,
)
def test_a_month_in_every_spelling(year, name, form, footnote):
    """April 2019, Apr-19, 2019M04."""
    text = form.format(year, name.title(), name[:3].title(), year % 100, MONTHS[name]) + footnote
    assert f"{year}-{MONTHS[name]:02d}" == readings(text).get("month"), text


@given(
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    st.sampled_from(
        [
            "%Y-%m-%d",
            "%Y-%m-%d 00:00:00",
            "%Y-%m-%dT00:00:00Z",
            "%d/%m/%Y",
            "%d %B %Y",
            "%d-%b-%Y",
            "%Y/%m/%d",
            "as at %d %B %Y",
        ]
    ),
)
def test_a_day_in_every_spelling(day, form):
    """The day before the month, or the year first."""
    text = day.strftime(form)
    assert day.isoformat() == readings(text).get("day"), text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("19/20", {"financial": "2019/20", "academic": "2019/20 academic"}),
        ("09/10", {}),  # a month, a day or a year
        ("15-16", {}),  # ages
        ("AY 2019/20", {"academic": "2019/20 academic"}),
        ("Sept 2019 – Aug 2020", {"rolling": "year to 2020-08", "academic": "2019/20 academic"}),
        ("2019 Q1 (Jan-Mar)", {"quarter": "2019 Q1"}),
        ("Q1 2019 (Apr-Jun)", {}),  # of a financial year that is not written
        ("Q1 2019/20 (Apr to June)", {"quarter": "2019 Q2"}),
        ("1st quarter of 2019", {"quarter": "2019 Q1"}),
        ("1 to 30 April 2019", {}),
        ("01/04/2019 to 30/04/2019", {"month": "2019-04"}),
        ("2017/18 – 2019/20 (3 years pooled)", {"pooled": "2017/18 to 2019/20"}),
        ("Census 2021", {"census": "2021"}),
        ("Census 2020", {}),
        ("mid-2019 estimate", {"midyear": "mid-2019"}),
        ("190401", {}),
        ("31/12/94", {}),
        ("31 Dec 94", {"day": "1994-12-31"}),
        ("April 1, 2019", {"day": "2019-04-01", "month": "2019-04"}),
        ("14/04/2009 09:30", {"day": "2009-04-14"}),
        ("FY 2020", {}),  # begins or ends in 2020
        ("12m to Jun 2020", {"rolling": "year to 2020-06"}),
        ("Rolling year to June 2020", {"rolling": "year to 2020-06"}),
        ("MYE 2019", {"midyear": "mid-2019"}),
        ("Mid-year estimate 2019", {"midyear": "mid-2019"}),
        ("2019 Jul-Sep", {"quarter": "2019 Q3"}),
        ("2019 (Jul to Sep) [p]", {"quarter": "2019 Q3"}),
        ("2019 (Apr-Mar)", {}),  # begins in 2019, or ends in it
        ("2019/20 (Apr-Mar)", {"financial": "2019/20", "academic": "2019/20 academic"}),
        ("Snapshot 31 March 2020e", {"day": "2020-03-31"}),
        ("financial year 2007/08", {"financial": "2007/08"}),  # as published tables write it
        ("month 2023-10", {"month": "2023-10"}),
    ],
)
def test_other_spellings_are_read_once_they_can_only_mean_one_thing(text, expected):
    """What may mean two things has no reading."""
    assert expected == readings(text)


@given(st.text(max_size=30))
def test_whatever_is_written_has_readings_or_none(text):
    """No text ends in a fault, and a label read once reads as itself again."""
    for kind, label in readings(text).items():
        if kind not in ("rolling", "term"):
            assert label == readings(label).get(kind), (text, label)
