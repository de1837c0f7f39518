"""Words about all wards at once."""

from darlington_analysis.catalogue.indicators import Indicator
from darlington_analysis.evidence.borough import BoroughIndicators, NotHeld, PlacesOnIndex
from darlington_analysis.presentation.wording.numbers import word

CLASS_LABELS = (
    "Less deprived half of England’s wards",
    "Between a quarter and a half",
    "Most deprived quarter",
)
INDICATORS_CAPTION = "Every indicator, wards and England"


def position_class(position: float) -> int:
    """Return the map class of a national position: 2 for the most deprived quarter."""
    return 2 if position <= 25 else 1 if position <= 50 else 0


def map_title(places: PlacesOnIndex) -> str:
    """Return the message of the borough's map."""
    count = int((places.wards.value <= places.line).sum())
    return f"{word(count).capitalize()} wards are in England’s most deprived quarter"


def map_subtitle(places: PlacesOnIndex) -> str:
    """Return what the borough's map shows."""
    return (
        f"Place among all wards of England, Index of {places.period}, "
        "by the mean score of a ward’s neighbourhoods"
    )


def map_alt(places: PlacesOnIndex) -> str:
    """Return the borough's map in one sentence."""
    within = places.wards[places.wards.value <= places.line].area_name
    return f"Map of Darlington’s wards as tiles; in the most deprived quarter: {', '.join(within)}."


def places_caption(period: str) -> str:
    """Return the caption of the table of places."""
    return f"Every ward on the Index of {period}, most deprived first"


def indicators_title(chunk: tuple[Indicator, ...]) -> str:
    """Return the message of some small multiples."""
    return f"{', '.join(each.short_title for each in chunk)}: every ward with its range"


def indicators_subtitle(shown: BoroughIndicators) -> str:
    """Return what the small multiples show, and of which census."""
    return (
        f"Per cent, wards of Darlington and England, census {_census(shown)}; wards in the order "
        "of the first panel"
    )


def census_source(shown: BoroughIndicators) -> str:
    """Return who published the census figures."""
    return f"Source: Census {_census(shown)} (Office for National Statistics)."


def not_held(shown: NotHeld) -> str:
    """Return why an edition has no places on an Index."""
    return (
        f"The {shown.edition.title} does not hold the Index of {shown.period}. That Index was "
        f"worked out for other wards. Ask for it in the edition of those wards."
    )


def _census(shown: BoroughIndicators) -> str:
    return " and ".join(sorted(set(shown.wards.period)))


def indicators_alt(shown: BoroughIndicators, chunk: tuple[Indicator, ...]) -> str:
    """Return some small multiples in one sentence: the highest ward of each."""
    tops = []
    for each in chunk:
        rows = shown.wards[shown.wards.indicator == each.slug]
        top = rows.loc[rows.value.idxmax()]
        tops.append(f"{each.short_title.lower()} {top.area_name} {top.value:.1f}%")
    return f"Dot charts of every ward; highest for {', '.join(tops)}."
