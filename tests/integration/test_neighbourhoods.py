"""Neighbourhoods are shown by what people know them by: name, postcodes, earlier ward."""

import dataclasses
import re

import pandas as pd
import pytest
from bs4 import BeautifulSoup

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


def text_of(section) -> str:
    """Return a section as text without its marks."""
    return re.sub(r"\s+", " ", BeautifulSoup(str(section), "lxml").get_text(" "))


def test_each_place_that_looks_like_a_mistake_is_explained(edition_table):
    """A ward at the end of its neighbourhoods' places or beyond, or of very unlike ones, says why;
    one that stands among them says nothing.
    """
    for edition in ("2011", "2025"):
        loaded = table.load(edition, edition_table.project)
        for ward in loaded.wards.wards:
            evidence = in_table(loaded, ward.code)
            places = [more_deprived_than(value) for value in evidence.inside.neighbourhoods.value]
            own = more_deprived_than(evidence.deprivation.latest.value)
            is_plain = min(places) < own < max(places) and not evidence.inside.is_uneven
            said = inside.MEAN.format(place=own) in str(inside.inside(evidence.inside))
            assert said != is_plain, (edition, ward.name)


def test_people_outside_the_neighbourhoods_are_counted(red_hall, edition_table):
    """From the shares of the ward's own place; nothing where areas nest or few are missed."""
    loaded = red_hall.table
    stephenson = in_table(loaded, "E05010430")
    latest = stephenson.deprivation.latest
    assert (0.16, 0.14) == (round(latest.share_left_out, 2), round(latest.share_moved, 2))
    said = text_of(inside.inside(stephenson.inside))
    assert "About 16 in every 100 of its people live outside. About 14 in every 100 of" in said
    assert "borders differ" not in str(inside.inside(red_hall.inside))
    nested = in_table(table.load("2011", edition_table.project), "E05001554")
    assert "borders differ" not in str(inside.inside(nested.inside))


def test_a_postcode_in_two_neighbourhoods_says_so(red_hall):
    """A start that stands under both is only in part in each."""
    said = text_of(inside.inside(in_table(red_hall.table, "E05010430").inside))
    assert 2 == said.count("1J (in part)")
    assert 2 == said.count("(in part)")


def test_wards_that_are_no_more_are_spoken_of_as_past(red_hall):
    """Each earlier ward with its share, once; whether support follows is said elsewhere."""
    said = text_of(place.place(in_table(red_hall.table, "E05010430").place))
    assert "Lingfield 51; Central 35; Bank Top 9; Haughton East" in said
    assert "does not decide" not in said
    assert "people live in Lingfield" not in said
    shown = in_table(red_hall.table, "E05010430").place
    no_lines = dataclasses.replace(
        shown, lines=dataclasses.replace(shown.lines, rows=pd.DataFrame())
    )
    said = text_of(place.elsewhere_sentences(no_lines))
    assert "51 in 100 of its people live where Lingfield was, a ward of the 2011" in said
    assert "35 in 100 live where Central was." in said


def test_a_pack_leads_to_its_neighbours_and_to_the_other_edition(red_hall, edition_table):
    """With the share of people in common; from the earlier wards to those of today, too."""
    html = str(place.place(red_hall.place))
    assert 'href="../E05010430-stephenson/evidence-pack.html">Stephenson</a>' in html
    assert "so many live where these wards were: <a" in html
    assert "Lingfield</a> 64; <a" in html
    assert 'href="../../2011/E05001568-lingfield/evidence-pack.html">Lingfield</a>' in html
    assert 'href="../compare.html#E05010428"' in html
    before = in_table(table.load("2011", edition_table.project), "E05001561")
    html = str(place.place(before.place))
    assert 'href="../../2025/E05010418-haughton-springfield/evidence-pack.html"' in html
