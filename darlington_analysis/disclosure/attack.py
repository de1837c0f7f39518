"""The attack that proves the withholding: how far what is printed narrows a withheld count.

The attacker knows the rule, every printed count with its rounding, the sums that bind counts, and
any other figure given as ``also`` (see ``figures``), and solves whole-number programmes for the
lowest and the highest count each withheld cell can have. ``small`` says what the attacker knows of
the withheld cells themselves:

``None``    nothing: each may be small, or withheld for the sake of a small one it is bound up with
``"all"``   that nothing but small counts is withheld
keys        which ones are small; the others are not (the harshest, for an audit from inside)
"""

from collections.abc import Callable, Collection, Sequence

import numpy as np
import pandas as pd

from darlington_analysis.core.errors import ContradictionError
from darlington_analysis.disclosure.constraints import (
    KEY_COLUMNS,
    Key,
    Known,
    Rule,
    Sum,
    keys_of,
    name,
    readings,
)
from darlington_analysis.disclosure.secondary_suppression import (
    Programme,
    fits,
    how_many,
    possible,
    programme,
)

COUNTED_TO = 2
Small = Collection[Key] | str | None


def bounds(
    published: pd.DataFrame,
    totals: Sequence[Sum],
    rule: Rule,
    *,
    also: Sequence[Known] = (),
    small: Small = None,
) -> pd.DataFrame:
    """Return the tightest whole-number bounds of every withheld count.

    ``published`` is what ``suppression.gate`` let out. One row a withheld cell, in order of key:
    the key columns; ``attacker_min`` and ``attacker_max`` in people (empty where nothing limits
    it); ``possible``, the whole numbers possible between them, counted no further than twice
    ``rule.protected_width``. Raises ``ContradictionError`` where no table fits them.
    """
    attacked = _attacked(intervals(published, rule), totals, rule, also, small)
    withheld = sorted(_withheld(published), key=attacked.keys.index)
    seen, rows = [], []
    for key in withheld:
        ends = possible(attacked, attacked.keys.index(key), COUNTED_TO * rule.protected_width, seen)
        if ends[0] is None:
            raise _contradiction(key)
        rows.append((*key, *ends))
    columns = [column for column in KEY_COLUMNS if column in published.columns]
    table = pd.DataFrame(rows, columns=[*columns, "attacker_min", "attacker_max", "possible"])
    whole = ["attacker_min", "attacker_max", "possible"]
    return table.astype(dict.fromkeys(whole, "Int64"))


def _contradiction(key: Key) -> ContradictionError:
    return ContradictionError(
        f"The printed figures contradict each other at {name(key)}",
        "sums and figures that are all true of one table",
        "look for a figure of another vintage, or a sum that does not hold",
    )


def through(
    published: pd.DataFrame,
    totals: Sequence[Sum],
    rule: Rule,
    key: Key,
    *,
    also: Sequence[Known] = (),
    small: Small = None,
) -> list[str]:
    """Return the figures that together narrow the withheld count at ``key``, none to spare.

    Without any one of them at least ``rule.protected_width`` whole numbers would be possible. An
    empty list means that the count is not narrowed, or that the rule alone narrows it.
    """
    cells, hidden = intervals(published, rule), _withheld(published)

    def is_narrow(facts: list) -> bool:
        shown = {cell: ends for cell, ends in cells.items() if cell in hidden or cell in facts}
        sums, figures = [s for s in totals if s in facts], [f for f in also if f in facts]
        known = _attacked(shown, sums, rule, figures, small)
        left = possible(known, known.keys.index(key), rule.protected_width, [])[2]
        return left < rule.protected_width

    # Figures made from counts come first, so that the counts are what is left to blame.
    facts = [*also, *totals, *(cell for cell in cells if cell not in hidden)]
    nearest = _nearest(key, facts)
    needed = _needed(nearest if is_narrow(nearest) else facts, is_narrow)
    return [_says(fact) for fact in needed]


def _needed(facts: list, is_narrow: Callable[[list], bool]) -> list:
    """Return facts that narrow together, none of which can be spared; none if they do not."""
    if not is_narrow(facts):
        return []
    for size in (32, 8, 1):
        for block in [facts[at : at + size] for at in range(0, len(facts), size)]:
            fewer = [fact for fact in facts if fact not in block]
            facts = fewer if is_narrow(fewer) else facts
    return facts


def _nearest(key: Key, facts: Sequence[Key | Sum | Known]) -> list:
    """Return the sums and figures that name a key, and what else is known of the cells in them."""
    near = [fact for fact in facts if key in _named(fact)]
    cells = {cell for fact in near for cell in _named(fact)}
    return [fact for fact in facts if set(_named(fact)) <= cells]


def _named(fact: Key | Sum | Known) -> Collection[Key]:
    """Return the keys that a fact is about."""
    if isinstance(fact, Sum):
        return (fact.total, *fact.parts)
    return fact.weights if isinstance(fact, Known) else (fact,)


def audit(
    published: pd.DataFrame,
    totals: Sequence[Sum],
    rule: Rule,
    *,
    also: Sequence[Known] = (),
    small: Small = None,
) -> pd.DataFrame:
    """Return ``bounds`` with ``is_protected`` and ``through``: what to blame, empty if nothing.

    The table holds no true count, only what any reader could work out, and may be printed itself
    unless ``small`` told the attacker more than is printed.
    """
    table = bounds(published, totals, rule, also=also, small=small)
    table["is_protected"] = (table["possible"] >= rule.protected_width).astype(bool)
    columns = [column for column in KEY_COLUMNS if column in table.columns]
    keys = table[columns].itertuples(index=False, name=None)
    table["through"] = [
        "" if safe else "; ".join(through(published, totals, rule, key, also=also, small=small))
        for key, safe in zip(keys, table["is_protected"], strict=True)
    ]
    return table


def _withheld(published: pd.DataFrame) -> set[Key]:
    is_withheld = published["numerator"].isna()
    return set(keys_of(published[is_withheld]))


def intervals(published: pd.DataFrame, rule: Rule) -> dict[Key, tuple[float, float]]:
    """Return the lowest and highest count of each cell as it stands: a withheld one may be large."""
    gate = published["gate"] if "gate" in published.columns else "rounded"
    exact = pd.Series(gate, index=published.index) == "as is"
    rows = zip(keys_of(published), published["numerator"], exact, strict=True)
    return {key: rule.behind(printed, bool(is_exact)) for key, printed, is_exact in rows}


def _attacked(cells, totals, rule: Rule, also, small: Small) -> Programme:
    """Return the programme over the cells known, by what is known of the withheld ones."""
    hidden = {key for key, (_, upper) in cells.items() if np.isinf(upper)}
    small_keys = hidden if isinstance(small, str) else set(small or ())
    cells = dict(cells)
    if small is not None:
        large = (rule.withhold_to + 1, np.inf)
        tight = (rule.withhold_from, rule.withhold_to)
        cells |= {key: tight if key in small_keys else large for key in hidden}
    known = programme(cells, totals, also)
    if small is not None:
        return known
    return known.grouped(np.array([key in hidden for key in known.keys]), rule.withhold_to)


def _says(fact: Key | Sum | Known) -> str:
    return f"the count of {name(fact)}" if isinstance(fact, tuple) else fact.says


def worst_case(
    published: pd.DataFrame, totals: Sequence[Sum], rule: Rule, also: Sequence[Known] = ()
) -> pd.DataFrame:
    """Return ``attack.audit`` of each withheld count under the total that narrows it most.

    Arguments and columns are those of ``attack.audit``. Where there are too many known totals to
    try each way (``constraints.readings``) one of them at a time is taken as known. Raises
    ``ContradictionError`` where no reading of the totals fits the figures.
    """
    at = [column for column in KEY_COLUMNS if column in published.columns]
    ways = [[*also, *way] for way in _ways(published, totals, rule)]
    met: list[np.ndarray] = []
    counts = [_how_many(published, totals, rule, way, met) for way in ways]
    hidden = _withheld(published)
    if hidden and not any(counts):
        raise ContradictionError(
            "The printed figures contradict each other, whatever the totals",
            "sums and figures that are all true of one table",
            "look for a figure of another vintage, or a sum that does not hold",
        )
    worst_way = {
        key: min((count[key], way) for way, count in enumerate(counts) if count)[1]
        for key in hidden
    }
    tables = [
        bounds(published, totals, rule, also=ways[way]).assign(way=way)
        for way in sorted({*worst_way.values()} or {0})
    ]
    together = pd.concat(tables, ignore_index=True)
    keys = together[at].itertuples(index=False, name=None)
    is_worst = [worst_way[key] == way for key, way in zip(keys, together["way"], strict=True)]
    worst = together.loc[np.array(is_worst, dtype=bool)].sort_values(at)  # none: every column stays
    worst["is_protected"] = (worst["possible"] >= rule.protected_width).astype(bool)
    worst["through"] = [
        "" if row.is_protected else _through(published, totals, rule, row, at, ways)
        for _, row in worst.iterrows()
    ]
    return worst.drop(columns="way").reset_index(drop=True)


def _how_many(
    published, totals, rule: Rule, also: Sequence[Known], met: list[np.ndarray]
) -> dict[Key, int]:
    """Return how many numbers are possible for each withheld count; none where no table fits.

    ``met`` collects solutions under all readings: one that fits another reading too needs no
    second search.
    """
    attacked = _attacked(intervals(published, rule), totals, rule, also, None)
    seen = [solution for solution in met if fits(attacked, solution)]
    known, counts = len(seen), {}
    for key in sorted(_withheld(published), key=attacked.keys.index):
        at = attacked.keys.index(key)
        counts[key] = how_many(attacked, at, COUNTED_TO * rule.protected_width, seen)
        if not counts[key]:
            return {}
    met += seen[known:]
    return counts


def _through(published, totals, rule: Rule, row: pd.Series, at: list[str], ways: list) -> str:
    key = tuple(row[column] for column in at)
    return "; ".join(through(published, totals, rule, key, also=ways[row["way"]]))


def _ways(published: pd.DataFrame, totals: Sequence[Sum], rule: Rule) -> list[list[Known]]:
    """Return, for each reading of the printed totals, what somebody who has read it knows."""
    seen = published[published["numerator"].notna()]
    gate = seen["gate"] if "gate" in seen.columns else pd.Series("rounded", index=seen.index)
    printed = dict(zip(keys_of(seen), seen["numerator"].astype(int), strict=True))
    exact = set(keys_of(seen[gate == "as is"]))
    ways = readings(printed, exact, totals, rule) or _one_at_a_time(printed, exact, totals, rule)
    return [
        [Known({key: 1.0}, count, count, f"the exact total {name(key)}") for key, count in way]
        for way in (sorted(reading.items(), key=str) for reading in ways)
    ]


def _one_at_a_time(printed, exact, totals: Sequence[Sum], rule: Rule) -> list[dict]:
    known = sorted({total.total for total in totals if total.is_known} & set(printed), key=str)
    ends = {key: rule.counts_behind(printed[key], key in exact) for key in known}
    return [{key: n} for key, (low, high) in ends.items() for n in range(low, high + 1)]
