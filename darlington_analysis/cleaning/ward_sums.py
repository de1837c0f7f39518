"""Whole LSOAs added up to the wards they lie in, and the sums checked against the borough's."""

import pandas as pd

from darlington_analysis.core.errors import SchemaError
from darlington_analysis.sources.areas import BOROUGH
from darlington_analysis.sources.lineage import Fit


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


def marked(wards: pd.DataFrame, fit: Fit, weights: pd.Series | None = None) -> pd.DataFrame:
    """Return rows of wards with ``fit`` and ``share_moved``.

    ``share_moved``: of the people in a ward's figure, the share who live outside the ward. The
    LSOAs count by ``weights`` (people or homes by LSOA code), or all the same.
    """
    moved = share_moved(fit, weights)
    return wards.assign(fit=fit.kind, share_moved=wards.area_code.map(moved))


def share_moved(fit: Fit, weights: pd.Series | None = None) -> pd.Series:
    """Return, by ward code, the share of the people put into a ward who live outside it."""
    size = pd.Series(1.0, index=fit.ward_of.index)
    if weights is not None:
        size = weights.reindex(fit.ward_of.index).astype(float)
    outside = (size * (1 - fit.share_inside)).groupby(fit.ward_of).sum()
    share = outside / size.groupby(fit.ward_of).sum()
    return share.clip(0, 1).round(4)


def near_borough(places: pd.DataFrame, columns: list[str], slack: float) -> tuple:
    """Return what was checked: how many columns, and how many lie near the borough's own row.

    Raises SchemaError where the wards' sum is further off than ``slack`` (what the publisher's
    perturbing or rounding can explain), and where a ward has no figure to add.
    """
    borough = places[places.area_code == BOROUGH].iloc[0]
    wards = places[places.area_type == "ward"]
    for name in columns:
        found = wards[name].sum(skipna=False)
        if not abs(found - borough[name]) <= slack:
            raise SchemaError(
                f"The wards' {name} add up to {found:g}, the borough's own figure is "
                f"{borough[name]:g}",
                f"They may differ by {slack:g}: the publisher perturbs or rounds small counts.",
                "look for a missing or doubled area in the raw file",
            )
    what = f"columns whose wards are within {slack:g} of the borough"
    return ((what, len(columns), len(columns)),)
