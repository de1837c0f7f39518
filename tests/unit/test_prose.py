"""The words that this project uses too much are in no text that tells a person what to do."""

import argparse
import ast
import re

import pytest

from darlington_analysis.cli import main
from tests.support.projects import ROOT

WORDS = (
    "nobody",
    "nought",
    "anew",
    "whoever",
    "told",
    "said so",
    "hangs on",
    "of its own",
    "rests on",
)
OVERUSED = re.compile(rf"\b({'|'.join(WORDS)})\b".replace(" ", r"\s+"), re.I)


def messages(source: str) -> list[tuple[int, str]]:
    """Return the line and words of each text in a source that is raised, or handed to an error.

    An error's class is one whose name ends in Error; what `say` prints is a message too.
    """
    found = {}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Raise) or (isinstance(node, ast.Call) and _is_message(node.func)):
            found |= {
                id(part): part
                for part in ast.walk(node)
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
            }
    return [(part.lineno, part.value) for part in found.values()]


def _is_message(called: ast.expr) -> bool:
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    return name.endswith("Error") or name == "say"


def helps(parser: argparse.ArgumentParser) -> list[str]:
    """Return the help of a command and of each command below it."""
    texts = [parser.format_help()]
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            texts += [text for below in action.choices.values() for text in helps(below)]
    return texts


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_no_overused_word_is_in_what_a_newcomer_reads_first(name):
    """Every line of README and CONTRIBUTING."""
    lines = (ROOT / name).read_text("utf-8").splitlines()
    assert [] == [line for line in lines if OVERUSED.search(line)]


def test_no_overused_word_is_in_the_help_of_a_command():
    """Of every command and option."""
    texts = helps(main.parser())
    assert len(texts) > 12
    assert [] == [line for text in texts for line in text.splitlines() if OVERUSED.search(line)]


def test_no_overused_word_is_in_an_error():
    """Whatever is raised or said: what happened, what was expected and what to do."""
    found = []
    for path in sorted((ROOT / "darlington_analysis").rglob("*.py")):
        texts = messages(path.read_text("utf-8"))
        found += [
            f"{path.relative_to(ROOT)}:{line}: {text}"
            for line, text in texts
            if OVERUSED.search(text)
        ]
    assert [] == found


def test_an_overused_word_is_found():
    """In an error's text, in what is said, and across two lines; not in other strings."""
    source = 'raise UsageError("One is\\ntold.")\nsay(f"{x} made anew")\nkept = "told"\n'
    assert ["One is\ntold.", " made anew"] == [
        text for _, text in messages(source) if OVERUSED.search(text)
    ]
    assert OVERUSED.search("a file of its\nown")
    assert not OVERUSED.search("a toldo of itself")
