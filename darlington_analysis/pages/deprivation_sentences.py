"""What is said of places on the Indices of Deprivation; a place never “improves”."""

from darlington_analysis.pages.components.numbers import listed, ordinal, share_words, word

FAR_APART = 40  # of 100 places: neighbourhoods as far apart as that need saying


def position(facts: dict) -> str:
    """Return a ward's place in England and in Darlington on one Index."""
    rounded = round(facts["position"])
    nearly = f"about {word(rounded)}" if rounded >= 1 else "fewer than one"
    sentence = (
        f"Of every 100 wards in England, {nearly} {_are(rounded)} more deprived than "
        f"{facts['ward']} (Index of {facts['period']}). "
    )
    return (
        f"{sentence}{_side(facts)} "
        f"In Darlington it is {_place(facts['place'], facts['wards'])} of {facts['wards']} wards"
        f"{_from_the_top(facts)}. "
        f"{_other_places(facts)}"
    )


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
    low, high = facts["place_low"], facts["place_high"]
    others = "Other Indices and ways of adding up" if facts["ways"] > 1 else "Other Indices"
    if low == high:
        return f"{others} give the same place."
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
        things = (
            "Four things can change a place: the ward, the other wards, how the Index is made, and "
            "which census areas count as the ward. These do not nest in it."
        )
    return (
        f"{things} "
        f"Over the Indices of {listed(facts['periods'])} the ward’s place in Darlington is {span}"
        f", of {facts['wards']}; the 1st is the most deprived. "
        f"It is in the most deprived {quarter} of England’s wards {always}. "
        f"A place says how a ward stands beside others. It does not say that life there got "
        f"better or worse."
    )


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
    return f" They differ a lot: from {low:.0f} to {high:.0f}, where 0 is the most deprived."


def wards_within_line(facts: dict) -> str:
    """Return how many wards are beyond the line, on each Index."""
    counted = ", ".join(
        f"{word(count)} in the Index of {edition}" for edition, count in facts["counts"].items()
    )
    return (
        f"Wards of Darlington in the most deprived {share_words(facts['line'])} of England’s wards: "
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
