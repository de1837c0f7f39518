"""Tables of figures as analysts ask for them, and one indicator with all that is known of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from darlington_analysis.core.errors import UnknownAreaError, UsageError
from darlington_analysis.core.vocabulary import Basis, is_missing
from darlington_analysis.evidence import table
from darlington_analysis.evidence.indicator import with_names
from darlington_analysis.evidence.table import EditionTable, last_day
from darlington_analysis.sources import areas
from darlington_analysis.sources.indicators import Indicator, indicator, register
from darlington_analysis.statistics import comparisons, differences

COLUMNS = [
    "area",
    "area_code",
    "area_type",
    "indicator",
    "period",
    "value",
    "lower_limit",
    "upper_limit",
    "unit",
    "numerator",
    "denominator",
    "status",
    "basis",
    "fit",
    "is_dummy",
    "source",
]
"""The columns of a table of figures, in order."""

_MADE_UP = "A made-up figure is not compared."
_MISSING = "One of the two figures is not shown."
_NO_LIMITS = "One of the two figures has no limits, so the difference has none."
_SHARED_OUT = "One of the two figures is an estimate for a ward whose borders cut through areas."


def figures(
    table: EditionTable,
    slug: str | None = None,
    *,
    period: str = "latest",
    wards_only: bool = False,
) -> pd.DataFrame:
    """Return figures of wards and of the areas they are compared with, one row a figure.

    ``period`` is "latest" (the last that wards have a figure of), "all", or one period. Raises
    UnknownAreaError for an indicator or a period without figures.
    """
    slugs = [slug] if slug else _of_wards(table)
    parts = [_of_one(table, each_slug, period, is_asked_for=bool(slug)) for each_slug in slugs]
    rows = with_names(table, pd.concat(parts)) if parts else with_names(table, table.rows.head(0))
    if wards_only:
        rows = rows[rows.area_type.eq("ward")]
    units = {name: known.unit for name, known in register().items()}
    rows = rows.assign(unit=rows.indicator.map(units)).rename(columns={"area_name": "area"})
    return rows[COLUMNS].reset_index(drop=True)


def _of_wards(table: EditionTable) -> list[str]:
    has_wards = table.rows.area_type.eq("ward") & table.rows.breakdown.eq("all")
    return sorted(set(table.rows[has_wards].indicator))


def _of_one(table: EditionTable, slug: str, period: str, *, is_asked_for: bool) -> pd.DataFrame:
    """Return one indicator's rows: wards by name, then wider areas from small to large."""
    indicator(slug)  # an unknown one is an error that lists the known ones
    rows = table.of(slug, breakdown="all")
    rows = rows[rows.area_type.ne("lsoa")]
    wards = rows[rows.area_type.eq("ward")]
    if period == "latest" and len(wards):
        period = table.latest(slug).period.iloc[0]
    if period not in ("all", "latest"):
        rows = rows[rows.period.eq(period)]
    if rows.empty and is_asked_for:
        known = sorted(set(table.of(slug).period), key=lambda label: last_day(slug, label))
        raise UnknownAreaError(
            f'The {table.edition.title} has no figure of "{slug}" for {period}',
            f"It has figures for: {', '.join(known) or 'no period'}.",
            'leave the period out, or ask for period="all"',
        )
    names = {ward.code: ward.name for ward in table.wards.wards}
    order = ["ward", "borough", "region", "country"]
    keys = pd.DataFrame(
        {
            "type": rows.area_type.map(order.index),
            "name": rows.area_code.map(names).fillna(""),
            "day": [last_day(slug, label) for label in rows.period],
        },
        index=rows.index,
    )
    return rows.loc[keys.sort_values(["type", "name", "day"]).index]


def indicators(table: EditionTable) -> pd.DataFrame:
    """Return the indicators of wards: slug, title, unit, polarity, latest period, is_dummy."""
    latest = {slug: table.latest(slug).iloc[0] for slug in _of_wards(table)}
    return pd.DataFrame(
        {
            "indicator": slug,
            "title": indicator(slug).title,
            "unit": indicator(slug).unit,
            "polarity": str(indicator(slug).polarity),
            "period": row.period,
            "is_dummy": bool(row.is_dummy),
        }
        for slug, row in latest.items()
    )


def compare(
    table: EditionTable, wards: Sequence[str], slug: str, *, period: str = "latest"
) -> pd.DataFrame:
    """Return every pair of the named wards on one indicator, one row a pair.

    ``difference`` is the first ward less the other in the indicator's unit, with 95% limits made
    from the limits of both (``statistics.differences.from_limits``). ``note`` says why there are
    none, or what to mind. Raises UnknownAreaError for a ward or an indicator that does not exist,
    UsageError for fewer than two wards.
    """
    named = [] if isinstance(wards, str) else wards
    codes = list(dict.fromkeys(table.wards.find(str(name)).ward.code for name in named))
    if len(codes) < 2:
        raise UsageError(
            "A comparison needs at least two different wards",
            "Wards are named in a list, by name or by code.",
            'compare(["Park East", "Mowden"], "no-qualifications")',
        )
    rows = figures(table, slug, period=period, wards_only=True).set_index("area_code")
    if rows.index.has_duplicates:
        raise UsageError(
            f'A comparison is made within one period, and "{period}" is more than one',
            "One period, or the latest.",
            "name one period, or leave it out",
        )
    pairs = pd.DataFrame(combinations(codes, 2), columns=["one", "other"])
    one = rows.reindex(pairs.one).reset_index(drop=True)
    other = rows.reindex(pairs.other).reset_index(drop=True)
    note = _notes(one, other)
    is_compared = note.isin(["", _SHARED_OUT])
    lower, upper = differences.from_limits(
        one.value,
        one.lower_limit,
        one.upper_limit,
        other.value,
        other.lower_limit,
        other.upper_limit,
    )
    lower, upper = lower.where(is_compared), upper.where(is_compared)
    return pd.DataFrame(
        {
            "ward": one.area,
            "other": other.area,
            "indicator": slug,
            "period": one.period,
            "value": one.value,
            "other_value": other.value,
            "difference": (one.value - other.value).where(is_compared | note.eq(_NO_LIMITS)),
            "lower_limit": lower,
            "upper_limit": upper,
            "comparison": comparisons.in_words(lower, upper, np.zeros(len(pairs))),
            "note": note,
        }
    )


def _notes(one: pd.DataFrame, other: pd.DataFrame) -> pd.Series:
    """Return what stands in the way of each comparison, or is to be minded; "" for most."""
    is_shared_out = one.fit.str.startswith("apportioned") | other.fit.str.startswith("apportioned")
    note = pd.Series(_SHARED_OUT, index=one.index).where(is_shared_out, "")
    has_limits = one[["lower_limit", "upper_limit"]].notna().all(axis=1)
    has_limits &= other[["lower_limit", "upper_limit"]].notna().all(axis=1)
    note = note.where(has_limits, _NO_LIMITS)
    note = note.where(~(is_missing(one.status) | is_missing(other.status)), _MISSING)
    return note.where(~(one.is_dummy.astype(bool) | other.is_dummy.astype(bool)), _MADE_UP)


@dataclass(frozen=True)
class Look:
    """One indicator in one period: every ward's row, the ward picked out, and a wider area's row.

    ``beside`` is empty where nobody publishes the indicator for that area and period.
    """

    indicator: Indicator
    ward: areas.Ward
    period: str
    wards: pd.DataFrame
    beside: pd.DataFrame
    provenance: dict

    @property
    def row(self) -> pd.Series:
        """The picked ward's own row."""
        return self.wards[self.wards.area_code == self.ward.code].iloc[0]

    @property
    def is_unordered(self) -> bool:
        """True where no order is made of wards: made-up and modelled figures."""
        return bool(self.wards.is_dummy.any()) or self.row.basis == Basis.MODELLED


@dataclass(frozen=True)
class Explorer:
    """What can be asked of an edition, and the answers."""

    table: table.EditionTable

    @property
    def indicators(self) -> dict[str, str]:
        """Slug by title, of every indicator that wards have figures of, by title."""
        rows = self.table.rows
        slugs = set(rows[rows.area_type.eq("ward") & rows.breakdown.eq("all")].indicator)
        return {indicator(slug).title: slug for slug in sorted(slugs, key=_title)}

    @property
    def wards(self) -> dict[str, str]:
        """Code by name, of every ward."""
        return {ward.name: ward.code for ward in self.table.wards.wards}

    @property
    def comparisons(self) -> dict[str, str]:
        """Code by name, of the wider areas a ward may be set beside."""
        settings = self.table.settings
        return {settings.place.names[code]: code for code in settings.benchmarks.areas}

    def periods(self, slug: str) -> list[str]:
        """Return the periods that wards have figures of, the latest first."""
        found = set(self.table.of(slug, area_type="ward", breakdown="all").period)
        return sorted(found, key=lambda each: table.last_day(slug, each), reverse=True)

    def look(
        self, ward: str, slug: str, comparison: str = "England", period: str | None = None
    ) -> Look:
        """Return one indicator for all wards, one of them picked out, in the latest period if none
        is named. Raises UnknownAreaError for a ward, indicator, area or period there is not.
        """
        known = self.periods(slug)
        period = known[0] if period is None and known else period
        if period not in known or comparison not in self.comparisons:
            raise UnknownAreaError(
                f"No figures of {slug!r} for wards in {period}, beside {comparison}",
                f"Periods: {', '.join(known) or 'none'}; areas: {', '.join(self.comparisons)}",
                "look at explorer.indicators and explorer.periods(slug)",
            )
        rows = with_names(self.table, self.table.of(slug, period=period, breakdown="all"))
        return Look(
            indicator(slug),
            self.table.wards.find(ward).ward,
            period,
            rows[rows.area_type == "ward"],
            rows[rows.area_code == self.comparisons[comparison]],
            self.table.provenance,
        )


def for_exploring(edition: str | None = None) -> Explorer:
    """Return what can be asked of an edition. Raises UnknownAreaError."""
    return Explorer(table.load(edition))


def _title(slug: str) -> str:
    return indicator(slug).title
