"""England's wards of 2007 put in order by mean rank, and by their share of deprived LSOAs."""

from pathlib import Path

import numpy as np
import pandas as pd

from scripts.data_build.raw_deprivation import ADDRESSES, COPY, NOTES, PUBLISHERS
from scripts.data_build.raw_files import OGL, OGL_STATEMENT, RAW_FOLDER, Story, write_raw

POINTS = np.arange(1001) / 10
WORST_PERCENTS = (10, 20)
FOLDER = RAW_FOLDER / "indices-of-deprivation" / "2007"
LOOKUPS = "; wards from jtrim-ons/ons-lookups at 85d0ba6e476badf3861d8dc7485aecf40598d031"
RANK_NOTES = (
    "Every LSOA of England is put in its electoral ward of 31 December 2007, the ranks of a "
    "ward's LSOAs are averaged without weights, and the means are put in order, the most deprived "
    "first. The threshold at p percent is the mean at place 1 + (n_wards - 1) * p / 100, straight "
    "lines between the two nearest places: 0 is the most deprived ward of England, 100 the least. "
    "100 * rank / n_wards comes back to within 0.06 for Darlington's 24 wards. "
)
RANK_COLUMNS = {
    "percent": "share of England's wards that are at least as deprived, percent, 0 to 100",
    "mean_rank_threshold": "mean IMD rank of a ward's LSOAs that marks off that share",
    "n_wards": "electoral wards of England in the list, count",
}
SHARE_NOTES = (
    "Every LSOA of England is put in its electoral ward of 31 December 2007. The share is that of "
    "a ward's LSOAs whose rank is among the most deprived 10 or 20 percent of England's 32,482. "
    "Every share that occurs is a row, so the list is exact; wards of one share cannot be told "
    "apart. Most wards have none: no order can be made of them. "
)
SHARE_COLUMNS = {
    "worst_percent": "10 or 20: the most deprived so many percent of England's LSOAs",
    "share": "share of a ward's LSOAs among them, 0 to 1, six decimals",
    "wards_at_least": "electoral wards of England with at least that share, count",
    "n_wards": "electoral wards of England in the list, count",
}


def rank_thresholds(england: pd.DataFrame) -> pd.DataFrame:
    """Return 1,001 thresholds of mean rank from LSOA ranks (ward2007_code, imd2007_rank)."""
    means = england.groupby("ward2007_code")["imd2007_rank"].mean()
    marks = np.quantile(means, POINTS / 100).round(6)
    return pd.DataFrame({"percent": POINTS, "mean_rank_threshold": marks, "n_wards": len(means)})


def worst_shares(england: pd.DataFrame) -> pd.DataFrame:
    """Return one row a share of LSOAs in the worst 10 or 20%: how many wards have at least that."""
    return pd.concat([_shares(england, percent) for percent in WORST_PERCENTS])


def _shares(england: pd.DataFrame, percent: int) -> pd.DataFrame:
    worst = england["imd2007_rank"] <= len(england) * percent / 100
    of_wards = worst.groupby(england["ward2007_code"]).mean().round(6)
    wards = of_wards.value_counts().sort_index(ascending=False).cumsum()
    return pd.DataFrame(
        {
            "worst_percent": percent,
            "share": wards.index,
            "wards_at_least": wards.to_numpy(),
            "n_wards": len(of_wards),
        }
    )


def write_ward_lists(england: pd.DataFrame) -> list[Path]:
    """Write both lists of 2007; of 2004 and 2010 England's LSOAs are not at hand."""
    by_rank = _story("imd-england-ward-rank-thresholds", "mean ranks", RANK_NOTES, RANK_COLUMNS)
    by_share = _story("imd-england-ward-worst-shares", "deprived LSOAs", SHARE_NOTES, SHARE_COLUMNS)
    return [
        write_raw(rank_thresholds(england), FOLDER / "england_ward_rank_thresholds.csv", by_rank),
        write_raw(worst_shares(england), FOLDER / "england_ward_worst_shares.csv", by_share),
    ]


def _story(dataset: str, what: str, notes: str, columns: dict[str, str]) -> Story:
    return Story(
        dataset=dataset,
        title=f"Index of Multiple Deprivation 2007: {what} of England's wards",
        publisher=PUBLISHERS[2007],
        address=ADDRESSES[2007],
        obtained_from=COPY.replace(". Read", f"{LOOKUPS}. Read"),
        licence=OGL,
        statement=OGL_STATEMENT,
        vintage="2007",
        notes=f"{notes}{NOTES[2007]}",
        columns=columns,
    )
