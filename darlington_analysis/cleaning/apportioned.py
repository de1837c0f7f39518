"""Counts of wards that LSOAs do not nest in: each LSOA shared out by where its people live.

The first guess is where an LSOA's output areas and postcodes lie; it is raked until the shares
give every LSOA and every ward the residents that were published for it (docs/ward-fit.md).
"""

import pandas as pd

from darlington_analysis.core.project import Project
from darlington_analysis.sources import lineage, register
from darlington_analysis.statistics import raking

LEAST = 0.01  # a smaller share of an LSOA is noise of the fitting
# Where residents of LSOAs stand: dataset, its vintage, the column of residents of all ages.
_PEOPLE = {
    "2011": ("residents-lsoas", "mid-2020", "all_ages"),
    "2021": ("census-profile-counts", "2021", "residents_disability_base"),
}


def shares(project: Project, lsoas: str) -> pd.DataFrame:
    """Return a row an LSOA of a year ("2011", "2021"), a column a ward since 2015, rows adding
    up to 1: the share of the LSOA's people who live in the ward.

    Wards are given their published residents of mid-2020, in proportion to the LSOAs' total.
    """
    dataset, vintage, column = _PEOPLE[lsoas]
    table = register.open_raw(project, register.find(project, dataset, vintage)).frame
    table = table[table.area_type == "lsoa"].set_index("area_code")
    people = table[column].astype(float)
    return share_out(lineage.overlaps(project, lsoas, lineage.SINCE), people, _of_wards(project))


def share_out(overlaps: pd.DataFrame, people: pd.Series, wards: pd.Series) -> pd.DataFrame:
    """Return raked shares from overlaps (lsoa_code, ward_code, share) and residents of both."""
    guess = overlaps.pivot(index="lsoa_code", columns="ward_code", values="share").fillna(0.0)
    total = people.reindex(guess.index).sum()
    fitted = raking.rake(guess.mul(people, axis="index"), people, wards * total / wards.sum())
    kept = fitted.where(fitted >= LEAST, 0.0)
    return kept.div(kept.sum(axis="columns"), axis="index")


def with_wards(
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
