"""Make the dummy figures: invented, because no real ones are published. Needs only data/raw.

python -m scripts.data_build.dummy_figures [folder to write in, data/raw unless told]
"""

import sys
from pathlib import Path

import pandas as pd

from scripts.data_build.dummy_skills import SKILLS_STORY, skills_percentages
from scripts.data_build.dummy_youth_justice import (
    borough_counts,
    borough_story,
    ward_counts,
    ward_story,
)
from scripts.data_build.raw_files import RAW_FOLDER, write_raw

GEOGRAPHY = RAW_FOLDER / "geography" / "2003-2015"
CENSUS = RAW_FOLDER / "census" / "2011"


def main() -> None:
    """Write ward and borough counts of first-time entrants, and ward percentages of skills."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else RAW_FOLDER
    entrants, skills = folder / "dummy" / "first-time-entrants", folder / "dummy" / "adult-skills"
    wards, seed = ward_counts(_young_and_score())
    print(f"first-time entrants: seed {seed}")
    write_raw(wards, entrants / "ward_counts_DUMMY.csv", ward_story(seed))
    write_raw(borough_counts(wards), entrants / "borough_counts_DUMMY.csv", borough_story(seed))
    percentages = skills_percentages(_no_qualifications())
    write_raw(percentages, skills / "ward_percentages_DUMMY.csv", SKILLS_STORY)


def _young_and_score() -> pd.DataFrame:
    """Return residents aged 10 to 17 and the mean IMD 2007 score of each ward."""
    ages = pd.read_csv(CENSUS / "age_bands.csv").set_index("area_code")["age_10_17"]
    deprivation = RAW_FOLDER / "indices-of-deprivation" / "2007" / "lsoa_scores.csv"
    scores = pd.read_csv(deprivation).set_index("lsoa_code")["score"]
    return pd.DataFrame(
        {
            "young": ages.groupby(_ward_of("lsoa2011_to_ward.csv")).sum(),
            "score": scores.groupby(_ward_of("lsoa2001_to_ward.csv")).mean(),
        }
    )


def _no_qualifications() -> pd.Series:
    """Return the percentage of residents aged 16 and over with no qualifications, by ward."""
    counts = pd.read_csv(CENSUS / "profile_counts.csv").set_index("area_code")
    chosen = counts[["no_qualifications", "residents_16_plus"]]
    sums = chosen.groupby(_ward_of("lsoa2011_to_ward.csv")).sum()
    return 100 * sums["no_qualifications"] / sums["residents_16_plus"]


def _ward_of(lookup: str) -> pd.Series:
    return pd.read_csv(GEOGRAPHY / lookup).set_index("lsoa_code")["ward_code"]


if __name__ == "__main__":
    main()
