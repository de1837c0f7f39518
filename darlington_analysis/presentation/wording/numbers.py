"""How a number is written: in house style, with no more figures than it deserves."""

import math
from datetime import date

from darlington_analysis.catalogue.indicators import Indicator

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


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


def shown(value: float, indicator: Indicator) -> str:
    """Return an indicator's value as a table shows it: one decimal of a per cent, whole rates."""
    if indicator.kind in ("proportion", "modelled", "published", "score", "position", "share"):
        return f"{value:.1f}"
    return whole(float(figures(value).replace(",", "")))


def in_every(value: float, indicator: Indicator) -> tuple[str, str]:
    """Return a value as a natural frequency: the number, and what it is out of.

    35.6% is (“36”, “100”), 0.31% is (“3”, “1,000”), 1,870 per 100,000 is (“19”, “1,000”).
    """
    share = value / indicator.multiplier
    out_of = 100 if share >= 0.02 or share == 0 else 1_000 if share >= 0.001 else 10_000
    return whole(share * out_of), whole(out_of)


def to_same(value: float, indicator: Indicator, out_of: str, decimals: int = 0) -> str:
    """Return a value as a number out of what another one was given out of."""
    number = value / indicator.multiplier * int(out_of.replace(",", ""))
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
