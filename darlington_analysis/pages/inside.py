"""Section 4 of the pack: where inside the ward need is greatest."""

import pandas as pd
from markupsafe import Markup

from darlington_analysis.evidence.pack import InsideWard
from darlington_analysis.pages.components import blocks, pictures, tables
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
LIMIT = (
    "Every neighbourhood is a mix of streets. People here know which ones: no figure does. Its "
    "name is the one the Office for National Statistics gives it, and is on maps of census areas."
)
POSTCODES, BEFORE = "Postcodes beginning {starts}", "Until {year} in {ward}"
MEAN = (
    "The ward’s own place comes from the average of their scores, set beside England’s wards. It is not "
    "the average of these places, and describes none of them."
)


def inside(shown: InsideWard) -> Markup:
    """Return the neighbourhoods with their places in England, and what a place can't say."""
    evidence = shown.evidence
    pockets = shown.neighbourhoods
    places = [more_deprived_than(value) for value in pockets.value]
    words = ONE if len(places) == 1 else LEAD
    rows = pd.DataFrame(
        {
            "name": [_name(row, shown.first_year) for row in pockets.itertuples()],
            "drawn": [
                pictures.spine([0, 100], place, None, [], f"{place:.0f} of 100") for place in places
            ],
            "place": [str(place) for place in places],
            "words": [_words(place) for place in places],
        }
    )
    kinds = ("text", "text", "number", "text")
    columns = [
        tables.Column(key, head, kind, show=Markup if key in ("name", "drawn") else str)
        for key, head, kind in zip(rows, HEADS, kinds, strict=True)
    ]
    caption = CAPTION.format(ward=evidence.ward.name, period=evidence.deprivation.latest.period)
    return blocks.join(
        blocks.paragraph(words.format(ward=evidence.ward.name, count=word(len(places)))),
        Markup('<div class="inside">{}</div>').format(tables.table(rows, columns, caption)),
        blocks.paragraph(MEAN if shown.is_uneven else ""),
        blocks.paragraph(LIMIT),
        Markup('<p class="source">{}</p>').format(blocks.INDEX_SOURCE),
    )


def _name(row, first_year: int) -> Markup:
    """Return what people know a neighbourhood by: its name, its postcodes, its earlier ward."""
    postcodes = POSTCODES.format(starts=_short(row.postcodes)) if row.postcodes else ""
    before = BEFORE.format(year=first_year, ward=row.ward_before) if row.ward_before else ""
    lines = [line for line in (postcodes, before) if line]
    return Markup("<strong>{}</strong>{}").format(
        row.area_name, Markup("").join(Markup("<br>{}").format(line) for line in lines)
    )


def _short(postcodes: str) -> str:
    """Return starts of postcodes with their district written once: “DL1 1H, 4E and DL3 0D”."""
    by_district: dict[str, list[str]] = {}
    for start in postcodes.split(", "):
        district, _, rest = start.partition(" ")
        by_district.setdefault(district, []).append(rest)
    return listed([f"{district} {', '.join(rest)}" for district, rest in by_district.items()])


def _words(place: int) -> str:
    if place >= 90:
        return WORST_TENTH
    if place >= 80:
        return WORST_FIFTH
    return WORST_HALF if place >= 50 else BEST_HALF
