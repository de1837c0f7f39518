"""How often rank sets hold the true ranks, on simulated boroughs of 24 wards."""

import numpy as np
import pandas as pd
from scipy import stats

from darlington_analysis.statistics import ranks

WARDS = 24
TABLES = 60
PASSED_OVER = 240
"""Boroughs drawn after those of a kind and not judged, so that the kinds after it are drawn as
they were when ranges of all wards at once were tried on these: packs print what was found then."""

DRAWS = 2_000


def rank_rows(noise: np.random.Generator) -> list[dict]:
    """Return the share of rank sets that held, for each kind of borough."""
    return [_rank_row(name, relative, mean, noise) for name, (relative, mean) in BOROUGHS.items()]


def _rank_row(name: str, relative, mean: float, noise) -> dict:
    held = [_held(*_borough(relative, mean, noise)) for _ in range(TABLES)]
    _ = [_borough(relative, mean, noise) for _ in range(PASSED_OVER)]
    what = "rank set of a ward"
    return {"what": what, "kind": name, "found": np.mean(held), "tries": np.size(held)}


def _borough(relative, mean: float, noise) -> tuple[np.ndarray, pd.DataFrame, int]:
    """Return the true rates of a borough's wards, their counts, and a seed for what is drawn."""
    people = noise.integers(300, 900, WARDS)
    truth = relative * mean / people.mean()
    table = pd.DataFrame({"numerator": noise.poisson(truth * people), "denominator": people})
    return truth, table, int(noise.integers(1 << 30))


def _held(truth: np.ndarray, table: pd.DataFrame, seed: int) -> np.ndarray:
    """Return, ward by ward, whether the set holds every place that the true rate can claim."""
    found = ranks.rank_ranges(table, seed=seed, draws=DRAWS)
    best = stats.rankdata(-truth, method="min")
    worst = stats.rankdata(-truth, method="max")
    return ((found["rank_lower"] <= best) & (found["rank_upper"] >= worst)).to_numpy(bool)


BOROUGHS = {
    "all wards alike, rare (3 events)": (np.ones(WARDS), 3),
    "all wards alike (40 events)": (np.ones(WARDS), 40),
    "wards a little apart (40 events)": (np.linspace(0.8, 1.2, WARDS), 40),
    "two sorts of ward (40 events)": (np.repeat([0.6, 1.4], WARDS // 2), 40),
    "wards far apart (200 events)": (np.linspace(0.3, 1.7, WARDS), 200),
}
