"""Where a score stands among all areas of a country, read from a table of thresholds."""

import numpy as np
import pandas as pd

METHOD = "mean score placed between national thresholds"


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
