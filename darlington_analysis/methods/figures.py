"""What a printed figure tells of the counts behind it, as a fact for the gate and the attack.

A figure made from gated counts tells no more than the gated count itself: hand over the ``rule``
it was gated by (a sum gated as one count counts as one). Without a rule the figure is taken to be
made from true counts, as somebody else's figures are.
"""

from collections.abc import Callable, Iterable
from math import inf

import pandas as pd

from darlington_analysis.errors import SchemaError
from darlington_analysis.methods.cells import Key, Known, Rule, keys_of, name


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
