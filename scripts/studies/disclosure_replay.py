"""What somebody learns who runs the gate on every table there could be: tried on small tables."""

from collections import defaultdict
from itertools import product

import pandas as pd

from darlington_analysis.core.errors import DisclosureError
from darlington_analysis.disclosure.constraints import Rule, sums
from darlington_analysis.disclosure.suppression import gate

WARDS, MOST = 3, 16


def replayed(rule: Rule) -> dict[str, int]:
    """Return what replaying leaves of the withheld counts of tables of three wards.

    Every table up to a total of ``MOST`` is gated. Those that print alike, and whose exact total
    is the same, are what the attacker is left with; tables whose total is withheld are left out.
    ``cells`` are withheld counts; ``narrowed`` those that are left too few numbers, ``small`` the
    ones among them that are small, and not there as cover.
    """
    alike = defaultdict(list)
    for counts in product(range(MOST + 1), repeat=WARDS):
        printed = _print(counts, rule) if 0 < sum(counts) <= MOST else (None,)
        if printed[-1] is not None:
            alike[printed, sum(counts)].append(counts)
    cells, narrowed, small = 0, 0, 0
    for (printed, _), tables in alike.items():
        for at in (at for at, count in enumerate(printed[:-1]) if count is None):
            is_narrow = len({counts[at] for counts in tables}) < rule.protected_width
            cells += len(tables)
            narrowed += len(tables) * is_narrow
            small += sum(rule.is_small(counts[at]) for counts in tables) * is_narrow
    return {
        "wards": WARDS,
        "most": MOST,
        "tables": sum(map(len, alike.values())),
        "cells": cells,
        "narrowed": narrowed,
        "narrowed_small": small,
    }


def _print(counts: tuple[int, ...], rule: Rule) -> tuple[int | None, ...]:
    """Return what is printed of a table, its total last; nothing of one that is refused."""
    rows = [(f"W{at}", "P", count) for at, count in enumerate(counts)] + [("B", "P", sum(counts))]
    table = pd.DataFrame(rows, columns=["area_code", "period", "numerator"])
    try:
        out = gate(table, rule, sums(table, "area_code", "B"))["numerator"]
    except DisclosureError:
        return (None,)
    return tuple(None if pd.isna(count) else int(count) for count in out)
