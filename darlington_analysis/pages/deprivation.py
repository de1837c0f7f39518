"""Where the ward stands on the Indices, the pockets inside it, and its support."""

from markupsafe import Markup

from darlington_analysis.evidence import pack
from darlington_analysis.evidence.deprivation import DeprivationAnswer
from darlington_analysis.pages import review_statements, robustness, support
from darlington_analysis.pages.certainty import fit_note
from darlington_analysis.pages.components import blocks, charts, figure, tables
from darlington_analysis.pages.components.numbers import (
    listed,
    more_deprived_than,
    ordinal,
    share_words,
    word,
)

FAR_APART = 40  # of 100 places: neighbourhoods as far apart as that need saying


def position(facts: dict) -> str:
    """Return a ward's place in England and in the borough on one Index."""
    count = more_deprived_than(facts["position"])
    only = "only " if count < 50 else ""
    return (
        f"{facts['ward']} is more deprived than {only}{count} in every 100 wards in England (Index of "
        f"{facts['period']}). {_side(facts)} "
        f"In {blocks.borough()} it is {_place(facts['place'], facts['wards'])} of {facts['wards']} wards"
        f"{_from_the_top(facts)}. "
        f"{_other_places(facts)}{_other_means(facts)}"
    )


def _other_means(facts: dict) -> str:
    """Return where the ward is by its people, and on the Index's own areas, where that differs."""
    words = ""
    position, by_people, own = (facts[name] for name in ("position", "by_people", "own_areas"))
    if pack.is_unlike(by_people, facts):
        words += (
            " If we counted the ward’s own residents, rather than whole neighbourhoods, "
            f"it would be more deprived than {more_deprived_than(by_people)}."
        )
    if more_deprived_than(own) != more_deprived_than(position):
        words += (
            " With the neighbourhoods that this Index itself puts here, it would be more deprived than "
            f"{more_deprived_than(own)}. We use the same ones in every year."
        )
    return words


def _from_the_top(facts: dict) -> str:
    """Return which end is 1st, where “most deprived” is not said: past the middle, but not last."""
    is_past = (facts["wards"] + 1) / 2 < facts["place"] < facts["wards"]
    return ", the 1st being the most deprived" if is_past else ""


def _side(facts: dict) -> str:
    """Return on which side of the line a ward is, and how many other lists disagree."""
    part = f"the most deprived {share_words(facts['line'])} of wards"
    is_in = facts["is_within_line"]
    others = facts["lists_told"] - 1
    unlike = facts["lists_told"] - facts["lists_within"] if is_in else facts["lists_within"]
    if not unlike:
        return f"It is {'' if is_in else 'not '}in {part}."
    lists = f"{word(unlike)} of {word(others)} other lists"
    puts = "puts" if unlike == 1 else "put"
    if is_in:
        return f"By this Index it is in {part}, but {lists} {puts} it outside."
    return f"By this Index it is not in {part}, but {lists} {puts} it there."


def _other_places(facts: dict) -> str:
    low, high = facts["other_low"], facts["other_high"]
    others = "Other Indices and ways of adding up" if facts["ways"] > 1 else "The other Indices"
    if low == high == facts["place"]:
        return f"{others} give the same place."
    if low == high:
        return f"{others} put it {ordinal(low)}."
    return f"{others} put it between {ordinal(low)} and {ordinal(high)}."


def editions(facts: dict) -> str:
    """Return a ward's places over all Indices, and what a place cannot say."""
    first, last = facts["first_place"], facts["last_place"]
    span = (
        f"{ordinal(first)} every time" if first == last else f"{ordinal(first)} to {ordinal(last)}"
    )
    within, times = facts["times_within_line"], len(facts["periods"])
    quarter = share_words(facts["line"])
    always = {0: "in none of them", times: "in all of them"}.get(
        within, f"in {word(within)} of them"
    )
    things = (
        "Three things can change a place: the ward, the other wards, and how the Index is made."
    )
    if facts["is_best_fit"]:
        things += " The ward boundary cuts through census areas; the same areas count as the ward every time."
    return (
        f"{things} "
        f"Over the Indices of {listed(facts['periods'])} the ward’s place in {blocks.borough()} is {span}"
        f", of {facts['wards']}; the 1st is the most deprived. "
        f"It is in the most deprived {quarter} of England’s wards {always}. "
        f"A place says how a ward stands beside others. It does not say that life there got "
        f"better or worse.{_areas_told(facts)}"
    )


def _areas_told(facts: dict) -> str:
    """Return which census areas are not what they were, and how they are counted; "" for none."""
    told = []
    if facts["breaks"]:
        told.append(f"The line breaks in {listed(facts['breaks'])}: the areas are other ones.")
    for code in facts["split"]:
        told.append(f"Census area {code} was split since 2015, and still counts as one area.")
    for code in facts["merged"]:
        told.append(f"Census area {code} was two areas in 2015, and still counts as two.")
    for code in facts["left"]:
        told.append(
            f"The publisher now puts census area {code} in another ward. Here it counts in this "
            "ward every time."
        )
    for code in facts["joined"]:
        told.append(
            f"The publisher now puts census area {code} in this ward. Here it counts in its "
            "earlier ward every time."
        )
    return "".join(f" {sentence}" for sentence in told)


def pockets(facts: dict) -> str:
    """Return how many of a ward's neighbourhoods are among England's most deprived."""
    n = facts["neighbourhoods"]
    if n == 1:
        where = "is" if facts["worst_10"] else "is not"
        return (
            f"The ward is a single neighbourhood in the Index of {facts['period']}. "
            f"It {where} in the most deprived tenth of England’s neighbourhoods. "
            f"A place among neighbourhoods is not the same as a place among wards."
        )
    return (
        f"The ward has {word(n)} neighbourhoods in the Index of {facts['period']}. "
        f"{_worst(facts['worst_10'], facts['worst_20'], n)}{_apart(facts)}{_beyond(facts)}"
    )


def _worst(tenth: int, fifth: int, of: int) -> str:
    """Return how many are in the worst fifth and, of these, in the worst tenth: never as two."""
    first = f"{_how_many(fifth, of).capitalize()} in England’s most deprived fifth"
    if not fifth:
        return f"{first}."
    if not tenth:
        return f"{first}, but none in the most deprived tenth."
    if fifth == 1:
        return f"{first}, and in the most deprived tenth too."
    inside = "all of these" if tenth == fifth else f"{word(tenth)} of these"
    return f"{first}; {inside} {_are(tenth)} in the most deprived tenth."


def _beyond(facts: dict) -> str:
    """Return why a ward can stand further out than each of its parts."""
    if facts["lowest"] <= facts["position"] <= facts["highest"]:
        return ""
    return (
        " The ward’s own place is beyond all of theirs: a place among wards is not the same as one "
        "among neighbourhoods."
    )


def _apart(facts: dict) -> str:
    low, high = facts["lowest"], facts["highest"]
    if high - low < FAR_APART:
        return ""
    return (
        f" They differ a lot: one is more deprived than {more_deprived_than(low)} in every 100 "
        f"neighbourhoods in England, another than {more_deprived_than(high)}."
    )


def wards_within_line(facts: dict) -> str:
    """Return how many wards are beyond the line, on each Index."""
    counted = ", ".join(
        f"{word(count)} in the Index of {edition}" for edition, count in facts["counts"].items()
    )
    return (
        f"Wards of {blocks.borough()} in the most deprived {share_words(facts['line'])} of England’s wards: "
        f"{counted}."
    )


def _place(place: int, wards: int) -> str:
    if place == wards:
        return "the least deprived"
    if place > (wards + 1) / 2:
        return ordinal(place)
    return "the most deprived" if place == 1 else f"the {ordinal(place)} most deprived"


def _how_many(count: int, of: int) -> str:
    if count == of:
        return "both are" if of == 2 else f"all {word(of)} are"
    return f"{word(count) if count else 'none'} of them {_are(count) if count else 'is'}"


def _are(count: int) -> str:
    return "is" if count <= 1 else "are"


RULES = {
    "deprivation-position": position,
    "deprivation-editions": editions,
    "deprivation-pockets": pockets,
    "wards-within-line": wards_within_line,
}


NO_NAMES = "Each stands by its code; the pack has their names"
POCKETS_QUESTION = "Are there pockets of need inside the ward?"
WORST_QUARTER, WORST_FIFTH = "most deprived quarter", "most deprived fifth"


def editions_title(answer: DeprivationAnswer) -> str:
    """Return the message of the chart of Index editions."""
    times = int((answer.by_edition.value <= answer.line_percent).sum())
    often = "once" if times == 1 else f"{word(times)} times"
    within = {0: "never", len(answer.by_edition): "every time"}.get(times, often)
    return f"{within.capitalize()} in England’s most deprived quarter, by mean score"


def editions_alt(answer: DeprivationAnswer) -> str:
    """Return the chart of Index editions in one sentence."""
    parts = ", ".join(
        f"{more_deprived_than(row.value)} in {row.period} ({ordinal(row.place)} in "
        f"{blocks.borough()})"
        for row in answer.by_edition.itertuples()
    )
    return f"{answer.ward.name} is more deprived than this many in every 100 of England’s wards: {parts}."


def pockets_title(answer: DeprivationAnswer) -> str:
    """Return the message of the chart of neighbourhoods."""
    worst, least = answer.pockets.value.min(), answer.pockets.value.max()
    if len(answer.pockets) == 1:
        return "One neighbourhood makes up the whole ward"
    low, high = more_deprived_than(least), more_deprived_than(worst)
    return f"Neighbourhoods: more deprived than {low} to {high} of 100 in England"


def pockets_alt(answer: DeprivationAnswer) -> str:
    """Return the chart of neighbourhoods in one sentence."""
    parts = ", ".join(
        f"{row.area_code} than {more_deprived_than(row.value)}"
        for row in answer.pockets.itertuples()
    )
    return (
        f"Neighbourhoods of {answer.ward.name}, each more deprived than this many of 100 in England: "
        f"{parts}."
    )


def deprivation(shown: DeprivationAnswer) -> str:
    """Return the ward's places, its pockets, and why it is supported or not."""
    position, editions, pockets = blocks.sentences(shown.claims, RULES)
    return blocks.join(
        blocks.answer_line(position),
        blocks.paragraph(editions),
        fit_note(shown.latest),
        _editions_figure(shown),
        blocks.question(POCKETS_QUESTION, pockets),
        _pockets_figure(shown),
        robustness.ward(shown.robust),
        _support(shown),
        review_statements.in_pack(shown.documents),
    )


def _support(shown: DeprivationAnswer) -> Markup:
    steps = Markup("").join(
        Markup("<li>{}</li>").format(words) for words in support.step_sentences(shown.support)
    )
    listed = Markup("<ol>{}</ol>").format(steps) if shown.support.steps else ""
    why = " ".join([support.state_sentence(shown.ward.name, shown.support), *shown.support.reasons])
    return Markup('<h3>{}</h3><p class="answer">{}</p>{}<p>{}</p>').format(
        support.QUESTION, why, listed, support.RULE if blocks.is_support_decided() else ""
    )


def _editions_figure(shown: DeprivationAnswer) -> str:
    rows = shown.by_edition.assign(
        index="Index of " + shown.by_edition.period, at=shown.by_edition.place.map(ordinal)
    )
    columns = [
        tables.Column("index", "Index"),
        tables.Column(
            "value", "More deprived than, of 100 wards in England", "number", show=_of_100
        ),
        tables.Column(
            "by_people", "The same, counting the ward’s own residents", "number", show=_of_100
        ),
        tables.Column(
            "at", f"Place in {blocks.borough()}, of {len(shown.borough)}", "number", show=str
        ),
    ]
    return figure.figure(
        charts.position_by_edition(shown.by_edition, cut=shown.line_percent, **_words()),
        figure_id="index-editions",
        title=editions_title(shown),
        subtitle="More deprived than this many of 100 wards in England, by the mean score of the "
        "ward’s neighbourhoods; Indices of Deprivation",
        alt=editions_alt(shown),
        table_html=tables.table(rows, columns, f"{shown.ward.name} on each Index"),
        source_line=blocks.INDEX_SOURCE,
        beside=True,
    )


def _pockets_figure(shown: DeprivationAnswer) -> str:
    columns = [
        tables.Column("area_code", "Neighbourhood (census area)"),
        tables.Column("value", "More deprived than, of 100 in England", "number", show=_of_100),
    ]
    return figure.figure(
        charts.pockets(shown.pockets, cut=20, **_words(WORST_FIFTH)),
        figure_id="pockets",
        title=pockets_title(shown),
        subtitle="More deprived than this many of 100 neighbourhoods in England, "
        f"Index of {shown.latest.period}. {NO_NAMES}",
        alt=pockets_alt(shown),
        table_html=tables.table(shown.pockets, columns, f"Neighbourhoods of {shown.ward.name}"),
        source_line=blocks.INDEX_SOURCE,
        beside=True,
    )


def _words(cut_label: str = WORST_QUARTER) -> dict:
    return {
        "cut_label": cut_label,
        "low_label": "least deprived",
        "high_label": "most deprived",
        "show": _of_100,
        "status_labels": blocks.STATUS_WORDS,
    }


def _of_100(position: float) -> str:
    return str(more_deprived_than(position))
