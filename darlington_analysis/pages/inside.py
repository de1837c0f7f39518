"""Section 4 of the pack: where inside the ward need is greatest."""

from collections import Counter

import pandas as pd
from geopandas import GeoDataFrame
from markupsafe import Markup

from darlington_analysis.evidence.pack import InsideWard
from darlington_analysis.pages.components import blocks, figure, maps, pictures, tables
from darlington_analysis.pages.components.numbers import listed, more_deprived_than, word

LEAD = "{ward} has {count} neighbourhoods: census areas of between 1,000 and 3,000 people each."
ONE = (
    "{ward} is one neighbourhood: a census area of between 1,000 and 3,000 people. Nothing finer is "
    "published."
)
CAPTION = "Neighbourhoods of {ward} on the Index of {period}, the most deprived first"
HEADS = ("Neighbourhood", "On a line, 0 to 100", "Worse off than, of 100 in England", "So it is")
WORST_TENTH, WORST_FIFTH, WORST_HALF = (
    "in England’s most deprived tenth",
    "in England’s most deprived fifth",
    "in the more deprived half",
)
BEST_HALF = "in the less deprived half"
LIMIT = "Every neighbourhood is a mix of streets. Names are those on maps of census areas."
POSTCODES, BEFORE = "Postcodes beginning {starts}", "Until {year} in {ward}"
IN_PART = "{start} (in part)"  # a start that another neighbourhood of the ward has, too
MAP_TITLE = "The most deprived is {name}: worse off than {place} of 100 in England"
MAP_SUBTITLE = "{kind}, with the end of its name and its place in England; Index of {period}"
TILES, BORDERS = (
    "A tile for each neighbourhood, north at the top",
    "Each neighbourhood, north at the top",
)
MAP_ALT = "Map of {count} neighbourhoods of {ward}. {places}."
PLACED = "{name}: worse off than {place} of 100"
TILES_SOURCE = "Tiles: placed by the borders of the neighbourhoods"
MAP_CLASSES = (  # from this place up, the words of the key
    (0, "Less deprived half"),
    (50, "More deprived half"),
    (80, "Most deprived fifth"),
)
MAP_WIDTH = 420
LEAST_TILES = 8.0  # of a tile's radius: two tiles are drawn no larger than many
MEAN = (
    "The ward’s own {place} of 100 is from another list: of wards, by the average score of their "
    "neighbourhoods. So it can be above or below all of these."
)
NOT_ITS_BORDERS = "This is what counts as the ward’s, for borders differ. {misses}"
LEFT_OUT = "About {share} in every 100 of its people live outside."
MOVED = "About {share} in every 100 of those counted live in other wards."
REAL_SHARE = 0.05  # of the people: fewer are not worth a sentence


def inside(shown: InsideWard) -> Markup:
    """Return the neighbourhoods with their places in England, and what a place can't say."""
    evidence = shown.evidence
    pockets = shown.neighbourhoods
    places = [more_deprived_than(value) for value in pockets.value]
    words = ONE if len(places) == 1 else LEAD
    starts = Counter(start for row in pockets.postcodes for start in row.split(", "))
    shared = {start for start, count in starts.items() if count > 1}
    rows = pd.DataFrame(
        {
            "name": [_name(row, shown.first_year, shared) for row in pockets.itertuples()],
            "drawn": [
                pictures.spine([0, 100], place, None, [], f"{place:.0f} of 100") for place in places
            ],
            "place": [str(place) for place in places],
            "words": [_words(place) for place in places],
        }
    )
    kinds = ("text", "text", "number", "text")
    pockets, areas = pockets.assign(place=places), _areas(shown, pockets)
    columns = [
        tables.Column(key, head, kind, show=Markup if key in ("name", "drawn") else str)
        for key, head, kind in zip(rows, HEADS, kinds, strict=True)
        if key != "drawn" or areas is None  # the map shows each place
    ]
    caption = CAPTION.format(ward=evidence.ward.name, period=evidence.deprivation.latest.period)
    lead = words.format(ward=evidence.ward.name, count=word(len(places)))
    lead = blocks.paragraph(f"{lead} {_misses(evidence.deprivation.latest)}".rstrip())
    table = Markup('<div class="inside">{}</div>').format(tables.table(rows, columns, caption))
    source = Markup('<p class="source">{}</p>').format(blocks.INDEX_SOURCE)
    return blocks.join(
        lead,
        table + source if areas is None else _map(shown, pockets, areas, table),
        blocks.paragraph(" ".join([*_whole(shown, places), LIMIT])),
    )


def _whole(shown: InsideWard, places: list[int]) -> list[str]:
    """Return what the ward’s own place is, where it could be taken for a mistake beside these."""
    place = more_deprived_than(shown.evidence.deprivation.latest.value)
    is_between = places[-1] < place < places[0] or {place} == set(places)
    return [MEAN.format(place=place)] if shown.is_uneven or not is_between else []


def _misses(latest: pd.Series) -> str:
    """Return how many people the neighbourhoods leave out or bring in; "" where they are few."""
    shares = ((LEFT_OUT, latest.share_left_out), (MOVED, latest.share_moved))
    said = [
        words.format(share=round(100 * share)) for words, share in shares if share >= REAL_SHARE
    ]
    return NOT_ITS_BORDERS.format(misses=" ".join(said)) if said else ""


def _map(
    shown: InsideWard, pockets: pd.DataFrame, areas: tuple[GeoDataFrame, str], table: Markup
) -> Markup:
    """Return the neighbourhoods within their borders or as tiles, with the table beside them."""
    layer, statement = areas
    short = {row.area_code: row.area_name.split()[-1] for row in pockets.itertuples()}
    west, south, east, north = layer.total_bounds
    tiled = 0.0 if shown.outlines else LEAST_TILES
    layers = maps.MapLayers(
        classes={row.area_code: _class(row.place) for row in pockets.itertuples()},
        class_labels=[words for _, words in MAP_CLASSES],
        names={
            row.area_code: f"{short[row.area_code]} {row.place}" for row in pockets.itertuples()
        },
        width=MAP_WIDTH,
        span=max(tiled, 1.2 * (north - south)),
    )
    first = pockets.iloc[0]
    places = [PLACED.format(name=row.area_name, place=row.place) for row in pockets.itertuples()]
    return figure.figure(
        maps.hexagon_map(layer, layers),
        figure_id="neighbourhoods",
        title=MAP_TITLE.format(name=first.area_name, place=first.place),
        subtitle=MAP_SUBTITLE.format(
            kind=BORDERS if shown.outlines else TILES,
            period=first.period,
        ),
        alt=MAP_ALT.format(
            count=word(len(pockets)), ward=shown.evidence.ward.name, places="; ".join(places)
        ),
        table_html=table,
        source_line=f"{blocks.INDEX_SOURCE} {statement}.",
        beside=True,
    )


def _areas(shown: InsideWard, pockets: pd.DataFrame) -> tuple[GeoDataFrame, str] | None:
    """Return the shapes of two or more neighbourhoods and what their source asks to be said."""
    if len(pockets) > 1 and shown.outlines:
        layer = shown.outlines.layer
        return layer[layer.area_code.isin(pockets.area_code)], shown.outlines.statement.rstrip(".")
    if len(pockets) > 1 and pockets["column"].notna().all():
        return maps.hexagons(pockets), TILES_SOURCE
    return None


def _class(place: int) -> int:
    return sum(place >= least for least, _ in MAP_CLASSES) - 1


def _name(row, first_year: int, shared: set[str]) -> Markup:
    """Return what people know a neighbourhood by: its name, its postcodes, its earlier ward."""
    postcodes = POSTCODES.format(starts=_short(row.postcodes, shared)) if row.postcodes else ""
    before = BEFORE.format(year=first_year, ward=row.ward_before) if row.ward_before else ""
    lines = [line for line in (postcodes, before) if line]
    return Markup("<strong>{}</strong>{}").format(
        row.area_name, Markup("").join(Markup("<br>{}").format(line) for line in lines)
    )


def _short(postcodes: str, shared: set[str]) -> str:
    """Return starts of postcodes with their district written once: “DL1 1H, 4E and DL3 0D”; one
    of those ``shared`` with another neighbourhood says so.
    """
    by_district: dict[str, list[str]] = {}
    for start in postcodes.split(", "):
        district, _, rest = start.partition(" ")
        words = IN_PART.format(start=rest) if start in shared else rest
        by_district.setdefault(district, []).append(words)
    return listed([f"{district} {', '.join(rest)}" for district, rest in by_district.items()])


def _words(place: int) -> str:
    if place >= 90:
        return WORST_TENTH
    if place >= 80:
        return WORST_FIFTH
    return WORST_HALF if place >= 50 else BEST_HALF
