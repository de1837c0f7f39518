"""Whole LSOAs added up to the wards they lie in, and the sums checked against the borough's."""

import pandas as pd

from darlington_analysis.catalogue.areas import BOROUGH
from darlington_analysis.errors import SchemaError


def sum_to_wards(counts: pd.DataFrame, ward_of: pd.Series, columns: list[str]) -> pd.DataFrame:
    """Return area_code, area_type and the summed columns: one row a ward.

    A ward of which an LSOA is missing gets nulls, never a sum of the rest.
    """
    lsoas = counts.set_index("area_code").reindex(ward_of.index)[columns]
    sums = lsoas.groupby(ward_of).sum(min_count=1)
    complete = lsoas.notna().groupby(ward_of).all()
    wards = sums.where(complete).rename_axis("area_code").reset_index()
    return wards.assign(area_type="ward")


def with_wards(counts: pd.DataFrame, ward_of: pd.Series, columns: list[str]) -> pd.DataFrame:
    """Return the ward sums together with the borough's, region's and country's own rows."""
    wards = sum_to_wards(counts[counts.area_type == "lsoa"], ward_of, columns)
    wider = counts[counts.area_type != "lsoa"][["area_code", "area_type", *columns]]
    return pd.concat([wards, wider], ignore_index=True)


def borough_checks(rows: pd.DataFrame, columns: list[str]) -> tuple[tuple[str, float, float], ...]:
    """Return what, expected (the borough's own row) and found (the wards' sum) a column.

    Raises SchemaError where they differ, and where a ward has no figure to add.
    """
    borough = rows[rows.area_code == BOROUGH].iloc[0]
    wards = rows[rows.area_type == "ward"]
    checks = tuple((name, borough[name], wards[name].sum(skipna=False)) for name in columns)
    for name, expected, found in checks:
        if found != expected:
            raise SchemaError(
                f"The wards' {name} add up to {found:g}, the borough's own figure is {expected:g}",
                "Whole LSOAs nest in the wards of 2003 to 2015, so the sums must agree.",
                "look for a missing or doubled LSOA in the raw file",
            )
    return checks
