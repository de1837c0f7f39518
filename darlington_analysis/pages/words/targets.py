"""What would it take, in words: people, luck, and when anyone could tell."""

from math import isnan

from darlington_analysis.pages.components.numbers import whole, word
from darlington_analysis.sources.indicators import indicator

NO_TARGET = {
    "neither": "This figure is neither good nor bad, so no target is worked out.",
    "modelled": "No target is worked out from a model.",
    "no base": "No target is worked out: the people this share is out of are not published.",
    "withheld": "The count is withheld [c], so nothing is worked out from it.",
    "nought": "There were none in these years. No target can be lower than none.",
    "good": "The ward is on the good side of {name} already. A target is for people here to "
    "choose.",
    "cannot be told apart": "The ward cannot be told apart from {name}. So there is no sure gap to "
    "put into numbers.",
    "not known": "There is no figure of a wider area to be level with.",
}
SELDOM = 20  # times in 100: told less often than that, a change is as good as never told
SCOPES = {
    "alone": "This ward alone",
    "with neighbours": "With {neighbours} that it touches",
    "borough": "All of {borough}",
}
NOTE = (
    "A change “can be told” where an exact test, 95% sure, would see it at least 80 times in 100. "
    "The years to come are set beside the {years} years counted, as rounded. A ward can also "
    "change because all of England does: this test cannot tell that apart."
)


def no_target(facts: dict) -> str:
    """Return why there is no target."""
    return NO_TARGET[facts["reason"]].format(name=facts.get("benchmark_name", ""))


def target_in_people(facts: dict) -> str:
    """Return how many people a ward is from a benchmark, and whether one census could tell."""
    title = indicator(facts["indicator"]).title
    thing = title[0].lower() + title[1:]
    if facts["can_be_told"]:
        told = "One more census could tell such a change from chance."
    else:
        told = f"One more census might miss it: it would tell it {times(facts['times_told'])}."
    smallest = facts["smallest_change"]
    if not isnan(smallest):
        told += f" The smallest change it could tell is about {whole(abs(smallest))}."
    return (
        f"It would take {difference(facts)} {thing} to be level with {facts['benchmark_name']}. "
        f"Allowing for chance, the number is likely to be between {span(facts)}. {told}"
    )


def difference(facts: dict) -> str:
    """Return a number of people as “about 330 fewer”."""
    return f"about {whole(abs(facts['change']))} {way(facts['change'])}"


def span(facts: dict) -> str:
    """Return the range of a number of people; one that rounds to nought is one."""
    near = max(1, abs(facts["change_near"]))
    return f"{whole(near)} and {whole(abs(facts['change_far']))}"


def times(chance: float) -> str:
    """Return a chance out of 100 as people say it, never “0 times” and never “always”."""
    if chance < 1:
        return "less than once in 100 times"
    if chance > 99:
        return "more than 99 times in 100"
    return "about once in 100 times" if chance == 1 else f"about {whole(chance)} times in 100"


def target_in_events(facts: dict) -> str:
    """Return a target in children, the chance of luck, and when it could be told, if ever."""
    is_yearly = abs(facts["change_a_year"]) >= 1
    luck = times(facts["times_by_luck"] if is_yearly else facts["times_by_luck_in_all"])
    span = "in one year" if is_yearly else f"in {word(facts['years'])} years"
    side = "few" if facts["change_a_year"] < 0 else "many"
    return (
        f"{_target(facts)} By luck alone, so {side} {span} would come up {luck}. "
        f"{_when_told(facts)}"
    )


def smallest_change(facts: dict) -> str:
    """Return the smallest change that can be told, here and in wider areas."""
    said = [
        f"{_capital(_place(scope, facts))} {_pair(facts['smallest'][scope], facts['years'])}."
        for scope in SCOPES
        if scope in facts["smallest"]
    ]
    left_out = _and(facts["left_out"])
    note = f" Left out, as withheld [c]: {left_out}." if left_out else ""
    return f"How small a change can be told from chance? {' '.join(said)}{note}"


def target_name(name: str, borough: str, change: float) -> str:
    """Return a target as a table names it."""
    return {"level": f"Level with {borough}", "tenth": f"A tenth {way(change)}"}[name]


def way(change: float) -> str:
    """Return “fewer” or “more”."""
    return "fewer" if change < 0 else "more"


def wards(facts: dict) -> str:
    """Return the neighbours that are pooled: all that the ward touches, or some of them."""
    count = word(facts["neighbours"])
    if facts["left_out"]:
        return f"{count} of the wards"
    return "the one ward" if count == "one" else f"the {count} wards"


def _target(facts: dict) -> str:
    name = target_name(facts["target"], facts["borough"], facts["change_a_year"])
    a_year, total = abs(facts["change_a_year"]), max(1, round(abs(facts["change_in_all"])))
    span = "a year" if a_year >= 1 else f"in {word(facts['years'])} years"
    count = whole(a_year if a_year >= 1 else total)
    people = "child" if count == "1" else "children"
    return f"{name} is about {count} {way(facts['change_a_year'])} {people} {span}."


def _when_told(facts: dict) -> str:
    told = facts["told"]
    if told["alone"]:
        return f"If that were met, it could be told from chance {_after(told['alone'])}."
    most = word(facts["years"])
    said = f"In this ward nobody could tell it from chance, even with {most} years taken together."
    if facts["times_told_in_all"] >= SELDOM:
        said = (
            f"In this ward it would be missed too often: {most} years taken together would tell it "
            f"from chance {times(facts['times_told_in_all'])}."
        )
    wider = {scope: first for scope, first in told.items() if scope != "alone"}
    able = [scope for scope, first in wider.items() if first]
    if able:
        place = _capital(_place(able[0], facts))
        share = ", if all changed by the same share" if able[0] == "with neighbours" else ""
        return f"{said} {place} it could be told {_after(wider[able[0]])}{share}."
    if wider:
        places = ", nor ".join(_place(scope, facts) for scope in wider)
        return f"{said} Nor could it be told {places}. Only a larger change could be seen."
    return f"{said} Only a larger change could be seen."


def _after(first: int) -> str:
    return "after one year" if first == 1 else f"with {word(first)} years taken together"


def _place(scope: str, facts: dict) -> str:
    return {
        "alone": "here",
        "with neighbours": f"with {wards(facts)} that it touches",
        "borough": f"in all of {facts['borough']}",
    }[scope]


def _pair(percents: tuple[float, float], most: int) -> str:
    first, last = percents
    if isnan(last):
        return f"no change can be told, even over {word(most)} years"
    late = f"{whole(abs(last))}% over {word(most)} years"
    if isnan(first):
        return f"no change can be told in one year, but {late} can"
    return f"{whole(abs(first))}% in one year can be told, or {late}"


def _and(names) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


RULES = {
    "no-target": no_target,
    "target-in-people": target_in_people,
    "target-in-events": target_in_events,
    "smallest-change": smallest_change,
}
