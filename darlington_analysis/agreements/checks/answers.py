"""Checks on answers in people's own words: those that say nothing, and those that may say nothing."""

import re
from collections import Counter

from darlington_analysis.agreements.checks.check import ERROR, WARNING, check
from darlington_analysis.agreements.checks.phrases import names_nothing, says_nothing

PRINCIPLES = ("active_citizenship", "empowerment", "made_together", "hidden_resources", "fairness")
SENTENCES = {
    "outcomes": ("words", "parked_because"),
    "positions": ("words",),
    "decisions": ("words", "evidence", "why"),
    "actions": ("parked_because", "shared_risk", "in_the_way"),
    "reviews": ("learned", "changes"),
    "fairness": ("who_gains", "who_bears_the_need", "protects_the_vulnerable", "why_uneven"),
    "principles": (*PRINCIPLES,),
    "independence": ("criteria",),
    "": ("no_low_cost_idea_because",),
}
OWN_WORDS = {("outcomes", "rest_from"): 1, ("actions", "delivers"): 1, ("measures", "words"): 2}
"""Answers that may be short, and how many words each needs that are its own."""
_CODED = {"id", "indicator", "aim", "theme", "about", "outcome", "measure", "customers", "practice"}
_CODED |= {"period", "how_many", "value", "out_of", "reaches", "pounds", "successor", "grant"}
_CODED |= {"people", "strand", "local_priority", "council_priority", "state", "by", "agrees"}
_CODED |= {"kind", "cost", "grade", "consent", "sector", "origin", "mode", "progress", "decision"}
_CODED |= {"whom", "stage", "wishes_to_continue", "grant_pounds_a_year", "worker_days_a_month"}
_CODED |= {"mentor_days_a_year", "not_people", "counts", "pounds_for"}
"""Answers that are chosen from a list, numbers, or short names, and not written in somebody's own words."""
_NAMED = {"who", "where", "with_whom", "joint_owner", "who_pays", "approver", "mentor", "told_by"}
_NAMED |= {"asked_by", "decided_by", "owner", "group"}
"""Answers that name a role, a group or a place, which may be of common words alone."""
_NAMES_ANY = re.compile(
    r"\b(?:community|council|groups?|here|local|members?|officers?|partners?(?:hip)?|people|public"
    r"|residents?|teams?)\b",
    re.IGNORECASE,
)
_CHOICES = ("options", "refused")


@check("says-nothing", ERROR, 37, 57, 58, 143)
def _nothing(record, context):
    """A letter, a mark, a copy of the question or the same words again are no answers."""
    for where, words in _refused(record):
        yield where, {"words": words, "key": _key(where)}


@check("may-say-nothing", WARNING, 57, 58)
def _vague(record, context):
    """An answer names a thing, a place, a group, a number, a day or something done."""
    refused = dict(_refused(record))
    for where, words in _answers(record):
        may_be_common = where[0] in ("positions", "measures") or _key(where) in (*_NAMED, *_CHOICES)
        if where not in refused and not may_be_common and names_nothing(words):
            yield where, {"words": words, "key": _key(where)}


def _refused(record):
    """Give the answers that say nothing, each with its place."""
    repeated = _repeated(record)
    for where, words in _answers(record):
        plain = _plain(words)
        if is_nothing(where, plain) or plain.casefold() in repeated.get(where[0], ()):
            yield where, words


def _answers(record):
    """Give every answer that somebody wrote freely, with its place."""
    for where, words in every_text(record):
        is_free = _key(where) not in _CODED and where[0] not in _OF_THE_RECORD
        if words.strip() and is_free:
            yield where, words


_OF_THE_RECORD = ("ward", "edition", "partnership", "also_wards")


def is_nothing(where: tuple, plain: str) -> bool:
    """Return True for an answer without content; ``where`` is its place in a record."""
    table, key = _table(where), _key(where)
    is_sentence = key in SENTENCES.get(table, ())
    least = _own_words_needed(table, key, plain)
    return says_nothing(plain, where, least=least, is_sentence=is_sentence)


def _own_words_needed(table: str, key: str, plain: str) -> int:
    """Return how many words an answer needs that are neither common nor those of its question.

    None (0) where common words alone can be the answer, for one of the four reasons below.
    """
    if table == "positions":  # a side says yes or no: “We agree to it”
        return 0
    if (table, key) in OWN_WORDS:
        return OWN_WORDS[table, key]
    if key in SENTENCES.get(table, ()):
        return 1
    is_choice = key in _CHOICES  # “Start both at once”
    is_name = key in _NAMED and bool(_NAMES_ANY.search(plain))  # “the partnership’s own group”
    is_short = len(plain.split()) <= 2  # “By vote”
    return 0 if is_choice or is_name or is_short else 1


def _repeated(record) -> dict[str, set[str]]:
    """Return the answers that stand twice or more under [fairness] or under [principles]."""
    repeated = {}
    for table in ("fairness", "principles"):
        part = getattr(record, table)
        texts = [value for _, value in part if isinstance(value, str) and value]
        times = Counter(_plain(text).casefold() for text in texts)
        repeated[table] = {text for text, count in times.items() if count > 1}
    return repeated


def _plain(words: str) -> str:
    return " ".join(words.split()).strip(" .!-–—_…*")


def _table(where: tuple) -> str:
    return where[0] if len(where) > 1 else ""


def _key(where: tuple) -> str:
    return next(name for name in reversed(where) if isinstance(name, str))


def every_text(part, where=()):
    """Give every text of a record or of a part of it, with its place."""
    if isinstance(part, str):
        yield where, part
    elif isinstance(part, tuple):
        for number, inner in enumerate(part):
            yield from every_text(inner, (*where, number))
    elif hasattr(part, "model_fields_set"):
        for key in type(part).model_fields:
            yield from every_text(getattr(part, key), (*where, key))
