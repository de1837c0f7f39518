"""Checks on people: fairness, consent, support, privacy.

A record is committed, signed for good and printed in packs, and so are its comments. It names no
person, and holds no count so small that it points to one.
"""

import re

from darlington_analysis.agreements.checks.answers import PRINCIPLES, every_text
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


@check("fairness-open", ERROR, 125, 143, 155)
def _fairness(record, context):
    lacking = [key for key in FAIRNESS if not getattr(record.fairness, key)]
    if lacking:
        yield ("fairness", lacking[0]), {"lacking": lacking}


UNEVEN = 2  # times as often as another group


@check("asked-unevenly", WARNING, 108, 125, 155)
def _uneven(record, context):
    """Of 100 people of a group who live here, how many were asked, group beside group."""
    if record.fairness.why_uneven:
        return
    rates = asked_of_100(record, context.residents_asked)
    if len(rates) > 1:
        least, most = min(rates, key=rates.get), max(rates, key=rates.get)
        if rates[most] >= UNEVEN * rates[least]:
            facts = {"least": least, "most": most}
            yield ("fairness", "who_was_asked"), facts | {"rates": (rates[least], rates[most])}


def asked_of_100(record, residents: dict[str, int | None]) -> dict[str, float]:
    """Return, for each group whose residents are known, how many of 100 were asked."""
    return {
        group.group: 100 * group.how_many / residents[group.group]
        for group in record.fairness.who_was_asked
        if isinstance(group.how_many, int) and residents.get(group.group)
    }


@check("no-end", ERROR, 158)
def _end(record, context):
    way = record.independence
    lacking = [key for key in ("starts", "review", "ends", "criteria") if not getattr(way, key)]
    if lacking:
        yield ("independence", lacking[0]), {"lacking": lacking}


@check("wish-not-said", ERROR, 73)
def _wish(record, context):
    wish = record.consultation
    if wish.state in ("agreed", "under review", "wishes to continue") and (
        wish.wishes_to_continue != "yes" or not wish.wished_on
    ):
        yield ("consultation", "wishes_to_continue"), {"state": wish.state}


@check("story-without-consent", ERROR, 36)
def _story(record, context):
    for story in record.filled("knowledge"):
        if story.story and story.consent != "given":
            yield (*record.place("knowledge", story), "consent"), {}


@check("no-grade", ERROR, 36)
def _grade(record, context):
    for table in ("knowledge", "ideas"):
        for part in record.filled(table):
            if not part.grade:
                yield (*record.place(table, part), "grade"), {}


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


@check("offer-without-amount", WARNING, 6, 10)
def _amounts(record, context):
    """Each thing that the Council offers has an amount, or it is not yet known."""
    keys = ("grant_pounds_a_year", "worker_days_a_month", "mentor_days_a_year")
    lacking = [key for key in keys if getattr(record.offer, key) is None]
    if lacking:
        yield ("offer", lacking[0]), {"lacking": lacking}


@check("review-due", WARNING, 82, 155)
def _review(record, context):
    """Once the day of a review has come, it is held, and somebody writes what was learned."""
    due = record.independence.review
    held = (
        [review for review in record.filled("reviews") if review.on and review.on >= due]
        if due
        else []
    )
    if due and context.as_at and due < context.as_at and not held:
        yield ("independence", "review"), {"due": due}
    for review in record.filled("reviews"):
        lacking = [key for key in ("on", "who", "changes") if not getattr(review, key)]
        if lacking:
            yield (*record.place("reviews", review), lacking[0]), {"due": None, "lacking": lacking}


@check("blocker-without-owner", WARNING, 71)
def _blockers(record, context):
    for blocker in record.filled("blockers"):
        lacking = [key for key in ("owner", "since") if not getattr(blocker, key)]
        if lacking:
            yield (*record.place("blockers", blocker), lacking[0]), {"lacking": lacking}


@check("no-training", QUESTION, 10, 102)
def _training(record, context):
    if not record.filled("training"):
        yield ("training",), {}


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
    """A count of so few people, or of so few left over, may point to somebody; of things it can't."""
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
    """A name, a title with one, an e-mail address, a telephone, a day of birth, a person's number."""
    yield from _texts_with_signs(record, context, is_sure=True)


@check("maybe-personal", QUESTION, 1, 36)
def _perhaps(record, context):
    """What looks like a name or a home, and may be a hall that is called so."""
    yield from _texts_with_signs(record, context, is_sure=False)


def _texts_with_signs(record, context, *, is_sure: bool):
    for where, words in texts(record, context):
        kinds = {
            sign.kind
            for sign in personal_data.signs(words)
            if not _is_within(words, sign, context.places)
            and is_sure == (sign.is_sure and not _is_within(words, sign, record.not_people))
        }
        for kind in sorted(kinds):
            yield where, {"kind": kind}


def _is_within(words: str, sign, phrases: tuple[str, ...]) -> bool:
    """True where a name is part of words that are known, or said, to be of no person."""
    return sign.kind == "name" and any(
        found.start() <= sign.start and sign.end <= found.end()
        for phrase in phrases
        for found in re.finditer(rf"\b{re.escape(phrase)}\b", words, re.IGNORECASE)
    )


def texts(record, context):
    """Give every text of a record with its place, and every comment of its file."""
    yield from every_text(record)
    for line, words in context.comments:
        yield (COMMENT, line), words


def _counts(record):
    """Give every count of people in a record: its place, the count, and what it is out of."""
    for table, key in (("customers", "how_many"), ("training", "how_many"), ("actions", "reaches")):
        for part in record.filled(table):
            yield (*record.place(table, part), key), getattr(part, key), None
    for measure in record.filled("measures"):
        is_of_things = measure.kind == "how much" and measure.counts == "things"
        returns = () if is_of_things else measure.returns
        for number, counted in enumerate(returns):
            where = (*record.place("measures", measure), "returns", number)
            yield where, counted.value, counted.out_of
    for number, group in enumerate(record.fairness.who_was_asked):
        yield ("fairness", "who_was_asked", number), group.how_many, None
