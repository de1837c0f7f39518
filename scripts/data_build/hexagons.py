"""Design a hexagon map: the wards of a ward set as touching tiles, most true neighbours kept.

DARLINGTON_REFERENCE_DATA=<folder> python -m scripts.data_build.hexagons 2003-2015
DARLINGTON_REFERENCE_DATA=<folder> python -m scripts.data_build.hexagons 2015-on
"""

import sys
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd

from scripts.data_build.hexagon_search import (
    Board,
    Point,
    kept_and_false,
    search,
    total_cost,
    wanted_points,
)
from scripts.data_build.raw_files import (
    OGL,
    ONS_STATEMENT,
    OS_STATEMENT,
    RAW_FOLDER,
    Story,
    reference_folder,
    write_raw,
)

SEEDS = range(30)
MOVES = 150_000
NOTES = (
    "A drawing, not a measurement. Pointy-top tiles in axial coordinates: a tile's middle lies at "
    "east = column + row / 2, south = row * sqrt(3) / 2, in widths of a tile; the six neighbours "
    "of (column, row) are (1, 0), (0, 1), (-1, 1), (-1, 0), (0, -1), (1, -1) further on. North is "
    "up. Placed by a seeded search that keeps true neighbours together and bearings from the "
    "town centre. {false} pairs of tiles touch whose wards do not."
)


@dataclass(frozen=True)
class Wards:
    """What differs between the ward sets: outlines, their public copy, and the words."""

    outlines: str
    copy: str
    title: str
    ward: str


WARD_SETS = {
    "2003-2015": Wards(
        "boundary_wards_2003_2015.geojson",
        "martinjc/UK-GeoJSON at 88339000fc8711feb9c146d5cd7d145bf286350d",
        "Hexagon map of the 24 wards of Darlington",
        "electoral ward of May 2003 to May 2015, GSS code",
    ),
    "2015-on": Wards(
        "boundary_wards_2015_on.geojson",
        "drkane/geo-lookups at e20a072d5fc0918437abaa3622be63f40b71d9dd",
        "Hexagon map of the 20 wards of Darlington",
        "electoral ward since May 2015, GSS code",
    ),
}


def main(ward_set: str) -> None:
    """Search from many seeds, write the board of lowest cost, and print what it keeps."""
    folder = RAW_FOLDER / "geography" / ward_set
    outlines = reference_folder() / "geography" / WARD_SETS[ward_set].outlines
    wanted, neighbours = wanted_points(_middles(outlines)), _neighbours(folder)
    boards = [search(wanted, neighbours, seed, MOVES) for seed in SEEDS]
    best = min(boards, key=lambda board: round(total_cost(board), 6))
    kept, false = kept_and_false(best)
    true = sum(len(others) for others in neighbours.values()) // 2
    write_raw(_table(best), folder / "hexagons.csv", _story(ward_set, kept, true, false))
    print(f"seed {boards.index(best)}: {kept} of {true} true neighbour pairs kept, {false} false")


def _middles(outlines: Path) -> dict[str, Point]:
    """Return the middle of each ward in metres of the British National Grid."""
    middles = gpd.read_file(outlines).set_index("ward_code").to_crs(27700).geometry.centroid
    return {code: (middles[code].x, middles[code].y) for code in sorted(middles.index)}


def _neighbours(folder: Path) -> dict[str, set[str]]:
    pairs = pd.read_csv(folder / "neighbours.csv").to_numpy().tolist()
    both_ways = [*pairs, *(pair[::-1] for pair in pairs)]
    return {ward: {two for one, two in both_ways if one == ward} for ward, _ in both_ways}


def _table(board: Board) -> pd.DataFrame:
    rows = [(ward, column, row) for ward, (column, row) in board.cell_of.items()]
    table = pd.DataFrame(rows, columns=["ward_code", "column", "row"])
    table[["column", "row"]] -= table[["column", "row"]].min()
    return table


def _story(ward_set: str, kept: int, true: int, false: int) -> Story:
    wards = WARD_SETS[ward_set]
    return Story(
        dataset="ward-hexagons",
        title=wards.title,
        publisher="Darlington Analysis",
        address="none: drawn by this project",
        obtained_from=f"Placed by the outlines of {wards.copy}",
        licence=OGL,
        statement=f"{ONS_STATEMENT} {OS_STATEMENT}",
        vintage=ward_set,
        notes=NOTES.format(false=false),
        counts={"true_neighbours_kept": kept, "true_neighbours": true},
        columns={
            "ward_code": wards.ward,
            "column": "axial column of the tile, growing east",
            "row": "axial row of the tile, growing south",
        },
    )


if __name__ == "__main__":
    if sys.argv[1:] not in [[each] for each in WARD_SETS]:
        sys.exit(f"Say one ward set: {' or '.join(WARD_SETS)}")
    main(sys.argv[1])
