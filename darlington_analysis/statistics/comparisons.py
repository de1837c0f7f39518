"""Higher, lower, or not to be told apart: a ward beside a benchmark."""

import numpy as np
import pandas as pd

from darlington_analysis.statistics import checks

HIGHER, LOWER = "higher", "lower"
NOT_TOLD_APART = "cannot be told apart"
NOT_KNOWN = "not known"


def compare(table: pd.DataFrame, benchmark_value) -> pd.DataFrame:
    """Return a copy of the table that says where each row stands beside the benchmark.

    ``table`` needs ``lower_limit`` and ``upper_limit``; ``benchmark_value`` is one number in
    their unit, or one a row. Adds ``benchmark_value``, ``comparison`` (``higher``, ``lower``,
    ``cannot be told apart``, ``not known`` where a limit or the benchmark is missing) and
    ``comparison_method``. The benchmark is taken as known: its own uncertainty is left out, which
    is fair for England and too sure for a place not much larger than the ward. Whether higher is
    good is not asked here.
    """
    lower, upper = checks.numbers(table, "lower_limit"), checks.numbers(table, "upper_limit")
    benchmark = _one_a_row(benchmark_value, len(table))
    return table.assign(
        benchmark_value=benchmark,
        comparison=in_words(lower, upper, benchmark),
        comparison_method="limits against a benchmark taken as known",
    )


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
