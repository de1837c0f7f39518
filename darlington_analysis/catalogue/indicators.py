"""The register of indicators: what each counts, why it matters, and which way is good."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict

from darlington_analysis.catalogue.vocabulary import Polarity
from darlington_analysis.errors import UnknownAreaError


class Indicator(BaseModel):
    """One indicator. ``multiplier`` turns numerator over denominator into ``unit``.

    No figure of any area lies outside ``least`` to ``most``; one more than ``jump`` times that of
    the period or release before is odd.
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
    goes_with_age: bool = False


@cache
def register() -> dict[str, Indicator]:
    """Return every indicator by its slug, in the order of the register."""
    text = files("darlington_analysis.catalogue").joinpath("indicators.toml").read_text("utf-8")
    return {each["slug"]: Indicator(**each) for each in tomllib.loads(text)["indicator"]}


def indicator(slug: str) -> Indicator:
    """Return the indicator of a slug. Raises UnknownAreaError where there is none."""
    if slug not in register():
        raise UnknownAreaError(
            f'Unknown indicator: "{slug[:60]}"',
            f"Known indicators: {', '.join(register())}.",
            "one of those",
        )
    return register()[slug]
