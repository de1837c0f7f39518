"""The register of the documents' own statements: their words, and the rule that tests them."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from darlington_analysis.core import bounded_toml
from darlington_analysis.core.project import Project

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


class Statements(BaseModel):
    """The statements, in the order of the document: of one ward set, and of one Index."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ward_set: str
    index_vintage: str
    statement: tuple[Statement, ...]


def statements(project: Project) -> Statements | None:
    """Return what ``data/statements.toml`` says, None where a project has none.

    Raises SourceError for a file that can't be used.
    """
    return bounded_toml.own_list(project.statements, lambda said: Statements(**said), None)
