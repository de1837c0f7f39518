"""Section 4 of the pack: where inside the ward need is greatest."""

import pandas as pd
from markupsafe import Markup

from darlington_analysis.evidence.pack import InsideWard
from darlington_analysis.pages.components import blocks, pictures, tables
from darlington_analysis.pages.components.numbers import more_deprived_than, word

LEAD = "{ward} has {count} neighbourhoods: census areas of about 1,500 people each."
ONE = (
    "{ward} is one neighbourhood: a census area of about 1,500 people. Nothing finer is published."
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
    "Every neighbourhood is a mix of streets. People here know which ones: no figure does. A "
    "neighbourhood keeps its code, so it can be found on any map of census areas."
)
MEAN = "The ward’s own place is an average of these, and describes none of them."


def inside(shown: InsideWard) -> Markup:
    """Return the neighbourhoods with their places in England, and what a place can't say."""
    evidence = shown.evidence
    pockets = evidence.deprivation.pockets.sort_values(["value", "area_code"])
    places = [more_deprived_than(value) for value in pockets.value]
    words = ONE if len(places) == 1 else LEAD
    rows = pd.DataFrame(
        {
            "code": pockets.area_code,
            "drawn": [
                pictures.spine([0, 100], place, None, [], f"{place:.0f} of 100") for place in places
            ],
            "place": [str(place) for place in places],
            "words": [_words(place) for place in places],
        }
    )
    kinds = ("text", "text", "number", "text")
    columns = [
        tables.Column(key, head, kind, show=Markup if key == "drawn" else str)
        for key, head, kind in zip(rows, HEADS, kinds, strict=True)
    ]
    caption = CAPTION.format(ward=evidence.ward.name, period=evidence.deprivation.latest.period)
    return blocks.join(
        blocks.paragraph(words.format(ward=evidence.ward.name, count=word(len(places)))),
        tables.table(rows, columns, caption),
        blocks.paragraph(MEAN if shown.is_uneven else ""),
        blocks.paragraph(LIMIT),
        Markup('<p class="source">{}</p>').format(blocks.INDEX_SOURCE),
    )


def _words(place: int) -> str:
    if place >= 90:
        return WORST_TENTH
    if place >= 80:
        return WORST_FIFTH
    return WORST_HALF if place >= 50 else BEST_HALF
