"""Pages 6 to 8 in words: what is to be agreed, whether it is fair and ends, and what changed."""

from datetime import date

from darlington_analysis.evidence.targets import Told
from darlington_analysis.pages.components.numbers import day
from darlington_analysis.sources.indicators import indicator

STATE_QUESTION = "How far are the two sides?"
STATE_PROMPT = "Invited, asking members, wishing to continue, declined, agreed: since which day?"
BOXES_QUESTION = "What matters to whom?"
BOXES = {
    ("high", "high"): "Both put this high",
    ("high", "low"): "High for the partnership, low for the Council",
    ("low", "high"): "Low for the partnership, high for the Council",
    ("low", "low"): "Low for both for now",
}
BOXES_PROMPT = "For the partnership and the Council, each in their own words."
NOBODY = "Nothing here so far."
NOT_PLACED = "One side has not said how much it matters"
OUTCOMES_QUESTION = "What does each side say about each outcome?"
OUTCOMES_PROMPT = (
    "For each outcome: how it stands now, what could be done, what each side says, what is agreed."
)
NOW, TAKES = "How it stands now:", "What would it take?"
NO_FIGURE = "No figure is tied to this outcome. People here say how it stands."
TOO_HARD_QUESTION = "What is too hard for now, and when do we look again?"
TOO_HARD_PROMPT = "Write what was put off, and the day it comes back."
PROMISES_QUESTION = "Who promises what?"
PROMISES = ("We will", "You can expect", "You will")
PROMISES_PROMPT = "We will … You can expect … You will …"
WORK_QUESTION = "Who does what, and for how long?"
WORK_PROMPT = "For each action: who, what, how, where, with whom, and until when."
ACTION_LABELS = (
    "For",
    "We will look at",
    "Who",
    "With whom",
    "Where",
    "How",
    "Delivers",
    "How long",
    "Cost",
    "Idea of",
    "Owned together by",
    "Shared risk",
)
DECISION_LABELS = ("Could have been", "Rests on", "Decided by", "Why", "Refused")
DECISIONS_QUESTION = "What was decided, by whom, and why?"
DECISIONS_PROMPT = "What could have been done, what it rests on, who decided, what was refused."
STRENGTHS_QUESTION = "What is strong here already?"
STRENGTHS_PROMPT = "Skills, groups, places, volunteers: what the figures do not count."
GATES_QUESTION = "What is still to do?"
GATES_PROMPT = "There is no record to look at yet."
WANTED_QUESTION = "Which figures were asked for, that nobody has?"
WANTED_PROMPT = "Write what you would want to know, and who asked."

FAIR_QUESTION = "Is it fair?"
FAIR_PROMPT = "Who was asked? Who gains? Who bears the need? Who may lose? Who is protected?"
FAIR_ROWS = {
    "who_gains": "Who gains?",
    "who_bears_the_need": "Who bears the need?",
    "who_may_lose": "Who may lose?",
    "protects_the_vulnerable": "How are vulnerable people protected?",
}
ASKED_CAPTION = "Who was asked, beside who lives here"
MODES_QUESTION = "Is it done for people, or with them?"
MODES_PROMPT = "For each action: for people, with people, or by people themselves?"
PRINCIPLES_QUESTION = "Does it keep to the five principles of Darlington Together?"
PRINCIPLES_PROMPT = "One line for each of the five questions."
END_QUESTION = "When does support end, and what comes after?"
END_PROMPT = (
    "From when, looked at again when, until when; how anybody would know it can stand alone."
)
PLANNED, SO_FAR = "planned", "so far"
CURVE_UNIT, CURVE_HEADS = "Days a month", ["Day", "Days a month", "Planned or so far"]
CURVE_SOURCE = "Source: the agreement record."
CURVE_CAPTION = "Days of Council support a month, planned and so far"

SINCE_SIGNED = "What has changed since you signed?"
NOT_SIGNED = "No signed agreement is held for this ward."
SINCE_EDITION = "What has changed since the last edition?"
NO_EARLIER = "This is the first edition for these wards: there is no earlier one to set it beside."
CHANGED_LIST = "Figures that changed stand in the list of changes that comes with the project."
CAUSES = {
    "new data": "new data",
    "revision": "revised by the publisher",
    "boundary": "other borders",
    "method": "another method",
    "disclosure rule": "the rule that protects people",
    "gone": "no longer published",
    "unexplained": "NO CAUSE FOUND: ask before using it",
}
CHANGED_CAPTION = "Figures that are not as they were signed"
HIDDEN = "not shown, to protect people"


def checked(when: str) -> str:
    """Return when fairness was last looked at."""
    return f"Last looked at on {when}; looked at again before signing and at each review."


def earlier(titles: tuple[str, ...]) -> str:
    """Return what there is to say of earlier editions of the same wards."""
    if not titles:
        return NO_EARLIER
    return f"Earlier editions for these wards: {', '.join(titles)}. {CHANGED_LIST}"


def target(told: Told, by: date, unit: str) -> str:
    """Return a target that people set, and whether anybody could tell it from chance."""
    aimed = f"The target is {told.level:g} ({unit}) by {day(by)}."
    if told.verdict == "told":
        return f"{aimed} If it were met, that could be told from chance."
    reasons = {
        "not told": "Even if it were met, nobody could tell it from chance. More years, a wider "
        "area or a larger step are needed.",
        "made up": "The figure is made up: no target may rest on it.",
        "withheld": "The figure is withheld, so nobody could tell.",
        "no figure": "There is no count to judge it by.",
    }
    return f"{aimed} {reasons[told.verdict]}"


def since_signed(facts: dict) -> str:
    """Return what has changed in one indicator since signing, and whether anybody is better off."""
    counts = {cause: number for cause, number in facts["counts"].items() if number}
    title = indicator(facts["indicator"]).title
    if not counts:
        return f"{title}: nothing has changed since you signed."
    listed = ", ".join(f"{CAUSES[cause]} {number}" for cause, number in counts.items())
    return f"{title}: figures that changed, by cause: {listed}. {_PROGRESS[facts['progress']]}"


_PROGRESS = {
    "better": "On new data the ward is better than when you signed, chance allowed for.",
    "worse": "On new data the ward is worse than when you signed, chance allowed for.",
    "cannot be told apart": "New data cannot be told apart from chance.",
    "no newer figure": "There is no newer figure for the ward, so none of this is progress.",
    "not judged": "Whether the ward does better can’t be judged from it: a change of release, "
    "method or border is not progress.",
}
RULES = {"since-signed": since_signed}
