"""The shape every cleaner returns, the small-number rule on its rows, and their estimates."""

from dataclasses import dataclass

import pandas as pd

from darlington_analysis.core.errors import SchemaError
from darlington_analysis.core.settings import SmallNumbers
from darlington_analysis.core.vocabulary import COLUMNS, KEY, Basis, Control, Status
from darlington_analysis.disclosure import suppression
from darlington_analysis.disclosure.constraints import Rule, Sum
from darlington_analysis.sources.indicators import register
from darlington_analysis.sources.register import RawTable, Source
from darlington_analysis.statistics import rates
from darlington_analysis.statistics.ranks import rank_ranges

SET_ASIDE = ["source", "row", "reason"]


@dataclass(frozen=True)
class Cleaned:
    """One family's rows on their way to the one table.

    ``rows`` has the one table's columns and ``is_controlled``: true where a count must still pass
    the gate. ``set_aside`` names raw rows (numbered from 1 below the header) and why each was
    left out. ``checks`` are totals that were compared: what, expected, found. ``totals`` are the
    sums that bind the controlled rows.
    """

    rows: pd.DataFrame
    set_aside: pd.DataFrame
    sources: tuple[Source, ...]
    rows_read: int
    checks: tuple[tuple[str, float, float], ...] = ()
    totals: tuple[Sum, ...] = ()


def sift(raw: RawTable, numbers: list[str], key: list[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return a raw table's rows with numbers as numbers, and the rows set aside with reasons.

    A row is set aside where a number can't be read or is negative. Raises SchemaError where two
    rows that are kept describe the same thing.
    """
    parsed = raw.frame.copy()
    reasons = pd.Series("", index=parsed.index)
    for name in numbers:
        cells = raw.frame[name].str.strip()
        parsed[name] = pd.to_numeric(cells, errors="coerce").astype(float)
        bad = parsed[name].isna() | (parsed[name] < 0) | parsed[name].abs().eq(float("inf"))
        reason = f"its cell of the column {name} is empty or holds no number of 0 or more"
        reasons[bad & reasons.eq("")] = reason
    aside = reasons[reasons.ne("")]
    kept = parsed[reasons.eq("")]
    refuse_doubles(kept, key, raw.source)
    frame = pd.DataFrame(
        {"source": raw.source.path, "row": aside.index + 1, "reason": aside.to_numpy()},
        columns=SET_ASIDE,
    )
    if len(kept) + len(frame) != len(raw.frame):
        raise AssertionError("rows read are not rows kept and rows set aside")
    return kept, frame


def tidy(rows: pd.DataFrame, source: Source, **constants) -> pd.DataFrame:
    """Return rows with every column of the one table, filled from the source and ``constants``.

    ``rows`` brings at least area_code, area_type and numerator with denominator, or value.
    """
    defaults = {
        "breakdown": "all",
        "numerator": float("nan"),
        "denominator": float("nan"),
        "value": float("nan"),
        "lower_limit": float("nan"),
        "upper_limit": float("nan"),
        "confidence": float("nan"),
        "method": "",
        "fit": "exact",
        "share_moved": 0.0,
        "share_left_out": 0.0,
        "sharing_error": 0.0,
        "status": "",
        "basis": source.basis.value,
        "is_dummy": source.is_dummy,
        "source": source.path,
        "vintage": source.vintage,
        "is_controlled": source.control is Control.CONTROLLED,
    }
    columns = [*COLUMNS, "is_controlled"]
    given = defaults | {name: rows[name] for name in columns if name in rows} | constants
    filled = {name: given[name] for name in columns}  # one table made once, not a column at a time
    return pd.DataFrame(filled, index=rows.index).reset_index(drop=True)


def no_set_aside() -> pd.DataFrame:
    """Return an empty list of rows set aside."""
    return pd.DataFrame(columns=SET_ASIDE)


def refuse_doubles(kept: pd.DataFrame, key: list[str], source: Source) -> None:
    """Raise SchemaError where two rows of a source have the same ``key``, and say which."""
    doubled = kept.loc[kept.duplicated(key, keep=False), key]
    if len(doubled):
        first = ", ".join(str(part) for part in doubled.iloc[0])
        raise SchemaError(
            f"data/raw/{source.path} says {first} more than once",
            "Each row describes something else.",
            "take one of the rows out, and update the sidecar's checksum",
        )


def merge(parts: list[Cleaned]) -> Cleaned:
    """Return the rows, sources and checks of several tables as those of one family."""
    return Cleaned(
        rows=stack([part.rows for part in parts]),
        set_aside=stack([part.set_aside for part in parts]),
        sources=tuple(source for part in parts for source in part.sources),
        rows_read=sum(part.rows_read for part in parts),
        checks=tuple(check for part in parts for check in part.checks),
        totals=tuple(total for part in parts for total in part.totals),
    )


def stack(tables: list[pd.DataFrame]) -> pd.DataFrame:
    """Return tables of the one shape under one another."""
    return pd.concat(tables, ignore_index=True)


def left_out(rows: pd.DataFrame, source: Source, reason: str) -> pd.DataFrame:
    """Return rows that were read well and failed a check, as rows set aside with the reason.

    The index of ``rows`` is that of the raw table, from 0.
    """
    return pd.DataFrame(
        {"source": source.path, "row": rows.index + 1, "reason": reason}, columns=SET_ASIDE
    )


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

    The gate sees one indicator at a time. Raises DisclosureError where it can protect no one.
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
    kinds = rows.indicator.map({slug: entry.kind for slug, entry in register().items()})
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
    kinds = rows.indicator.map({slug: entry.kind for slug, entry in register().items()})
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
    kinds = table.indicator.map({slug: entry.kind for slug, entry in register().items()})
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
