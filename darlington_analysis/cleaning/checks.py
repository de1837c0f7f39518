"""The schema of the one table; figures that can't be are refused, odd ones named for a person."""

import re
from collections.abc import Iterator
from functools import cache

import pandas as pd
import pandera.pandas as pa

from darlington_analysis.core.errors import SchemaError
from darlington_analysis.core.project import Project
from darlington_analysis.core.settings import load_place
from darlington_analysis.core.vocabulary import (
    AREA_TYPES,
    COLUMNS,
    FITS,
    KEY,
    Basis,
    Status,
    is_missing,
)
from darlington_analysis.sources import areas
from darlington_analysis.sources.gazetteer import Gazetteer
from darlington_analysis.sources.indicators import Indicator, register
from darlington_analysis.sources.sidecars import Source

JUMP = 3.0  # times the period before, for figures that are not registered
MANY = 50.0  # smaller figures may well triple by chance
_MEANS = ("proportion", "rate", "modelled")  # a wider area's lies between those of its parts


def limits_schema(about: Indicator) -> pa.DataFrameSchema:
    """Return what is possible for an indicator's rows: its declared range, parts within wholes."""
    checks = [pa.Check.ge(about.least), pa.Check.le(about.most)]
    number = {"nullable": True, "required": False}
    return pa.DataFrameSchema(
        {
            "value": pa.Column(float, checks, **number),
            "numerator": pa.Column(float, pa.Check.ge(0), **number),
            "denominator": pa.Column(float, pa.Check.gt(0), **number),
        },
        checks=[pa.Check(_part_of_whole, error="a part larger than its whole")]
        if about.kind == "proportion"
        else [],
    )


def refuse_impossible(rows: pd.DataFrame, source: Source) -> None:
    """Raise SchemaError where a declared file's figure can't be, naming area and period.

    Of figures that the register does not know only the limits and their own sum are checked.
    """
    known = register()
    for slug, own in rows.groupby("indicator"):
        if slug in known:
            _validate(own, known[slug], f"data/raw/{source.path}")
    off = rows[(rows.lower_limit > rows.value) | (rows.upper_limit < rows.value)]
    if len(off):
        raise _impossible(off.iloc[0], f"data/raw/{source.path}", "limits that leave it outside")


def check_table(table: pd.DataFrame, ward_sets: list[set[str]]) -> pd.DataFrame:
    """Return the one table. Raises SchemaError where a registered indicator's figure can't be, or
    the borough's lies outside those of all wards of a set.
    """
    known = register()
    for slug, own in table.groupby("indicator"):
        if slug in known:
            _validate(own, known[slug], "The table of indicators")
            if known[slug].kind in _MEANS:
                _refuse_odd_benchmark(own, ward_sets)
    return table


def _refuse_odd_benchmark(rows: pd.DataFrame, ward_sets: list[set[str]]) -> None:
    """A borough's rate is a mean of its wards': it can't be higher or lower than all of them."""
    for _, own in rows.groupby(["period", "breakdown", "vintage"]):
        for wards, borough in _whole_sets(own, ward_sets):
            values, whole = wards.value, borough.value
            if values.isna().any() or pd.isna(whole):
                continue
            if not values.min() <= whole <= values.max():
                fault = f"the borough's {whole:g} lies outside all of its wards'"
                raise _impossible(borough, "The table of indicators", fault)


def _whole_sets(
    rows: pd.DataFrame, ward_sets: list[set[str]]
) -> Iterator[tuple[pd.DataFrame, pd.Series]]:
    """Return the wards of each set that has a row for every ward, with the borough's row."""
    borough = rows[rows.area_type == "borough"]
    for codes in ward_sets:
        wards = rows[rows.area_code.isin(codes)]
        if len(borough) and set(wards.area_code) == codes:
            yield wards, borough.iloc[0]


def sums(rows: pd.DataFrame, ward_sets: list[set[str]]) -> tuple[tuple[str, float, float], ...]:
    """Return what was compared: how many counts there are, and how many wards' sums fit.

    Raises SchemaError where the counts of all wards of a set miss the borough's own by more than a
    tenth (wards by best fit and rounding explain less).
    """
    compared = []
    counts = rows[rows.numerator.notna()]
    for (slug, period, breakdown, _), own in counts.groupby(KEY[:1] + KEY[2:]):
        for wards, borough in _whole_sets(own, ward_sets):
            expected, found = borough.numerator, wards.numerator.sum()
            if abs(found - expected) > 0.1 * max(expected, 10):
                raise SchemaError(
                    f"The wards' {slug} add up to {found:g} in {period} ({breakdown}), the "
                    f"borough's own figure is {expected:g}",
                    "The wards make up the borough.",
                    "look for a ward that is missing or counted twice",
                )
            compared.append((f"{slug}, {period}: wards beside the borough", expected, found))
    return tuple(compared)


def odd(table: pd.DataFrame) -> pd.DataFrame:
    """Return rows of the one table that a person should look at: KEY and ``why``.

    A figure more than its indicator's ``jump`` times the one of the period before, or less than
    that part of it, and a figure that its publisher revised by as much. Made-up figures are passed
    over.
    """
    real = table[~table.is_dummy & table.value.abs().ge(MANY)]
    along = [k for k in KEY if k != "period"]
    release = [k for k in KEY if k != "vintage"]
    found = [
        _jumps(real, along, "period", "the period before"),
        _jumps(real, release, "vintage", "the release before"),
    ]
    return pd.concat(found, ignore_index=True)


def _jumps(rows: pd.DataFrame, within: list[str], over: str, words: str) -> pd.DataFrame:
    ordered = rows[rows.value.notna()].sort_values([*within, over])
    before = ordered.groupby(within, sort=False).value.shift()
    times = ordered.value / before
    jump = ordered.indicator.map({slug: entry.jump for slug, entry in register().items()})
    jump = jump.astype(float).fillna(JUMP)
    odd_ones = ordered[times.gt(jump) | times.lt(1 / jump)]
    why = times[odd_ones.index].map(lambda many: f"{many:.1f} times {words}")
    return odd_ones[KEY].assign(why=why)


def _validate(rows: pd.DataFrame, about: Indicator, where: str) -> None:
    try:
        limits_schema(about).validate(rows, lazy=True)
    except pa.errors.SchemaErrors as fault:
        cases = fault.failure_cases
        index = cases["index"].dropna()
        row = rows.loc[index.iloc[0]] if len(index) else rows.iloc[0]
        raise _impossible(row, where, str(cases.check.iloc[0])) from fault


def _part_of_whole(rows: pd.DataFrame) -> pd.Series:
    both = rows.numerator.notna() & rows.denominator.notna()
    return ~both | (rows.numerator <= rows.denominator)


def _impossible(row: pd.Series, where: str, why: str) -> SchemaError:
    return SchemaError(
        f"{where}: impossible figure for {row.indicator}, {row.area_code}, {row.period}: {why}",
        "Percentages lie between 0 and 100, counts are 0 or more, parts are no larger than wholes.",
        "look at that figure in the file; it may be in another unit (a share is no percentage)",
    )


def refuse_other_places(rows: pd.DataFrame, gazetteer: Gazetteer) -> None:
    """Raise SchemaError where a row of the one table is about an area that is none of ours."""
    for row in rows.drop_duplicates("area_code").itertuples():
        if not gazetteer.has(row.area_code):
            raise SchemaError(
                f"data/raw/{row.source} has figures of {row.area_code}, which is no area of ours",
                "Rows about this council's areas, its region and England.",
                "take the rows of other places out, and update the sidecar's checksum",
            )


def refuse(rows: pd.DataFrame) -> None:
    """Raise SchemaError where two rows of the one table describe the same thing."""
    doubled = rows[rows.duplicated(KEY, keep=False)]
    if doubled.empty:
        return
    first = doubled.iloc[0]
    same = doubled[(doubled[KEY] == first[KEY]).all(axis=1)]
    files = " and ".join(f"data/raw/{path}" for path in dict.fromkeys(same.source))
    times = len(doubled.drop_duplicates(KEY))
    raise SchemaError(
        f"The same figure twice, in {files}: {first.indicator}, {first.area_code}, "
        f"{first.period}, {first.breakdown}, release {first.vintage} ({times} such figures)",
        "One file for each figure of a release; another release of it has another vintage.",
        "take one of the files out, or correct vintage (or the indicator's slug) in its sidecar",
    )


MARK = "b"


def marked(project: Project, table: pd.DataFrame) -> pd.DataFrame:
    """Return the one table with ``b`` on the first figures of later wards, where the same
    indicator has earlier figures of the wards before.

    A figure that has another mark keeps it; made-up figures make no series.
    """
    marked_table = table.copy()
    for wards in load_place(project).ward_sets:
        if wards.predecessor:
            names = (wards.predecessor, wards.id)
            codes = [{ward.code for ward in areas.ward_set(project, name).wards} for name in names]
            _mark(marked_table, *codes)
    return marked_table


def _mark(table: pd.DataFrame, before: set[str], since: set[str]) -> None:
    wards = table[table.area_type.eq("ward") & ~table.is_dummy]
    for _, own in wards.groupby(["indicator", "breakdown"]):
        first = _first(own[own.area_code.isin(since)])
        earlier = _first(own[own.area_code.isin(before)])
        if first and earlier and earlier < first:
            starts = own.area_code.isin(since) & own.period.map(_year).eq(first)
            rows = own[starts & own.status.eq("")].index
            table.loc[rows, "status"] = MARK


def _first(rows: pd.DataFrame) -> int:
    """Return the year of the first period, 0 where there is none."""
    return int(rows.period.map(_year).min()) if len(rows) else 0


def _year(period: str) -> int:
    found = re.search(r"(?:19|20)\d\d", period)
    return int(found[0]) if found else 0


_FIGURES = ("numerator", "denominator", "value", "lower_limit", "upper_limit", "confidence")
_SHARES = ("share_moved", "share_left_out", "sharing_error")
_OTHER_TYPES = dict.fromkeys((*_FIGURES, *_SHARES), float) | {"is_dummy": bool}
TYPES = {name: _OTHER_TYPES.get(name, str) for name in COLUMNS}
"""The type of each column of the one table."""


@cache
def table_schema() -> pa.DataFrameSchema:
    """Return the schema of ``indicators.parquet`` (docs/reference/indicator_table.md)."""
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
    columns = {
        name: pa.Column(kind, checks.get(name), nullable=name in _FIGURES)
        for name, kind in TYPES.items()
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
