"""The documents' questions, each with the answer people gave, or an empty box to write in."""

from markupsafe import Markup

from darlington_analysis.evidence.sections import Questions
from darlington_analysis.presentation.show import agreement_answers, boxes
from darlington_analysis.presentation.wording import questions as words

ANSWERED_BY_EVIDENCE = {"population": ("c", "d"), "performance": ()}


def questions(shown: Questions) -> str:
    """Return each question with its answer or its box; evidence below may be the answer."""
    asked = Markup("").join(_one(shown, letter) for letter in shown.letters)
    if shown.kind == "performance" and not shown.has_partnership:
        return Markup("<p>{}</p>").format(words.NO_PARTNERSHIP) + asked
    return asked


def questions_text(shown: Questions) -> str:
    """Return the questions, one a line."""
    return "\n".join(
        f"({letter}) {words.question(shown.kind, letter, shown.ward.name)}"
        for letter in shown.letters
    )


def _one(shown: Questions, letter: str) -> Markup:
    asked = Markup("<h3>({}) {}</h3>").format(
        letter, words.question(shown.kind, letter, shown.ward.name)
    )
    given = agreement_answers.answer(shown.agreement, shown.kind, letter)
    bank = agreement_answers.bank() if (shown.kind, letter) == ("population", "f") else ""
    if given or letter in ANSWERED_BY_EVIDENCE[shown.kind]:
        return asked + given + bank
    return asked + boxes.empty(words.prompt(shown.kind, letter)) + bank
