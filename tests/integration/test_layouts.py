"""More layouts of real publishers, each as small as it can be: to the right figures, or refused."""

import pandas as pd
import pytest

from darlington_analysis.cleaning import checks, process
from darlington_analysis.cleaning import checks as doubles
from darlington_analysis.core.errors import SchemaError, SourceError
from darlington_analysis.core.settings import load_settings
from darlington_analysis.evidence import table as edition_tables
from darlington_analysis.sources import areas, register
from tests.support import reviewing
from tests.support.projects import BOROUGH, COUNTRY, REGION, copy_project
from tests.support.workbooks import write_xlsx

YEARS = "Ward code,Ward,{}\nE05010422,Mowden,1,2,3,4\nE05010431,Whinfield,5,6,7,8\n"
# Name: the file, its questions' answers, and figures: area, period, word of the indicator, number.
LAYOUTS = {
    "year before measure": (
        YEARS.format("2018 rate,2019 rate,2018 number,2019 number"),
        {},
        [("E05010422", "2018", "rate", 1), ("E05010431", "2019", "number", 8)],
    ),
    "year after measure": (
        YEARS.format("Count 2018/19,Count 2019/20,Rate 2018/19,Rate 2019/20"),
        {"kind": "financial"},
        [("E05010422", "2019/20", "count", 2), ("E05010431", "2018/19", "rate", 7)],
    ),
    "year after a low line": (
        YEARS.format("claims_2018,claims_2019,pct_2018,pct_2019"),
        {},
        [("E05010422", "2018", "claims", 1), ("E05010431", "2019", "pct", 8)],
    ),
    "a column of marks alone": (
        "Area,2018 number,2019 number\nDarlington,1,[c]\nEngland,2,[c]\n",
        {},
        [(BOROUGH, "2018", "", 1), (COUNTRY, "2018", "", 2)],
    ),
    "limits of two years": (
        "Area,2018 rate,2018 lower CI,2019 rate,2019 lower CI\nDarlington,3,1,4,2\n"
        "England,5,4,6,5\n",
        {},
        [(BOROUGH, "2019", "value", 4), (BOROUGH, "2019", "lower_limit", 2)],
    ),
    "quarters": (
        "Area,Q1 2019,Q2 2019 [p]\nDarlington,1,2\nEngland,30,40\n",
        {"kind": "quarter"},
        [(BOROUGH, "2019 Q1", "", 1), (COUNTRY, "2019 Q2", "", 40)],
    ),
    "short months": (
        "Area,Jan-11,Feb-11(p),Mar-11 [note 2]\nDarlington,1,2,3\nEngland,4,5,6\n",
        {"kind": "month"},
        [(BOROUGH, "2011-02", "", 2), (COUNTRY, "2011-03", "", 6)],
    ),
    "numbers of days": (
        "Area,Period,Claims\nDarlington,44197,4\nDarlington,44228,5\n",
        {"kind": "month"},
        [(BOROUGH, "2021-02", "", 5)],
    ),
    "a gap in the header": (
        ",2018,,2019,\n,,,,\nArea,Number,Rate,Number,Rate\nDarlington,1,1.5,2,"
        "2.5\nEngland,10,1.1,20,2.1\n",
        {},
        [(BOROUGH, "2018", "number", 1), (COUNTRY, "2019", "rate", 2.1)],
    ),
    "years in rows of their own": (
        "Ward,Boys,Girls\n2018,,\nMowden,1,2\nWhinfield,3,4\n2019,,\nMowden,7,8\nWhinfield,9,10\n",
        {"systems": "ward-2015-on"},
        [("E05010422", "2018", "girls", 2), ("E05010431", "2019", "boys", 9)],
    ),
    "wards named once": (
        "Ward,Age,Count\nMowden,0-15,10\n,16-64,20\n,65+,30\nWhinfield,0-15,11\n,16-64,21\n,65+,31\n",
        {"systems": "ward-2015-on", "label": "2019"},
        [("E05010431", "2019", "65+", 31)],
    ),
    "marks behind names and numbers": (
        'Area [note 1],Year,Offences [note 2]\nDarlington [note 3],2019,"1,234 [r]"\n'
        "North East (4),2019,12p\nEngland,2019,–1.5\n",
        {},
        [(BOROUGH, "2019", "", 1234), (REGION, "2019", "", 12), (COUNTRY, "2019", "", -1.5)],
    ),
    "every region by name": (
        "Area,2019\nENGLAND,9\nNORTH EAST,8\n  Darlington UA,7\nNORTH WEST,6\nEASTBOURNE,5\n"
        "Hastings,4\nWarrington UA,3\nSOUTH EAST,2\nCounty Durham UA,1\nWales,0\n",
        {},
        [(REGION, "2019", "", 8), (BOROUGH, "2019", "", 7)],
    ),
    "a total without a code": (
        "Code,Ward,2019\nE05010422,Mowden,1\nE05010431,Whinfield,2\n,Total,3\n",
        {},
        [("E05010431", "2019", "", 2)],
    ),
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """Return a project of its own into which files are added one after the other."""
    return copy_project(tmp_path_factory.mktemp("desk") / "town")


def save(folder, name, text):
    """Write a file of text and return its path."""
    path = folder / name
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("name", LAYOUTS)
def test_layouts_are_read_to_the_right_figures(desk, tmp_path, name):
    """One figure each, of the right area and period; nothing of other places."""
    text, answers, expected = LAYOUTS[name]
    file = save(tmp_path, f"{name.replace(' ', '_')}.csv", text)
    taken = reviewing.taken(desk, file, **answers)
    words = taken.figures.indicator + taken.figures.breakdown + taken.figures.measure
    for area, period, word, number in expected:
        is_it = taken.figures.area_code.eq(area) & taken.figures.period.eq(period)
        assert [number] == list(taken.figures[is_it & words.str.contains(word, regex=False)].number)
    ours = {area for area, *_ in expected} | {COUNTRY, REGION, "E05010422", "E05010431"}
    assert set(taken.figures.area_code) <= ours


def test_a_mark_that_says_something_stays_as_the_figures_status(desk, tmp_path):
    """[r] is revised; p is dropped; a mark that was not declared stops the file."""
    file = save(tmp_path, "revised.csv", "Area,Year,Rate\nDarlington,2019,1 [r]\nEngland,2019,2p\n")
    assert ["r", ""] == list(reviewing.taken(desk, file).figures.status)
    source = reviewing.source_of(desk, file.name)
    with pytest.raises(SchemaError, match="neither a number nor a marker"):
        reviewing.retaken(desk, source, file.read_text("utf-8").replace("2p", "2*"))
    for each in (desk.raw / "incoming").glob("revised*"):
        each.unlink()


def test_hidden_sheets_are_not_taken_and_are_named(desk, tmp_path):
    """The sheet that somebody sees is drafted; the hidden one only where it is asked for."""
    rows = [["Ward code", "2019"], ["E05010422", 1], ["E05010431", 2]]
    file = write_xlsx(tmp_path / "hidden.xlsx", {"old": rows, "new": rows}, hidden=("old",))
    text = reviewing.add(desk, file).read_text("utf-8")
    assert 'sheet = "new"' in text
    assert "Sheets not looked at: old" in text


def test_the_second_table_of_a_sheet_is_named_and_drafted_where_asked(desk, tmp_path):
    """The first ends where the second starts."""
    table = "Ward,2018,2019\nMowden,1,2\nWhinfield,3,4\n"
    text = f"Births\n{table}\nDeaths\n{table.replace('1,2', '5,6')}"
    first = save(tmp_path, "births.csv", text)
    sidecar = reviewing.add(desk, first)
    assert "Another table starts in row 7" in sidecar.read_text("utf-8")
    sidecar.unlink()
    (sidecar.parent / first.name).unlink()
    reviewing.answer(
        reviewing.add(desk, save(tmp_path, "deaths.csv", text), row=7), systems="ward-2015-on"
    )
    rows = reviewing.imported_rows(desk, "deaths.csv").rows
    assert {5, 6, 3, 4} == set(rows.value)


def test_wards_across_are_refused_with_what_to_do(desk, tmp_path):
    """Nobody is asked which one area the file is about."""
    text = "Year,Mowden,Whinfield,Northgate\n2018,1,2,3\n2019,4,5,6\n"
    with pytest.raises(SchemaError, match="row 1 names areas across") as fault:
        reviewing.add(desk, save(tmp_path, "across.csv", text))
    assert "transpose" in fault.value.try_


@pytest.mark.parametrize(
    ("field", "answer", "said"),
    [
        ("retrieved", "last week", ("retrieved is not a day: last week", "year-month-day")),
        ("control", "public", ("control can't be public", "One of these words: open, controlled")),
        ("kind", "yearly", ("kind can't be yearly", "One of these words: calendar")),
        ("-", "missing", ("markers can't be missing", "One of these words: c, x, z")),
    ],
)
def test_a_wrong_answer_is_named_in_our_words(desk, tmp_path, field, answer, said):
    """What was written, and what may be."""
    file = save(tmp_path, f"wrong_{field}.csv", "Area,2018,2019\nDarlington,1,-\nEngland,3,4\n")
    sidecar = reviewing.answer(reviewing.add(desk, file), **{field: answer})
    with pytest.raises(SourceError) as fault:
        register.register(desk)
    sidecar.unlink()
    (sidecar.parent / file.name).unlink()
    assert all(part in str(fault.value) for part in said), str(fault.value)


def test_two_files_with_the_same_figure_are_both_named(edition_table):
    """In three lines, before the table's own checks."""
    rows = edition_table.rows[edition_table.rows.area_code.eq(BOROUGH)].head(2)
    doubles.refuse(rows)
    twice = rows.assign(source="incoming/again.csv")
    with pytest.raises(SchemaError) as fault:
        doubles.refuse(pd.concat([rows, twice]))
    assert "incoming/again.csv" in str(fault.value)
    assert rows.source.iloc[0] in str(fault.value)
    assert "(2 such figures)" in str(fault.value)


def test_a_series_that_breaks_in_2015_is_marked_where_it_starts_again(town, tmp_path):
    """Of an added file as of the files shipped; a file of one time has no break."""
    old, new = (areas.ward_set(town, name).wards for name in ("2003-2015", "2015-on"))
    lines = ["Ward code,Year,Pupils"]
    lines += [
        f"{ward.code},{year},{100 + at}"
        for wards, years in ((old, (2013, 2014)), (new, (2016, 2017)))
        for at, ward in enumerate(wards)
        for year in years
    ]
    reviewing.answer(reviewing.add(town, save(tmp_path, "pupils.csv", "\n".join(lines))))
    made = process.process(town, load_settings(town))
    table = made.table
    own = table[table.source.eq("incoming/pupils.csv")]
    assert {"2016": {"b"}, "2013": {""}, "2014": {""}, "2017": {""}} == {
        year: set(rows.status) for year, rows in own.groupby("period")
    }
    scores = table[table.indicator.eq("imd-score") & table.area_type.eq("ward")]
    assert {"2015"} == set(scores[scores.status.eq("b")].period)
    assert not table[table.indicator.eq("claimants")].status.eq("b").any()
    process.write(town, made)
    assert not edition_tables.load("2025", town).rows.status.eq("b").any()  # one time, no break
    one_time = table[~table.area_code.isin([ward.code for ward in old])]
    assert not (checks.marked(town, one_time.assign(status="")).status == "b").any()
