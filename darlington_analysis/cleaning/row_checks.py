"""Checks on rows taken out of a file, before anything is made of them."""

import pandas as pd

from darlington_analysis.catalogue.reading import Reading
from darlington_analysis.errors import SchemaError

KEY = ["indicator", "area_code", "period", "breakdown", "vintage", "measure"]


def check_columns(headers: tuple[str, ...], reading: Reading, name: str) -> None:
    """Raise SchemaError unless every column of a file is declared, and every declared one there."""
    times = reading.times
    used = [*reading.areas.columns, reading.areas.names, times.column, *times.headers,
            *(figure.column for figure in reading.figures), *reading.split_by,
            reading.indicator_column, reading.vintage_column, *reading.left_out]  # fmt: skip
    declared = {column for column in used if column}
    missing = sorted(declared - set(headers))
    strange = [column for column in headers if column not in declared]
    if missing or strange:
        told = f'no column "{missing[0]}"' if missing else f'a column "{strange[0]}" not declared'
        raise SchemaError(
            f"{name}, header: {told[:160]} ({len(missing)} missing, {len(strange)} not declared)",
            "Every column of the file is read, or named in left_out; none is passed over.",
            "compare the header with the sidecar's [reading]",
        )


def refuse_doubles(figures: pd.DataFrame, name: str) -> None:
    """Raise SchemaError where two rows give the same figure."""
    doubled = figures[figures.duplicated(KEY, keep=False)]
    if len(doubled):
        same = doubled[(doubled[KEY] == doubled[KEY].iloc[0]).all(axis=1)]
        rows = " and ".join(str(row) for row in same.row.head(2))
        raise SchemaError(
            f"{name}, rows {rows}: the same figure twice ({same.indicator.iloc[0]}, "
            f"{same.area_code.iloc[0]}, {same.period.iloc[0]})",
            "Each row describes something else.",
            "take one of the rows out, or name the column that parts them in split_by",
        )


def check_expected(kept: int, aside: int, reading: Reading, name: str) -> None:
    """Raise SchemaError where a file has other rows than the person who reviewed it saw."""
    expect = reading.expect
    if expect and (expect.rows_kept, expect.rows_set_aside) != (kept, aside):
        raise SchemaError(
            f"{name}: {kept} rows with figures and {aside} without, "
            f"where its sidecar expects {expect.rows_kept} and {expect.rows_set_aside}",
            "The file is not the one that was reviewed, or an area's code is not what it was.",
            "look at the rows, then correct [reading.expect]",
        )


def refuse_mixed_kinds(figures: pd.DataFrame, name: str) -> None:
    """Raise SchemaError where one series has periods of two kinds (calendar and school years)."""
    kinds = figures.groupby(["indicator", "area_code", "breakdown", "vintage"]).kind.nunique()
    if (kinds > 1).any():
        indicator, area, *_ = kinds[kinds > 1].index[0]
        own = figures[figures.indicator.eq(indicator) & figures.area_code.eq(area)]
        raise SchemaError(
            f"{name}: the series {indicator}, {area} mixes periods: {', '.join(own.kind.unique())}",
            "One series has periods of one kind.",
            "give one of them a slug of its own, or correct [reading.times.shapes]",
        )
