"""What a printed figure tells of the counts behind it, as a fact for the gate and the attack.

A figure made from gated counts tells no more than the gated count itself: hand over the ``rule``
it was gated by (a sum gated as one count counts as one). Without a rule the figure is taken to be
made from true counts, as somebody else's figures are.
"""

from collections.abc import Callable, Iterable, Sequence
from math import floor, inf, log10

import pandas as pd

from darlington_analysis.errors import SchemaError
from darlington_analysis.methods.cells import Key, Known, Rule, Sum, keys_of, name

HAIR = 1e-9


def from_totals(table: pd.DataFrame, totals: Sequence[Sum], published: pd.DataFrame) -> list[Known]:
    """Return every printed total that is known elsewhere, exactly as in ``table`` (true counts)."""
    counts = dict(zip(keys_of(table), table["numerator"].tolist(), strict=True))
    printed = set(keys_of(published[published["numerator"].notna()]))
    known = {each.total for each in totals if each.is_known} & printed
    return [from_pool([key], counts[key], name(key)) for key in sorted(known, key=str)]


def from_pool(keys: Sequence[Key], printed: float, says: str, rule: Rule | None = None) -> Known:
    """Return what the printed sum of the counts of ``keys`` tells."""
    lower, upper = rule.counts_behind(int(printed)) if rule else (printed, printed)
    return Known(dict.fromkeys(keys, 1.0), lower, upper, f"the count of {says}, {printed:g}")


def from_rate(
    keys: Sequence[Key],
    printed: float,
    denominator: float,
    multiplier: float,
    *,
    decimals: int | None = None,
    significant: int | None = None,
    rule: Rule | None = None,
) -> Known:
    """Return what a printed rate tells of the sum of the counts of ``keys``.

    ``printed`` is per ``multiplier`` of the known ``denominator``, rounded to so many ``decimals``
    or ``significant`` figures (as it stands where neither is given). Raises ``SchemaError`` where
    no count gives such a rate.
    """
    half = _half_unit(printed, decimals, significant)
    ends = [(printed + side * half) * denominator / multiplier for side in (-1, 1)]
    lower, upper = max(ends[0], 0) - HAIR, ends[1] + HAIR
    says = f"the rate {printed:g} per {multiplier:g} of {'; '.join(map(name, keys))}"
    fitting = [count for count in _gated(floor(upper), rule) if lower <= count <= upper]
    return _between(dict.fromkeys(keys, 1.0), fitting, rule, says)


def _half_unit(printed: float, decimals: int | None, significant: int | None) -> float:
    """Return half a unit of the last figure printed."""
    if significant is not None and printed:
        decimals = significant - 1 - floor(log10(abs(printed)))
    return 0.0 if decimals is None or (significant and not printed) else 0.5 * 10.0**-decimals


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


def from_share(part: Key, whole: Sequence[Key], printed: float, decimals: int) -> list[Known]:
    """Return what a printed percentage tells: the count of ``part`` in the sum over ``whole``."""
    half, facts = 0.5 * 10.0**-decimals, []
    says = f"{printed:g}% for {name(part)}"
    for share, ends in ((printed + half, (-inf, HAIR)), (printed - half, (-HAIR, inf))):
        weights = dict.fromkeys(whole, -share / 100)
        weights[part] = weights.get(part, 0.0) + 1
        facts.append(Known(weights, *ends, says))
    return facts


def from_difference(key: Key, other: Key, printed: int, round_to: int = 1) -> Known:
    """Return what "11 fewer" tells: the count of ``key`` less the count of ``other``."""
    lower, upper = printed - round_to // 2, printed + (round_to - 1) // 2
    says = f"the difference of {printed} between {name(key)} and {name(other)}"
    return Known({key: 1.0, other: -1.0}, lower, upper, says)


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
