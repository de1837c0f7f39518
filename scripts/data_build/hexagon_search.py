"""Search for the best places of hexagonal tiles: simulated annealing, seeded, no files."""

import math
import random
from dataclasses import dataclass, replace

Cell = tuple[int, int]
Point = tuple[float, float]
STEPS = ((1, 0), (0, 1), (-1, 1), (-1, 0), (0, -1), (1, -1))
TRUE_KEPT, FALSE_MADE, DISPLACED = 4.0, 1.0, 0.6
# The outermost wards give the map its compass: they are held to their places more firmly.
OUTERMOST, OUTERMOST_DISPLACED = 4, 1.2
HOTTEST, COLDEST = 6.0, 0.02


@dataclass
class Board:
    """Who sits where: ``cell_of`` a ward, ``ward_at`` a cell; who touches whom in truth.

    ``wanted`` is the point each ward would like to sit at, ``pull`` how dear it is to sit away.
    """

    cell_of: dict[str, Cell]
    ward_at: dict[Cell, str]
    neighbours: dict[str, set[str]]
    wanted: dict[str, Point]
    pull: dict[str, float]


def centre_of(cell: Cell) -> Point:
    """Return the middle of a pointy-top tile (axial column, row), east and north; tiles 1 apart."""
    column, row = cell
    return column + row / 2, -row * math.sqrt(3) / 2


def around(cell: Cell) -> list[Cell]:
    """Return the six cells that touch a cell."""
    return [(cell[0] + column, cell[1] + row) for column, row in STEPS]


def wanted_points(middles: dict[str, Point]) -> dict[str, Point]:
    """Return where each ward would like to sit: its true bearing, its distance evened out.

    ``middles`` are metres. Bearings are from the median middle; distances become the radius
    that the ward's place in the order of distances has on a disc of equal tiles.
    """
    half = len(middles) // 2
    east = sorted(point[0] for point in middles.values())[half]
    north = sorted(point[1] for point in middles.values())[half]
    away = {ward: (x - east, y - north) for ward, (x, y) in middles.items()}
    order = sorted(away, key=lambda ward: math.hypot(*away[ward]))
    radius = math.sqrt(len(middles) * math.sqrt(3) / 2 / math.pi)
    return {
        ward: _on_disc(away[ward], radius * math.sqrt((place + 0.5) / len(order)))
        for place, ward in enumerate(order)
    }


def search(
    wanted: dict[str, Point], neighbours: dict[str, set[str]], seed: int, moves: int
) -> Board:
    """Return the connected board of lowest cost met in ``moves`` tries, cooling all the way."""
    draw = random.Random(seed)
    board = _first_board(wanted, neighbours, draw)
    best, lowest = dict(board.cell_of), math.inf
    cost = total_cost(board)
    for move in range(moves):
        heat = HOTTEST * (COLDEST / HOTTEST) ** (move / moves)
        cost += _try_move(board, draw, heat)
        if cost < lowest - 1e-9 and is_connected(set(board.ward_at)):
            best, lowest = dict(board.cell_of), cost
    return replace(board, cell_of=best, ward_at={cell: ward for ward, cell in best.items()})


def kept_and_false(board: Board) -> tuple[int, int]:
    """Return how many true neighbour pairs touch, and how many touching pairs are not true."""
    touching = {
        frozenset((ward, board.ward_at[cell]))
        for ward, seat in board.cell_of.items()
        for cell in around(seat)
        if cell in board.ward_at
    }
    true = {frozenset((ward, other)) for ward, all_ in board.neighbours.items() for other in all_}
    return len(touching & true), len(touching - true)


def total_cost(board: Board) -> float:
    """Return the cost that the search lowers: pairs lost, false pairs made, wards displaced."""
    return sum(_cost(board, ward, 0.5) for ward in board.cell_of)


def is_connected(cells: set[Cell]) -> bool:
    """Say whether every tile can be reached from every other over touching sides."""
    reached, waiting = set(), [next(iter(cells))]
    while waiting:
        cell = waiting.pop()
        if cell not in reached:
            reached.add(cell)
            waiting += [near for near in around(cell) if near in cells]
    return reached == cells


def _on_disc(away: Point, radius: float) -> Point:
    bearing = math.atan2(away[1], away[0])
    return radius * math.cos(bearing), radius * math.sin(bearing)


def _first_board(wanted: dict, neighbours: dict, draw: random.Random) -> Board:
    cells = [(column, row) for column in range(-5, 6) for row in range(-4, 5)]
    cells = sorted(cells, key=lambda cell: math.hypot(*centre_of(cell)))[: len(wanted)]
    draw.shuffle(cells)
    cell_of = dict(zip(sorted(wanted), cells, strict=True))
    ward_at = {cell: ward for ward, cell in cell_of.items()}
    return Board(cell_of, ward_at, neighbours, wanted, _pull(wanted))


def _pull(wanted: dict[str, Point]) -> dict[str, float]:
    order = sorted(wanted, key=lambda ward: -math.hypot(*wanted[ward]))
    outermost = set(order[:OUTERMOST])
    return {ward: OUTERMOST_DISPLACED if ward in outermost else DISPLACED for ward in wanted}


def _cost(board: Board, ward: str, pair_share: float) -> float:
    """Return a ward's cost: how far it is displaced, and its pairs, each counted by a share."""
    x, y = centre_of(board.cell_of[ward])
    aim_x, aim_y = board.wanted[ward]
    cost = board.pull[ward] * ((x - aim_x) ** 2 + (y - aim_y) ** 2)
    true = board.neighbours[ward]
    for cell in around(board.cell_of[ward]):
        other = board.ward_at.get(cell)
        if other is not None:
            cost += pair_share * (-TRUE_KEPT if other in true else FALSE_MADE)
    return cost


def _try_move(board: Board, draw: random.Random, heat: float) -> float:
    """Move one ward to a cell nearby (changing seats with who sits there); undo if too dear."""
    wards = list(board.cell_of)
    ward = draw.choice(wards)
    old, new = board.cell_of[ward], draw.choice(around(board.cell_of[ward]))
    if draw.random() < 0.3:
        new = board.cell_of[draw.choice(wards)]
    if new == old:
        return 0.0
    moved = [board.ward_at[cell] for cell in (old, new) if cell in board.ward_at]
    before = sum(_cost(board, each, 1) for each in moved)
    _change_seats(board, old, new)
    change = sum(_cost(board, each, 1) for each in moved) - before
    if change <= 0 or draw.random() < math.exp(-change / heat):
        return change
    _change_seats(board, old, new)
    return 0.0


def _change_seats(board: Board, old: Cell, new: Cell) -> None:
    first, second = board.ward_at.pop(old, None), board.ward_at.pop(new, None)
    for ward, cell in ((first, new), (second, old)):
        if ward is not None:
            board.ward_at[cell] = ward
            board.cell_of[ward] = cell
