"""Labels of periods in every spelling that published files use."""

from datetime import date

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


@given(st.text(max_size=30))
def test_whatever_is_written_has_readings_or_none(text):
    """No text ends in a fault, and a label read once reads as itself again."""
    for kind, label in readings(text).items():
        if kind not in ("rolling", "term"):
            assert label == readings(label).get(kind), (text, label)
