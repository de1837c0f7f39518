"""Checks on actions, ideas, partners and performance measures, and on what they refer to."""

from rapidfuzz import process

from darlington_analysis.agreements.checks.check import ERROR, QUESTION, WARNING, check
from darlington_analysis.agreements.checks.outcomes import WHOLE
from darlington_analysis.agreements.checks.phrases import names_customers, ward_words
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


@check("progress-unfinished", WARNING, 82)
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


def _most_people(measure) -> int:
    """Return the most people that a return of a measure counts; 0 where none counts people."""
    totals = [counted.out_of for counted in measure.returns] if measure else []
    return max((total for total in totals if isinstance(total, int)), default=0)


@check("nobody-better-off", ERROR, 39, 51)
def _better_off(record, context):
    if not any(measure.kind == "better off" for measure in record.filled("measures")):
        yield ("measures",), {}


@check("measure-without-customers", ERROR, 41, 50)
def _whose(record, context):
    """A measure counts customers of the partnership, and it is known how many they are."""
    customers = {customer.id: customer for customer in record.filled("customers")}
    for measure in record.filled("measures"):
        counted = customers.get(measure.customers)
        if not measure.customers:
            where = (*record.place("measures", measure), "customers")
            yield where, {"id": measure.id, "known": [name for name in customers if name]}
        elif counted and counted.how_many == "not known":
            where = (*record.place("customers", counted), "how_many")
            yield where, {"id": measure.id, "known": [counted.id]}


@check("judged-by-the-ward", ERROR, 41)
def _population(record, context):
    """A figure about everybody in a ward never judges a partnership, whatever it is called."""
    customers = {customer.id: customer for customer in record.filled("customers")}
    for measure in record.filled("measures"):
        counted = customers.get(measure.customers)
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


@check("measure-names-nobody", ERROR, 41, 50)
def _names_nobody(record, context):
    """Whether anybody is better off, or how well it went, is said of some of the customers."""
    customers = {customer.id: customer for customer in record.filled("customers")}
    for measure in record.filled("measures"):
        counted = customers.get(measure.customers)
        is_of_people = measure.kind in ("how well", "better off")
        if is_of_people and counted and not names_customers(measure.words, counted.who):
            where = (*record.place("measures", measure), "words")
            yield where, {"id": measure.id, "words": measure.words, "who": counted.who}


@check("more-than-customers", ERROR, 41, 50)
def _more(record, context):
    """A return counts no more people than the customers are."""
    customers = {customer.id: customer for customer in record.filled("customers")}
    for measure in record.filled("measures"):
        whose = customers.get(measure.customers)
        most = whose.how_many if whose else None
        for number, counted in enumerate(measure.returns):
            if isinstance(most, int) and isinstance(counted.out_of, int) and counted.out_of > most:
                where = (*record.place("measures", measure), "returns", number)
                yield where, {"id": measure.id, "counted": counted.out_of, "most": most}


@check("target-without-baseline", WARNING, 53)
def _baseline(record, context):
    for measure in record.filled("measures"):
        if measure.target and not measure.returns:
            yield (*record.place("measures", measure), "target"), {"id": measure.id}


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
    for part in record.filled("actions"):
        if part.starts and part.ends and part.ends < part.starts:
            yield (*record.place("actions", part), "ends"), {"first": "starts", "then": "ends"}
    way = record.independence
    dated = [(key, getattr(way, key)) for key in ("starts", "review", "ends") if getattr(way, key)]
    for (first, before), (then, after) in zip(dated, dated[1:], strict=False):
        if after < before:
            yield ("independence", then), {"first": first, "then": then}


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
