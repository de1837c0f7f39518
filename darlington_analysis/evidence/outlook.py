"""What comes next if nothing changes, what was chance, and what a target would take."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from darlington_analysis.core.answers import Answer
from darlington_analysis.core.vocabulary import Status
from darlington_analysis.evidence import baseline
from darlington_analysis.evidence.change import ChangesOfWards, WardChange
from darlington_analysis.evidence.claims import Claim, as_printed, claim
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.evidence.targets import Take, TargetsOfWards
from darlington_analysis.sources import areas
from darlington_analysis.sources.areas import Ward
from darlington_analysis.sources.indicators import Indicator
from darlington_analysis.statistics.rates import empirical_bayes

COLUMNS = ["area_code", "smoothed_value", "smoothed_status", "pooled_value", "areas_pooled"]


@dataclass(frozen=True, eq=False)
class OutlookOfWards(Answer):
    """The outlook on one indicator of every ward, worked out for all at once and when asked for.

    ``wards`` has every ward's row of one period, ``benchmarks`` wider areas of that period,
    ``history`` wider areas of every period; all with area_name, all from the gated table.
    """

    table: EditionTable
    indicator: Indicator
    wards: pd.DataFrame
    benchmarks: pd.DataFrame
    history: pd.DataFrame
    by_census: ChangesOfWards

    @cached_property
    def rows(self) -> pd.DataFrame:
        """Every ward's rows of every period, with area_name."""
        rows = self.table.of(self.indicator.slug, area_type="ward")
        names = {ward.code: ward.name for ward in self.table.wards.wards}
        return rows.assign(area_name=rows.area_code.map(names))

    @cached_property
    def series(self) -> pd.DataFrame:
        """Single years of every ward that has them, and of wider areas."""
        return baseline.single_years(pd.concat([self.rows, self.history]), self.indicator.slug)

    @cached_property
    def forecasts(self) -> pd.DataFrame:
        """Later rows of the areas of ``series``, status "f"; none where a series is too short."""
        return baseline.forecasts(self.series, self.indicator)

    @cached_property
    def changes(self) -> dict[str, str]:
        """Whether the areas of ``series`` have changed, by area code."""
        known = self.series[self.series.area_code.isin(self.forecasts.area_code)]
        return baseline.changes(known, self.indicator) if len(known) else {}

    @cached_property
    def claims(self) -> dict[str, list[Claim]]:
        """What may be said of each area of ``series``, by area code."""
        if self.indicator.kind not in baseline.KINDS:
            return {}
        ahead = dict(tuple(self.forecasts.groupby("area_code")))
        none = self.forecasts.head(0)
        return {
            code: baseline.area_claims(
                own, ahead.get(code, none), self.indicator, self.changes.get(code, "not tested")
            )
            for code, own in self.series.groupby("area_code", sort=False)
        }

    @cached_property
    def smoothed(self) -> pd.DataFrame:
        """A row a ward with its smoothed rate, rounded as printed; none but for rates.

        Columns: area_code, smoothed_value (null where withheld), smoothed_status ("c" there),
        pooled_value (the rate of all wards shown, together), areas_pooled. Made from the counts
        that passed disclosure control.
        """
        if self.indicator.kind != "rate":
            return pd.DataFrame(columns=COLUMNS)
        found = empirical_bayes(self.wards, self.indicator.multiplier)
        for name in ("smoothed_value", "pooled_value"):
            found[name] = [as_printed(value, self.indicator) for value in found[name]]
        status = found.status.where(found.smoothed_value.isna(), Status.NONE.value)
        return found.assign(smoothed_status=status)[COLUMNS].reset_index(drop=True)

    @cached_property
    def targets(self) -> TargetsOfWards:
        """What a target would take in every ward."""
        return TargetsOfWards(
            self.indicator,
            self.wards,
            self.benchmarks,
            lambda: self.table.of_the_wards(areas.neighbours),
            self.by_census,
            lambda: self.forecasts[self.forecasts.area_type == "borough"],
        )


@dataclass(frozen=True, eq=False)
class Outlook(Answer):
    """The outlook of one ward on one indicator: its slice of what is worked out for all wards."""

    ward: Ward
    of_wards: OutlookOfWards

    @property
    def indicator(self) -> Indicator:
        """The indicator."""
        return self.of_wards.indicator

    @cached_property
    def series(self) -> pd.DataFrame:
        """Single years of the ward, where it has them, and of wider areas."""
        return self._beside(self.of_wards.series)

    @cached_property
    def forecast(self) -> pd.DataFrame:
        """Later rows of the same areas, status "f"; none where the series is too short."""
        return self._beside(self.of_wards.forecasts).reset_index(drop=True)

    @property
    def smoothed(self) -> pd.DataFrame:
        """A row a ward beside its raw rate; no rows for other kinds of indicator."""
        return self.of_wards.smoothed

    @cached_property
    def history_claims(self) -> tuple[Claim, ...]:
        """What may be said of the past and of what comes next if nothing changes."""
        about, rows = self.indicator, self.of_wards.rows
        if self.change.claims:
            return self.change.claims
        rows = rows[rows.area_code == self.ward.code]
        years = self.series[self.series.area_code == self.ward.code]
        reason, points = baseline.why_none(rows, years, about)
        facts = {
            "indicator": about.slug,
            "ward": self.ward.name,
            "reason": reason,
            "points": points,
        }
        said = [claim("no-history", facts, rows, about.slug)] if reason else []
        if about.period_kind == "census":  # wider areas are beside the ward, of the same censuses
            return tuple(said)
        of_areas = self.of_wards.claims
        for code in dict.fromkeys(self.series.area_code):
            said += of_areas.get(code, [])
        return tuple(said)

    @cached_property
    def change(self) -> WardChange:
        """How the ward has changed from census to census."""
        return WardChange(self.ward, self.of_wards.by_census)

    @cached_property
    def take(self) -> Take:
        """What a target would take."""
        return self.of_wards.targets.of_ward(self.ward)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Every claim of the outlook."""
        return (*self.history_claims, *self.take.claims)

    def _beside(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Return the rows of this ward and of wider areas, no other ward's."""
        return rows[rows.area_type.ne("ward") | rows.area_code.eq(self.ward.code)]
