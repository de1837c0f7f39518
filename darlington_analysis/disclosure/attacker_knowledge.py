"""What a printed figure tells of the counts behind it, as a fact for the gate and the attack.

A figure made from gated counts tells no more than the gated count itself: hand over the ``rule``
it was gated by (a sum gated as one count counts as one). Without a rule the figure is taken to be
made from true counts, as somebody else's figures are.
"""

from collections.abc import Callable, Iterable
from math import inf

import numpy as np
import pandas as pd

from darlington_analysis.core.errors import SchemaError
from darlington_analysis.disclosure.constraints import Key, Known, Rule, keys_of, name


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
        is_withheld = pd.isna(printed)
        ends = (
            (rule.withhold_from, inf)
            if is_withheld
            else rule.counts_behind(int(printed), bool(as_is))
        )
        shown = "withheld" if is_withheld else f"{int(printed)}"
        facts.append(Known({key: 1.0}, *ends, f"an earlier edition of {name(key)}, {shown}"))
    return facts


FIGURES = {"value": "the value", "lower_limit": "the lower limit", "upper_limit": "the upper limit"}
Make = Callable[[pd.DataFrame], pd.DataFrame]


def from_rows(published: pd.DataFrame, make: Make, rule: Rule) -> list[Known]:
    """Return what each value and limit of gated rows tells of the count behind it.

    ``published`` has the key columns, numerator, denominator, value, lower_limit, upper_limit;
    ``make`` gives a table with numerator and denominator those figures. A figure that a gated
    count gives tells what that count tells. Any other was made from a true count, and tells it.
    Raises ``SchemaError`` where no count of people gives a figure.
    """
    highest = int(np.nan_to_num(published["numerator"].astype(float)).max(initial=0)) * 2 + 100
    facts = []
    for key, row in zip(keys_of(published), published.to_dict("records"), strict=True):
        shown = [column for column in FIGURES if not pd.isna(row[column])]
        if shown:
            made = make(_counts(highest, row["denominator"]))
            facts += [_fact(key, column, row[column], made, rule) for column in shown]
    return facts


def _counts(highest: int, denominator: float) -> pd.DataFrame:
    counts = np.arange(highest + 1, dtype=float)
    return pd.DataFrame({"numerator": counts, "denominator": float(denominator)})


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
