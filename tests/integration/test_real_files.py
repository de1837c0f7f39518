"""Real files are added, reviewed and imported without code, to the right values, or refused."""

import pytest

from darlington_analysis.core.errors import DarlingtonError
from darlington_analysis.core.settings import load_settings
from tests.support import reviewing
from tests.support.projects import BOROUGH, COUNTRY, REGION, copy_project

SAMPLES = "indicators/messy_samples"
# File: rows kept, rows set aside, and figures looked up by hand in it (area, period, words of the
# column or group, number or status).
READ = {
    "beis_fuel_poverty_2019_table3_lsoa_footnotes.csv": (
        65,
        14,
        [
            ("E01012304", "2019", "Proportion of households fuel poor (%)", 14.327485380116958),
            ("E01012310", "2019", "Number of households1", 913),
        ],
    ),
    "beis_fuel_poverty_2019_trimmed.xlsx": (
        65,
        20,
        [("E01012304", "2019", "Proportion of households fuel poor (%)", 14.327485380116958)],
    ),
    "dfe_ees_fsm_time_series.csv": (
        12,
        0,
        [
            (BOROUGH, "2020/21", "fsm_eligible phase: State-funded primary", 2394),
            (BOROUGH, "2019/20", "fsm_eligible_percent phase: State-funded nursery", 0),
            (BOROUGH, "2019/20", "headcount phase: State-funded nursery", "z"),
            (COUNTRY, "2020/21", "headcount phase: State-funded secondary", 3502125),
        ],
    ),
    "dfe_neet_dashboard_wide.csv": (
        3,
        5,
        [
            (BOROUGH, "2023", "NEET_percent", 2.6),
            (REGION, "2023", "NEET_percent", 4.7),
            (COUNTRY, "2023", "NEET_percent", 2.8),
        ],
    ),
    "dluhc_council_tax_support_ods_dump.csv": (
        7,
        5,
        [
            (COUNTRY, "2021-06-30", "Number of total claimants", 4022491),
            (COUNTRY, "2022-12-31", "Number of pensioner claimants", 1393323),
        ],
    ),
    "fingertips_export_prevalence_district.csv": (
        11,
        0,
        [
            (
                BOROUGH,
                "2015",
                "Value Estimated prevalence of diagnosed hypertension (16+)",
                21.18244034,
            ),
            (
                BOROUGH,
                "2015",
                "Lower CI 95.0 limit Estimated prevalence of diagnosed hypertension (16+)",
                19.07863603,
            ),
            (
                COUNTRY,
                "2015",
                "Value Estimated prevalence of diagnosed hypertension (16+) Category: "
                "Most deprived decile (IMD2015)",
                "x",
            ),
        ],
    ),
    "iod2019_file1_imd.csv": (
        8,
        1,
        [("E01012305", "2019", "Index of Multiple Deprivation (IMD) Rank", 4294)],
    ),
    "iod2019_file1_trimmed.xlsx": (
        65,
        4,
        [("E01012304", "2019", "Index of Multiple Deprivation (IMD) Rank", 303)],
    ),
    "iod2019_file1_xlsx_dump.csv": (
        65,
        3,
        [("E01012313", "2019", "Index of Multiple Deprivation (IMD) Rank", 6301)],
    ),
    "iod2019_file2_domains_bom.csv": (
        65,
        1,
        [("E01012304", "2019", "Income Rank (where 1 is most deprived)", 357)],
    ),
    "lait_long_extract.csv": (
        31,
        0,
        [
            (BOROUGH, "2024", "Values FirstYJS", 162),
            (COUNTRY, "2024", "Values FirstYJS", 1258),
            (BOROUGH, "2020", "Values ReoffYO", "x"),
        ],
    ),
    "nomis_census2011_bulk_tenure_lad.csv": (
        1,
        0,
        [(BOROUGH, "2011", "Tenure: Owned: Total; measures: Value", 30289)],
    ),
    "nomis_census2021_ts067_lsoa.csv": (
        6,
        0,
        [("E01012310", "2021", "Highest level of qualification: No qualifications", 331)],
    ),
    "oflog_adult_social_care_long.csv": (
        42,
        0,
        [(BOROUGH, "2021/22", "Value Outcome, ASC Quality of Life", 0.431)],
    ),
    "ons_private_rents_xlsx_dump.csv": (
        3,
        12,
        [(BOROUGH, "2019", "Count of rents", 70), (REGION, "2019", "Median", 370)],
    ),
    "ons_subnational_machine_readable_cp1252.csv": (
        8,
        6,
        [
            (BOROUGH, "2021", "Value Median Weekly Pay", 486.7),
            (BOROUGH, "2022", "Value Employment rate (16–64-year olds)", 76.8),
        ],
    ),
    "statxplore_hb_claimants_unnamed_index.csv": (
        8,
        0,
        [("E05010427", "2018-04", "value", 405), (REGION, "2018-05", "value", 229414)],
    ),
    "ukds_townsend_2011_ward_trailing_space_codes.csv": (
        9,
        5,
        [("E05001553", "2011", "F244", 2047), ("E05001556", "2011", "F2357", 844)],
    ),
}
REFUSED = {
    "imd2000_ward1998_lost_zero_prefix.csv": "a ward before 2003",
    "ons_lookup_lsoa2001_ward2011_old_and_gss.csv": "no column of figures",
    "ons_lookup_lsoa2011_ward2015_nmw_blank.csv": "no column of figures",
    "police_uk_street_shape_city_of_london.csv": "names areas, and none is of Darlington",
}
IMPORTED = {  # rows kept; a figure by hand: area, period, end of the column's name, number
    "indicators/imd2004_lsoa2001_darlington.csv": (63, "E01012304", "2004", "IMD_score", 47.62),
    "indicators/imd2007_lsoa2001_darlington.csv": (
        63,
        "E01012304",
        "2007",
        "IMD_score",
        52.84150314331055,
    ),
    "indicators/imd2010_lsoa2001_darlington.csv": (63, "E01012304", "2010", "IMD_score", 58.62),
    "indicators/imd2015_lsoa2011_darlington.csv": (65, "E01012304", "2015", "IMD_score", 60.379),
    "indicators/imd2019_lsoa2011_darlington.csv": (65, "E01012305", "2019", "IMD_rank", 4294),
    "indicators/imd2025_lsoa2021_darlington.csv": (66, "E01012304", "2025", "IMD_rank", 221),
    "indicators/census2021_ts067_highest_qualification_darlington.csv": (
        69,
        "E01012304",
        "2021",
        "No qualifications",
        329,
    ),
    "indicators/census2011_ward_townsend_inputs_darlington.csv": (
        24,
        "E05001553",
        "2011",
        "F989",
        1872,
    ),
    "indicators/census2001_ward_townsend_inputs_darlington.csv": (
        24,
        "E05001553",
        "2001",
        "ks0170002",
        770,
    ),
    "indicators/census2001_2011_ward2015_darlington_long.csv": (
        3972,
        "E05010412",
        "2001",
        "value",
        51.75,
    ),
    "indicators/claimant_count_ward2015_jul_oct2023_darlington.csv": (
        178,
        REGION,
        "2023-10",
        "value",
        64410,
    ),
    "indicators/fte_rate_lait_four_vintages.csv": (102, BOROUGH, "2015", "value_as_published", 346),
    "geography/population_wards_2015_on_mid2020_age_bands.csv": (
        20,
        "E05010412",
        "mid-2020",
        "all_ages",
        7317,
    ),
    "geography/population_borough_mid2014_single_year_by_sex.csv": (
        9,
        BOROUGH,
        "mid-2014",
        "all_ages",
        105367,
    ),
}


KINDS = ("imd*_lsoa*", "census*", "claimant*", "population*", "fte_rate_lait_four_vintages.csv")
FIGURES = {  # figures that the rest of those files give
    "indicators/census2021_ts054_tenure_darlington.csv": 897,
    "indicators/census2021_ts062_ns_sec_darlington.csv": 690,
    "indicators/census_household_deprivation_dimensions_lsoa_2011_2021_darlington.csv": 1310,
    "geography/census2011_lsoa2011_quick_statistics.csv": 18564,
    "geography/census2021_lsoa2021_selected_tables.csv": 5382,
    "geography/census_borough_age_bands_1981_2021.csv": 810,
    "geography/census_wards_2003_2015_2001_2011_selected_counts.csv": 432,
    "geography/population_lsoa2011_single_year_of_age.csv": 25296,
    "geography/population_lsoa_iod_denominators_2012_2015_2022.csv": 1230,
}
OURS_OF_ENGLAND = "indicators/imd2007_england_lsoa2001.csv"
NO_AREAS = {  # percentiles of England, and the meanings of columns: nothing is about an area
    "indicators/census2011_qs501_england_lsoa_no_qualifications_percentiles.csv",
    "indicators/census2021_ts067_england_lsoa_no_qualifications_percentiles.csv",
    "indicators/imd_england_lsoa_percentiles.csv",
    "geography/census2011_lsoa2011_quick_statistics_codebook.csv",
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """Return a project of its own into which files are added one after the other."""
    return copy_project(tmp_path_factory.mktemp("desk") / "town")


def words(figures, indicators):
    """Return, for each figure, its column, the name of its indicator and its group in words."""
    named = {slug: name for name, slug in indicators.items()}
    parts = (
        figures.column,
        figures.indicator.map(lambda slug: named.get(slug, "")),
        figures.breakdown.where(figures.breakdown.str.contains(":"), ""),
    )
    return parts[0].str.cat(parts[1:], sep=" ").str.split().str.join(" ")


def test_every_sample_is_expected(reference_data):
    """A sample that is added to the folder must be read or refused here too."""
    assert {*READ, *REFUSED} == {path.name for path in (reference_data / SAMPLES).iterdir()}


@pytest.mark.parametrize("name", READ)
def test_messy_samples_are_read_to_the_right_values(reference_data, desk, name):
    """Every row is kept or set aside, and the figures are those that stand in the file."""
    years = {"label": "2011"} if "ukds" in name else {}
    kept, aside, expected = READ[name]
    taken = reviewing.taken(desk, reference_data / SAMPLES / name, **years)
    assert (kept, aside) == (taken.rows_kept, len(taken.set_aside))
    source = reviewing.source_of(desk, name)
    said = words(taken.figures, source.reading.indicators)
    for area, period, column, number in expected:
        row = taken.figures[
            taken.figures.area_code.eq(area) & taken.figures.period.eq(period) & said.eq(column)
        ]
        assert 1 == len(row), (area, period, column)
        found = row.status.iloc[0] or row.number.iloc[0]
        assert found == number if isinstance(number, str) else found == pytest.approx(number)


@pytest.mark.parametrize("name", REFUSED)
def test_messy_samples_without_figures_for_us_are_refused(reference_data, desk, name):
    """Exit code 11, and the reason why."""
    with pytest.raises(DarlingtonError) as fault:
        reviewing.add(desk, reference_data / SAMPLES / name)
    assert 11 == fault.value.exit_code
    assert REFUSED[name] in str(fault.value)


@pytest.mark.parametrize("name", IMPORTED)
def test_real_darlington_files_are_imported_without_code(reference_data, desk, name):
    """Added and reviewed, they stand beside what is there already."""
    kept, area, period, column, number = IMPORTED[name]
    taken = reviewing.taken(
        desk, reference_data / name, label=period, **({"kind": "midyear"} if "mid" in name else {})
    )
    assert kept == taken.rows_kept
    figures = taken.figures
    own = figures[
        figures.area_code.eq(area) & figures.period.eq(period) & figures.column.str.endswith(column)
    ]
    assert number == own.number.iloc[0]


def test_all_of_them_stand_in_the_one_table(reference_data, desk):
    """What was added above passes the table's checks together, and no pack speaks of it."""
    from darlington_analysis.cleaning import process
    from darlington_analysis.evidence import table

    made = process.process(desk, load_settings(desk))
    own = made.table[made.table.source.str.startswith("incoming/")]
    assert {path.rsplit("/", 1)[-1] for path in [*READ, *IMPORTED]} == {
        path.rsplit("/", 1)[-1] for path in own.source.unique()
    }
    process.write(desk, made)
    assert not table.load("2025", desk).rows.source.str.startswith("incoming/").any()


def test_the_four_releases_are_checked_where_they_say_they_are_first_time_entrants(
    reference_data, town
):
    """A shifted label and a sum in place of a rate are set aside, each with its reason."""
    name = "fte_rate_lait_four_vintages.csv"
    sidecar = reviewing.add(town, reference_data / "indicators" / name)
    text = sidecar.read_text("utf-8")
    slug = "fte-rate-lait-four-vintages-value-as-published"
    assert slug in text
    sidecar.write_text(text.replace(slug, "first-time-entrants"), "utf-8")
    reviewing.answer(sidecar, kind="calendar")
    for vintage in ("2024-11-19", "2025-02-04", "2025-06-23", "2026-02-11"):
        for file in (town.raw / f"youth-justice/lait-{vintage}").iterdir():
            file.unlink()
    cleaned = reviewing.imported_rows(town, name)
    why = cleaned.set_aside.reason.str.cat(sep=" ")
    assert "years ending in March" in why
    assert "as if the rates of its regions had been added up" in why
    kept = cleaned.rows[["vintage", "area_code"]].drop_duplicates()
    assert (COUNTRY, "2026-02-11") not in set(zip(kept.area_code, kept.vintage, strict=True))
    assert "2024-11-19" not in set(kept.vintage)
    assert (BOROUGH, "2026-02-11") in set(zip(kept.area_code, kept.vintage, strict=True))


def test_every_file_of_the_kinds_named_is_tried(reference_data):
    """A file that is added to the folder must be tried here too."""
    found = {
        path.relative_to(reference_data).as_posix()
        for folder in ("indicators", "geography")
        for kind in KINDS
        for path in (reference_data / folder).glob(kind)
    }
    assert found == {*IMPORTED, *FIGURES, OURS_OF_ENGLAND, *NO_AREAS}


@pytest.mark.parametrize("name", FIGURES)
def test_the_other_files_are_imported_without_code(reference_data, spare, name):
    """Added and reviewed, every row gives its figures."""
    answers = {"kind": "midyear"} if "population" in name else {}
    reviewing.answer(reviewing.add(spare, reference_data / name), **answers)
    made = reviewing.imported_rows(spare, name.rsplit("/", 1)[-1])
    assert FIGURES[name] == len(made.rows)
    for path in (spare.raw / "incoming").iterdir():
        path.unlink()


def test_of_all_england_our_63_neighbourhoods_are_taken(reference_data, spare, tmp_path):
    """The file's first 300 rows and ours: the others are set aside, each with the reason."""
    lines = (reference_data / OURS_OF_ENGLAND).read_text("utf-8").splitlines()
    ours = [line for line in lines[301:] if "E0101230" <= line.split(",")[0][:8] <= "E0101236"]
    file = tmp_path / "imd2007_england_lsoa2001.csv"
    file.write_text("\n".join([*lines[:301], *ours]), "utf-8")
    taken = reviewing.taken(spare, file, label="2007")
    assert (63, 63) == (taken.rows_kept, taken.figures.area_code.nunique())
    assert taken.set_aside.reason.str.contains("not an area of Darlington").all()


@pytest.fixture(scope="module")
def spare(tmp_path_factory):
    """Return a project of its own, emptied after each file."""
    return copy_project(tmp_path_factory.mktemp("spare") / "town")


@pytest.mark.parametrize("name", sorted(NO_AREAS - {"indicators/imd_england_lsoa_percentiles.csv"}))
def test_files_about_no_area_are_refused(reference_data, spare, name):
    """Percentiles of all England, and a list of columns."""
    with pytest.raises(DarlingtonError, match="no table of figures about Darlington"):
        reviewing.add(spare, reference_data / name)


def test_a_file_about_one_area_without_its_name_asks_which(reference_data, spare):
    """Nothing is offered, so nothing is guessed."""
    text = reviewing.add(
        spare, reference_data / "indicators/imd_england_lsoa_percentiles.csv"
    ).read_text("utf-8")
    asked = text.split('field = ["reading", "areas", "code"]')[1]
    assert 'offered = ""' in asked.split("answer")[0]
