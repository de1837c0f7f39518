"""What would it take? A target in people for one ward, and whether anyone could tell it was met."""

import math
from dataclasses import dataclass, field

import pandas as pd

from darlington_analysis.catalogue.areas import Ward
from darlington_analysis.catalogue.indicators import Indicator
from darlington_analysis.evidence.claims import Claim, claim
from darlington_analysis.evidence.rounding import UNITS, to_unit, unit_of_people
from darlington_analysis.methods import comparisons
from darlington_analysis.methods.level_targets import to_be_level


@dataclass(frozen=True)
class Take:
    """What a target would take, in one of two ways, or neither.

    ``people`` (proportions): a row for each benchmark the ward is on the bad side of. ``events``
    (rates): a row a target and number of years, for the ward alone. ``smallest`` (rates): the
    smallest change that can be told, by scope and years. All rounded as printed. ``made_from``:
    the (area_code, period) keys of the counts each scope of a rate rests on.
    """

    claims: tuple[Claim, ...]
    people: pd.DataFrame = field(default_factory=pd.DataFrame)
    events: pd.DataFrame = field(default_factory=pd.DataFrame)
    smallest: pd.DataFrame = field(default_factory=pd.DataFrame)
    made_from: dict[str, tuple] = field(default_factory=dict)


def none(about: Indicator, ward: Ward, own: pd.DataFrame, reason: str, **facts) -> Take:
    """Return a take without a target, and the claim that says why."""
    said = {"indicator": about.slug, "ward": ward.name, "reason": reason} | facts
    return Take((claim("no-target", said, own, about.slug),))


def of_proportion(about: Indicator, ward: Ward, own: pd.DataFrame, benchmarks) -> Take:
    """Return how many people a ward is from being level with each benchmark it is worse than."""
    sides = [_side(own, each, about) for each in benchmarks.value]
    worse = benchmarks[[side == "bad" for side in sides]]
    if worse.empty:
        first = sides[0] if sides else "not known"
        name = benchmarks.area_name.iloc[0] if sides else ""
        return none(about, ward, own, first, benchmark_name=name)
    rows = pd.DataFrame(_one(own, each, about) for each in worse.itertuples())
    first = rows.iloc[0].to_dict()
    facts = {"indicator": about.slug, "ward": ward.name, "period": own.period.iloc[0]} | first
    rests_on = pd.concat([own, worse.head(1)])
    return Take((claim("target-in-people", facts, rests_on, about.slug),), people=rows)


def _fine_enough(unit: int, change: float, smallest: float, *, is_told: bool) -> int:
    """Return a unit in which a change that can be told is not below the smallest that can."""
    for each in (unit, *(finer for finer in UNITS if finer < unit), 1):
        if not is_told or abs(to_unit(change, each)) >= abs(_outwards(smallest, each)):
            return each
    return 1


def _outwards(smallest: float, unit: int) -> float:
    """Return a smallest change rounded outwards, so that what is printed can be told."""
    if math.isnan(smallest):
        return smallest
    return math.copysign(unit * math.ceil(abs(smallest) / unit), smallest)


def keys_of(rows: pd.DataFrame) -> tuple[tuple[str, str], ...]:
    """Return the (area_code, period) keys of rows whose counts are not withheld."""
    known = rows[rows.numerator.notna()]
    return tuple(zip(known.area_code, known.period, strict=True))


def percent(chance: float) -> float:
    """Return a chance as times in 100, whole; null stays null."""
    return chance if math.isnan(chance) else float(round(100 * chance))


def _side(own: pd.DataFrame, benchmark: float, about: Indicator) -> str:
    compared = comparisons.compare(own, benchmark).comparison.iloc[0]
    if compared in (comparisons.NOT_KNOWN, comparisons.NOT_TOLD_APART):
        return compared
    return "bad" if about.polarity.is_worse(compared) else "good"


def _one(own: pd.DataFrame, benchmark, about: Indicator) -> dict:
    """Return the target of being level with one benchmark, in people, rounded honestly."""
    found = to_be_level(own, benchmark.value, about.multiplier).iloc[0]
    unit = unit_of_people(found.change_low, found.change_high)
    near, far = sorted((found.change_low, found.change_high), key=abs)
    smallest = found.smallest_change
    unit = _fine_enough(unit, found.change, smallest, is_told=bool(found.can_be_told))
    smallest = _outwards(smallest, unit)
    return {
        "benchmark_name": benchmark.area_name,
        "level": float(benchmark.value),
        "people_now": float(found.people_now),
        "people_then": float(round(found.people_then)),
        "change": to_unit(found.change, unit),
        "change_near": to_unit(near, unit),
        "change_far": to_unit(far, unit),
        "times_told": percent(found.chance_of_telling),
        "can_be_told": bool(found.can_be_told),
        "smallest_change": smallest,
    }
