"""The sums that bind an edition's controlled rows, found from the rows themselves."""

from collections.abc import Collection

import pandas as pd

from darlington_analysis.catalogue import periods
from darlington_analysis.methods.cells import Key, Sum, keys_of, order


def sums_of(rows: pd.DataFrame, wards: Collection[str], borough: str) -> list[Sum]:
    """Return the sums between rows of one indicator: wards to borough, years to pooled periods.

    Wards count only where every one of ``wards`` has a row. The years of a pooled period that
    have no row are unknown counts, taken in where pooled periods of one area overlap.
    """
    keys = keys_of(rows)
    return [*_to_borough(keys, wards, borough), *_to_pooled(keys)]


def single_years(label: str) -> list[str]:
    """Return the financial years of a pooled period; none for any other label."""
    if " to " not in label:
        return []
    whole = periods.parse(label, "pooled")
    years = range(whole.first_day.year, whole.last_day.year)
    return [f"{year}/{(year + 1) % 100:02d}" for year in years]


def _to_borough(keys: list[Key], wards: Collection[str], borough: str) -> list[Sum]:
    found = []
    for key in sorted((each for each in keys if each[0] == borough), key=order):
        parts = tuple((ward, *key[1:]) for ward in sorted(wards))
        if set(parts) <= set(keys):
            found.append(Sum(key, parts))
    return found


def _to_pooled(keys: list[Key]) -> list[Sum]:
    pooled = [key for key in sorted(keys, key=order) if single_years(key[1])]
    found = []
    for key in pooled:
        parts = tuple((key[0], year, *key[2:]) for year in single_years(key[1]))
        beside = [other for other in pooled if other != key and other[0] == key[0]]
        if set(parts) <= set(keys) or any(_overlap(key, other) for other in beside):
            found.append(Sum(key, parts))
    return found


def _overlap(key: Key, other: Key) -> bool:
    shared = set(single_years(key[1])) & set(single_years(other[1]))
    return key[2:] == other[2:] and bool(shared)
