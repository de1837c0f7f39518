"""What the evidence says of a target that people agreed: chance, direction, reach, and when."""

from datetime import date

import pandas as pd

from darlington_analysis.agreements.checks.check import (
    BETTER,
    SAME,
    WORSE,
    GapChanges,
    TargetFacts,
)
from darlington_analysis.agreements.parts import Outcome
from darlington_analysis.core.errors import SourceError
from darlington_analysis.core.vocabulary import Polarity, Status
from darlington_analysis.evidence import table as tables
from darlington_analysis.evidence.baseline import years_of
from darlington_analysis.evidence.table import EditionTable, last_day
from darlington_analysis.sources.areas import Ward
from darlington_analysis.sources.indicators import (
    Indicator,
    NextRelease,
    indicator,
    next_after,
    register,
)
from darlington_analysis.statistics import rates
from darlington_analysis.statistics.power import to_be_level, what_would_it_take

TOLD, NOT_TOLD, MADE_UP, WITHHELD, NO_FIGURE, NEITHER, IMPOSSIBLE = (
    "told",
    "not told",
    "made up",
    "withheld",
    "no figure",
    "neither",
    "impossible",
)
_NAN = float("nan")


def assess_target(
    table: EditionTable, wards: tuple[Ward, ...], outcome: Outcome, since: date
) -> TargetFacts:
    """Return what the evidence says of an outcome's target, in one ward or in several together.

    Nothing is judged on a made-up, modelled or withheld figure; proportions are set against as
    many people asked once more, rates against the years from their period to the target's day.
    ``since`` is the day on which the two sides began.
    """
    level, slug = outcome.target.level, outcome.indicator
    figures = together(table, wards, slug)
    if figures.empty or indicator(slug).kind not in ("proportion", "rate"):
        return TargetFacts(NO_FIGURE, _NAN, level, coming=_coming(slug, since))
    row, measured = figures.iloc[0], indicator(slug)
    if reason := _why_not_judged(row, measured, level):
        return TargetFacts(reason, _NAN, level, coming=_coming(slug, since))
    verdict, change = _told_from_chance(figures, measured, outcome)
    best_ward, best = _best(table, measured)
    return TargetFacts(
        verdict,
        float(row.value),
        level,
        way=_way(measured, float(row.value), level),
        change=change,
        counts_people=measured.kind == "proportion",
        years=outcome.target.by.year - last_day(slug, row.period).year,
        best=best,
        best_ward=best_ward,
        gap_changes=gap_changes(table, slug),
        coming=_coming(slug, since),
    )


def together(table: EditionTable, wards: tuple[Ward, ...], slug: str) -> pd.DataFrame:
    """Return the latest figure of some wards as one row: their figures, or their counts added up.

    It is empty where one of them has no figure, or the counts can't be added up.
    """
    if slug not in register():
        return table.rows.head(0)
    rows = table.latest(slug)
    rows = rows[rows.area_code.isin([ward.code for ward in wards]) & rows.breakdown.eq("all")]
    if len(wards) == 1 or len(rows) != len(wards):
        return rows if len(rows) == len(wards) else rows.head(0)
    first = rows.head(1).assign(
        area_code="+".join(rows.area_code),
        numerator=rows.numerator.sum(min_count=len(rows)),
        denominator=rows.denominator.sum(min_count=len(rows)),
        is_dummy=rows.is_dummy.any(),
    )
    method = {"proportion": rates.proportions, "rate": rates.rates}.get(indicator(slug).kind)
    if method is None or first.numerator.isna().any():
        return rows.head(0)
    return method(first, indicator(slug).multiplier)


def gap_changes(table: EditionTable, slug: str) -> GapChanges | None:
    """Return how far wards' gaps to England moved between the two latest censuses of an edition.

    The wards of another edition are a yardstick where this edition has one census alone. It is None
    where no edition has two. Only figures of one method and of the same wards are compared.
    """
    return table.shared(("gap changes", slug), lambda: _gap_changes_anywhere(table, slug))


def _gap_changes_anywhere(table: EditionTable, slug: str) -> GapChanges | None:
    if changes := _gap_changes(table, slug):
        return changes
    for edition in table.settings.editions:
        if edition.id != table.edition.id:
            try:
                other = tables.load(edition.id, table.project)
            except SourceError:
                continue
            if changes := _gap_changes(other, slug):
                return changes
    return None


def _gap_changes(table: EditionTable, slug: str) -> GapChanges | None:
    if indicator(slug).period_kind != "census":
        return None
    country = table.settings.place.country.code
    rows = table.of(slug, breakdown="all")
    rows = rows[~rows.is_dummy & (rows.area_type.eq("ward") | rows.area_code.eq(country))]
    wide = rows.pivot_table(index="area_code", columns="period", values="value")
    periods = sorted(wide.columns, key=lambda period: last_day(slug, period))[-2:]
    if len(periods) < 2 or country not in wide.index:
        return None
    gaps = wide[periods] - wide.loc[country, periods]
    moved = (gaps[periods[1]] - gaps[periods[0]]).drop(country).dropna()
    if moved.empty:
        return None
    years = last_day(slug, periods[1]).year - last_day(slug, periods[0]).year
    towards_good = moved * indicator(slug).polarity.sign_of_good
    return GapChanges(*periods, years, tuple(sorted(map(float, towards_good))))


def _coming(slug: str, since: date) -> NextRelease | None:
    """Return when a figure is next published that describes a day after the two sides began."""
    return next_after(slug, since)


def _why_not_judged(row: pd.Series, measured: Indicator, level: float) -> str:
    if row.is_dummy:
        return MADE_UP
    if measured.polarity is Polarity.NEITHER:
        return NEITHER
    if level > measured.most or (measured.kind == "proportion" and level > measured.multiplier):
        return IMPOSSIBLE
    is_withheld = Status(row.status).is_missing or pd.isna(row.numerator)
    return WITHHELD if is_withheld else ""


def _way(measured: Indicator, value: float, level: float) -> str:
    if level == value:
        return SAME
    return BETTER if (level - value) * measured.polarity.sign_of_good > 0 else WORSE


def _told_from_chance(
    figures: pd.DataFrame, measured: Indicator, outcome: Outcome
) -> tuple[str, float]:
    """Return whether a target can be told from chance, and the change in people or events."""
    row, level = figures.iloc[0], outcome.target.level
    if measured.kind == "proportion":
        level_row = to_be_level(figures, level, measured.multiplier).iloc[0]
        return TOLD if level_row.can_be_told else NOT_TOLD, float(round(level_row.change))
    if row.value == 0:
        return NOT_TOLD, 0.0
    years = max(1, outcome.target.by.year - last_day(measured.slug, row.period).year)
    rate_row = what_would_it_take(
        row.numerator,
        level / row.value - 1,
        baseline_years=years_of(row.period),
        years=(years,),
    ).iloc[0]
    return TOLD if rate_row.can_be_told else NOT_TOLD, float(round(rate_row.change_a_year, 1))


def _best(table: EditionTable, measured: Indicator) -> tuple[str, float]:
    """Return the ward with the best figure now, and the figure."""
    rows = table.latest(measured.slug)
    rows = rows[rows.breakdown.eq("all") & rows.value.notna()]
    if rows.empty:
        return "", _NAN
    signed = rows.value.astype(float) * measured.polarity.sign_of_good
    best = rows.loc[signed.idxmax()]
    return table.wards.ward(best.area_code).name, float(best.value)
