"""All wards at once: their places on the Index, and every indicator with its limits."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from darlington_analysis.catalogue import areas
from darlington_analysis.catalogue.indicators import Indicator, register
from darlington_analysis.evidence import deprivation, indicator, table
from darlington_analysis.evidence.claims import Claim, claim
from darlington_analysis.evidence.sections import KeyFigures
from darlington_analysis.settings import Support


@dataclass(frozen=True)
class PlacesOnIndex:
    """Every ward's place on one edition of the Index, most deprived first."""

    period: str
    wards: pd.DataFrame
    line: float
    support: Support
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class BoroughMap:
    """The borough's tiles, each with its national position on the latest Index."""

    tiles: pd.DataFrame
    places: PlacesOnIndex


@dataclass(frozen=True)
class BoroughIndicators:
    """Observed indicators by ward, with their limits and England's value beside them."""

    indicators: tuple[Indicator, ...]
    wards: pd.DataFrame
    benchmarks: pd.DataFrame


@dataclass(frozen=True)
class BoroughEvidence:
    """All wards of one edition."""

    table: table.EditionTable

    def places(self, period: str | None = None) -> PlacesOnIndex:
        """Return every ward's place on an edition of the Index, the latest unless one is named."""
        period = period or max(self.table.edition.index_vintages)
        wards = self._placed[self._placed.period == period].sort_values("place")
        decided = self.table.settings.support
        line = decided.most_deprived_percent
        return PlacesOnIndex(period, wards, line, decided, (self._count_claim(line),))

    @cached_property
    def map(self) -> BoroughMap:
        """Where the deprived wards are."""
        tiles = areas.hexagons(self.table.project, self.table.wards.name)
        return BoroughMap(tiles, self.places())

    @cached_property
    def indicators(self) -> BoroughIndicators:
        """Every observed indicator of the edition, real figures only."""
        shown = [each for each in register().values() if each.kind == "proportion"]
        slugs = [each.slug for each in shown]
        rows = self.table.rows[self.table.rows.indicator.isin(slugs) & ~self.table.rows.is_dummy]
        named = indicator.with_names(self.table, rows)
        first = self.table.settings.benchmarks.areas[0]
        return BoroughIndicators(
            tuple(shown), named[named.area_type == "ward"], named[named.area_code == first]
        )

    @property
    def key_figures(self) -> KeyFigures:
        """Every ward's place on each Index, for people who check notebooks."""
        return KeyFigures(self.places().claims)

    @cached_property
    def _placed(self) -> pd.DataFrame:
        return deprivation.ward_places(self.table)

    def _count_claim(self, line: float) -> Claim:
        within = self._placed[self._placed.value <= line]
        counts = within.groupby("period").size().to_dict()
        return claim("wards-within-line", {"counts": counts, "line": line}, self._placed)


def for_borough(edition: str | None = None) -> BoroughEvidence:
    """Return the evidence for all wards of an edition. Raises UnknownAreaError."""
    return BoroughEvidence(table.load(edition))
