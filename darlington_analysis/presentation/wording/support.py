"""Support in words: its state, the steps of the rule, and what the rule never does."""

from darlington_analysis.evidence.deprivation import Support

QUESTION = "Is the ward’s partnership supported, and why?"
NO_NAMES = "No names are published for them, so each has its code"
POCKETS_QUESTION = "Are there pockets of need inside the ward?"
WORST_QUARTER, WORST_FIFTH = "most deprived quarter", "most deprived fifth"
INDEX_SOURCE = "Source: Indices of Deprivation (the Government department for communities)."
RULE = (
    "The list is the review’s proposal. Its example is Cockerton East, kept although its place had "
    "moved: a place on the Index alone decides nothing here. Support also needs the partnership to "
    "wish it. No made-up figure plays a part."
)
_STATES = {
    "supported": "The review proposes to support {ward}.",
    "watch list": "{ward} is not supported now. It is on the watch list.",
    "not decided": "Nothing is decided for {ward}. The review’s list names wards of 2003 to 2015, "
    "and this ward has other borders. “Where is this?” above says which of those wards it was.",
    "not supported": "{ward} is not on the review’s list, nor on its watch list.",
}


def state(ward_name: str, support: Support) -> str:
    """Return whether a ward is supported."""
    return _STATES[support.state].format(ward=ward_name)


def steps(support: Support) -> list[str]:
    """Return each step of the rule with its answer."""
    return [f"Is it {question}? {'Yes' if answer else 'No'}." for question, answer in support.steps]
