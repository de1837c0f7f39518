"""Values as natural frequencies: so many in every 100, with the range and the benchmark."""

from dataclasses import dataclass
from math import isnan

from darlington_analysis.catalogue.indicators import indicator
from darlington_analysis.presentation.wording.numbers import in_every, to_same


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
    5.4%, which “4 to 5” beside 5 would not show; 5.7% and 5.5% are alike, “6” beside 5 is not.
    Then all of them have one decimal, out of the same whole.
    """
    whole_numbers = _out_of(facts, 0)
    near = {"higher": whole_numbers.low, "lower": whole_numbers.high}.get(facts["comparison"])
    alike = facts["comparison"] == "cannot be told apart"
    is_unlike = alike and whole_numbers.number != whole_numbers.benchmark
    if near == whole_numbers.benchmark or (is_unlike and _is_close(facts)):
        return _out_of(facts, 1)
    return whole_numbers


def _is_close(facts: dict) -> bool:
    """True where ward and benchmark are less than one in the whole apart."""
    about = indicator(facts["indicator"])
    gap = abs(facts["value"] - facts["benchmark"]) / about.multiplier
    return gap * float(in_every(facts["value"], about)[1].replace(",", "")) < 1


def _out_of(facts: dict, decimals: int) -> Frequency:
    about = indicator(facts["indicator"])
    _, out_of = in_every(facts["value"], about)
    names = ("value", "lower_limit", "upper_limit", "benchmark")
    values = (
        "" if isnan(facts[name]) else to_same(facts[name], about, out_of, decimals)
        for name in names
    )
    return Frequency(*values, out_of, facts["benchmark_name"])
