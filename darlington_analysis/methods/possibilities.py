"""Which whole numbers a programme leaves possible for one of its unknown counts."""

import numpy as np

from darlington_analysis.methods.programme import Programme, whole


def possible(
    this: Programme, at: int, enough: int, seen: dict[int, set[int]]
) -> tuple[int | None, int | None, int]:
    """Return the lowest and highest whole number at a position, and how many are possible.

    They are counted no further than ``enough``; the highest is None where nothing limits it, and
    both where no counts at all fit. ``seen`` collects, for each position, numbers already met in
    some solution, which need no second proof; hand the same one to each call on one programme.
    """
    ends = [_witness(this, at, sign, seen) for sign in (1, -1)]
    if ends[0] is None:
        return None, None, 0
    lowest, highest = int(ends[0][at]), int(ends[1][at])
    for value in range(lowest, highest + 1):
        if len(seen[at]) >= enough:
            break
        if value not in seen[at]:
            _witness(_fixed(this, at, value), at, 1, seen)
    return lowest, highest if highest < this.top else None, min(len(seen[at]), enough)


def _witness(this: Programme, at: int, sign: int, seen: dict[int, set[int]]) -> np.ndarray | None:
    """Return a solution with the least sign x count at a position, and remember what it shows."""
    objective = np.zeros(len(this.keys))
    objective[at] = sign
    found = whole(this, objective)
    if found is not None:
        for position, value in enumerate(found):
            seen.setdefault(position, set()).add(int(value))
    return found


def _fixed(this: Programme, at: int, value: int) -> Programme:
    lower, upper = this.lower.copy(), this.upper.copy()
    lower[at] = upper[at] = value
    return this.bounded(lower, upper)
