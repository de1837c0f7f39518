"""Answers that could stand below any question, and so answer none; their words are in fillers.txt."""

import re
from functools import cache
from importlib.resources import files


def is_filler(plain: str) -> bool:
    """Return True for words that are nothing but phrases without content, with small words between."""
    words, (phrases, _, small) = _words(plain), _lists()
    rest = phrases.sub(" ", words)
    return rest != words and not set(rest.split()) - small


def without(plain: str) -> str:
    """Return words without the phrases among them that say nothing."""
    return _lists()[0].sub(" ", _words(plain))


def is_general(word: str) -> bool:
    """Return True for a word that needs another beside it to say anything."""
    return not {word, word.rstrip("s")}.isdisjoint(_lists()[1])


def _words(plain: str) -> str:
    """Return words in small letters with single spaces, short forms written out."""
    text = plain.casefold().replace("’", "'")
    text = re.sub(r"\bwon't\b", "will not", re.sub(r"\bcan't\b", "can not", text))
    for short, whole in (("n't", " not"), ("'ll", " will"), ("'re", " are"), ("'ve", " have")):
        text = text.replace(short, whole)
    text = re.sub(r"\b(it|that|what|there|here)'s\b", r"\1 is", text).replace("let's", "let us")
    return " ".join(re.findall(r"\w+", text))


@cache
def _lists() -> tuple[re.Pattern, frozenset[str], frozenset[str]]:
    text = files("darlington_analysis.agreements.checks").joinpath("fillers.txt").read_text("utf-8")
    phrases, general, small = text.split("---\n")
    lines = [line for line in phrases.splitlines() if not line.startswith("#")]
    longest_first = sorted(lines, key=len, reverse=True)
    pattern = re.compile(rf"\b(?:{'|'.join(longest_first)})\b")
    return pattern, frozenset(general.split()), frozenset(small.split())
