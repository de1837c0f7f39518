"""Numbers made here are rounded before they are drawn, printed or listed: never finer than that."""

import math

from darlington_analysis.sources.indicators import Indicator

SIGNIFICANT = 3
UNITS = (500, 100, 50, 10, 5)


def decimals_of(value: float, about: Indicator) -> int:
    """Return to how many decimals an indicator's value is printed; -1 is to the nearest ten.

    One for a per cent; for a rate three significant figures, and no decimals.
    """
    if about.kind != "rate":
        return 1
    if not value or math.isnan(value):
        return 0
    return min(0, SIGNIFICANT - 1 - math.floor(math.log10(abs(value))))


def as_printed(value: float, about: Indicator) -> float:
    """Return an indicator's value as it is printed; null stays null."""
    return value if math.isnan(value) else round(value, decimals_of(value, about))


def unit_of_people(low: float, high: float) -> int:
    """Return what a number of people between ``low`` and ``high`` is rounded to.

    The largest round unit no wider than a quarter of the range, under the lower end.
    """
    room = min(abs(high - low) / 4, min(abs(low), abs(high)))
    return next((unit for unit in UNITS if unit <= room), 1)


def to_unit(value: float, unit: int) -> float:
    """Return a number of people to the nearest unit; null stays null."""
    return value if math.isnan(value) else float(unit * round(value / unit))
