"""What there is: editions, wards and indicators with their ages."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from darlington_analysis.core.answers import Answer
from darlington_analysis.core.settings import Edition
from darlington_analysis.evidence import deprivation, table
from darlington_analysis.sources.areas import Ward
from darlington_analysis.sources.indicators import indicator


@dataclass(frozen=True)
class Editions(Answer):
    """The editions of the project, the default one first named."""

    editions: tuple[Edition, ...]
    default: str


@dataclass(frozen=True)
class Wards(Answer):
    """The wards of the default edition, each with the state of its support."""

    wards: tuple[Ward, ...]
    states: tuple[str, ...]


@dataclass(frozen=True)
class Ages(Answer):
    """One row an indicator: title, period, is_dummy, status of its ward figures."""

    rows: pd.DataFrame

    @property
    def frame(self) -> pd.DataFrame:
        """One row an indicator."""
        return self.rows


@dataclass(frozen=True)
class Overview(Answer):
    """The whole project at a glance."""

    table: table.EditionTable

    @property
    def editions(self) -> Editions:
        """Which editions there are."""
        settings = self.table.settings
        return Editions(settings.editions, settings.packs.default_edition)

    @property
    def wards(self) -> Wards:
        """Which wards the default edition has."""
        wards = self.table.wards.wards
        decided = self.table.support
        states = tuple(deprivation.support_state(decided, ward.code) for ward in wards)
        return Wards(wards, states)

    @cached_property
    def indicators(self) -> Ages:
        """Which indicators there are for wards, and how old they are."""
        slugs = sorted(set(self.table.rows[self.table.rows.area_type == "ward"].indicator))
        latest = [self.table.latest(slug).iloc[0] for slug in slugs]
        return Ages(
            pd.DataFrame(
                {
                    "title": indicator(row.indicator).title,
                    "period": row.period,
                    "is_dummy": row.is_dummy,
                }
                for row in latest
            )
        )


def overview() -> Overview:
    """Return what there is in the project's default edition."""
    return Overview(table.load())
