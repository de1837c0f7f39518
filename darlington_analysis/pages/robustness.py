"""How firmly places on the Indices hold: one ward, and all of them."""

import pandas as pd
from markupsafe import Markup

from darlington_analysis.evidence.robustness import BoroughRobustness, WardRobustness
from darlington_analysis.pages.components import tables
from darlington_analysis.pages.words import index_methods as words
from darlington_analysis.pages.words import sentences


def ward(shown: WardRobustness) -> Markup:
    """Return a pack's part: what holds, the people in deprived neighbourhoods, and every place."""
    said = " ".join(sentences.say(claim) for claim in shown.claims)
    return Markup("<h3>{}</h3><p>{}</p>{}<p>{}</p>").format(
        words.QUESTION, said, Markup(_places_table(shown)), words.note(shown.places)
    )


def ward_text(shown: WardRobustness) -> str:
    """Return the sentences on how firmly a ward's place holds."""
    return "\n".join(sentences.say(claim) for claim in shown.claims)


def _places_table(shown: WardRobustness) -> str:
    """A row a way of adding up, a column an Index, and England's list where there is most of it."""
    fullest = shown.places.dropna(subset=["at_least"]).groupby("period").size().idxmax()
    by_way = {
        way: {row.period: row for row in rows.itertuples()}
        for way, rows in shown.places.groupby("way", sort=False)
    }
    rows = pd.DataFrame(
        {
            "way": words.WAY_WORDS[way].capitalize(),
            "england": words.england(of_index[fullest]),
            **{when: words.darlington(row) for when, row in of_index.items()},
        }
        for way, of_index in by_way.items()
    )
    columns = [tables.Column("way", "By")]
    columns += [
        tables.Column(when, f"In Darlington, Index of {when}")
        for when in sorted(set(shown.places.period))
    ]
    columns.append(tables.Column("england", f"In England, 0 to 100, Index of {fullest}"))
    return tables.table(rows, columns, words.WAYS_CAPTION)


def borough(shown: BoroughRobustness) -> str:
    """Return which wards' places hold, the count by each list, and every ward."""
    said = sentences.say(shown.claims[0])
    return (
        Markup('<p class="answer">{}</p>').format(said)
        + Markup(_lists_table(shown))
        + Markup(_wards_table(shown))
        + Markup("<p>{}</p>").format(words.note(shown.places))
    )


def borough_text(shown: BoroughRobustness) -> str:
    """Return which wards' places hold, and every ward's range of places, one a line."""
    lines = [f"{row.area_name}: {words.darlington(row)}" for row in shown.wards.itertuples()]
    return "\n".join([sentences.say(shown.claims[0]), *lines])


def _lists_table(shown: BoroughRobustness) -> str:
    rows = shown.lists.assign(
        named="Index of " + shown.lists.period + ", " + shown.lists.way.map(words.WAY_WORDS)
    )
    columns = [
        tables.Column("named", "List"),
        tables.Column("is_in", "Wards in the most deprived quarter", "number"),
        tables.Column("is_open", "Wards of which it cannot be told", "number"),
    ]
    return tables.table(rows, columns, words.LISTS_CAPTION)


def _wards_table(shown: BoroughRobustness) -> str:
    rows = shown.wards.assign(
        held=[f"{row.times} of {row.told}" for row in shown.wards.itertuples()],
        places=[words.darlington(row) for row in shown.wards.itertuples()],
    )
    columns = [
        tables.Column("area_name", "Ward"),
        tables.Column("held", "Lists that put it in the most deprived quarter"),
        tables.Column("verdict", "So in all, some or none"),
        tables.Column("places", "Place in Darlington, every Index and way"),
        tables.Column(
            "tenth", "% of people in England’s most deprived tenth [e]", "number", missing="x"
        ),
        tables.Column("fifth", "% of people in the most deprived fifth [e]", "number", missing="x"),
    ]
    return tables.table(rows, columns, words.BOROUGH_CAPTION)
