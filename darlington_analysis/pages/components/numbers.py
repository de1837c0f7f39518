"""How a number is written: in house style, with no more figures than it deserves."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import isnan

from darlington_analysis.sources import indicators
from darlington_analysis.sources.indicators import Indicator

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
MOST_BENT = 1 / 20  # of a benchmark: how much rounding may move it
MOST_STRETCH = 1 / 3  # of a gap: how much rounding may move it
MOST_DECIMALS = 4
LINES = (10, 20, 25, 50)  # of 100: where pages say on which side a place is


def short_period(label: str) -> str:
    """Return a period as an axis names it: “2023-10” is “Oct 2023”, “2006/07” is as it is."""
    year, _, month = label.partition("-")
    is_month = month.isdigit() and len(month) == 2
    return f"{MONTHS[int(month) - 1][:3]} {year}" if is_month else label


def capitalised(words: str) -> str:
    """Return words with a capital at their start, the rest as it is."""
    return words[:1].upper() + words[1:]


def decapitalised(words: str) -> str:
    """Return words as they stand after a colon."""
    return f"{words[:1].lower()}{words[1:]}"


def listed(names: Sequence[str]) -> str:
    """Return names as “a, b and c”."""
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


def share_words(percent: float) -> str:
    """Return a share of wards as people say it: “quarter”, “10 in every 100”."""
    return "quarter" if percent == 25 else f"{percent:g} in every 100"


def day(when: date) -> str:
    """Return a date as “1 June 2026”."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def ordinal(place: int) -> str:
    """Return 1 as “1st”, 12 as “12th”, 23 as “23rd”."""
    teens = 10 <= place % 100 <= 20
    ending = "th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{ending}"


def whole(count: float) -> str:
    """Return a count with thousands commas; halves go up, as readers expect."""
    return f"{math.floor(count + 0.5):,}"


def about(people: float) -> str:
    """Return a number of people that was estimated, no finer than such a number can be."""
    return whole(as_about(people))


def as_about(people: float) -> int:
    """Return an estimated number of people rounded to tens, to fives below 100, to ones below 20."""
    unit = 10 if people >= 100 else 5 if people >= 20 else 1
    return unit * round(people / unit)


def more_deprived_than(position: float) -> int:
    """Return how many in 100 a place is more deprived than; a place of 0 is the most deprived.

    It is rounded, but never to the other side of one of ``LINES``, nor to none or all.
    """
    rounded = round(100 - position)
    for line in LINES:
        if (position <= line) != (rounded >= 100 - line):
            rounded += 1 if position <= line else -1
    return min(99, max(1, rounded))


def word(count: int) -> str:
    """Return nought to nine as a word, ten and more as figures."""
    return SMALL[count] if 0 <= count < len(SMALL) else whole(count)


def figures(value: float, digits: int = 3) -> str:
    """Return a number to so many significant figures, with thousands commas, never 1e+03."""
    if value == 0:
        return "0"
    places = digits - 1 - math.floor(math.log10(abs(value)))
    rounded = round(value, places)
    return f"{rounded:,.{max(places, 0)}f}"


def value_text(value: float, indicator: Indicator) -> str:
    """Return an indicator's value as a table shows it: one decimal of a per cent, whole rates."""
    if indicator.kind in ("rate", "count"):
        return whole(float(figures(value).replace(",", "")))
    return f"{value:.1f}"


def in_every(value: float, indicator: Indicator) -> tuple[str, str]:
    """Return a value as a natural frequency: the number, and what the indicator is told out of.

    35.6% is (“36”, “100”), 1,873 per 100,000 is (“1,870”, “100,000”). Under one there is a decimal.
    """
    out_of = whole(indicator.out_of)
    number = value / indicator.multiplier * indicator.out_of
    return f"{number:.1f}" if 0 < number < 1 else to_same(value, indicator, out_of), out_of


def to_same(value: float, indicator: Indicator, out_of: str, decimals: int = 0) -> str:
    """Return a value as a number out of what another one was given out of."""
    number = value / indicator.multiplier * int(out_of.replace(",", ""))
    if indicator.kind == "rate":  # as its table shows it, no finer than three figures
        number = float(figures(number).replace(",", ""))
    return f"{number:,.{decimals}f}" if decimals else whole(number)


def period(label: str) -> str:
    """Return a period as people say it: “2006/07 to 2010/11” is “April 2006 to March 2011”."""
    first, _, last = label.partition(" to ")
    if last:
        return f"April {first[:4]} to March {int(last[:4]) + 1}"
    if "/" in label:
        return f"{first[:4]} to {int(first[:4]) + 1}"
    year, _, month = label.partition("-")
    return f"{MONTHS[int(month) - 1]} {year}" if month.isdigit() and len(month) == 2 else label


@dataclass(frozen=True)
class Frequency:
    """A value, its limits and its benchmarks as numbers out of one and the same whole.

    ``benchmark`` is the first wider area's, ``name`` its name, ``rest`` that of the rest of the
    borough; "" where there is none.
    """

    number: str
    low: str
    high: str
    benchmark: str
    out_of: str
    name: str
    rest: str = ""


def frequency(facts: dict) -> Frequency:
    """Return a compared figure as natural frequencies, fine enough to show what is said of it.

    Whole numbers, unless they would contradict the comparison: 4.3% (3.7 to 5.0) is lower than
    5.4%, which “4 to 5” beside 5 would not show; 5.7% and 5.5% are alike, “6” beside 5 is not;
    6.6% beside 5.5% is one more, “7” beside 5 is two; and England’s 5.5% must not be 5 in one pack
    and 5.5 in another. Then all of them have as many decimals as it takes, out of the same whole.
    """
    whole_numbers = _out_of(facts, 0)
    if shows(facts, whole_numbers) and not _is_too_rough(facts, whole_numbers):
        return whole_numbers
    finer = (_out_of(facts, decimals) for decimals in range(1, MOST_DECIMALS + 1))
    return next((figure for figure in finer if shows(facts, figure)), _out_of(facts, MOST_DECIMALS))


def shows(facts: dict, figure: Frequency) -> bool:
    """True where the printed numbers bear out what is said of them, whatever the data."""
    verdict, rest = facts["comparison"], facts.get("rest_comparison", "")
    if not figure.benchmark:
        return True
    number, benchmark = _number(figure.number), _number(figure.benchmark)
    low, high = _number(figure.low or figure.number), _number(figure.high or figure.number)
    is_shown = {
        "higher": low > benchmark,
        "lower": high < benchmark,
        "cannot be told apart": low <= benchmark <= high,
    }.get(verdict, True)
    beside = _number(figure.rest) if figure.rest else number
    is_rest_shown = {"higher": number > beside, "lower": number < beside}.get(rest, True)
    return is_shown and is_rest_shown


def _is_too_rough(facts: dict, rounded: Frequency) -> bool:
    """True where whole numbers move a benchmark or a gap by more than is fair."""
    if not rounded.benchmark:
        return False
    is_alike = facts["comparison"] in ("cannot be told apart", "about the same")
    is_unlike = is_alike and rounded.number != rounded.benchmark
    is_apart = facts["comparison"] in ("higher", "lower")
    return (
        _is_bent(facts, rounded)
        or (is_unlike and _gap(facts) < 1)
        or (is_apart and _is_stretched(rounded, _gap(facts)))
    )


def _is_bent(facts: dict, rounded: Frequency) -> bool:
    """True where a benchmark as a whole number is more than a twentieth off."""
    indicator = indicators.indicator(facts["indicator"])
    exact = facts["benchmark"] / indicator.multiplier * _number(rounded.out_of)
    return abs(_number(rounded.benchmark) - exact) > MOST_BENT * exact


def _gap(facts: dict) -> float:
    """Return how far ward and benchmark are apart, out of the whole that is used."""
    indicator = indicators.indicator(facts["indicator"])
    return abs(facts["value"] - facts["benchmark"]) / indicator.multiplier * indicator.out_of


def _is_stretched(rounded: Frequency, gap: float) -> bool:
    """True where rounding makes the gap look more than a third larger or smaller than it is."""
    return abs(abs(_number(rounded.number) - _number(rounded.benchmark)) - gap) > MOST_STRETCH * gap


def _number(text: str) -> float:
    return float(text.replace(",", ""))


def _out_of(facts: dict, decimals: int) -> Frequency:
    indicator = indicators.indicator(facts["indicator"])
    out_of = whole(indicator.out_of)
    names = ("value", "lower_limit", "upper_limit", "benchmark", "rest")
    values = {name: facts.get(name, float("nan")) for name in names}
    number, low, high, benchmark, rest = (
        "" if isnan(value) else to_same(value, indicator, out_of, decimals)
        for value in values.values()
    )
    return Frequency(number, low, high, benchmark, out_of, facts["benchmark_name"], rest)
