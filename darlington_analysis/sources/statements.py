"""The register of the documents' own statements: their words, and the rule that tests them."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Rule = Literal[
    "highest",
    "improved",
    "count within",
    "count changed",
    "places",
    "place changed",
    "within percent",
    "no longer within",
    "need remains",
]
WARD_SET = "2003-2015"  # the wards the review speaks of


class Statement(BaseModel):
    """One statement. ``wards`` are the codes it names; the other fields are what it claims."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, Field(pattern=r"^[A-Z]\d+[a-z0-9-]*$")]
    paragraph: str
    quotation: str
    wards: tuple[str, ...] = ()
    rule: Rule
    indicator: str = ""
    measure: Literal["", "numerator", "value"] = ""
    period: str = ""
    number: int = 0
    number_before: int = 0
    percent: float = 0
    places: tuple[int, ...] = ()


@cache
def statements() -> tuple[Statement, ...]:
    """Return every statement, in the order of the document."""
    text = files("darlington_analysis.sources").joinpath("statements.toml").read_text("utf-8")
    return tuple(Statement(**fields) for fields in tomllib.loads(text)["statement"])
