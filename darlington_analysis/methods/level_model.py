"""A level that may drift, with or without a slope, under chance and under more than chance.

Arrays in, arrays out; ``baselines`` is the door for tables. Many mixtures of extra spread and
drift are weighed by how well each explains the series (restricted likelihood); the forecast is
the average over all of them, so that a short series gives a wide band by itself. Model: Harvey
(1989), chapter 2; prediction with an unknown line: Stein (1999), chapter 1.
"""

from typing import NamedTuple

import numpy as np
from scipy import special


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
