"""Answers that could stand below any question, and so answer none; their words are in fillers.txt."""

import re
from functools import cache
from importlib.resources import files


def is_filler(plain: str) -> bool:
    """Return True for words that are nothing but phrases without content, with small words between."""
    words, (phrases, _, small, _) = _words(plain), _lists()
    rest = phrases.sub(" ", words)
    return rest != words and not set(rest.split()) - small


def without(plain: str) -> str:
    """Return words without the phrases among them that say nothing."""
    return _lists()[0].sub(" ", _words(plain))


def is_general(word: str) -> bool:
    """Return True for a word that needs another beside it to say anything."""
    return not {word, word.rstrip("s")}.isdisjoint(_lists()[1])


def names_nothing(plain: str) -> bool:
    """Return True where no word names a thing, a place, a group, a number, a day or something done.

    A word does so unless it is a small or a vague one, in any of its forms, or ends as words for
    ideas end, such as “commitment”. So most words need no list to be taken for an answer.
    """
    words = re.findall(r"\w+", _words(plain))
    return not any(map(_names_something, words))


def _names_something(word: str) -> bool:
    if word.isdigit():
        return True
    is_idea = len(word) > 7 and _IDEA.search(word) and not _NO_IDEA.match(word)
    return len(word) > 2 and not is_idea and _plain_forms(word).isdisjoint(_common())


_IDEA = re.compile(
    r"(?:[ts]ion|ment|ness|ity|[ae]nce|[ae]ncy|ship|ism|ful|ive|able|ible|wise|ally|edly|[^s]ously)s?$"
)
_NO_IDEA = re.compile(
    r"allot|ambul|apart|assembl|attend|base|charit|depress|detent|disab|educat|electric|employ|equip"
    r"|ill|immigra|lone|medica|nurs|pave|pension|prescri|qualif|recept|resid|station|tele|timet"
    r"|unemploy|univers|vegetable|violen"
)
"""How words end that are of ideas, and how words begin that end so and are of people or things."""


def _plain_forms(word: str) -> set[str]:
    """Return a word as it may stand in a list: “plans”, “planned” and “planning” are “plan”."""
    forms = {word}
    for ending, others in _ENDINGS.items():
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word.removesuffix(ending)
            forms |= {stem + other for other in others}
            forms |= {stem[:-1]} if stem[-1] == stem[-2] else set()
    return forms


_ENDINGS = {"s": ("",), "es": ("",), "ies": ("y",), "ed": ("", "e"), "ied": ("y",)}
_ENDINGS |= {"ing": ("", "e"), "ly": ("", "le"), "ily": ("y",)}


def _words(plain: str) -> str:
    """Return words in small letters with single spaces, short forms written out."""
    text = plain.casefold().replace("’", "'")
    text = re.sub(r"\bwon't\b", "will not", re.sub(r"\bcan't\b", "can not", text))
    for short, whole in (("n't", " not"), ("'ll", " will"), ("'re", " are"), ("'ve", " have")):
        text = text.replace(short, whole)
    text = re.sub(r"\b(it|that|what|there|here)'s\b", r"\1 is", text).replace("let's", "let us")
    return " ".join(re.findall(r"\w+", text))


@cache
def _common() -> frozenset[str]:
    """Return every word that says nothing by itself."""
    return frozenset().union(*_lists()[1:])


@cache
def _lists() -> tuple[re.Pattern, frozenset[str], frozenset[str], frozenset[str]]:
    text = files("darlington_analysis.agreements.checks").joinpath("fillers.txt").read_text("utf-8")
    phrases, *words = text.split("---\n")
    lines = [line for line in phrases.splitlines() if not line.startswith("#")]
    longest_first = sorted(lines, key=len, reverse=True)
    pattern = re.compile(rf"\b(?:{'|'.join(longest_first)})\b")
    general, small, vague = (frozenset(each.split()) for each in words)
    return pattern, general, small, vague
