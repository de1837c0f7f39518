"""What would it take, for a rate of few events: from the counts the gate let out, exactly."""

import math

import pandas as pd

from darlington_analysis.catalogue.areas import Ward
from darlington_analysis.catalogue.indicators import Indicator
from darlington_analysis.evidence import takes
from darlington_analysis.evidence.baseline import years_of
from darlington_analysis.evidence.claims import Claim, claim
from darlington_analysis.methods.targets import what_would_it_take

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
) -> takes.Take:
    """Return a ward's targets: level with the borough where it is worse, and a tenth better.

    ``own``, ``neighbours`` and ``borough`` are rows of one period. A withheld count gives nothing;
    a withheld neighbour is left out. Years to come are set against the years of that period.
    """
    count = own.numerator.iloc[0]
    if math.isnan(count) or count == 0:
        return takes.none(about, ward, own, "withheld" if math.isnan(count) else "nought")
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
    facts = {"indicator": about.slug, "ward": ward.name, "neighbours": len(known),
             "left_out": left_out, "baseline_years": years_of(own.period.iloc[0]),
             "borough": borough.area_name.iloc[0] if len(borough) else ""}  # fmt: skip
    rests_on = pd.concat([own, known, borough])
    said = [_target_claim(name, every, facts, rests_on) for name in wanted]
    said.append(_smallest_claim(smallest, facts, rests_on))
    keys = {scope: takes.keys_of(rows) for scope, rows in scopes.items()}
    return takes.Take(tuple(said), events=events, smallest=smallest, made_from=keys)


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
