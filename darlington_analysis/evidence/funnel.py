"""How far from a benchmark each ward lies, for its size: the points and limits of a funnel."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from darlington_analysis.sources.indicators import Indicator
from darlington_analysis.statistics import funnels

_STEPS = 60  # points of a drawn curve
WIDE, NARROW, WITHIN = "beyond both", "beyond the inner", "within"


@dataclass(frozen=True)
class Funnel:
    """One indicator's funnel.

    ``wards``: area_code, area_name, denominator, value, ``beyond`` (``WIDE``, ``NARROW`` or
    ``WITHIN``), value first in order. ``curve``: denominator, lower_95, upper_95, lower_998,
    upper_998, from small to large. ``benchmark``: its one row, with area_name and value.
    """

    indicator: Indicator
    wards: pd.DataFrame
    curve: pd.DataFrame
    benchmark: pd.Series


@dataclass(frozen=True)
class Funnels:
    """The funnels of every observed proportion of an edition."""

    each: tuple[Funnel, ...]
    provenance: dict


def of_proportion(about: Indicator, wards: pd.DataFrame, benchmark: pd.Series) -> Funnel:
    """Return the funnel of wards round a benchmark, chance alone allowed for.

    ``wards`` are rows of the one table with area_name. Spiegelhalter (2005): limits at tails of
    2.5% and 0.1%; verdicts are those of ``methods.funnels``.
    """
    judged = funnels.significance(wards, float(benchmark.value))
    beyond = judged.significance.map(_beyond)
    shown = judged.assign(beyond=beyond).sort_values("value", ascending=False)
    people = judged.denominator.dropna()
    sizes = np.linspace(people.min() * 0.9, people.max() * 1.05, _STEPS)
    curve = funnels.limits(pd.DataFrame({"denominator": sizes}), float(benchmark.value))
    return Funnel(about, shown, curve, benchmark)


def _beyond(verdict: str) -> str:
    if verdict.endswith("99.8% limits"):
        return WIDE
    return NARROW if verdict.endswith("95% limits") else WITHIN
