"""Rates of first-time entrants in the releases of the Local Authority Interactive Tool."""

import pandas as pd

from darlington_analysis.catalogue import sources
from darlington_analysis.catalogue.areas import COUNTRY
from darlington_analysis.cleaning import tidy
from darlington_analysis.cleaning.releases import FIRST_TIME_ENTRANTS, Trusted, reasons
from darlington_analysis.project import Project


def clean(project: Project) -> tidy.Cleaned:
    """Return every release's rates that pass, each under its own vintage, oldest first.

    A release is checked against England's rates as they were printed elsewhere; what fails is set
    aside with the reason. Which vintage is in use is the edition's affair (evidence.vintages).
    """
    trusted = printed(project)
    found = sorted(sources.find_every(project, "fte-lait-rates"), key=lambda each: each.vintage)
    return tidy.merge([_release(project, source, trusted) for source in found])


def printed(project: Project) -> Trusted:
    """Return England's rates as they were printed elsewhere, which releases are checked by.

    Without any, no release can be believed: each is set aside with that reason.
    """
    found = sources.find_all(project, "fte-england-rates")
    if not found:
        return Trusted({COUNTRY: pd.Series(dtype=float)})
    kept, _ = tidy.sift(
        sources.open_raw(project, found[-1]), ["rate_per_100000"], ["area_code", "period"]
    )
    return Trusted({COUNTRY: kept.set_index("period").rate_per_100000})


def _release(project: Project, source: sources.Source, trusted: Trusted) -> tidy.Cleaned:
    raw = sources.open_raw(project, source)
    kept, aside = tidy.sift(raw, ["rate_per_100000"], ["area_code", "year_label"])
    why = reasons(kept.assign(rate=kept.rate_per_100000), COUNTRY, trusted)
    failed = [
        tidy.left_out(kept[why == reason], source, reason) for reason in why.unique() if reason
    ]
    passed = kept[why == ""]
    rows = tidy.tidy(
        passed.assign(value=passed.rate_per_100000, period=passed.year_label),
        source,
        indicator=FIRST_TIME_ENTRANTS,
        method="published",
    )
    return tidy.Cleaned(rows, tidy.stack([aside, *failed]), (source,), len(raw.frame))
