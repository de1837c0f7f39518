"""Rates of first-time entrants in the releases of the Local Authority Interactive Tool."""

import pandas as pd

from darlington_analysis.cleaning import indicator_rows
from darlington_analysis.cleaning.releases import FIRST_TIME_ENTRANTS, Trusted, reasons
from darlington_analysis.core.project import Project
from darlington_analysis.sources import register
from darlington_analysis.sources.areas import COUNTRY


def clean(project: Project) -> indicator_rows.Cleaned:
    """Return every release's rates that pass, each under its own vintage, oldest first.

    A release is checked against England's rates as they were printed elsewhere; what fails is set
    aside with the reason. Which vintage is in use is the edition's affair (evidence.vintages).
    """
    trusted = printed(project)
    found = sorted(register.find_every(project, "fte-lait-rates"), key=lambda each: each.vintage)
    return indicator_rows.merge([_release(project, source, trusted) for source in found])


def printed(project: Project) -> Trusted:
    """Return England's rates as they were printed elsewhere, which releases are checked by.

    Without any, no release can be believed: each is set aside with that reason.
    """
    found = register.find_all(project, "fte-england-rates")
    if not found:
        return Trusted({COUNTRY: pd.Series(dtype=float)})
    kept, _ = indicator_rows.sift(
        register.open_raw(project, found[-1]), ["rate_per_100000"], ["area_code", "period"]
    )
    return Trusted({COUNTRY: kept.set_index("period").rate_per_100000})


def _release(project: Project, source: register.Source, trusted: Trusted) -> indicator_rows.Cleaned:
    raw = register.open_raw(project, source)
    kept, aside = indicator_rows.sift(raw, ["rate_per_100000"], ["area_code", "year_label"])
    why = reasons(kept.assign(rate=kept.rate_per_100000), COUNTRY, trusted)
    failed = [
        indicator_rows.left_out(kept[why == reason], source, reason)
        for reason in why.unique()
        if reason
    ]
    passed = kept[why == ""]
    rows = indicator_rows.tidy(
        passed.assign(value=passed.rate_per_100000, period=passed.year_label),
        source,
        indicator=FIRST_TIME_ENTRANTS,
        method="published",
    )
    return indicator_rows.Cleaned(
        rows, indicator_rows.stack([aside, *failed]), (source,), len(raw.frame)
    )
