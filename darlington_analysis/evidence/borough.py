"""All wards at once: their places on the Index, and every indicator with its limits."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from darlington_analysis.core.answers import Answer
from darlington_analysis.core.settings import Edition, Support
from darlington_analysis.evidence import (
    deprivation,
    indicator,
    review,
    review_statements,
    robustness,
    scan,
    table,
)
from darlington_analysis.evidence.claims import Claim, claim
from darlington_analysis.evidence.sections import KeyFigures
from darlington_analysis.sources import areas, outlines
from darlington_analysis.sources.indicators import Indicator, register
from darlington_analysis.sources.outlines import Outlines
from darlington_analysis.statistics import comparisons

_STEPS = 60  # points of a drawn curve
WIDE, NARROW, WITHIN = "beyond both", "beyond the inner", "within"


@dataclass(frozen=True)
class Funnel(Answer):
    """One indicator's funnel.

    ``wards``: area_code, area_name, denominator, value, ``beyond`` (``WIDE``, ``NARROW`` or
    ``WITHIN``), value first in order. ``curve``: denominator, lower_95, upper_95, lower_998,
    upper_998, from small to large. ``benchmark``: its one row, with area_name and value.
    """

    indicator: Indicator
    wards: pd.DataFrame
    curve: pd.DataFrame
    benchmark: pd.Series


@dataclass(frozen=True)
class Funnels(Answer):
    """The funnels of every observed proportion of an edition."""

    each: tuple[Funnel, ...]
    provenance: dict

    @property
    def frame(self) -> pd.DataFrame:
        """Every ward's row of every indicator that has a funnel, with ``beyond``."""
        return pd.concat([funnel.wards for funnel in self.each], ignore_index=True)


def of_proportion(about: Indicator, wards: pd.DataFrame, benchmark: pd.Series) -> Funnel:
    """Return the funnel of wards round a benchmark, chance alone allowed for.

    ``wards`` are rows of the one table with area_name. Spiegelhalter (2005): limits at tails of
    2.5% and 0.1%; verdicts are those of ``comparisons.funnel_significance``.
    """
    judged = comparisons.funnel_significance(wards, float(benchmark.value))
    beyond = judged.significance.map(_beyond)
    shown = judged.assign(beyond=beyond).sort_values("value", ascending=False)
    people = judged.denominator.dropna()
    sizes = np.linspace(people.min() * 0.9, people.max() * 1.05, _STEPS)
    curve = comparisons.funnel_limits(pd.DataFrame({"denominator": sizes}), float(benchmark.value))
    return Funnel(about, shown, curve, benchmark)


def _beyond(verdict: str) -> str:
    if verdict.endswith("99.8% limits"):
        return WIDE
    return NARROW if verdict.endswith("95% limits") else WITHIN


@dataclass(frozen=True)
class PlacesOnIndex(Answer):
    """Every ward's place on one edition of the Index, most deprived first."""

    period: str
    wards: pd.DataFrame
    line: float
    support: Support | None
    claims: tuple[Claim, ...]

    @property
    def frame(self) -> pd.DataFrame:
        """One row a ward, the most deprived first."""
        return self.wards


@dataclass(frozen=True)
class NotHeld(Answer):
    """An Index that an edition does not hold: it was made for other wards."""

    period: str
    edition: Edition


@dataclass(frozen=True)
class ReviewIndex(Answer):
    """The places on the Index of the council's report, None where the edition does not hold it."""

    places: PlacesOnIndex | None

    @property
    def frame(self) -> pd.DataFrame:
        """One row a ward, the most deprived first; no row without the Index."""
        return self.places.frame if self.places else pd.DataFrame()


@dataclass(frozen=True)
class BoroughMap(Answer):
    """The borough's tiles, each with its national position on the latest Index.

    ``outlines`` are the wards' real borders, None where no file of them is held.
    """

    tiles: pd.DataFrame
    places: PlacesOnIndex
    outlines: Outlines | None = None

    @property
    def frame(self) -> pd.DataFrame:
        """One row a ward, the most deprived first."""
        return self.places.frame


@dataclass(frozen=True)
class BoroughIndicators(Answer):
    """Observed indicators by ward, with their limits and England's value beside them."""

    indicators: tuple[Indicator, ...]
    wards: pd.DataFrame
    benchmarks: pd.DataFrame
    provenance: dict

    @property
    def frame(self) -> pd.DataFrame:
        """The wards' rows, then the benchmark's, of every indicator."""
        return pd.concat([self.wards, self.benchmarks], ignore_index=True)


@dataclass(frozen=True)
class BoroughEvidence(Answer):
    """All wards of one edition."""

    not_listed = Answer.not_listed | {"claims"}

    table: table.EditionTable

    def places(self, period: str | None = None) -> PlacesOnIndex | NotHeld:
        """Return every ward's place on an edition of the Index, the latest unless one is named."""
        period = period or max(self.table.edition.index_vintages)
        if period not in self.table.edition.index_vintages:
            return NotHeld(period, self.table.edition)
        wards = self._placed[self._placed.period == period].sort_values("place")
        line = self.table.settings.support.most_deprived_percent
        return PlacesOnIndex(period, wards, line, self.table.support, (self._count_claim(line),))

    @property
    def review_index(self) -> ReviewIndex:
        """Every ward's place on the Index of the council's report, where this edition holds it."""
        said = review_statements.statements(self.table.project)
        is_held = said and said.index_vintage in self.table.edition.index_vintages
        return ReviewIndex(self.places(said.index_vintage) if is_held else None)

    @cached_property
    def map(self) -> BoroughMap:
        """Where the deprived wards are."""
        tiles = areas.hexagons(self.table.project, self.table.wards.name)
        borders = outlines.outlines(self.table.project, self.table.wards.name)
        return BoroughMap(tiles, self.places(), borders)

    @cached_property
    def indicators(self) -> BoroughIndicators:
        """Every observed indicator of the edition, real figures only."""
        every = [each for each in register().values() if each.kind == "proportion"]
        latest = {each.slug: self.table.latest(each.slug) for each in every}
        shown = [each for each in every if len(latest[each.slug])]
        rows = pd.concat(
            [self.table.of(each.slug, period=latest[each.slug].period.iloc[0]) for each in shown]
        )
        named = indicator.with_names(self.table, rows[~rows.is_dummy])
        first = self.table.settings.benchmarks.areas[0]
        return BoroughIndicators(
            tuple(shown),
            named[named.area_type == "ward"],
            named[named.area_code == first],
            self.table.provenance,
        )

    @cached_property
    def funnels(self) -> Funnels:
        """How far each ward lies from the benchmark, for its size; observed proportions only."""
        shown = self.indicators
        drawn = []
        for about in shown.indicators:
            wards = shown.wards[shown.wards.indicator == about.slug]
            beside = shown.benchmarks[shown.benchmarks.indicator == about.slug]
            if len(beside):
                drawn.append(of_proportion(about, wards, beside.iloc[0]))
        return Funnels(tuple(drawn), self.table.provenance)

    @property
    def key_figures(self) -> KeyFigures:
        """Every ward's place on each Index, for people who check notebooks."""
        return KeyFigures(self.claims)

    @cached_property
    def robustness(self) -> robustness.BoroughRobustness:
        """Which wards' places hold, however the Index is added up."""
        return robustness.of_borough(self.table)

    @cached_property
    def scan(self) -> scan.Scan:
        """Every real indicator of every ward, false alarms held down."""
        return scan.of_borough(self.table)

    @cached_property
    def pockets(self) -> deprivation.Pockets:
        """Need inside wards that do not stand out."""
        return deprivation.of_borough(self.table)

    @cached_property
    def documents(self) -> review_statements.Documents:
        """The documents' own statements, each with its verdict."""
        return review_statements.of_borough(self.table)

    @property
    def agreements(self) -> review.AgreementsOverview:
        """Every partnership's agreement: how far, on what, and what is open."""
        return review.of_borough(self.table)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Every claim on the borough as a whole."""
        parts = (self.places(), self.robustness, self.scan, self.pockets, self.documents)
        return tuple(claim for part in parts for claim in part.claims)

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
