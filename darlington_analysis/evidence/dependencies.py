"""The rows that one ward's pack rests on: those it lists, and those that change it."""

import hashlib
from collections.abc import Collection

import pandas as pd

from darlington_analysis import __version__
from darlington_analysis.evidence import deprivation, table
from darlington_analysis.evidence.claims import hash_of_lines, lines_of
from darlington_analysis.evidence.indicator import with_names
from darlington_analysis.sources.areas import Ward


def listed(loaded: table.EditionTable, ward: Ward, wider_only: Collection[str]) -> pd.DataFrame:
    """Return the gated rows of a ward, its neighbourhoods and its benchmarks, with their names.

    ``wider_only``: slugs of indicators that exist for wider areas alone; all their rows are listed.
    """
    rows, beside = loaded.shared("in order", lambda: _in_order(loaded))
    lsoas = deprivation.pockets_of(loaded, ward).area_code
    own = rows.area_code.isin([ward.code, *lsoas])
    return rows[own | beside | rows.indicator.isin(wider_only)].reset_index(drop=True)


def _in_order(loaded: table.EditionTable) -> tuple[pd.DataFrame, pd.Series]:
    """Return every row as packs list them, and whether it is of a wider area beside wards."""
    rows = loaded.rows.sort_values(["indicator", "area_type", "area_code", "period", "breakdown"])
    beside = rows.area_type.isin(["borough", "country"]) & table.is_beside_wards(rows)
    return with_names(loaded, rows), beside


def version_id(loaded: table.EditionTable, ward: Ward) -> str:
    """Return twelve letters that change when anything a ward's pack rests on does."""
    lines = loaded.shared("lines", lambda: pd.Series(lines_of(loaded.rows)))
    parts = [
        hash_of_lines(lines[is_rested_on(loaded, ward).to_numpy()]),
        loaded.settings.model_dump_json(),
        __version__,
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def is_rested_on(loaded: table.EditionTable, ward: Ward) -> pd.Series:
    """Return True for the edition's rows that a ward's pack shows, or makes something from.

    Every ward stands in every other's charts; but only a ward's own pack shows how old its
    residents are, and its neighbourhoods.
    """
    is_alone = loaded.shared("of one pack", lambda: _is_of_one_pack(loaded.rows))
    pockets = deprivation.pockets_of(loaded, ward).area_code
    return loaded.rows.area_code.isin([ward.code, *pockets]) | ~is_alone


def _is_of_one_pack(rows: pd.DataFrame) -> pd.Series:
    residents = rows.area_type.eq("ward") & rows.indicator.eq("residents")
    return rows.area_type.eq("lsoa") | residents
