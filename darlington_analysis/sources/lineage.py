"""How LSOAs fit the wards of a set, and where the people of earlier wards went."""

from dataclasses import dataclass

import pandas as pd

from darlington_analysis.core.errors import SchemaError
from darlington_analysis.core.project import Project
from darlington_analysis.sources import register

NESTED, SINCE = "2003-2015", "2015-on"  # whole LSOAs lie in the wards of the first


@dataclass(frozen=True)
class Fit:
    """The ward each LSOA is put in; ``exact`` where LSOAs nest in the wards, else ``best_fit``."""

    ward_of: pd.Series
    kind: str


def fit(project: Project, lsoas: str, ward_set: str) -> Fit:
    """Return how the LSOAs of a year ("2001", "2011", "2021") fit the wards of a set.

    Raises SourceError where no lookup between the two is held.
    """
    lookup = _read(project, f"lsoa{lsoas}-to-ward", ward_set)
    ward_of = lookup.set_index("lsoa_code")["ward_code"]
    return Fit(ward_of, "exact" if ward_set == NESTED else "best_fit")


def overlaps(project: Project, lsoas: str, ward_set: str) -> pd.DataFrame:
    """Return lsoa_code, ward_code and share: a first guess of who of an LSOA lives in the ward.

    No figure is made from the guess alone: ``cleaning.ward_geography.shares`` makes it agree with
    published residents.
    """
    return _read(project, f"lsoa{lsoas}-overlaps", ward_set).astype({"share": float})


def split_and_merged(project: Project) -> pd.DataFrame | None:
    """Return lsoa2011_code and lsoa2021_code, a row a pair that overlap; None where not held."""
    try:
        return _read(project, "lsoa2011-to-lsoa2021", SINCE)
    except register.AbsentError:
        return None


def lineage(project: Project) -> pd.DataFrame:
    """Return ward_code_before, ward_code, people_2020, share_of_before and share_of_ward.

    One row a pair of a ward of 2003 to 2015 and one since 2015 that share people; estimates.
    """
    table = _read(project, "ward-lineage", None)
    numbers = ["people_2020", "share_of_before", "share_of_ward"]
    return table.astype({name: float for name in numbers})


def names_of(project: Project, ward_set: str) -> dict[str, str]:
    """Return the names of a set's wards by their codes."""
    table = _read(project, "wards", ward_set)
    return dict(zip(table.ward_code, table.ward_name, strict=True))


def _read(project: Project, dataset: str, vintage: str | None) -> pd.DataFrame:
    return register.open_raw(project, register.find(project, dataset, vintage)).frame


@dataclass(frozen=True)
class IndexEdition:
    """``lsoas``: the year of its LSOAs; how many England had; the wards scores are put in."""

    lsoas: str
    lsoas_of_england: int
    ward_set: str


INDEX_EDITIONS = {
    "2004": IndexEdition("2001", 32_482, "2003-2015"),
    "2007": IndexEdition("2001", 32_482, "2003-2015"),
    "2010": IndexEdition("2001", 32_482, "2003-2015"),
    "2015": IndexEdition("2011", 32_844, "2015-on"),
    "2019": IndexEdition("2011", 32_844, "2015-on"),
    "2025": IndexEdition("2021", 33_755, "2015-on"),
}


def index_edition(vintage: str) -> IndexEdition:
    """Return what is known of an edition of the Index. Raises SchemaError for a new one."""
    if vintage not in INDEX_EDITIONS:
        raise SchemaError(
            f"The Index of {vintage} is not known",
            f"Known editions: {', '.join(INDEX_EDITIONS)}.",
            "add its LSOAs and wards to sources/lineage.py",
        )
    return INDEX_EDITIONS[vintage]
