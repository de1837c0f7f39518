"""How often rank sets hold the true ranks, on simulated boroughs of 24 wards."""

import numpy as np
import pandas as pd
from scipy import stats

from darlington_analysis.methods import ranks

WARDS = 24
TABLES = {"marginal": 60, "simultaneous": 240}
DRAWS = 2_000


def rank_rows(noise: np.random.Generator) -> list[dict]:
    """Return the share of rank sets that held, for each kind of borough and both kinds of set."""
    return [
        _rank_row(name, relative, mean, kind, noise)
        for name, (relative, mean) in BOROUGHS.items()
        for kind in ranks.KINDS
    ]


def _rank_row(name: str, relative, mean: float, kind: str, noise) -> dict:
    held = [_held(relative, mean, kind, noise) for _ in range(TABLES[kind])]
    if kind == "simultaneous":
        held = [np.all(table) for table in held]
    what = "rank set of a ward" if kind == "marginal" else "rank sets of all wards at once"
    return {"what": what, "kind": name, "found": np.mean(held), "tries": np.size(held)}


def _held(relative, mean: float, kind: str, noise) -> np.ndarray:
    """Return, ward by ward, whether the set holds every place that the true rate can claim."""
    people = noise.integers(300, 900, WARDS)
    truth = relative * mean / people.mean()
    table = pd.DataFrame({"numerator": noise.poisson(truth * people), "denominator": people})
    seed = int(noise.integers(1 << 30))
    found = ranks.rank_ranges(table, kind=kind, seed=seed, draws=DRAWS)
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
