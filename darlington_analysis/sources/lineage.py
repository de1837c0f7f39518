"""How LSOAs fit the wards of a set, and where the people of earlier wards went."""

from dataclasses import dataclass

import pandas as pd

from darlington_analysis.core.errors import SchemaError
from darlington_analysis.core.project import Project
from darlington_analysis.core.settings import load_place
from darlington_analysis.sources import register


@dataclass(frozen=True)
class Fit:
    """The ward each LSOA is put in, and the share of its people who truly live there.

    ``kind``: ``exact`` where LSOAs nest in the wards (every share is 1), else ``best_fit``.
    """

    ward_of: pd.Series
    share_inside: pd.Series
    kind: str


def fit(project: Project, lsoas: str, ward_set: str) -> Fit:
    """Return how the LSOAs of a year ("2001", "2011", "2021") fit the wards of a set.

    Raises SourceError where no lookup between the two is held.
    """
    lookup = _read(project, f"lsoa{lsoas}-to-ward", ward_set)
    ward_of = lookup.set_index("lsoa_code")["ward_code"]
    if lsoas in load_place(project).wards(ward_set).nested:
        return Fit(ward_of, pd.Series(1.0, index=ward_of.index), "exact")
    shares = overlaps(project, lsoas, ward_set).set_index(["lsoa_code", "ward_code"])["share"]
    own = pd.MultiIndex.from_arrays([ward_of.index, ward_of])
    inside = shares.reindex(own).fillna(0.0)
    return Fit(ward_of, pd.Series(inside.to_numpy(), index=ward_of.index), "best_fit")


def overlaps(project: Project, lsoas: str, ward_set: str) -> pd.DataFrame:
    """Return lsoa_code, ward_code and share: of an LSOA's people, who live in the ward."""
    return _read(project, f"lsoa{lsoas}-overlaps", ward_set).astype({"share": float})


def lineage(project: Project, ward_set: str) -> pd.DataFrame:
    """Return ward_code_before, ward_code, people_2011, share_of_before and share_of_ward.

    One row a pair of a ward of the set and one of its predecessor that share people; estimates.
    Raises AbsentError where the project does not hold them.
    """
    table = _read(project, "ward-lineage", ward_set)
    numbers = ["people_2011", "share_of_before", "share_of_ward"]
    return table.astype({name: float for name in numbers})


def names_of(project: Project, ward_set: str) -> dict[str, str]:
    """Return the names of a set's wards by their codes."""
    table = _read(project, "wards", ward_set)
    return dict(zip(table.ward_code, table.ward_name, strict=True))


def _read(project: Project, dataset: str, vintage: str | None) -> pd.DataFrame:
    return register.open_raw(project, register.find(project, dataset, vintage)).frame


@dataclass(frozen=True)
class IndexEdition:
    """``lsoas``: the year of its LSOAs; how many England had."""

    lsoas: str
    lsoas_of_england: int


INDEX_EDITIONS = {
    "2004": IndexEdition("2001", 32_482),
    "2007": IndexEdition("2001", 32_482),
    "2010": IndexEdition("2001", 32_482),
    "2015": IndexEdition("2011", 32_844),
    "2019": IndexEdition("2011", 32_844),
    "2025": IndexEdition("2021", 33_755),
}


def index_edition(vintage: str) -> IndexEdition:
    """Return what is known of an edition of the Index. Raises SchemaError for a new one."""
    if vintage not in INDEX_EDITIONS:
        raise SchemaError(
            f"The Index of {vintage} is not known",
            f"Known editions: {', '.join(INDEX_EDITIONS)}.",
            "add its LSOAs to sources/lineage.py",
        )
    return INDEX_EDITIONS[vintage]
