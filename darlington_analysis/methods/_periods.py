"""The periods of a series: in order, once each, and none that share a year."""

import numpy as np
import pandas as pd

from darlington_analysis.methods import _checks as checks


def in_order(series: pd.DataFrame) -> pd.DataFrame:
    """Return the series sorted by ``period_start``; a null or repeated period is refused."""
    starts = checks.numbers(series, "period_start")
    if np.isnan(starts).any() or len(np.unique(starts)) < len(starts):
        raise ValueError("period_start must name every period once; one is null or repeated.")
    return series.iloc[np.argsort(starts, kind="stable")].reset_index(drop=True)


def refuse_overlapping(series: pd.DataFrame) -> None:
    """Raise ``ValueError`` when ``period_years`` shows that periods in order share years."""
    if "period_years" not in series.columns:
        return
    starts, years = checks.numbers(series, "period_start"), checks.numbers(series, "period_years")
    if (np.diff(starts) < years[:-1]).any():
        raise ValueError(
            "The periods roll: neighbours share years, so they cannot tell of a change from one "
            "to the next. Use single years, or periods that do not overlap."
        )


def refuse_pooled(series: pd.DataFrame) -> None:
    """Raise ``ValueError`` unless ``period_years`` shows every period to be one year or less."""
    years = checks.numbers(series, "period_years")
    if not (years <= 1).all():
        raise ValueError(
            "The periods pool years, which hides the changes a trend is made of. Use single "
            "years, of a wider area if a ward's must be withheld."
        )
