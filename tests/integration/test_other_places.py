"""A name never beats a code, a council or a kind of area beside it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from darlington_analysis.core.errors import DarlingtonError, SchemaError
from darlington_analysis.core.project import Project
from darlington_analysis.intake import drafting, young_people
from darlington_analysis.sources import other_places
from darlington_analysis.sources.gazetteer import Gazetteer
from tests.support.projects import ROOT

GAZETTEER = Gazetteer(Project(ROOT))
WARDS = [
    place for name in ("ward-2003-2015", "ward-2015-on") for place in GAZETTEER.known[name].items()
]
NAMES = [(name, place) for name, place in WARDS if not place.is_coded]
ENTITIES = st.sampled_from(["E05", "E06", "E07", "E08", "E14", "E47", "E63", "E01", "W06", "S12"])
CODES = st.builds("{}{:06d}".format, ENTITIES, st.integers(0, 999_999)).filter(
    lambda code: not GAZETTEER.has(code) and code not in ("E47000006",)
)
OTHERS = st.sampled_from(
    [
        "Northumberland",
        "Middlesbrough",
        "Stockton-on-Tees",
        "County Durham",
        "Redcar and Cleveland",
        "Darlington, South Australia",
    ]
)


def verdict(name, place, row, councils=()):
    """Return what the rest of a row says of a name."""
    return other_places.judge(GAZETTEER, place, "Ward", {"Ward": name, **row}, councils)


@given(st.sampled_from(NAMES), CODES, st.sampled_from(["{}", "{} Elsewhere", "x ({})"]))
def test_another_place_s_code_vetoes_a_name(named, code, form):
    """In whatever column, alone or with words."""
    assert verdict(*named, {"Anything": form.format(code)}).veto


@given(st.sampled_from(NAMES), OTHERS)
def test_another_council_vetoes_a_name(named, council):
    """Its column is found by its heading, or because it names ours as well."""
    rows = {"Local authority": ["Darlington", council]}
    councils = other_places.council_columns(GAZETTEER, rows)
    assert ["Local authority"] == councils
    assert ["Where"] == other_places.council_columns(GAZETTEER, {"Where": ["Darlington", council]})
    assert council in verdict(*named, {"Local authority": council}, councils).veto
    assert other_places.Verdict("", True) == verdict(
        *named, {"Local authority": "Darlington"}, councils
    )


@given(
    st.sampled_from(WARDS), st.sampled_from(["E06000005", "E12000001", "E92000001", "E47000006"])
)
def test_what_a_ward_is_a_part_of_vetoes_nothing(named, code):
    """The borough, its region, the country and the Tees Valley."""
    name, place = named
    assert "" == verdict(name, place, {"Parent": code}).veto
    is_sure = place.is_coded or code == "E06000005"
    assert is_sure == verdict(name, place, {"Parent": code}).is_confirmed


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        ("ConstituencyName", "constituency"),
        ("PCON24NM", "constituency"),
        ("Built-up area", "built-up"),
        ("Combined Authority", "combined"),
        ("Parish", "parish"),
        ("Police force", "police"),
        ("Town", "town"),
        ("MSOA name", "MSOA"),
    ],
)
def test_the_kind_of_area_that_a_column_names_is_said(column, kind):
    """Darlington is a borough, and a constituency, a town and a station as well."""
    place = GAZETTEER.find("Darlington", ("wider",))
    found = other_places.judge(GAZETTEER, place, column, {column: "Darlington"}, ())
    assert kind in found.veto


@pytest.mark.parametrize(
    ("heading", "cell", "reason"),
    [
        ("Area type", "Electoral division", "an electoral division"),
        ("Geography type", "Westminster Constituency", "a parliamentary constituency"),
        ("AreaType", "Built-up areas", "a built-up area"),
        ("geographic_level", "Region", "an area of another type"),
        ("Type", "Unitary authority", ""),
        ("Area Type", "Counties & UAs (from Apr 2023)", ""),
        ("Area type", "Districts and UAs", ""),
        ("Type", "Girls", ""),
    ],
)
def test_a_cell_that_says_another_type_of_area_vetoes_a_name(heading, cell, reason):
    """The name of the type stands in the row and not above it."""
    borough = GAZETTEER.find("Darlington", ("wider",))
    row = {"Area": "Darlington", heading: cell}
    veto = other_places.judge(GAZETTEER, borough, "Area", row, ()).veto
    assert veto.startswith(reason) if reason else veto == ""


@pytest.mark.parametrize(
    ("heading", "ours", "other"),
    [
        ("Organisation", "Darlington Borough Council", "Northumberland County Council"),
        ("Provider", "Darlington BC", "Stockton-on-Tees BC"),
        ("LA code", "841", "806"),
        ("LA number", "841", "805"),
        ("LA", "841", "806"),
        ("YOT", "Darlington", "South Tees"),
        ("Court area", "Darlington", "Teesside"),
        ("Case holding YJS", "Darlington", "Stockton"),
        ("Magistrates' Court", "Darlington", "Teesside"),
        ("Team", "Darlington YOT", "Hartlepool YOT"),
        ("Service", "Darlington Youth Justice Service", "Durham Youth Justice Service"),
    ],
)
def test_a_column_of_councils_is_known_by_its_cells_or_by_their_numbers(heading, ours, other):
    """Whatever heads it; the numbers are those of the Department for Education."""
    name, place = next((name, place) for name, place in NAMES if name == "central")
    assert [heading] == other_places.council_columns(GAZETTEER, {heading: [other]})
    assert verdict(name, place, {heading: other}, [heading]).veto
    assert other_places.Verdict("", True) == verdict(name, place, {heading: ours}, [heading])
    figures = {"Council tax, number": ["806", "90", "1200"], "Boys": ["806"]}
    assert [] == other_places.council_columns(GAZETTEER, {"Boys": figures["Boys"]})


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("YOT worker", "a worker"),
        ("Court date", "03/04/2009"),
        ("Date known to YOT", "03/04/2009"),
        ("Known to local authority", "Y"),
        ("Court", "Youth Court"),
        ("Tier", "Court"),
    ],
)
def test_a_heading_with_such_a_word_in_it_does_not_make_councils_of_its_cells(heading, cell):
    """They say nothing of where somebody lives."""
    name, place = next((name, place) for name, place in NAMES if name == "central")
    councils = other_places.council_columns(GAZETTEER, {heading: [cell]})
    assert "" == verdict(name, place, {heading: cell}, councils).veto


@pytest.mark.parametrize(
    ("heading", "cells", "said"),
    [
        ("Council", ["Darlingtn", "Durham"], "Did you mean darlington"),
        ("Ward (County)", ["Central (Durham)", "College (Durham)"], "none is of Darlington"),
        ("Name", ["Central, Oxford", "College, Oxford"], "none is of Darlington"),
        ("Area", ["Darlington (constituency)", "Sedgefield"], "a parliamentary constituency"),
    ],
)
def test_a_column_of_areas_that_are_not_known_is_no_file_about_one_area(
    tmp_path, heading, cells, said
):
    """It is refused; nobody is asked of which one area all of its rows are."""
    path = tmp_path / "areas.csv"
    rows = [f'"{cell}",2019,{at + 10}' for at, cell in enumerate(cells)]
    path.write_text("\n".join([f"{heading},Year,Count", *rows]), "utf-8")
    with pytest.raises(DarlingtonError, match=said):
        drafting.draft(path, GAZETTEER)


def test_a_code_that_is_written_in_groups_is_a_code():
    """E05 009 999 beside College is another council's ward."""
    name, place = next((name, place) for name, place in NAMES if name == "college")
    assert verdict(name, place, {"Code": "E05 009 999"}).veto


def people_beside(heading, cell):
    """Return a list of two: of Mowden, with a cell beside the second one's ward."""
    header = ["Name", "DOB", "Ward", "Date", heading]
    first = ["Ann Ash", "01/02/1994", "Mowden", "14/04/2009", OURS_BESIDE.get(heading, "")]
    second = ["Bo Fir", "01/03/1994", "Mowden", "15/05/2009", cell]
    return young_people.people_in([header, first, second])


OURS_BESIDE = {
    "YOT": "Darlington",
    "Court area": "Darlington",
    "LA": "841",
    "Local authority": "Darlington",
    "Team": "Darlington YOT",
    "Home postcode": "DL1 1AA",
}


@pytest.mark.parametrize(
    ("heading", "cell", "count"),
    [
        ("YOT", "South Tees", 1),
        ("Court area", "Teesside", 1),
        ("LA", "806", 1),
        ("Local authority", "Hartlepool", 1),
        ("Team", "Hartlepool YOT", 1),
        ("Home postcode", "TS12 1AA", 1),
        ("Home postcode", "DL14 6AA", 1),
        ("Home postcode", "DL3 7AA", 2),
        ("School postcode", "TS12 1AA", 2),
        ("Offence", "Theft in Hartlepool", 2),
    ],
)
def test_a_young_person_of_another_council_is_not_counted(heading, cell, count):
    """Whatever alone says so: a team, a court, a council, or a postcode that lies elsewhere."""
    people = people_beside(heading, cell)
    counts = young_people.counted(Project(ROOT), people, "2003-2015")
    assert count == counts["count"].sum()


def test_a_list_of_another_council_alone_is_refused():
    """Its wards bear the names of ours, and the column of teams says whose it is."""
    people = people_beside("Team", "Hartlepool YOT")
    people.rows[0][4] = "Hartlepool YOT"
    with pytest.raises(SchemaError, match="live elsewhere"):
        young_people.ward_set_of(Project(ROOT), people)


def test_the_words_above_a_table_are_shown_where_a_name_alone_says_it_is_ours(tmp_path):
    """They may name another council."""
    path = tmp_path / "claimants.csv"
    path.write_text("Middlesbrough Council\n\nWard,2018,2019\nCentral,1,2\nPark East,3,4\n")
    asked = drafting.draft(path, GAZETTEER).questions
    assert any("Above the table stands: “Middlesbrough Council”" in each for each in asked)


def test_a_row_about_a_part_is_not_about_the_whole():
    """A region's name or code beside one of its districts, wards or constituencies."""
    region = GAZETTEER.find("North East", ("wider",))
    coded = GAZETTEER.find("E12000001", ("wider",))
    row = {"Region": "North East", "Local authority": "Gateshead"}
    assert other_places.judge(GAZETTEER, region, "Region", row, ()).veto
    row = {"Region": "E12000001", "Constituency": "E14000658"}
    assert other_places.judge(GAZETTEER, coded, "Region", row, ()).veto


def test_a_match_by_name_alone_is_not_confirmed():
    """It is asked about."""
    name, place = NAMES[0]
    assert other_places.Verdict("", False) == verdict(name, place, {"Year": "2023"})


@given(st.sampled_from(["Séan O’Brien", "Anna Ash", "Zoë Smith-Jones", "Łucja Bjørk"]), st.data())
def test_one_person_written_in_several_ways_is_one(name, data):
    """Signs, accents, case, order and spaces are folded; so are the forms of a day."""
    ways = [
        name.upper(),
        name.replace("’", "'"),
        f" {name}  ",
        ", ".join(name.split()[::-1]),
        name.translate(str.maketrans("éëŁø", "eeLo")),
        name.replace("-", ""),
    ]
    assert young_people.folded(name) == young_people.folded(data.draw(st.sampled_from(ways)))
    days = [
        "01/02/1994",
        "1994-02-01",
        "1 February 1994",
        "01-Feb-1994",
        "1/2/1994",
        "01/02/94",
        "1-Feb-94",
        "01/02/1994 09:30",
        "19940201",
    ]
    assert 1 == len({young_people.folded(day) for day in days})
