"""Darlington in the Indices of Deprivation 2004 to 2025: scores, and the figures beneath them."""

from pathlib import Path

import numpy as np
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


# The figures beneath the scores. Each table has a row for each LSOA and, where the copy lets one
# work it out, a row for England.
ENGLAND, BOROUGH = "E92000001", "E06000005"
AREA = {"area_code": "GSS code", "area_type": "lsoa, borough or country"}
_LSOA_OR_BOROUGH = {False: "lsoa", True: "borough"}
MEAN_OF_ENGLAND = (
    "The row of England is the mean of all its neighbourhoods, each counted once. It was worked "
    "out from 29 percentiles, by the trapezium rule up to the 99th; beyond it figures are taken to "
    "thin out as they do from the 98th to the 99th, as one town centre can have six times the rate "
    "of the 99th. For a score that is known for every neighbourhood (2007) this comes 0.3% too high. "
    "Counting people in place of neighbourhoods gave up to half a percentage point less where both "
    "are known (no qualifications, 2011 and 2021)."
)
LOW_SKILLS = (
    "share, 0 to 1, of adults of working age (from 25) with no or low qualifications, or who "
    "can't speak English or can't speak it well"
)
NO_COUNTS = "The Index gives the share and not the number of adults it is out of."
CRIMES = {
    "violence": ["violence_with_injury", "violence_without_injury"],
    "anti_social_behaviour": ["anti_social_behaviour"],
    "criminal_damage": ["criminal_damage"],
}
RATE = "_rate_per_1_000_at_risk_population"


def write_index_figures(reference: Path) -> list[Path]:
    """Write adult skills (two tables), income and employment, children, and recorded crime."""
    return [
        _income_and_employment(reference),
        _adult_skills_2011(reference),
        _adult_skills_2021(reference),
        _children(reference),
        _crime(reference),
    ]


def _income_and_employment(reference: Path) -> Path:
    names = {"Income_score": "income_deprived", "Employment_score": "employment_deprived"}
    ages = _ages_of_2011(reference)
    lookup = pd.read_csv(reference / "geography" / "lookup_lsoa2001_to_lsoa2011.csv")
    of_2001 = ages.index.to_series().map(
        lookup.drop_duplicates("lsoa11cd").set_index("lsoa11cd")["lsoa01cd"]
    )
    people = {"residents": (0, 90), "residents_16_64": (16, 64)}
    table = _with_england(
        _index(reference, 2010, names),
        _banded(ages, people).groupby(of_2001.fillna(ages.index.to_series())).sum(),
        _means_of_england(reference, 2010, names),
    )
    meanings = {
        "income_deprived": "share, 0 to 1, of people in families with a low income (benefits or "
        "tax credits), as published: to two decimals",
        "employment_deprived": "share, 0 to 1, of people of working age who are out of work and "
        "on a benefit (out of work, sick or disabled, caring), as published: to two decimals",
        "residents": "usual residents at the census of 2011, count",
        "residents_16_64": "usual residents aged 16 to 64 at the census of 2011, count",
    }
    return _write_figures(
        table,
        2010,
        "income_and_employment",
        "People with a low income and out of work, Index of Deprivation 2010",
        meanings,
        "Published to two decimals, so a neighbourhood's share may be off by half a percentage "
        f"point. Residents of the census of 2011 are the weights. {MEAN_OF_ENGLAND}",
    )


def _adult_skills_2011(reference: Path) -> Path:
    names = {"adult_skills_sub_domain_score": "low_skills"}
    table = _with_england(
        _index(reference, 2015, names),
        _banded(_ages_of_2011(reference), {"residents_25_64": (25, 64)}),
        _means_of_england(reference, 2015, names),
    )
    meanings = {
        "low_skills": f"{LOW_SKILLS}, at the census of 2011",
        "residents_25_64": "usual residents aged 25 to 64 at the census of 2011, count",
    }
    return _write_figures(
        table,
        2015,
        "adult_skills",
        "Adults with few or no qualifications or little English, census of 2011",
        meanings,
        f"{NO_COUNTS} Women of 25 to 59 and men of 25 to 64 are in it. The Index of 2019 prints "
        f"the same shares once more. {MEAN_OF_ENGLAND}",
    )


def _adult_skills_2021(reference: Path) -> Path:
    names = {"adult_skills_and_english_language_proficiency_indicator": "low_skills"}
    table = _with_england(
        _index(reference, 2025, names),
        _of_2022(reference)[["working_age"]],
        _means_of_england(reference, 2025, names),
    )
    meanings = {
        "low_skills": f"{LOW_SKILLS}, at the census of 2021",
        "working_age": "residents aged 18 to 66 in mid-2022, which the Index of 2025 counts, count",
    }
    return _write_figures(
        table,
        2025,
        "adult_skills",
        "Adults with few or no qualifications or little English, census of 2021",
        meanings,
        f"{NO_COUNTS} The residents are the weights. Qualifications were asked for in other words "
        f"in 2011. {MEAN_OF_ENGLAND}",
    )


def _children(reference: Path) -> Path:
    names = {
        "income_deprivation_affecting_children_index_idaci_numerator": "children_low_income",
    }
    table = _index(reference, 2025, names).join(_of_2022(reference)[["age_0_15"]])
    table = table.rename(columns={"age_0_15": "children"}).astype("Int64")
    table.loc[BOROUGH] = table.sum()
    meanings = {
        "children_low_income": "children aged 0 to 15 in families with a low income, rounded to 5 "
        "by the publisher, who left out small counts; count",
        "children": "children aged 0 to 15 in mid-2022, which the Index of 2025 counts, count",
    }
    return _write_figures(
        table.rename_axis("area_code")
        .reset_index()
        .assign(area_type=lambda rows: rows["area_code"].eq(BOROUGH).map(_LSOA_OR_BOROUGH)),
        2025,
        "children",
        "Children in families with a low income, Index of Deprivation 2025",
        meanings,
        "The publisher left out the count of two neighbourhoods, to protect people: the least that "
        "is printed is 10. The borough's row is the sum of what is printed, so it is at most 0.1 "
        "percentage points too low. The Index of 2019 counts low income in another way, so the two "
        "must not be compared. England's count is not in the copy.",
    )


def _crime(reference: Path) -> Path:
    kinds = [kind for parts in CRIMES.values() for kind in parts]
    names = {f"{kind}{RATE}": kind for kind in kinds}
    table = _with_england(
        _index(reference, 2025, names),
        _of_2022(reference)[["all_ages"]].rename(columns={"all_ages": "residents"}),
        _means_of_england(reference, 2025, names),
    )
    for kind, parts in CRIMES.items():
        table[kind] = table[parts].sum(axis="columns").round(1)
    rate = "recorded for every 1,000 people who live or work there, as published"
    meanings = {
        "violence": f"violent crimes, with and without injury, {rate} for each and added up",
        "anti_social_behaviour": f"incidents of anti-social behaviour {rate}",
        "criminal_damage": f"crimes of damage {rate}",
        "residents": "residents in mid-2022, which the Index of 2025 counts, count",
    }
    return _write_figures(
        table[[*AREA, *meanings]],
        2025,
        "recorded_crime",
        "Crime and anti-social behaviour that the police recorded, Index of Deprivation 2025",
        meanings,
        "Rates alone are published: no counts, and no number of people who work there. The years "
        "they are for do not stand in the copy. A crime is counted where it happened, not where "
        f"anybody lives. Residents are the weights. {MEAN_OF_ENGLAND}",
    )


def _index(reference: Path, edition: int, names: dict[str, str]) -> pd.DataFrame:
    """Return columns of an edition of the Index under our names, by LSOA."""
    year, _ = LSOAS[edition]
    source = pd.read_csv(reference / "indicators" / f"imd{edition}_lsoa{year}_darlington.csv")
    return source.set_index(f"lsoa{year % 100:02}_code")[list(names)].rename(columns=names)


def _means_of_england(reference: Path, edition: int, names: dict[str, str]) -> dict[str, float]:
    listed = pd.read_csv(reference / "indicators" / "imd_england_lsoa_percentiles.csv")
    listed = listed[listed["iod_vintage"] == edition].sort_values("percentile")
    rows = {name: listed[listed["measure"] == published] for published, name in names.items()}
    return {name: round(mean_of_percentiles(own), 4) for name, own in rows.items()}


def mean_of_percentiles(listed: pd.DataFrame) -> float:
    """Return the mean of areas from their percentiles, the last hundredth by an exponential tail.

    Half-way between the 99th percentile and the highest area would count that one area as if many
    were like it: recorded violence would come 5% too high.
    """
    shares, values = listed["percentile"].to_numpy() / 100, listed["value"].to_numpy()
    (almost, near), (below, top) = shares[-3:-1], values[-3:-1]
    tail = (top - below) / np.log((1 - almost) / (1 - near))
    return float(np.trapezoid(values[:-1], shares[:-1]) + (1 - near) * (top + tail))


def _ages_of_2011(reference: Path) -> pd.DataFrame:
    ages = pd.read_csv(reference / "geography" / "population_lsoa2011_single_year_of_age.csv")
    wanted = ages["area_level"].isin(["lsoa_2011", "country"]) & ages["reference"].eq("2011-03-27")
    return ages[wanted].set_index("area_code")


def _banded(ages: pd.DataFrame, bands: dict[str, tuple[int, int]]) -> pd.DataFrame:
    sums = {
        name: ages[[f"age_{age}" if age < 90 else "age_90_plus" for age in range(low, high + 1)]]
        .sum(axis="columns")
        .astype(int)
        for name, (low, high) in bands.items()
    }
    return pd.DataFrame(sums)


def _of_2022(reference: Path) -> pd.DataFrame:
    file = reference / "geography" / "population_lsoa_iod_denominators_2012_2015_2022.csv"
    table = pd.read_csv(file)
    table = table[table["reference"] == "2022-06-30"].set_index("area_code")
    return table[["all_ages", "age_0_15", "working_age"]].astype(int)


def _with_england(
    lsoas: pd.DataFrame, people: pd.DataFrame, means: dict[str, float]
) -> pd.DataFrame:
    """Return LSOAs and England: area_code, area_type, the figures and the people."""
    every = pd.concat([lsoas, pd.DataFrame(means, index=[ENGLAND])]).join(people)
    if every.isna().any(axis=None):
        raise ValueError("An area lacks a figure or its people")
    types = every.index.to_series().map(lambda code: "country" if code == ENGLAND else "lsoa")
    every.insert(0, "area_type", types)
    return every.rename_axis("area_code").reset_index()


def _write_figures(
    table: pd.DataFrame, edition: int, name: str, title: str, meanings: dict[str, str], notes: str
) -> Path:
    story = Story(
        dataset=f"index-{name.replace('_', '-')}",
        title=title,
        publisher=PUBLISHERS[edition],
        address=ADDRESSES[edition],
        obtained_from=COPY,
        licence=OGL,
        statement=OGL_STATEMENT,
        vintage=str(edition),
        notes=notes,
        columns=AREA | meanings,
    )
    file = RAW_FOLDER / "indices-of-deprivation" / str(edition) / f"{name}.csv"
    return write_raw(table[list(story.columns)], file, story)
