"""Which other cells to withhold, so that no withheld count can be narrowed by its totals.

The cell suppression problem with sliding protection levels, solved exactly by cutting planes: a
choice of cells is attacked by linear programmes, and each cell found narrowed gives back, through
the dual prices, an inequality that every sufficient choice meets (Fischetti and Salazar-Gonzalez,
Management Science 47(7), 2001, 1008-1027).
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from darlington_analysis.disclosure.feasible_counts import EXACT, Programme, possible, relaxed

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
    no table once more is shown, and then nobody is narrowed by them.
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
    attacked, seen, cuts = sight.of(withheld, choice.may), {}, []
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
