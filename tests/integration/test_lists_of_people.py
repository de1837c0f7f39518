"""Lists of people whose headers are everyday ones are recognised; tables of areas are not."""

import csv
import tomllib
from datetime import date, timedelta

import pytest

from darlington_analysis.cli.main import main
from darlington_analysis.core.errors import SchemaError, SourceError
from darlington_analysis.intake import drafting, young_people
from darlington_analysis.readers import personal_data
from darlington_analysis.sources import areas, sidecars
from darlington_analysis.sources.gazetteer import Gazetteer
from tests.support.invented_people import people

WARDS = ("Bank Top", "Central", "College", "Eastbourne", "Haughton East")


def listed(town, header, *columns):
    """Return thirty rows under a header, each made from a number and an invented person."""
    return [
        header,
        *([make(at, row) for make in columns] for at, row in enumerate(people(town, 30))),
    ]


def name(at, row):
    """Return an invented name."""
    return f"{row[0]} {row[1]}"


def born(at, row):
    """Return a day of birth as a spreadsheet shows it."""
    return "/".join(reversed(row[2].split("-")))


def age(at, row):
    """Return an age from 10 to 17."""
    return str(10 + at % 8)


def ward(at, row):
    """Return a ward."""
    return row[4]


def outcome(at, row):
    """Return a day of an outcome."""
    return row[5]


def word(text):
    """Return what puts the same word, and its number by five, in every row."""
    return lambda at, row: f"{text} {'abcde'[at % 5]}"


LISTS = {
    "a note behind the header": (["Date of birth (dd/mm/yyyy)", "Ward", "Number"], born, ward, age),
    "YP before it": (["YP Name", "YP DOB", "Ward", "Outcome date"], name, born, ward, outcome),
    "YP Name alone": (["YP Name", "Ward", "Age"], name, ward, age),
    "two things in one": (["DoB / age", "Ward", "Result"], born, ward, age),
    "a name beside one day": (["Name", "Ward", "Start date"], name, ward, outcome),
    "a name beside an age": (["Name", "Ward", "Age"], name, ward, age),
    "no name at all": (
        ["YOT ID", "Age", "Gender", "Offence", "Ward", "Outcome date"],
        lambda at, row: f"Y{at:05}",
        age,
        word("sex"),
        word("theft"),
        ward,
        outcome,
    ),
    "nothing but what was done": (
        ["Age", "Gender", "Offence", "Ward", "Outcome date"],
        age,
        word("sex"),
        word("theft"),
        ward,
        outcome,
    ),
    "a person's number": (
        ["Client reference", "Ward", "Outcome"],
        lambda at, row: f"C{at}",
        ward,
        word("done"),
    ),
}


@pytest.mark.parametrize("what", LISTS)
def test_lists_with_everyday_headers_are_recognised(town, what):
    """Thirty rows or nine, with or without a title above."""
    rows = listed(town, *LISTS[what])
    assert personal_data.columns_of(rows)
    assert personal_data.columns_of(rows[:10])
    assert personal_data.columns_of([["First-time entrants since 2006"], [], *rows])


def test_days_in_words_and_with_hyphens_are_days(town):
    """A spreadsheet's own ways to show a day."""
    for form in ("{0} March 20{1}", "{0}-Mar-{1}", "{0}-03-20{1}"):
        rows = [
            [str(at), name(at, row), form.format(1 + at % 28, 10 + at % 9)]
            for at, row in enumerate(people(town, 30))
        ]
        assert personal_data.columns_of([["No", "Name", "Date"], *rows]), form


def test_usual_names_need_no_header():
    """A forename and another word, row for row, beside whatever stands there."""
    names = [f"{first} {last}" for first in ("Jack", "Amy", "Alan") for last in ("Wub", "Plo")]
    assert personal_data.columns_of([[name, "Mowden", "2010/11"] for name in names])
    assert personal_data.columns_of([[f"Plo, {name}", "3"] for name in names])
    assert {} == personal_data.columns_of([[name.split()[0], "3"] for name in names])


@pytest.mark.parametrize(
    "table",
    [
        [["Name", "2019", "2020"], *([ward, "12", "13"] for ward in WARDS)],
        [["Name", "Date", "Count"], *([ward, "2021-06-30", "4"] for ward in WARDS)],
        [["Name", "Median age", "Aged 10 to 17"], *([ward, "41", "12"] for ward in WARDS)],
        [
            ["Period", "Sex", "Age", "Offence group", "Number"],
            *(
                [f"{year}-{month:02}-01", "All", "10-17", "Theft", "31"]
                for year in (2019, 2020)
                for month in range(1, 13)
            ),
        ],
        [
            ["Period", "Sex", "Age", "Outcome", "Number"],
            *([f"{year}-12-31", "All", "10-17", "Caution", "31"] for year in range(2009, 2021)),
        ],
        [
            ["Ward", "Number", "Rate"],
            ["Postcode not known", "3", "1.2"],
            ["Date of birth unknown", "1", "0.4"],
            ["Mowden", "3", "2.0"],
        ],
        [["Person: No qualifications", "Area name", "Mobile phones"], ["12", "Mowden", "3"]],
    ],
)
def test_tables_of_areas_are_no_lists(table):
    """Names of areas, ends of months, words in rows."""
    assert {} == personal_data.columns_of(table)


def test_a_list_of_nine_is_counted_and_never_imported(town, tmp_path, capsys):
    """“add” counts it; neither the list nor a day of birth of it enters data/raw."""
    header = ["YP Name", "Date of birth (dd/mm/yyyy)", "Age at offence", "Ward", "Outcome date"]
    rows = listed(town, header, name, born, age, ward, outcome)[:10]
    path = tmp_path / "yp_list.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    assert 0 == main(["add", str(path)])
    assert not (town.raw / "incoming").exists()
    said = "".join(capsys.readouterr())
    told = {cell.encode() for row in rows[1:] for cell in (row[0], row[1])}
    for each in (path for path in town.root.rglob("*") if path.is_file()):
        assert not any(cell in each.read_bytes() for cell in told), each.name
    assert not any(cell.decode() in said for cell in told)


@pytest.mark.parametrize(
    ("days", "is_drafted"),
    [
        ([f"{1 + 7 * at % 28:02}/{1 + at % 12:02}/20{10 + at % 7}" for at in range(24)], False),
        ([f"2020-01-{1 + at:02}" for at in range(24)], True),
        (
            [
                f"{date(2018, 1, 11) + timedelta(28 * at + 7 * (at // 3)):%d/%m/%Y}"
                for at in range(24)
            ],
            True,
        ),
        ([f"20{10 + at % 3}-03-31" for at in range(24)], True),
    ],
)
def test_days_of_events_are_never_drafted_as_periods(town, tmp_path, days, is_drafted):
    """Days that follow each other are periods; days here and there are somebody's."""
    wards = [each.name for each in areas.ward_set(town, "2003-2015").wards]
    lines = [
        "Ward,Happened,Score",
        *(f"{ward},{day},{at}" for at, (ward, day) in enumerate(zip(wards, days, strict=True))),
    ]
    path = tmp_path / "events.csv"
    path.write_text("\n".join(lines), "utf-8")
    if is_drafted:
        assert drafting.draft(path, Gazetteer(town)).text
        return
    with pytest.raises(SchemaError, match="many different days") as fault:
        drafting.draft(path, Gazetteer(town))
    assert not any(day in str(fault.value) for day in days)


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        (["Ann Ash|01/02/94|14/04/2009", "Ann Ash|01/02/1994|15/05/2009"], 1),
        (["Łucja Bjørk|01/02/1994|14/04/2009", "LUCJA BJORK|1994-02-01|15/05/2009"], 1),
        (["Ann Ash|01/02/1994|14/04/2009 09:30", "Bo Ash|01/02/1994|2009-05-15T00:00"], 2),
        (["Ash, Ann|01/02/1994|14/04/2009", "Ann  ASH|1 Feb 1994|15/05/2009"], 1),
    ],
)
def test_two_rows_are_one_person_however_they_are_written(town, rows, count):
    """Years of two digits, letters with strokes, order, case and spaces; twins are two."""
    found = young_people.people_in([["Name", "DOB", "Ward", "Date"], *map(with_ward, rows)])
    counts = young_people.counted(town, found, "2003-2015")
    assert count == counts["count"].sum()


def with_ward(row):
    """Return the cells of a row, everybody living in Mowden."""
    who, born_on, entered = row.split("|")
    return [who, born_on, "Mowden", entered]


def test_a_date_of_birth_alone_is_nobody_in_particular(town):
    """Two people may share it: the count stops where rows do, and goes on where none does."""
    rows = [["DOB", "Ward", "Date"], *(["01/02/1994", "Mowden", f"{at}/04/2009"] for at in (1, 2))]
    with pytest.raises(SchemaError, match="same date of birth"):
        young_people.counted(town, young_people.people_in(rows), "2003-2015")
    rows[2][0] = "02/02/1994"
    counts = young_people.counted(town, young_people.people_in(rows), "2003-2015")
    assert 2 == counts["count"].sum()


@pytest.mark.parametrize("cell", ["Other local authority", "out of borough", "N/K", "NFA", "-"])
def test_words_for_elsewhere_are_no_ward(town, cell):
    """Such a row is left out; any other word that is no ward stops the count."""
    rows = [
        "Name|DOB|Ward|Date",
        "Ann Ash|1/2/1994|Mowden|3/4/2009",
        f"Bo Fir|1/3/1994|{cell}|3/5/2009",
    ]
    cells = [row.split("|") for row in rows]
    assert (
        1 == young_people.counted(town, young_people.people_in(cells), "2003-2015")["count"].sum()
    )
    cells[2][2] = "Newport"
    with pytest.raises(SchemaError, match="no ward of 2003-2015"):
        young_people.counted(town, young_people.people_in(cells), "2003-2015")


@pytest.mark.parametrize(("said", "is_taken"), [("yes", True), ("no", False)])
def test_whose_young_people_they_are_is_asked_and_must_be_answered(town, tmp_path, said, is_taken):
    """A team that is not known to be another council's: its column is named, and a no refuses."""
    path = tmp_path / "list.csv"
    rows = ["Name,DOB,Ward,Team,Date", "Ann Ash,01/02/1994,Mowden,South,14/04/2009"]
    path.write_text("\n".join([*rows, "Bo Fir,01/03/1994,Mowden,South,15/05/2009"]), "utf-8")
    draft = young_people.add(town, path)
    asked = next(question for question in draft.questions if "live in Darlington" in question)
    assert "column 4" in asked
    assert "South" not in draft.text
    sidecar = next(town.restricted.glob("*.source.toml"))
    text = sidecar.read_text("utf-8")
    for question in tomllib.loads(text)["questions"]:
        answers = {"residents": said, "retrieved": "2026-11-22"}
        answer = answers.get(question["field"][-1], "2026")
        text = text.replace('answer = ""', f'answer = "{answer}"', 1)
    sidecar.write_text(text, "utf-8")
    table = sidecar.with_name(sidecar.name.removesuffix(".source.toml"))
    if is_taken:
        assert "yes" == sidecars.read(town.raw, table).residents
        return
    with pytest.raises(SourceError, match="residents can't be no"):
        sidecars.read(town.raw, table)
