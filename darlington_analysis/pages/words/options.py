"""Support, reviews and coverage in words, for notebooks 03, 05 and 06."""

from darlington_analysis.pages.components.numbers import whole, word

STATES = {
    "supported": "supported",
    "declined": "declined support",
    "watch list": "comes next; no place",
    "place free": "comes next; a place is free",
    "a person decides": "comes next; a person decides",
    "not supported": "not supported",
    "not decided": "not decided",
}
CAPTION = "Every ward, the steps of the rule, and the Index beside it (which decides nothing)"
HEADS = ["Ward", "State", "Steps", "Place in Darlington on the latest Index (not a reason)"]
RULE_NOTE = (
    "The rule looks at lists the Council decided and at what partnerships wish. A place on the "
    "Index removes nobody, and no made-up figure plays a part."
)
NO_ORDER = (
    "The review gives no order among the wards that come next: a person decides, with the evidence "
    "above beside, and writes down why."
)
ASSUMPTION = "ASSUMPTION, not in the review: if the total were shared equally, about £{each} each."
COMPARED = {
    "higher": "higher than the time before, chance allowed for",
    "lower": "lower than the time before, chance allowed for",
    "cannot be told apart": "cannot be told from the time before",
    "": "not compared",
}
NO_MEASURES = "No measure of this kind is written down yet. For the partnership to say."
COVERAGE_HEADS = {
    "states": ["Ward", "How far", "Signed", "To mend", "Open questions", "Mentor"],
    "strands": ["Strand of One Darlington", "Agreements", "Which"],
    "themes": ["Theme", "Outcomes"],
}
TOO_HARD, OPEN, WANTED, MENTORS = (
    "Too hard for now",
    "Questions still open, and where",
    "Figures asked for, that nobody has",
    "Mentors",
)
NOTHING = "None so far."
NO_RECORD, BROKEN = "no record", "the record can’t be read: run agreement check"
INVENTED, CHANGED_SINCE = " (an invented example)", ", changed since"
OF_AN_OUTCOME = {
    "no-signs": "What would an outcome look like, if we could see it?",
    "who-is-missing": "Who is missing from the figures on an outcome?",
}
BALANCED = "crime and grime"  # the review finds most success there (paragraph 25)


_COUNTED = {
    "supported": "{n} supported",
    "declined": "{n} declined support",
    "watch list": "{n} may come next, but there is no place",
    "place free": "{n} may come next, with a place for each",
    "a person decides": "{n} may come next, with too few places: a person decides",
    "not supported": "{n} not supported",
}


def counted(number: int, left_out: str) -> str:
    """Return how many agreements are counted below, and which records are not."""
    but = f" Not counted, as invented or declined: {left_out}." if left_out else ""
    many = "agreement is" if number == 1 else "agreements are"
    return f"Below, {whole(number)} {many} counted.{but}"


def balance(themes: dict[str, int]) -> str:
    """Return how many outcomes are on crime and grime, and on all others; "" where none are."""
    total, most = sum(themes.values()), themes.get(BALANCED, 0)
    if not total:
        return ""
    bare = themes.get("", 0)
    rest = f"{whole(total - most - bare)} on others" + (f", {whole(bare)} on none" if bare else "")
    return f"{whole(most)} of {whole(total)} outcomes are on {BALANCED}, {rest}."


def too_hard(ward: str, outcome: str, day: str) -> str:
    """Return what was put off, where, and when it comes back."""
    return f"{ward}: {outcome} To be looked at again: {day}"


def states(facts: dict) -> str:
    """Return how many wards are in each state under a scenario."""
    counts = [_COUNTED[state].format(n=whole(number)) for state, number in facts["states"].items()]
    gone = facts["withdrawn"]
    named = " and ".join([", ".join(gone[:-1]), gone[-1]] if len(gone) > 1 else gone)
    first = (
        f"If {named} {'want' if len(gone) > 1 else 'wants'} no support, with" if gone else "With"
    )
    return f"{first} room for {word(facts['spare'])} more wards: {'; '.join(counts)}."


def cost(total: float, wards: list[str]) -> str:
    """Return the one cost the review gives."""
    return (
        f"The same support for {', '.join(wards[:-1])} and {wards[-1]} would cost £{whole(total)} "
        "more for all three together (paragraph 23). The Council can’t add to its resources."
    )


def assumed(each: float) -> str:
    """Return the cost of one ward, named as an assumption."""
    return ASSUMPTION.format(each=whole(each))


def mentors(found: dict) -> list[str]:
    """Return which agreements have no mentor, and which share one."""
    said = []
    for mentor, wards in found.items():
        names = ", ".join(ward.name for ward in wards)
        if not mentor:
            said.append(f"No mentor yet: {names}")
        elif len(wards) > 1:
            said.append(f"One mentor for several: {names}")
    return said


RULES = {"support-states": states}
