"""Who is supported and why, what-ifs, and what they would cost."""

from markupsafe import Markup

from darlington_analysis.agreements.support import Step
from darlington_analysis.evidence.deprivation import Support
from darlington_analysis.evidence.support import Costs, Decided
from darlington_analysis.pages.components import blocks
from darlington_analysis.pages.components.numbers import listed, ordinal, whole, word

QUESTION = "Is the ward’s partnership supported, and why?"
RULE = (
    "The list is the review’s proposal. Its example is Cockerton East, kept although, it says, the "
    "ward’s place had changed. Our figures show no such move. A place on "
    "the Index alone does not settle it. Support also needs the partnership to wish it. No "
    "made-up figure plays a part."
)
_STATE_SENTENCES = {
    "supported": "The review proposes to support {ward}.",
    "watch list": "{ward} is not supported now. It is on the watch list.",
    "declined": "The partnership of {ward} has said that it does not want support. The Council may "
    "use its resources elsewhere, and the wards that come next have priority.",
    "place free": "{ward} comes next, and there is a place for each of the wards that do.",
    "a person decides": "{ward} is one of the wards that come next, and there are fewer places "
    "than wards. The review gives no order among them, so a person decides, with evidence beside.",
    "not decided": "Nothing is decided for {ward}. The review’s list names wards of 2003 to 2015, "
    "and this ward has other borders. “Where is this?” above says which of those wards it was.",
    "not supported": "{ward} is not on the review’s list, nor on its watch list.",
}
_STEPS = {
    "on-list": "Is it on the review’s list of supported wards?",
    "place-removes-nobody": "May a better place on the Index remove a ward from the list?",
    "no-refusal": "Is there no record that its partnership has turned support down?",
    "comes-next": "Is it on the watch list of wards that come next?",
    "place-free": "Is there a place to spare, or one that another partnership gave up?",
    "place-for-each": "Are there places for all of the wards that come next?",
}
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
_COUNTED = {
    "supported": "{n} supported",
    "declined": "{n} declined support",
    "watch list": "{n} may come next, but there is no place",
    "place free": "{n} may come next, with a place for each",
    "a person decides": "{n} may come next, with too few places: a person decides",
    "not supported": "{n} not supported",
}


def state_sentence(ward_name: str, support: Support) -> str:
    """Return whether a ward is supported."""
    return _STATE_SENTENCES[support.state].format(ward=ward_name)


def step_sentences(support: Support) -> list[str]:
    """Return each step of the rule with its answer and where the review says so."""
    return [step_sentence(step) for step in support.steps]


def step_sentence(step: Step) -> str:
    """Return one step of the rule with its answer."""
    answer = "Yes" if step.holds else "No"
    if step.rule == "place-removes-nobody":
        answer = "No, never"
    where = step.paragraphs if step.paragraphs[0] == "t" else f"paragraphs {step.paragraphs}"
    where = where.replace("paragraphs 23", "paragraph 23") if step.paragraphs == "23" else where
    where = where.replace("paragraphs 24", "paragraph 24") if step.paragraphs == "24" else where
    return f"{_STEPS[step.rule]} {answer}. ({where[0].upper()}{where[1:]})"


def states_sentence(facts: dict) -> str:
    """Return how many wards are in each state under a scenario."""
    counts = [_COUNTED[state].format(n=whole(number)) for state, number in facts["states"].items()]
    gone = facts["withdrawn"]
    named = listed(gone)
    first = (
        f"If {named} {'want' if len(gone) > 1 else 'wants'} no support, with" if gone else "With"
    )
    return f"{first} room for {word(facts['spare'])} more wards: {'; '.join(counts)}."


def cost_sentence(total: float, wards: list[str]) -> str:
    """Return the one cost the review gives."""
    return (
        f"The same support for {listed(wards)} would cost £{whole(total)} "
        "more for all three together (paragraph 23). The Council can’t add to its resources."
    )


def assumed_cost(pounds: float) -> str:
    """Return the cost of one ward, named as an assumption."""
    return ASSUMPTION.format(each=whole(pounds))


RULES = {"support-states": states_sentence}


def decided(shown: Decided) -> str:
    """Return how many wards are in each state, then every ward with its steps."""
    names = {ward.code: ward.name for ward in shown.wards}
    rows = [
        (
            names[outcome.code],
            STATES[outcome.state],
            " ".join(step_sentence(step) for step in outcome.steps),
            ordinal(shown.places[outcome.code][0]),
        )
        for outcome in shown.outcomes
    ]
    parts = [
        blocks.answer_line(blocks.sentence(shown.claim, RULES)),
        blocks.paragraph(RULE_NOTE),
        blocks.table(HEADS, rows, CAPTION),
    ]
    if any(outcome.state == "a person decides" for outcome in shown.outcomes):
        parts.append(blocks.paragraph(NO_ORDER))
    return Markup("").join(parts)


def costs(shown: Costs) -> str:
    """Return the one cost the review gives, and the assumption apart."""
    return blocks.paragraph(_cost(shown)) + blocks.paragraph(
        assumed_cost(shown.pounds_each_if_equal)
    )


def _cost(shown: Costs) -> str:
    return cost_sentence(shown.decided.watch_list_pounds, [ward.name for ward in shown.wards])
