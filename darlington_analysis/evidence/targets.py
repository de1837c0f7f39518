"""What would it take? A target in people for one ward, and whether anyone could tell it was met."""

import math
from dataclasses import dataclass, field

import pandas as pd

from darlington_analysis.agreements.record import Outcome
from darlington_analysis.core.vocabulary import Status
from darlington_analysis.evidence.baseline import years_of
from darlington_analysis.evidence.claims import Claim, claim
from darlington_analysis.evidence.rounding import UNITS, to_unit, unit_of_people
from darlington_analysis.evidence.table import EditionTable, last_day
from darlington_analysis.sources.areas import Ward
from darlington_analysis.sources.indicators import Indicator, indicator, register
from darlington_analysis.statistics import comparisons
from darlington_analysis.statistics.power import to_be_level, what_would_it_take


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


TENTH, LEVEL = "tenth", "level"
ALONE, NEIGHBOURS, BOROUGH = "alone", "with neighbours", "borough"
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


def of_rate(
    about: Indicator, ward: Ward, own: pd.DataFrame, neighbours: pd.DataFrame, borough: pd.DataFrame
) -> Take:
    """Return a ward's targets: level with the borough where it is worse, and a tenth better.

    ``own``, ``neighbours`` and ``borough`` are rows of one period. A withheld count gives nothing;
    a withheld neighbour is left out. Years to come are set against the years of that period.
    """
    count = own.numerator.iloc[0]
    if math.isnan(count) or count == 0:
        return none(about, ward, own, "withheld" if math.isnan(count) else "nought")
    known = neighbours[neighbours.numerator.notna()]
    scopes = {ALONE: own, NEIGHBOURS: pd.concat([own, known]), BOROUGH: borough}
    scopes = {name: rows for name, rows in scopes.items() if _is_fit(name, rows)}
    wanted = _targets(about, own, borough)
    every = pd.concat(
        [_looked_at(scopes, share).assign(target=name) for name, share in wanted.items()],
        ignore_index=True,
    )
    events = every[every.scope == ALONE].reset_index(drop=True)
    smallest = every[every.target == TENTH].reset_index(drop=True)
    left_out = tuple(neighbours.area_name[neighbours.numerator.isna()])
    facts = {
        "indicator": about.slug,
        "ward": ward.name,
        "neighbours": len(known),
        "left_out": left_out,
        "baseline_years": years_of(own.period.iloc[0]),
        "borough": borough.area_name.iloc[0] if len(borough) else "",
    }
    rests_on = pd.concat([own, known, borough])
    said = [_target_claim(name, every, facts, rests_on) for name in wanted]
    said.append(_smallest_claim(smallest, facts, rests_on))
    keys = {scope: keys_of(rows) for scope, rows in scopes.items()}
    return Take(tuple(said), events=events, smallest=smallest, made_from=keys)


def _is_fit(scope: str, rows: pd.DataFrame) -> bool:
    """True where a scope adds to the ward alone, and its counts are known."""
    enough = len(rows) > 1 if scope == NEIGHBOURS else len(rows) == 1
    return enough and bool(rows.numerator.notna().all())


def _targets(about: Indicator, own: pd.DataFrame, borough: pd.DataFrame) -> dict[str, float]:
    """Return each target as a share of change. Level is offered where the ward is told apart."""
    sign = about.polarity.sign_of_good
    limit = own.lower_limit.iloc[0] if sign < 0 else own.upper_limit.iloc[0]
    level = borough.value.iloc[0] if len(borough) else float("nan")
    wanted = {LEVEL: level / own.value.iloc[0] - 1} if sign * (level - limit) > 0 else {}
    return wanted | {TENTH: sign * 0.1}


def _looked_at(scopes: dict, share: float) -> pd.DataFrame:
    """Return every scope's chances for one change, rounded as printed."""
    found = [_one_scope(name, rows, share) for name, rows in scopes.items()]
    every = pd.concat(found, ignore_index=True)
    every = every.assign(
        times_by_luck=100 * every.chance_by_luck,
        times_told=100 * every.chance_of_telling,
        smallest_percent=100 * every.smallest_change,
    )
    return every.assign(
        **{name: every[name].astype(float).round(d) for name, d in DECIMALS.items()}
    )


def _one_scope(name: str, rows: pd.DataFrame, share: float) -> pd.DataFrame:
    years = years_of(rows.period.iloc[0])
    found = what_would_it_take(rows.numerator.sum(), share, baseline_years=years)
    return found.assign(scope=name, areas=len(rows))


def first_year_told(every: pd.DataFrame, target: str, scope: str) -> int:
    """Return after how many years a target can be told from chance; 0 where it never can."""
    rows = every[(every.target == target) & (every.scope == scope) & every.can_be_told]
    return int(rows.years.min()) if len(rows) else 0


def _target_claim(name: str, every: pd.DataFrame, facts: dict, rows: pd.DataFrame) -> Claim:
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


def _smallest_claim(smallest: pd.DataFrame, facts: dict, rows: pd.DataFrame) -> Claim:
    told = {
        scope: tuple(own.smallest_percent.iloc[[0, -1]]) for scope, own in smallest.groupby("scope")
    }
    said = facts | {"smallest": told, "years": int(smallest.years.max())}
    return claim("smallest-change", said, rows, facts["indicator"])


TOLD, NOT_TOLD, MADE_UP, WITHHELD, NO_FIGURE = (
    "told",
    "not told",
    "made up",
    "withheld",
    "no figure",
)


@dataclass(frozen=True)
class Told:
    """The verdict on one target; ``change`` is in people or events, rounded, null where unknown."""

    verdict: str
    change: float
    value: float
    level: float
    years: int


def of(table: EditionTable, ward: Ward, outcome: Outcome) -> Told:
    """Return whether an outcome's target could be told from chance.

    Nothing is judged on a made-up, modelled or withheld figure; proportions are set against as
    many people asked once more, rates against the years from their period to the target's day.
    """
    rows = _latest(table, ward, outcome.indicator)
    level = outcome.target.level
    if rows.empty or indicator(outcome.indicator).kind not in ("proportion", "rate"):
        return Told(NO_FIGURE, float("nan"), float("nan"), level, 0)
    own = rows.iloc[0]
    if own.is_dummy:
        return Told(MADE_UP, float("nan"), float("nan"), level, 0)
    if Status(own.status).is_missing or pd.isna(own.numerator):
        return Told(WITHHELD, float("nan"), float("nan"), level, 0)
    about = indicator(outcome.indicator)
    if about.kind == "proportion":
        found = to_be_level(rows, level, about.multiplier).iloc[0]
        years = outcome.target.by.year - last_day(about.slug, own.period).year
        verdict = TOLD if found.can_be_told else NOT_TOLD
        return Told(verdict, float(round(found.change)), float(own.value), level, years)
    return _of_rate(own, level, about, outcome)


def _latest(table: EditionTable, ward: Ward, slug: str) -> pd.DataFrame:
    if slug not in register():
        return table.rows.head(0)
    rows = table.latest(slug)
    return rows[rows.area_code == ward.code]


def _of_rate(own: pd.Series, level: float, about, outcome: Outcome) -> Told:
    until = outcome.target.by.year - last_day(about.slug, own.period).year
    years = max(1, until)
    if own.value == 0:
        return Told(NOT_TOLD, 0.0, 0.0, level, years)
    found = what_would_it_take(
        own.numerator,
        level / own.value - 1,
        baseline_years=years_of(own.period),
        years=(years,),
    ).iloc[0]
    verdict = TOLD if found.can_be_told else NOT_TOLD
    return Told(verdict, float(round(found.change_a_year, 1)), float(own.value), level, years)
