"""A first return that is no baseline is asked about, and says why."""

import tomllib

import pytest

from darlington_analysis.agreements.checks.measures import _baseline_day
from darlington_analysis.agreements.record import Agreement

RECORD = """
partnership = "A partnership"
ward = "A ward"
edition = "2011"
consultation = {{ state = "agreed", since = 2026-01-05 }}
actions = [{{ id = "class", what = "A class", measure = "came", starts = {starts} }}]

[[measures]]
id = "came"
words = "Learners who came back"
target = {{ level = 60, by = 2028-12-31 }}
returns = [{returns}]
"""
STARTS = "2026-01-12"


def reasons(returns: str, starts: str = STARTS) -> list[str]:
    """Return why the first of these returns is no baseline."""
    record = Agreement(**tomllib.loads(RECORD.format(returns=returns, starts=starts)))
    return [facts["reason"] for _, facts in _baseline_day.look(record, None)]


@pytest.mark.requirement(53)
@pytest.mark.parametrize(
    ("returns", "reason"),
    [
        ('{ period = "2019", on = 2019-12-16, value = 31 }', "old"),
        ('{ period = "2021", value = 31 }', "old"),
        ('{ period = "2027", on = 2027-06-30, value = 31 }', "late"),
        ('{ period = "2026", value = 31 }, { period = "2025", value = 29 }', "not first"),
        (
            '{ period = "spring", on = 2026-04-01, value = 31 }, { period = "2025", value = 29 }',
            "not first",
        ),
        ('{ period = "2029", on = 2029-01-31, value = 31 }', "target"),
    ],
)
def test_a_first_return_of_another_time_is_asked_about(returns, reason):
    """Counted years before or after the start, or later than another return or the target."""
    assert [reason] == reasons(returns)


@pytest.mark.parametrize(
    "returns",
    [
        '{ period = "2025", value = 31 }, { period = "2026", value = 44 }',
        '{ period = "first year", on = 2026-12-14, value = 31 }',
        '{ period = "the pilot", value = 31 }',
        "",
    ],
)
def test_a_first_return_near_the_start_is_a_baseline(returns):
    """Up to two years before and one year after; without any day nothing can be said."""
    assert [] == reasons(returns)
