"""Claimants by ward: the publisher's percentages, without limits of ours."""

import pandas as pd

from darlington_analysis.catalogue import sources
from darlington_analysis.cleaning import best_fit, tidy
from darlington_analysis.project import Project

ROUNDED = 60  # 20 wards and the borough are each rounded to 5, so 2.5 off at most: 52.5


def clean(project: Project) -> tidy.Cleaned:
    """Return claimants as a percentage of residents aged 16 to 64, a row an area and month."""
    raw = sources.open_raw(project, sources.find(project, "claimant-count"))
    kept, aside = tidy.sift(raw, ["claimants", "percent"], ["month", "area_code"])
    rows = tidy.tidy(
        kept.assign(numerator=kept.claimants, value=kept.percent, period=kept.month),
        raw.source,
        indicator="claimants",
        method="published",
    )
    checks = [
        check
        for _, month in kept.groupby("month")
        for check in best_fit.near_borough(month, ["claimants"], ROUNDED)
    ]
    checks.append(_percents_are_possible(kept))
    return tidy.Cleaned(rows, aside, (raw.source,), len(raw.frame), tuple(checks))


def _percents_are_possible(kept: pd.DataFrame) -> tuple[str, int, int]:
    return "claimants: percentages of 0 to 100", len(kept), int(kept.percent.between(0, 100).sum())
