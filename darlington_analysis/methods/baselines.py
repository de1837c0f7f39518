"""The baseline: a history, and the forecast if nothing changes, with a band to expect it in."""

import numpy as np
import pandas as pd

from darlington_analysis.methods import _checks as checks
from darlington_analysis.methods import _periods as periods
from darlington_analysis.methods import _scales as scales
from darlington_analysis.methods import level_model

SCALES = {"count": 1, "rate": 100_000, "proportion": 100}
"""What a figure is multiplied by, for each kind, when the caller names nothing else."""

FEWEST_FOR_LEVEL = 4
FEWEST_FOR_SLOPE = 8


def baseline(
    series: pd.DataFrame,
    kind: str,
    horizon: int = 3,
    confidence: float = 0.95,
    multiplier: float | None = None,
) -> pd.DataFrame:
    """Return the history of one area and, below it, the forecast with its prediction band.

    ``series`` has ``period_start`` (whole years, or other equal steps) and ``numerator``, with
    ``denominator`` unless ``kind`` is ``count`` (else ``rate`` or ``proportion``); or ``value``
    alone, where the counts are not known. ``multiplier`` scales a figure made from counts; left
    out it is 1, 100,000 or 100 by kind. Columns: ``period_start``, ``value``, ``lower_limit``,
    ``upper_limit``, ``is_forecast``, ``points`` (periods with a figure), ``confidence``,
    ``method``, ``reason``. The band is where the figure of a period to come, chance included,
    is expected if things go on as they did, on the last known denominator. From eight points a
    slope is fitted; under eight the level is held (``under_eight``); under four there is no
    forecast (``under_four``), nor where values without counts never vary (``no_variation``).
    Periods that share years, by ``period_years`` when given, raise ``ValueError``.
    """
    checks.require_one_of("kind", kind, tuple(SCALES))
    tail = (1 - checks.require_share("confidence", confidence)) / 2
    history = periods.in_order(series)
    periods.refuse_overlapping(history)
    starts = checks.numbers(history, "period_start")
    is_counted = "numerator" in history.columns
    scale = SCALES[kind] if multiplier is None else multiplier
    counts, people = _figures(history, kind) if is_counted else _values(history)
    value = scale * counts / people if is_counted else counts
    known = ~np.isnan(value)
    reason = _reason(value[known], is_counted)
    ahead, band = _steps_ahead(starts, horizon), np.empty((3, 0))
    if reason in ("", "under_eight"):
        past = (starts[known], counts[known], people[known])
        forecast = _forecast_counts if is_counted else _forecast_values
        band = forecast(*past, ahead, kind, has_slope=not reason, tail=tail)
        band = scale * band if is_counted else band
    return _table(starts, value, ahead, band).assign(
        points=int(known.sum()),
        confidence=float(confidence),
        method=_method(reason),
        reason=reason,
    )


def _figures(history: pd.DataFrame, kind: str) -> tuple[np.ndarray, np.ndarray]:
    """Return counts and denominators; a count is its own, per one period."""
    counts = checks.counts(history)
    if kind == "count":
        return counts, np.ones(len(counts))
    people = checks.denominators(history)
    if kind == "proportion":
        counts = np.where(counts <= people, counts, np.nan)
    return counts, people


def _values(history: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return values whose counts are not known, and nothing to divide them by."""
    value = checks.numbers(history, "value")
    return value, np.ones(len(value))


def _reason(value: np.ndarray, is_counted: bool) -> str:
    """Return why the forecast is not what a long series would give, or nothing."""
    if len(value) < FEWEST_FOR_LEVEL:
        return "under_four"
    if not is_counted and np.ptp(value) == 0:
        return "no_variation"
    return "under_eight" if len(value) < FEWEST_FOR_SLOPE else ""


def _steps_ahead(starts: np.ndarray, horizon: int) -> np.ndarray:
    """Return the periods to come, each as far on as the closest two of the past are apart."""
    if len(starts) < 2:
        return np.empty(0)
    return starts[-1] + np.diff(starts).min() * np.arange(1, horizon + 1)


def _forecast_counts(starts, counts, people, ahead, kind, *, has_slope, tail) -> np.ndarray:
    """Return middle, lower and upper of the shares to come, by periods, from counts."""
    statistic = "proportion" if kind == "proportion" else "rate"
    past = level_model.Series(starts, *scales.stable(counts, people, statistic))
    error = np.full(len(ahead), past.errors[-1])
    unit = scales.share_of_level(past.scores.mean(), statistic)
    is_rate = statistic == "rate"
    mixtures = level_model.COUNTED if is_rate else level_model.COUNTED_SHARES
    how = {"unit": unit, "mixtures": mixtures, "has_slope": has_slope, "tail": tail}
    found = level_model.forecast(past, ahead, error, **how)
    middle, lower, upper = (scales.back(score, people[-1], statistic) for score in found)
    middle = middle + _bend(past, counts, people, statistic)
    return np.stack([np.clip(middle, lower, upper), lower, upper])


def _bend(past, counts, people, statistic: str) -> float:
    """Return what the middle must be moved by, since a middle on the curved scale is no mean.

    Never more than the history shows: a ward that never had an event is not given a part of one.
    """
    score, error = past.scores.mean(), np.sqrt((past.errors**2).mean())
    seen = counts.sum() / people.sum() - scales.back(score, people.mean(), statistic)
    most = scales.bend(score, error, statistic)
    return np.clip(seen, min(0.0, most), max(0.0, most))


def _forecast_values(starts, value, _, ahead, __, *, has_slope, tail) -> np.ndarray:
    """Return middle, lower and upper of the values to come, by periods, without counts."""
    past = level_model.Series(starts, value, np.zeros(len(value)))
    unit = np.sqrt((np.diff(value) ** 2).mean())
    how = {"unit": unit, "mixtures": level_model.UNCOUNTED, "has_slope": has_slope, "tail": tail}
    return level_model.forecast(past, ahead, np.zeros(len(ahead)), **how)


def _method(reason: str) -> str:
    """Return the name of the method that was used."""
    names = {"": "level and slope, averaged", "under_eight": "level held, averaged"}
    return names.get(reason, "")


def _table(starts, value, ahead, band) -> pd.DataFrame:
    """Return history and forecast one under the other."""
    ahead = ahead[: band.shape[1]]
    nothing = np.full(len(starts), np.nan)
    return pd.DataFrame(
        {
            "period_start": np.concatenate([starts, ahead]).astype("int64"),
            "value": np.concatenate([value, band[0]]),
            "lower_limit": np.concatenate([nothing, band[1]]),
            "upper_limit": np.concatenate([nothing, band[2]]),
            "is_forecast": np.repeat([False, True], [len(starts), len(ahead)]),
        }
    )
