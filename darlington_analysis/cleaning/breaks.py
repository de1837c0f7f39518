"""Series of wards that break where the wards changed: the first figure after it is marked ``b``."""

import re

import pandas as pd

from darlington_analysis.catalogue import areas, lineage
from darlington_analysis.project import Project

MARK = "b"


def marked(project: Project, table: pd.DataFrame) -> pd.DataFrame:
    """Return the one table with ``b`` on the first figures of wards since 2015, where the same
    indicator has earlier figures of the wards before.

    A figure that has another mark keeps it; made-up figures make no series.
    """
    before, since = (
        {ward.code for ward in areas.ward_set(project, name).wards}
        for name in (lineage.NESTED, lineage.SINCE)
    )
    wards = table[table.area_type.eq("ward") & ~table.is_dummy]
    told = table.copy()
    for _, own in wards.groupby(["indicator", "breakdown"]):
        first = _first(own[own.area_code.isin(since)])
        earlier = _first(own[own.area_code.isin(before)])
        if first and earlier and earlier < first:
            starts = own.area_code.isin(since) & own.period.map(_year).eq(first)
            rows = own[starts & own.status.eq("")].index
            told.loc[rows, "status"] = MARK
    return told


def _first(rows: pd.DataFrame) -> int:
    """Return the year of the first period, 0 where there is none."""
    return int(rows.period.map(_year).min()) if len(rows) else 0


def _year(period: str) -> int:
    found = re.search(r"(?:19|20)\d\d", period)
    return int(found[0]) if found else 0
