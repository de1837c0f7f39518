"""How a sidecar says its file is read: declared once, followed to the letter."""

import re
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from darlington_analysis.core.periods import Kind
from darlington_analysis.readers.numbers import Meaning

Format = Literal["csv", "xlsx", "xls", "ods", "parquet", "geojson", "gpkg", "shapefile"]
# Wards of a set of the settings or of former ones, LSOAs of a census, the borough and around it.
System = Annotated[str, Field(pattern=r"^(ward-[0-9a-z-]+|lsoa-20[012]1|wider)$")]
Measure = Literal["value", "numerator", "denominator", "lower_limit", "upper_limit"]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Areas(_Part):
    """Where a row's area stands: the first of ``columns`` that is filled, or one ``code`` for all.

    ``systems`` are the codes and names that count; ``names`` a column that must agree with it.
    ``councils`` are columns that name the council of a row: another one's rows are set aside.
    ``by_name`` are the types of area (ward, borough …) that count where nothing but a name, no code
    and no council, says that they are ours.
    """

    columns: tuple[str, ...] = ()
    systems: tuple[System, ...] = Field(min_length=1)
    names: str = ""
    code: str = ""
    councils: tuple[str, ...] = ()
    by_name: tuple[Literal["ward", "borough", "region", "country"], ...] = ()

    @model_validator(mode="after")
    def _one_place(self):
        if bool(self.columns) == bool(self.code):
            raise ValueError("either columns (in the table), or code (one area for the whole file)")
        return self


class Times(_Part):
    """Where a figure's period stands: in a ``column``, in the ``headers`` of columns, in one
    ``label`` for the whole file, or in rows of their own ``above`` the rows of the table.

    Every label is of one ``kind``; where a file mixes kinds, ``shapes`` give the kind of each shape
    of label, digits written as 9 ("9999/99" = "financial").
    """

    kind: Kind | None = None
    shapes: dict[str, Kind] = {}
    column: str = ""
    headers: tuple[str, ...] = ()
    label: str = ""
    in_figures: bool = False
    above: bool = False

    @model_validator(mode="after")
    def _one_place(self):
        places = (self.column, self.headers, self.label, self.in_figures, self.above)
        if sum(map(bool, places)) != 1:
            raise ValueError("one of column, headers, label (of the whole file), in_figures, above")
        if bool(self.kind) == bool(self.shapes):
            raise ValueError("either kind (of every label), or shapes (and the kind of each)")
        return self

    def kind_of(self, label: str) -> Kind | None:
        """Return the declared kind of a label, None where its shape is not declared."""
        return self.kind or self.shapes.get(shape_of(label))


def shape_of(label: str) -> str:
    """Return a label with every digit written as 9."""
    return re.sub(r"\d", "9", label)


class Figure(_Part):
    """One column of figures, and what it is of which indicator.

    A table with a period a column (``times.headers``) has one figure, with ``column`` empty; where
    each period has several columns (``times.in_figures``), each figure has its ``period``.
    """

    column: str = ""
    indicator: Slug
    measure: Measure = "value"
    breakdown: str = "all"
    period: str = ""
    unit: str = "as the column's name says"


class Expect(_Part):
    """What a person saw in the file; one that holds more or less is not the one reviewed.

    Rows with figures and without, and how many different areas, periods and groups there are, how
    many numbers (a mark is none); ``labels`` is a fingerprint of all that stands beside figures.
    """

    rows_kept: int = Field(ge=0)
    rows_set_aside: int = Field(ge=0)
    areas: int = Field(ge=0)
    periods: int = Field(ge=0)
    groups: int = Field(ge=0)
    labels: str
    numbers: int = Field(ge=0)


class Reading(_Part):
    """Everything the reader needs; rows are numbered as a spreadsheet numbers them, from 1.

    ``markers`` give what stands where no number is ("" is an empty cell) and its meaning: c, x, z,
    low, or 0 for nothing. ``split_by`` are columns whose values part a row's figures (sex, age);
    ``indicator_column`` one that names the indicator, ``indicators`` the slug of each name;
    ``vintage_column`` one that names the release. ``left_out`` columns are not read. ``suffixes``
    are marks behind numbers, each with its status ("[r]" = "r") or "drop". In ``filled_down``
    columns an empty cell means the cell above. ``decimal`` is the sign before decimals.
    ``headings_spread``: an upper heading stands for the blank ones to its right; ``per_cent``: cells
    with a per cent sign are read as 24.3 where they show 24.3%.
    """

    format: Format = "csv"
    encoding: str = "utf-8"
    delimiter: str = Field(default=",", min_length=1, max_length=1)
    sheet: str = ""
    header_rows: tuple[int, ...] = Field(default=(1,), min_length=1, max_length=6)
    last_row: int = Field(default=0, ge=0)
    decimal: Literal[".", ","] = "."
    headings_spread: bool = False
    per_cent: bool = False
    areas: Areas
    times: Times
    figures: tuple[Figure, ...] = Field(min_length=1)
    markers: dict[str, Meaning] = {}
    suffixes: dict[str, Literal["drop", "r", "u", "b"]] = {}
    filled_down: tuple[str, ...] = ()
    split_by: tuple[str, ...] = ()
    indicator_column: str = ""
    indicators: dict[str, Slug] = {}
    vintage_column: str = ""
    total_rows: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    expect: Expect | None = None

    @model_validator(mode="after")
    def _figures_have_periods(self):
        if self.times.in_figures and not all(figure.period for figure in self.figures):
            raise ValueError("times.in_figures, and a figure without a period")
        return self


class Question(_Part):
    """Something a draft is unsure of: ``field`` is the place that the answer fills."""

    field: tuple[str, ...] = Field(min_length=1)
    asks: str
    offered: str = ""
    answer: str = ""


def answered(sidecar: dict) -> tuple[dict, list[Question]]:
    """Return a sidecar with its questions' answers put in place, and the questions left open.

    ``yes`` as an answer takes what was offered. Raises ValueError for a question that is none.
    """
    questions = [Question(**fields) for fields in sidecar.get("questions", [])]
    filled = {name: part for name, part in sidecar.items() if name != "questions"}
    still_open = []
    for question in questions:
        answer = question.answer.strip()
        answer = question.offered if answer.lower() == "yes" else answer
        if answer:
            filled = _filled(filled, question.field, answer)
        else:
            still_open.append(question)
    return filled, still_open


def _filled(table: dict, place: tuple[str, ...], answer: str) -> dict:
    """Return a table with text put at a place; a list is written with commas."""
    name, rest = place[0], place[1:]
    inner = table.get(name, {})
    if rest:
        if isinstance(inner, list):
            raise ValueError(f"{name} is a list, and no answer fits in it")
        return {**table, name: _filled(inner, rest, answer)}
    if isinstance(inner, list):
        return {
            **table,
            name: [] if answer == "none" else [part.strip() for part in answer.split(",")],
        }
    return {**table, name: _typed(answer)}


def _typed(answer: str) -> str | bool:
    return {"true": True, "false": False}.get(answer, answer)
