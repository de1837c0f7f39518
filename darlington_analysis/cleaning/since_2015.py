"""The families of figures that only the wards since 2015 have, and the borough's of that time."""

from darlington_analysis.cleaning import census_2021, claimants, fuel_poverty, lait, mid_year
from darlington_analysis.cleaning.tidy import Cleaned
from darlington_analysis.project import Project


def clean_families(project: Project) -> dict[str, Cleaned]:
    """Return each family's cleaned rows by its name."""
    return {
        "census 2021": census_2021.clean(project),
        "residents, mid-2020": mid_year.clean(project),
        "residents aged 10 to 17, mid-2020": mid_year.clean_aged_10_17(project),
        "claimants": claimants.clean(project),
        "fuel poverty": fuel_poverty.clean(project),
        "youth justice, releases": lait.clean(project),
    }
