"""Values as natural frequencies: so many in every 100, with the range and the benchmark."""

from dataclasses import dataclass
from math import isnan

from darlington_analysis.catalogue.indicators import indicator
from darlington_analysis.presentation.wording.numbers import in_every, to_same

MOST_BENT = 1 / 20  # of a benchmark: how much rounding may move it
MOST_STRETCH = 1 / 3  # of a gap: how much rounding may move it


@dataclass(frozen=True)
class Frequency:
    """A value, its limits and its benchmark as numbers out of one and the same whole."""

    number: str
    low: str
    high: str
    benchmark: str
    out_of: str
    name: str


def frequency(facts: dict) -> Frequency:
    """Return a compared figure as natural frequencies, fine enough to show what is said of it.

    Whole numbers, unless they would contradict the comparison: 4.3% (3.7 to 5.0) is lower than
    5.4%, which “4 to 5” beside 5 would not show; 5.7% and 5.5% are alike, “6” beside 5 is not;
    6.6% beside 5.5% is one more, “7” beside 5 is two; and England’s 5.5% must not be 5 in one pack
    and 5.5 in another. Then all of them have one decimal, out of the same whole.
    """
    whole_numbers = _out_of(facts, 0)
    near = {"higher": whole_numbers.low, "lower": whole_numbers.high}.get(facts["comparison"])
    alike = facts["comparison"] == "cannot be told apart"
    is_unlike = alike and whole_numbers.number != whole_numbers.benchmark
    if whole_numbers.benchmark and _is_bent(facts, whole_numbers):
        return _out_of(facts, 1)
    if near == whole_numbers.benchmark or (is_unlike and _gap(facts) < 1):
        return _out_of(facts, 1)
    is_apart = facts["comparison"] in ("higher", "lower")
    if is_apart and _is_stretched(whole_numbers, _gap(facts)):
        return _out_of(facts, 1)
    return whole_numbers


def _is_bent(facts: dict, said: Frequency) -> bool:
    """True where a benchmark as a whole number is more than a twentieth off."""
    about = indicator(facts["indicator"])
    exact = facts["benchmark"] / about.multiplier * _number(said.out_of)
    return abs(_number(said.benchmark) - exact) > MOST_BENT * exact


def _gap(facts: dict) -> float:
    """Return how far ward and benchmark are apart, out of the whole that is used."""
    about = indicator(facts["indicator"])
    gap = abs(facts["value"] - facts["benchmark"]) / about.multiplier
    return gap * _number(in_every(facts["value"], about)[1])


def _is_stretched(said: Frequency, gap: float) -> bool:
    """True where rounding makes the gap look more than a third larger or smaller than it is."""
    return abs(abs(_number(said.number) - _number(said.benchmark)) - gap) > MOST_STRETCH * gap


def _number(text: str) -> float:
    return float(text.replace(",", ""))


def _out_of(facts: dict, decimals: int) -> Frequency:
    about = indicator(facts["indicator"])
    _, out_of = in_every(facts["value"], about)
    names = ("value", "lower_limit", "upper_limit", "benchmark")
    values = (
        "" if isnan(facts[name]) else to_same(facts[name], about, out_of, decimals)
        for name in names
    )
    return Frequency(*values, out_of, facts["benchmark_name"])
