"""Registers of indicators: what each counts, why it matters, where packs show it, and when the next
figure comes.

The library brings one; a project may add to it, and change it, in ``data/indicators.toml``. Days of
releases are facts with their source, in ``release_calendar.toml``; a census is ten years from the one
before.
"""

import difflib
import os
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationInfo, field_validator

from darlington_analysis.core import bounded_toml
from darlington_analysis.core.errors import SourceError, UnknownAreaError, UsageError
from darlington_analysis.core.project import find_project
from darlington_analysis.core.toml_faults import Form, advice_on
from darlington_analysis.core.vocabulary import Polarity


class Indicator(BaseModel):
    """One indicator. ``multiplier`` turns numerator over denominator into ``unit``.

    No figure of any area lies outside ``least`` to ``most``; one more than ``jump`` times that of
    the period or release before is odd. ``page`` is the page of the packs that shows it, "" where
    none does, ``order`` its place on the page of indicators, the lowest first. ``asked`` tells
    readers how the question changed from census to census, "" where it did not. ``has_people``:
    false where shares alone are published, of ages that no count of residents here has.
    ``counted_from`` decides what a pack says of how sure the figure is; "" says it of any count or survey.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    slug: str
    title: str
    short_title: str
    kind: Literal[
        "proportion",
        "rate",
        "score",
        "position",
        "modelled",
        "count",
        "published",
        "share",
        "mean",
    ]
    unit: str
    least: float
    most: float
    jump: float = 3.0
    multiplier: int
    polarity: Polarity
    period_kind: Literal["calendar", "financial", "census", "index", "month", "midyear"]
    numerator: str
    denominator: str
    who: str
    what: str
    why: str
    headline: bool
    page: Literal["", "indicators", "deprivation", "place", "borough"] = ""
    order: int = 0
    matters: float = 0.0
    out_of: int = 100
    goes_with_age: bool = False
    asked: str = ""
    has_people: bool = True
    counted_from: Literal["", "benefits", "claims", "police", "children"] = ""

    @field_validator("page")
    @classmethod
    def _needs_a_denominator(cls, page: str, info: ValidationInfo) -> str:
        if page == "indicators" and info.data.get("kind") == "count":
            raise ValueError("a count with no denominator can’t be set beside other wards’")
        return page


def register() -> dict[str, Indicator]:
    """Return every indicator by its slug: those of the library, then those a project adds.

    The project is the one of the working folder (``find_project``). Raises SourceError where its
    ``data/indicators.toml`` can't be used.
    """
    path = _added(os.environ.get("DARLINGTON_PROJECT"), os.getcwd())
    try:
        stat = os.stat(path) if path else None
    except FileNotFoundError:
        stat = None
    return _merged(path, stat.st_mtime_ns, stat.st_size) if stat else _shipped()


def shown_on(page: str) -> list[str]:
    """Return the slugs of a page's indicators, in the order in which the page shows them."""
    slugs = [slug for slug, known in register().items() if known.page == page]
    return sorted(slugs, key=lambda slug: register()[slug].order)


@cache
def _shipped() -> dict[str, Indicator]:
    text = files("darlington_analysis.sources").joinpath("indicators.toml").read_text("utf-8")
    return {fields["slug"]: Indicator(**fields) for fields in tomllib.loads(text)["indicator"]}


@lru_cache(maxsize=16)
def _added(project: str | None, folder: str) -> str | None:
    """Return where a project's own register stands or would stand, None without a project.

    The environment and the working folder decide which project it is.
    """
    try:
        return str(find_project().added_indicators)
    except UsageError:
        return None


@lru_cache(maxsize=4)
def _merged(path: str, written: int, size: int) -> dict[str, Indicator]:
    """Return the library's register with what a project's file says put over it."""
    text = ""
    try:
        text = bounded_toml.read_text(Path(path))
        added = _Added(**_completed(bounded_toml.loads(text)))
    except ValueError as fault:  # no UTF-8, no TOML, or no indicators
        advice = advice_on(Form(_Added, "indicator", _SAMPLES), text, fault)
        raise SourceError(
            f"data/indicators.toml, line {advice.line}: {advice.what}",
            f"{advice.expected} docs/reference/register_of_indicators.md explains every field.",
            f"write {advice.write}",
        ) from fault
    return _shipped() | {entry.slug: entry for entry in added.indicator}


_SAMPLES = {"page": '""; or kind = "proportion", with people or homes as the denominator'}


class _Added(BaseModel):
    model_config = ConfigDict(extra="forbid")
    indicator: tuple[Indicator, ...] = ()


def _completed(content: dict) -> dict:
    """Return a project's register, its entries completed by those of the library."""
    entries = content.get("indicator")
    if not isinstance(entries, list):
        return content
    shipped = {slug: known.model_dump() for slug, known in _shipped().items()}
    return content | {
        "indicator": [
            shipped.get(entry.get("slug"), {}) | entry if isinstance(entry, dict) else entry
            for entry in entries
        ]
    }


def indicator(slug: str) -> Indicator:
    """Return the indicator of a slug. Raises UnknownAreaError where there is none."""
    if slug not in register():
        near = difflib.get_close_matches(slug, register(), n=1)
        raise UnknownAreaError(
            f'Unknown indicator: "{slug[:60]}"',
            f"Known indicators: {', '.join(register())}.",
            near[0] if near else "one of those",
        )
    return register()[slug]


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
class NextRelease:
    """The next figure after a day: which series, the day it describes, when it may be out.

    ``describes`` and ``out`` are None where no further figure is foreseen.
    """

    series: str
    describes: date | None
    out: date | None


@cache
def release_series() -> dict[str, Series]:
    """Return the series of each indicator by its slug; an indicator without one is not there."""
    text = files("darlington_analysis.sources").joinpath("release_calendar.toml").read_text("utf-8")
    every = [Series(**fields) for fields in tomllib.loads(text)["series"]]
    return {slug: series for series in every for slug in series.indicators}


def next_after(slug: str, day: date) -> NextRelease | None:
    """Return the first figure that describes a day after ``day``; None where nothing is known."""
    series = release_series().get(slug)
    if series is None:
        return None
    later = [other for other in series.days if other > day]
    if later:
        return _next_release(series, later[0])
    if not series.every_months or not series.days:
        return NextRelease(series.name, None, None)
    describes = series.days[-1]
    while describes <= day < date.max:
        describes = add_months(describes, series.every_months)
    if describes <= day:  # nothing comes after the calendar's last day
        return NextRelease(series.name, None, None)
    return _next_release(series, describes)


def add_months(day: date, months: int) -> date:
    """Return the day so many months later, but none after the calendar's last; a day past a month's
    end is its 28th.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, 28))


def _next_release(series: Series, describes: date) -> NextRelease:
    return NextRelease(series.name, describes, add_months(describes, series.wait_months))
