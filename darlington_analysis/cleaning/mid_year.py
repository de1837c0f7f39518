"""Residents in mid-2020: by age in wards as published, and those aged 10 to 17, shared out."""

from darlington_analysis.catalogue import sources
from darlington_analysis.cleaning import apportioned, best_fit, tidy
from darlington_analysis.project import Project

BANDS = ("age_0_4", "age_5_10", "age_11_15", "age_16_19", "age_20_64", "age_65_plus")


def clean(project: Project) -> tidy.Cleaned:
    """Return residents of each age band (breakdown) out of all residents."""
    raw = sources.open_raw(project, sources.find(project, "residents-mid-year"))
    names = [*BANDS, "all_ages"]
    kept, aside = tidy.sift(raw, names, ["area_code"])
    rows = [
        tidy.tidy(
            kept.assign(numerator=kept[band], denominator=kept.all_ages, value=kept[band]),
            raw.source,
            indicator="residents",
            period=raw.source.vintage,
            breakdown="all" if band == "all_ages" else band,
            method="count",
        )
        for band in names
    ]
    bands = ("age bands, all areas", kept.all_ages.sum(), kept[list(BANDS)].sum().sum())
    checks = (*best_fit.near_borough(kept, names, 0), bands)
    return tidy.Cleaned(tidy.stack(rows), aside, (raw.source,), len(raw.frame), checks)


def clean_aged_10_17(project: Project) -> tidy.Cleaned:
    """Return residents aged 10 to 17: what the council's own counts would be divided by."""
    raw = sources.open_raw(project, sources.find(project, "residents-10-17"))
    kept, aside = tidy.sift(raw, ["age_10_17"], ["area_code"])
    parts = apportioned.shares(project, "2011")
    places = apportioned.with_wards(kept, parts, ["age_10_17"], "age_10_17")
    rows = tidy.tidy(
        places.assign(numerator=places.age_10_17, value=places.age_10_17),
        raw.source,
        indicator="residents-10-17",
        period=raw.source.vintage,
        method="count",
    )
    checks = best_fit.near_borough(places, ["age_10_17"], 0)
    return tidy.Cleaned(rows, aside, (raw.source,), len(raw.frame), checks)
