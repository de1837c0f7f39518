"""Which pairs of areas can be told apart, step by step, and how often each one comes first.

Arrays in, arrays out, one entry an area; ``ranks`` is the door for tables.
"""

import numpy as np


def told_apart(score, error, drawn, tail: float) -> tuple[np.ndarray, np.ndarray]:
    """Return how many areas are told to stand above, and below, each one.

    ``drawn`` holds the chance errors of the scores (draws by areas); ``tail`` is one less the
    confidence. "A stands no higher than B" is given up when A's lead, in standard errors, is
    beyond the share ``tail`` of the largest leads that chance makes among all such statements
    about one area, both ways round, that are still held. A statement given up leaves its opposite
    standing, so that a wrong direction counts as an error too. Step-down: Romano and Wolf (2005).
    """
    lead = in_errors(score[None, :] - score[:, None], np.hypot(error[:, None], error[None, :]))
    drawn = np.ascontiguousarray(drawn.T)  # an area's draws side by side: half the time
    found = [_step_down_one(j, lead[j], _noise(j, error, drawn), tail) for j in range(len(score))]
    counts = np.array(found, dtype=int).reshape(len(score), 2)
    return counts[:, 0], counts[:, 1]


def times_first(drawn_scores: np.ndarray) -> np.ndarray:
    """Return how often each area has the highest score of a draw; ties share a time."""
    is_first = drawn_scores == drawn_scores.max(axis=1, keepdims=True, initial=-np.inf)
    return (is_first / is_first.sum(axis=1, keepdims=True)).sum(axis=0)


def in_errors(gap: np.ndarray, error: np.ndarray) -> np.ndarray:
    """Return each gap in standard errors; without an error a gap is nought or endless."""
    if (error > 0).all():
        return gap / error
    without = np.where(gap == 0, 0.0, np.copysign(np.inf, gap))
    return np.where(error > 0, gap / np.where(error > 0, error, 1), without)


def _noise(area: int, error: np.ndarray, drawn: np.ndarray) -> np.ndarray:
    """Return the leads over one area that chance alone makes, areas by draws."""
    return in_errors(drawn - drawn[area], np.hypot(error[area], error)[:, None])


def _step_down_one(area: int, lead: np.ndarray, noise: np.ndarray, tail: float) -> tuple[int, int]:
    """Return how many areas are told to stand above and below one area."""
    others = np.arange(len(lead)) != area
    higher, lower = others.copy(), others.copy()  # the statements that are still held
    while higher.any() or lower.any():
        largest = np.maximum(
            noise[higher].max(axis=0, initial=-np.inf), -noise[lower].min(axis=0, initial=np.inf)
        )
        critical = np.quantile(largest, 1 - tail)
        left = higher & (lead <= critical), lower & (-lead <= critical)
        if (left[0] == higher).all() and (left[1] == lower).all():
            break
        higher, lower = left
    return int((others & ~higher).sum()), int((others & ~lower).sum())
