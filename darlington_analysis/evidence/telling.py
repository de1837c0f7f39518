"""Could a target that people agreed ever be told from chance? Judged on gated figures alone."""

from dataclasses import dataclass

import pandas as pd

from darlington_analysis.agreements.parts import Outcome
from darlington_analysis.catalogue.areas import Ward
from darlington_analysis.catalogue.indicators import indicator, register
from darlington_analysis.catalogue.vocabulary import Status
from darlington_analysis.evidence.baseline import years_of
from darlington_analysis.evidence.table import EditionTable, last_day
from darlington_analysis.methods.level_targets import to_be_level
from darlington_analysis.methods.targets import what_would_it_take

TOLD, NOT_TOLD, MADE_UP, WITHHELD, NO_FIGURE = (
    "told", "not told", "made up", "withheld", "no figure",
)  # fmt: skip


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
        own.numerator, level / own.value - 1,
        baseline_years=years_of(own.period), years=(years,),
    ).iloc[0]  # fmt: skip
    verdict = TOLD if found.can_be_told else NOT_TOLD
    return Told(verdict, float(round(found.change_a_year, 1)), float(own.value), level, years)
