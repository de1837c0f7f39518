"""Two areas, or two periods, against each other, each with its own chance error."""

import numpy as np
import pandas as pd
from scipy import special, stats

from darlington_analysis.statistics import checks, comparisons, rates

SEARCH_STEPS = 60
"""Halvings of the range of z in the search for a p-value; far beyond a float's precision."""


def rate_ratios(table: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """Return a copy of the table with the ratio of two rates, its limits and its p-value.

    ``table`` needs ``numerator``, ``denominator``, ``other_numerator``, ``other_denominator``,
    of counts that do not overlap. Given their sum, one count of two Poisson counts is binomial
    (Przyborowski and Wilenski 1940), so nothing here is approximate: ``value`` is this rate over
    the other, its limits are Clopper and Pearson's, ``p_value`` is twice the smaller tail, and
    ``comparison`` says ``higher``, ``lower`` or ``cannot be told apart`` by the same limits. The
    value is null where the other area had no event, its upper limit then endless.
    """
    events, people, other, others = _pairs(table)
    tail = (1 - checks.require_share("confidence", confidence)) / 2
    lower = np.where(events == 0, 0.0, stats.beta.ppf(tail, events, other + 1))
    upper = np.where(other == 0, 1.0, stats.beta.isf(tail, events + 1, other))
    scale = others / people
    lower, upper = _odds(lower) * scale, _odds(upper) * scale
    return table.assign(
        value=_divide(events, other) * scale,
        lower_limit=lower,
        upper_limit=upper,
        confidence=float(confidence),
        p_value=np.minimum(1, 2 * np.minimum(*count_tails(events, other, people, others))),
        comparison=comparisons.in_words(lower, upper, np.ones(len(table))),
        method=_named(events + other, "conditional binomial"),
    )


def proportion_differences(table: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """Return a copy of the table with this proportion less the other, its limits and p-value.

    Needs the columns of ``rate_ratios``; the people of the two must not overlap. ``value`` and
    limits are on a scale of -1 to 1, by Newcombe's hybrid of Wilson's limits (1998, method 10);
    ``p_value`` is one less the highest confidence whose limits leave 0 out, so that it and
    ``comparison`` cannot disagree.
    """
    has, people, other, others = _pairs(table)
    has, other = np.where(has <= people, has, np.nan), np.where(other <= others, other, np.nan)
    z = stats.norm.isf((1 - checks.require_share("confidence", confidence)) / 2)
    lower, upper = newcombe(has, people, other, others, z)
    return table.assign(
        value=has / people - other / others,
        lower_limit=lower,
        upper_limit=upper,
        confidence=float(confidence),
        p_value=_newcombe_p(has, people, other, others),
        comparison=comparisons.in_words(lower, upper, np.zeros(len(table))),
        method=_named(has + other, "newcombe"),
    )


def gap_changes(table: pd.DataFrame) -> pd.DataFrame:
    """Return a copy of the table with how far each figure, and its gap to a benchmark, has moved.

    ``table`` needs ``value``, ``lower_limit`` and ``upper_limit`` of the later figure and the same
    with ``other_`` of the earlier one, and ``benchmark`` and ``other_benchmark``, all in one unit.
    Adds ``change``, ``gap``, ``other_gap``, ``gap_change`` (``gap`` less ``other_gap``),
    ``gap_change_lower``, ``gap_change_upper`` and ``gap_moved``: ``up``, ``down``, or ``cannot be
    told apart`` where the limits hold 0. Limits come from those of the two figures (Zou and Donner
    2008), which is Newcombe's hybrid where these are Wilson's, so that what widens a figure's own
    limits widens these too. The benchmark is taken as known, the two figures as independent: people
    counted both times make the limits too wide rather than too narrow.
    """
    names = ("value", "lower_limit", "upper_limit")
    later = [checks.numbers(table, name) for name in names]
    earlier = [checks.numbers(table, f"other_{name}") for name in names]
    now, before = (checks.numbers(table, name) for name in ("benchmark", "other_benchmark"))
    change = later[0] - earlier[0]
    moved = change - (now - before)
    lower, upper = (end - (now - before) for end in from_limits(*later, *earlier))
    told = comparisons.in_words(lower, upper, np.zeros(len(table)))
    words = {comparisons.HIGHER: "up", comparisons.LOWER: "down"}
    return table.assign(
        change=change,
        gap=later[0] - now,
        other_gap=earlier[0] - before,
        gap_change=moved,
        gap_change_lower=lower,
        gap_change_upper=upper,
        gap_moved=[words.get(word, word) for word in told],
    )


def usual_moves(moves) -> dict[str, float]:
    """Return how far gaps usually move: ``areas``, and what ``half`` and ``nearly_all`` moved by
    at most, whichever way.

    ``nearly_all`` leaves out one area in twenty, rounded to at least one: if the next move is
    drawn from where these were, the share (n - left out) / (n + 1) of such bands will hold it.
    """
    sizes = np.sort(np.abs(checks.as_numbers(moves)))
    sizes = sizes[~np.isnan(sizes)]
    areas = len(sizes)
    left = max(1, round(areas / 20))
    if areas <= left:
        return {"areas": areas, "left_out": left, "half": np.nan, "nearly_all": np.nan}
    half, most = float(sizes[(areas + 1) // 2 - 1]), float(sizes[areas - left - 1])
    return {"areas": areas, "left_out": left, "half": half, "nearly_all": most}


def count_tails(events, other, people, others) -> tuple[np.ndarray, np.ndarray]:
    """Return the chances of so few, and of so many, of the two counts' events falling here.

    Under one common rate, the share expected here is ``people / (people + others)``.
    """
    share = people / (people + others)
    few = np.where(other == 0, 1.0, special.betainc(other, events + 1, 1 - share))
    many = np.where(events == 0, 1.0, special.betainc(events, other + 1, share))
    unknown = np.isnan(events + other + share)
    return np.where(unknown, np.nan, few), np.where(unknown, np.nan, many)


def _pairs(table: pd.DataFrame) -> tuple[np.ndarray, ...]:
    """Return both counts and both denominators, all nan on a row that lacks one of them."""
    found = (
        checks.counts(table),
        checks.denominators(table),
        checks.counts(table, "other_numerator"),
        checks.denominators(table, "other_denominator"),
    )
    unknown = np.isnan(sum(found))
    return tuple(np.where(unknown, np.nan, column) for column in found)


def newcombe(has, people, other, others, z) -> tuple[np.ndarray, np.ndarray]:
    """Return Newcombe's limits of a difference between two proportions, on a scale of -1 to 1."""
    low, high = rates.wilson_at(has, people, z)
    other_low, other_high = rates.wilson_at(other, others, z)
    mine, theirs = has / people, other / others
    return from_limits(mine, low, high, theirs, other_low, other_high)


def from_limits(value, lower, upper, other, other_lower, other_upper):
    """Return the limits of a difference between two estimates, from the limits of each.

    Zou and Donner (2008): the distances from each estimate to its own limits are added as the
    sides of a right angle. With Wilson's limits this is Newcombe's method 10. Numbers or arrays of
    one shape, in one unit; the two estimates must be independent, and their limits of one level.
    """
    down = np.hypot(value - lower, other_upper - other)
    up = np.hypot(upper - value, other - other_lower)
    return value - other - down, value - other + up


def _newcombe_p(has, people, other, others) -> np.ndarray:
    """Return the p-value that goes with Newcombe's limits, found by halving the range of z."""
    least, most = np.zeros(has.shape), np.full(has.shape, 40.0)
    for _ in range(SEARCH_STEPS):
        middle = (least + most) / 2
        lower, upper = newcombe(has, people, other, others, middle)
        is_apart = (lower > 0) | (upper < 0)
        least, most = np.where(is_apart, middle, least), np.where(is_apart, most, middle)
    return np.where(np.isnan(has + other), np.nan, 2 * stats.norm.sf(least))


def _odds(share: np.ndarray) -> np.ndarray:
    """Return the odds of a share, endless at 1."""
    return np.where(share == 1, np.inf, share / np.where(share == 1, 1, 1 - share))


def _divide(top: np.ndarray, bottom: np.ndarray) -> np.ndarray:
    """Divide, with nan where there is nothing to divide by."""
    return top / np.where(bottom == 0, np.nan, bottom)


def _named(known: np.ndarray, method: str) -> np.ndarray:
    """Return the method of each row, empty where nothing could be worked out."""
    return np.where(np.isnan(known), "", method).astype(object)
