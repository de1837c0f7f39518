"""Tables of figures as analysts ask for them, and one indicator with all that is known of it."""

from dataclasses import dataclass

import pandas as pd

from darlington_analysis.core.answers import Answer
from darlington_analysis.core.errors import UnknownAreaError
from darlington_analysis.core.vocabulary import Basis
from darlington_analysis.evidence import table
from darlington_analysis.evidence.indicator import with_names
from darlington_analysis.evidence.table import EditionTable, last_day
from darlington_analysis.sources import areas
from darlington_analysis.sources.indicators import Indicator, indicator, register

RESIDENTS = "residents"
COLUMNS = [
    "area",
    "area_code",
    "area_type",
    "indicator",
    "short_title",
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


def figures(
    table: EditionTable,
    slug: str | None = None,
    *,
    ward: str | None = None,
    period: str = "latest",
    wards_only: bool = False,
) -> pd.DataFrame:
    """Return figures of wards and of the areas they are compared with, one row a figure.

    ``period`` is "latest" (the last that wards have a figure of), "all", or one period. ``ward``
    leaves out the other wards. Raises UnknownAreaError for a ward that does not exist, and for an
    indicator or a period without figures.
    """
    slugs = [slug] if slug else ward_indicators(table)
    parts = [_of_one(table, each_slug, period, is_asked_for=bool(slug)) for each_slug in slugs]
    rows = with_names(table, pd.concat(parts)) if parts else with_names(table, table.rows.head(0))
    if wards_only:
        rows = rows[rows.area_type.eq("ward")]
    if ward is not None:
        own = table.wards.find(str(ward)).ward.code
        rows = rows[rows.area_type.ne("ward") | rows.area_code.eq(own)]
    known = register()
    rows = rows.rename(columns={"area_name": "area"}).assign(
        short_title=[known[slug].short_title for slug in rows.indicator],
        unit=[known[slug].unit for slug in rows.indicator],
    )
    return rows[COLUMNS].reset_index(drop=True)


def ward_indicators(table: EditionTable) -> list[str]:
    """Return the slugs of indicators that wards have figures of."""
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
    """Return the indicators of wards: slug, titles, unit, polarity, latest period, is_dummy."""
    latest = {slug: table.latest(slug).iloc[0] for slug in ward_indicators(table)}
    return pd.DataFrame(
        {
            "indicator": slug,
            "title": indicator(slug).title,
            "short_title": indicator(slug).short_title,
            "unit": indicator(slug).unit,
            "polarity": str(indicator(slug).polarity),
            "period": row.period,
            "is_dummy": bool(row.is_dummy),
        }
        for slug, row in latest.items()
    )


@dataclass(frozen=True)
class Look(Answer):
    """One indicator in one period: every ward's row, the ward picked out, and a wider area's row.

    ``beside`` is empty where the indicator is not published for that area and period.
    ``residents`` are the ward's and the wider areas' residents by age, where that is what is asked.
    """

    indicator: Indicator
    ward: areas.Ward
    period: str
    wards: pd.DataFrame
    beside: pd.DataFrame
    residents: pd.DataFrame
    provenance: dict

    @property
    def frame(self) -> pd.DataFrame:
        """Every ward's row, then that of the wider area."""
        return pd.concat([self.wards, self.beside], ignore_index=True)

    @property
    def row(self) -> pd.Series:
        """The picked ward's own row."""
        return self.wards[self.wards.area_code == self.ward.code].iloc[0]

    @property
    def is_unordered(self) -> bool:
        """True where no order is made of wards: made-up and modelled figures."""
        return bool(self.wards.is_dummy.any()) or self.row.basis == Basis.MODELLED


@dataclass(frozen=True)
class Explorer(Answer):
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
        """Return the periods that wards have figures of, the edition's latest first; a later census
        of the same wards comes last.
        """
        found = set(self.table.of(slug, area_type="ward", breakdown="all").period)
        newest_first = sorted(found, key=lambda each: table.last_day(slug, each), reverse=True)
        return sorted(newest_first, key=lambda each: not self.table.is_in_time(slug, each))

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
        picked = self.table.wards.find(ward).ward
        every = with_names(self.table, self.table.of(slug, period=period))
        rows = every[every.breakdown == "all"]
        is_shown = every.area_code.eq(picked.code) | every.area_type.isin(["borough", "country"])
        by_age = every.breakdown.str.startswith("age_") & is_shown
        return Look(
            indicator(slug),
            picked,
            period,
            rows[rows.area_type == "ward"],
            rows[rows.area_code == self.comparisons[comparison]],
            every[by_age & (slug == RESIDENTS)],
            self.table.provenance,
        )


def for_exploring(edition: str | None = None) -> Explorer:
    """Return what can be asked of an edition. Raises UnknownAreaError."""
    return Explorer(table.load(edition))


def _title(slug: str) -> str:
    return indicator(slug).title
