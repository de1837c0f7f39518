"""Maps: every ward its tile, its name, its marks in words, and one link at most."""

import math
import re

import pytest
from bs4 import BeautifulSoup
from shapely.geometry import MultiPolygon, box

from darlington_analysis.core.errors import SchemaError
from darlington_analysis.pages.components import maps, theme
from darlington_analysis.pages.components.drawing import text_width
from darlington_analysis.pages.components.maps import hexagon_map, hexagons
from tests.support.drawings import layers, tiles


def words(svg: str) -> list[str]:
    """Return the words of a map."""
    return [text.get_text() for text in BeautifulSoup(svg, "html.parser").find_all("text")]


def test_hexagons_touch_their_neighbours_only():
    """Tiles next to each other are a narrow gap apart, others at least half a tile."""
    geo = hexagons(tiles()).set_index("area_code").geometry
    assert geo["E00"].distance(geo["E01"]) == pytest.approx(math.sqrt(3) * 0.035)
    assert geo["E00"].distance(geo["E05"]) == pytest.approx(math.sqrt(3) * 0.035)
    assert geo["E00"].distance(geo["E02"]) > 1
    assert not any(geo.iloc[0].intersects(other) for other in geo.iloc[1:])


def test_rows_grow_southwards():
    """A higher row is further south: north is at the top of the page."""
    geo = hexagons(tiles()).set_index("area_code").geometry
    assert geo["E20"].centroid.y < geo["E00"].centroid.y


def test_two_wards_on_one_tile_are_refused():
    """A ward hidden under another is an error, not a map."""
    with pytest.raises(SchemaError, match="same tile"):
        hexagons(tiles().assign(column=0, row=0))


def test_the_same_rows_give_the_same_bytes():
    """Nothing random and no time of day gets into a map."""
    geo = hexagons(tiles())
    before = hexagon_map(geo, layers())
    maps._drawn.cache_clear()
    assert before == hexagon_map(geo, layers())


def test_every_name_is_printed_on_three_lines_at_most():
    """Every word of every name stands in the map, none of them cut."""
    shown = words(hexagon_map(hexagons(tiles()), layers()))
    text = " ".join(shown)
    assert all(word in text for name in tiles()["area_name"] for word in name.split())
    assert [] == [line for line in shown if line.count(" ") > 3]


def test_every_name_fits_its_tile():
    """No line of a name is wider than the tile it stands in."""
    svg = BeautifulSoup(hexagon_map(hexagons(tiles())), "html.parser")
    tile = theme.MAP_WIDTH / 5.5
    for text in svg.find_all("text"):
        points = float(re.search(r"font-size:([\d.]+)px", text["style"])[1])
        assert points >= 9
        assert text_width(text.get_text(), points) <= tile


@pytest.mark.accessibility(32)
def test_missing_picked_and_marks_are_explained_in_words():
    """The key says what each class, the hatching, the outline and the marks mean."""
    shown = words(hexagon_map(hexagons(tiles()), layers()))
    key = ["Low", "Middle", "High", "[c] withheld", "This ward", "Supported", "Watch list"]
    assert [1] * 7 == [shown.count(label) for label in key]
    assert 1 == shown.count("[c]")


@pytest.mark.accessibility(33)
def test_a_missing_ward_has_a_pattern_and_no_class_colour():
    """The withheld tile is hatched, so that it cannot be taken for the lowest class."""
    svg = BeautifulSoup(hexagon_map(hexagons(tiles()), layers()), "html.parser")
    assert "url(#" in svg.select_one('[data-mark="E05"] path')["style"]
    assert theme.SKY.lower() in svg.select_one('[data-mark="E04"] path')["style"]


def test_each_link_is_one_named_tab_stop():
    """Links come in the order of the rows, once each, with the ward's name."""
    links = {f"E{n:02}": f"ward-{n}.html" for n in range(24)}
    svg = hexagon_map(hexagons(tiles()), layers(links=links, link_names={"E00": "Bank Top, pack"}))
    anchors = BeautifulSoup(svg, "html.parser").find_all("a")
    assert list(links.values()) == [anchor["href"] for anchor in anchors]
    assert ["Bank Top, pack", *tiles()["area_name"][1:]] == [a["aria-label"] for a in anchors]


@pytest.mark.parametrize(
    "fault",
    [
        {"class_labels": ["Low", "Middle"]},
        {"class_labels": ["One", "Two", "Three", "Four"]},
        {"mark_labels": {"supported": "Supported"}},
    ],
)
def test_a_map_nobody_can_read_is_refused(fault):
    """Classes and marks without words, or more of them than can be told apart, are refused."""
    with pytest.raises(SchemaError):
        layers(**fault)


def test_real_outlines_are_drawn_by_the_same_function():
    """Any outlines will do, in several parts and of uneven size."""
    geo = hexagons(tiles(2))
    geo = geo.set_geometry([MultiPolygon([box(0, 0, 4, 4), box(5, 0, 6, 1)]), box(0, 5, 6, 8)])
    svg = BeautifulSoup(hexagon_map(geo), "html.parser")
    assert 2 == svg.select_one('[data-mark="E00"] path')["d"].count("M")
