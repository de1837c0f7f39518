"""Rules that test a statement of the documents on the one table; none knows its answer before.

Each returns a verdict, why (the name of the reason) and the figures that the reason is told with.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Literal

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field

from darlington_analysis.core import bounded_toml
from darlington_analysis.core.answers import Answer
from darlington_analysis.core.project import Project
from darlington_analysis.core.vocabulary import Basis, Polarity
from darlington_analysis.evidence import robustness, scan
from darlington_analysis.evidence.claims import Claim, claim
from darlington_analysis.evidence.indicator import with_names
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.sources.areas import Ward
from darlington_analysis.sources.indicators import register
from darlington_analysis.statistics.differences import rate_ratios

Rule = Literal[
    "highest",
    "improved",
    "count within",
    "count changed",
    "places",
    "place changed",
    "within percent",
    "no longer within",
    "need remains",
]


class Statement(BaseModel):
    """One statement. ``wards`` are the codes it names; the other fields are what it claims."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, Field(pattern=r"^[A-Z]\d+[a-z0-9-]*$")]
    paragraph: str
    quotation: str
    wards: tuple[str, ...] = ()
    rule: Rule
    indicator: str = ""
    measure: Literal["", "numerator", "value"] = ""
    period: str = ""
    number: int = 0
    number_before: int = 0
    percent: float = 0
    places: tuple[int, ...] = ()


class Statements(BaseModel):
    """The statements, in the order of the document: of one ward set, and of one Index."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ward_set: str
    index_vintage: str
    statement: tuple[Statement, ...]


def statements(project: Project) -> Statements | None:
    """Return what ``data/statements.toml`` says, None where a project has none.

    Raises SourceError for a file that can't be used.
    """
    return bounded_toml.own_list(project.statements, lambda said: Statements(**said), None)


class Verdict(StrEnum):
    """Whether a statement of the documents holds in the one table."""

    HOLDS = "holds"
    ONLY_AS = "holds only as"
    DOES_NOT = "does not hold"
    NOT_TOLD = "cannot be told apart"
    NOT_TESTED = "cannot be tested"


@dataclass(frozen=True)
class Judgement(Answer):
    """What a rule found: the verdict, the reason's name, its figures and the rows behind it."""

    verdict: Verdict
    why: str
    facts: dict
    rows: pd.DataFrame


def highest(said: Statement, table: EditionTable) -> Judgement:
    """Are the named wards the highest? Made-up and modelled figures can't say."""
    rows = with_names(table, table.latest(said.indicator))
    named = rows[rows.area_code.isin(said.wards)]
    others = rows[~rows.area_code.isin(said.wards)]
    facts = {"indicator": said.indicator, "period": str(rows.period.max())}
    for unfit, why in (
        (rows.is_dummy.any(), "made up"),
        (rows.basis.ne(Basis.OBSERVED).any(), "modelled"),
        (named[said.measure].isna().any() or others[said.measure].isna().all(), "withheld"),
    ):
        if unfit:
            return Judgement(Verdict.NOT_TESTED, why, facts, rows)
    facts |= {
        "withheld": int(others[said.measure].isna().sum()),
        "named": float(named[said.measure].min()),
        "other": float(others[said.measure].max()),
        "other_name": others.loc[others[said.measure].idxmax()].area_name,
    }
    found = (
        _highest_count(facts, table)
        if said.measure == "numerator"
        else _highest_value(named, others)
    )
    return Judgement(*found, facts, rows)


def _highest_count(facts: dict, table: EditionTable) -> tuple[str, str]:
    """Counts are rounded, and over other years than the review's: they hold "only as" at best."""
    gap = facts["named"] - facts["other"]
    if abs(gap) < table.settings.small_numbers.round_to:
        return Verdict.NOT_TOLD, "rounding"
    if gap < 0:
        return Verdict.DOES_NOT, "lower count"
    pair = pd.DataFrame(
        {
            "numerator": [facts["named"]],
            "other_numerator": [facts["other"]],
            "denominator": 1.0,
            "other_denominator": 1.0,
        }
    )
    by_chance = rate_ratios(pair).p_value.iloc[0] >= scan.LEVEL
    return (Verdict.NOT_TOLD, "chance") if by_chance else (Verdict.ONLY_AS, "count of these years")


def _highest_value(named: pd.DataFrame, others: pd.DataFrame) -> tuple[str, str]:
    if named.lower_limit.isna().any() or others.lower_limit.isna().any():
        return Verdict.NOT_TESTED, "no limits"
    if named.lower_limit.min() > others.upper_limit.max():
        return Verdict.HOLDS, "beyond chance"
    if named.upper_limit.min() < others.lower_limit.max():
        return Verdict.DOES_NOT, "lower value"
    return Verdict.NOT_TOLD, "chance"


def count_within(said: Statement, table: EditionTable) -> Judgement:
    """Is that the number of wards within the line, and by every list of that Index?"""
    lists = robustness.of_borough(table).lists
    own = lists[lists.period == said.period]
    by_way = {row.way: (int(row.is_in), int(row.is_open)) for row in own.itertuples()}
    facts = {"period": said.period, "number": said.number, "by_way": by_way}
    agrees = {way: count == (said.number, 0) for way, count in by_way.items()}
    rows = _positions(table, said.period)
    if not agrees["mean score"]:
        return Judgement(Verdict.DOES_NOT, "another number", facts, rows)
    if all(agrees.values()):
        return Judgement(Verdict.HOLDS, "every list", facts, rows)
    return Judgement(Verdict.ONLY_AS, "some lists", facts, rows)


def count_changed(said: Statement, table: EditionTable) -> Judgement:
    """Did the number change, and can boundary, method and change be told apart?"""
    counts, rows = _counts(said, table)
    facts = {"period": said.period, "counts": counts, "number_before": said.number_before}
    earlier = [count for period, count in counts.items() if period < said.period]
    if not earlier:
        return Judgement(Verdict.NOT_TESTED, "no earlier Index", facts, rows)
    if said.number_before in earlier and counts[said.period] == said.number:
        return Judgement(Verdict.ONLY_AS, "number fell", facts, rows)
    return Judgement(Verdict.NOT_TOLD, "number the same before", facts, rows)


def improved(said: Statement, table: EditionTable) -> Judgement:
    """A place is relative: fewer wards within the line is the most that Indices can show."""
    counts, rows = _counts(said, table)
    earlier = [count for period, count in counts.items() if period < said.period]
    facts = {"period": said.period, "counts": counts}
    if not earlier:
        return Judgement(Verdict.NOT_TESTED, "no earlier Index", facts, rows)
    change = counts[said.period] - earlier[-1]
    if change > 0:
        return Judgement(Verdict.DOES_NOT, "number rose", facts, rows)
    if change:
        return Judgement(Verdict.ONLY_AS, "number fell", facts, rows)
    return Judgement(Verdict.NOT_TOLD, "relative", facts, rows)


def within_percent(said: Statement, table: EditionTable) -> Judgement:
    """Is the ward within so many per cent, or only when its position is cut short?"""
    rows = _positions(table, said.period)
    rows = rows[rows.area_code.eq(said.wards[0]) & rows.indicator.eq(robustness.POSITIONS[0])]
    position = float(rows.value.iloc[0])
    facts = {"period": said.period, "percent": said.percent, "position": position}
    if position <= said.percent:
        return Judgement(Verdict.HOLDS, "within", facts, rows)
    if math.floor(position) <= said.percent:
        return Judgement(Verdict.ONLY_AS, "cut short", facts, rows)
    return Judgement(Verdict.DOES_NOT, "beyond", facts, rows)


def no_longer_within(said: Statement, table: EditionTable) -> Judgement:
    """Is the ward beyond the line now, and was it within before?"""
    rows = table.of(robustness.POSITIONS[0], area_code=said.wards[0])
    by_period = {row.period: float(row.value) for row in rows.sort_values("period").itertuples()}
    by_period = {period: value for period, value in by_period.items() if period <= said.period}
    facts = {"period": said.period, "percent": said.percent, "positions": by_period}
    now, *before = reversed(by_period.values())
    if now <= said.percent:
        return Judgement(Verdict.DOES_NOT, "within", facts, rows)
    was = any(value <= said.percent for value in before)
    if was:
        return Judgement(Verdict.HOLDS, "left", facts, rows)
    return Judgement(Verdict.ONLY_AS, "never within", facts, rows)


def need_remains(said: Statement, table: EditionTable) -> Judgement:
    """Is there need in the ward: whole neighbourhoods, or people wherever they live?"""
    rows = table.latest("imd-worst-fifth")
    own = rows[rows.area_code.isin(said.wards) & rows.breakdown.eq("neighbourhoods")]
    slugs = [
        slug
        for slug, each in register().items()
        if each.kind in scan.STATISTICS and each.polarity is Polarity.LOW_IS_GOOD
    ]
    people = pd.concat([table.latest(slug) for slug in slugs])
    people = people[people.area_code.isin(said.wards) & ~people.is_dummy & people.numerator.gt(0)]
    facts = {
        "period": own.period.iloc[0],
        "worst": int(own.numerator.iloc[0]),
        "people": [
            (each.indicator, float(each.numerator), each.period) for each in people.itertuples()
        ],
        "higher": [
            each.indicator for each in people.itertuples() if _is_above_england(table, each)
        ],
    }
    rests_on = pd.concat([own, people])
    if facts["worst"]:
        return Judgement(Verdict.HOLDS, "neighbourhoods", facts, rests_on)
    if facts["higher"]:
        return Judgement(Verdict.ONLY_AS, "people", facts, rests_on)
    why = "people as anywhere" if len(people) else "none"
    return Judgement(Verdict.NOT_TOLD, why, facts, rests_on)


def _is_above_england(table: EditionTable, row) -> bool:
    """True where a ward's share is above England's beyond chance: any ward has some in need."""
    wider = table.of(row.indicator, area_type="country", period=row.period, breakdown=row.breakdown)
    return bool(len(wider)) and row.lower_limit > wider.value.iloc[0]


def _counts(said: Statement, table: EditionTable) -> tuple[dict[str, int], pd.DataFrame]:
    """Return wards within the line by mean score, each Index up to the statement's."""
    rows = table.of(robustness.POSITIONS[0], area_type="ward")
    rows = rows[rows.period <= said.period]
    within = rows.value <= table.settings.support.most_deprived_percent
    return {period: int(count) for period, count in within.groupby(rows.period).sum().items()}, rows


def _positions(table: EditionTable, period: str) -> pd.DataFrame:
    wards = table.rows.area_type.eq("ward") & table.rows.period.eq(period)
    return table.rows[wards & table.rows.indicator.isin(robustness.POSITIONS)]


@dataclass(frozen=True)
class Documents(Answer):
    """The claims on the documents' statements; ``ward`` is None where all are shown.

    Each claim's facts hold paragraph, quotation, verdict, why, and what the reason is told with.
    """

    ward: Ward | None
    claims: tuple[Claim, ...]
    is_held: bool = True  # the project has statements, of these wards or of others


def of_borough(table: EditionTable) -> Documents:
    """Return every statement, in the documents' order; none where the wards are others."""
    claims = tuple(judge(each, table) for each in _testable(table))
    return Documents(None, claims, statements(table.project) is not None)


def of_ward(table: EditionTable, ward: Ward) -> Documents:
    """Return the statements that name the ward."""
    said = [each for each in _testable(table) if ward.code in each.wards]
    claims = tuple(judge(each, table) for each in said)
    return Documents(ward, claims, statements(table.project) is not None)


def judge(said: Statement, table: EditionTable) -> Claim:
    """Return the claim on one statement: its words, the verdict and the reason."""
    return table.shared(("statement", said.id), lambda: _judge(said, table))


def _judge(said: Statement, table: EditionTable) -> Claim:
    found = _rules()[said.rule](said, table)
    facts = {
        "paragraph": said.paragraph,
        "quotation": said.quotation,
        "wards": [table.wards.ward(code).name for code in said.wards],
        "verdict": found.verdict,
        "why": f"{said.rule}: {found.why}",
        **found.facts,
    }
    return claim("statement", facts, found.rows[table.rows.columns], said.id)


def places(said: Statement, table: EditionTable) -> Judgement:
    """Do the named wards stand at the named places, by every way of adding up?"""
    all_places = robustness.all_places(table)
    own = all_places[all_places.period == said.period]
    agree = {way: _agrees(rows, said) for way, rows in own.groupby("way", sort=False)}
    facts = {
        "period": said.period,
        "places": list(said.places),
        "agree": [way for way, holds in agree.items() if holds],
        "differ": [way for way, holds in agree.items() if holds is False],
    }
    is_measure = table.rows.indicator.isin(robustness.MEASURES) & table.rows.area_type.eq("ward")
    rows = table.rows[is_measure & table.rows.period.eq(said.period)]
    if not agree["mean score"]:
        return Judgement(Verdict.DOES_NOT, "another order", facts, rows)
    if facts["differ"]:
        return Judgement(Verdict.ONLY_AS, "some ways", facts, rows)
    return Judgement(Verdict.HOLDS, "every way", facts, rows)


def place_changed(said: Statement, table: EditionTable) -> Judgement:
    """Did the ward's place move between Indices? A place that moved may be others' doing."""
    rows = table.of("imd-score", area_type="ward")
    rows = rows[rows.period <= said.period]
    place = rows.groupby("period").value.rank(method="min", ascending=False).astype(int)
    own = rows.assign(place=place)[rows.area_code.eq(said.wards[0])].sort_values("period")
    by_period = {row.period: int(row.place) for row in own.itertuples()}
    facts = {"period": said.period, "places": by_period}
    now, *before = reversed(by_period.values())
    if not before:
        return Judgement(Verdict.NOT_TESTED, "no earlier Index", facts, rows)
    if now == before[0]:
        return Judgement(Verdict.NOT_TOLD, "same place", facts, rows)
    if now > before[0]:
        return Judgement(Verdict.ONLY_AS, "moved", facts, rows)
    return Judgement(Verdict.DOES_NOT, "fell", facts, rows)


def _agrees(rows: pd.DataFrame, said: Statement) -> bool | None:
    """True where every ward may stand at its place, False where one can't, None if not told.

    Wards with nothing to be ordered by share the places behind those that have something.
    """
    behind = rows.place_low.notna().sum() + 1
    spans = rows.set_index("area_code")[["place_low", "place_high"]]
    spans = spans.fillna({"place_low": behind, "place_high": len(rows)}).loc[list(said.wards)]
    fits = [
        low <= place <= high
        for place, (low, high) in zip(said.places, spans.to_numpy(), strict=True)
    ]
    if not all(fits):
        return False
    return True if (spans.place_low == spans.place_high).all() else None


def _testable(table: EditionTable) -> tuple[Statement, ...]:
    """Return the statements on the wards and an Index of this edition."""
    said, edition = statements(table.project), table.edition
    if said is None or said.ward_set != edition.ward_set:
        return ()
    return said.statement if said.index_vintage in edition.index_vintages else ()


def _rules() -> dict[str, Callable[[Statement, EditionTable], Judgement]]:
    return {
        "highest": highest,
        "improved": improved,
        "count within": count_within,
        "count changed": count_changed,
        "places": places,
        "place changed": place_changed,
        "within percent": within_percent,
        "no longer within": no_longer_within,
        "need remains": need_remains,
    }
