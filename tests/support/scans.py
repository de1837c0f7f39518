"""Tables of wards to scan, made from counts."""

import numpy as np
import pandas as pd

SLUGS = ("unemployed", "bad-health", "no-car", "no-qualifications", "social-rented")
LEVELS = dict.fromkeys(SLUGS, 20.0)
WARDS, PEOPLE, TRIES = 24, 4000, 150


def table_of(counts: np.ndarray) -> pd.DataFrame:
    """Return rows of the one table: an indicator a row of ``counts``, a ward a column."""
    return pd.DataFrame(
        {
            "indicator": slug,
            "area_code": f"E050{ward:05d}",
            "numerator": float(counts[number, ward]),
            "denominator": float(PEOPLE),
            "status": "",
            "basis": "observed",
            "is_dummy": False,
        }
        for number, slug in enumerate(SLUGS)
        for ward in range(WARDS)
    )
