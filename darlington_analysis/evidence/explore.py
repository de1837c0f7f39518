"""Any indicator, any ward, any period: what an analyst may ask of an edition."""

from dataclasses import dataclass

import pandas as pd

from darlington_analysis.core.answers import Answer
from darlington_analysis.core.errors import UnknownAreaError
from darlington_analysis.core.vocabulary import Basis
from darlington_analysis.evidence import table
from darlington_analysis.evidence.indicator import with_names
from darlington_analysis.sources import areas
from darlington_analysis.sources.indicators import Indicator, indicator

RESIDENTS = "residents"


@dataclass(frozen=True)
class Look(Answer):
    """One indicator in one period: every ward's row, the ward picked out, and a wider area's row.

    ``beside`` is empty where nobody publishes the indicator for that area and period.
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
