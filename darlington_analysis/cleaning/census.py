"""Census counts: out of work, no car or van, bad health, and who the landlords are."""

from darlington_analysis.catalogue import lineage, sources
from darlington_analysis.cleaning import tidy, ward_sums
from darlington_analysis.project import Project

# Indicator: its numerator and denominator among the columns of the raw table.
COUNTS = {
    "unemployed": ("unemployed_16_74", "economically_active_16_74"),
    "no-car": ("households_no_car", "households"),
    "bad-health": ("bad_or_very_bad_health", "residents_health_base"),
    "social-rented": ("households_social_rented", "households"),
    "private-rented": ("households_private_rented", "households"),
}


def clean(project: Project) -> tidy.Cleaned:
    """Return the counts of Census 2011 for wards, borough, region and country."""
    return clean_counts(project, COUNTS)


def clean_counts(project: Project, counts: dict[str, tuple[str, str]]) -> tidy.Cleaned:
    """Return one row an indicator and area, from the census table of counts by LSOA."""
    raw = sources.open_raw(project, sources.find(project, "census-profile-counts", "2011"))
    names = sorted({name for pair in counts.values() for name in pair})
    kept, aside = tidy.sift(raw, names, ["area_code"])
    ward_of = lineage.fit(project, "2011", lineage.NESTED).ward_of
    places = ward_sums.with_wards(kept, ward_of, names)
    rows = [
        tidy.tidy(
            places.assign(numerator=places[numerator], denominator=places[denominator]),
            raw.source,
            indicator=slug,
            period=raw.source.vintage,
        )
        for slug, (numerator, denominator) in counts.items()
    ]
    return tidy.Cleaned(
        rows=tidy.stack(rows),
        set_aside=aside,
        sources=(raw.source,),
        rows_read=len(raw.frame),
        checks=ward_sums.borough_checks(places, names),
    )
