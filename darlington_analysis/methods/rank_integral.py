"""The sets of ``rank_sets`` for thousands of areas: an integral in place of draws and of pairs.

Given the chance error of one area, the leads of all others over it are independent, so the share of
times that none of them is beyond a limit is a product, integrated over that one error (Dunnett,
Journal of the American Statistical Association, 1955). Areas whose standard errors are within 2 per
cent of each other are counted together: work grows as n log n, and memory hardly. An area's error
is never taken for smaller than it is where pairs are told apart, so ranges are no narrower for it.
"""

import numpy as np
from scipy import special

_ALIKE, _COARSE = 1.02, 8  # errors counted together; how many such groups share an integral's
_AT_ONCE = 256  # areas
_NODES = np.linspace(-5, 5, 41)
_WEIGHTS = np.exp(-(_NODES**2) / 2) / np.exp(-(_NODES**2) / 2).sum()
_LEAST = 1e-15  # of a chance whose logarithm is taken
_NEARER, _NEAR_ENOUGH = 12, 1e-4  # steps towards a limit, and the last one's length


def told_apart(score: np.ndarray, error: np.ndarray, tail: float) -> tuple[np.ndarray, np.ndarray]:
    """Return how many areas are told to stand above, and below, each one.

    The marginal sets of ``rank_sets.told_apart``, step by step. ``error`` is above nought in every
    area. Raises ValueError where it is not.
    """
    if not (error > 0).all():
        raise ValueError("error: every area needs one above nought.")
    groups = _groups(score, error)
    blocks = [
        _step_down(score[start : start + _AT_ONCE], error[start : start + _AT_ONCE], groups, tail)
        for start in range(0, len(score), _AT_ONCE)
    ]
    above, below = zip(*blocks, strict=True) if blocks else ((), ())
    return _joined(above), _joined(below)


def _groups(score, error) -> list[tuple[float, np.ndarray]]:
    """Return areas of like errors: the largest error of a group, and its scores in order."""
    level = np.ceil(np.log(error) / np.log(_ALIKE) - 1e-9).astype(int)
    return [
        (float(error[level == each].max()), np.sort(score[level == each]))
        for each in np.unique(level)
    ]


def _step_down(score, error, groups, tail: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the counts above and below each area of a block; an area's steps end without gain."""
    above = np.zeros((len(score), len(groups)))
    below = above.copy()
    limit = np.full(len(score), special.ndtri(1 - tail / (2 * sum(len(own) for _, own in groups))))
    left = np.arange(len(score))
    while len(left):
        held = _together(groups, above[left], below[left])
        limit[left] = _limit(limit[left], error[left], *held, tail)
        more, less = _beyond(score[left], error[left], groups, limit[left])
        gains = (more > above[left]).any(axis=1) | (less > below[left]).any(axis=1)
        above[left], below[left] = np.maximum(above[left], more), np.maximum(below[left], less)
        left = left[gains]
    return above.sum(axis=1).astype(int), below.sum(axis=1).astype(int)


def _beyond(score, error, groups, limit) -> tuple[np.ndarray, np.ndarray]:
    """Return, areas by groups, how many of a group lie beyond an area's limit, above and below."""
    above, below = [], []
    for spread, scores in groups:
        reach = limit * np.hypot(error, spread)
        above.append(len(scores) - np.searchsorted(scores, score + reach, side="right"))
        below.append(np.searchsorted(scores, score - reach, side="left"))
    return np.array(above, float).T, np.array(below, float).T


def _limit(before, error, spread, counts, tail: float) -> np.ndarray:
    """Return each area's critical lead: chance alone passes it in the share ``tail`` of cases.

    Of the statements still held: all areas both ways round, but for those told apart one way. The
    area itself is one of its group and is taken out. ``before``: a limit that is no smaller. Found
    by secants, on a scale where the chance of a largest value is nearly straight.
    """
    own = np.argmin(np.abs(np.log(spread)[None, :] - np.log(error)[:, None]), axis=1)
    rows = np.arange(len(error))
    counts[0][rows, own] = np.maximum(counts[0][rows, own] - 1, 0)
    wanted = np.log(-np.log1p(-tail))
    last, now = before, before - 0.1
    was = _straight(last, error, spread, *counts) - wanted
    for _ in range(_NEARER):
        here = _straight(now, error, spread, *counts) - wanted
        moved = (now != last) & (np.abs(here - was) > _LEAST)
        run, rise = np.where(moved, now - last, 0.0), np.where(moved, here - was, 1.0)
        step = np.clip(-here * run / rise, -1.0, 1.0)
        last, was, now = now, here, np.clip(now + step, 0.0, before)
        if (np.abs(now - last) < _NEAR_ENOUGH).all():
            break
    return now


def _together(groups, above, below) -> tuple[np.ndarray, tuple[np.ndarray, ...]]:
    """Return fewer, wider groups for the integral: their errors, and counts by what is held."""
    starts = np.arange(0, len(groups), _COARSE)
    spread = np.array([error for error, _ in groups])
    sizes = np.array([len(scores) for _, scores in groups], float)
    weight = np.add.reduceat(sizes, starts)
    wide = np.exp(np.add.reduceat(np.log(spread) * sizes, starts) / weight)
    held = sizes[None, :] - above - below
    return wide, tuple(np.add.reduceat(each, starts, axis=1) for each in (held, above, below))


def _straight(limit, error, spread, held, only_low, only_high) -> np.ndarray:
    """Return how often no lead of a held statement is beyond an area's limit, as log(-log)."""
    reach = limit[:, None] * np.hypot(error[:, None], spread[None, :])
    moved = error[:, None, None] * _NODES
    under = special.ndtr((reach[..., None] + moved) / spread[None, :, None])
    beneath = special.ndtr((moved - reach[..., None]) / spread[None, :, None])
    told = held[..., None] * np.log(np.maximum(under - beneath, _LEAST))
    told += only_low[..., None] * np.log(np.maximum(1 - beneath, _LEAST))
    told += only_high[..., None] * np.log(np.maximum(under, _LEAST))
    within = np.exp(told.sum(axis=1)) @ _WEIGHTS
    return np.log(-np.log(np.clip(within, _LEAST, 1 - _LEAST)))


def _joined(blocks) -> np.ndarray:
    return np.concatenate(blocks) if blocks else np.empty(0, int)
