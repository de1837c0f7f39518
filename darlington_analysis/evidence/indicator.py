"""One indicator in one ward: its value beside every other ward, benchmarks, and a rank range."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from darlington_analysis.core.answers import Answer
from darlington_analysis.core.vocabulary import Basis, Status
from darlington_analysis.evidence.change import ChangesOfWards, WardChange
from darlington_analysis.evidence.claims import Claim, RowsUsed, claim
from darlington_analysis.evidence.outlook import Outlook, OutlookOfWards
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.sources import areas
from darlington_analysis.sources.indicators import Indicator, indicator
from darlington_analysis.statistics import comparisons, rates

WIDER = ("country", "borough")
_RANKED = ["indicator", "period", "area_code"]
_OTHERS = ["other_numerator", "other_denominator"]
_LIMITS = ["value", "lower_limit", "upper_limit"]


@dataclass(frozen=True)
class RankRange(Answer):
    """Where a ward may stand among the wards: 1 is the highest value."""

    rank: int
    rank_lower: int
    rank_upper: int
    wards: int
    chance_highest: float


@dataclass(frozen=True, eq=False)
class IndicatorOfWards(Answer):
    """One indicator in every ward of an edition; each property is worked out when it is asked for.

    A ward's answer is a slice of it.
    """

    table: EditionTable
    indicator: Indicator

    @cached_property
    def wards(self) -> pd.DataFrame:
        """Every ward's row of the last period there is for wards, with area_name."""
        return with_names(self.table, self.table.latest(self.indicator.slug))

    @cached_property
    def own(self) -> dict[str, pd.DataFrame]:
        """The one row of each ward, by its code."""
        return {code: rows for code, rows in self.wards.groupby("area_code")}

    @cached_property
    def is_dummy(self) -> bool:
        """True where a ward's figure is made up."""
        return bool(self.wards.is_dummy.any())

    @cached_property
    def benchmarks(self) -> pd.DataFrame:
        """The wider areas' rows of the same period, the first benchmark first."""
        wanted = list(self.table.settings.benchmarks.areas)
        rows = self.table.of(self.indicator.slug, period=self.wards.period.iloc[0])
        rows = rows[rows.area_code.isin(wanted)]
        order = rows.area_code.map({code: place for place, code in enumerate(wanted)})
        return with_names(self.table, rows.loc[order.sort_values().index])

    @cached_property
    def highest_first(self) -> pd.DataFrame:
        """Every ward's row, the highest value first and those without one last."""
        return self.wards.sort_values("value", ascending=False)

    @cached_property
    def history(self) -> pd.DataFrame:
        """The wider areas' rows of every period."""
        rows = self.table.of(self.indicator.slug)
        return with_names(self.table, rows[rows.area_type.isin(WIDER)])

    @cached_property
    def benchmark(self) -> tuple[str, float]:
        """The name and value of the first benchmark; "" and null without one."""
        if self.benchmarks.empty:
            return "", float("nan")
        first = self.benchmarks.iloc[0]
        return first.area_name, float(first.value)

    @cached_property
    def comparisons(self) -> dict[str, str]:
        """Where each ward stands beside the first benchmark, by its code: England, or the borough
        without the ward where England has no figure.
        """
        is_borough = self.benchmarks.area_type.head(1).eq("borough").any()
        if is_borough and len(self.rest) == len(self.wards.value.dropna()):
            beside = self.rest.comparison.to_dict()
            return {code: beside.get(code, comparisons.NOT_KNOWN) for code in self.wards.area_code}
        compared = comparisons.compare(self.wards, self.benchmark[1], self.indicator.matters)
        return dict(zip(compared.area_code, compared.comparison, strict=True))

    @cached_property
    def rest(self) -> pd.DataFrame:
        """The borough without each ward, by ward code: value, and where the ward stands beside it.

        Worked out from counts that everybody may see; no rows where there are none.
        """
        borough = self.benchmarks[self.benchmarks.area_type == "borough"]
        none = pd.DataFrame(columns=["value", "comparison"])
        if self.indicator.kind != "proportion" or self.is_dummy or borough.empty:
            return none
        whole, wards = borough.iloc[0], self.wards.set_index("area_code")
        others = wards.assign(
            other_numerator=whole.numerator - wards.numerator,
            other_denominator=whole.denominator - wards.denominator,
        )
        if pd.isna(whole.numerator) or (others[_OTHERS] <= 0).any(axis=None):
            return none
        scale = self.indicator.multiplier
        rest = (
            scale * rates.wilson_limits(others.other_numerator, others.other_denominator)[_LIMITS]
        )
        own = wards[["value", "lower_limit", "upper_limit"]].to_numpy(float).T
        value, low, high = rest.to_numpy(float).T
        gap = own[0] - value
        # Zou and Donner (2008): the ward's own limits allow for areas that are shared out.
        lower = gap - np.hypot(own[0] - own[1], high - value)
        upper = gap + np.hypot(own[2] - own[0], value - low)
        told = comparisons.in_words(lower, upper, np.zeros(len(gap)))
        told = comparisons.where_it_matters(told, gap, lower, upper, self.indicator.matters)
        return pd.DataFrame({"value": value, "comparison": told}, index=wards.index).dropna()

    @cached_property
    def all_rows(self) -> RowsUsed:
        """The rows that a rank among the wards rests on."""
        return RowsUsed(self.wards)

    @cached_property
    def by_census(self) -> ChangesOfWards:
        """How every ward has changed from census to census."""
        return ChangesOfWards(self.table, self.indicator, self.table.settings.benchmarks.areas[0])

    @cached_property
    def outlook(self) -> OutlookOfWards:
        """What comes next and what targets would take, in every ward."""
        return OutlookOfWards(
            self.table, self.indicator, self.wards, self.benchmarks, self.history, self.by_census
        )


@dataclass(frozen=True, eq=False)
class IndicatorAnswer(Answer):
    """How one ward is doing on one indicator, in the last period it has for wards."""

    ward: areas.Ward
    of_wards: IndicatorOfWards

    @property
    def indicator(self) -> Indicator:
        """The indicator."""
        return self.of_wards.indicator

    @property
    def wards(self) -> pd.DataFrame:
        """Every ward's row, with its name."""
        return self.of_wards.wards

    @property
    def benchmarks(self) -> pd.DataFrame:
        """The wider areas' rows of the same period."""
        return self.of_wards.benchmarks

    @property
    def frame(self) -> pd.DataFrame:
        """Every ward's row of the latest period, then those of the wider areas."""
        return pd.concat([self.wards, self.benchmarks], ignore_index=True)

    @property
    def history(self) -> pd.DataFrame:
        """The wider areas over time, where there is any."""
        return self.of_wards.history

    @property
    def is_dummy(self) -> bool:
        """True where a figure of this answer is made up."""
        return self.of_wards.is_dummy

    @property
    def comparison(self) -> str:
        """Where the ward stands beside the first benchmark."""
        return self.of_wards.comparisons[self.ward.code]

    @property
    def own(self) -> pd.DataFrame:
        """This ward's own row, as a table of one row."""
        return self.of_wards.own[self.ward.code]

    @cached_property
    def row(self) -> pd.Series:
        """This ward's own row."""
        return self.own.iloc[0]

    @cached_property
    def rank(self) -> RankRange | None:
        """Its range of ranks; None where it is modelled, unreliable, withheld or made up."""
        return rank_range(self.of_wards.table, self.row)

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """What may be said of the figure, and of its rank where it has one."""
        row, slug = self.row, self.indicator.slug
        name, value = self.of_wards.benchmark
        facts = {
            "indicator": slug,
            "ward": self.ward.name,
            "period": row.period,
            "value": row.value,
            "lower_limit": row.lower_limit,
            "upper_limit": row.upper_limit,
            "status": row.status,
            "comparison": self.comparison,
            "benchmark": value,
            "benchmark_name": name,
        } | self._beside_the_rest
        used = RowsUsed(lambda: pd.concat([self.own, self.benchmarks.head(1)]))
        said = [claim(_rule(row), facts, used, slug)]
        if self.rank:
            ranked = {"indicator": slug, **vars(self.rank)}
            said.append(claim("rank-range", ranked, self.of_wards.all_rows, slug))
        return tuple(said)

    @property
    def _beside_the_rest(self) -> dict:
        """The figure of the borough without the ward, and where the ward stands beside it."""
        rest = self.of_wards.rest
        if self.ward.code not in rest.index:
            return {}
        own = rest.loc[self.ward.code]
        return {"rest": float(own.value), "rest_comparison": own.comparison}

    @cached_property
    def change(self) -> WardChange:
        """How the ward has changed from census to census, beside the first benchmark."""
        return WardChange(self.ward, self.of_wards.by_census)

    @cached_property
    def outlook(self) -> Outlook:
        """What comes next if nothing changes, and what a target would take."""
        return Outlook(self.ward, self.of_wards.outlook)


def of_wards(table: EditionTable, slug: str) -> IndicatorOfWards:
    """Return an indicator in every ward, kept with the table."""
    return table.shared(("indicator", slug), lambda: IndicatorOfWards(table, indicator(slug)))


def answer(table: EditionTable, ward: areas.Ward, slug: str) -> IndicatorAnswer:
    """Return how a ward is doing on an indicator, in the last period it has for wards."""
    return IndicatorAnswer(ward, of_wards(table, slug))


def with_names(table: EditionTable, rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows with area_name: the ward's, or the wider area's."""
    names = {ward.code: ward.name for ward in table.wards.wards} | table.settings.place.names
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


def _rule(row: pd.Series) -> str:
    if row.is_dummy:
        return "made-up"
    if Status(row.status).is_missing:
        return "no-figure"
    if pd.isna(row.lower_limit):  # as published or modelled: no range of ours beside it
        return "modelled" if row.basis == Basis.MODELLED else "as-published"
    return "compared"
