"""What comes next if nothing changes, what was chance, and what a target would take: one ward."""

from dataclasses import dataclass
from functools import partial

import pandas as pd

from darlington_analysis.core.vocabulary import Basis, Polarity, Status
from darlington_analysis.evidence import baseline, targets
from darlington_analysis.evidence import targets as takes
from darlington_analysis.evidence.claims import Claim, claim
from darlington_analysis.evidence.rounding import as_printed
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.sources import areas
from darlington_analysis.sources.areas import Ward
from darlington_analysis.sources.indicators import Indicator, indicator
from darlington_analysis.statistics.smoothing import empirical_bayes

COLUMNS = ["area_code", "smoothed_value", "smoothed_status", "pooled_value", "areas_pooled"]


def smoothed_smoothed(wards: pd.DataFrame, about: Indicator) -> pd.DataFrame:
    """Return a row a ward with its smoothed rate, rounded as printed; none but for rates.

    Columns: area_code, smoothed_value (null where withheld), smoothed_status ("c" there),
    pooled_value (the rate of all wards shown, together), areas_pooled. Made from the counts the
    gate let out.
    """
    if about.kind != "rate":
        return pd.DataFrame(columns=COLUMNS)
    found = empirical_bayes(wards, about.multiplier)
    for name in ("smoothed_value", "pooled_value"):
        found[name] = [as_printed(value, about) for value in found[name]]
    status = found.status.where(found.smoothed_value.isna(), "")
    return found.assign(smoothed_status=status)[COLUMNS].reset_index(drop=True)


@dataclass(frozen=True)
class Outlook:
    """The outlook of one ward on one indicator.

    ``series``: single years of the ward, where it has them, and of wider areas. ``forecast``:
    later rows of the same areas, status "f", none where the series is too short. ``smoothed``: a
    row a ward beside its raw rate (no rows for other kinds). ``take``: what a target would take.
    """

    indicator: Indicator
    series: pd.DataFrame
    forecast: pd.DataFrame
    smoothed: pd.DataFrame
    history_claims: tuple[Claim, ...]
    take: takes.Take

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Every claim of the outlook."""
        return (*self.history_claims, *self.take.claims)


def of_indicator(
    table: EditionTable, ward: Ward, wards: pd.DataFrame, benchmarks: pd.DataFrame, history
) -> Outlook:
    """Return a ward's outlook on the indicator of ``wards`` (every ward's row of one period).

    ``benchmarks`` are wider areas of that period, ``history`` wider areas of every period; all
    with area_name, all from the gated table.
    """
    about = indicator(wards.indicator.iloc[0])
    own_rows = table.of(about.slug, area_code=ward.code).assign(area_name=ward.name)
    series, ahead = _series(table, about, ward, own_rows, history)
    return Outlook(
        about,
        series,
        ahead,
        table.shared(("smoothed", about.slug), lambda: smoothed_smoothed(wards, about)),
        _history_claims(table, about, ward, own_rows, series, ahead),
        _take(table, ward, wards, benchmarks, about),
    )


def _series(table, about: Indicator, ward: Ward, own_rows, history) -> tuple[pd.DataFrame, ...]:
    """Return single years and forecasts; of wider areas alone they are the same in every ward."""
    slug = about.slug
    wider = table.shared(("years", slug), lambda: baseline.single_years(history, slug))
    own = baseline.single_years(own_rows, slug) if len(own_rows) else own_rows
    if own.empty:
        ahead = table.shared(("ahead", slug), lambda: baseline.forecasts(wider, about))
        return wider, ahead
    series = own if wider.empty else baseline.in_order(pd.concat([own, wider]))
    return series, baseline.forecasts(series, about, _once(table, "forecast", about, ward))


def _once(table: EditionTable, what: str, about: Indicator, ward: Ward):
    """Return a way to make something of an area once, but for the ward's own, which is its own."""

    def made(code: str, make):
        if code == ward.code:
            return make()
        return table.shared((what, about.slug, code), make)

    return made


def _history_claims(table, about, ward: Ward, own_rows, series, ahead) -> tuple[Claim, ...]:
    reason, points = baseline.why_none(own_rows, series[series.area_code == ward.code], about)
    facts = {"indicator": about.slug, "ward": ward.name, "reason": reason, "points": points}
    said = [claim("no-history", facts, own_rows, about.slug)] if reason else []
    if about.kind in baseline.KINDS:
        for code, own in series.groupby("area_code", sort=False):
            said += _once(table, "claims", about, ward)(
                code, partial(baseline.area_claims, own, ahead[ahead.area_code == code], about)
            )
    return tuple(said)


def _take(table: EditionTable, ward: Ward, wards, benchmarks, about: Indicator) -> takes.Take:
    own = wards[wards.area_code == ward.code]
    if about.polarity is Polarity.NEITHER or about.kind not in baseline.KINDS:
        made = "modelled" if own.basis.iloc[0] == Basis.MODELLED else "no base"
        reason = "neither" if about.polarity is Polarity.NEITHER else made
        return takes.none(about, ward, own, reason)
    if Status(own.status.iloc[0]).is_missing:
        return takes.none(about, ward, own, "withheld")
    if about.kind == "proportion":
        return takes.of_proportion(about, ward, own, benchmarks)
    touching = table.of_the_wards(areas.neighbours)[ward.code]
    near = wards[wards.area_code.isin(touching)]
    borough = benchmarks[benchmarks.area_type == "borough"]
    return targets.of_rate(about, ward, own, near, borough)
