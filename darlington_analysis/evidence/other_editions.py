"""The same place in other editions: which of their wards hold a ward's people."""

from dataclasses import dataclass

import pandas as pd

from darlington_analysis.core.settings import Edition
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.sources import areas, lineage
from darlington_analysis.sources.register import AbsentError

LEAST_SHARE = 0.05  # of the ward's people: where fewer live is not the same place


@dataclass(frozen=True)
class Elsewhere:
    """Another edition, and its wards with the share of this ward's people in each, most first.

    ``is_earlier``: its wards are those before this ward's, so they are no more.
    """

    edition: Edition
    wards: tuple[tuple[areas.Ward, float], ...]
    is_earlier: bool = False


def of_ward(table: EditionTable, ward: areas.Ward) -> tuple[Elsewhere, ...]:
    """Return where a ward's people are in each other edition, the newest edition first.

    Editions of the wards before and after are known by the lookup of shares, those of the same
    wards by the ward itself. Where the project holds no lookup there is none.
    """
    others = [one for one in table.settings.editions if one.id != table.edition.id]
    newest_first = sorted(others, key=lambda one: one.data_as_at, reverse=True)
    before = table.settings.place.wards(table.wards.name).predecessor
    found = [
        Elsewhere(one, _wards(table, ward, one.ward_set), one.ward_set == before)
        for one in newest_first
    ]
    return tuple(one for one in found if one.wards)


def _wards(
    table: EditionTable, ward: areas.Ward, ward_set: str
) -> tuple[tuple[areas.Ward, float], ...]:
    if ward_set == table.wards.name:
        return ((ward, 1.0),)
    shares = table.shared(("lineage", ward_set), lambda: _shares(table, ward_set))
    own = shares[(shares.own == ward.code) & (shares.share >= LEAST_SHARE)]
    others = table.shared(("wards of", ward_set), lambda: areas.ward_set(table.project, ward_set))
    return tuple(
        (others.ward(row.other), row.share)
        for row in own.sort_values(["share", "other"], ascending=[False, True]).itertuples()
    )


def _shares(table: EditionTable, ward_set: str) -> pd.DataFrame:
    """Return own, other and share: of the people of a ward of this edition, those in the other."""
    place, names = table.settings.place, ["own", "other", "share"]
    if place.wards(table.wards.name).predecessor == ward_set:
        later, columns = table.wards.name, ["ward_code", "ward_code_before", "share_of_ward"]
    elif place.wards(ward_set).predecessor == table.wards.name:
        later, columns = ward_set, ["ward_code_before", "ward_code", "share_of_before"]
    else:
        return pd.DataFrame(columns=names)
    try:
        return lineage.lineage(table.project, later)[columns].set_axis(names, axis=1)
    except AbsentError:
        return pd.DataFrame(columns=names)
