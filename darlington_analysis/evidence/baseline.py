"""History and what comes next if nothing changes: series of single years, forecast, has it changed.

Two to four points are not tested: docs/coverage.md shows that such a test finds changes in large
counts that are not there.
"""

import pandas as pd

from darlington_analysis.core import periods
from darlington_analysis.core.vocabulary import Basis, Status
from darlington_analysis.evidence.claims import Claim, RowsUsed, as_printed, claim
from darlington_analysis.evidence.table import period_kind
from darlington_analysis.sources.indicators import Indicator, indicator
from darlington_analysis.statistics import forecasts as baselines
from darlington_analysis.statistics import trends

KINDS = ("rate", "proportion")
FIGURES = ("value", "lower_limit", "upper_limit")


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


def forecasts(series: pd.DataFrame, about: Indicator) -> pd.DataFrame:
    """Return the forecasts of every area of ``series``, one under the other."""
    filled = [
        ahead
        for _, own in series.groupby("area_code", sort=False)
        if own.numerator.notna().sum() >= baselines.FEWEST_FOR_LEVEL
        and len(ahead := forecast(own, about))
    ]
    return pd.concat(filled, ignore_index=True) if filled else series.head(0)


def changes(series: pd.DataFrame, about: Indicator) -> dict[str, str]:
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


def years_of(label: str) -> int:
    """Return how many years a period's label covers: 5 for "2006/07 to 2010/11"."""
    first, _, last = label.partition(" to ")
    return int(last[:4]) - int(first[:4]) + 1 if last else 1


def _label(start: int, about: Indicator) -> str:
    return f"{start}/{(start + 1) % 100:02d}" if about.period_kind == "financial" else str(start)
