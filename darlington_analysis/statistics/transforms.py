"""Scales on which the spread of a count does not hang on the size of the count.

On these scales a count of nought has a spread too, and the order of rates stays the same.
"""

import numpy as np

from darlington_analysis.statistics import checks

STATISTICS = ("rate", "proportion")


def stable(counts: np.ndarray, people: np.ndarray, statistic: str) -> tuple:
    """Return the score of each row and its standard error, for a rate or a proportion.

    Anscombe (1948): the square root of (count + 3/8) / people for a rate, the arcsine of the
    square root of (count + 3/8) / (people + 3/4) for a proportion.
    """
    checks.require_one_of("statistic", statistic, STATISTICS)
    if statistic == "rate":
        return np.sqrt((counts + 0.375) / people), 0.5 / np.sqrt(people)
    share = (counts + 0.375) / (people + 0.75)
    return np.arcsin(np.sqrt(share)), 0.5 / np.sqrt(people + 0.5)


def back(score, people, statistic: str) -> np.ndarray:
    """Return the share (counts over people) that a score stands for, within what can be."""
    if statistic == "rate":
        return np.maximum(0, np.maximum(0, score) ** 2 - 0.375 / people)
    share = np.sin(np.clip(score, 0, np.pi / 2)) ** 2
    return np.clip(((people + 0.75) * share - 0.375) / people, 0, 1)


def share_of_level(score: float, statistic: str) -> float:
    """Return by how much a score moves when a rate (or the odds of a proportion) grows by 1.

    That is its derivative by the logarithm, so that variation can be told as a share.
    """
    return score / 2 if statistic == "rate" else np.sin(2 * score) / 4


def bend(score: float, error: float, statistic: str) -> float:
    """Return by how much chance lifts the mean share above the share that a mean score stands for.

    The scale is curved: half its second derivative, by the variance of the score.
    """
    return error**2 * (1.0 if statistic == "rate" else np.cos(2 * score))
