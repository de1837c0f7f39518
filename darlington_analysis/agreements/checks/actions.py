"""Checks on actions, ideas and partners, on days and money, and on what parts of a record refer to."""

import re

from rapidfuzz import process

from darlington_analysis.agreements.checks.check import ERROR, QUESTION, WARNING, check
from darlington_analysis.agreements.checks.outcomes import WHOLE
from darlington_analysis.agreements.parts import AGREED

FIELDS = ("who", "how", "where", "with_whom", "delivers", "starts", "ends", "cost")


@check("action-without-outcome", ERROR, 25)
def _outcome(record, context):
    for action in record.filled("actions"):
        lacking = [key for key in ("outcome", "measure") if not getattr(action, key)]
        if lacking:
            where = (*record.place("actions", action), lacking[0])
            yield where, {"id": action.id, "lacking": lacking}


@check("action-unfinished", ERROR, 37, 164)
def _fields(record, context):
    for action in record.filled("actions"):
        lacking = [key for key in FIELDS if not getattr(action, key)]
        if lacking:
            where = (*record.place("actions", action), lacking[0])
            yield where, {"id": action.id, "lacking": lacking}


@check("progress-unfinished", ERROR, 82)
def _progress(record, context):
    """How far an action is has a day; where it is stuck, something is in the way."""
    for action in record.filled("actions"):
        lacking = ["progress_on"] if action.progress and not action.progress_on else []
        lacking += ["in_the_way"] if action.progress == "stuck" and not action.in_the_way else []
        if lacking:
            where = (*record.place("actions", action), "progress")
            yield where, {"id": action.id, "lacking": lacking}


@check("progress-unknown", WARNING, 82)
def _no_progress(record, context):
    """An action that was to begin, or to end, by now says how far it is."""
    for action in record.filled("actions"):
        if action.state != AGREED or not context.as_at:
            continue
        is_begun = action.starts and action.starts <= context.as_at
        is_over = action.ends and action.ends < context.as_at
        if is_begun and (not action.progress or (is_over and action.progress != "done")):
            where = (*record.place("actions", action), "progress")
            yield where, {"id": action.id, "starts": action.starts, "ends": action.ends}


@check("reaches-more-than-ever", WARNING, 59)
def _reaches(record, context):
    """How many people an action reaches, beside the most that a year's return has counted."""
    measures = {measure.id: measure for measure in record.filled("measures")}
    for action in record.filled("actions"):
        most = _most_people(measures.get(action.measure))
        if not (isinstance(action.reaches, int) and most and action.starts and action.ends):
            continue
        years = max(1.0, (action.ends - action.starts).days / 365.25)
        if action.reaches > 1.25 * most * years:
            where = (*record.place("actions", action), "reaches")
            facts = {"id": action.id, "reaches": action.reaches, "most": most}
            yield where, facts | {"could": round(most * years)}


@check("reaches-more-than-live-here", ERROR, 59)
def _reaches_all(record, context):
    for action in record.filled("actions"):
        if isinstance(action.reaches, int) and action.reaches > context.residents > 0:
            where = (*record.place("actions", action), "reaches")
            facts = {"id": action.id, "reaches": action.reaches, "residents": context.residents}
            yield where, facts


def _most_people(measure) -> int:
    """Return the most people that a return of a measure counts; 0 where none counts people."""
    totals = [counted.out_of for counted in measure.returns] if measure else []
    return max((total for total in totals if isinstance(total, int)), default=0)


@check("nothing-cheap", ERROR, 48, 55)
def _cheap(record, context):
    offered = [*record.filled("ideas"), *record.filled("actions")]
    is_cheap = any(option.cost in ("none", "low") for option in offered)
    if not is_cheap and not record.no_low_cost_idea_because:
        yield ("no_low_cost_idea_because",), {}


@check("cost-not-said", WARNING, 10, 48)
def _cost(record, context):
    """What is chosen and needs money says how much, who pays and whose time it takes."""
    for idea in record.filled("ideas"):
        keys = ["pounds", "who_pays"] if idea.cost == "needs money" else []
        lacking = [key for key in (*keys, "capacity") if getattr(idea, key) in (None, "")]
        if idea.decision == "chosen" and lacking:
            where = (*record.place("ideas", idea), "decision")
            yield where, {"words": idea.words, "lacking": lacking}


@check("council-alone", ERROR, 4, 47, 54)
def _partners(record, context):
    if not any(partner.sector not in ("", "council") for partner in record.filled("partners")):
        yield ("partners",), {}


@check("all-for-none-with", ERROR, 121, 148)
def _modes(record, context):
    modes = [action.mode for action in record.filled("actions") if action.mode]
    if modes and not {"with", "beyond"} & set(modes):
        yield ("actions",), {"modes": sorted(set(modes))}


@check("no-mode", WARNING, 121)
def _mode(record, context):
    for action in record.filled("actions"):
        if not action.mode:
            yield (*record.place("actions", action), "mode"), {"id": action.id}


@check("with-but-not-shared", WARNING, 141, 150)
def _shared(record, context):
    for action in record.filled("actions"):
        lacking = [key for key in ("joint_owner", "shared_risk") if not getattr(action, key)]
        if action.mode in ("with", "beyond") and lacking:
            where = (*record.place("actions", action), lacking[0])
            yield where, {"id": action.id, "lacking": lacking}


@check("no-customers", QUESTION, 50)
def _customers(record, context):
    if not record.filled("customers"):
        yield ("customers",), {}


@check("no-strengths", QUESTION, 5, 120)
def _strengths(record, context):
    if not record.filled("strengths"):
        yield ("strengths",), {}


@check("unknown-link", ERROR, 25, 45, 63)
def _links(record, context):
    """A misspelt outcome, measure, customer, indicator, aim, practice or theme."""
    outcomes = [outcome.id for outcome in record.filled("outcomes")]
    measures = [measure.id for measure in record.filled("measures")]
    subjects = [WHOLE, *outcomes, *(action.id for action in record.filled("actions"))]
    known = {
        ("outcomes", "indicator"): context.indicators,
        ("outcomes", "aim"): context.aims,
        ("outcomes", "theme"): context.themes,
        ("knowledge", "indicator"): context.indicators,
        ("actions", "outcome"): outcomes,
        ("actions", "measure"): measures,
        ("measures", "customers"): [customer.id for customer in record.filled("customers")],
        ("positions", "about"): subjects,
        ("blockers", "about"): subjects,
        ("ideas", "outcome"): outcomes,
        ("ideas", "practice"): context.practices,
    }
    for (table, key), allowed in known.items():
        for part in record.filled(table):
            written = getattr(part, key)
            if written and written not in allowed:
                yield (*record.place(table, part), key), _near(key, written, allowed)


@check("id-twice", ERROR, 25)
def _twice(record, context):
    for table in ("outcomes", "actions", "measures", "customers"):
        seen = set()
        for part in record.filled(table):
            if part.id and part.id in seen:
                yield (*record.place(table, part), "id"), {"id": part.id}
            seen.add(part.id)


@check("dates-out-of-order", ERROR, 158, 164)
def _dates(record, context):
    for where, dated in _in_order(record):
        known = [(key, when) for key, when in dated if when]
        for (first, before), (then, after) in zip(known, known[1:], strict=False):
            if after < before:
                yield where, {"first": first, "then": then}


def _in_order(record):
    """Yield days of which each is no earlier than the one before, with the place of each row."""
    for action in record.filled("actions"):
        where = record.place("actions", action)
        yield (*where, "ends"), [("starts", action.starts), ("ends", action.ends)]
        if action.progress == "done":
            done = [("starts", action.starts), ("progress_on", action.progress_on)]
            yield (*where, "progress_on"), done
    for blocker in record.filled("blockers"):
        days = [("since", blocker.since), ("cleared_on", blocker.cleared_on)]
        yield (*record.place("blockers", blocker), "cleared_on"), days
    for measure in record.filled("measures"):
        days = [(counted.period, counted.on) for counted in measure.returns]
        yield (*record.place("measures", measure), "returns"), days
    way = record.independence
    days = [(key, getattr(way, key)) for key in ("starts", "review", "ends")]
    yield ("independence", "review"), days[:2]
    yield ("independence", "ends"), days[1:]
    for key in ("plan", "so_far"):
        yield ("independence", key), [(str(level.on), level.on) for level in getattr(way, key)]


_HAPPENED = {
    "positions": ("dated",),
    "decisions": ("dated",),
    "knowledge": ("dated",),
    "data_wanted": ("dated",),
    "reviews": ("on",),
    "blockers": ("since", "cleared_on"),
    "training": ("given_on",),
    "actions": ("progress_on",),
}


@check("day-to-come", ERROR, 61, 82, 164)
def _to_come(record, context):
    """What was said, counted or done has a day that is not after today."""
    for where, key, when in _past_days(record):
        if when and context.today and when > context.today:
            yield where, {"key": key, "when": when, "today": context.today}


def _past_days(record):
    for table, keys in _HAPPENED.items():
        for part in record.filled(table):
            for key in keys:
                yield (*record.place(table, part), key), key, getattr(part, key)
    for measure in record.filled("measures"):
        for number, counted in enumerate(measure.returns):
            yield (*record.place("measures", measure), "returns", number), "on", counted.on
    for key in ("since", "wished_on", "approach_introduced_on"):
        yield ("consultation", key), key, getattr(record.consultation, key)
    yield ("fairness", "checked_on"), "checked_on", record.fairness.checked_on


@check("support-grows", ERROR, 158)
def _grows(record, context):
    """Support is for a time: at the end of its plan it is less than at the beginning."""
    days = [level.council_days_a_month for level in record.independence.plan]
    if days and days[-1] > days[0]:
        yield ("independence", "plan"), {"first": days[0], "last": days[-1]}


@check("position-gone", ERROR, 61)
def _positions(record, context):
    """A position that was signed stands for good: a new one is written below it."""
    kept = [_essence(position) for position in record.positions]
    for position in context.signed.filled("positions") if context.signed else ():
        if _essence(position) not in kept:
            facts = {"about": position.about or WHOLE, "by": position.by, "words": position.words}
            yield ("positions",), facts


def _essence(position) -> tuple:
    return position.about, position.by, position.dated, position.words


@check("decision-gone", ERROR, 140, 153)
def _decisions(record, context):
    for decision in context.signed.filled("decisions") if context.signed else ():
        if decision not in record.decisions:
            yield ("decisions",), {"words": decision.words}


def _near(key: str, written: str, allowed) -> dict:
    known = [name for name in allowed if name]
    near = process.extractOne(written, known, score_cutoff=50) if known else None
    return {"key": key, "written": written, "near": near[0] if near else "", "known": known}


@check("action-after-support", ERROR, 158)
def _after(record, context):
    """What both sides agree on ends with support; what goes on then is no part of the agreement."""
    ends = record.independence.ends
    for action in record.filled("actions"):
        if ends and action.ends and action.ends > ends and not action.is_parked:
            where = (*record.place("actions", action), "ends")
            yield where, {"id": action.id, "ends": action.ends, "support_ends": ends}


@check("worker-beyond-plan", WARNING, 158)
def _worker(record, context):
    """The worker's days in the offer are no more than all support at the start of the plan."""
    plan, offered = record.independence.plan, record.offer.worker_days_a_month
    if plan and isinstance(offered, int | float) and offered > plan[0].council_days_a_month:
        facts = {"offered": offered, "planned": plan[0].council_days_a_month}
        yield ("offer", "worker_days_a_month"), facts


_GRANT = re.compile(r"\bgrants?\b", re.IGNORECASE)
_OTHER_GRANT = re.compile(
    r"\b(?:lottery|charit\w*|foundation|trust|heritage|government|home office)\b", re.IGNORECASE
)


@check("grant-too-small", WARNING, 10)
def _grant(record, context):
    """Options that the Council's grant is to pay cost no more than it is."""
    grant = record.offer.grant_pounds_a_year
    if not isinstance(grant, int | float):
        return
    paid = [idea for idea in record.filled("ideas") if _is_paid_by_grant(idea)]
    too_dear = [idea for idea in paid if idea.pounds > grant * _years(idea, record.independence)]
    for idea in too_dear:
        where = (*record.place("ideas", idea), "pounds")
        yield where, {"words": idea.words, "pounds": idea.pounds, "grant": grant}
    chosen = [idea for idea in paid if idea.decision == "chosen"]
    together = sum(idea.pounds / _years(idea, record.independence) for idea in chosen)
    if together > grant and not too_dear:
        words = "; ".join(idea.words for idea in chosen)
        where = (*record.place("ideas", chosen[-1]), "pounds")
        yield where, {"words": words, "pounds": together, "grant": grant}


def _years(idea, way) -> float:
    """Return how many years of the grant may pay for an option: all of support, where it is in all."""
    if idea.pounds_for != "in all" or not (way.starts and way.ends):
        return 1
    return max(1.0, (way.ends - way.starts).days / 365.25)


def _is_paid_by_grant(idea) -> bool:
    is_ours = _GRANT.search(idea.who_pays) and not _OTHER_GRANT.search(idea.who_pays)
    return bool(is_ours) and isinstance(idea.pounds, int | float) and idea.decision != "refused"
