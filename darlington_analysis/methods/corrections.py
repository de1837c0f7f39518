"""Many tests at once: what is left of each p-value when chance had that many tries."""

import numpy as np
import pandas as pd

from darlington_analysis.methods import _checks as checks

METHODS = ("holm", "benjamini-hochberg")


def adjust(table: pd.DataFrame, method: str = "holm", column: str = "p_value") -> pd.DataFrame:
    """Return a copy of the table with ``p_adjusted``, ``tests`` and ``correction`` on each row.

    ``holm`` (1979) holds the chance of even one false alarm among all rows at the level that
    ``p_adjusted`` is read at; ``benjamini-hochberg`` (1995) holds the share of false alarms among
    the rows that stand out. A null p-value is no test and stays null.
    """
    checks.require_one_of("method", method, METHODS)
    p_values = checks.numbers(table, column)
    if ((p_values < 0) | (p_values > 1)).any():
        raise ValueError(f"{column} holds a number that is no p-value.")
    known = np.flatnonzero(~np.isnan(p_values))
    adjusted = np.full(len(table), np.nan)
    adjusted[known] = (_holm if method == "holm" else _benjamini_hochberg)(p_values[known])
    return table.assign(p_adjusted=adjusted, tests=len(known), correction=method)


def _holm(p_values: np.ndarray) -> np.ndarray:
    """Return Holm's step-down p-values."""
    order = np.argsort(p_values, kind="stable")
    left = len(p_values) - np.arange(len(p_values))
    stepped = np.minimum(1, np.maximum.accumulate(p_values[order] * left))
    return stepped[np.argsort(order, kind="stable")]


def _benjamini_hochberg(p_values: np.ndarray) -> np.ndarray:
    """Return Benjamini and Hochberg's step-up p-values."""
    order = np.argsort(p_values, kind="stable")
    share = len(p_values) / (1 + np.arange(len(p_values)))
    stepped = np.minimum.accumulate((p_values[order] * share)[::-1])[::-1]
    return np.minimum(1, stepped)[np.argsort(order, kind="stable")]
