"""Darlington's scores in the Indices of Deprivation 2004 to 2025, by the LSOAs of their time."""

from pathlib import Path

import pandas as pd

from scripts.data_build.raw_files import NOT_TRIED, OGL, OGL_STATEMENT, RAW_FOLDER, Story, write_raw

COPY = f"humaniverse/IMD at 2f6c9050afee99a40041eb63b02b6b0c58850704. {NOT_TRIED}"
PUBLISHERS = {
    2004: "Office of the Deputy Prime Minister",
    2007: "Communities and Local Government",
    2010: "Communities and Local Government",
    2015: "Department for Communities and Local Government",
    2019: "Ministry of Housing, Communities and Local Government",
    2025: "Ministry of Housing, Communities and Local Government",
}
# The year of the LSOAs that each Index is published for, and how many England had.
LSOAS = {
    2004: (2001, 32_482),
    2007: (2001, 32_482),
    2010: (2001, 32_482),
    2015: (2011, 32_844),
    2019: (2011, 32_844),
    2025: (2021, 33_755),
}
OLDER = "https://www.gov.uk/government/collections/english-indices-of-deprivation"
ADDRESSES = {
    2004: OLDER,
    2007: OLDER,
    2010: "https://www.gov.uk/government/statistics/english-indices-of-deprivation-2010",
    2015: "https://www.gov.uk/government/statistics/english-indices-of-deprivation-2015",
    2019: "https://www.gov.uk/government/statistics/english-indices-of-deprivation-2019",
    2025: "https://www.gov.uk/government/statistics/english-indices-of-deprivation-2025",
}
NOTES = {
    2004: "Crown copyright material published before the Open Government Licence existed; the "
    "public copy says the licence covers it. Check before publishing outside the Council. "
    "Scores have two decimals.",
    2007: "The public copy carries the scores as binary fractions of single precision "
    "(52.84150314331055); they are rounded to four decimals here, which leaves their order as "
    "it was.",
    2010: "Scores have two decimals.",
    2015: "Scores have three decimals.",
    2019: "Scores have three decimals.",
    2025: "Scores have three decimals.",
}


def write_deprivation_tables(reference: Path) -> list[Path]:
    """Write lsoa_scores.csv for each edition: a row of score and rank for each LSOA."""
    return [_write_edition(reference, edition) for edition in PUBLISHERS]


def _write_edition(reference: Path, edition: int) -> Path:
    file = RAW_FOLDER / "indices-of-deprivation" / str(edition) / "lsoa_scores.csv"
    return write_raw(_scores(reference, edition), file, _story(edition))


def _scores(reference: Path, edition: int) -> pd.DataFrame:
    year, _ = LSOAS[edition]
    source = pd.read_csv(reference / "indicators" / f"imd{edition}_lsoa{year}_darlington.csv")
    code = f"lsoa{year % 100:02}_code"
    names = {code: "lsoa_code", "IMD_score": "score", "IMD_rank": "rank"}
    return source[list(names)].rename(columns=names).round({"score": 4})


def columns(edition: int) -> dict[str, str]:
    """Return what each column of an edition's file is."""
    year, england = LSOAS[edition]
    return {
        "lsoa_code": f"lower layer super output area of {year}, GSS code",
        "score": "Index of Multiple Deprivation, overall score; a higher score is more deprived",
        "rank": f"rank of the score among the {england:,} LSOAs of England, 1 is most deprived",
    }


def _story(edition: int) -> Story:
    return Story(
        dataset="imd-lsoa-scores",
        title=f"Index of Multiple Deprivation {edition}: Darlington's LSOAs",
        publisher=PUBLISHERS[edition],
        address=ADDRESSES[edition],
        obtained_from=COPY,
        licence=OGL,
        statement=OGL_STATEMENT,
        vintage=str(edition),
        notes=NOTES[edition],
        columns=columns(edition),
    )
