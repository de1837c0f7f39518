"""The committed tables are the published figures, row by row."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from scripts.data_build.raw_deprivation import mean_of_percentiles
from tests.support.projects import ROOT

RAW = ROOT / "data" / "raw"
GEOGRAPHY = RAW / "geography" / "2003-2015"


@pytest.fixture(scope="module")
def made_again(reference_data, tmp_path_factory) -> Path:
    """Return a folder in which the kept scripts have just made the tables of data/raw again."""
    home = tmp_path_factory.mktemp("again")
    # A command called in this process may have said that no module is taken from a working folder.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONSAFEPATH"}
    shutil.copytree(ROOT / "scripts", home / "scripts", ignore=shutil.ignore_patterns("__py*"))
    for script in ("raw_tables", "thresholds"):
        command = [sys.executable, "-m", f"scripts.data_build.{script}"]
        subprocess.run(command, cwd=home, env=environment, check=True)
    return home / "data" / "raw"


def test_scripts_make_the_tables_again(made_again):
    """The scripts write every table and sidecar to the byte as it is committed."""
    written = sorted(file.relative_to(made_again) for file in made_again.rglob("*.*ml"))
    written += sorted(file.relative_to(made_again) for file in made_again.rglob("*.csv"))
    different = [
        file for file in written if (made_again / file).read_bytes() != (RAW / file).read_bytes()
    ]

    assert 118 == len(written)
    assert [] == different


@pytest.mark.parametrize("edition", [2004, 2007, 2010])
def test_scores_are_the_published_ones(reference_data, edition):
    """Scores (to four decimals) and ranks of the 63 LSOAs are those of the Indices."""
    ours = pd.read_csv(RAW / "indices-of-deprivation" / str(edition) / "lsoa_scores.csv")
    theirs = pd.read_csv(reference_data / "indicators" / f"imd{edition}_lsoa2001_darlington.csv")
    both = ours.merge(theirs, left_on="lsoa_code", right_on="lsoa01_code", validate="1:1")

    assert 63 == len(ours) == len(both)
    assert (both["rank"] == both["IMD_rank"]).all()
    assert (both["score"] - both["IMD_score"]).abs().max() <= 0.00005


def test_wards_have_both_codes(reference_data):
    """The 24 wards carry the code and the old code of the outlines."""
    ours = pd.read_csv(GEOGRAPHY / "wards.csv")
    listed = pd.read_csv(reference_data / "geography" / "list_wards.csv")
    theirs = listed[listed["ward_set"] == "2003-2015"].sort_values("ward_code")

    assert 24 == len(ours)
    assert ours.to_numpy().tolist() == theirs[list(ours.columns)].to_numpy().tolist()


def test_both_lookups_give_the_same_ward():
    """An LSOA of 2011 lies in the ward of the LSOA of 2001 it came from."""
    of_2001 = pd.read_csv(GEOGRAPHY / "lsoa2001_to_ward.csv").set_index("lsoa_code")["ward_code"]
    of_2011 = pd.read_csv(GEOGRAPHY / "lsoa2011_to_ward.csv").set_index("lsoa_code")["ward_code"]
    change = pd.read_csv(GEOGRAPHY / "lsoa2001_to_lsoa2011.csv")

    assert (63, 65, 65) == (len(of_2001), len(of_2011), len(change))
    assert (
        change["lsoa2001_code"].map(of_2001).tolist()
        == change["lsoa2011_code"].map(of_2011).tolist()
    )


def test_aliases_lead_to_their_ward():
    """Red Hall, Redhall and the like lead to Haughton East; no alias is a ward's own name."""
    wards = pd.read_csv(GEOGRAPHY / "wards.csv")
    aliases = pd.read_csv(GEOGRAPHY / "ward_aliases.csv").set_index("alias")["ward_code"]
    red_hall = ["Red Hall", "Redhall", "Haughton East (Red Hall)", "Haughton East (Redhall)"]

    assert {"E05001561"} == set(aliases[red_hall])
    assert "E05001576" == aliases["Sadberge & Whessoe"]
    assert aliases.index.is_unique
    assert set() == set(aliases.index) & set(wards["ward_name"])


def test_census_wards_match_counts_of_another_publisher(reference_data):
    """Ward sums of households and of those without a car equal the UK Data Service's counts."""
    ours = _ward_sums("profile_counts.csv")
    file = "census_wards_2003_2015_2001_2011_selected_counts.csv"
    theirs = pd.read_csv(reference_data / "geography" / file)
    theirs = theirs[theirs["census_year"] == 2011].set_index("ward_code").sort_index()

    assert ours["households"].tolist() == theirs["households_car_base"].tolist()
    assert ours["households_no_car"].tolist() == theirs["households_no_car"].tolist()


def test_ages_10_to_17_match_the_ward_table(reference_data):
    """Ward sums of residents aged 10 to 17 are those worked out apart from this project."""
    ours = _ward_sums("age_bands.csv")["age_10_17"]
    theirs = pd.read_csv(reference_data / "indicators" / "wards24_context_derived.csv")
    theirs = theirs.set_index("ward2011_code").sort_index()["age_10_17_census2011"]

    assert ours.tolist() == theirs.tolist()
    assert 10_275 == ours.sum()


@pytest.mark.parametrize(
    ("column", "published"),
    [("residents", 105_564), ("households", 46_670), ("households_social_rented", 7_228)],
)
def test_borough_row_is_the_sum_of_its_lsoas(column, published):
    """The borough's row is the sum of the 65 LSOAs and the count the census published."""
    table = pd.read_csv(RAW / "census" / "2011" / "profile_counts.csv").set_index("area_code")
    lsoas = table[table["area_type"] == "lsoa"]

    assert published == table.loc["E06000005", column] == lsoas[column].sum()


def test_bands_add_up_to_all_ages():
    """In every area the eight age bands add up to residents of all ages."""
    table = pd.read_csv(RAW / "census" / "2011" / "age_bands.csv")
    bands = [column for column in table.columns if column.startswith("age_")]

    assert 8 == len(bands)
    assert table["all_ages"].tolist() == table[bands].sum(axis="columns").tolist()


def test_published_rates_of_england(reference_data):
    """England's two counts and eleven rates, and the region's four rates, are as printed."""
    folder = RAW / "youth-justice" / "published-facts"
    facts = pd.read_csv(
        reference_data / "indicators" / "published_facts_youth_justice_and_skills.csv"
    )
    printed = facts[facts["topic"] == "first time entrants"]
    england = printed.loc[printed["area"] == "England", "value_as_printed"].dropna().astype(float)
    counts = pd.read_csv(folder / "england_counts.csv")["first_time_entrants"]
    rates = pd.read_csv(folder / "england_rates.csv")["rate_per_100000"]

    assert sorted(england) == sorted([*counts, *rates])
    assert [437, 403, 368, 300] == pd.read_csv(folder / "region_rates.csv")[
        "rate_per_100000"
    ].tolist()


def test_wrong_england_rates_are_named():
    """The release whose England rows are sums of regions keeps them, and its story says so."""
    folder = RAW / "youth-justice" / "lait-2026-02-11"
    table = pd.read_csv(folder / "rates.csv").set_index(["area_code", "year_label"])

    assert 3071 == table.loc[("E92000001", 2016), "rate_per_100000"]
    assert "sum of the regional rates" in (folder / "rates.csv.source.toml").read_text("utf-8")


def _ward_sums(file: str) -> pd.DataFrame:
    table = pd.read_csv(RAW / "census" / "2011" / file).set_index("area_code")
    ward = pd.read_csv(GEOGRAPHY / "lsoa2011_to_ward.csv").set_index("lsoa_code")["ward_code"]
    return table.drop(columns="area_type").groupby(ward).sum()


FIGURES = {
    (
        "2025",
        "adult_skills",
        "low_skills",
    ): "adult_skills_and_english_language_proficiency_indicator",
    ("2015", "adult_skills", "low_skills"): "adult_skills_sub_domain_score",
    ("2010", "income_and_employment", "income_deprived"): "Income_score",
    ("2010", "income_and_employment", "employment_deprived"): "Employment_score",
    ("2025", "children", "children_low_income"): (
        "income_deprivation_affecting_children_index_idaci_numerator"
    ),
    ("2025", "recorded_crime", "criminal_damage"): (
        "criminal_damage_rate_per_1_000_at_risk_population"
    ),
}


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: "-".join(figure))
def test_figures_of_the_indices_are_the_published_ones(reference_data, figure):
    """Every neighbourhood of Darlington has the published figure, or none where none is printed."""
    edition, file, column = figure
    ours = pd.read_csv(RAW / "indices-of-deprivation" / edition / f"{file}.csv")
    ours = ours[ours["area_type"] == "lsoa"].set_index("area_code")[column]
    (found,) = (reference_data / "indicators").glob(f"imd{edition}_lsoa*_darlington.csv")
    theirs = pd.read_csv(found)
    code = next(name for name in theirs.columns if name.startswith("lsoa"))
    theirs = theirs.set_index(code)[FIGURES[figure]].reindex(ours.index)

    assert len(ours) == len(theirs) >= 63
    assert ours.fillna(-1).tolist() == theirs.fillna(-1).tolist()


def test_england_lies_between_the_sums_that_bound_it(reference_data):
    """England's mean of neighbourhoods is no lower and no higher than its percentiles allow."""
    listed = pd.read_csv(reference_data / "indicators" / "imd_england_lsoa_percentiles.csv")
    own = listed[(listed["iod_vintage"] == 2025) & (listed["measure"] == "adult_skills_score")]
    own = own.sort_values("percentile")
    steps = own["percentile"].diff().iloc[1:].to_numpy() / 100
    low, high = (own["value"].iloc[:-1] * steps).sum(), (own["value"].iloc[1:] * steps).sum()
    table = pd.read_csv(RAW / "indices-of-deprivation" / "2025" / "adult_skills.csv")
    england = table.set_index("area_code").loc["E92000001", "low_skills"]

    assert low < england < high
    assert 0.2402 == england


@pytest.mark.parametrize("spread", [0.4, 0.8, 1.0])
def test_the_mean_of_england_is_not_pulled_up_by_its_one_highest_neighbourhood(spread):
    """From percentiles of skewed rates it comes within 1%; the trapezium rule alone, up to 14% off."""
    areas = np.random.default_rng(1).lognormal(2, spread, 33_755)
    shares = [*range(5), *range(5, 95, 5), *range(95, 101)]
    listed = pd.DataFrame({"percentile": shares, "value": np.percentile(areas, shares)})
    assert mean_of_percentiles(listed) == pytest.approx(areas.mean(), rel=0.01)
