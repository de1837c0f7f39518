"""Neighbourhoods are shown by what people know them by: name, postcodes, earlier ward."""

import pytest

from darlington_analysis.evidence import pack, table
from darlington_analysis.evidence.ward import in_table
from darlington_analysis.pages import inside, place
from darlington_analysis.pages.components.numbers import more_deprived_than
from darlington_analysis.sources import lineage, register
from scripts.data_build import hexagon_search


@pytest.fixture(scope="module")
def red_hall(edition_table):
    """Return the evidence of a ward since 2015."""
    return in_table(table.load("2025", edition_table.project), "E05010428")


def test_a_neighbourhood_has_its_name_its_postcodes_and_its_earlier_ward(red_hall):
    """The most deprived first, each with what the published lookups say of it."""
    first = red_hall.inside.neighbourhoods.iloc[0]
    assert ("Darlington 009B", "Haughton East") == (first.area_name, first.ward_before)
    html = str(inside.inside(red_hall.inside))
    assert "Postcodes beginning DL1 2S, 2T, 2U<br>Until 2015 in Haughton East" in html


def test_wards_of_the_first_set_have_no_earlier_ward(edition_table):
    """Nothing is said of a time that the project holds no lookup of."""
    evidence = in_table(table.load("2011", edition_table.project), "E05001561")
    assert {""} == set(evidence.inside.neighbourhoods.ward_before)
    assert "Until " not in str(inside.inside(evidence.inside))


def test_without_the_lookups_the_code_stands(red_hall, monkeypatch):
    """Another council's project need not hold names or postcodes."""

    def absent(project, dataset, vintage=None):
        raise register.AbsentError(dataset, vintage)

    monkeypatch.setattr(lineage.register, "find", absent)
    assert lineage.neighbourhoods(red_hall.table.project, "2021").empty
    assert {} == lineage.postcodes(red_hall.table.project, "2015-on")


def test_every_neighbourhood_and_ward_is_known(edition_table):
    """Each LSOA of both Indices has a name, and each ward has postcodes."""
    project = edition_table.project
    for lsoas, number in (("2001", 63), ("2021", 66)):
        known = lineage.neighbourhoods(project, lsoas)
        assert number == len(known)
        assert known.lsoa_name.str.match(r"Darlington \d{3}[A-H]").all()
    for ward_set, number in (("2003-2015", 24), ("2015-on", 20)):
        assert number == len(lineage.postcodes(project, ward_set))


def test_neighbourhoods_are_tiles_where_no_outlines_are_held(red_hall):
    """Each tile has the end of its name and its place; the whole table stands below the map."""
    html = str(inside.inside(red_hall.inside))
    assert 'id="neighbourhoods"' in html
    drawn, _, below = html.partition("</svg>")
    for row in red_hall.inside.neighbourhoods.itertuples():
        place = more_deprived_than(row.value)
        assert f">{row.area_name.split()[-1]} {place}</text>" in drawn
        assert row.area_name in below


@pytest.mark.parametrize(("lsoas", "ward_set"), [("2001", "2003-2015"), ("2021", "2015-on")])
def test_no_two_neighbourhoods_of_a_ward_share_a_tile(edition_table, lsoas, ward_set):
    """Every one has a tile, and each of two or more touches another of its ward."""
    project = edition_table.project
    known = lineage.neighbourhoods(project, lsoas).set_index("lsoa_code")
    ward_of = lineage.fit(project, lsoas, ward_set).ward_of
    for _, codes in ward_of.groupby(ward_of):
        tiles = [(row.column, row.row) for row in known.loc[codes.index].itertuples()]
        assert len(tiles) == len(set(tiles))
        for tile in tiles if len(tiles) > 1 else ():
            assert set(hexagon_search.around(tile)) & set(tiles)


def test_without_tiles_or_with_one_neighbourhood_there_is_no_map(red_hall, monkeypatch):
    """The table stands alone."""
    pockets = red_hall.inside.neighbourhoods
    for shown in (pockets.assign(column=None), pockets.head(1)):
        monkeypatch.setattr(pack.InsideWard, "neighbourhoods", shown)
        html = str(inside.inside(red_hall.inside))
        assert "<figure" not in html
        assert "Darlington 009B" in html


def test_a_pack_leads_to_its_neighbours_and_to_the_other_edition(red_hall, edition_table):
    """With the share of people in common; from the earlier wards to those of today, too."""
    html = str(place.place(red_hall.place))
    assert 'href="../E05010430-stephenson/evidence-pack.html">Stephenson</a>' in html
    assert "64 in 100 of its people live in" in html
    assert 'href="../../2011/E05001568-lingfield/evidence-pack.html">Lingfield</a>' in html
    assert 'href="../compare.html#E05010428"' in html
    before = in_table(table.load("2011", edition_table.project), "E05001561")
    html = str(place.place(before.place))
    assert 'href="../../2025/E05010418-haughton-springfield/evidence-pack.html"' in html
