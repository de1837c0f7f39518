"""When the next figure of an indicator is to be had, so that no target waits for one that is not.

Facts with their source and day in ``coming.toml``; a census is ten years from the one before.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict


class Series(BaseModel):
    """Figures that come at set times. ``days``: the days they describe, ``every_months`` after
    the last of them; ``wait_months``: until ward figures of a day were out, so far.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    indicators: tuple[str, ...]
    days: tuple[date, ...] = ()
    every_months: int = 0
    wait_months: int = 0
    source: str
    as_at: date


@dataclass(frozen=True)
class Coming:
    """The next figure after a day: which series, the day it describes, when it may be out.

    ``describes`` and ``out`` are None where no further figure is foreseen.
    """

    series: str
    describes: date | None
    out: date | None


@cache
def register() -> dict[str, Series]:
    """Return the series of each indicator by its slug; an indicator without one is not there."""
    text = files("darlington_analysis.sources").joinpath("release_calendar.toml").read_text("utf-8")
    told = [Series(**each) for each in tomllib.loads(text)["series"]]
    return {slug: each for each in told for slug in each.indicators}


def first_after(slug: str, day: date) -> Coming | None:
    """Return the first figure that describes a day after ``day``; None where nothing is known."""
    series = register().get(slug)
    if series is None:
        return None
    later = [each for each in series.days if each > day]
    if later:
        return _coming(series, later[0])
    if not series.every_months or not series.days:
        return Coming(series.name, None, None)
    describes = series.days[-1]
    while describes <= day < date.max:
        describes = months_on(describes, series.every_months)
    if describes <= day:  # nothing comes after the calendar's last day
        return Coming(series.name, None, None)
    return _coming(series, describes)


def months_on(day: date, months: int) -> date:
    """Return the day so many months later, but none after the calendar's last; a day past a month's
    end is its 28th.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, 28))


def _coming(series: Series, describes: date) -> Coming:
    return Coming(series.name, describes, months_on(describes, series.wait_months))
