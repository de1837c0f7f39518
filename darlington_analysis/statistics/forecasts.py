"""The baseline: a history, and the forecast if nothing changes, with a band to expect it in."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import special

from darlington_analysis.statistics import checks, rates
from darlington_analysis.statistics import trends as periods


class Mixtures(NamedTuple):
    """What is weighed: sizes of extra spread and of yearly drift, and the doubt about large ones.

    Sizes are in the unit of the series; before the series is looked at, sizes a and b have the
    density exp(-doubt * (a + b)). The doubts below were settled by simulation, on the kinds of
    series in docs/coverage.md.
    """

    extra: tuple[float, ...]
    drift: tuple[float, ...]
    doubt: float


COUNTED = Mixtures(
    extra=(0, 0.01, 0.02, 0.05, 0.1, 0.15, 0.25, 0.4, 0.6, 1.0),
    drift=(0, 0.005, 0.01, 0.02, 0.05, 0.1, 0.15, 0.25, 0.4),
    doubt=8.0,
)
"""For counts, whose chance error is known; sizes are shares of the level."""

COUNTED_SHARES = COUNTED._replace(doubt=12.0)
"""The same for proportions: their odds move less from year to year than rates of events do."""

UNCOUNTED = Mixtures(
    extra=(0.1, 0.2, 0.35, 0.5, 0.7, 1.0, 1.5, 2.5),
    drift=(0, 0.1, 0.3, 0.6, 1.0, 1.5, 2.5),
    doubt=0.5,
)
"""For values without counts; sizes are multiples of the usual step from one year to the next."""

HALVINGS = 45


class Series(NamedTuple):
    """Times, scores, and the scores' standard errors by chance alone, one entry a point."""

    times: np.ndarray
    scores: np.ndarray
    errors: np.ndarray


def forecast(past: Series, later, later_errors, *, unit, mixtures, has_slope, tail) -> np.ndarray:
    """Return the middle, lower and upper scores to come (3 by later times).

    ``later`` and ``later_errors`` are the times to come and their standard errors by chance
    alone; ``unit`` turns the sizes of ``mixtures`` into scores; ``tail`` is the chance left
    beyond either end of the band.
    """
    extra, drift = _pairs(mixtures.extra, mixtures.drift)
    beyond, step = (unit * extra) ** 2, (unit * drift) ** 2
    times = past.times - past.times.min()
    shape = np.minimum.outer(times, times)
    noise = np.diag(past.errors**2) + beyond[:, None, None] * np.eye(len(times))
    inverse = np.linalg.inv(noise + step[:, None, None] * shape)
    design = _design(times, has_slope)
    likelihood, line, room = _fit(inverse, design, past.scores)
    weight = _weigh(likelihood - mixtures.doubt * (extra + drift), mixtures)
    left = np.einsum("gij,gj->gi", inverse, past.scores - line @ design.T)
    middles, spreads = [], []
    for time, error in zip(later - past.times.min(), later_errors, strict=True):
        reach = step[:, None] * times
        through = np.einsum("gij,gj->gi", inverse, reach)
        ahead = _design(np.array([time]), has_slope)[0]
        gap = ahead - through @ design
        middles.append(line @ ahead + (reach * left).sum(axis=1))
        variance = step * time - (reach * through).sum(axis=1) + beyond + error**2
        spreads.append(np.sqrt(variance + np.einsum("gi,gij,gj->g", gap, room, gap)))
    middle = np.array(middles)
    spread = np.array(spreads)
    ends = [_quantile(share, weight, middle, spread) for share in (tail, 1 - tail)]
    return np.stack([middle @ weight, *ends])


def _pairs(one, other) -> tuple[np.ndarray, np.ndarray]:
    """Return every pair of two lists, as two columns."""
    first, second = np.meshgrid(one, other, indexing="ij")
    return first.ravel(), second.ravel()


def _weigh(logs: np.ndarray, mixtures: Mixtures) -> np.ndarray:
    """Return each mixture's weight: its density by the room it stands for, adding up to 1."""
    room = np.multiply(*_pairs(np.gradient(mixtures.extra), np.gradient(mixtures.drift)))
    weight = room * np.exp(logs - logs.max())
    return weight / weight.sum()


def _design(times: np.ndarray, has_slope: bool) -> np.ndarray:
    """Return the columns of the line: a level, and a slope when there is one."""
    return np.column_stack([np.ones(len(times)), times])[:, : 2 if has_slope else 1]


def _fit(inverse, design, scores) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return each mixture's restricted log likelihood, fitted line, and covariance of the line."""
    through = inverse @ design
    room = np.linalg.inv(design.T @ through)
    line = np.einsum("gij,gkj,k->gi", room, through, scores)
    left = scores - line @ design.T
    misfit = np.einsum("gi,gij,gj->g", left, inverse, left)
    sizes = np.linalg.slogdet(inverse)[1] + np.linalg.slogdet(room)[1]
    return 0.5 * (sizes - misfit), line, room


def _quantile(share: float, weight, middle, spread) -> np.ndarray:
    """Return where an average of normal curves has this share below, one a row, by halving."""
    low, high = (middle - 40 * spread).min(axis=1), (middle + 40 * spread).max(axis=1)
    for _ in range(HALVINGS):
        half = (low + high) / 2
        is_short = special.ndtr((half[:, None] - middle) / spread) @ weight < share
        low, high = np.where(is_short, half, low), np.where(is_short, high, half)
    return (low + high) / 2


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
    Without counts, a middle or limit that no figure can have (below none, above everybody) is cut
    off. Periods that share years, by ``period_years`` when given, a negative value and a ``horizon``
    under 1 raise ``ValueError``.
    """
    checks.require_at_least("horizon", horizon, 1)
    checks.require_one_of("kind", kind, tuple(SCALES))
    tail = (1 - checks.require_share("confidence", confidence)) / 2
    history = periods.in_order(series)
    periods.refuse_overlapping(history)
    starts = checks.numbers(history, "period_start")
    is_counted = "numerator" in history.columns
    scale = SCALES[kind] if multiplier is None else multiplier
    checks.require_multiplier(scale)
    counts, people = _figures(history, kind) if is_counted else _values(history)
    value = scale * counts / people if is_counted else counts
    known = ~np.isnan(value)
    reason = _reason(value[known], is_counted)
    ahead, band = _steps_ahead(starts, horizon), np.empty((3, 0))
    if reason in ("", "under_eight"):
        past = (starts[known], counts[known], people[known])
        forecast = _forecast_counts if is_counted else _forecast_values
        band = forecast(*past, ahead, kind, has_slope=not reason, tail=tail)
        band = scale * band if is_counted else np.clip(band, 0, _most(kind, scale))
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
    value = checks.as_counts(checks.numbers(history, "value"), "value")
    return value, np.ones(len(value))


def _most(kind: str, scale: float) -> float:
    return scale if kind == "proportion" else np.inf


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
    past = Series(starts, *rates.variance_stabilise(counts, people, statistic))
    error = np.full(len(ahead), past.errors[-1])
    unit = rates.share_of_level(past.scores.mean(), statistic)
    is_rate = statistic == "rate"
    mixtures = COUNTED if is_rate else COUNTED_SHARES
    how = {"unit": unit, "mixtures": mixtures, "has_slope": has_slope, "tail": tail}
    found = forecast(past, ahead, error, **how)
    middle, lower, upper = (rates.inverse(score, people[-1], statistic) for score in found)
    middle = middle + _bend(past, counts, people, statistic)
    return np.stack([np.clip(middle, lower, upper), lower, upper])


def _bend(past, counts, people, statistic: str) -> float:
    """Return what the middle must be moved by, since a middle on the curved scale is no mean.

    Never more than the history shows: a ward that never had an event is not given a part of one.
    """
    score, error = past.scores.mean(), np.sqrt((past.errors**2).mean())
    seen = counts.sum() / people.sum() - rates.inverse(score, people.mean(), statistic)
    most = rates.curvature_bias(score, error, statistic)
    return np.clip(seen, min(0.0, most), max(0.0, most))


def _forecast_values(starts, value, _, ahead, __, *, has_slope, tail) -> np.ndarray:
    """Return middle, lower and upper of the values to come, by periods, without counts."""
    past = Series(starts, value, np.zeros(len(value)))
    unit = np.sqrt((np.diff(value) ** 2).mean())
    how = {"unit": unit, "mixtures": UNCOUNTED, "has_slope": has_slope, "tail": tail}
    return forecast(past, ahead, np.zeros(len(ahead)), **how)


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
