"""The attack for every count that may stand behind a printed total: the worst of them counts.

Whoever audits what is published has no true counts and so does not know a rounded total, but the
reader may: a borough's figure is printed nationally too. A withheld count is protected only if it
is protected whatever the exact total is.
"""

from collections.abc import Sequence

import pandas as pd

from darlington_analysis.errors import ContradictionError
from darlington_analysis.methods import attack
from darlington_analysis.methods.cells import (
    KEY_COLUMNS,
    Known,
    Rule,
    Sum,
    keys_of,
    name,
    readings,
)
from darlington_analysis.methods.figures import from_pool


def worst_case(
    published: pd.DataFrame, totals: Sequence[Sum], rule: Rule, also: Sequence[Known] = ()
) -> pd.DataFrame:
    """Return ``attack.audit`` of each withheld count under the total that narrows it most.

    Arguments and columns are those of ``attack.audit``. Where there are too many known totals to
    try each way (``cells.readings``) one of them at a time is taken as known. Raises
    ``ContradictionError`` where no reading of the totals fits the figures.
    """
    at = [column for column in KEY_COLUMNS if column in published.columns]
    ways = [[*also, *way] for way in _ways(published, totals, rule)]
    found = [_bounds(published, totals, rule, way).assign(way=at) for at, way in enumerate(ways)]
    together = pd.concat(found, ignore_index=True)
    if together.empty and published["numerator"].isna().any():
        raise ContradictionError(
            "The printed figures contradict each other, whatever the totals",
            "sums and figures that are all true of one table",
            "look for a figure of another vintage, or a sum that does not hold",
        )
    worst = together.sort_values(["possible", "way"]).drop_duplicates(at).sort_values(at)
    worst["is_protected"] = (worst["possible"] >= rule.protected_width).astype(bool)
    worst["through"] = [
        "" if row.is_protected else _through(published, totals, rule, row, at, ways)
        for _, row in worst.iterrows()
    ]
    return worst.drop(columns="way").reset_index(drop=True)


def _bounds(published, totals, rule: Rule, also: Sequence[Known]) -> pd.DataFrame:
    """Return the attack's bounds under one reading; no rows where the reading fits no table."""
    try:
        return attack.bounds(published, totals, rule, also=also)
    except ContradictionError:
        return attack.bounds(published[published["numerator"].notna()], [], rule)


def _through(published, totals, rule: Rule, row: pd.Series, at: list[str], ways: list) -> str:
    key = tuple(row[column] for column in at)
    return "; ".join(attack.through(published, totals, rule, key, also=ways[row["way"]]))


def _ways(published: pd.DataFrame, totals: Sequence[Sum], rule: Rule) -> list[list[Known]]:
    """Return, for each reading of the printed totals, what somebody who has read it knows."""
    seen = published[published["numerator"].notna()]
    gate = seen["gate"] if "gate" in seen.columns else pd.Series("rounded", index=seen.index)
    printed = dict(zip(keys_of(seen), seen["numerator"].astype(int), strict=True))
    exact = set(keys_of(seen[gate == "as is"]))
    found = readings(printed, exact, totals, rule) or _one_at_a_time(printed, exact, totals, rule)
    return [
        [from_pool([key], count, f"{name(key)} as known exactly elsewhere") for key, count in way]
        for way in (sorted(each.items(), key=str) for each in found)
    ]


def _one_at_a_time(printed, exact, totals: Sequence[Sum], rule: Rule) -> list[dict]:
    known = sorted({each.total for each in totals if each.is_known} & set(printed), key=str)
    ends = {key: rule.counts_behind(printed[key], key in exact) for key in known}
    return [{key: n} for key, (low, high) in ends.items() for n in range(low, high + 1)]
