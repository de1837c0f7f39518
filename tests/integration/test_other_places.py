"""A name never beats a code, a council or a kind of area beside it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from darlington_analysis.core.project import Project
from darlington_analysis.intake import young_people
from darlington_analysis.sources import other_places
from darlington_analysis.sources.gazetteer import Gazetteer
from tests.support.projects import ROOT

GAZETTEER = Gazetteer(Project(ROOT))
WARDS = [place for name in ("ward-2003-2015", "ward-2015-on")
         for place in GAZETTEER.known[name].items()]  # fmt: skip
NAMES = [(name, place) for name, place in WARDS if not place.is_coded]
ENTITIES = st.sampled_from(["E05", "E06", "E07", "E08", "E14", "E47", "E63", "E01", "W06", "S12"])
CODES = st.builds("{}{:06d}".format, ENTITIES, st.integers(0, 999_999)).filter(
    lambda code: not GAZETTEER.has(code) and code not in ("E47000006",)
)
OTHERS = st.sampled_from(["Northumberland", "Middlesbrough", "Stockton-on-Tees", "County Durham",
                          "Redcar and Cleveland", "Darlington, South Australia"])  # fmt: skip


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


@pytest.mark.parametrize(("column", "kind"), [
    ("ConstituencyName", "constituency"), ("PCON24NM", "constituency"), ("Built-up area", "built-up"),
    ("Combined Authority", "combined"), ("Parish", "parish"), ("Police force", "police"),
    ("Town", "town"), ("MSOA name", "MSOA"),
])  # fmt: skip
def test_the_kind_of_area_that_a_column_names_is_said(column, kind):
    """Darlington is a borough, and a constituency, a town and a station as well."""
    place = GAZETTEER.find("Darlington", ("wider",))
    found = other_places.judge(GAZETTEER, place, column, {column: "Darlington"}, ())
    assert kind in found.veto


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


@given(st.sampled_from(["Séan O’Brien", "Anna Ash", "Zoë Smith-Jones"]), st.data())
def test_one_person_written_in_several_ways_is_one(name, data):
    """Signs, accents, case, order and spaces are folded; so are the forms of a day."""
    ways = [name.upper(), name.replace("’", "'"), f" {name}  ", ", ".join(name.split()[::-1]),
            name.replace("é", "e").replace("ë", "e"), name.replace("-", "")]  # fmt: skip
    assert young_people._folded(name) == young_people._folded(data.draw(st.sampled_from(ways)))
    days = ["01/02/1994", "1994-02-01", "1 February 1994", "01-Feb-1994", "1/2/1994"]
    assert 1 == len({young_people._folded(day) for day in days})
