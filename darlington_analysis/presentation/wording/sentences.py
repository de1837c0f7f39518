"""Claims put into words: one function a rule, no judgement that the claim does not hold."""

from collections.abc import Callable

from darlington_analysis.catalogue.indicators import indicator
from darlington_analysis.catalogue.vocabulary import Polarity
from darlington_analysis.evidence.claims import Claim
from darlington_analysis.presentation.wording import (
    indices,
    lines,
    negotiation,
    options,
    outlook,
    scan,
    statements,
    takes,
    ways,
    wider,
)
from darlington_analysis.presentation.wording.frequencies import Frequency, frequency
from darlington_analysis.presentation.wording.numbers import (
    in_every,
    ordinal,
    period,
    word,
)

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
    "deprivation-position": indices.position,
    "deprivation-editions": indices.editions,
    "deprivation-pockets": indices.pockets,
    "compared": _compared,
    "as-published": _as_published,
    "modelled": _modelled,
    "wider-only": wider.say,
    "lines": lines.say,
    "strength": _strength,
    "no-strength-in-figures": _no_strength,
    "cannot-say": _cannot_say,
    "made-up": _made_up,
    "no-figure": _no_figure,
    "rank-range": _rank,
    "wards-within-line": indices.wards_within_line,
    "statement": statements.say,
    "quarter-of-ward": ways.quarter,
    "places-by-ways": ways.places,
    "people-in-worst": ways.people,
    "quarter-by-ways": ways.boroughwide,
    "scan": scan.scan,
    "scan-spread": scan.spread,
    "pockets-in-quiet-wards": scan.pockets,
    **outlook.RULES,
    **takes.RULES,
    **negotiation.RULES,
    **options.RULES,
}
