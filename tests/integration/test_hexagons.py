"""The hexagon map: one tile a ward, all in one piece, as true as its sidecar says."""

import tomllib

import pandas as pd
import pytest

from darlington_analysis.evidence import table
from darlington_analysis.evidence.ward import in_table
from darlington_analysis.pages import place
from tests.support.projects import ROOT

FOLDER = ROOT / "data" / "raw" / "geography" / "2003-2015"
STEPS = ((1, 0), (0, 1), (-1, 1), (-1, 0), (0, -1), (1, -1))


@pytest.fixture(scope="module")
def cells() -> dict[str, tuple[int, int]]:
    """Return the axial cell of each ward."""
    table = pd.read_csv(FOLDER / "hexagons.csv")
    return {ward: (column, row) for ward, column, row in table.itertuples(index=False)}


@pytest.fixture(scope="module")
def true_pairs() -> set[frozenset[str]]:
    """Return the pairs of wards that share a border."""
    return {frozenset(pair) for pair in pd.read_csv(FOLDER / "neighbours.csv").to_numpy()}


def _around(cell):
    return {(cell[0] + column, cell[1] + row) for column, row in STEPS}


def _touching(cells):
    return {
        frozenset((one, two))
        for one, here in cells.items()
        for two, there in cells.items()
        if there in _around(here)
    }


def test_every_ward_has_a_tile_of_its_own(cells):
    """The 24 wards of the list have a tile each, and no two share one."""
    wards = pd.read_csv(FOLDER / "wards.csv")["ward_code"]

    assert set(wards) == set(cells)
    assert 24 == len(set(cells.values()))


def test_tiles_hang_together(cells):
    """Every tile can be reached from every other over touching sides."""
    every = set(cells.values())
    reached = {min(every)}
    for _ in every:
        reached |= {near for cell in reached for near in _around(cell) & every}

    assert every == reached


def test_sidecar_counts_kept_neighbours(cells, true_pairs):
    """The sidecar says how many true neighbours touch, of how many, and how many are false."""
    story = tomllib.loads((FOLDER / "hexagons.csv.source.toml").read_text("utf-8"))
    kept, false = _touching(cells) & true_pairs, _touching(cells) - true_pairs

    assert story["true_neighbours_kept"] == len(kept)
    assert story["true_neighbours"] == len(true_pairs)
    assert f"{len(false)} pairs of tiles touch whose wards do not" in story["notes"]


def test_country_wards_lie_at_the_edge_on_their_side(cells):
    """Heighington is westmost, Hurworth southmost, the others east; all four at the edge."""
    east = {ward: column + row / 2 for ward, (column, row) in cells.items()}
    south = {ward: row for ward, (_, row) in cells.items()}
    heighington, hurworth, middleton, sadberge = "E05001564", "E05001566", "E05001569", "E05001576"
    every = set(cells.values())

    assert min(east.values()) == east[heighington]
    assert max(south.values()) == south[hurworth]
    assert max(east.values()) == east[middleton]
    assert south[sadberge] < south[middleton]
    assert all(
        _around(cells[ward]) - every for ward in (heighington, hurworth, middleton, sadberge)
    )


def test_neighbours_are_the_wards_whose_outlines_share_a_border(reference_data, true_pairs):
    """At half a metre's tolerance the outlines give the same neighbours, none a mere corner."""
    geopandas = pytest.importorskip("geopandas")
    outlines = geopandas.read_file(
        reference_data / "geography" / "boundary_wards_2003_2015.geojson"
    ).to_crs(27700)
    shapes = outlines.set_index("ward_code").geometry
    shared = {
        frozenset((one, two)): shapes[one].boundary.intersection(shapes[two].buffer(0.5)).length
        for one in shapes.index
        for two in shapes.index
        if one < two
    }

    assert true_pairs == {pair for pair, metres in shared.items() if metres > 0}
    assert min(shared[pair] for pair in true_pairs) > 50


@pytest.mark.parametrize("edition", ["2011", "2025"])
def test_a_phone_shows_the_end_of_the_map_on_which_the_ward_is(edition_table, edition):
    """The map is wider than a phone, and two thirds of it are seen at first."""
    loaded = table.load(edition, edition_table.project)
    ends = set()
    for ward in loaded.wards.wards:
        shown = in_table(loaded, ward.code).place
        across = shown.tiles["column"] + shown.tiles["row"] / 2  # as rows of tiles are staggered
        own = across[shown.tiles.area_code == ward.code].item()
        middle = (across.min() + across.max()) / 2
        is_from_right = 'class="wide from-right"' in str(place.place(shown))
        if own != middle:
            assert (is_from_right, ward.name) == (own > middle, ward.name)
        ends.add(is_from_right)
    assert {True, False} == ends
