"""Counts as cells: the small-number rule, how a count is printed, and the sums that bind cells."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import inf

import numpy as np
import pandas as pd

from darlington_analysis.core.errors import SchemaError, UsageError

KEY_COLUMNS = ("area_code", "period", "breakdown")
Key = tuple
READINGS = 25  # two totals to the nearest five; more of them are too many to try each way


@dataclass(frozen=True)
class Rule:
    """The small-number rule; every number is a count of people.

    Counts from ``withhold_from`` to ``withhold_to`` are withheld; other counts are rounded to the
    nearest ``round_to`` (half up); printed counts under ``unreliable_under`` are flagged; at least
    ``protected_width`` whole numbers must remain possible for each withheld count. Raises
    ``UsageError`` where no table could keep such a rule.
    """

    withhold_from: int = 1
    withhold_to: int = 7
    round_to: int = 5
    unreliable_under: int = 20
    protected_width: int = 5

    def __post_init__(self):
        if self.withhold_from not in (0, 1):
            raise _unusable(f"withhold_from = {self.withhold_from}", "0 or 1: nothing under it")
        if self.round_to < 1:
            raise _unusable(f"round_to = {self.round_to}", "1 (no rounding) or more")
        if self.withhold_to < max(self.withhold_from, (self.round_to - 1) // 2):
            raise _unusable(f"withhold_to = {self.withhold_to}", "no printed count rounds to 0")
        if self.withhold_to - self.withhold_from + 1 < self.protected_width:
            raise _unusable(
                f"withholding {self.withhold_from} to {self.withhold_to}",
                f"an interval of at least protected_width = {self.protected_width} whole numbers",
            )

    def refuse_telling_rounding(self) -> None:
        """Raise ``UsageError`` where the first printed number stands for fewer counts than others.

        An earlier edition may have been rounded so; no new table is.
        """
        first, after = self.withhold_to + 1, self.printed(self.withhold_to + 1)
        if first != after - self.round_to // 2:
            raise _unusable(
                f"withhold_to = {self.withhold_to} with round_to = {self.round_to}",
                f"the first count that is printed, {first}, begins those that are printed as {after}: "
                f"so few stand behind a printed {after} otherwise that rounding gives them away",
            )

    def is_small(self, count: int) -> bool:
        """Return whether a count is withheld for its own size."""
        return self.withhold_from <= count <= self.withhold_to

    def printed(self, count: int) -> int:
        """Return a count as it is printed: to the nearest ``round_to``, half up."""
        return (2 * count + self.round_to) // (2 * self.round_to) * self.round_to

    def counts_behind(self, printed: int, is_exact: bool = False) -> tuple[int, int]:
        """Return the lowest and highest count that a reader can suppose behind a printed one."""
        step = 1 if is_exact else self.round_to
        if printed == 0:
            return 0, 0
        return max(printed - step // 2, self.withhold_to + 1), printed + (step - 1) // 2

    def behind(self, printed: object, is_exact: bool = False) -> tuple[float, float]:
        """Return the counts behind a cell: a withheld one, which is missing, may be large."""
        if pd.isna(printed):
            return self.withhold_from, inf
        return self.counts_behind(int(printed), is_exact)


@dataclass(frozen=True)
class Sum:
    """A total and the parts that add up to it, each by its key in the table.

    ``is_known`` says that the total, where it is printed, must be taken to be known exactly from
    elsewhere (a borough's figure is printed nationally too), however it is rounded here.
    """

    total: Key
    parts: tuple[Key, ...]
    is_known: bool = True

    @property
    def says(self) -> str:
        """Return the relation in words."""
        return f"{name(self.total)} is the sum of its {len(self.parts)} parts"


@dataclass(frozen=True)
class Known:
    """A figure somebody has seen: lower <= the sum of weight x count <= upper.

    ``weights`` maps keys to weights; ``says`` names the figure for the reader of an audit.
    """

    weights: Mapping[Key, float]
    lower: float
    upper: float
    says: str


def readings(
    printed: Mapping[Key, int], exact: Collection[Key], totals: Sequence[Sum], rule: Rule
) -> list[dict[Key, int]]:
    """Return every way to read the printed totals that must be taken to be known exactly.

    ``printed`` maps the keys that are shown to their print; ``exact`` are those printed as they
    are. Each reading gives every such total one of the counts behind its print. An empty list
    means that there are more than ``READINGS`` ways.
    """
    known = sorted(
        {relation.total for relation in totals if relation.is_known} & set(printed), key=order
    )
    ends = [rule.counts_behind(printed[key], key in exact) for key in known]
    ways = 1
    for lower, upper in ends:
        ways *= upper - lower + 1
    if ways > READINGS:
        return []
    counts = product(*(range(lower, upper + 1) for lower, upper in ends))
    return [dict(zip(known, row, strict=True)) for row in counts]


def _unusable(what: str, expected: str) -> UsageError:
    return UsageError(f"The small-number rule cannot work: {what}", expected, "correct the rule")


def name(key: Key) -> str:
    """Return a key in words."""
    return ", ".join(str(part) for part in key)


def keys_of(table: pd.DataFrame) -> list[Key]:
    """Return the key of each row: area_code and period, and breakdown where there is one.

    Raises ``SchemaError`` where a key column is missing or a key stands twice.
    """
    missing = {"area_code", "period"} - set(table.columns)
    if missing:
        raise SchemaError(
            f"The table has no {', '.join(sorted(missing))}",
            "columns area_code, period and numerator, and breakdown where there are groups",
            "name the columns as the one table does",
        )
    columns = [column for column in KEY_COLUMNS if column in table.columns]
    keys = list(table[columns].itertuples(index=False, name=None))
    if len(set(keys)) < len(keys):
        twice = next(key for key in keys if keys.count(key) > 1)
        raise SchemaError(f"{name(twice)} stands twice", "one row a cell", "gate one indicator")
    return keys


def sums(
    table: pd.DataFrame,
    over: str,
    total: str,
    parts: Collection[str] | None = None,
    is_known: bool = True,
) -> list[Sum]:
    """Return the sums by which ``total`` in column ``over`` is made of ``parts`` in that column.

    One sum for each combination of the other key columns that has a row of the total. ``parts``
    are by default all other values of the column. Wards to the borough:
    ``sums(table, "area_code", borough)``; years to a pooled period:
    ``sums(table, "period", "2006-2010", parts=years)``; a two-way table has both.
    """
    at = [column for column in KEY_COLUMNS if column in table.columns].index(over)
    keys = keys_of(table)
    relations = []
    for key in sorted(keys, key=order):
        if key[at] != total:
            continue
        beside = [other for other in keys if _beside(key, other, at)]
        taken = [other for other in beside if parts is None or other[at] in parts]
        relations.append(Sum(key, tuple(sorted(taken, key=order)), is_known))
    return [one for one in relations if one.parts]


def _beside(key: Key, other: Key, at: int) -> bool:
    """Return whether two keys differ in one place only."""
    return key[at] != other[at] and key[:at] + key[at + 1 :] == other[:at] + other[at + 1 :]


def order(key: Key) -> tuple[str, ...]:
    """Return what keys are sorted by, whatever the types of their parts."""
    return tuple(str(part) for part in key)


# What a printed figure tells of the counts behind it, as a fact for the gate and the attack. A figure
# made from gated counts tells no more than the gated count itself: hand over the ``rule`` it was
# gated by (a sum gated as one count counts as one). Without a rule the figure is taken to be made
# from true counts, as somebody else's figures are.


def from_printed(
    key: Key,
    printed: object,
    figure: Callable[[int], object],
    says: str,
    highest: int,
    rule: Rule | None = None,
) -> Known:
    """Return what any figure made from one count tells: limits, a forecast, a class, a test.

    ``figure`` makes the figure, rounded and put as it is printed, from a count; every count up to
    ``highest`` that gives ``printed`` is possible. Raises ``SchemaError`` where none does.
    """
    fitting = [count for count in _gated(highest, rule) if figure(count) == printed]
    return _between({key: 1.0}, fitting, rule, f"{says} of {name(key)}")


def _gated(highest: int, rule: Rule | None) -> Iterable[int]:
    """Return the counts a figure can be made from, up to ``highest``."""
    if rule is None:
        return range(highest + 1)
    multiples = range(0, highest + rule.round_to, rule.round_to)
    behind = {count: rule.counts_behind(count) for count in multiples}
    return [count for count, (lower, upper) in behind.items() if lower <= upper]


def _between(weights: dict[Key, float], fitting: list[int], rule: Rule | None, says: str) -> Known:
    """Return the fact that a sum of counts lies where the fitting ones do."""
    if not fitting:
        raise SchemaError(
            f"No count gives {says}",
            "a figure made from whole counts of people and the denominator given",
            "check the denominator, the rounding and the rule",
        )
    ends = [rule.counts_behind(count) if rule else (count, count) for count in fitting]
    return Known(weights, min(low for low, _ in ends), max(high for _, high in ends), says)


def from_earlier(earlier: pd.DataFrame, rule: Rule) -> list[Known]:
    """Return what an earlier edition's gated table, gated by ``rule``, tells of the same cells."""
    gate = earlier["gate"] if "gate" in earlier.columns else "rounded"
    exact = pd.Series(gate, index=earlier.index) == "as is"
    facts = []
    for key, printed, as_is in zip(keys_of(earlier), earlier["numerator"], exact, strict=True):
        shown = "withheld" if pd.isna(printed) else f"{int(printed)}"
        says = f"an earlier edition of {name(key)}, {shown}"
        facts.append(Known({key: 1.0}, *rule.behind(printed, bool(as_is)), says))
    return facts


FIGURES = {"value": "the value", "lower_limit": "the lower limit", "upper_limit": "the upper limit"}
Make = Callable[[pd.DataFrame], pd.DataFrame]


def from_rows(published: pd.DataFrame, make: Make, rule: Rule) -> list[Known]:
    """Return what each value and limit of gated rows tells of the count behind it.

    ``published`` has the key columns, numerator, denominator, value, lower_limit, upper_limit, and
    sharing_error where limits allow for it;
    ``make`` gives a table with numerator and denominator those figures. A figure that a gated
    count gives tells what that count tells. Any other was made from a true count, and tells it.
    Raises ``SchemaError`` where no count of people gives a figure.
    """
    highest = int(np.nan_to_num(published["numerator"].astype(float)).max(initial=0)) * 2 + 100
    facts = []
    for key, row in zip(keys_of(published), published.to_dict("records"), strict=True):
        shown = [column for column in FIGURES if not pd.isna(row[column])]
        if shown:
            made = make(_counts(highest, row))
            facts += [_fact(key, column, row[column], made, rule) for column in shown]
    return facts


def _counts(highest: int, row: dict) -> pd.DataFrame:
    """Return every count up to the highest, with what else a row's figures are made from."""
    counts = np.arange(highest + 1, dtype=float)
    beside = {name: float(row[name]) for name in ("denominator", "sharing_error") if name in row}
    return pd.DataFrame({"numerator": counts, **beside})


def _fact(key: Key, column: str, printed: float, made: pd.DataFrame, rule: Rule) -> Known:
    """Return what one figure tells, first by the gated counts that give it, else by the true."""
    fits = np.isclose(made[column].to_numpy(float), printed, rtol=1e-9, atol=1e-12)
    highest = len(made) - rule.round_to - 1
    for by in (rule, None):
        try:
            return from_printed(key, True, lambda n: bool(fits[n]), FIGURES[column], highest, by)
        except SchemaError:
            continue
    raise SchemaError(
        f"No count of people gives {FIGURES[column]} of {name(key)}",
        "a value and limits made from the count beside them, by the method the row names",
        "python -m darlington_analysis data",
    )
