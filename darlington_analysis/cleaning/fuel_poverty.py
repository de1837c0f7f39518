"""Fuel poverty, modelled: LSOAs shared out over wards, and a table of wards that lost homes."""

import pandas as pd

from darlington_analysis.catalogue import sources
from darlington_analysis.catalogue.areas import BOROUGH
from darlington_analysis.cleaning import apportioned, best_fit, tidy
from darlington_analysis.project import Project

INDICATOR = "fuel-poverty"
LEAST_COMPLETE = 0.98


def clean(project: Project) -> tidy.Cleaned:
    """Return modelled percentages of households: wards from LSOAs, wider areas as published."""
    lsoas, wards = _from_lsoas(project), _from_wards(project)
    return tidy.Cleaned(
        rows=tidy.stack([lsoas.rows, wards.rows]),
        set_aside=pd.concat([lsoas.set_aside, wards.set_aside], ignore_index=True),
        sources=lsoas.sources + wards.sources,
        rows_read=lsoas.rows_read + wards.rows_read,
        checks=lsoas.checks + wards.checks,
    )


def _from_lsoas(project: Project) -> tidy.Cleaned:
    """The borough's row is the sum of its LSOAs, which all lie in it."""
    raw = sources.open_raw(project, sources.find(project, "fuel-poverty-lsoas"))
    columns = ["households", "fuel_poor"]
    kept, aside = tidy.sift(raw, columns, ["lsoa_code"])
    counts = kept.rename(columns={"lsoa_code": "area_code"}).assign(area_type="lsoa")
    borough = counts[columns].sum().to_frame().T.assign(area_code=BOROUGH, area_type="borough")
    parts = apportioned.shares(project, "2011")
    both = pd.concat([counts, borough], ignore_index=True)
    places = apportioned.with_wards(both, parts, columns, "households")
    checks = (
        *best_fit.near_borough(places, columns, 0),
        ("LSOAs, fuel poverty", len(parts), len(kept)),
    )
    return tidy.Cleaned(_rows(places, raw.source), aside, (raw.source,), len(raw.frame), checks)


def _from_wards(project: Project) -> tidy.Cleaned:
    """Set the wards aside where they hold fewer homes than the borough's own row says."""
    raw = sources.open_raw(project, sources.find(project, "fuel-poverty-wards"))
    kept, aside = tidy.sift(raw, ["households", "fuel_poor"], ["area_code"])
    wards, borough = kept[kept.area_type == "ward"], kept[kept.area_code == BOROUGH]
    found, expected = wards.households.sum(), borough.households.iloc[0]
    if found < LEAST_COMPLETE * expected:
        reason = (
            f"the wards' households add up to {found:,.0f}, the borough's own row says "
            f"{expected:,.0f}: some neighbourhoods were lost on the way to wards"
        )
        aside = pd.concat([aside, tidy.left_out(wards, raw.source, reason)], ignore_index=True)
        kept = kept[kept.area_type != "ward"]
    return tidy.Cleaned(_rows(kept, raw.source), aside, (raw.source,), len(raw.frame))


def _rows(places: pd.DataFrame, source: sources.Source) -> pd.DataFrame:
    counted = places.assign(
        numerator=places.fuel_poor,
        denominator=places.households,
        value=100 * places.fuel_poor / places.households,
    )
    return tidy.tidy(counted, source, indicator=INDICATOR, period=source.vintage, method="modelled")
