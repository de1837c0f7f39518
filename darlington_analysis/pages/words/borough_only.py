"""Indicators that no ward has, in words."""

from darlington_analysis.pages.components.numbers import whole, word
from darlington_analysis.sources.indicators import Indicator, indicator

OUT_OF = 10_000
_THE = {"North East": "the North East"}
OPEN_PLACE = (
    "An open place. No counts for wards are published, and none are made up here. The Council has "
    "its own. One row a ward and financial year, with the ward’s code, the year and the number, 0 "
    "included. The project’s first page says where the file goes. Small counts are withheld on "
    "the way in."
)


def say(facts: dict) -> str:
    """Return the borough beside wider areas, and its last year."""
    about = indicator(facts["indicator"])
    (name, value), *others = facts["values"]
    beside = " and ".join(
        f"{_out_of(rate, about)} in {_THE.get(area, area)}" for area, rate in others
    )
    first = (
        f"No ward has a figure. In {name}, {_out_of(value, about)} in every {whole(OUT_OF)} "
        f"{about.who} {about.what} ({facts['year']}). It was {beside}."
    )
    if facts["latest"] == facts["year"]:
        return first
    last = _out_of(facts["latest_value"], about)
    return f"{first} In {facts['latest']} it was {last} in {name}."


def sure(children: float, year: str) -> str:
    """Return how sure one can be; ``children`` is what the borough's rate comes to, about."""
    return (
        f"Fairly sure of the wider areas. Darlington is small: its rate of {year} is about "
        f"{whole(children)} children. A few more or fewer move it a lot. Only rates were "
        "published, so no range for chance can be given. Rates of one year differ from release "
        "to release."
    )


def title(about: Indicator) -> str:
    """Return the message of the chart."""
    return f"{about.short_title}: Darlington, its region and England"


def subtitle(about: Indicator) -> str:
    """Return what the chart measures."""
    return f"{about.unit.removesuffix(', a year')}, calendar years, as published"


def alt(rows) -> str:
    """Return the chart in one sentence."""
    parts = []
    for name, own in rows.groupby("area_name", sort=False):
        first, last = own.iloc[0], own.iloc[-1]
        parts.append(
            f"{name} from {whole(first.value)} in {first.period} to {whole(last.value)} "
            f"in {last.period}"
        )
    return f"Line chart: {'; '.join(parts)}."


def set_aside(count: int) -> str:
    """Return how many figures of the releases failed a check."""
    if not count:
        return ""
    return (
        f"Of the releases these rates come from, {word(count)} figures failed a check and were "
        "set aside. “Where do the figures come from?” says why."
    )


def _out_of(rate: float, about: Indicator) -> str:
    return whole(rate / about.multiplier * OUT_OF)
