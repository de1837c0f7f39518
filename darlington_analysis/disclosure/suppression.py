"""The one gate for controlled counts: small ones are withheld, the others rounded.

Rates, limits, ranks, colours and sentences must be made from the numerator that comes out of
``gate``. A rate made from the count that went in gives the count away, whatever is withheld here;
``gate`` therefore refuses a table that already carries values or limits.

As few cells as possible are withheld to cover others, then those of the smallest counts, then the
first in order of key; a total only where nothing else will do.

Who is guarded against: somebody who knows the rule, everything printed, every printed total
exactly (``Sum.is_known``) and any other figure listed as ``known``. For that person at least
``protected_width`` whole numbers stay possible for every withheld count. Totals are guarded for
every count that their print leaves possible, so that an audit can prove the protection from what
is published, without the true counts; where a table has too many known totals to try each way
(``constraints.readings``), for the true ones only.

What is not promised (`docs/disclosure.md` says what was tried). Somebody who has also learned which
withheld cells are small is kept out only where withholding cells, but no totals, can do it: in a
table with totals both ways often not. Somebody who knows one withheld count works the others out as
far as the sums allow. And somebody who runs this gate on every table there could be, and strikes
out those it would have printed otherwise, learns something from the choice of cover; how much is
not bounded. Zeros are printed and never cover: a withheld count is not a zero.
"""

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd

from darlington_analysis.core.errors import DisclosureError, SchemaError
from darlington_analysis.disclosure.constraints import (
    Key,
    Known,
    Rule,
    Sum,
    keys_of,
    name,
    readings,
    sums,
)
from darlington_analysis.disclosure.secondary_suppression import Choice, Sight, cover, programme

__all__ = ["Known", "Rule", "Sum", "gate", "sums"]

MADE_FROM_COUNTS = ("value", "lower_limit", "upper_limit")


def gate(
    table: pd.DataFrame,
    rule: Rule,
    totals: Sequence[Sum] = (),
    *,
    exact_totals: bool = False,
    secondary: bool = True,
    known: Sequence[Known] = (),
) -> pd.DataFrame:
    """Return a copy of ``table`` whose numerators may be published.

    ``table`` has area_code, period and numerator (true counts of people), and may have breakdown.
    ``totals`` are the sums that bind its rows (``constraints.sums``); ``known`` are true figures that
    the reader has from elsewhere. In the copy ``numerator`` is empty where withheld, else to the
    nearest ``rule.round_to`` (totals as they are where ``exact_totals``); ``status`` is "c" where
    withheld, "u" where the print is under ``rule.unreliable_under``, else what it was; ``gate`` is
    "withheld", "rounded" or "as is". ``secondary=False`` withholds no cover: for tests, and to
    measure what an attack would find. Raises ``SchemaError`` where counts, sums or known figures
    are not what they are said to be, ``DisclosureError`` where no choice of cells protects,
    ``UsageError`` where the rule's rounding gives away what it withholds.
    """
    rule.refuse_telling_rounding()
    counts = _counts(table)
    _check_true(counts, totals, known)
    withheld = {key for key, count in counts.items() if rule.is_small(count)}
    exact = set(counts) if rule.round_to == 1 else set()
    if exact_totals:
        exact |= {relation.total for relation in totals}
    if secondary and withheld:
        withheld |= _second(counts, rule, totals, known, exact)
    return _printed(table, rule, withheld, exact)


def _counts(table: pd.DataFrame) -> dict[Key, int]:
    """Return the true count of each key."""
    keys = keys_of(table)
    carried = [c for c in MADE_FROM_COUNTS if c in table.columns and table[c].notna().any()]
    if carried:
        raise DisclosureError(
            f"The table to be gated already has {', '.join(carried)}",
            "true counts only: values and limits are made from what the gate let out",
            "gate first, then work out rates and limits",
        )
    counts = pd.to_numeric(table["numerator"], errors="coerce")
    if counts.isna().any() or (counts < 0).any() or (counts % 1 != 0).any():
        raise SchemaError(
            "A numerator is missing, negative or not a whole number",
            "a whole number of people, 0 or more, in every row",
            "set rows without a count aside before the gate",
        )
    return dict(zip(keys, counts.astype(int).tolist(), strict=True))


def _check_true(counts: dict[Key, int], totals: Collection[Sum], known: Collection[Known]) -> None:
    """Raise ``SchemaError`` where a sum or known figure does not hold for the true counts."""
    for relation in totals:
        apart = {relation.total, *relation.parts} - set(counts)
        if apart or counts[relation.total] != sum(counts[key] for key in relation.parts):
            raise SchemaError(
                f"Not so: {relation.says}",
                f"rows of the table that add up{': no ' + name(min(apart)) if apart else ''}",
                "correct the rows, or leave out a sum that does not hold",
            )
    for figure in known:
        if not set(figure.weights) <= set(counts):
            continue
        reached = sum(weight * counts[key] for key, weight in figure.weights.items())
        if not figure.lower - 1e-9 <= reached <= figure.upper + 1e-9:
            raise SchemaError(f"Not so: {figure.says}", "a figure true of the table", "correct it")


def _second(
    counts: dict[Key, int],
    rule: Rule,
    totals: Sequence[Sum],
    known: Sequence[Known],
    exact: set[Key],
) -> set[Key]:
    """Return the cells to withhold, small ones and their cover; refuse where none is enough."""
    choice = _choice(counts, rule, totals, known, exact)
    withheld = cover(choice)
    if withheld is None:
        small = sum(rule.is_small(count) for count in counts.values())
        raise DisclosureError(
            f"No choice of cells to withhold protects the {small} small counts of this table",
            f"at least {rule.protected_width} whole numbers possible for each withheld count",
            "publish a longer period or larger areas, or no figures of this table at all",
        )
    return {
        key
        for key, is_withheld in zip(choice.informed[0].shown.keys, withheld, strict=True)
        if is_withheld
    }


def _choice(
    counts: dict[Key, int],
    rule: Rule,
    totals: Sequence[Sum],
    known: Sequence[Known],
    exact: set[Key],
) -> Choice:
    """Return what may be withheld second and at what cost, sizes being taken as printed.

    The true size would tell more than print does: that the cell chosen is smaller than its
    neighbours. A total costs more than all other cells together.
    """
    informed, uninformed = (
        [
            programme(interval, totals, known)
            for interval in _intervals(counts, rule, totals, exact, small)
        ]
        for small in (rule.withhold_to, np.inf)
    )
    keys = informed[0].keys
    true = [counts.get(key) for key in keys]
    must = np.array([count is not None and rule.is_small(count) for count in true])
    size = np.array([rule.printed(count or 0) for count in true], dtype=float)
    cost = 1 + size.sum() + size + np.arange(len(true)) / len(true) ** 2
    is_total = np.isin(np.arange(len(true)), [keys.index(relation.total) for relation in totals])
    return Choice(
        tuple(Sight(view, rule.withhold_to + 1) for view in informed),
        tuple(Sight(view, rule.withhold_from, rule.withhold_to) for view in uninformed),
        must,
        np.array([bool(count) for count in true]) & ~must,
        is_total,
        np.where(is_total, cost * 2 * len(true), cost),
        rule.protected_width,
    )


def _intervals(
    counts: dict[Key, int], rule: Rule, totals: Sequence[Sum], exact: set[Key], small: float
) -> list[dict[Key, tuple[float, float]]]:
    """Return the intervals of the counts when only small ones, up to ``small``, are withheld.

    One set of them for each reading of the totals; for the true totals where there are too many.
    """
    shown = {key: count for key, count in counts.items() if not rule.is_small(count)}
    printed = {key: count if key in exact else rule.printed(count) for key, count in shown.items()}
    seen = {key: rule.counts_behind(count, key in exact) for key, count in printed.items()}
    seen |= dict.fromkeys(set(counts) - set(shown), (rule.withhold_from, small))
    known = {relation.total for relation in totals if relation.is_known} & set(shown)
    ways = readings(printed, exact, totals, rule) or [{key: counts[key] for key in known}]
    return [seen | {key: (count, count) for key, count in way.items()} for way in ways]


def _printed(table: pd.DataFrame, rule: Rule, withheld: set[Key], exact: set[Key]) -> pd.DataFrame:
    """Return the copy; status and gate tell no more than the printed count does."""
    keys, out = keys_of(table), table.copy()
    is_withheld = pd.Series([key in withheld for key in keys], index=table.index, dtype=bool)
    is_exact = pd.Series([key in exact for key in keys], index=table.index, dtype=bool)
    counts = pd.to_numeric(table["numerator"]).astype("Int64")
    printed = counts.map(rule.printed).astype("Int64").where(~is_exact, counts)
    out["numerator"] = printed.mask(is_withheld)
    before = table["status"].fillna("") if "status" in table.columns else ""
    status = pd.Series(before, index=table.index, dtype=object)
    status = status.mask((status == "") & (printed < rule.unreliable_under), "u")
    out["status"] = status.mask(is_withheld, "c")
    as_is = is_exact | (printed == 0)
    out["gate"] = pd.Series("rounded", index=table.index, dtype=object).mask(as_is, "as is")
    out["gate"] = out["gate"].mask(is_withheld, "withheld")
    return out
