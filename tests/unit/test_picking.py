"""One drawing serves every ward: who is picked changes that ward's look and nothing else."""

import re
from xml.etree import ElementTree

import pytest

from darlington_analysis.pages.components import charts, maps, theme
from darlington_analysis.pages.components.drawing import (
    Variant,
    blank,
    cache_key,
    to_drawing,
    variants,
)
from tests.support.drawings import layers, tiles, wards

CODES = [f"E{n:02}" for n in range(24)]


def chart(picked, table=None):
    """Return the chart of every ward with one picked out."""
    table = wards() if table is None else table
    return charts.wards_with_limits(table, picked, {"England": 30.0}, value_label="Per cent")


def bold(svg):
    """Return the words that stand in bold."""
    texts = ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    return [
        "".join(each.itertext())
        for each in texts
        if re.search(r"\b700\b|bold", each.get("style", ""))
    ]


@pytest.mark.parametrize("picked", [None, *CODES])
def test_the_picked_ward_alone_is_bold(picked):
    """Each ward in turn, a withheld one too; with nobody picked no name is bold."""
    names = dict(zip(wards().area_code, wards().area_name, strict=True))
    said = [words.removesuffix(" [u]") for words in bold(chart(picked)) if words != "[c]"]
    assert said == ([] if picked is None else [names[picked]])


def test_every_ward_stands_in_the_chart_once():
    """No look of a ward is left over, and none is missing."""
    for svg in (chart(None), chart("E00"), chart("E07")):
        assert re.findall(r'data-mark="(E\d\d)"', svg).count("E07") == 1
        assert not re.search("data-when|<slot", svg)
        used = set(re.findall(r'(?:href="|url\()#([\w.-]+)', svg))
        assert used <= set(re.findall(r' id="([\w.-]+)"', svg))


def test_rows_are_equal_by_what_they_say():
    """Nulls too; another value, another name of a column or another order is another table."""
    table = wards()
    assert {cache_key(table)} == {cache_key(table.copy())}
    assert cache_key(table) != cache_key(table.assign(value=table.value + 1e-9))
    assert cache_key(table) != cache_key(table.rename(columns={"value": "rate"}))
    assert cache_key(table) != cache_key(table.iloc[::-1])


def test_a_look_keeps_its_mark_and_its_shape():
    """The shape a marker refers to is there whichever look is seen."""
    with theme.look():
        figure = blank(100, 100)
        axes = figure.add_axes((0, 0, 1, 1))
        for variant in variants("E00"):
            axes.plot(
                [1], [1], marker="D" if variant.is_picked else "o", gid=variant.gid(is_mark=True)
            )
        drawing = to_drawing(figure)
    for picked in ("E00", None):
        svg = drawing.picking(picked)
        assert svg.count('data-mark="E00"') == 1
        assert set(re.findall(r'href="#([\w.-]+)"', svg)) <= set(re.findall(r'id="([^"]+)"', svg))
    assert drawing.picking("E00") != drawing.picking(None)
    assert Variant("E00", is_picked=True) in [
        piece[0] for piece in drawing.pieces if len(piece) == 2
    ]


def test_a_map_says_in_its_key_which_ward_is_outlined():
    """The key has the picked ward's own name, and no other's."""
    names = dict(zip(tiles().area_code, tiles().area_name, strict=True))
    shown = {}
    for code in ("E00", "E13"):
        root = ElementTree.fromstring(
            maps.hexagon_map(maps.hexagons(tiles()), layers(picked=code, picks=names))
        )
        texts = root.iter("{http://www.w3.org/2000/svg}text")
        shown[code] = ["".join(each.itertext()) for each in texts]
    for code, other in (("E00", "E13"), ("E13", "E00")):
        assert shown[code].count(names[code]) == shown[other].count(names[code]) + 1
