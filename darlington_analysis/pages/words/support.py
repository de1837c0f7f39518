"""Support in words: its state, the steps of the rule, and what the rule never does."""

from darlington_analysis.agreements.support import Step
from darlington_analysis.evidence.deprivation import Support

QUESTION = "Is the ward’s partnership supported, and why?"
NO_NAMES = "No names are published for them, so each has its code"
POCKETS_QUESTION = "Are there pockets of need inside the ward?"
WORST_QUARTER, WORST_FIFTH = "most deprived quarter", "most deprived fifth"
INDEX_SOURCE = "Source: Indices of Deprivation (the Government department for communities)."
RULE = (
    "The list is the review’s proposal. Its example is Cockerton East, kept although, it says, the "
    "ward’s place had changed. Our figures show no such move. A place on "
    "the Index alone does not settle it. Support also needs the partnership to wish it. No "
    "made-up figure plays a part."
)
_STATES = {
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


def state(ward_name: str, support: Support) -> str:
    """Return whether a ward is supported."""
    return _STATES[support.state].format(ward=ward_name)


_STEPS = {
    "on-list": "Is it on the review’s list of supported wards?",
    "place-removes-nobody": "May a better place on the Index remove a ward from the list?",
    "no-refusal": "Is there no record that its partnership has turned support down?",
    "comes-next": "Is it on the watch list of wards that come next?",
    "place-free": "Is there a place to spare, or one that another partnership gave up?",
    "place-for-each": "Are there places for all of the wards that come next?",
}


def steps(support: Support) -> list[str]:
    """Return each step of the rule with its answer and where the review says so."""
    return [step(each) for each in support.steps]


def step(each: Step) -> str:
    """Return one step of the rule with its answer."""
    answer = "Yes" if each.holds else "No"
    if each.rule == "place-removes-nobody":
        answer = "No, never"
    where = each.paragraphs if each.paragraphs[0] == "t" else f"paragraphs {each.paragraphs}"
    where = where.replace("paragraphs 23", "paragraph 23") if each.paragraphs == "23" else where
    where = where.replace("paragraphs 24", "paragraph 24") if each.paragraphs == "24" else where
    return f"{_STEPS[each.rule]} {answer}. ({where[0].upper()}{where[1:]})"
