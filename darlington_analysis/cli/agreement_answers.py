"""The answers that a form saved, and how they differ from a record, in the words of the form."""

import json
from pathlib import Path

from darlington_analysis.agreements import form as forms
from darlington_analysis.agreements.record import Agreement
from darlington_analysis.core import bounded_toml
from darlington_analysis.core.errors import AgreementError
from darlington_analysis.pages.agreement_form import Choices, place_words

NOTHING = "(nothing)"
MOST_BYTES = 5_000_000  # of a file of answers
_LONGEST_KEY = 200  # letters of the path of an answer; the longest of ours has about 50


def answers_in(path: Path) -> tuple[tuple[str, str], dict[str, str]]:
    """Return which record a form was made from, and which its answers were begun from; the answers."""
    try:
        with path.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise ValueError("too large")
        saved = json.loads(content.decode("utf-8"), object_pairs_hook=_once)
        answers = {key: str(value) for key, value in saved["answers"].items()}
        letters = sum(len(key) + len(text) for key, text in answers.items())
        if letters > bounded_toml.MOST_LETTERS or max(map(len, answers), default=0) > _LONGEST_KEY:
            raise ValueError("more than a record may hold")
        made_from = str(saved["made_from"])
        return (made_from, str(saved.get("begun_from") or made_from)), answers
    except OSError as fault:
        raise AgreementError(
            f"{path} can't be opened",
            "The file that “Save the answers” put into your downloads.",
            "its whole path, such as Downloads/eastbourne-answers.json",
        ) from fault
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        raise AgreementError(
            f"{path} is no file of answers",
            "The file that “Save the answers” at the end of the form makes.",
            "open the form in a browser, and save the answers again",
        ) from fault


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Return the members of an object. Raises ValueError where one is there twice."""
    if len(dict(pairs)) < len(pairs):
        raise ValueError("an answer is given twice")
    return dict(pairs)


def differences(before: Agreement | None, after: Agreement, choices: Choices) -> list[str]:
    """Return what differs between two records, one answer a line, in the words of the form."""
    old, new = (forms.flat(record) if record else {} for record in (before, after))

    def shown(path: str, value) -> str:
        words = choices.by_key.get(path.rpartition(".")[2], {})
        return words.get(value, value) if isinstance(value, str) else _shown(value)

    return [
        f"{place_of(path)}: {shown(path, old.get(path))} -> {shown(path, new.get(path))}"
        for path in dict.fromkeys([*old, *new])
        if old.get(path) != new.get(path)
    ]


def place_of(path: str) -> str:
    """Return the place of an answer as the form names it."""
    return place_words(tuple(int(part) if part.isdecimal() else part for part in path.split(".")))


def _shown(value) -> str:
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.10g}"
    return "; ".join(value) if isinstance(value, tuple) else str(value)
