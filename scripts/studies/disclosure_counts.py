"""Sets of ward counts to attack: as a council might have them, and some that force cover."""

import numpy as np


def count_sets(seed: int, wards: int, years: int) -> dict[str, np.ndarray]:
    """Return sets of counts by their name; each has a row a ward and a column a year."""
    noise = np.random.default_rng([seed, wards])
    found = {f"like a town, draw {at}": _town(noise, wards, years, 40) for at in (1, 2, 3)}
    found |= {f"like a quiet town, draw {at}": _town(noise, wards, years, 9) for at in (1, 2)}
    found |= {f"hardly any, draw {at}": _town(noise, wards, years, 2) for at in (1, 2)}
    made = {
        "a 3, the rest noughts": [3],
        "a 1 beside an 8": [1, 8],
        "a 7 beside a 12": [7, 12],
        "a 7 beside two of 12": [7, 12, 12],
        "a 7 beside two of 9": [7, 9, 9],
        "a 1 beside 8, 11 and 30": [1, 8, 11, 30],
        "two of 1 beside a 10": [1, 1, 10],
        "two of 7 beside a 12": [7, 7, 12],
        "a 7 and a 2, the rest noughts": [7, 2],
        "a 1, a 2 and a 7, the rest noughts": [1, 2, 7],
        "a small count in every ward": [1 + at % 7 for at in range(wards)],
    }
    return found | {name: _spread(noise, sums, wards, years) for name, sums in made.items()}


def _town(noise, wards: int, years: int, mean: float) -> np.ndarray:
    """Return counts whose wards differ as real ones do: some with four times the mean, some few."""
    expected = mean / years * noise.gamma(1.2, 1 / 1.2, size=(wards, 1))
    return noise.poisson(np.broadcast_to(expected, (wards, years)))


def _spread(noise, sums: list[int], wards: int, years: int) -> np.ndarray:
    """Return yearly counts of which the first wards have these sums, and the others none."""
    counts = np.zeros((wards, years), dtype=int)
    for at, total in enumerate(sums):
        counts[at] = noise.multinomial(total, np.full(years, 1 / years))
    return counts
