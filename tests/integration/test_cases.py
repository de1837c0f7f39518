"""Small files on which the product was wrong, read where they lie beside the reference data."""

import csv
import hashlib
import re

import pytest

from darlington_analysis.core import bounded_toml
from darlington_analysis.core.errors import DarlingtonError, SchemaError, SourceError
from darlington_analysis.intake import young_people
from darlington_analysis.sources import areas, outlines, register, sidecars
from tests.conftest import copy_project
from tests.support import reviewing


@pytest.fixture(scope="module")
def cases(reference_data):
    """Return the folder of cases, or skip with the reason why it is not there."""
    folder = reference_data.parent / "cases"
    if not folder.is_dir():
        pytest.skip(f"no folder {folder.name} beside the reference data")
    return folder


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """Return a project of its own into which files are added one after the other."""
    return copy_project(tmp_path_factory.mktemp("desk") / "town")


def refusal(desk, file) -> str:
    """Return why a file is not drafted."""
    with pytest.raises(DarlingtonError) as fault:
        reviewing.add(desk, file)
    return str(fault.value)


@pytest.mark.parametrize(
    ("name", "kept", "aside"),
    [
        ("both_councils.csv", 20, 10),
        ("claimants_nov_2023.csv", 18, 8),
    ],
)
def test_another_council_s_wards_of_the_same_name_are_set_aside(desk, cases, name, kept, aside):
    """College and Stephenson of Northumberland are named as such; the draft names the column."""
    file = cases / "01-same-ward-name-two-councils" / name
    sidecar = reviewing.answer(reviewing.add(desk, file))
    assert 'councils = ["Local authority"]' in sidecar.read_text("utf-8")
    taken = reviewing.imported.take(
        desk, reviewing.source_of(desk, name), reviewing.Gazetteer(desk)
    )
    assert (kept, aside) == (taken.rows_kept, len(taken.set_aside))
    assert taken.set_aside.reason.str.contains("Northumberland").all()
    assert taken.figures.number.max() < 200 if name.startswith("both") else 4


def test_ages_that_became_dates_are_asked_about(desk, cases):
    """05-Sep stands where 0-4 and 15-19 stand."""
    said = refusal(desk, cases / "03-ages-turned-into-dates/ages_by_excel.csv")
    assert "column Age" in said
    assert "Was it one?" in said


def counts_of(desk, file):
    """Return the counts of a list of people, those that are not 0."""
    with file.open(encoding="utf-8", newline="") as lines:
        people = young_people.people_in(list(csv.reader(lines)))
    counts = young_people.counted(desk, people, young_people.ward_set_of(desk, people))
    return counts[counts["count"] > 0]


def test_young_people_of_another_council_are_not_counted(desk, cases):
    """Two of Central in Darlington, and four of Central in Middlesbrough."""
    counts = counts_of(desk, cases / "09-list-two-councils/yot_two_councils.csv")
    assert 14 == counts["count"].sum()
    assert 2 == counts["count"][counts.ward_code.eq("E05001554")].sum()


def test_days_with_the_month_first_stop_the_count(desk, cases):
    """The column is named, and no cell quoted."""
    with pytest.raises(SchemaError, match=r"column 4: 8 filled cell\(s\)") as fault:
        counts_of(desk, cases / "23-us-dates-mixed/list.csv")
    assert "06/26" not in str(fault.value)


def test_numbers_with_footnotes_and_decimal_commas(desk, cases):
    """2018¹ is 2018 with a footnote; whether 1,234 is a little over one is asked."""
    folder = cases / "14-numbers-ambiguous"
    taken = reviewing.taken(desk, folder / "superscripts.csv")
    assert [12, 14, 120, 141, 1200, 1401] == taken.figures.number.tolist()
    assert {"2018", "2019"} == set(taken.figures.period)
    sidecar = reviewing.add(desk, folder / "euro_decimal.csv")
    asked = sidecar.read_text("utf-8").split('field = ["reading", "decimal"]')[1]
    assert 'offered = ""' in asked.split("answer")[0]
    reviewing.answer(sidecar, decimal=",")
    taken = reviewing.imported.take(
        desk, reviewing.source_of(desk, "euro_decimal.csv"), reviewing.Gazetteer(desk)
    )
    assert [1.234, 2.5, 3.75] == taken.figures.number.tolist()


def test_a_constituency_named_like_the_borough_is_none_of_ours(desk, cases):
    """The kind of area is named."""
    file = cases / "20-constituency-named-like-borough/claimants_by_constituency.csv"
    assert "a parliamentary constituency" in refusal(desk, file)


@pytest.mark.parametrize(
    ("name", "answers", "periods"),
    [
        ("calendar_range", {"kind": "financial"}, ["2018/19", "2019/20"]),
        ("excel_mmm", {}, ["2019-04", "2019-05"]),
        ("fye", {}, ["2018/19", "2019/20"]),
        ("nhs_quarters", {}, ["2020 Q2", "2020 Q3"]),
        ("pandas_timestamps", {"kind": "month"}, ["2019-04", "2019-05"]),
        ("terms", {}, ["2018/19 autumn", "2018/19 spring"]),
        ("uk_short", {"kind": "month"}, ["2019-04", "2019-05"]),
        ("year_ending", {"kind": "rolling"}, ["year to 2019-03", "year to 2020-03"]),
    ],
)
def test_every_form_of_a_period_is_read(desk, cases, name, answers, periods):
    """Financial quarters count from April."""
    taken = reviewing.taken(desk, cases / "22-period-labels" / f"{name}.csv", **answers)
    assert periods == sorted(set(taken.figures.period))
    assert 4 == len(taken.figures)


def test_every_case_of_periods_is_tried(cases):
    """A file that is added to the folder must be tried here too."""
    assert 8 == len(list((cases / "22-period-labels").iterdir()))


def test_cells_that_show_per_cent_are_per_cent_and_asked_about(desk, cases):
    """0.243 that shows 24.3% is 24.3."""
    sidecar = reviewing.answer(
        reviewing.add(desk, cases / "02-percent-formatted-cells/obesity_percent.xlsx")
    )
    assert "24.3% is read as 24.3" in sidecar.read_text("utf-8")
    figures = taken_of(desk, "obesity_percent.xlsx").figures
    assert [1150, 24.3, 27800, 24.9, 590000, 22.5] == figures.number.tolist()


def taken_of(desk, name):
    """Return what is taken from a file that was added and reviewed."""
    return reviewing.imported.take(desk, reviewing.source_of(desk, name), reviewing.Gazetteer(desk))


def test_a_number_format_that_hides_numbers_is_refused(desk, cases):
    """The cell is named, and no number of it."""
    said = refusal(desk, cases / "02-percent-formatted-cells/hidden_small.xlsx")
    assert "D2: its number format shows something else (2 such cells)" in said


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        (
            "merged_then_total.xlsx",
            {"merged-then-total-boys": 11, "merged-then-total-girls": 13, "merged-then-total": 24},
        ),
        (
            "merged_then_rate.xlsx",
            {
                "merged-then-rate-boys-absent-number": 11,
                "merged-then-rate-girls-absent-per-cent": 1.4,
                "merged-then-rate-pupils-on-roll": 900,
            },
        ),
    ],
)
def test_headings_stand_over_the_cells_they_are_merged_with(desk, cases, name, numbers):
    """A column beside them inherits nothing."""
    file = cases / "12-merged-then-single-header" / name
    answers = {"label": "2018"} if "rate" in name else {}
    figures = reviewing.taken(desk, file, **answers).figures
    own = figures[figures.area_code.eq("E05010422") & figures.period.eq("2018")]
    found = dict(zip(own.indicator, own.number, strict=True))
    assert numbers == {slug: found[slug] for slug in numbers}


def test_a_hidden_column_is_named_and_not_read(desk, cases):
    """The ward marked c stays withheld, and no number of the hidden column is taken."""
    file = cases / "13-hidden-rows-columns/hidden_column.xlsx"
    sidecar = reviewing.answer(reviewing.add(desk, file))
    assert "Hidden, and not read: columns E." in sidecar.read_text("utf-8")
    figures = taken_of(desk, file.name).figures
    assert ["", "", "", "c"] == figures.status.tolist()
    assert {5, 10, 140} == set(figures.number.dropna())


def test_a_formula_that_was_never_calculated_is_no_0(desk, cases):
    """Its cell is named."""
    said = refusal(desk, cases / "31-formulas-never-calculated/formulas.xlsx")
    assert "F2: its formula was never calculated (3 such cells)" in said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("06-geojson-in-metres/wards_metres_no_crs.geojson", "metres?"),
        ("06-geojson-in-metres/wards_lat_first.geojson", "latitude stands before longitude"),
        ("08-boundary-odd-geometry/wards_null.geojson", "has no shape"),
    ],
)
def test_outlines_that_can_not_be_drawn_are_refused_at_check(desk, cases, name, said):
    """Each fault in its own words."""
    content = (cases / name).read_bytes()
    put_source(
        desk, "boundaries/wards.geojson", content, "ward-outlines", ("ward_code", "ward_name")
    )
    with pytest.raises(SchemaError, match=re.escape(said)):
        outlines.check(desk)


def put_source(desk, name, content, dataset, columns):
    """Put a file of a dataset of the wards of 2003 into data/raw, and its sidecar beside it."""
    path = desk.raw / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    fields = {
        **reviewing.STORY,
        "dataset": dataset,
        "title": "a test",
        "vintage": "2003-2015",
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    lines = [f'{key} = "{said}"' for key, said in fields.items() if key.isalnum()]
    lines += ["is_dummy = false", "[columns]", *(f'{column} = "a column"' for column in columns)]
    path.with_name(f"{path.name}.source.toml").write_text("\n".join(lines), "utf-8")


def test_the_postcode_directory_is_read_by_its_own_names_or_named_at_check(desk, cases):
    """pcds and wd25cd; a file without a column of wards is refused before anything is added."""
    folder = cases / "11-nspl-columns"
    content = (folder / "nspl.csv").read_bytes()
    columns = content.decode().splitlines()[0].split(",")
    put_source(desk, "geography/nspl.csv", content, "postcodes", columns)
    assert 14 == counts_of(desk, folder / "list_with_postcodes.csv")["count"].sum()
    less = content.replace(b"wd25cd", b"oslaua")
    put_source(
        desk, "geography/nspl.csv", less, "postcodes", [*columns[:5], "oslaua", *columns[6:]]
    )
    source = register.find(desk, "postcodes")
    with pytest.raises(SchemaError, match="no column ward_code"):
        areas.wards_of_postcodes(desk, source)


def test_toml_with_a_byte_order_mark_or_curly_quotes(desk, cases):
    """The mark is passed over; curly quotes are named with their line and what to write."""
    folder = cases / "25-toml-bom"
    path = desk.raw / "t.csv"
    path.write_bytes((folder / "t.csv").read_bytes())
    side = path.with_name("t.csv.source.toml")
    for name, said in (
        ("bom.toml", "is missing"),
        ("curly.toml", "line 15: quotes that are curly"),
    ):
        side.write_bytes((folder / name).read_bytes())
        with pytest.raises(SourceError, match=said):
            sidecars.read(desk.raw, path)
    path.unlink()
    side.unlink()
    assert 22 == len(bounded_toml.loads((folder / "bom.toml").read_text("utf-8")))
