"""The shape of the one table, checked with pandera."""

import pandas as pd
import pandera.pandas as pa

from darlington_analysis.errors import SchemaError

KEY = ["indicator", "area_code", "period", "breakdown", "vintage"]
STATUSES = ("", "c", "x", "z", "u", "low", "e", "f", "r", "b")
DENOMINATOR = "apportioned_denominator"  # counted in the ward itself, over shared-out residents
FITS = ("exact", "best_fit", "apportioned", DENOMINATOR)
AREA_TYPES = ("ward", "lsoa", "borough", "region", "country")
_FIGURES = ("numerator", "denominator", "value", "lower_limit", "upper_limit", "confidence")


def _text(**checks) -> pa.Column:
    return pa.Column(str, nullable=False, **checks)


def _number() -> pa.Column:
    return pa.Column(float, nullable=True)


def table_schema() -> pa.DataFrameSchema:
    """Return the schema of ``indicators.parquet`` (DESIGN of the one table, README)."""
    columns = {
        "indicator": _text(checks=pa.Check.str_matches(r"^[a-z0-9-]+$")),
        "area_code": _text(checks=pa.Check.str_matches(r"^E\d{8}$")),
        "area_type": _text(checks=pa.Check.isin(AREA_TYPES)),
        "period": _text(checks=pa.Check.str_length(min_value=4)),
        "breakdown": _text(checks=pa.Check.str_length(min_value=1)),
        **{name: _number() for name in _FIGURES},
        "method": _text(),
        "fit": _text(checks=pa.Check.isin(FITS)),
        "share_moved": pa.Column(float, pa.Check.in_range(0, 1)),
        "status": _text(checks=pa.Check.isin(STATUSES)),
        "basis": _text(checks=pa.Check.isin(("observed", "modelled"))),
        "is_dummy": pa.Column(bool),
        "source": _text(checks=pa.Check.str_length(min_value=1)),
        "vintage": _text(checks=pa.Check.str_length(min_value=1)),
    }
    return pa.DataFrameSchema(
        columns,
        checks=[
            pa.Check(_withheld_is_null, error="a withheld figure is null, never a number"),
            pa.Check(_limits_hold_value, error="limits lie either side of their value"),
        ],
        unique=KEY,
        strict=True,
        ordered=True,
    )


def check(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table if it has the declared shape. Raises SchemaError with what is wrong."""
    try:
        return table_schema().validate(table)
    except (pa.errors.SchemaError, pa.errors.SchemaErrors) as fault:
        raise SchemaError(
            f"The table of indicators is not of its shape: {_first_line(fault)}",
            "Every column, key and withheld figure as the README describes the one table.",
            "python -m darlington_analysis check",
        ) from fault


def columns() -> list[str]:
    """Return the names of the one table's columns, in order."""
    return list(table_schema().columns)


def _withheld_is_null(table: pd.DataFrame) -> pd.Series:
    hidden = table[["numerator", "value", "lower_limit", "upper_limit"]].isna().all(axis=1)
    return ~table.status.isin(["c", "x", "z"]) | hidden


def _limits_hold_value(table: pd.DataFrame) -> pd.Series:
    slack = 1e-9 * table.value.abs().clip(lower=1)
    inside = (table.lower_limit <= table.value + slack) & (table.value <= table.upper_limit + slack)
    return inside | table[["value", "lower_limit", "upper_limit"]].isna().any(axis=1)


def _first_line(fault: Exception) -> str:
    return str(fault).strip().splitlines()[0][:160]
