"""One indicator in one ward: its value beside every other ward, benchmarks, and a rank range."""

from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from darlington_analysis.core.vocabulary import Basis, Status
from darlington_analysis.evidence.claims import Claim, claim
from darlington_analysis.evidence.outlook import Outlook, of_indicator
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.sources import areas
from darlington_analysis.sources.indicators import Indicator, indicator
from darlington_analysis.statistics import comparisons

WIDER = ("country", "borough")
_RANKED = ["indicator", "period", "area_code"]


@dataclass(frozen=True)
class RankRange:
    """Where a ward may stand among the wards: 1 is the highest value."""

    rank: int
    rank_lower: int
    rank_upper: int
    wards: int
    chance_highest: float


@dataclass(frozen=True)
class IndicatorAnswer:
    """How one ward is doing on one indicator.

    ``wards`` has every ward's row with its name; ``benchmarks`` the wider areas'; ``history`` the
    wider areas over time where there is any. ``rank`` is None where the figure is modelled,
    unreliable, withheld or made up.
    """

    indicator: Indicator
    ward: areas.Ward
    wards: pd.DataFrame
    benchmarks: pd.DataFrame
    history: pd.DataFrame
    rank: RankRange | None
    comparison: str
    claims: tuple[Claim, ...]
    outlook: Outlook

    @cached_property
    def row(self) -> pd.Series:
        """This ward's own row."""
        return self.wards[self.wards.area_code == self.ward.code].iloc[0]

    @cached_property
    def is_dummy(self) -> bool:
        """True where a figure of this answer is made up."""
        return bool(self.wards.is_dummy.any())


def answer(table: EditionTable, ward: areas.Ward, slug: str) -> IndicatorAnswer:
    """Return how a ward is doing on an indicator, in the last period it has for wards."""
    wards, benchmarks, compared, history = table.shared(
        ("indicator", slug), lambda: _of_every_ward(table, slug)
    )
    rank = rank_range(table, wards[wards.area_code == ward.code].iloc[0])
    comparison = compared.loc[compared.area_code == ward.code, "comparison"].iloc[0]
    return IndicatorAnswer(
        indicator(slug),
        ward,
        wards,
        benchmarks,
        history,
        rank,
        comparison,
        _claims(table, slug, ward, wards, benchmarks, comparison, rank),
        of_indicator(table, ward, wards, benchmarks, history),
    )


def _of_every_ward(table: EditionTable, slug: str) -> tuple[pd.DataFrame, ...]:
    """Return what is the same in every ward: wards, benchmarks, wards compared, history."""
    wards = with_names(table, table.latest(slug))
    benchmarks = _benchmarks(table, slug, wards.period.iloc[0])
    compared = comparisons.compare(wards, _first_value(benchmarks))
    history = with_names(table, table.of(slug)[lambda rows: rows.area_type.isin(WIDER)])
    return wards, benchmarks, compared, history


def with_names(table: EditionTable, rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows with area_name: the ward's, or the wider area's."""
    names = {ward.code: ward.name for ward in table.wards.wards} | areas.NAMES
    return rows.assign(area_name=rows.area_code.map(names).fillna(rows.area_code))


def rank_range(table: EditionTable, row: pd.Series) -> RankRange | None:
    """Return the rank range of a ward's figure, or None where an honest one can't be had.

    Only observed, published, reliable figures were ranked (cleaning); a made-up one never is.
    """
    return table.shared("rank ranges", lambda: _rank_ranges(table)).get(tuple(row[_RANKED]))


def _rank_ranges(table: EditionTable) -> dict[tuple, RankRange]:
    """Return the rank range of every figure that was ranked, by ``_RANKED``."""
    places = ["rank", "rank_lower", "rank_upper", "areas_ranked"]
    keys, ranks = table.ranks[_RANKED], table.ranks[places].astype(int)
    return {
        key: RankRange(*place, float(chance))
        for key, place, chance in zip(
            keys.itertuples(index=False, name=None),
            ranks.itertuples(index=False, name=None),
            table.ranks.chance_highest,
            strict=True,
        )
    }


def _benchmarks(table: EditionTable, slug: str, period: str) -> pd.DataFrame:
    wanted = list(table.settings.benchmarks.areas)
    rows = table.of(slug, period=period)
    rows = rows[rows.area_code.isin(wanted)]
    order = rows.area_code.map({code: place for place, code in enumerate(wanted)})
    return with_names(table, rows.loc[order.sort_values().index])


def _first_value(benchmarks: pd.DataFrame) -> float:
    return float(benchmarks.value.iloc[0]) if len(benchmarks) else float("nan")


def _claims(table, slug, ward, wards, benchmarks, comparison, rank) -> tuple[Claim, ...]:
    own = wards[wards.area_code == ward.code]
    row = own.iloc[0]
    facts = {
        "indicator": slug,
        "ward": ward.name,
        "period": row.period,
        "value": row.value,
        "lower_limit": row.lower_limit,
        "upper_limit": row.upper_limit,
        "status": row.status,
        "comparison": comparison,
        "benchmark": _first_value(benchmarks),
        "benchmark_name": benchmarks.area_name.iloc[0] if len(benchmarks) else "",
    }
    rests_on = pd.concat([own, benchmarks.head(1)])
    said = [claim(_rule(row), facts, rests_on, slug)]
    if rank:
        ranked = table.shared(("ranked", slug), lambda: claim("rank-range", {}, wards, slug))
        said.append(replace(ranked, facts={"indicator": slug, **vars(rank)}))
    return tuple(said)


def _rule(row: pd.Series) -> str:
    if row.is_dummy:
        return "made-up"
    if Status(row.status).is_missing:
        return "no-figure"
    if pd.isna(row.lower_limit):  # as published or modelled: no range of ours beside it
        return "modelled" if row.basis == Basis.MODELLED else "as-published"
    return "compared"
