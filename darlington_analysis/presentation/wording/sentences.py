"""Claims put into words: one function a rule, no judgement that the claim does not hold."""

from collections.abc import Callable

from darlington_analysis.catalogue.indicators import indicator
from darlington_analysis.evidence.claims import Claim
from darlington_analysis.presentation.wording.frequencies import frequency
from darlington_analysis.presentation.wording.numbers import (
    in_every,
    ordinal,
    period,
    word,
)

CHANCE = "Allowing for chance, it lies between"


def say(claim: Claim) -> str:
    """Return a claim as one or more plain sentences."""
    return _RULES[claim.rule](claim.facts)


def _position(facts: dict) -> str:
    position = round(facts["position"])
    nearly = f"about {word(position)}" if position >= 1 else "fewer than one"
    sentence = (
        f"Of every 100 wards in England, {nearly} {_are(position)} more deprived than "
        f"{facts['ward']} (Index of {facts['period']}). "
    )
    quarter = _line(facts["line"])
    side = "It is in" if facts["is_within_line"] else "It is not in"
    return (
        f"{sentence}{side} the most deprived {quarter} of wards. "
        f"In Darlington it is {_place(facts['place'])} of {facts['wards']} wards."
    )


def _editions(facts: dict) -> str:
    first, last = facts["first_place"], facts["last_place"]
    span = (
        f"{ordinal(first)} every time" if first == last else f"{ordinal(first)} to {ordinal(last)}"
    )
    within, times = facts["times_within_line"], len(facts["periods"])
    quarter = _line(facts["line"])
    always = {0: "in none of them", times: "in all of them"}.get(
        within, f"in {word(within)} of them"
    )
    return (
        f"Three things can change a place: the ward, the other wards, and how the Index is made. "
        f"Over the Indices of {_and(facts['periods'])} the ward’s place in Darlington is {span} "
        f"of {facts['wards']}, the 1st being the most deprived. "
        f"It is in the most deprived {quarter} of England’s wards {always}. "
        f"A place says how a ward stands beside others. It does not say that life there got "
        f"better or worse."
    )


def _pockets(facts: dict) -> str:
    n = facts["neighbourhoods"]
    if n == 1:
        where = "is" if facts["worst_10"] else "is not"
        return (
            f"The ward is a single neighbourhood in the Index of {facts['period']}. "
            f"It {where} in the most deprived tenth of England’s neighbourhoods."
        )
    tenth, fifth = (_how_many(facts[name], n) for name in ("worst_10", "worst_20"))
    return (
        f"The ward has {word(n)} neighbourhoods in the Index of {facts['period']}. "
        f"{tenth.capitalize()} in the most deprived tenth of England’s neighbourhoods, "
        f"and {fifth} in the most deprived fifth."
    )


def _compared(facts: dict) -> str:
    about, said = indicator(facts["indicator"]), frequency(facts)
    first = f"About {said.number} in every {said.out_of} {about.who} {about.what} ({_when(facts)})."
    spread = f" {CHANCE} {said.low} and {said.high}." if said.low != said.high else ""
    return f"{first}{spread} {_beside(facts, said)}".strip()


def _beside(facts: dict, said: Frequency) -> str:
    other = f"In {said.name} it is {said.benchmark}"
    return {
        "higher": f"{other}, so the ward is higher.",
        "lower": f"{other}, so the ward is lower.",
        "cannot be told apart": f"{other}: the two cannot be told apart.",
        "not known": "No figure for a wider area was published to set beside it.",
    }[facts["comparison"]]


def _strength(facts: dict) -> str:
    about, said = indicator(facts["indicator"]), frequency(facts)
    return (
        f"Something strong: about {said.number} in every {said.out_of} {about.who} {about.what}. "
        f"In {said.name} it is {said.benchmark}."
    )


def _no_strength(facts: dict) -> str:
    return (
        "None of these figures is clearly better than England’s. They count problems. "
        "They do not count people’s skills, groups and goodwill, and those are here too."
    )


def _cannot_say(facts: dict) -> str:
    return (
        "These figures cannot say why, and they are not new: the census was in March 2011. "
        "People who live here know what the figures miss."
    )


def _made_up(facts: dict) -> str:
    about = indicator(facts["indicator"])
    if facts["status"] == "c":
        return "Made-up figure, and withheld [c], as a real one this small would be."
    number, out_of = in_every(facts["value"], about)
    return (
        f"Made-up figure: {number} in every {out_of} {about.who} {about.what}. "
        f"No real figure for wards was published. This one only shows how a real one would look. "
        f"It decides nothing."
    )


def _no_figure(facts: dict) -> str:
    reason = {
        "c": "is withheld, to protect people",
        "x": "is not available",
        "z": "does not apply here",
    }[facts["status"]]
    return f"The figure {reason} [{facts['status']}]. Withheld is not zero."


def _rank(facts: dict) -> str:
    low, high = facts["rank_lower"], facts["rank_upper"]
    if low == 1 and high == facts["wards"]:
        return "Its place among the wards cannot be told."
    if low == high:
        return f"It is {ordinal(low)} of {facts['wards']} wards, 1st being the highest."
    return (
        f"Its place is between {ordinal(low)} and {ordinal(high)} of {facts['wards']} wards, "
        f"1st being the highest.{_first_chance(facts['chance_highest'])}"
    )


def _first_chance(chance: float) -> str:
    times = round(chance * 10)
    return f" It comes out highest about {word(times)} times in 10." if 1 <= times <= 9 else ""


def _ten_wards(facts: dict) -> str:
    counted = ", ".join(
        f"{word(count)} in the Index of {edition}" for edition, count in facts["counts"].items()
    )
    return (
        f"Wards of Darlington in the most deprived {_line(facts['line'])} of England’s wards: "
        f"{counted}."
    )


def _how_many(count: int, of: int) -> str:
    if count == of:
        return "both are" if of == 2 else f"all {word(of)} are"
    return f"{word(count) if count else 'none'} of them {_are(count) if count else 'is'}"


def _when(facts: dict) -> str:
    about = indicator(facts["indicator"])
    return f"census {facts['period']}" if about.period_kind == "census" else period(facts["period"])


def _line(percent: float) -> str:
    return "quarter" if percent == 25 else f"{percent:g} in every 100"


def _place(place: int) -> str:
    return "the most deprived" if place == 1 else f"the {ordinal(place)} most deprived"


def _are(count: int) -> str:
    return "is" if count <= 1 else "are"


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


_RULES: dict[str, Callable[[dict], str]] = {
    "deprivation-position": _position,
    "deprivation-editions": _editions,
    "deprivation-pockets": _pockets,
    "compared": _compared,
    "strength": _strength,
    "no-strength-in-figures": _no_strength,
    "cannot-say": _cannot_say,
    "made-up": _made_up,
    "no-figure": _no_figure,
    "rank-range": _rank,
    "wards-within-line": _ten_wards,
}
