"""Make the national lists of ward scores: the mean LSOA score that marks off the worst p%.

DARLINGTON_REFERENCE_DATA=<folder> python -m scripts.data_build.thresholds
"""

from pathlib import Path

import numpy as np
import pandas as pd

from scripts.data_build.raw_deprivation import ADDRESSES, COPY, NOTES, PUBLISHERS
from scripts.data_build.raw_files import (
    OGL,
    OGL_STATEMENT,
    RAW_FOLDER,
    Story,
    reference_folder,
    write_raw,
)
from scripts.data_build.ward_lists import write_ward_lists

POINTS_OF_2007 = np.arange(1001) / 10
DEFINITION = (
    "Every LSOA of England is put in its electoral ward, the scores of a ward's LSOAs are averaged "
    "without weights, and n_wards means are put in order, the most deprived first. The threshold "
    "at p percent is the mean at place 1 + (n_wards - 1) * p / 100 in that order, straight lines "
    "between the two nearest places (a quantile of type 7 at 1 - p / 100): 0 is the most "
    "deprived ward of England, 100 the least. A mean score is given its position back by a "
    "straight line between the two nearest rows; position = 100 * rank / n_wards comes back to "
)
FEW = "29 points only: the full list was not at hand"
PRECISION = {
    2004: "within 0.35 for Darlington's 24 wards (29 points only: the full list was not at hand).",
    2007: "within 0.1, from 1,001 points. Ward set of 31 December 2007.",
    2010: "within 0.30 for Darlington's 24 wards (29 points only: the full list was not at hand).",
    2015: f"within 0.43 for Darlington's 20 wards ({FEW}). Wards of 2015.",
    2019: f"within 0.29 for Darlington's 20 wards ({FEW}). Wards of 2015.",
    2025: f"within 0.41 for Darlington's 20 wards ({FEW}). Wards of 2024.",
}
LOOKUPS = "; wards from jtrim-ons/ons-lookups at 85d0ba6e476badf3861d8dc7485aecf40598d031"
COLUMNS = {
    "percent": "share of England's wards that are at least as deprived, percent, 0 to 100",
    "mean_score_threshold": "mean IMD score of a ward's LSOAs that marks off that share",
    "n_wards": "electoral wards of England in the list, count",
}


def thresholds_from_lsoas(england: pd.DataFrame) -> pd.DataFrame:
    """Return the 1,001 thresholds of 2007 from LSOA scores (ward2007_code, imd2007_score)."""
    means = england.groupby("ward2007_code")["imd2007_score"].mean()
    scores = np.quantile(means, 1 - POINTS_OF_2007 / 100)
    return pd.DataFrame(
        {"percent": POINTS_OF_2007, "mean_score_threshold": scores.round(6), "n_wards": len(means)}
    )


def thresholds_from_points(points: pd.DataFrame, edition: int) -> pd.DataFrame:
    """Return the 29 thresholds of an edition whose England file is not at hand."""
    names = {
        "most_deprived_percent": "percent",
        "mean_score_threshold": "mean_score_threshold",
        "n_wards_england": "n_wards",
    }
    return points.loc[points["iod_vintage"] == edition, list(names)].rename(columns=names)


def _story(edition: int) -> Story:
    return Story(
        dataset="imd-england-ward-thresholds",
        title=f"Index of Multiple Deprivation {edition}: mean scores of England's wards",
        publisher=PUBLISHERS[edition],
        address=ADDRESSES[edition],
        obtained_from=COPY.replace(". Read", f"{LOOKUPS}. Read"),
        licence=OGL,
        statement=OGL_STATEMENT,
        vintage=str(edition),
        notes=f"{DEFINITION}{PRECISION[edition]} {NOTES[edition]}",
        columns=COLUMNS,
    )


def _write(table: pd.DataFrame, edition: int) -> Path:
    file = RAW_FOLDER / "indices-of-deprivation" / str(edition) / "england_ward_thresholds.csv"
    return write_raw(table, file, _story(edition))


def main() -> None:
    """Write the list of each edition and name it."""
    indicators = reference_folder() / "indicators"
    england = pd.read_csv(indicators / "imd2007_england_lsoa2001.csv")
    points = pd.read_csv(indicators / "imd_england_ward_score_thresholds_derived.csv")
    tables = {edition: thresholds_from_points(points, edition) for edition in PUBLISHERS}
    tables[2007] = thresholds_from_lsoas(england)
    for edition, table in tables.items():
        print(_write(table, edition).relative_to(RAW_FOLDER))
    for file in write_ward_lists(england):
        print(file.relative_to(RAW_FOLDER))


if __name__ == "__main__":
    main()
