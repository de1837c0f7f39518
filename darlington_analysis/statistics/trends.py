"""Has it changed? A test over the years that is fit for counts, for one series or for many."""

import itertools

import numpy as np
import pandas as pd

from darlington_analysis.statistics import checks, comparisons, rates


def in_order(series: pd.DataFrame) -> pd.DataFrame:
    """Return the series sorted by ``period_start``; a null or repeated period is refused."""
    starts = checks.numbers(series, "period_start")
    if np.isnan(starts).any() or len(np.unique(starts)) < len(starts):
        raise ValueError("period_start must name every period once; one is null or repeated.")
    return series.iloc[np.argsort(starts, kind="stable")].reset_index(drop=True)


def refuse_overlapping(series: pd.DataFrame) -> None:
    """Raise ``ValueError`` when ``period_years`` shows that periods in order share years."""
    if "period_years" not in series.columns:
        return
    starts, years = checks.numbers(series, "period_start"), checks.numbers(series, "period_years")
    if (np.diff(starts) < years[:-1]).any():
        raise ValueError(
            "The periods roll: neighbours share years, so they cannot tell of a change from one "
            "to the next. Use single years, or periods that do not overlap."
        )


def refuse_pooled(series: pd.DataFrame) -> None:
    """Raise ``ValueError`` unless ``period_years`` shows every period to be one year or less."""
    years = checks.numbers(series, "period_years")
    if not (years <= 1).all():
        raise ValueError(
            "The periods pool years, which hides the changes a trend is made of. Use single "
            "years, of a wider area if a ward's must be withheld."
        )


RISEN, FALLEN = "risen", "fallen"
FEWEST_TO_SHUFFLE = 5
"""From five points on there are enough orders of the years to set the one seen against."""

ALL_ORDERS_UP_TO = 7
DRAWS = 9_999


def has_changed(
    table: pd.DataFrame,
    statistic: str = "rate",
    *,
    by: list[str] | None = None,
    confidence: float = 0.95,
    seed: int = 1,
) -> pd.DataFrame:
    """Return one row a series: whether it has risen, fallen, or cannot be told from chance.

    ``table`` needs ``period_start``, ``period_years``, ``numerator`` and ``denominator``; ``by``
    names the columns that tell one series from another (``["area_code"]`` for many wards).
    ``statistic`` is ``rate`` or ``proportion``. From five points the test shuffles the years
    (exact for any spread that is the same each year, overdispersed or not: ``permutation``);
    with two to four it asks whether chance alone, given the total, would lean so far (exact for
    counts that vary by chance only, too ready to find a change in others: ``conditional``).
    Two-sided, with the mid-p-value. Columns: those of ``by``, ``first_period``, ``last_period``,
    ``points``, ``p_value``, ``changed`` (``risen``, ``fallen``, ``cannot be told apart``, or
    ``not known`` under two points), ``confidence``, ``method``. Each series is tested by itself:
    correct the p-values where you look through many. Pooled periods, rolling ones, and periods of
    a length not stated raise ``ValueError``.
    """
    checks.require_columns(table, "period_start", "period_years", *(by or []))
    checks.require_one_of("statistic", statistic, rates.STATISTICS)
    tail = 1 - checks.require_share("confidence", confidence)
    groups = table.groupby(by, sort=False, dropna=False) if by else [((), table)]
    rows = []
    for key, series in groups:
        found = _one_series(series, statistic, np.random.default_rng(seed))
        rows.append(dict(zip(by or [], key, strict=True)) | found)
    columns = [*(by or []), "first_period", "last_period", "points", "lean", "p_value", "method"]
    found = pd.DataFrame(rows, columns=columns)
    changed = _in_words(found["lean"].to_numpy(float), found["p_value"].to_numpy(float), tail)
    return found.assign(changed=changed, confidence=float(confidence)).drop(columns="lean")


def _one_series(series: pd.DataFrame, statistic: str, noise: np.random.Generator) -> dict:
    """Return what one series shows."""
    refuse_pooled(series)
    ordered = in_order(series)
    refuse_overlapping(ordered)
    counts, people = checks.counts(ordered), checks.denominators(ordered)
    if statistic == "proportion":
        counts = np.where(counts <= people, counts, np.nan)
    known = ~np.isnan(counts / people)
    starts = checks.numbers(ordered, "period_start")[known]
    counts, people = counts[known], people[known]
    found = {"first_period": None, "last_period": None, "points": len(starts), "method": ""}
    if len(starts) < 2:
        return found | {"lean": np.nan, "p_value": np.nan}
    found |= {"first_period": int(starts[0]), "last_period": int(starts[-1])}
    if len(starts) >= FEWEST_TO_SHUFFLE:
        return found | _shuffled(starts, counts, people, statistic, noise)
    return found | _by_chance_alone(starts, counts, people, statistic, noise)


def _shuffled(starts, counts, people, statistic, noise) -> dict:
    """Return the lean of the scores over the years against the lean of the years shuffled."""
    scores = rates.variance_stabilise(counts, people, statistic)[0]
    away = starts - starts.mean()
    if len(starts) <= ALL_ORDERS_UP_TO:
        orders = np.array(list(itertools.permutations(range(len(starts)))))
    else:
        orders = noise.permuted(np.tile(np.arange(len(starts)), (DRAWS, 1)), axis=1)
    lean = float(away @ (scores - scores.mean()))
    leans = (scores - scores.mean())[orders] @ away
    return {"lean": lean, "p_value": _mid_p(lean, leans), "method": "permutation"}


def _by_chance_alone(starts, counts, people, statistic, noise) -> dict:
    """Return the lean of the counts against what chance alone makes of the same total."""
    share = people / people.sum()
    away = starts - share @ starts
    total = round(counts.sum())
    if statistic == "rate":
        drawn = noise.multinomial(total, share, size=DRAWS)
    else:
        whole = np.maximum(np.round(people), np.ceil(counts)).astype("int64")
        drawn = noise.multivariate_hypergeometric(whole, total, size=DRAWS, method="marginals")
    lean = float(away @ counts)
    return {"lean": lean, "p_value": _mid_p(lean, drawn @ away), "method": "conditional"}


def _mid_p(lean: float, leans: np.ndarray) -> float:
    """Return twice the smaller tail, with half of the draws that lean exactly as far.

    The series itself is counted as one draw, so that no p-value is 0.
    """
    close = 1e-9 * max(1.0, float(np.abs(leans).max()))
    level = (np.abs(leans - lean) <= close).sum()
    above, below = (leans > lean + close).sum(), (leans < lean - close).sum()
    return float(min(1.0, 2 * (min(above, below) + level / 2 + 0.5) / (len(leans) + 1)))


def _in_words(lean: np.ndarray, p_values: np.ndarray, tail: float) -> np.ndarray:
    """Return what may be said of each series."""
    is_beyond = p_values < tail
    cases = [np.isnan(p_values), is_beyond & (lean > 0), is_beyond & (lean < 0)]
    words = [comparisons.NOT_KNOWN, RISEN, FALLEN]
    return np.select(cases, words, comparisons.NOT_TOLD_APART).astype(object)
