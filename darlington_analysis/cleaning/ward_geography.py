"""Whole LSOAs added up to the wards they lie in, and the sums checked against the borough's."""

import pandas as pd

from darlington_analysis.core.errors import SchemaError
from darlington_analysis.core.project import Project
from darlington_analysis.sources import lineage, register
from darlington_analysis.sources.lineage import Fit
from darlington_analysis.statistics import raking


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


def borough_checks(
    rows: pd.DataFrame, columns: list[str], slack: float | None = 0
) -> tuple[tuple[str, float, float], ...]:
    """Return what, expected (the borough's own row) and found (the wards' sum) a column.

    Raises SchemaError where they differ by more than ``slack`` (None: they may), and where a ward
    has no figure to add.
    """
    if slack is None:
        return ()
    borough = rows[rows.area_type == "borough"].iloc[0]
    wards = rows[rows.area_type == "ward"]
    checks = tuple((name, borough[name], wards[name].sum(skipna=False)) for name in columns)
    for name, expected, found in checks:
        if not abs(found - expected) <= slack:
            raise SchemaError(
                f"The wards' {name} add up to {found:g}, the borough's own figure is {expected:g}",
                "Whole LSOAs nest in these wards, so the sums must agree.",
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
    borough = places[places.area_type == "borough"].iloc[0]
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


LEAST = 0.01  # a smaller share of an LSOA is noise of the fitting
# Where residents of LSOAs stand: dataset, its vintage, the column of residents of all ages.
_PEOPLE = {
    "2011": ("residents-lsoas", "mid-2020", "all_ages"),
    "2021": ("census-profile-counts", "2021", "residents_disability_base"),
}


def shares(project: Project, lsoas: str, ward_set: str) -> pd.DataFrame:
    """Return a row an LSOA of a year ("2011", "2021"), a column a ward of the set, rows adding
    up to 1: the share of the LSOA's people who live in the ward.

    Wards are given their published residents of mid-2020, in proportion to the LSOAs' total.
    """
    dataset, vintage, column = _PEOPLE[lsoas]
    table = register.open_raw(project, register.find(project, dataset, vintage)).frame
    table = table[table.area_type == "lsoa"].set_index("area_code")
    people = table[column].astype(float)
    return share_out(lineage.overlaps(project, lsoas, ward_set), people, _of_wards(project))


def share_out(overlaps: pd.DataFrame, people: pd.Series, wards: pd.Series) -> pd.DataFrame:
    """Return raked shares from overlaps (lsoa_code, ward_code, share) and residents of both."""
    guess = overlaps.pivot(index="lsoa_code", columns="ward_code", values="share").fillna(0.0)
    total = people.reindex(guess.index).sum()
    fitted = raking.rake(guess.mul(people, axis="index"), people, wards * total / wards.sum())
    kept = fitted.where(fitted >= LEAST, 0.0)
    return kept.div(kept.sum(axis="columns"), axis="index")


def apportioned_to_wards(
    counts: pd.DataFrame, parts: pd.DataFrame, columns: list[str], weight: str
) -> pd.DataFrame:
    """Return ward sums of shared-out LSOAs, marked, and the wider areas' own rows.

    Sums are whole numbers that add up to the LSOAs'. ``share_moved``: of the people (``weight``)
    in a ward's figure, the share who come from LSOAs that lie in several wards. A ward of which an
    LSOA is missing gets nulls.
    """
    lsoas = counts[counts.area_type == "lsoa"].set_index("area_code").reindex(parts.index)
    sums = pd.DataFrame({name: _summed(lsoas[name].astype(float), parts) for name in columns})
    size = lsoas[weight].astype(float)
    is_cut = (parts > 0).sum(axis="columns") > 1
    moved = _summed(size.where(is_cut, 0.0), parts, is_whole=False)
    share = moved / _summed(size, parts, is_whole=False)
    wards = sums.assign(share_moved=share.clip(0, 1).round(4), fit="apportioned")
    wards = wards.rename_axis("area_code").reset_index().assign(area_type="ward")
    wider = counts[counts.area_type != "lsoa"][["area_code", "area_type", *columns]]
    return pd.concat([wards, wider.assign(fit="exact", share_moved=0.0)], ignore_index=True)


def _summed(values: pd.Series, parts: pd.DataFrame, is_whole: bool = True) -> pd.Series:
    sums = parts.mul(values.fillna(0.0), axis="index").sum()
    is_full = ~(parts.gt(0).mul(values.isna(), axis="index")).any()
    return (raking.whole_numbers(sums) if is_whole else sums).where(is_full)


def _of_wards(project: Project) -> pd.Series:
    raw = register.open_raw(project, register.find(project, "residents-mid-year", "mid-2020")).frame
    wards = raw[raw.area_type == "ward"].set_index("area_code")
    return wards.all_ages.astype(float)
