"""Checks on performance measures: whose customers they count, how many, and what they may not judge.

A measure counts people whom the partnership serves, or its own work. Both are in the record: the
customers by how they meet the partnership, the work as its actions. Words that name neither are
refused, whichever words they are.
"""

import re
from datetime import date

from darlington_analysis.agreements.checks.check import ERROR, QUESTION, WARNING, check
from darlington_analysis.agreements.checks.phrases import meets_partnership, shares_name, ward_words


def _with_customers(record):
    """Yield each measure with the customers that it counts, None where the record has no such."""
    customers = {customer.id: customer for customer in record.filled("customers")}
    for measure in record.filled("measures"):
        yield measure, customers.get(measure.customers)


@check("no-better-off-measure", ERROR, 39, 51)
def _better_off(record, context):
    if not any(measure.kind == "better off" for measure in record.filled("measures")):
        yield ("measures",), {}


@check("measure-without-customers", ERROR, 41, 50)
def _whose(record, context):
    """A measure counts customers of the partnership, and it is known how many they are."""
    for measure, counted in _with_customers(record):
        if not measure.customers:
            where = (*record.place("measures", measure), "customers")
            known = [customer.id for customer in record.filled("customers") if customer.id]
            yield where, {"id": measure.id, "known": known}
        elif counted and counted.how_many == "not known":
            where = (*record.place("customers", counted), "how_many")
            yield where, {"id": measure.id, "known": [counted.id]}


@check("judged-by-the-ward", ERROR, 41)
def _population(record, context):
    """A figure about everybody in a ward never judges a partnership, whatever it is called."""
    for measure, counted in _with_customers(record):
        where = record.place("measures", measure)
        if measure.indicator:
            yield (*where, "indicator"), {"id": measure.id, "ward": measure.indicator}
        elif ward := ward_words(measure.words, context.wards, context.indicator_titles):
            yield (*where, "words"), {"id": measure.id, "ward": ward}
        elif counted and (ward := _whole_ward(counted, context)):
            where = record.place("customers", counted)
            yield (*where, "how_many"), {"id": measure.id, "ward": ward}


def _whole_ward(counted, context) -> str:
    """Return the words of customers who are so many that they are the ward, "" where they are not."""
    is_half = isinstance(counted.how_many, int) and counted.how_many * 2 >= context.residents > 0
    return (
        counted.who
        if is_half or ward_words(counted.who, context.wards, context.indicator_titles)
        else ""
    )


@check("customers-not-its-own", ERROR, 41, 50)
def _own_customers(record, context):
    """Customers are named by how they meet the partnership: what they come to, use or take part in."""
    named = {measure.customers for measure in record.filled("measures")}
    for customers in record.filled("customers"):
        if customers.id in named and not meets_partnership(customers.who, _work(record)):
            where = (*record.place("customers", customers), "who")
            yield where, {"who": customers.who}


@check("measure-not-of-customers", ERROR, 41, 50)
def _of_customers(record, context):
    """A measure says which customers it counts, or which of the partnership's actions."""
    for measure, counted in _with_customers(record):
        own = [counted.who, counted.id] if counted else []
        if counted and not meets_partnership(measure.words, [*own, *_work(record)]):
            where = (*record.place("measures", measure), "words")
            yield where, {"id": measure.id, "words": measure.words, "who": counted.who}


def _work(record) -> list[str]:
    """Return what the partnership does, in the words of its actions."""
    return [
        words
        for action in record.filled("actions")
        for words in (action.id, action.what, action.how, action.delivers)
    ]


@check("more-than-customers", ERROR, 41, 50)
def _more(record, context):
    """A return counts no more people than the customers are, and no more than its whole."""
    for measure, whose in _with_customers(record):
        for number, counted in enumerate(measure.returns):
            people, most = _people_and_most(measure, counted, whose)
            if people > most:
                where = (*record.place("measures", measure), "returns", number)
                yield where, {"id": measure.id, "counted": people, "most": most}


def _people_and_most(measure, counted, whose) -> tuple[float, float]:
    """Return how many people a return counts and how many they can be, as far as that is known."""
    value, whole = counted.value, counted.out_of
    if isinstance(value, int) and isinstance(whole, int) and value > whole:
        return value, whole
    people = whole if whole is not None or measure.kind == "how much" else value
    most = whose.how_many if whose else None
    return (people, most) if isinstance(people, int) and isinstance(most, int) else (0, 0)


@check("own-target-amiss", ERROR, 53, 59)
def _own_target(record, context):
    """A measure's target is one that its customers can reach, and better than its baseline."""
    for measure, whose in _with_customers(record):
        reason = _amiss(record, measure, whose) if measure.target else ""
        if reason:
            where = (*record.place("measures", measure), "target")
            yield where, {"id": measure.id, "reason": reason, "level": measure.target.level}


def _amiss(record, measure, whose) -> str:
    """Return why a measure's target can't be: "most", "baseline" or "day"; "" where it can."""
    level, starts = measure.target.level, record.independence.starts
    is_share = any(counted.out_of is not None for counted in measure.returns)
    most = 100 if is_share else whose.how_many if whose and measure.kind != "how much" else None
    if isinstance(most, int) and level > most:
        return "most"
    known = [_as_level(counted) for counted in measure.returns]
    baseline = next((value for value in known if value is not None), None)
    if measure.kind == "better off" and baseline is not None and level <= baseline:
        return "baseline"
    return "day" if starts and measure.target.by < starts else ""


_FEWER = re.compile(
    r"\b(?:fewer|less|lower|without|no|not|never|miss\w*|drop\w*\W+out|left|leave|wait\w*|complain\w*"
    r"|late|cancel\w*|refus\w*|no-shows?|turned\W+away|lonely|alone|afraid|worr\w+|fear\w*|debts?)\b",
    re.IGNORECASE,
)
"""Words of measures of which fewer may be better, so that a target below the baseline is no slip."""


@check("own-target-worse", WARNING, 53)
def _worse(record, context):
    """More is better for how much and how well, unless the words of the measure say otherwise."""
    for measure in record.filled("measures"):
        first = next((each for each in map(_as_level, measure.returns) if each is not None), None)
        is_asked = measure.kind in ("how much", "how well") and not _FEWER.search(measure.words)
        if is_asked and measure.target and first is not None and measure.target.level < first:
            where = (*record.place("measures", measure), "target")
            yield where, {"id": measure.id, "level": measure.target.level, "first": first}


@check("baseline-before-service", QUESTION, 53)
def _before_service(record, context):
    """What is new has no customers before it starts."""
    customers = {customer.id: customer.who for customer in record.filled("customers")}
    for measure in record.filled("measures"):
        who = customers.get(measure.customers, "")
        for action in record.filled("actions"):
            is_of_it = action.measure == measure.id and action.new_to_this_ward
            if not (is_of_it and action.starts and measure.returns and not action.is_parked):
                continue
            on = _counted_on(measure.returns[0])
            if on and on < action.starts and shares_name(who, [action.id, action.what]):
                where = (*record.place("measures", measure), "returns", 0)
                facts = {"id": measure.id, "period": measure.returns[0].period}
                yield where, facts | {"action": action.what.rstrip("."), "starts": action.starts}


def _as_level(counted) -> float | None:
    """Return a return as a target is written: out of 100 where it has a whole."""
    value, whole = counted.value, counted.out_of
    if not isinstance(value, int) or not (whole is None or (isinstance(whole, int) and whole)):
        return None
    return value if whole is None else 100 * value / whole


@check("target-without-baseline", WARNING, 53)
def _baseline(record, context):
    for measure in record.filled("measures"):
        if measure.target and not measure.returns:
            yield (*record.place("measures", measure), "target"), {"id": measure.id}


MOST_YEARS_BEFORE, MOST_YEARS_AFTER = 2, 1


@check("baseline-out-of-time", WARNING, 53, 59)
def _baseline_day(record, context):
    """A baseline is of the time at which the action begins, and of before all other returns."""
    for measure in record.filled("measures"):
        starts = [
            action.starts
            for action in record.filled("actions")
            if action.measure == measure.id and action.starts and not action.is_parked
        ]
        days = [when for when in map(_counted_on, measure.returns) if when]
        reason = _not_a_baseline(measure, days, min(starts, default=None))
        if reason:
            where = (*record.place("measures", measure), "returns", 0)
            facts = {"id": measure.id, "period": measure.returns[0].period, "reason": reason}
            yield where, facts


def _not_a_baseline(measure, days: list[date], starts: date | None) -> str:
    """Return why a first return is no baseline: "not first", "target", "old", "late"; "" if it is."""
    if not days:
        return ""
    if min(days) < days[0]:
        return "not first"
    if measure.target and measure.target.by <= days[0]:
        return "target"
    years = (days[0] - starts).days / 365.25 if starts else 0
    return "old" if years < -MOST_YEARS_BEFORE else "late" if years > MOST_YEARS_AFTER else ""


def _counted_on(counted) -> date | None:
    """Return the day of a return; where it has none, the last day of the year that it names."""
    year = re.search(r"\b(?:19|20)\d\d\b", counted.period)
    return counted.on or (date(int(year[0]), 12, 31) if year else None)


@check("no-measure-of-kind", WARNING, 52, 53)
def _kinds(record, context):
    have = {measure.kind for measure in record.filled("measures")}
    for kind in ("how much", "how well"):
        if kind not in have:
            yield ("measures",), {"kind": kind}


@check("none-most-important", QUESTION, 53)
def _most_important(record, context):
    measures = record.filled("measures")
    if measures and not any(measure.most_important for measure in measures):
        yield ("measures",), {}
