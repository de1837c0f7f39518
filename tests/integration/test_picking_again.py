"""One drawing serves every ward: what is kept is what would be drawn, for all 24 of them."""

from hypothesis import given, settings
from hypothesis import strategies as st

from darlington_analysis.pages.components import charts
from darlington_analysis.pages.components.charts import wards as wards_chart
from tests.support.drawings import wards

CODES = [f"E{n:02}" for n in range(24)]


def chart(picked, table=None):
    """Return the chart of every ward with one picked out."""
    table = wards() if table is None else table
    return charts.wards_with_limits(table, picked, {"England": 30.0}, value_label="Per cent")


def test_a_drawing_kept_is_the_one_that_would_be_drawn():
    """What was drawn for another ward's pack gives the same bytes as one drawn for this."""
    kept = [chart(code) for code in CODES]
    for code, svg in zip(CODES, kept, strict=True):
        wards_chart._drawn.cache_clear()
        assert chart(code) == svg


@given(value=st.floats(0, 60), place=st.integers(2, 23))
@settings(max_examples=8, deadline=None)
def test_other_figures_are_drawn_anew(value, place):
    """A chart of other rows is never the one that was kept."""
    table = wards()
    before = table.value.iloc[place]
    table.loc[table.index[place], "value"] = value
    assert (chart("E00") == chart("E00", table)) == (f"{before:.2f}" == f"{value:.2f}")
