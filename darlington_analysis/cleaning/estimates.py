"""Values and limits, made from what the gate let out and from nothing else."""

import pandas as pd

from darlington_analysis.cleaning.indicator_rows import Cleaned
from darlington_analysis.core.settings import SmallNumbers
from darlington_analysis.core.vocabulary import COLUMNS, KEY, Basis, Status
from darlington_analysis.disclosure import suppression
from darlington_analysis.disclosure.constraints import Rule
from darlington_analysis.sources.indicators import register
from darlington_analysis.statistics import rates
from darlington_analysis.statistics.ranks import rank_ranges

_MADE = {"proportion": rates.proportions, "rate": rates.rates}


def small_number_rule(decided: SmallNumbers) -> Rule:
    """Return the council's decision as the rule the gate follows."""
    return Rule(
        decided.withhold_from,
        decided.withhold_to,
        decided.round_to,
        decided.unreliable_under,
        decided.protected_width,
    )


def through_the_gate(cleaned: Cleaned, rule: Rule) -> pd.DataFrame:
    """Return a family's rows: open ones as they are, controlled ones as the gate lets them out.

    The gate sees one indicator at a time. Raises DisclosureError where it can protect nobody.
    """
    is_controlled = cleaned.rows.is_controlled
    let_out = [cleaned.rows[~is_controlled]]
    for _, rows in cleaned.rows[is_controlled].groupby("indicator"):
        gated = suppression.gate(rows.assign(status=""), rule, cleaned.totals)
        # The gate's own c and u say more than the e that a row may have brought.
        let_out.append(gated.assign(status=gated.status.where(gated.status != "", rows.status)))
    return pd.concat(let_out, ignore_index=True)[COLUMNS]


def with_values(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows with value, limits, confidence and method wherever they can be worked out.

    Rows whose publisher printed the value keep it, without limits of ours.
    """
    kinds = rows.indicator.map({slug: each.kind for slug, each in register().items()})
    to_make = rows.value.isna() & kinds.isin(_MADE)
    done = [rows[~to_make]]
    for slug, own in rows[to_make].groupby("indicator", sort=False):
        about = register()[slug]
        done.append(_MADE[about.kind](own, multiplier=about.multiplier))
    return pd.concat(done)[COLUMNS].sort_values(KEY, ignore_index=True)


def rounded_limits(
    counts: pd.Series, values: pd.Series, multiplier: float, rounded_to: int
) -> dict[str, pd.Series | float]:
    """Return lower_limit, upper_limit and confidence of published shares of rounded counts.

    Wilson's limits for chance, of the least and the most people that the count may stand for. The
    people it is out of are not published: they are those that count and share come to.
    """
    people = multiplier * counts / values.where(values > 0)
    least, most = (counts - rounded_to / 2).clip(lower=0), counts + rounded_to / 2
    low, high = (rates.wilson_limits(count, people) for count in (least, most))
    lower = (multiplier * low.lower_limit).set_axis(values.index)
    upper = (multiplier * high.upper_limit).set_axis(values.index)
    return {
        "lower_limit": pd.concat([lower, values], axis=1).min(axis=1, skipna=False),
        "upper_limit": pd.concat([upper, values], axis=1).max(axis=1, skipna=False),
        "confidence": lower.notna().map({True: 0.95, False: float("nan")}),
    }


FEWEST = 30
"""With fewer people or homes, chance alone moves a figure by a third and more."""


def marked_small(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows with "u" where a ward's figure is of few people, and shared out or rounded."""
    kinds = rows.indicator.map({slug: each.kind for slug, each in register().items()})
    is_rough = rows.fit.eq("apportioned") | kinds.eq("published")
    is_few = rows.numerator.lt(FEWEST) & rows.value.notna() & rows.area_type.eq("ward")
    is_open = rows.status.eq(Status.NONE) & ~rows.is_dummy
    return rows.assign(
        status=rows.status.mask(is_rough & is_few & is_open, Status.UNRELIABLE.value)
    )


PLACES_KEY = ["indicator", "period", "area_code"]
PLACES_COLUMNS = [
    *PLACES_KEY,
    "rank",
    "rank_lower",
    "rank_upper",
    "chance_highest",
    "areas_ranked",
    "rank_confidence",
    "rank_method",
]
_COUNTED = ("proportion", "rate")


def rank_wards(table: pd.DataFrame, ward_sets: list[tuple[set[str], int]]) -> pd.DataFrame:
    """Return the rank range of every ward on every indicator that may be ranked.

    An indicator is ranked only where each ward of the set has an observed, reliable, published
    figure: a modelled, withheld, flagged or made-up one in its midst would make a false order.
    1 is the highest value. Each set of wards comes with a year: of the censuses only the newest by
    that year is ranked, as others show change alone.
    """
    kinds = table.indicator.map({slug: each.kind for slug, each in register().items()})
    counted = table[kinds.isin(_COUNTED) & table.area_type.eq("ward")]
    ranked = [
        _ranked(rows)
        for wards, year in ward_sets
        for (slug, period, _), rows in counted[counted.area_code.isin(wards)].groupby(
            ["indicator", "period", "breakdown"]
        )
        if may_be_ranked(rows, len(wards)) and _is_newest(counted, slug, period, year)
    ]
    return pd.concat(ranked, ignore_index=True) if ranked else pd.DataFrame(columns=PLACES_COLUMNS)


def _is_newest(counted: pd.DataFrame, slug: str, period: str, year: int) -> bool:
    if register()[slug].period_kind != "census":
        return True
    kinds = counted.indicator.map({name: about.period_kind for name, about in register().items()})
    censuses = {name for name in counted[kinds == "census"].period if int(name) <= year}
    return period == max(censuses)


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
    return rank_ranges(rows.reset_index(drop=True), statistic=statistic)[PLACES_COLUMNS]
