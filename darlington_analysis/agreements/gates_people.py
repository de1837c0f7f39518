"""Gates on people: fairness, consent, privacy, the end of support, and the wish to go on."""

import re

from darlington_analysis.agreements.gates import ERROR, QUESTION, WARNING, gate

FAIRNESS = ("who_was_asked", "who_gains", "who_bears_the_need", "protects_the_vulnerable",
            "checked_on")  # fmt: skip
PRINCIPLES = ("active_citizenship", "empowerment", "made_together", "hidden_resources", "fairness")


@gate("fairness-open", ERROR, 125, 143, 155)
def _fairness(record, beside):
    lacking = [key for key in FAIRNESS if not getattr(record.fairness, key)]
    if lacking:
        yield ("fairness", lacking[0]), {"lacking": lacking}


@gate("no-end", ERROR, 158)
def _end(record, beside):
    way = record.independence
    lacking = [key for key in ("starts", "review", "ends", "criteria") if not getattr(way, key)]
    if lacking:
        yield ("independence", lacking[0]), {"lacking": lacking}


@gate("wish-not-said", ERROR, 73)
def _wish(record, beside):
    asked = record.consultation
    if asked.state in ("agreed", "under review", "wishes to continue") and (
        asked.wishes_to_continue != "yes" or not asked.wished_on
    ):
        yield ("consultation", "wishes_to_continue"), {"state": asked.state}


@gate("story-without-consent", ERROR, 36)
def _story(record, beside):
    for each in record.filled("knowledge"):
        if each.story and each.consent != "given":
            yield (*record.place("knowledge", each), "consent"), {}


@gate("no-grade", ERROR, 36)
def _grade(record, beside):
    for table in ("knowledge", "ideas"):
        for each in record.filled(table):
            if not each.grade:
                yield (*record.place(table, each), "grade"), {}


@gate("small-count", ERROR, 53, 155)
def _small(record, beside):
    """A count of so few people, or of so few left over, may point to somebody."""
    for where, count, whole in _counts(record):
        left = whole - count if isinstance(whole, int) and isinstance(count, int) else 0
        if count in beside.withheld or whole in beside.withheld or left in beside.withheld:
            yield where, {"least": beside.withheld[0], "most": beside.withheld[-1]}


@gate("named-person", ERROR, 1)
def _names(record, beside):
    for where, words in _texts(record):
        if any(re.search(rf"\b{re.escape(name)}\b", words, re.I) for name in beside.names):
            yield where, {}


@gate("no-approver", WARNING, 9)
def _approver(record, beside):
    if not record.consultation.approver:
        yield ("consultation", "approver"), {}


@gate("no-mentor", WARNING, 26, 70)
def _mentor(record, beside):
    if not record.offer.mentor:
        yield ("offer", "mentor"), {}


@gate("no-grant-said", WARNING, 6)
def _grant(record, beside):
    if not record.offer.grant:
        yield ("offer", "grant"), {}


@gate("principle-open", QUESTION, 139, 140, 141, 142, 143)
def _principles(record, beside):
    for key in PRINCIPLES:
        if not getattr(record.principles, key):
            yield ("principles", key), {"principle": key}


@gate("no-promises", QUESTION, 157)
def _promises(record, beside):
    lacking = [key for key in ("we_will", "you_can_expect", "you_will")
               if not getattr(record.promises, key)]  # fmt: skip
    if lacking:
        yield ("promises", lacking[0]), {"lacking": lacking}


@gate("no-curve", QUESTION, 151, 158)
def _curve(record, beside):
    if len(record.independence.plan) < 2:
        yield ("independence", "plan"), {}


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
    """Give every text of a record with its place."""
    if isinstance(part, str):
        yield where, part
    elif isinstance(part, tuple):
        for number, each in enumerate(part):
            yield from _texts(each, (*where, number))
    elif hasattr(part, "model_fields_set"):
        for key in type(part).model_fields:
            yield from _texts(getattr(part, key), (*where, key))
