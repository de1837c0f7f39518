"""Who is supported, and why: the review's rules, each step printed. No rank removes anybody.

Paragraphs 18 and 21 to 24 of the review of support to Community Partnerships.
"""

from dataclasses import dataclass

from darlington_analysis.core.settings import Support

SUPPORTED, DECLINED, WATCH, FREE, PERSON, NOT, UNDECIDED = (
    "supported",
    "declined",
    "watch list",
    "place free",
    "a person decides",
    "not supported",
    "not decided",
)


@dataclass(frozen=True)
class Scenario:
    """What is supposed: places to spare, and the wards whose partnerships want no support."""

    spare_capacity: int
    declined: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Step:
    """One step of the rule: its name, the review's paragraphs, whether it holds."""

    rule: str
    paragraphs: str
    holds: bool


@dataclass(frozen=True)
class Outcome:
    """What the rule comes to for one ward: the state, and every step that led there."""

    code: str
    state: str
    steps: tuple[Step, ...]


def as_decided(decided: Support) -> Scenario:
    """Return the scenario of darlington.toml alone: nobody has declined."""
    return Scenario(decided.spare_capacity)


def decide(decided: Support, code: str, supposed: Scenario) -> Outcome:
    """Return whether a ward is supported under a scenario, with every step.

    The order among the wards that come next is not given: where there are fewer places than
    wards, a person decides.
    """
    listed = Step("on-list", "the table of wards", code in decided.supported)
    if listed.holds:
        place = Step("place-removes-nobody", "21 and 22", True)
        wish = Step("no-refusal", "18, 22 and 24", code not in supposed.declined)
        return Outcome(code, SUPPORTED if wish.holds else DECLINED, (listed, place, wish))
    following = Step("comes-next", "23", code in decided.watch_list)
    if not following.holds:
        return Outcome(code, NOT, (listed, following))
    places = free_places(decided, supposed)
    free = Step("place-free", "23 and 24", places > 0)
    if not free.holds:
        return Outcome(code, WATCH, (listed, following, free))
    enough = Step("place-for-each", "24", places >= len(decided.watch_list))
    return Outcome(code, FREE if enough.holds else PERSON, (listed, following, free, enough))


def free_places(decided: Support, supposed: Scenario) -> int:
    """Return how many further wards could be supported: places to spare, and places given up."""
    given_up = sum(code in decided.supported for code in supposed.declined)
    return supposed.spare_capacity + given_up


def pounds_each(decided: Support) -> float:
    """Return the cost of one ward of the watch list, **if** the total were shared equally.

    The review gives the total for all of them together and no other figure.
    """
    return decided.watch_list_pounds / len(decided.watch_list)
