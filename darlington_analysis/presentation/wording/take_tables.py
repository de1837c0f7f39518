"""The words of the tables behind “what would it take”: heads and cells."""

from math import isnan

from darlington_analysis.presentation.wording import takes
from darlington_analysis.presentation.wording.numbers import whole

PEOPLE_CAPTION = "what it takes to be level with a wider area"
PEOPLE_HEADERS = (
    "Level with",
    "Now",
    "If level",
    "Difference",
    "Told by one more census, times in 100",
)
EVENTS_HEADERS = (
    "Target, and years from now taken together",
    "Children if nothing changes",
    "Children at the target",
    "Comes by luck alone, times in 100",
    "Told from chance if met, times in 100",
)
YEARS_HEADER = "Years taken together"
NONE_TOLD = "none can be told"


def times_cell(chance: float) -> str:
    """Return a chance out of 100 as a cell shows it, never 0 and never 100."""
    return "under 1" if chance < 1 else "over 99" if chance > 99 else whole(chance)


def scope_header(scope: str, facts: dict) -> str:
    """Return a scope as a column names it."""
    return takes.SCOPES[scope].format(neighbours=takes.wards(facts), borough=facts["borough"])


def smallest_cell(percent: float, a_year: float) -> str:
    """Return the smallest change of one scope and number of years, in per cent and in children."""
    if isnan(percent):
        return NONE_TOLD
    return f"{whole(abs(percent))}%, {abs(a_year):.1f} {takes.way(percent)} a year"


def years(count: int) -> str:
    """Return “1 year”, “3 years”."""
    return f"{count} year" if count == 1 else f"{count} years"
