"""Higher, lower, or not to be told apart: a ward beside a benchmark."""

import numpy as np
import pandas as pd
from scipy import special

from darlington_analysis.statistics import checks

HIGHER, LOWER = "higher", "lower"
NOT_TOLD_APART = "cannot be told apart"
NOT_KNOWN = "not known"
ALIKE = "about the same"


def compare(table: pd.DataFrame, benchmark_value, matters: float = 0.0) -> pd.DataFrame:
    """Return a copy of the table that says where each row stands beside the benchmark.

    ``table`` needs ``value``, ``lower_limit`` and ``upper_limit``; ``benchmark_value`` is one
    number in their unit, or one a row. Adds ``benchmark_value``, ``comparison`` (``higher``,
    ``lower``, ``about the same``, ``cannot be told apart``, ``not known`` where a limit or the
    benchmark is missing) and ``comparison_method``. ``matters`` is the smallest difference that
    matters: a smaller one is about the same however sure it is, and so is one whose whole range is
    smaller. The benchmark is taken as known: its own uncertainty is left out, which
    is fair for England and too sure for a place not much larger than the ward. Whether higher is
    good is not asked here.
    """
    lower, upper = checks.numbers(table, "lower_limit"), checks.numbers(table, "upper_limit")
    benchmark = _one_a_row(benchmark_value, len(table))
    compared = in_words(lower, upper, benchmark)
    if matters:
        gap = checks.numbers(table, "value") - benchmark
        compared = where_it_matters(compared, gap, lower - benchmark, upper - benchmark, matters)
    return table.assign(
        benchmark_value=benchmark,
        comparison=compared,
        comparison_method="limits against a benchmark taken as known",
    )


def where_it_matters(
    compared: np.ndarray, gap: np.ndarray, lower: np.ndarray, upper: np.ndarray, matters: float
) -> np.ndarray:
    """Return comparisons with ``about the same`` in place of differences too small to matter.

    ``gap`` is the difference, ``lower`` and ``upper`` its limits, all in the unit of ``matters``.
    """
    is_apart = np.isin(compared, [HIGHER, LOWER])
    is_small = np.abs(gap) < matters
    is_within = (compared == NOT_TOLD_APART) & (np.maximum(np.abs(lower), np.abs(upper)) < matters)
    return np.where((is_apart & is_small) | is_within, ALIKE, compared).astype(object)


def in_words(lower: np.ndarray, upper: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Return the comparison of each pair of limits with a value; limits that touch it overlap."""
    is_known = ~(np.isnan(lower) | np.isnan(upper) | np.isnan(other))
    cases = [~is_known, lower > other, upper < other]
    return np.select(cases, [NOT_KNOWN, HIGHER, LOWER], NOT_TOLD_APART).astype(object)


def _one_a_row(value, rows: int) -> np.ndarray:
    """Return one benchmark for each row of the table."""
    if np.ndim(value) == 0:
        return np.full(rows, np.nan if pd.isna(value) else float(value))
    if len(value) != rows:
        raise ValueError(f"There are {len(value)} benchmark values for {rows} rows.")
    return checks.as_numbers(value)


STATISTICS = ("proportion", "rate")
METHODS = {"proportion": "score test", "rate": "exact poisson test"}
TRIMMED_EACH_SIDE = 0.1
"""Share of areas at each end drawn in, so that true outliers do not widen the spread."""


def departures(table: pd.DataFrame, statistic: str, benchmark, multiplier: float) -> pd.DataFrame:
    """Return a copy of the table with ``p_value``, ``side`` and ``departure_method``.

    ``table`` needs ``numerator`` and ``denominator``; ``benchmark``, per ``multiplier``, is one
    number or one a row and is taken as known. A proportion gets the two-sided score test, which
    is under 0.05 exactly where Wilson's 95% limits leave the benchmark out; a rate twice the
    smaller exact Poisson tail, the same for Garwood's limits. ``side`` is ``higher``, ``lower``
    or ``the same``. A row without a figure, people or benchmark is no test and stays null, and so
    does a proportion with more people in its numerator than in its denominator. A benchmark that no
    figure can have (a proportion outside 0 to ``multiplier``, a negative rate) raises
    ``ValueError``.
    """
    checks.require_one_of("statistic", statistic, STATISTICS)
    events, people = _counts_of(table, statistic)
    if statistic == "proportion":
        level = checks.require_level("benchmark", benchmark, multiplier)
    else:
        level = _rate_level(benchmark, multiplier)
    level = np.broadcast_to(level, events.shape)
    gap = events / people - level
    found = (_score_test if statistic == "proportion" else _poisson_test)(events, people, level)
    known = ~np.isnan(gap)
    return table.assign(
        p_value=np.where(known, found, np.nan),
        side=np.select([~known, gap > 0, gap < 0], ["", "higher", "lower"], "the same"),
        departure_method=np.where(known, METHODS[statistic], ""),
    )


def _rate_level(benchmark, multiplier: float) -> np.ndarray:
    checks.require_multiplier(multiplier)
    level = checks.as_floats("benchmark", benchmark)
    if (level < 0).any() or np.isinf(level).any():
        raise ValueError(f"benchmark is {benchmark!r}; a rate is 0 or more.")
    return level / multiplier


def _counts_of(table: pd.DataFrame, statistic: str) -> tuple[np.ndarray, np.ndarray]:
    if statistic == "proportion":
        return checks.parts_of(table)
    return checks.counts(table), checks.denominators(table)


def _score_test(has: np.ndarray, people: np.ndarray, level: np.ndarray) -> np.ndarray:
    """Wilson (1927): the spread is that of the benchmark, not of the area's own share."""
    error = np.sqrt(level * (1 - level) / people)
    gap = np.abs(has / people - level)
    # Nothing varies at a benchmark of none or of everybody: any gap is certain, and no gap is none.
    score = np.divide(gap, error, out=np.where(gap > 0, np.inf, 0.0), where=error > 0)
    return 2 * special.ndtr(-score)


def _poisson_test(events: np.ndarray, people: np.ndarray, level: np.ndarray) -> np.ndarray:
    expected = level * people
    so_many = np.where(events > 0, special.pdtrc(events - 1, expected), 1.0)
    tails = special.pdtr(events, expected), so_many
    return np.minimum(1, 2 * np.minimum(*tails))


def beyond_usual_spread(table: pd.DataFrame, statistic: str) -> pd.DataFrame:
    """Return a copy of the table with ``p_value`` and ``side`` against the spread of its areas.

    Areas differ by more than chance. Here each is set against all of them together, with the
    variance between areas that they show added to that of chance (additive overdispersion, a
    tenth of areas drawn in at each end; Spiegelhalter 2005), and a normal spread. A small
    ``p_value`` is an area unusual even among areas that differ.
    """
    checks.require_one_of("statistic", statistic, STATISTICS)
    events, people = _counts_of(table, statistic)
    known = ~np.isnan(events / people)
    level = events[known].sum() / people[known].sum() if known.any() else np.nan
    spare = 1 - level if statistic == "proportion" else 1.0
    errors = np.where(known, np.sqrt(level * spare / people), np.nan)
    gap = events / people - level
    spread = np.sqrt(errors**2 + variance_between(gap, errors))
    # Where no area counts anyone, no area differs: no gap over no spread is no gap.
    score = np.divide(gap, spread, out=np.where(known, 0.0, np.nan), where=spread > 0)
    return table.assign(
        p_value=2 * special.ndtr(-np.abs(score)),
        side=np.select([~known, gap > 0, gap < 0], ["", "higher", "lower"], "the same"),
    )


def variance_between(gaps: np.ndarray, errors: np.ndarray) -> float:
    """Return the variance between areas beyond chance, 0 or more (additive overdispersion).

    ``gaps`` are areas' values less the average, ``errors`` their standard errors by chance alone
    if the average held everywhere, nan where not known. Spiegelhalter (2005), Statistics in
    Medicine 24: 1185-1202, with a tenth winsorised each side.
    """
    errors = np.where(errors > 0, errors, np.nan)
    known = ~np.isnan(gaps / errors)
    areas = int(known.sum())
    if areas < 2:
        return 0.0
    scores = gaps[known] / errors[known]
    ends = np.quantile(scores, [TRIMMED_EACH_SIDE, 1 - TRIMMED_EACH_SIDE])
    phi = float((np.clip(scores, *ends) ** 2).mean())
    weights = errors[known] ** -2
    room = weights.sum() - (weights**2).sum() / weights.sum()
    return max(0.0, (areas * phi - (areas - 1)) / room)


METHOD = "mean score placed between national thresholds"
_SAME = 1e-6  # shares are listed with six decimals


def national_position(scores: pd.Series, thresholds: pd.DataFrame) -> pd.Series:
    """Return 0 to 100 for each score: the percentage of areas at least as deprived.

    ``thresholds`` has percent and mean_score_threshold: the score that marks off the most
    deprived so many per cent, higher scores being more deprived. Between two thresholds the
    position is interpolated, so it is no finer than the table. Null in, null out.
    """
    ordered = thresholds.sort_values("mean_score_threshold")
    marks = ordered.mean_score_threshold.astype(float).to_numpy()
    percents = ordered.percent.astype(float).to_numpy()
    placed = np.interp(scores.astype(float), marks, percents)
    return pd.Series(placed, index=scores.index).where(scores.notna())


def rank_position(ranks: pd.Series, areas: int) -> pd.Series:
    """Return 0 to 100 for published ranks, 1 being the most deprived of so many ``areas``."""
    return 100 * ranks.astype(float) / areas


def share_position(shares: pd.Series, listed: pd.DataFrame) -> pd.DataFrame:
    """Return ``at_least`` and ``more`` for each share: percentages of all areas, 0 to 100.

    ``listed`` has share (every one that occurs, a higher one being more deprived), wards_at_least
    and n_wards. ``at_least`` counts the areas with that share or a higher one, ``more`` those with
    a higher one: the areas between them share one place, and no order can be made of them.
    """
    ordered = listed.astype(float).sort_values("share")
    marks = ordered.share.to_numpy()
    counts = np.append(ordered.wards_at_least.to_numpy(), 0.0)
    wanted = shares.astype(float).to_numpy()
    all_areas = ordered.n_wards.iloc[0]
    found = {
        "at_least": counts[np.searchsorted(marks, wanted - _SAME, side="left")],
        "more": counts[np.searchsorted(marks, wanted + _SAME, side="right")],
    }
    placed = pd.DataFrame({name: 100 * count / all_areas for name, count in found.items()})
    return placed.set_index(shares.index).where(shares.notna(), axis=0)


# Funnel plots. One method for the drawn limits and for the verdict on an area, so that a point never
# sits on the other side of the line from what its verdict says: the normal spread of a proportion at
# the average, cut at 0 and at the whole (Spiegelhalter 2005, Statistics in Medicine 24: 1185-1202).
TAILS = {"95": 0.025, "998": 0.001}
FUNNEL_VERDICTS = (
    "above 99.8% limits",
    "above 95% limits",
    "within limits",
    "below 95% limits",
    "below 99.8% limits",
)


def funnel_limits(points: pd.DataFrame, average: float, multiplier: float = 100) -> pd.DataFrame:
    """Return a copy of the points with the limits to draw there, per ``multiplier``.

    ``points`` need ``denominator`` (people); ``average`` is per ``multiplier``. Adds ``lower_95``,
    ``upper_95`` (tails of 0.025), ``lower_998`` and ``upper_998`` (tails of 0.001).
    """
    level = checks.require_level("average", average, multiplier)
    people = checks.denominators(points)
    found = {}
    for name, tail in TAILS.items():
        reach = _reach(tail, people, level)
        found[f"lower_{name}"] = multiplier * np.maximum(0.0, level - reach)
        found[f"upper_{name}"] = multiplier * np.maximum(0.0, np.minimum(1.0, level + reach))
    return points.assign(**found)


def funnel_significance(
    table: pd.DataFrame, average: float, multiplier: float = 100
) -> pd.DataFrame:
    """Return a copy of the table with each area's verdict against the average, and its limits.

    ``table`` needs ``numerator`` and ``denominator``; ``average`` is per ``multiplier``. Adds
    ``significance``: one of ``FUNNEL_VERDICTS``, or ``not known`` for an area without a figure, without
    people or with more people counted than there are; and what ``funnel_limits`` adds. An average outside
    0 to ``multiplier`` raises ``ValueError``.
    """
    level = checks.require_level("average", average, multiplier)
    events, people = checks.parts_of(table)
    gap = events / people - level
    cases = [sign * gap > _reach(tail, people, level) for sign, tail in _SIDES]
    names = [FUNNEL_VERDICTS[0], FUNNEL_VERDICTS[1], FUNNEL_VERDICTS[4], FUNNEL_VERDICTS[3]]
    verdicts = np.select([np.isnan(gap), *cases], [NOT_KNOWN, *names], FUNNEL_VERDICTS[2])
    return funnel_limits(table, average, multiplier).assign(significance=verdicts.astype(object))


_SIDES = ((1, 0.001), (1, 0.025), (-1, 0.001), (-1, 0.025))


def _reach(tail: float, people: np.ndarray, level: float) -> np.ndarray:
    """Return how far from the average chance alone takes areas of so many people."""
    return -special.ndtri(tail) * np.sqrt(level * (1 - level) / people)
