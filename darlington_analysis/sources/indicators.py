"""The register of indicators: what each counts, why it matters, and where the packs show it.

The library brings one; a project may add to it, and change it, in ``data/indicators.toml``.
"""

import os
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from darlington_analysis.core import bounded_toml
from darlington_analysis.core.errors import SourceError, UnknownAreaError, UsageError
from darlington_analysis.core.project import find_project
from darlington_analysis.core.vocabulary import Polarity


class Indicator(BaseModel):
    """One indicator. ``multiplier`` turns numerator over denominator into ``unit``.

    No figure of any area lies outside ``least`` to ``most``; one more than ``jump`` times that of
    the period or release before is odd. ``page`` is the page of the packs that shows it, "" where
    none does, ``order`` its place on the page of indicators, the lowest first.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    slug: str
    title: str
    short_title: str
    kind: Literal[
        "proportion", "rate", "score", "position", "modelled", "count", "published", "share"
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
    goes_with_age: bool = False


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
    slugs = [slug for slug, about in register().items() if about.page == page]
    return sorted(slugs, key=lambda slug: register()[slug].order)


@cache
def _shipped() -> dict[str, Indicator]:
    text = files("darlington_analysis.sources").joinpath("indicators.toml").read_text("utf-8")
    return {told["slug"]: Indicator(**told) for told in tomllib.loads(text)["indicator"]}


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
    merged = dict(_shipped())
    try:
        for told in bounded_toml.loads(Path(path).read_text("utf-8")).get("indicator", []):
            before = merged[told["slug"]].model_dump() if told.get("slug") in merged else {}
            merged[told.get("slug")] = Indicator(**{**before, **told})
    except ValidationError as fault:
        first = fault.errors(include_url=False)[0]
        named = told.get("slug", "an entry without a slug")
        raise _unusable(f"{named}, {'.'.join(map(str, first['loc']))}: {first['msg']}") from fault
    except (ValueError, TypeError, AttributeError) as fault:  # no TOML, no UTF-8, no table
        raise _unusable(str(fault)) from fault
    return merged


def _unusable(problem: str) -> SourceError:
    return SourceError(
        f"data/indicators.toml can't be used: {problem}"[:300],
        "[[indicator]] with the fields of darlington_analysis/sources/indicators.toml.",
        "correct that entry; one with a slug of the library needs only the fields it changes",
    )


def indicator(slug: str) -> Indicator:
    """Return the indicator of a slug. Raises UnknownAreaError where there is none."""
    if slug not in register():
        raise UnknownAreaError(
            f'Unknown indicator: "{slug[:60]}"',
            f"Known indicators: {', '.join(register())}.",
            "one of those",
        )
    return register()[slug]
