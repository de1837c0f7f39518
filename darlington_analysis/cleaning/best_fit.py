"""Scores of wards that LSOAs do not nest in, by the publisher's best fit, and sums checked."""

import pandas as pd

from darlington_analysis.catalogue.areas import BOROUGH
from darlington_analysis.catalogue.lineage import Fit
from darlington_analysis.errors import SchemaError


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
