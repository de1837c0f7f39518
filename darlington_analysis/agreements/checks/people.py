"""Checks on people: fairness, consent, the end of support, the wish to continue, and privacy.

A record is committed, signed for good and printed in packs, and so are its comments. It names no
person, and holds no count so small that it points to one.
"""

import re

from darlington_analysis.agreements.checks.check import ERROR, QUESTION, WARNING, check
from darlington_analysis.core.bounded_toml import COMMENT
from darlington_analysis.readers import personal_data

FAIRNESS = (
    "who_was_asked",
    "who_gains",
    "who_bears_the_need",
    "protects_the_vulnerable",
    "checked_on",
)
PRINCIPLES = ("active_citizenship", "empowerment", "made_together", "hidden_resources", "fairness")


@check("fairness-open", ERROR, 125, 143, 155)
def _fairness(record, context):
    lacking = [key for key in FAIRNESS if not getattr(record.fairness, key)]
    if lacking:
        yield ("fairness", lacking[0]), {"lacking": lacking}


@check("no-end", ERROR, 158)
def _end(record, context):
    way = record.independence
    lacking = [key for key in ("starts", "review", "ends", "criteria") if not getattr(way, key)]
    if lacking:
        yield ("independence", lacking[0]), {"lacking": lacking}


@check("wish-not-said", ERROR, 73)
def _wish(record, context):
    asked = record.consultation
    if asked.state in ("agreed", "under review", "wishes to continue") and (
        asked.wishes_to_continue != "yes" or not asked.wished_on
    ):
        yield ("consultation", "wishes_to_continue"), {"state": asked.state}


@check("story-without-consent", ERROR, 36)
def _story(record, context):
    for each in record.filled("knowledge"):
        if each.story and each.consent != "given":
            yield (*record.place("knowledge", each), "consent"), {}


@check("no-grade", ERROR, 36)
def _grade(record, context):
    for table in ("knowledge", "ideas"):
        for each in record.filled(table):
            if not each.grade:
                yield (*record.place(table, each), "grade"), {}


@check("no-approver", WARNING, 9)
def _approver(record, context):
    if not record.consultation.approver:
        yield ("consultation", "approver"), {}


@check("no-mentor", WARNING, 26, 70)
def _mentor(record, context):
    if not record.offer.mentor:
        yield ("offer", "mentor"), {}


@check("no-grant-said", WARNING, 6)
def _grant(record, context):
    if not record.offer.grant:
        yield ("offer", "grant"), {}


@check("principle-open", QUESTION, 139, 140, 141, 142, 143)
def _principles(record, context):
    for key in PRINCIPLES:
        if not getattr(record.principles, key):
            yield ("principles", key), {"principle": key}


@check("no-promises", QUESTION, 157)
def _promises(record, context):
    lacking = [
        key
        for key in ("we_will", "you_can_expect", "you_will")
        if not getattr(record.promises, key)
    ]
    if lacking:
        yield ("promises", lacking[0]), {"lacking": lacking}


@check("no-curve", QUESTION, 151, 158)
def _curve(record, context):
    if len(record.independence.plan) < 2:
        yield ("independence", "plan"), {}


@check("small-count", ERROR, 53, 155)
def _small(record, context):
    """A count of so few people, or of so few left over, may point to somebody."""
    for where, count, whole in _counts(record):
        left = whole - count if isinstance(whole, int) and isinstance(count, int) else 0
        if count in context.withheld or whole in context.withheld or left in context.withheld:
            yield where, {"least": context.withheld[0], "most": context.withheld[-1]}


@check("named-person", ERROR, 1)
def _names(record, context):
    for where, words in texts(record, context):
        if any(re.search(rf"\b{re.escape(name)}\b", words, re.I) for name in context.names):
            yield where, {}


@check("personal-data", ERROR, 1, 36)
def _personal(record, context):
    """A title with a name, an e-mail address, a telephone, a day of birth, a person's number."""
    yield from _texts_with_signs(record, context, is_sure=True)


@check("maybe-personal", QUESTION, 1, 36)
def _perhaps(record, context):
    """What looks like a name or a home, and may be a hall that is called so."""
    yield from _texts_with_signs(record, context, is_sure=False)


def _texts_with_signs(record, context, *, is_sure: bool):
    for where, words in texts(record, context):
        kinds = {each.kind for each in personal_data.signs(words) if each.is_sure == is_sure}
        for kind in sorted(kinds):
            yield where, {"kind": kind}


def texts(record, context):
    """Give every text of a record with its place, and every comment of its file."""
    yield from _texts(record)
    for line, words in context.comments:
        yield (COMMENT, line), words


def _counts(record):
    """Give every count of people in a record: its place, the count, and what it is out of."""
    for each in record.filled("customers"):
        yield (*record.place("customers", each), "how_many"), each.how_many, None
    for each in record.filled("measures"):
        for number, told in enumerate(each.returns):
            where = (*record.place("measures", each), "returns", number)
            yield where, told.value, told.out_of
    for number, each in enumerate(record.fairness.who_was_asked):
        yield ("fairness", "who_was_asked", number), each.how_many, None


def _texts(part, where=()):
    """Give every text of a part with its place."""
    if isinstance(part, str):
        yield where, part
    elif isinstance(part, tuple):
        for number, each in enumerate(part):
            yield from _texts(each, (*where, number))
    elif hasattr(part, "model_fields_set"):
        for key in type(part).model_fields:
            yield from _texts(getattr(part, key), (*where, key))
