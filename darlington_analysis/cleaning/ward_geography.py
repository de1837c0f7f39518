"""LSOAs added up to the wards they lie in, or shared out (raked) where they do not nest."""

from functools import lru_cache

import numpy as np
import pandas as pd

from darlington_analysis.cleaning import indicator_rows
from darlington_analysis.core.errors import SchemaError
from darlington_analysis.core.project import Project
from darlington_analysis.sources import lineage, register
from darlington_analysis.sources.lineage import Fit

NEAR = 0.001  # of each total: closer than a published estimate is true
MOST_ROUNDS = 5000
TOLERATED = 0.05
"""Of a column's total: how far shares may miss it where no table meets rows and columns.

That happens where both were counted in different years. Residents whose count was not used in the
fit are missed by as much (docs/ward-fit.md: 5% in the worst ward), so a larger miss means that the
overlaps are wrong, and a smaller one is no worse than the method itself.
"""


def rake(weights: pd.DataFrame, rows: pd.Series, columns: pd.Series) -> pd.DataFrame:
    """Return the share of each row's people in each column; every row adds up to 1.

    ``weights`` is a first guess of the people in each pair (0: they do not overlap), ``rows`` and
    ``columns`` the people each area has. Both add up to the same. Iterative proportional fitting
    (Deming and Stephan 1940): no other table that fits the totals is nearer to the guess in
    relative entropy. Where rows and columns were counted in different years, perhaps no table fits
    both: rows are then met, and columns within ``TOLERATED``. Raises ValueError where the totals
    disagree or no table comes so near to them.
    """
    table = weights.to_numpy(dtype=float, copy=True)
    people = rows.reindex(weights.index).to_numpy(dtype=float)
    wanted = columns.reindex(weights.columns).to_numpy(dtype=float)
    if not np.isclose(people.sum(), wanted.sum(), rtol=NEAR):
        raise ValueError(f"Totals disagree: {people.sum():,.0f} and {wanted.sum():,.0f}.")
    if (table < 0).any() or (table.sum(axis=1) <= 0).any() or (table.sum(axis=0) <= 0).any():
        raise ValueError("Every row and column of the first guess must hold somebody.")
    for _ in range(MOST_ROUNDS):
        table *= (wanted / table.sum(axis=0))[np.newaxis, :]
        table *= (people / table.sum(axis=1))[:, np.newaxis]
        off = np.abs(table.sum(axis=0) / wanted - 1).max()
        if off <= NEAR:
            break
    if off > TOLERATED:
        raise ValueError("No table fits both totals: the overlaps can't be right.")
    shares = table / table.sum(axis=1)[:, np.newaxis]
    return pd.DataFrame(shares, index=weights.index, columns=weights.columns)


def whole_numbers(parts: pd.Series) -> pd.Series:
    """Return parts as whole numbers that add up to their rounded total (largest remainders).

    A null stays null, and is counted as none.
    """
    floor = np.floor(parts)
    left = int(round(parts.sum() - floor.sum()))
    largest = (parts - floor).dropna().nlargest(left).index
    return floor.add(pd.Series(1.0, index=largest).reindex(floor.index, fill_value=0.0))


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
    borough = rows[rows.area_type == "borough"].iloc[0]
    wards = rows[rows.area_type == "ward"]
    checks = tuple((name, borough[name], wards[name].sum(skipna=False)) for name in columns)
    for name, expected, found in checks:
        if found != expected:
            raise SchemaError(
                f"The wards' {name} add up to {found:g}, the borough's own figure is {expected:g}",
                "Whole LSOAs nest in these wards, so the sums must agree.",
                "look for a missing or doubled LSOA in the raw file",
            )
    return checks


def marked(wards: pd.DataFrame, fit: Fit, misses: pd.DataFrame | None) -> pd.DataFrame:
    """Return rows of wards with ``fit``, and with ``share_moved`` and ``share_left_out`` of
    ``best_fit_misses`` where LSOAs do not nest.
    """
    if misses is None:
        return wards.assign(fit=fit.kind)
    missed = misses.reindex(wards.area_code).set_axis(wards.index)
    return wards.assign(fit=fit.kind, **{name: missed[name] for name in missed})


def best_fit_misses(ward_of: pd.Series, parts: pd.DataFrame, people: pd.Series) -> pd.DataFrame:
    """Return share_moved and share_left_out by ward, where each LSOA is put whole in one ward.

    ``share_moved``: of the people put into the ward, the share who live outside it.
    ``share_left_out``: of the people who live in the ward, the share who were put elsewhere.
    ``parts`` are ``shares``, ``people`` residents by LSOA.
    """
    living = parts.mul(people.reindex(parts.index), axis="index")
    put_in = people.reindex(ward_of.index).groupby(ward_of).sum()
    own = living.stack()
    at_home = own.reindex(pd.MultiIndex.from_arrays([ward_of.index, ward_of])).fillna(0.0)
    inside = pd.Series(at_home.to_numpy(), index=ward_of.index).groupby(ward_of).sum()
    missed = {"share_moved": 1 - inside / put_in, "share_left_out": 1 - inside / living.sum()}
    return pd.DataFrame(missed).clip(0, 1).round(4)


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
PARTS = 10
"""As many equal parts of an LSOA are taken to differ as the borough's LSOAs do.

Nothing tells how the people of an LSOA differ from one corner to another. With ten parts, limits
hold 93 to 99 of 100 published ward percentages, of those that chose the number and of others
(docs/ward-fit.md).
"""
# Where residents of LSOAs stand: dataset, its vintage, the column of residents of all ages.
_PEOPLE = {
    "2011": ("residents-lsoas", "mid-2020", "all_ages"),
    "2021": ("census-profile-counts", "2021", "residents_disability_base"),
}


def shares(project: Project, lsoas: str, ward_set: str) -> pd.DataFrame:
    """Return a row an LSOA of a year ("2011", "2021"), a column a ward of the set, rows adding
    up to 1: the share of the LSOA's people who live in the ward.

    There is one set of shares: those of LSOAs of 2011 that give wards their published residents
    of mid-2020, in proportion to the LSOAs' total. LSOAs of 2021 take theirs from the LSOAs of
    2011 that they are, are parts of, or are made of.
    """
    return _shares(project, lsoas, ward_set, register.stamps(project.raw))


@lru_cache(maxsize=8)  # the same shares serve many tables; other raw files have other stamps
def _shares(project: Project, lsoas: str, ward_set: str, _: tuple) -> pd.DataFrame:
    people, pairs = residents(project, lsoas), lineage.split_and_merged(project)
    guess = lineage.overlaps(project, lsoas, ward_set)
    if lsoas == "2011" or pairs is None:
        return share_out(guess, people, _of_wards(project))
    before = shares(project, "2011", ward_set)
    return _carried_on(before, residents(project, "2011"), pairs, guess, people)


def residents(project: Project, lsoas: str) -> pd.Series:
    """Return residents of all ages by LSOA of a year ("2011": those of mid-2020)."""
    dataset, vintage, column = _PEOPLE[lsoas]
    return _of_areas(project, dataset, vintage, "lsoa")[column].astype(float)


def share_out(overlaps: pd.DataFrame, people: pd.Series, wards: pd.Series) -> pd.DataFrame:
    """Return raked shares from overlaps (lsoa_code, ward_code, share) and residents of both."""
    guess = overlaps.pivot(index="lsoa_code", columns="ward_code", values="share").fillna(0.0)
    people = people.reindex(guess.index)
    wanted = wards * people.sum() / wards.sum()
    fitted = rake(guess.mul(people, axis="index"), people, wanted)
    kept = fitted.where(fitted >= LEAST, 0.0)
    return rake(kept.mul(people, axis="index"), people, wanted)


def _carried_on(
    before: pd.DataFrame,
    people_before: pd.Series,
    pairs: pd.DataFrame,
    guess: pd.DataFrame,
    people: pd.Series,
) -> pd.DataFrame:
    """Return the shares of later LSOAs, from those ``before`` of the LSOAs they come from."""
    is_split = pairs.lsoa2011_code.duplicated(keep=False)
    whole = pairs[~is_split].set_index("lsoa2011_code").lsoa2021_code
    counted = before.mul(people_before, axis="index").reindex(whole.index)
    found = [counted.groupby(whole.to_numpy()).sum()]
    for code, children in pairs[is_split].groupby("lsoa2011_code").lsoa2021_code:
        shared = before.loc[code][lambda share: share > 0]
        own = people[list(children)]
        first = guess.pivot(index="lsoa_code", columns="ward_code", values="share").fillna(0.0)
        first = first.reindex(index=own.index, columns=shared.index, fill_value=0.0)
        found.append(rake(first.mul(own, axis="index"), own, shared * own.sum()))
    every = pd.concat(found).fillna(0.0).sort_index()
    every.index.name, every.columns.name = "lsoa_code", "ward_code"
    return every.div(every.sum(axis="columns"), axis="index")


def apportioned_to_wards(
    counts: pd.DataFrame,
    parts: pd.DataFrame,
    columns: list[str],
    people: pd.Series | None = None,
    *,
    is_whole: bool = True,
) -> pd.DataFrame:
    """Return ward sums of shared-out LSOAs, marked, and the wider areas' own rows.

    ``columns``: a count of some, and all people or homes; or one count, with all ``people`` by
    LSOA. Sums are whole numbers that add up to the LSOAs', unless ``is_whole`` is false, as for
    sums of rates. ``share_moved``: of all in a ward's
    figure, the share who come from LSOAs that lie in several wards. ``sharing_error``: that of
    ``sharing_errors``, as a share of the count where there is one column. A ward of which an LSOA
    is missing gets nulls.
    """
    lsoas = counts[counts.area_type == "lsoa"].set_index("area_code").reindex(parts.index)
    lsoas = lsoas[columns].astype(float)
    sums = pd.DataFrame({name: _summed(lsoas[name], parts, is_whole) for name in columns})
    size = lsoas[columns[-1]]
    is_cut = (parts > 0).sum(axis="columns") > 1
    moved = _summed(size.where(is_cut, 0.0), parts, is_whole=False)
    share = moved / _summed(size, parts, is_whole=False)
    errors = 0.0
    if len(columns) == 2:
        errors = sharing_errors(lsoas[columns[0]], size, parts)
    elif people is not None:
        living = _summed(people.reindex(parts.index), parts, is_whole=False)
        of_all = sharing_errors(size, people.reindex(parts.index), parts)
        errors = (of_all * living / sums[columns[0]]).clip(0, 1).round(6)
    wards = sums.assign(
        share_moved=share.clip(0, 1).fillna(0.0).round(4), fit="apportioned", sharing_error=errors
    )
    wards = wards.rename_axis("area_code").reset_index().assign(area_type="ward")
    wider = counts[counts.area_type != "lsoa"][["area_code", "area_type", *columns]]
    wider = wider.assign(fit="exact", share_moved=0.0, sharing_error=0.0)
    return pd.concat([wards, wider], ignore_index=True)


def sharing_errors(some: pd.Series, size: pd.Series, parts: pd.DataFrame) -> pd.Series:
    """Return, by ward, the standard error that sharing out gives its share of ``some`` (0 to 1).

    Sharing out takes an LSOA's people for alike in every corner. If an LSOA is made of ``PARTS``
    parts whose shares spread as those of the borough's LSOAs do (standard deviation s), a ward
    that holds the share h of its n people misses by n * s * sqrt(h * (1 - h) / PARTS) of them.
    """
    known = some.notna() & (size > 0)
    share, weight = (some / size)[known], size[known]
    spread = float((weight * (share - some[known].sum() / weight.sum()) ** 2).sum() / weight.sum())
    missed = (parts * (1 - parts)).mul(size.fillna(0.0) ** 2, axis="index").sum()
    held = parts.mul(size.fillna(0.0), axis="index").sum()
    return ((missed * spread / PARTS) ** 0.5 / held).clip(0, 1).round(6)


def _summed(values: pd.Series, parts: pd.DataFrame, is_whole: bool = True) -> pd.Series:
    sums = parts.mul(values.fillna(0.0), axis="index").sum()
    is_full = ~(parts.gt(0).mul(values.isna(), axis="index")).any()
    return (whole_numbers(sums) if is_whole else sums).where(is_full)


def _of_wards(project: Project) -> pd.Series:
    return _of_areas(project, "residents-mid-year", "mid-2020", "ward").all_ages.astype(float)


def _of_areas(project: Project, dataset: str, vintage: str, area_type: str) -> pd.DataFrame:
    raw = register.open_raw(project, register.find(project, dataset, vintage))
    rows = raw.frame[raw.frame.area_type == area_type]
    indicator_rows.refuse_doubles(rows, ["area_code"], raw.source)
    return rows.set_index("area_code")
