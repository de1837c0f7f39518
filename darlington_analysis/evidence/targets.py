"""What would it take? A target in people for each ward, and whether anyone could tell it was met."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from darlington_analysis.core.answers import Answer
from darlington_analysis.core.vocabulary import Basis, Polarity, Status
from darlington_analysis.evidence.change import ChangesOfWards
from darlington_analysis.evidence.claims import (
    UNITS,
    Claim,
    RowsUsed,
    as_printed,
    claim,
    to_unit,
    unit_of_people,
)
from darlington_analysis.evidence.table import years_of
from darlington_analysis.sources.areas import Ward
from darlington_analysis.sources.indicators import Indicator, indicator
from darlington_analysis.statistics import comparisons
from darlington_analysis.statistics.power import to_be_level, what_would_it_take

TENTH, LEVEL = "tenth", "level"
ALONE, NEIGHBOURS, BOROUGH = "alone", "with neighbours", "borough"
KINDS = ("rate", "proportion")  # of indicators that have a forecast and targets
SCOPES = (ALONE, NEIGHBOURS, BOROUGH)
DECIMALS = {
    "expected_count": 1,
    "target_count": 1,
    "change_a_year": 1,
    "times_by_luck": 0,
    "times_told": 0,
    "smallest_percent": 0,
    "smallest_change_a_year": 1,
}
"""To how many decimals each number is rounded, here and on the page; times are out of 100."""

OF_A_TARGET = ("expected_count", "target_count", "change_a_year", "times_by_luck", "times_told")
OF_THE_SMALLEST = ("smallest_percent", "smallest_change_a_year")


@dataclass(frozen=True)
class Take(Answer):
    """What a target would take, in one of two ways, or neither.

    ``people`` (proportions): a row for each benchmark the ward is on the bad side of. ``events``
    (rates): a row a target and number of years, for the ward alone. ``smallest`` (rates): the
    smallest change that can be told, by scope and years. All rounded as printed. ``made_from``:
    the (area_code, period) keys of the counts each scope of a rate is made from.
    """

    claims: tuple[Claim, ...]
    people: pd.DataFrame = field(default_factory=pd.DataFrame)
    events: pd.DataFrame = field(default_factory=pd.DataFrame)
    smallest: pd.DataFrame = field(default_factory=pd.DataFrame)
    made_from: dict[str, tuple] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class TargetsOfWards(Answer):
    """What a target on one indicator would take in every ward, worked out for all at once.

    ``wards`` and ``benchmarks`` are rows of one period with area_name; ``neighbours`` gives the
    codes of the wards that each ward touches, ``ahead`` the borough's forecast if nothing changes.
    """

    indicator: Indicator
    wards: pd.DataFrame
    benchmarks: pd.DataFrame
    neighbours: Callable[[], dict[str, tuple[str, ...]]]
    changes: ChangesOfWards
    ahead: Callable[[], pd.DataFrame] = pd.DataFrame

    def of_ward(self, ward: Ward) -> Take:
        """Return what a target would take in one ward."""
        own = self.wards[self.wards.area_code == ward.code]
        if reason := self._why_none(own.iloc[0]):
            return self._none(ward, own, reason)
        return self._in_people(ward, own) if self._is_proportion else self._in_events(ward, own)

    @cached_property
    def people(self) -> pd.DataFrame:
        """One row a ward and benchmark it is worse than: how many people from being level.

        A benchmark does not stand still. Where two censuses say how its share moved, the ward is
        first taken along at that pace, and the benchmark to where it will then be: the change is
        what is left to be done beyond keeping pace. ``pace_years`` is 0 where that is not known,
        ``counted_since`` what a newer census has counted.
        """
        rows = []
        for place, benchmark in enumerate(self.benchmarks.itertuples()):
            worse = self.wards[self._sides[:, place] == "bad"]
            pace = self.changes.pace_of(benchmark.area_code)
            since = self._counted_since(pace["pace_last"])
            kept = worse.assign(
                **{name: worse[name] * pace["ratio"] for name in _MOVED_BY_PACE},
                people_now=worse.numerator,
            )
            level = benchmark.value * pace["ratio"]
            found = to_be_level(kept, level, self.indicator.multiplier)
            rows += [
                _rounded(row, benchmark, now, level)
                | pace
                | {"counted_since": since.get(now.area_code, math.nan)}
                for row, now in zip(found.itertuples(), worse.itertuples(), strict=True)
            ]
        return pd.DataFrame(rows)

    def _counted_since(self, census: str) -> dict[str, float]:
        """Return what a census that is newer than the wards' figures has counted, by ward code."""
        if not census or census <= self.wards.period.iloc[0]:
            return {}
        counted = self.changes.counted
        return counted[counted.period == census].set_index("area_code").numerator.to_dict()

    @cached_property
    def events(self) -> pd.DataFrame:
        """One row a ward, target, scope and number of years: the chances, rounded as printed.

        Targets: level with the borough where a ward is worse, and a tenth better. A withheld count
        gives nothing; a withheld neighbour is left out. Years to come are set against the years of
        the period of ``wards``, moved to where the borough is expected if nothing changes: a ward
        and the borough have one and the same time to come.
        """
        cases = [case for row in self.wards.itertuples() for case in self._cases(row)]
        columns = ["area_code", "target", "scope", "areas", "count", "change", "baseline_years"]
        named = pd.DataFrame(cases, columns=columns)
        found = what_would_it_take(
            named["count"], named.change.to_numpy(), baseline_years=named.baseline_years.to_numpy()
        )
        beside = named.loc[found.case, columns[:4]].reset_index(drop=True)
        every = pd.concat([found.drop(columns="case"), beside], axis=1).assign(
            times_by_luck=100 * found.chance_by_luck,
            times_told=100 * found.chance_of_telling,
            smallest_percent=100 * found.smallest_change,
        )
        return every.assign(
            **{name: every[name].astype(float).round(d) for name, d in DECIMALS.items()}
        )

    @property
    def _is_proportion(self) -> bool:
        return self.indicator.kind == "proportion"

    @cached_property
    def _sides(self) -> np.ndarray:
        """Each ward's side of each benchmark, wards by benchmarks: good, bad, or not known."""
        compared = [
            comparisons.compare(self.wards, value, self.indicator.matters).comparison
            for value in self.benchmarks.value.astype(float)
        ]
        sides = [[self._side(word) for word in words] for words in compared]
        return np.array(sides, dtype=object).reshape(len(sides), len(self.wards)).T

    def _side(self, compared: str) -> str:
        if compared in (comparisons.NOT_KNOWN, comparisons.NOT_TOLD_APART, comparisons.ALIKE):
            return compared
        return "bad" if self.indicator.polarity.is_worse(compared) else "good"

    def _why_none(self, own: pd.Series) -> str:
        """Return why a ward has no target, "" where it may have one."""
        about = self.indicator
        if about.polarity is Polarity.NEITHER:
            return "neither"
        if about.kind not in KINDS or not about.has_people:
            return "modelled" if own.basis == Basis.MODELLED else "no base"
        if Status(own.status).is_missing:
            return "withheld"
        if self._is_proportion or own.numerator > 0:
            return ""
        return "nought" if own.numerator == 0 else "withheld"

    def _none(self, ward: Ward, own: pd.DataFrame, reason: str, **facts) -> Take:
        """Return a take without a target, and the claim that says why."""
        said = {"indicator": self.indicator.slug, "ward": ward.name, "reason": reason} | facts
        return Take((claim("no-target", said, own, self.indicator.slug),))

    def _in_people(self, ward: Ward, own: pd.DataFrame) -> Take:
        """Return how many people a ward is from being level with each benchmark it is worse than."""
        (sides,) = self._sides[(self.wards.area_code == ward.code).to_numpy()]
        worse = self.benchmarks[sides == "bad"]
        if worse.empty:
            first = sides[0] if len(sides) else comparisons.NOT_KNOWN
            name = self.benchmarks.area_name.iloc[0] if len(sides) else ""
            return self._none(ward, own, first, benchmark_name=name)
        rows = self.people[self.people.area_code == ward.code]
        rows = rows.drop(columns="area_code").reset_index(drop=True)
        slug = self.indicator.slug
        facts = {"indicator": slug, "ward": ward.name, "period": own.period.iloc[0]}
        facts |= rows.iloc[0].to_dict()
        used = RowsUsed(lambda: pd.concat([own, worse.head(1)]))
        return Take((claim("target-in-people", facts, used, slug),), people=rows)

    def _in_events(self, ward: Ward, own: pd.DataFrame) -> Take:
        """Return a ward's targets in events, by scope and years."""
        every = self.events[self.events.area_code == ward.code]
        events = every[every.scope == ALONE].reset_index(drop=True)
        smallest = every[every.target == TENTH].reset_index(drop=True)
        near, known = self._near(ward.code)
        facts = {
            "indicator": self.indicator.slug,
            "ward": ward.name,
            "neighbours": len(known),
            "left_out": tuple(near.area_name[near.numerator.isna()]),
            "baseline_years": years_of(own.period.iloc[0]),
            "expected_share": self.expected_share,
            "borough": self._borough.area_name.iloc[0] if len(self._borough) else "",
        }
        used = RowsUsed(lambda: pd.concat([own, known, self._borough]))
        said = [_target_claim(name, every, facts, used) for name in dict.fromkeys(every.target)]
        said.append(_smallest_claim(smallest, facts, used))
        scopes = {ALONE: own, NEIGHBOURS: pd.concat([own, known]), BOROUGH: self._borough}
        keys = {scope: keys_of(rows) for scope, rows in scopes.items() if scope in set(every.scope)}
        return Take(tuple(said), events=events, smallest=smallest, made_from=keys)

    @cached_property
    def _borough(self) -> pd.DataFrame:
        return self.benchmarks[self.benchmarks.area_type == "borough"]

    @cached_property
    def expected_share(self) -> float:
        """The borough's rate to come if nothing changes, as a share of its rate in the period of
        ``wards``; 1 where there is no forecast of it.
        """
        ahead = self.ahead()
        if ahead.empty or len(self._borough) != 1 or not self._borough.value.iloc[0] > 0:
            return 1.0
        return float(ahead.value.mean() / self._borough.value.iloc[0]) or 1.0

    def _near(self, code: str) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Return the rows of the wards that a ward touches, and those that are not withheld."""
        near = self.wards[self.wards.area_code.isin(self.neighbours()[code])]
        return near, near[near.numerator.notna()]

    def _cases(self, own) -> Iterator[tuple]:
        """Yield each target and scope of a ward: its counts, the change, the years they are of."""
        if self._why_none(own):
            return
        known = self._near(own.area_code)[1].numerator
        scopes = {ALONE: (1, own.numerator)}
        if len(known):
            scopes[NEIGHBOURS] = (1 + len(known), own.numerator + known.sum())
        if len(self._borough) == 1 and self._borough.numerator.notna().all():
            scopes[BOROUGH] = (1, self._borough.numerator.iloc[0])
        for target, change in self._changes(own).items():
            for scope, (areas, count) in scopes.items():
                years = years_of(own.period) / self.expected_share
                yield own.area_code, target, scope, areas, count, change, years

    def _changes(self, own) -> dict[str, float]:
        """Return each target as a share of change. Level is offered where the ward is told apart."""
        sign = self.indicator.polarity.sign_of_good
        limit = own.lower_limit if sign < 0 else own.upper_limit
        level = self._borough.value.iloc[0] if len(self._borough) else math.nan
        wanted = {LEVEL: level / own.value - 1} if sign * (level - limit) > 0 else {}
        return wanted | {TENTH: sign * 0.1}


def keys_of(rows: pd.DataFrame) -> tuple[tuple[str, str], ...]:
    """Return the (area_code, period) keys of rows whose counts are not withheld."""
    known = rows[rows.numerator.notna()]
    return tuple(zip(known.area_code, known.period, strict=True))


_MOVED_BY_PACE = ("numerator", "lower_limit", "upper_limit")


def _rounded(found, benchmark, own, level: float) -> dict:
    """Return the target of being level with one benchmark, in people, rounded honestly.

    ``found`` is the ward after keeping pace, ``own`` its row as counted.
    """
    unit = unit_of_people(found.change_low, found.change_high)
    near, far = sorted((found.change_low, found.change_high), key=abs)
    about, smallest = indicator(own.indicator), found.smallest_change
    unit = _fine_enough(unit, found.change, smallest, is_told=bool(found.can_be_told))
    chance = found.chance_of_telling
    return {
        "area_code": found.area_code,
        "benchmark_name": benchmark.area_name,
        "level": float(level),
        "gap": abs(float(as_printed(own.value, about) - as_printed(benchmark.value, about))),
        "gap_at_pace": abs(float(own.value * level / benchmark.value - level)),
        "people_now": float(own.numerator),
        "people_at_pace": float(round(found.numerator)),
        "people_then": float(round(found.people_then)),
        "change": to_unit(found.change, unit),
        "change_near": to_unit(near, unit),
        "change_far": to_unit(far, unit),
        "times_told": chance if math.isnan(chance) else float(round(100 * chance)),
        "can_be_told": bool(found.can_be_told),
        "smallest_change": _outwards(smallest, unit),
    }


def _fine_enough(unit: int, change: float, smallest: float, *, is_told: bool) -> int:
    """Return a unit in which a change that can be told is not below the smallest that can."""
    for finer in (unit, *(other for other in UNITS if other < unit), 1):
        if not is_told or abs(to_unit(change, finer)) >= abs(_outwards(smallest, finer)):
            return finer
    return 1


def _outwards(smallest: float, unit: int) -> float:
    """Return a smallest change rounded outwards, so that what is printed can be told."""
    if math.isnan(smallest):
        return smallest
    return math.copysign(unit * math.ceil(abs(smallest) / unit), smallest)


def first_year_told(every: pd.DataFrame, target: str, scope: str) -> int:
    """Return after how many years a target can be told from chance; 0 where it never can."""
    rows = every[(every.target == target) & (every.scope == scope) & every.can_be_told]
    return int(rows.years.min()) if len(rows) else 0


def _target_claim(name: str, every: pd.DataFrame, facts: dict, rows: RowsUsed) -> Claim:
    own = every[(every.target == name) & (every.scope == ALONE)]
    # Level with the borough: the borough itself cannot be asked for that.
    offered = [
        scope
        for scope in SCOPES
        if scope in set(every.scope) and (name == TENTH or scope != BOROUGH)
    ]
    told = {scope: first_year_told(every, name, scope) for scope in offered}
    numbers = {column: float(own[column].iloc[0]) for column in DECIMALS}
    said = facts | numbers | {"target": name, "told": told, "years": int(own.years.max())}
    said["times_by_luck_in_all"] = float(own.times_by_luck.iloc[-1])
    said["times_told_in_all"] = float(own.times_told.iloc[-1])
    said["change_in_all"] = float(round(own.target_count.iloc[-1] - own.expected_count.iloc[-1], 1))
    return claim("target-in-events", said, rows, f"{facts['indicator']}:{name}")


def _smallest_claim(smallest: pd.DataFrame, facts: dict, rows: RowsUsed) -> Claim:
    told = {
        scope: tuple(own.smallest_percent.iloc[[0, -1]]) for scope, own in smallest.groupby("scope")
    }
    said = facts | {"smallest": told, "years": int(smallest.years.max())}
    return claim("smallest-change", said, rows, facts["indicator"])
