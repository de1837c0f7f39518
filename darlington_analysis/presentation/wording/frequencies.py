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
    """Return a compared figure as natural frequencies, fine enough to show the difference.

    Where ward and benchmark differ but would round to the same number, the whole is ten times
    larger: 4.4% beside 5.4% is 44 beside 54 in every 1,000, not “4 to 5” beside 5.
    """
    about = indicator(facts["indicator"])
    _, out_of = in_every(facts["value"], about)
    said = _out_of(facts, out_of)
    near = {"higher": said.low, "lower": said.high}.get(facts["comparison"])
    if near == said.benchmark:
        said = _out_of(facts, f"{int(out_of.replace(',', '')) * 10:,}")
    return said


def _out_of(facts: dict, out_of: str) -> Frequency:
    about = indicator(facts["indicator"])
    names = ("value", "lower_limit", "upper_limit", "benchmark")
    values = ("" if isnan(facts[name]) else to_same(facts[name], about, out_of) for name in names)
    return Frequency(*values, out_of, facts["benchmark_name"])
