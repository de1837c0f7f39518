"""Rank ranges of wards, worked out once for all of them, from what the gate let out."""

import pandas as pd

from darlington_analysis.catalogue.indicators import register
from darlington_analysis.catalogue.vocabulary import Basis, Status
from darlington_analysis.methods.ranks import rank_ranges

KEY = ["indicator", "period", "area_code"]
COLUMNS = [*KEY, "rank", "rank_lower", "rank_upper", "chance_highest", "areas_ranked",
           "rank_confidence", "rank_method"]  # fmt: skip
_COUNTED = ("proportion", "rate")


def rank_wards(table: pd.DataFrame, ward_sets: list[set[str]]) -> pd.DataFrame:
    """Return the rank range of every ward on every indicator that may be ranked.

    An indicator is ranked only where each ward of the set has an observed, reliable, published
    figure: a modelled, withheld, flagged or made-up one in its midst would make a false order.
    1 is the highest value.
    """
    kinds = table.indicator.map({slug: each.kind for slug, each in register().items()})
    counted = table[kinds.isin(_COUNTED) & table.area_type.eq("ward")]
    ranked = [
        _ranked(rows[rows.area_code.isin(wards)])
        for wards in ward_sets
        for _, rows in counted.groupby(["indicator", "period", "breakdown"])
        if may_be_ranked(rows[rows.area_code.isin(wards)], len(wards))
    ]
    return pd.concat(ranked, ignore_index=True) if ranked else pd.DataFrame(columns=COLUMNS)


def may_be_ranked(rows: pd.DataFrame, wards: int) -> bool:
    """True where every ward has a real, observed, reliable figure to be ranked by.

    A range of places allows for chance alone, so figures of LSOAs that do not nest get none.
    """
    good = (
        rows.basis.eq(Basis.OBSERVED)
        & ~rows.is_dummy
        & rows.status.isin([Status.NONE, Status.BREAK])
        & rows.fit.eq("exact")
    )
    return len(rows) == wards and bool((good & rows.numerator.notna()).all())


def _ranked(rows: pd.DataFrame) -> pd.DataFrame:
    statistic = register()[rows.indicator.iloc[0]].kind
    return rank_ranges(rows.reset_index(drop=True), statistic=statistic)[COLUMNS]
