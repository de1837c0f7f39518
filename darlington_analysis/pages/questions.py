"""The documents' questions, each with the answer people gave, or an empty box to write in."""

from markupsafe import Markup

from darlington_analysis.evidence.sections import Questions
from darlington_analysis.pages import agreement_answers, boxes

POPULATION = {
    "a": "What are the quality of life conditions we want for the children, adults and families "
    "who live in {ward} ward?",
    "b": "What would these conditions look like if we could see them?",
    "c": "How can we measure these conditions?",
    "d": "How are we doing on the most important measures?",
    "e": "Who are the partners that have a role to play in doing better?",
    "f": "What will work to do better, including no cost/low cost options?",
    "g": "What does the {partnership} propose to do?",
}
PERFORMANCE = {
    "a": "Who are {partnership}’s customers?",
    "b": "How can we measure if our residents are better off as a result of what {partnership} "
    "is doing?",
    "c": "How can we measure if we are delivering services well?",
    "d": "How are we doing on the most important measures?",
    "e": "Who are the partners that have a role to play in doing better?",
    "f": "What will work to do better, including no cost/low cost options?",
    "g": "What does the {partnership} propose to do?",
}
KINDS = {"population": POPULATION, "performance": PERFORMANCE}

# What to write in the empty box. The software never writes the answer.
PROMPTS = {
    "population": {
        "a": "For the partnership to answer. Say it as a resident would. "
        "Think of children, of adults and of families.",
        "b": "For the partnership to answer. What would you see, hear or notice on the street?",
        "e": "For the partnership and the Council. Name bodies and groups by their role. "
        "Who else, besides the Council?",
        "f": "For the partnership and the Council. "
        "Put at least one idea that costs little or nothing.",
        "g": "For the partnership to answer, and for the Council to reply. Both are kept.",
    },
    "performance": {
        "a": "For the partnership to answer. Who uses what you do, and how many are they?",
        "b": "For the partnership to answer. Who is better off, and how would you know?",
        "c": "For the partnership to answer. What does doing it well look like?",
        "d": "No returns yet. They will come from the partnership: how much, how well, is "
        "anyone better off. "
        "A partnership is never judged on the figures for the whole ward.",
        "e": "For the partnership and the Council. Name bodies and groups by their role.",
        "f": "For the partnership and the Council. "
        "Put at least one idea that costs little or nothing.",
        "g": "For the partnership to answer, and for the Council to reply. Both are kept.",
    },
}


NO_PARTNERSHIP = (
    "The review names no Community Partnership for this ward. These questions are for one, "
    "if it forms."
)


def question(kind: str, letter: str, ward_name: str) -> str:
    """Return a question with the ward's name, and its partnership's, filled in."""
    return KINDS[kind][letter].format(
        ward=ward_name, partnership=f"{ward_name} Community Partnership"
    )


def prompt(kind: str, letter: str) -> str:
    """Return what an empty box asks for."""
    return PROMPTS[kind][letter]


ANSWERED_BY_EVIDENCE = {"population": ("c", "d"), "performance": ()}


def questions(shown: Questions) -> str:
    """Return each question with its answer or its box; evidence below may be the answer."""
    asked = Markup("").join(_one(shown, letter) for letter in shown.letters)
    if shown.kind == "performance" and not shown.has_partnership:
        return Markup("<p>{}</p>").format(NO_PARTNERSHIP) + asked
    return asked


def questions_text(shown: Questions) -> str:
    """Return the questions, one a line."""
    return "\n".join(
        f"({letter}) {question(shown.kind, letter, shown.ward.name)}" for letter in shown.letters
    )


def _one(shown: Questions, letter: str) -> Markup:
    asked = Markup("<h3>({}) {}</h3>").format(letter, question(shown.kind, letter, shown.ward.name))
    given = agreement_answers.answer(shown.agreement, shown.kind, letter)
    bank = agreement_answers.bank() if (shown.kind, letter) == ("population", "f") else ""
    if given or letter in ANSWERED_BY_EVIDENCE[shown.kind]:
        return asked + given + bank
    return asked + boxes.empty(prompt(shown.kind, letter)) + bank
