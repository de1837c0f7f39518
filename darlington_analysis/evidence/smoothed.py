"""Smoothed rates of every ward, to stand beside the raw ones and never in their place."""

import pandas as pd

from darlington_analysis.catalogue.indicators import Indicator
from darlington_analysis.evidence.rounding import as_printed
from darlington_analysis.methods.smoothing import empirical_bayes

COLUMNS = ["area_code", "smoothed_value", "smoothed_status", "pooled_value", "areas_pooled"]


def smoothed(wards: pd.DataFrame, about: Indicator) -> pd.DataFrame:
    """Return a row a ward with its smoothed rate, rounded as printed; none but for rates.

    Columns: area_code, smoothed_value (null where withheld), smoothed_status ("c" there),
    pooled_value (the rate of all wards shown, together), areas_pooled. Made from the counts the
    gate let out.
    """
    if about.kind != "rate":
        return pd.DataFrame(columns=COLUMNS)
    found = empirical_bayes(wards, about.multiplier)
    for name in ("smoothed_value", "pooled_value"):
        found[name] = [as_printed(value, about) for value in found[name]]
    status = found.status.where(found.smoothed_value.isna(), "")
    return found.assign(smoothed_status=status)[COLUMNS].reset_index(drop=True)
