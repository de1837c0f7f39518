"""Words about all wards at once."""

from darlington_analysis.catalogue.indicators import Indicator
from darlington_analysis.evidence.borough import BoroughIndicators, PlacesOnIndex
from darlington_analysis.presentation.wording.numbers import ordinal, word

CLASS_LABELS = (
    "Less deprived half of England’s wards",
    "Between a quarter and a half",
    "Most deprived quarter",
)
INDICATORS_SUBTITLE = (
    "Per cent, wards of Darlington and England, census 2011; wards in the order of the first panel"
)
INDICATORS_CAPTION = "Every indicator, wards and England"
CENSUS_SOURCE = "Source: Census 2011 (Office for National Statistics)."


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


def indicators_alt(shown: BoroughIndicators, chunk: tuple[Indicator, ...]) -> str:
    """Return some small multiples in one sentence: the highest ward of each."""
    tops = []
    for each in chunk:
        rows = shown.wards[shown.wards.indicator == each.slug]
        top = rows.loc[rows.value.idxmax()]
        tops.append(f"{each.short_title.lower()} {top.area_name} {top.value:.1f}%")
    return f"Dot charts of every ward; highest for {', '.join(tops)}."


def place_words(place: int, wards: int) -> str:
    """Return a place among wards in words."""
    return f"{ordinal(place)} of {wards}"
