"""Residents by age: who lives in each ward, and how many children other figures are about."""

import pandas as pd

from darlington_analysis.catalogue import lineage, sources
from darlington_analysis.cleaning import tidy, ward_sums
from darlington_analysis.project import Project

AGE_BANDS = (
    "age_0_4",
    "age_5_9",
    "age_10_17",
    "age_18_24",
    "age_25_44",
    "age_45_64",
    "age_65_74",
    "age_75_plus",
)


def clean(project: Project) -> tidy.Cleaned:
    """Return residents of each age band (breakdown) out of all residents, Census 2011."""
    raw = sources.open_raw(project, sources.find(project, "census-age-bands"))
    names = [*AGE_BANDS, "all_ages"]
    kept, aside = tidy.sift(raw, names, ["area_code"])
    ward_of = lineage.fit(project, "2011", lineage.NESTED).ward_of
    places = ward_sums.with_wards(kept, ward_of, names)
    rows = [
        tidy.tidy(
            places.assign(numerator=places[band], denominator=places.all_ages, value=places[band]),
            raw.source,
            indicator="residents",
            period=raw.source.vintage,
            breakdown="all" if band == "all_ages" else band,
            method="count",
        )
        for band in names
    ]
    return tidy.Cleaned(
        rows=tidy.stack(rows),
        set_aside=aside,
        sources=(raw.source,),
        rows_read=len(raw.frame),
        checks=(*ward_sums.borough_checks(places, names), _bands_check(places)),
    )


def aged_10_17(cleaned: tidy.Cleaned) -> pd.Series:
    """Return residents aged 10 to 17 by area code."""
    band = cleaned.rows[cleaned.rows.breakdown == "age_10_17"]
    return band.set_index("area_code")["numerator"]


def _bands_check(places: pd.DataFrame) -> tuple[str, float, float]:
    return "age bands, all areas", places.all_ages.sum(), places[list(AGE_BANDS)].sum().sum()
