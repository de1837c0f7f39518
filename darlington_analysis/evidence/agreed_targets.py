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
from darlington_analysis.evidence.table import EditionTable, last_day, years_of
from darlington_analysis.sources.areas import Ward
from darlington_analysis.sources.indicators import (
    Indicator,
    NextRelease,
    indicator,
    next_after,
    register,
)
from darlington_analysis.statistics import rates
from darlington_analysis.statistics.differences import usual_moves
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
    ``since`` is the day on which the two sides began. The newest figure is the one of now, also
    where it is newer than the edition.
    """
    slug, coming = outcome.indicator, _coming(outcome.indicator, since)
    level = _NAN if outcome.target.level is None else outcome.target.level
    figures = history(table, wards, slug).tail(1)
    if figures.empty or indicator(slug).kind not in ("proportion", "rate"):
        return TargetFacts(NO_FIGURE, _NAN, level, coming=coming)
    row, measured = figures.iloc[0], indicator(slug)
    if reason := _why_not_judged(row, measured, level):
        return TargetFacts(reason, _NAN, level, coming=coming)
    when = coming.describes if coming and coming.describes else outcome.target.by
    aimed = _aimed(row, outcome, measured, _pace(table, slug, when))
    if min(aimed["level"], aimed["beside"]) < 0 or not _can_be(measured, aimed["beside"]):
        return TargetFacts(IMPOSSIBLE, float(row.value), aimed["level"], coming=coming)
    verdict, change = _told_from_chance(figures, measured, outcome, aimed["beside"])
    best_ward, best = _best(table, measured, row.period)
    return TargetFacts(
        verdict,
        float(row.value),
        change=change,
        counts_people=measured.kind == "proportion" and measured.has_people,
        years=outcome.target.by.year - last_day(slug, row.period).year,
        best=best,
        best_ward=best_ward,
        gap_changes=gap_changes(table, slug),
        coming=coming,
        **aimed,
    )


def _aimed(row: pd.Series, outcome: Outcome, measured: Indicator, pace: float) -> dict:
    """Return a target as a level and as a gap, and where the ward comes at the country's pace.

    ``pace`` is the country's figure then as a share of its figure now, not a number where that is
    not known; the country is then taken to stand still.
    """
    target, value, sign = outcome.target, float(row.value), measured.polarity.sign_of_good
    then = float(row.benchmark) * (1.0 if pd.isna(pace) else pace)
    gap = (target.level - then) if target.gap is None else target.gap
    level, beside = then + gap, value + gap - float(row.gap)
    if pd.isna(row.gap):
        level = beside = _NAN if target.level is None else target.level
    at_pace = value * pace
    wanted = beside if target.level is None else target.level
    return {
        "level": level,
        "way": _way(measured, value, wanted),
        "period": row.period,
        "gap": float(row.gap),
        "gap_then": gap,
        "at_pace": at_pace,
        "gap_at_pace": at_pace - then,
        "beside": beside,
        "is_met_by_pace": bool((at_pace - level) * sign >= 0),
    }


def _pace(table: EditionTable, slug: str, when: date) -> float:
    """Return the country's figure on a day as a share of its newest, at the pace of two censuses."""
    rows = _of_country(table, slug)
    if indicator(slug).period_kind != "census" or len(rows) < 2:
        return _NAN
    first, last = (last_day(slug, period).year for period in rows.index[-2:])
    return float((rows.iloc[-1] / rows.iloc[-2]) ** ((when.year - last) / (last - first)))


def _of_country(table: EditionTable, slug: str) -> pd.Series:
    """Return the country's figures by period, oldest first."""
    rows = table.of(slug, breakdown="all", area_code=table.settings.place.country.code)
    by_period = rows[~rows.is_dummy.astype(bool)].set_index("period").value.astype(float)
    order = sorted(by_period.index, key=lambda period: last_day(slug, period))
    return by_period[~by_period.index.duplicated()].reindex(order)


def history(table: EditionTable, wards: tuple[Ward, ...], slug: str) -> pd.DataFrame:
    """Return the figures of some wards together, oldest first, each as a gap to the country too.

    Columns beside those of the table: ``benchmark``, the country's figure, and ``gap``. Only a
    census has figures before the latest: no two others are of the same people.
    """
    if slug not in register():
        return table.rows.head(0).assign(benchmark=0.0, gap=0.0)
    rows, latest = table.of(slug, area_type="ward", breakdown="all"), table.latest(slug)
    if indicator(slug).period_kind == "census":
        rows = rows[rows.source.str.startswith("census/") | rows.period.isin(latest.period)]
    else:
        rows = rows[rows.period.isin(latest.period)]
    found = [_added_up(own, wards, slug) for _, own in rows.groupby("period")]
    every = pd.concat(found) if found else rows.head(0)
    level = every.period.map(_of_country(table, slug)).astype(float)
    order = every.period.map(lambda period: last_day(slug, period))
    return every.assign(benchmark=level, gap=every.value - level, order=order).sort_values("order")


def usual(moved: GapChanges) -> dict[str, float]:
    """Return how far the gaps of wards moved, half of them and nearly all, whichever way."""
    return usual_moves(moved.towards_good)


def gaps_of_borough(table: EditionTable, slug: str, periods: list[str]) -> list[float]:
    """Return how far the borough was from the country in some periods; not a number if unknown."""
    rows = table.of(slug, breakdown="all", area_code=table.settings.place.code)
    own = rows.drop_duplicates("period").set_index("period").value.astype(float)
    return list((own - _of_country(table, slug)).reindex(periods))


def together(table: EditionTable, wards: tuple[Ward, ...], slug: str) -> pd.DataFrame:
    """Return the newest figure of some wards as one row: their figures, or their counts added up.

    It is empty where one of them has no figure, or the counts can't be added up.
    """
    return history(table, wards, slug).tail(1)


def _added_up(rows: pd.DataFrame, wards: tuple[Ward, ...], slug: str) -> pd.DataFrame:
    rows = rows[rows.area_code.isin([ward.code for ward in wards])]
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
    if not _can_be(measured, level):
        return IMPOSSIBLE
    is_withheld = Status(row.status).is_missing or pd.isna(row.numerator)
    return WITHHELD if is_withheld else ""


def _can_be(measured: Indicator, level: float) -> bool:
    """Return False for a level that no figure of an indicator can have: 120 of 100, say."""
    most = measured.multiplier if measured.kind == "proportion" else measured.most
    return not level > min(most, measured.most)


def _way(measured: Indicator, value: float, level: float) -> str:
    if level == value:
        return SAME
    return BETTER if (level - value) * measured.polarity.sign_of_good > 0 else WORSE


def _told_from_chance(
    figures: pd.DataFrame, measured: Indicator, outcome: Outcome, level: float
) -> tuple[str, float]:
    """Return whether a level can be told from chance, and the change in people or events."""
    row = figures.iloc[0]
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


def _best(table: EditionTable, measured: Indicator, period: str) -> tuple[str, float]:
    """Return the ward with the best figure of a period, and the figure."""
    rows = table.of(measured.slug, area_type="ward", breakdown="all", period=period)
    rows = rows[rows.value.notna()]
    if rows.empty:
        return "", _NAN
    signed = rows.value.astype(float) * measured.polarity.sign_of_good
    best = rows.loc[signed.idxmax()]
    return table.wards.ward(best.area_code).name, float(best.value)
