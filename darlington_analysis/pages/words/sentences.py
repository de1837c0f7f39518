"""Claims put into words: one function a rule, no judgement that the claim does not hold."""

from collections.abc import Callable

from darlington_analysis.core.vocabulary import Polarity
from darlington_analysis.evidence.claims import Claim
from darlington_analysis.pages.components.numbers import (
    Frequency,
    frequency,
    in_every,
    ordinal,
    period,
    word,
)
from darlington_analysis.pages.words import (
    borough_only,
    deprivation,
    index_methods,
    negotiation,
    options,
    outlook,
    predecessor_wards,
    review_statements,
    scan,
    targets,
)
from darlington_analysis.sources.indicators import indicator

MADE_UP = "Made-up figure"
CHANCE = "Allowing for chance, the figure is likely to be between"


def say(claim: Claim) -> str:
    """Return a claim as one or more plain sentences."""
    said = _RULES[claim.rule](claim.facts)
    is_marked = not claim.is_dummy or said.startswith(MADE_UP)
    return said if is_marked else f"{MADE_UP}. {said}"


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


def _as_published(facts: dict) -> str:
    about, said = indicator(facts["indicator"]), frequency(facts)
    first = f"About {said.number} in every {said.out_of} {about.who} {about.what} ({_when(facts)})."
    return f"{first}{_in_wider(said)} No range for chance was published."


def _modelled(facts: dict) -> str:
    about, said = indicator(facts["indicator"]), frequency(facts)
    first = f"By a model, {said.number} in every {said.out_of} {about.who} {about.what}"
    return f"{first} ({_when(facts)}).{_in_wider(said)} Nobody was asked."


def _in_wider(said: Frequency) -> str:
    return f" In {said.name} it is {said.benchmark}." if said.benchmark else ""


def _strength(facts: dict) -> str:
    about, said = indicator(facts["indicator"]), frequency(facts)
    share = "a smaller" if about.polarity is Polarity.LOW_IS_GOOD else "a larger"
    aged = " Young wards tend to have better health." if about.goes_with_age else ""
    return (
        f"Something strong: {share} share of {about.who} {about.what} than in {said.name}. "
        f"It is about {said.number} in every {said.out_of}, beside {said.benchmark}.{aged}"
    )


def _no_strength(facts: dict) -> str:
    than = "better" if facts["is_any_hard"] else "better or worse"
    return (
        f"{_none_of(facts['judged'], than)}Figures like these count problems. "
        "They do not count people’s skills, groups and goodwill, and those are here too."
    )


def _none_of(judged: list[str], than: str) -> str:
    if not judged:  # each is better, but of too few people, or less so than Darlington's
        return ""
    if len(judged) == 1:
        return f"The figure on {_listed(judged)} is not clearly {than} than England’s. "
    return f"Of the figures on {_listed(judged)}, none is clearly {than} than England’s. "


def _cannot_say(facts: dict) -> str:
    census = f": the census was in March {facts['census']}" if facts["census"] else ""
    near = "Census areas do not match this ward: its figures are estimates. "
    near = near if facts.get("is_best_fit") else ""
    return (
        f"These figures cannot say why, and they are not new{census}. {near}"
        "People who live here know what the figures miss."
    )


def _made_up(facts: dict) -> str:
    about = indicator(facts["indicator"])
    if facts["status"] == "c":
        return "Made-up figure, and withheld [c], as a real one this small would be."
    number, out_of = in_every(facts["value"], about)
    share, what = f"{number} in every {out_of}", about.what
    if not facts["value"]:
        share, what = "no", about.what.replace(" in a year", " in these years")
    return (
        f"Made-up figure: {share} {about.who} {what}. "
        f"We found no real figure for wards. This one only shows how a real one would look. "
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
        return f"It is {ordinal(low)} of {facts['wards']} wards. The 1st has the highest figure."
    return (
        f"Its place is between {ordinal(low)} and {ordinal(high)} of {facts['wards']} wards, "
        f"the 1st having the highest figure.{_first_chance(facts['chance_highest'])}"
    )


def _first_chance(chance: float) -> str:
    times = round(chance * 10)
    if times == 0:
        return ""
    if times == 10:
        return " It comes out highest nearly every time."
    return f" It comes out highest about {word(times)} {'time' if times == 1 else 'times'} in 10."


def _listed(names: list[str]) -> str:
    lower = [name[0].lower() + name[1:] for name in names]
    return lower[0] if len(lower) == 1 else f"{', '.join(lower[:-1])} and {lower[-1]}"


def _when(facts: dict) -> str:
    about = indicator(facts["indicator"])
    return f"census {facts['period']}" if about.period_kind == "census" else period(facts["period"])


_RULES: dict[str, Callable[[dict], str]] = {
    "deprivation-position": deprivation.position,
    "deprivation-editions": deprivation.editions,
    "deprivation-pockets": deprivation.pockets,
    "compared": _compared,
    "as-published": _as_published,
    "modelled": _modelled,
    "wider-only": borough_only.say,
    "lines": predecessor_wards.say,
    "strength": _strength,
    "no-strength-in-figures": _no_strength,
    "cannot-say": _cannot_say,
    "made-up": _made_up,
    "no-figure": _no_figure,
    "rank-range": _rank,
    "wards-within-line": deprivation.wards_within_line,
    "statement": review_statements.say,
    "quarter-of-ward": index_methods.quarter,
    "places-by-ways": index_methods.places,
    "people-in-worst": index_methods.people,
    "quarter-by-ways": index_methods.boroughwide,
    "scan": scan.scan,
    "scan-spread": scan.spread,
    "pockets-in-quiet-wards": scan.pockets,
    **outlook.RULES,
    **targets.RULES,
    **negotiation.RULES,
    **options.RULES,
}
