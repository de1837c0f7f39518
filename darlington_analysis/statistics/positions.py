"""Where a score stands among all areas of a country, read from a table of thresholds."""

import numpy as np
import pandas as pd

METHOD = "mean score placed between national thresholds"
_SAME = 1e-6  # shares are listed with six decimals


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


def share_position(shares: pd.Series, listed: pd.DataFrame) -> pd.DataFrame:
    """Return ``at_least`` and ``more`` for each share: percentages of all areas, 0 to 100.

    ``listed`` has share (every one that occurs, a higher one being more deprived), wards_at_least
    and n_wards. ``at_least`` counts the areas with that share or a higher one, ``more`` those with
    a higher one: the areas between them share one place, and no order can be made of them.
    """
    ordered = listed.astype(float).sort_values("share")
    marks = ordered.share.to_numpy()
    counts = np.append(ordered.wards_at_least.to_numpy(), 0.0)
    wanted = shares.astype(float).to_numpy()
    all_areas = ordered.n_wards.iloc[0]
    found = {
        "at_least": counts[np.searchsorted(marks, wanted - _SAME, side="left")],
        "more": counts[np.searchsorted(marks, wanted + _SAME, side="right")],
    }
    placed = pd.DataFrame({name: 100 * count / all_areas for name, count in found.items()})
    return placed.set_index(shares.index).where(shares.notna(), axis=0)
