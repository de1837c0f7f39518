"""The editions of the Index of Multiple Deprivation: the areas each was published for."""

from dataclasses import dataclass

from darlington_analysis.errors import SchemaError


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
            "add its LSOAs and wards to catalogue/indices.py",
        )
    return INDEX_EDITIONS[vintage]
