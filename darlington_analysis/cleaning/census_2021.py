"""Census 2021 on the wards since 2015: LSOAs shared out by where their people live."""

from darlington_analysis.catalogue import sources
from darlington_analysis.cleaning import apportioned, best_fit, tidy
from darlington_analysis.project import Project

# Indicator: its numerator and denominator among the columns of the raw table.
COUNTS = {
    "no-qualifications": ("no_qualifications", "residents_16_plus"),
    "social-rented": ("households_social_rented", "households"),
    "private-rented": ("households_private_rented", "households"),
    "disabled": ("disabled", "residents_disability_base"),
    "overcrowded": ("households_overcrowded", "households_occupancy_base"),
}
PERTURBED = 20  # the publisher's perturbing moves a borough's sum of LSOAs by up to this


def clean(project: Project) -> tidy.Cleaned:
    """Return the counts of Census 2021 for wards, borough, region and country."""
    raw = sources.open_raw(project, sources.find(project, "census-profile-counts", "2021"))
    names = sorted({name for pair in COUNTS.values() for name in pair})
    kept, aside = tidy.sift(raw, names, ["area_code"])
    parts = apportioned.shares(project, "2021")
    rows, checks = [], []
    for slug, (numerator, denominator) in COUNTS.items():
        columns = [numerator, denominator]
        places = apportioned.with_wards(kept, parts, columns, denominator)
        checks += best_fit.near_borough(places, columns, PERTURBED)
        counted = places.assign(numerator=places[numerator], denominator=places[denominator])
        rows.append(tidy.tidy(counted, raw.source, indicator=slug, period=raw.source.vintage))
    return tidy.Cleaned(tidy.stack(rows), aside, (raw.source,), len(raw.frame), tuple(checks))
