"""History, what comes next if nothing changes, what was chance, and what a target would take.

A series has single years. Two to four points are not tested: docs/coverage.md shows that such a
test finds changes in large counts that are not there.
"""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from darlington_analysis.core import periods
from darlington_analysis.core.answers import Answer
from darlington_analysis.core.vocabulary import Basis, Status
from darlington_analysis.evidence.change import ChangesOfWards, WardChange
from darlington_analysis.evidence.claims import Claim, RowsUsed, as_printed, claim
from darlington_analysis.evidence.table import EditionTable, period_kind, years_of
from darlington_analysis.evidence.targets import KINDS, Take, TargetsOfWards
from darlington_analysis.sources import areas
from darlington_analysis.sources.areas import Ward
from darlington_analysis.sources.indicators import Indicator, indicator
from darlington_analysis.statistics import forecasts as baselines
from darlington_analysis.statistics import trends
from darlington_analysis.statistics.rates import empirical_bayes

FIGURES = ("value", "lower_limit", "upper_limit")
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
        return single_years(pd.concat([self.rows, self.history]), self.indicator.slug)

    @cached_property
    def forecasts(self) -> pd.DataFrame:
        """Later rows of the areas of ``series``, status "f"; none where a series is too short."""
        return forecasts_of(self.series, self.indicator)

    @cached_property
    def changes(self) -> dict[str, str]:
        """Whether the areas of ``series`` have changed, by area code."""
        known = self.series[self.series.area_code.isin(self.forecasts.area_code)]
        return have_changed(known, self.indicator) if len(known) else {}

    @cached_property
    def claims(self) -> dict[str, list[Claim]]:
        """What may be said of each area of ``series``, by area code."""
        if self.indicator.kind not in KINDS:
            return {}
        ahead = dict(tuple(self.forecasts.groupby("area_code")))
        none = self.forecasts.head(0)
        return {
            code: area_claims(
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
        reason, points = why_none(rows, years, about)
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


def single_years(rows: pd.DataFrame, slug: str) -> pd.DataFrame:
    """Return an indicator's rows of one year, or one census, each, with counts or withheld.

    Pooled years, and rates a publisher printed on another basis, are left out. Adds
    ``period_start`` and ``period_years``.
    """
    about = indicator(slug)
    is_own = rows.period.map(lambda label: period_kind(slug, label)) == about.period_kind
    kept = rows[is_own & (rows.numerator.notna() | rows.status.eq(Status.WITHHELD))]
    starts = [periods.parse(label, about.period_kind).first_day.year for label in kept.period]
    return in_order(kept.assign(period_start=starts, period_years=1))


def in_order(series: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of ``single_years`` area by area, each area's years one after the other."""
    return series.sort_values(["area_type", "area_code", "period_start"])


def forecast(series: pd.DataFrame, about: Indicator) -> pd.DataFrame:
    """Return one area's forecast as rows of the one table, status "f"; no rows where none is fit.

    ``series`` is one area's rows of ``single_years``. Values are rounded as they are printed.
    """
    if about.kind not in KINDS or series.empty:
        return series.head(0)
    found = baselines.baseline(series, about.kind, multiplier=about.multiplier)
    ahead = found[found.is_forecast]
    last = series.iloc[[-1] * len(ahead)].reset_index(drop=True)
    values = {name: [as_printed(each, about) for each in ahead[name]] for name in FIGURES}
    labels = [_label(int(start), about) for start in ahead.period_start]
    return last.assign(
        **values,
        period=labels,
        period_start=ahead.period_start.to_numpy(),
        numerator=float("nan"),
        status=Status.FORECAST.value,
        method=ahead.method.to_numpy(),
        confidence=ahead.confidence.to_numpy(),
    )


def forecasts_of(series: pd.DataFrame, about: Indicator) -> pd.DataFrame:
    """Return the forecasts of every area of ``series``, one under the other."""
    filled = [
        ahead
        for _, own in series.groupby("area_code", sort=False)
        if own.numerator.notna().sum() >= baselines.FEWEST_FOR_LEVEL
        and len(ahead := forecast(own, about))
    ]
    return pd.concat(filled, ignore_index=True) if filled else series.head(0)


def have_changed(series: pd.DataFrame, about: Indicator) -> dict[str, str]:
    """Return, by area code, whether single years have risen, fallen, or cannot be told from chance.

    "not tested" under five points.
    """
    points = series.groupby("area_code", sort=False).numerator.count()
    tested = series[series.area_code.map(points) >= trends.FEWEST_TO_SHUFFLE]
    found = trends.has_changed(tested, about.kind, by=["area_code"])
    told = dict(zip(found.area_code, found.changed, strict=True))
    return dict.fromkeys(points.index, "not tested") | told


def area_claims(
    own: pd.DataFrame, ahead: pd.DataFrame, about: Indicator, changed: str
) -> list[Claim]:
    """Return what may be said of one area's single years: the baseline, and has it changed."""
    name = f"{about.slug}:{own.area_code.iloc[0]}"
    facts = {
        "indicator": about.slug,
        "area": own.area_name.iloc[0],
        "points": int(own.numerator.notna().sum()),
        "first": own.period.iloc[0],
        "last": own.period.iloc[-1],
    }
    if ahead.empty:
        return [claim("no-baseline", facts, own, name)] if len(own) > 1 else []
    end, used = ahead.iloc[-1], RowsUsed(own)
    facts |= {"until": end.period, "has_slope": facts["points"] >= baselines.FEWEST_FOR_SLOPE}
    facts |= {figure: float(end[figure]) for figure in FIGURES}
    trend = claim("trend", facts | {"changed": changed}, used, name)
    return [claim("baseline", facts, used, name), trend]


def why_none(rows: pd.DataFrame, years: pd.DataFrame, about: Indicator) -> tuple[str, int]:
    """Return why the ward itself has no forecast, and how many points or pooled years it has.

    ``rows`` are the ward's own, ``years`` those of them that are ``single_years``. ``""`` where
    there are enough of these.
    """
    points = int(years.numerator.notna().sum())
    if points >= baselines.FEWEST_FOR_LEVEL and about.kind in KINDS:
        return "", points
    is_modelled = rows.basis.eq(Basis.MODELLED).any()
    if is_modelled or about.kind not in KINDS:
        return ("modelled" if is_modelled else "no base"), len(rows)
    if any(" to " in label for label in rows.period):
        return "pooled", years_of(max(rows.period, key=len))
    return ("one point" if len(rows) == 1 else "under four"), len(rows)


def _label(start: int, about: Indicator) -> str:
    return f"{start}/{(start + 1) % 100:02d}" if about.period_kind == "financial" else str(start)
