"""Wards to draw: with awkward names, withheld and unreliable values, on a map or in a table."""

import numpy as np
import pandas as pd

from darlington_analysis.pages.components.maps import MapLayers

LONGEST = "Heighington and Coniscliffe"


def wards(count: int = 24) -> pd.DataFrame:
    """Return wards with limits: the second withheld, the third unreliable, awkward names."""
    value = np.linspace(30, 5, count)
    rows = pd.DataFrame(
        {
            "area_code": [f"E{n:02}" for n in range(count)],
            "area_name": [
                LONGEST,
                "St George's & <North>",
                *(f"Ward {n}" for n in range(2, count)),
            ],
            "value": value,
            "lower_limit": value - 2,
            "upper_limit": value + 2,
            "status": ["", "c", "u", *[""] * (count - 3)],
            "is_dummy": False,
        }
    )
    rows.loc[1, ["value", "lower_limit", "upper_limit"]] = np.nan
    return rows


def tiles(count: int = 24) -> pd.DataFrame:
    """Return wards on five columns, the second with the longest name, the third an awkward one."""
    names = ["Bank Top", "Heighington and Coniscliffe", "St George's & <North>"]
    places = [(n % 5 - n // 5 // 2, n // 5) for n in range(count)]
    return pd.DataFrame(
        {
            "area_code": [f"E{n:02}" for n in range(count)],
            "area_name": [*names, *(f"Hummersknott {n}" for n in range(3, count))][:count],
            "column": [column for column, _ in places],
            "row": [row for _, row in places],
        }
    )


def layers(**changes) -> MapLayers:
    """Return a map of three classes with one ward missing, one picked and two marked."""
    given = {
        "classes": {f"E{n:02}": n % 3 for n in range(24) if n != 5},
        "class_labels": ["Low", "Middle", "High"],
        "missing": {"E05": "[c]"},
        "missing_label": "[c] withheld",
        "picked": "E02",
        "picks": {"E02": "This ward"},
        "marks": {"E00": "supported", "E02": "watch"},
        "mark_labels": {"supported": "Supported", "watch": "Watch list"},
    }
    return MapLayers(**(given | changes))
