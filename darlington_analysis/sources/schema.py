"""The shape of the one table, checked with pandera."""

from functools import cache

import pandas as pd
import pandera.pandas as pa

from darlington_analysis.core.errors import SchemaError
from darlington_analysis.core.vocabulary import COLUMNS, KEY, Basis, Status, is_missing

DENOMINATOR = "apportioned_denominator"  # counted in the ward itself, over shared-out residents
FITS = ("exact", "best_fit", "apportioned", DENOMINATOR)
AREA_TYPES = ("ward", "lsoa", "borough", "region", "country")
_FIGURES = ("numerator", "denominator", "value", "lower_limit", "upper_limit", "confidence")


@cache
def table_schema() -> pa.DataFrameSchema:
    """Return the schema of ``indicators.parquet`` (DESIGN of the one table, README)."""
    checks = {
        "indicator": pa.Check.str_matches(r"^[a-z0-9-]+$"),
        "area_code": pa.Check.str_matches(r"^E\d{8}$"),
        "area_type": pa.Check.isin(AREA_TYPES),
        "period": pa.Check.str_length(min_value=4),
        "breakdown": pa.Check.str_length(min_value=1),
        "fit": pa.Check.isin(FITS),
        "share_moved": pa.Check.in_range(0, 1),
        "confidence": pa.Check.in_range(0, 1, include_min=False, include_max=False),
        "share_left_out": pa.Check.in_range(0, 1),
        "sharing_error": pa.Check.in_range(0, 1),
        "status": pa.Check.isin(list(Status)),
        "basis": pa.Check.isin(list(Basis)),
        "source": pa.Check.str_length(min_value=1),
        "vintage": pa.Check.str_length(min_value=1),
    }
    fits = ("share_moved", "share_left_out", "sharing_error")
    types = dict.fromkeys([*_FIGURES, *fits], float) | {"is_dummy": bool}
    columns = {
        name: pa.Column(types.get(name, str), checks.get(name), nullable=name in _FIGURES)
        for name in COLUMNS
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


def _withheld_is_null(table: pd.DataFrame) -> pd.Series:
    hidden = table[["numerator", "value", "lower_limit", "upper_limit"]].isna().all(axis=1)
    return ~is_missing(table.status) | hidden


def _limits_hold_value(table: pd.DataFrame) -> pd.Series:
    slack = 1e-9 * table.value.abs().clip(lower=1)
    inside = (table.lower_limit <= table.value + slack) & (table.value <= table.upper_limit + slack)
    return inside | table[["value", "lower_limit", "upper_limit"]].isna().any(axis=1)


def _first_line(fault: Exception) -> str:
    return str(fault).strip().splitlines()[0][:160]
