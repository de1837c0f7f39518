"""One table of thousands of wards, as cleaning would make it: for tests and benchmarks.

The wards of a borough, again and again under codes of their own (D0000000, D0000001, …). Every
count that may be ranked is drawn anew round its share, so that no two boroughs are alike.
"""

import numpy as np
import pandas as pd

from darlington_analysis.catalogue.indicators import register

_SPREAD = 40  # of a beta distribution: wards of a country differ more than those of a borough


def many_wards(table: pd.DataFrame, codes: list[str], wards: int, seed: int) -> pd.DataFrame:
    """Return the rows of ``wards`` dummy wards made of the rows of the wards of ``codes``."""
    kinds = table.indicator.map({slug: each.kind for slug, each in register().items()})
    own = table[kinds.isin(("proportion", "rate")) & table.area_code.isin(codes)]
    random = np.random.default_rng(seed)
    rounds = [
        _renamed(own, {code: start + place for place, code in enumerate(codes)}, wards)
        for start in range(0, wards, len(codes))
    ]
    rows = pd.concat(rounds, ignore_index=True)
    return rows.assign(numerator=_drawn(rows, random))


def _renamed(rows: pd.DataFrame, numbers: dict[str, int], wards: int) -> pd.DataFrame:
    places = rows.area_code.map(numbers)
    return rows[places < wards].assign(area_code=places[places < wards].map("D{:07d}".format))


def _drawn(rows: pd.DataFrame, random: np.random.Generator) -> np.ndarray:
    """Return counts drawn round each row's share; one that is null stays null."""
    people = rows.denominator.fillna(0).clip(lower=0).round().astype(int)
    share = (rows.numerator / rows.denominator).clip(0.005, 0.995).fillna(0.5)
    own = random.beta(_SPREAD * share, _SPREAD * (1 - share))
    return np.where(rows.numerator.isna(), np.nan, random.binomial(people, own)).astype(float)
