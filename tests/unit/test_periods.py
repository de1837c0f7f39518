"""A period's label is read as the kind it is declared to be, or refused."""

from datetime import date

import pytest

from darlington_analysis.core import periods
from darlington_analysis.core.errors import SchemaError


@pytest.mark.parametrize(
    ("label", "kind", "first", "last"),
    [
        ("2010", "calendar", date(2010, 1, 1), date(2010, 12, 31)),
        ("2009/10", "financial", date(2009, 4, 1), date(2010, 3, 31)),
        ("1999/00", "financial", date(1999, 4, 1), date(2000, 3, 31)),
        ("2006/07 to 2010/11", "pooled", date(2006, 4, 1), date(2011, 3, 31)),
        ("2011", "census", date(2011, 3, 27), date(2011, 3, 27)),
        ("2007", "index", date(2007, 1, 1), date(2007, 12, 31)),
    ],
)
def test_a_label_of_its_kind_has_a_first_and_last_day(label, kind, first, last):
    """Each kind of label stands for its days."""
    found = periods.parse(label, kind)
    assert (first, last) == (found.first_day, found.last_day)


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("2009/11", "financial"),
        ("2009", "financial"),
        ("202021", "financial"),
        ("2009/10", "calendar"),
        ("2010", "census"),
        ("January 2011", "calendar"),
        ("2006/07 to 2010", "pooled"),
    ],
)
def test_a_label_of_another_kind_is_refused(label, kind):
    """No label is bent into a kind it is not."""
    with pytest.raises(SchemaError):
        periods.parse(label, kind)


def test_only_consecutive_years_are_pooled():
    """A gap, a double or a wrong order is refused."""
    assert "2006/07 to 2008/09" == periods.pooled_label(["2006/07", "2007/08", "2008/09"])
    for years in (["2006/07", "2008/09"], ["2006/07", "2006/07"], ["2007/08", "2006/07"], []):
        with pytest.raises(SchemaError):
            periods.pooled_label(years)
