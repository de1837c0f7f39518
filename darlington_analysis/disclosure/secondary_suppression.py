"""Which other cells to withhold, so that no withheld count can be narrowed by its totals.

The cell suppression problem with sliding protection levels, solved exactly by cutting planes: a
choice of cells is attacked by linear programmes, and each cell found narrowed gives back, through
the dual prices, an inequality that every sufficient choice meets (Fischetti and Salazar-Gonzalez,
Management Science 47(7), 2001, 1008-1027).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from darlington_analysis.disclosure.constraints import Key, Known, Sum, order

EXACT = {"mip_rel_gap": 0.0}
HAIR = 1e-6


@dataclass(frozen=True)
class Programme:
    """Unknown whole numbers, each with the interval it lies in, and linear rows over them.

    ``lower`` and ``upper`` have one entry a key, ``row_lower`` and ``row_upper`` one a row of
    ``rows`` (rows x keys). ``groups`` holds positions: at least one unknown of each group must lie
    at or under ``group_upper``. ``top`` stands in for "no upper limit".
    """

    keys: tuple[Key, ...]
    lower: np.ndarray
    upper: np.ndarray
    rows: csr_array
    row_lower: np.ndarray
    row_upper: np.ndarray
    top: float
    groups: tuple[tuple[int, ...], ...] = ()
    group_upper: float = np.inf

    def bounded(self, lower: np.ndarray, upper: np.ndarray) -> "Programme":
        """Return the same programme with other intervals."""
        return replace(self, lower=lower, upper=upper)

    def grouped(self, withheld: np.ndarray, small: float) -> "Programme":
        """Return the programme of somebody who knows why cells are withheld.

        Cells are withheld second only for the sake of a small one they are bound up with, so of
        the withheld cells (True or False a key) that rows link through anything not known
        exactly, one at least is ``small`` or under.
        """
        is_open = self.lower < self.upper
        links = self.rows[:, is_open]
        _, labels = connected_components(links.T @ links, directed=False)
        label = np.full(len(self.keys), -1)
        label[is_open] = labels
        within = [np.flatnonzero(withheld & (label == number)) for number in range(label.max() + 1)]
        groups = tuple(tuple(group.tolist()) for group in within if len(group))
        return replace(self, groups=groups, group_upper=small)


def programme(
    intervals: Mapping[Key, tuple[float, float]],
    sums: Iterable[Sum] = (),
    known: Iterable[Known] = (),
) -> Programme:
    """Return the programme over the keys of ``intervals``, in order of key, whatever their order.

    Keys that only a sum or a known figure names are unknown counts of 0 or more. A ceiling far
    above everything known stands in for "no upper limit" (see ``ceiling``). What is known of one
    count alone narrows its interval too, so that a count known exactly links nothing.
    """
    sums, known = list(sums), list(known)
    named = {key for one in sums for key in (one.total, *one.parts)}
    named |= {key for figure in known for key in figure.weights}
    keys = tuple(sorted(named | set(intervals), key=order))
    top = ceiling(intervals, known)
    intervals = _narrower(intervals, known)
    ends = np.array([intervals.get(key, (0, np.inf)) for key in keys], dtype=float).reshape(-1, 2)
    rows = [({one.total: -1.0} | dict.fromkeys(one.parts, 1.0), 0.0, 0.0) for one in sums]
    rows += [(figure.weights, figure.lower, figure.upper) for figure in known]
    return Programme(
        keys,
        ends[:, 0],
        np.minimum(ends[:, 1], top),
        _matrix([row[0] for row in rows], keys),
        np.array([row[1] for row in rows], dtype=float),
        np.array([row[2] for row in rows], dtype=float),
        top,
    )


def _narrower(
    intervals: Mapping[Key, tuple[float, float]], known: Iterable[Known]
) -> dict[Key, tuple[float, float]]:
    """Return the intervals cut to whole numbers that fit every figure of one count."""
    narrowed = dict(intervals)
    for figure in (figure for figure in known if len(figure.weights) == 1):
        ((key, weight),) = figure.weights.items()
        ends = sorted((figure.lower / weight, figure.upper / weight))
        lower, upper = narrowed.get(key, (0, np.inf))
        narrowed[key] = (max(lower, np.ceil(ends[0] - HAIR)), min(upper, np.floor(ends[1] + HAIR)))
    return narrowed


def ceiling(intervals: Mapping[Key, tuple[float, float]], known: Sequence[Known]) -> float:
    """Return a number above any count that the intervals and known figures could pin down."""
    ends = [abs(end) for pair in intervals.values() for end in pair]
    ends += [abs(end) for figure in known for end in (figure.lower, figure.upper)]
    return 1000 + 2 * sum(end for end in ends if np.isfinite(end))


def _matrix(rows: list[Mapping[Key, float]], keys: tuple[Key, ...]) -> csr_array:
    at = {key: position for position, key in enumerate(keys)}
    entries = [(i, at[key], w) for i, row in enumerate(rows) for key, w in row.items()]
    where = ([i for i, _, _ in entries], [j for _, j, _ in entries])
    return csr_array(([w for _, _, w in entries], where), shape=(len(rows), len(keys)))


def relaxed(this: Programme, objective: np.ndarray):
    """Return scipy's result for the least objective x count, fractions of people allowed."""
    same = this.row_lower == this.row_upper
    above, below = ~same & np.isfinite(this.row_upper), ~same & np.isfinite(this.row_lower)
    sides = [this.rows[above].toarray(), -this.rows[below].toarray()]
    ends = np.concatenate([this.row_upper[above], -this.row_lower[below]])
    return linprog(
        objective,
        A_ub=np.vstack(sides) if len(ends) else None,
        b_ub=ends if len(ends) else None,
        A_eq=this.rows[same] if same.any() else None,
        b_eq=this.row_lower[same] if same.any() else None,
        bounds=np.column_stack([this.lower, this.upper]),
        method="highs",
    )


def whole(this: Programme, objective: np.ndarray) -> np.ndarray | None:
    """Return the whole counts of least objective x count, or None where none are possible."""
    if (this.lower > this.upper).any():
        return None
    count, extra = len(this.keys), sum(len(group) for group in this.groups)
    result = milp(
        np.concatenate([objective, np.zeros(extra)]),
        integrality=np.ones(count + extra),
        bounds=Bounds(
            np.concatenate([this.lower, np.zeros(extra)]),
            np.concatenate([this.upper, np.ones(extra)]),
        ),
        constraints=_constraints(this, extra),
        options=EXACT,
    )
    return None if result.x is None else np.round(result.x[:count]).astype(int)


def _constraints(this: Programme, extra: int) -> list[LinearConstraint]:
    """Return the rows, and for each group the rows that make one of its unknowns small."""
    width = len(this.keys) + extra
    rows, lower, upper = [], [], []
    at = len(this.keys)
    for group in this.groups:
        chosen = np.zeros(width)
        chosen[at : at + len(group)] = 1
        rows, lower, upper = [*rows, chosen], [*lower, 1], [*upper, np.inf]
        for offset, position in enumerate(group):
            small = np.zeros(width)
            small[position], small[at + offset] = 1, this.upper[position] - this.group_upper
            rows, lower = [*rows, small], [*lower, -np.inf]
            upper = [*upper, this.upper[position]]
        at += len(group)
    constraints = [LinearConstraint(np.array(rows), lower, upper)] if rows else []
    if this.rows.shape[0]:
        wide = csr_array(
            (this.rows.data, this.rows.indices, this.rows.indptr), (this.rows.shape[0], width)
        )
        constraints.append(LinearConstraint(wide, this.row_lower, this.row_upper))
    return constraints


def possible(
    this: Programme, at: int, enough: int, seen: list[np.ndarray]
) -> tuple[int | None, int | None, int]:
    """Return the lowest and highest whole number at a position, and how many are possible.

    They are counted no further than ``enough``; the highest is None where nothing limits it, and
    both where no counts at all fit. ``seen`` collects solutions: a number that one of them has needs
    no second proof. Hand the same list to each call on one programme.
    """
    ends = [_witness(this, at, sign, seen) for sign in (1, -1)]
    if ends[0] is None:
        return None, None, 0
    lowest, highest = int(ends[0][at]), int(ends[1][at])
    met = values(seen, at)
    for value in range(lowest, highest + 1):
        if len(met) >= enough:
            break
        if value not in met and _witness(_fixed(this, at, value), at, 1, seen) is not None:
            met.add(value)
    return lowest, highest if highest < this.top else None, min(len(met), enough)


def how_many(this: Programme, at: int, enough: int, seen: list[np.ndarray]) -> int:
    """Return how many whole numbers ``possible`` counts, without its ends where none is needed."""
    is_known = len(values(seen, at)) >= enough
    return enough if is_known else possible(this, at, enough, seen)[2]


def values(solutions: Iterable[np.ndarray], at: int) -> set[int]:
    """Return the whole numbers at a position of some solutions."""
    return {int(solution[at]) for solution in solutions}


def fits(this: Programme, solution: np.ndarray) -> bool:
    """Return whether whole counts solve a programme, such as those that solved another one."""
    reached = this.rows @ solution
    return bool(
        (solution >= this.lower).all()
        and (solution <= this.upper).all()
        and (reached >= this.row_lower - HAIR).all()
        and (reached <= this.row_upper + HAIR).all()
        and all(solution[list(group)].min() <= this.group_upper for group in this.groups)
    )


def _witness(this: Programme, at: int, sign: int, seen: list[np.ndarray]) -> np.ndarray | None:
    """Return a solution with the least sign x count at a position, and remember it."""
    objective = np.zeros(len(this.keys))
    objective[at] = sign
    solution = whole(this, objective)
    if solution is not None:
        seen.append(solution)
    return solution


def _fixed(this: Programme, at: int, value: int) -> Programme:
    lower, upper = this.lower.copy(), this.upper.copy()
    lower[at] = upper[at] = value
    return this.bounded(lower, upper)


SLACK = 1e-6  # taken off an inequality's end, against rounding in the programme that uses it
SHORT = 1e-4  # a shortfall under this is left to the whole-number programme


@dataclass(frozen=True)
class Sight:
    """What one attacker sees, and what a withheld count may be to this attacker.

    ``shown`` is the programme when only small counts are withheld; a cell withheld for the sake
    of others may be ``hidden_lower`` or more. ``small`` is None for somebody who has learned which
    withheld cells are small; for others it is the highest count that is withheld for its size.
    """

    shown: Programme
    hidden_lower: float
    small: float | None = None

    def of(self, withheld: np.ndarray, may: np.ndarray) -> Programme:
        """Return the programme when the withheld cells are not seen."""
        second = withheld & may
        lower = np.where(second, self.hidden_lower, self.shown.lower)
        return self.shown.bounded(lower, np.where(second, self.shown.top, self.shown.upper))


@dataclass(frozen=True)
class Choice:
    """What may be withheld: one entry a key in each array.

    ``informed`` and ``uninformed`` hold a sight for each reading of the totals; some readings fit
    no table once more is shown, and then they narrow no count.
    ``must`` says which cells are withheld for their size, ``may`` which can be for the sake of
    others, ``is_total`` which of these only where nothing else will do, ``cost`` what each is
    worth to the reader; ``width`` is how many whole numbers must stay possible.
    """

    informed: tuple[Sight, ...]
    uninformed: tuple[Sight, ...]
    must: np.ndarray
    may: np.ndarray
    is_total: np.ndarray
    cost: np.ndarray
    width: int


def cover(choice: Choice) -> np.ndarray | None:
    """Return which cells to withhold (True or False a key) at the least cost, None where none do.

    Every withheld cell keeps at least ``width`` possible whole numbers for the uninformed, and
    for the informed too wherever withholding every cell but the totals would reach that.
    """
    most = choice.must | (choice.may & ~choice.is_total)
    everybody = np.ones(len(most), dtype=bool)
    out_of_reach = {
        at for sight in choice.informed for at, _ in _narrowed(choice, sight, most, everybody)
    }
    is_guarded = np.array([at not in out_of_reach for at in range(len(most))]) & most
    weights, least, withheld = [], [], choice.must.copy()
    while True:
        cuts = _cuts(choice, withheld, is_guarded)
        if not cuts:
            return withheld
        weights += [weight for weight, _ in cuts]
        least += [end for _, end in cuts]
        chosen = _cheapest(choice, np.array(weights), np.array(least))
        if chosen is None:
            return None
        withheld = choice.must | chosen


def _cheapest(choice: Choice, weights: np.ndarray, least: np.ndarray) -> np.ndarray | None:
    """Return the cheapest choice that meets every inequality so far, None where there is none."""
    result = milp(
        choice.cost,
        integrality=np.ones(len(choice.cost)),
        bounds=Bounds(0, choice.may.astype(float)),
        constraints=LinearConstraint(weights, least, np.inf),
        options=EXACT,
    )
    return None if result.x is None else result.x > 0.5


def _cuts(choice: Choice, withheld: np.ndarray, is_guarded: np.ndarray) -> list:
    """Return the inequalities (weights, end) that this choice of withheld cells fails."""
    sights = [(sight, is_guarded) for sight in choice.informed]
    # Everybody: a reading of the totals may fit no table for the informed, and one for others.
    sights += [(sight, np.ones_like(is_guarded)) for sight in choice.uninformed]
    for sight, whom in sights:
        cuts = [cut for _, cut in _narrowed(choice, sight, withheld, whom)]
        if cuts:
            return cuts
    return [cut for sight, whom in sights for cut in _whole_cuts(choice, sight, withheld, whom)]


def _narrowed(choice: Choice, sight: Sight, withheld: np.ndarray, whom: np.ndarray) -> list:
    """Return (position, inequality) for each withheld cell that even fractions narrow."""
    attacked = sight.of(withheld, choice.may)
    seen_lower = np.full(len(withheld), np.inf)
    seen_upper = -seen_lower
    narrowed = []
    for at in np.flatnonzero(withheld & whom):
        if seen_upper[at] - seen_lower[at] >= choice.width - 1 - SHORT:
            continue
        ends = [relaxed(attacked, _unit(at, sign, len(withheld))) for sign in (1, -1)]
        if ends[0].x is None:
            return []
        for end in ends:
            seen_lower, seen_upper = np.minimum(seen_lower, end.x), np.maximum(seen_upper, end.x)
        short = choice.width - 1 + sum(end.fun for end in ends)
        if short > SHORT:
            narrowed.append((at, _cut(choice, sight, withheld, at, ends, short)))
    return narrowed


def _cut(choice, sight, withheld, at, ends, short) -> tuple[np.ndarray, float]:
    """Return the inequality weights x chosen >= end that the dual prices of two ends give."""
    freed_below = np.where(choice.may, sight.shown.lower - sight.hidden_lower, 0)
    freed_above = np.where(choice.may, sight.shown.top - sight.shown.upper, 0)
    gain = sum(
        end.lower.marginals * freed_below - end.upper.marginals * freed_above for end in ends
    )
    return _needed(choice, at, np.maximum(gain, 0), short + gain @ withheld)


def _needed(choice, at, gain, least) -> tuple[np.ndarray, float]:
    """Return an inequality, in force for a cell withheld second only while it is withheld."""
    gain = np.minimum(gain, least)
    if choice.must[at]:
        return gain, least - SLACK
    gain[at] -= least
    return gain, -SLACK


def _whole_cuts(choice: Choice, sight: Sight, withheld: np.ndarray, whom: np.ndarray) -> list:
    """Return an inequality for each cell that only whole numbers narrow: withhold one more."""
    attacked, seen, cuts = sight.of(withheld, choice.may), [], []
    if sight.small is not None:
        attacked = attacked.grouped(withheld, sight.small)
    for at in np.flatnonzero(withheld & whom):
        left = possible(attacked, at, choice.width, seen)[2]
        if 0 < left < choice.width:
            others = (choice.may & ~withheld).astype(float)
            cuts.append(_needed(choice, at, others, 1.0))
    return cuts


def _unit(at: int, sign: int, length: int) -> np.ndarray:
    objective = np.zeros(length)
    objective[at] = sign
    return objective
