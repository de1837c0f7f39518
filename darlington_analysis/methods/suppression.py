"""The one gate for controlled counts: small ones are withheld, the others rounded.

Rates, limits, ranks, colours and sentences must be made from the numerator that comes out of
``gate``. A rate made from the count that went in gives the count away, whatever is withheld here;
``gate`` therefore refuses a table that already carries values or limits.

As few cells as possible are withheld to cover others, then those of the smallest counts, then the
first in order of key; a total only where nothing else will do.

Who is guarded against: somebody who knows the rule, everything printed, every printed total
exactly (``Sum.is_known``) and any other figure listed as ``known``. For that person at least
``protected_width`` whole numbers stay possible for every withheld count. Where withholding cells,
but no totals, can reach it, the same holds for somebody who has even learned which withheld cells
are small and which are there to cover them; reader and attacker are told neither. Zeros are
printed and never serve as cover: who knows the rule knows that a withheld count is not a zero.
Where nothing needed cover this also holds for somebody who runs the gate on every table there
could be; where something did, the choice of cover tells such a person a little more, and how much
is not bounded here.
"""

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd

from darlington_analysis.errors import DisclosureError, SchemaError
from darlington_analysis.methods.cells import Key, Known, Rule, Sum, keys_of, name, sums
from darlington_analysis.methods.cover import Choice, Sight, cover
from darlington_analysis.methods.programme import programme

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
    ``totals`` are the sums that bind its rows (``cells.sums``); ``known`` are true figures that
    the reader has from elsewhere. In the copy ``numerator`` is empty where withheld, else to the
    nearest ``rule.round_to`` (totals as they are where ``exact_totals``); ``status`` is "c" where
    withheld, "u" where the print is under ``rule.unreliable_under``, else what it was; ``gate`` is
    "withheld", "rounded" or "as is". ``secondary=False`` withholds no cover: for tests, and to
    measure what an attack would find. Raises ``SchemaError`` where counts, sums or known figures
    are not what they are said to be, ``DisclosureError`` where no choice of cells protects.
    """
    counts = _counts(table)
    _check_true(counts, totals, known)
    withheld = {key for key, count in counts.items() if rule.is_small(count)}
    if secondary and withheld:
        withheld |= _second(counts, rule, totals, known)
    exact = set(counts) if rule.round_to == 1 else set()
    if exact_totals:
        exact |= {each.total for each in totals}
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
    for each in totals:
        apart = {each.total, *each.parts} - set(counts)
        if apart or counts[each.total] != sum(counts[key] for key in each.parts):
            raise SchemaError(
                f"Not so: {each.says}",
                f"rows of the table that add up{': no ' + name(min(apart)) if apart else ''}",
                "correct the rows, or leave out a sum that does not hold",
            )
    for each in known:
        if not set(each.weights) <= set(counts):
            continue
        reached = sum(weight * counts[key] for key, weight in each.weights.items())
        if not each.lower - 1e-9 <= reached <= each.upper + 1e-9:
            raise SchemaError(f"Not so: {each.says}", "a figure true of the table", "correct it")


def _second(
    counts: dict[Key, int], rule: Rule, totals: Sequence[Sum], known: Sequence[Known]
) -> set[Key]:
    """Return the cells to withhold, small ones and their cover; refuse where none is enough."""
    choice = _choice(counts, rule, totals, known)
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
        for key, is_withheld in zip(choice.informed.shown.keys, withheld, strict=True)
        if is_withheld
    }


def _choice(
    counts: dict[Key, int], rule: Rule, totals: Sequence[Sum], known: Sequence[Known]
) -> Choice:
    """Return what may be withheld second and at what cost, sizes being taken as printed.

    The true size would tell more than print does: that the cell chosen is smaller than its
    neighbours. A total costs more than all other cells together.
    """
    informed = programme(_intervals(counts, rule, totals, rule.withhold_to), totals, known)
    uninformed = programme(_intervals(counts, rule, totals, np.inf), totals, known)
    true = [counts.get(key) for key in informed.keys]
    must = np.array([count is not None and rule.is_small(count) for count in true])
    size = np.array([rule.printed(count or 0) for count in true], dtype=float)
    cost = 1 + size.sum() + size + np.arange(len(true)) / len(true) ** 2
    is_total = np.isin(np.arange(len(true)), [informed.keys.index(each.total) for each in totals])
    return Choice(
        Sight(informed, rule.withhold_to + 1),
        Sight(uninformed, rule.withhold_from, rule.withhold_to),
        must,
        np.array([bool(count) for count in true]) & ~must,
        is_total,
        np.where(is_total, cost * 2 * len(true), cost),
        rule.protected_width,
    )


def _intervals(
    counts: dict[Key, int], rule: Rule, totals: Sequence[Sum], small: float
) -> dict[Key, tuple[float, float]]:
    """Return the interval of each count when only small ones, up to ``small``, are withheld."""
    exact = {each.total for each in totals if each.is_known}
    found = {}
    for key, count in counts.items():
        seen = rule.counts_behind(count if key in exact else rule.printed(count), key in exact)
        found[key] = (rule.withhold_from, small) if rule.is_small(count) else seen
    return found


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
