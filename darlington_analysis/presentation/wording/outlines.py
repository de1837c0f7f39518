"""What is said of the map of real borders, where a file of boundaries is held."""

from darlington_analysis.evidence.borough import PlacesOnIndex
from darlington_analysis.evidence.sections import Place

SUBTITLE = "Every ward as large as it is; the names are on the map of tiles"
BOROUGH_TITLE = "The same wards with their real borders"
TABLE = "The wards it touches"


def title(place: Place) -> str:
    """Return what the map of real borders shows."""
    return f"The borders of {place.ward.name}"


def alt(place: Place) -> str:
    """Return the map of real borders in one sentence."""
    return f"Map of Darlington’s wards with their real borders; {place.ward.name} is outlined."


def source(statement: str) -> str:
    """Return where the borders are from, as their licence asks for it to be said."""
    return f"Source: {statement or 'ward boundaries of the Office for National Statistics'}."


def borough_alt(places: PlacesOnIndex) -> str:
    """Return the borough's map of real borders in one sentence."""
    return (
        f"Map of Darlington’s wards with their real borders, shaded by their place in England on "
        f"the Index of {places.period}. The table says the same."
    )
