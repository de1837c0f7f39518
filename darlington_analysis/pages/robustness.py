"""How firmly places on the Indices hold: one ward, and all of them."""

import pandas as pd
from markupsafe import Markup

from darlington_analysis.evidence.robustness import BoroughRobustness, WardRobustness
from darlington_analysis.pages.components import blocks, tables
from darlington_analysis.pages.components.numbers import (
    listed,
    more_deprived_than,
    ordinal,
    share_words,
    word,
)

QUESTION = "Does its place hold, however the Index is added up?"
WAY_WORDS = {
    "mean score": "the mean score",
    "mean rank": "the mean rank",
    "neighbourhoods in the worst tenth": "the share of neighbourhoods in the most deprived tenth",
    "neighbourhoods in the worst fifth": "the share of neighbourhoods in the most deprived fifth",
    "people in the worst tenth": "the share of people in the most deprived tenth",
    "people in the worst fifth": "the share of people in the most deprived fifth",
}
NOTE = (
    "A place in England needs a list of all of England’s wards made in the same way. For mean "
    "scores there is one of each Index."
)
OTHER_LISTS = (
    "For other ways there is one of the Index of {periods} alone, and none that counts people."
)
NO_PLACE_NOTE = "No place: no part of the ward is that deprived, so it cannot be ranked."
PEOPLE_NOTE = (
    "People are residents of 2011 [e]. A neighbourhood of 2001 that was split or changed since has "
    "the people of the areas that took its place."
)
NO_LIST, NO_PLACE = "no list at hand", "no place"
WAYS_CAPTION = "Places by each Index and way of adding up"
BOROUGH_CAPTION = "How firmly each ward’s place holds, most deprived first"
PEOPLE_HEADS = {
    "tenth": "% of people in England’s most deprived tenth [e]",
    "fifth": "% of people in the most deprived fifth [e]",
}
LISTS_CAPTION = "Wards of {borough} in England’s most deprived quarter, by each list"


def quarter(facts: dict) -> str:
    """Return in how many national lists a ward is in the most deprived part."""
    times, decided, lists = facts["times"], facts["told"], facts["lists"]
    quarter = f"the most deprived {share_words(facts['line'])}"
    tie = ""
    if decided < lists:
        many = lists - decided
        tie = (
            f" {word(many).capitalize()} of the {word(lists)} {'leaves' if many == 1 else 'leave'} it "
            "open: wards like this one share a place on both sides of the line."
        )
    if not decided:
        return tie.strip()
    told = f"{word(decided)} lists of England’s wards{' that can tell' if decided < lists else ''}"
    many = {0: f"None of the {told} puts", decided: f"All {told} put"}.get(
        times, f"Of the {told}, {word(times)} {'puts' if times == 1 else 'put'}"
    )
    if decided == 1:
        many = f"The one list of England’s wards {'puts' if times else 'does not put'}"
    return f"{many} the ward in {quarter}.{tie}"


def places(facts: dict) -> str:
    """Return a ward's range of places in the borough over Indices and ways."""
    low, high = facts["place_low"], facts["place_high"]
    span = ordinal(low) if low == high else f"between {ordinal(low)} and {ordinal(high)}"
    return (
        f"Over all Indices and ways of adding up, its place in {blocks.borough()} is {span} "
        f"of {facts['wards']}."
    )


def people(facts: dict) -> str:
    """Return how many of a ward's people live in England's most deprived neighbourhoods."""
    if not facts["fifth"]:
        return (
            "No neighbourhood of the ward is in England’s most deprived fifth "
            f"(Index of {facts['period']}). People in need live in other neighbourhoods too."
        )
    many = f"About {facts['fifth']:.0f} in every 100 of its people live"
    return (
        f"{'Everybody in the ward lives' if facts['fifth'] == 100 else many} in England’s most "
        f"deprived fifth of neighbourhoods (Index of {facts['period']}). {_of_which(facts)}"
    )


def _of_which(facts: dict) -> str:
    """Return how many of the people in the worst fifth are in the worst tenth."""
    tenth, fifth = f"{facts['tenth']:.0f}", f"{facts['fifth']:.0f}"
    if not facts["tenth"]:
        return "None of them is in the most deprived tenth."
    if tenth == fifth:
        return "They live in the most deprived tenth too."
    return f"About {tenth} in every 100 live in the most deprived tenth."


def boroughwide(facts: dict) -> str:
    """Return which wards are in the most deprived part by all, some or none of the lists."""
    some = listed(facts["some"]) if facts["some"] else "no ward"
    return (
        f"There are {word(facts['lists'])} lists of England’s wards here, by year and way of "
        f"adding up. By all that can tell, "
        f"{word(len(facts['all']))} wards are in the most deprived {share_words(facts['line'])}: "
        f"{listed(facts['all']) if facts['all'] else 'none'}. By some but not all: {some}. "
        f"By none: {word(len(facts['none']))} wards."
    )


RULES = {
    "quarter-of-ward": quarter,
    "places-by-ways": places,
    "people-in-worst": people,
    "quarter-by-ways": boroughwide,
}


def note(places: pd.DataFrame) -> str:
    """Return what the places are made from, and how people were counted where they were."""
    notes = [NOTE]
    listed_otherwise = places[places.way.ne("mean score") & places.at_least.notna()].period
    if len(listed_otherwise):
        notes.append(OTHER_LISTS.format(periods=listed(sorted(set(listed_otherwise)))))
    if places.place_low.isna().any():
        notes.append(NO_PLACE_NOTE)
    if places.way.str.startswith("people").any():
        notes.append(PEOPLE_NOTE)
    return " ".join(notes)


def england(row) -> str:
    """Return how many of 100 wards a ward is more deprived than; wards that tie share a stretch."""
    if pd.isna(row.at_least):
        return NO_LIST
    if row.at_least == row.more:
        return str(more_deprived_than(row.more))
    return f"{100 - row.at_least:.0f} to {100 - row.more:.0f}"


def in_borough(row) -> str:
    """Return a place in the borough; wards that tie share it."""
    if pd.isna(row.place_low):
        return NO_PLACE
    low, high = ordinal(int(row.place_low)), ordinal(int(row.place_high))
    return low if low == high else f"{low} to {high}"


def ward(shown: WardRobustness) -> Markup:
    """Return a pack's part: what holds, the people in deprived neighbourhoods, and every place."""
    sentences = " ".join(blocks.sentences(shown.claims, RULES))
    return Markup("<h3>{}</h3><p>{}</p>{}<p>{}</p>").format(
        QUESTION, sentences, _places_table(shown), note(shown.places)
    )


def _places_table(shown: WardRobustness) -> str:
    """A row a way of adding up, a column an Index, and England's list where there is most of it."""
    fullest = shown.places.dropna(subset=["at_least"]).groupby("period").size().idxmax()
    by_way = {
        way: {row.period: row for row in rows.itertuples()}
        for way, rows in shown.places.groupby("way", sort=False)
    }
    rows = pd.DataFrame(
        {
            "way": WAY_WORDS[way].capitalize(),
            "england": england(of_index[fullest]),
            **{when: in_borough(row) for when, row in of_index.items()},
        }
        for way, of_index in by_way.items()
    )
    columns = [tables.Column("way", "By")]
    columns += [
        tables.Column(when, f"In {blocks.borough()}, Index of {when}")
        for when in sorted(set(shown.places.period))
    ]
    columns.append(
        tables.Column("england", f"More deprived than, of 100 in England, Index of {fullest}")
    )
    return tables.table(rows, columns, WAYS_CAPTION)


def borough(shown: BoroughRobustness) -> str:
    """Return which wards' places hold, the count by each list, and every ward."""
    sentence = blocks.sentence(shown.claims[0], RULES)
    return (
        blocks.answer_line(sentence)
        + _lists_table(shown)
        + _wards_table(shown)
        + blocks.paragraph(note(shown.places))
    )


def _lists_table(shown: BoroughRobustness) -> str:
    rows = shown.lists.assign(
        named="Index of " + shown.lists.period + ", " + shown.lists.way.map(WAY_WORDS)
    )
    columns = [
        tables.Column("named", "List"),
        tables.Column("is_in", "Wards in the most deprived quarter", "number"),
        tables.Column("is_open", "Wards of which it cannot be told", "number"),
    ]
    return tables.table(rows, columns, LISTS_CAPTION.format(borough=blocks.borough()))


def _wards_table(shown: BoroughRobustness) -> str:
    rows = shown.wards.assign(
        held=[f"{row.times} of {row.told}" for row in shown.wards.itertuples()],
        places=[in_borough(row) for row in shown.wards.itertuples()],
    )
    people = {name: head for name, head in PEOPLE_HEADS.items() if rows[name].notna().any()}
    columns = [
        tables.Column("area_name", "Ward"),
        tables.Column("held", "Lists that put it in the most deprived quarter"),
        tables.Column("verdict", "So in all, some or none"),
        tables.Column("places", f"Place in {blocks.borough()}, every Index and way"),
        *(tables.Column(name, head, "number", missing="x") for name, head in people.items()),
    ]
    return tables.table(rows, columns, BOROUGH_CAPTION)
