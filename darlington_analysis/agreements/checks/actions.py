"""Checks on actions, ideas, partners and performance measures, and on what they refer to."""

from rapidfuzz import process

from darlington_analysis.agreements.checks.check import ERROR, QUESTION, WARNING, check

FIELDS = ("who", "how", "where", "with_whom", "delivers", "starts", "ends", "cost")


@check("action-without-outcome", ERROR, 25)
def _outcome(record, context):
    for each in record.filled("actions"):
        lacking = [key for key in ("outcome", "measure") if not getattr(each, key)]
        if lacking:
            where = (*record.place("actions", each), lacking[0])
            yield where, {"id": each.id, "lacking": lacking}


@check("action-unfinished", ERROR, 37, 164)
def _fields(record, context):
    for each in record.filled("actions"):
        lacking = [key for key in FIELDS if not getattr(each, key)]
        if lacking:
            where = (*record.place("actions", each), lacking[0])
            yield where, {"id": each.id, "lacking": lacking}


@check("nobody-better-off", ERROR, 39, 51)
def _better_off(record, context):
    if not any(each.kind == "better off" for each in record.filled("measures")):
        yield ("measures",), {}


@check("judged-by-the-ward", ERROR, 41)
def _population(record, context):
    """A figure about everybody in a ward never judges a partnership."""
    titles = [title.casefold() for title in context.indicator_titles]
    for each in record.filled("measures"):
        said = next((title for title in titles if title in each.words.casefold()), "")
        if each.indicator or said:
            key = "indicator" if each.indicator else "words"
            where = (*record.place("measures", each), key)
            yield where, {"id": each.id, "said": each.indicator or said}


@check("nothing-cheap", ERROR, 48, 55)
def _cheap(record, context):
    offered = [*record.filled("ideas"), *record.filled("actions")]
    is_cheap = any(each.cost in ("none", "low") for each in offered)
    if not is_cheap and not record.no_low_cost_idea_because:
        yield ("no_low_cost_idea_because",), {}


@check("council-alone", ERROR, 4, 47, 54)
def _partners(record, context):
    if not any(each.sector not in ("", "council") for each in record.filled("partners")):
        yield ("partners",), {}


@check("all-for-none-with", ERROR, 121, 148)
def _modes(record, context):
    modes = [each.mode for each in record.filled("actions") if each.mode]
    if modes and not {"with", "beyond"} & set(modes):
        yield ("actions",), {"modes": sorted(set(modes))}


@check("no-mode", WARNING, 121)
def _mode(record, context):
    for each in record.filled("actions"):
        if not each.mode:
            yield (*record.place("actions", each), "mode"), {"id": each.id}


@check("with-but-not-shared", WARNING, 141, 150)
def _shared(record, context):
    for each in record.filled("actions"):
        lacking = [key for key in ("joint_owner", "shared_risk") if not getattr(each, key)]
        if each.mode in ("with", "beyond") and lacking:
            where = (*record.place("actions", each), lacking[0])
            yield where, {"id": each.id, "lacking": lacking}


@check("no-measure-of-kind", WARNING, 52, 53)
def _kinds(record, context):
    have = {each.kind for each in record.filled("measures")}
    for kind in ("how much", "how well"):
        if kind not in have:
            yield ("measures",), {"kind": kind}


@check("no-customers", QUESTION, 50)
def _customers(record, context):
    if not record.filled("customers"):
        yield ("customers",), {}


@check("no-strengths", QUESTION, 5, 120)
def _strengths(record, context):
    if not record.filled("strengths"):
        yield ("strengths",), {}


WHOLE = "agreement"


@check("unknown-link", ERROR, 25, 45, 63)
def _links(record, context):
    """A misspelt outcome, measure, indicator, aim, practice or theme."""
    outcomes = [each.id for each in record.filled("outcomes")]
    measures = [each.id for each in record.filled("measures")]
    about = [WHOLE, *outcomes, *(each.id for each in record.filled("actions"))]
    known = {
        ("outcomes", "indicator"): context.indicators,
        ("outcomes", "aim"): context.aims,
        ("outcomes", "theme"): context.themes,
        ("knowledge", "indicator"): context.indicators,
        ("actions", "outcome"): outcomes,
        ("actions", "measure"): measures,
        ("positions", "about"): about,
        ("ideas", "practice"): context.practices,
    }
    for (table, key), allowed in known.items():
        for part in record.filled(table):
            said = getattr(part, key)
            if said and said not in allowed:
                yield (*record.place(table, part), key), _near(key, said, allowed)


@check("id-twice", ERROR, 25)
def _twice(record, context):
    for table in ("outcomes", "actions", "measures"):
        seen = set()
        for part in record.filled(table):
            if part.id in seen:
                yield (*record.place(table, part), "id"), {"said": part.id}
            seen.add(part.id)


@check("dates-out-of-order", ERROR, 158, 164)
def _dates(record, context):
    for part in record.filled("actions"):
        if part.starts and part.ends and part.ends < part.starts:
            yield (*record.place("actions", part), "ends"), {"first": "starts", "then": "ends"}
    way = record.independence
    named = [(name, getattr(way, name)) for name in ("starts", "review", "ends")]
    dated = [(name, when) for name, when in named if when]
    for (first, before), (then, after) in zip(dated, dated[1:], strict=False):
        if after < before:
            yield ("independence", then), {"first": first, "then": then}


@check("position-gone", ERROR, 61)
def _positions(record, context):
    """A position that was signed stands for good: a new one is written below it."""
    kept = [(each.about, each.by, each.dated, each.words) for each in record.positions]
    for each in context.signed.filled("positions") if context.signed else ():
        if (each.about, each.by, each.dated, each.words) not in kept:
            yield ("positions",), {"about": each.about or WHOLE, "by": each.by, "words": each.words}


@check("decision-gone", ERROR, 140, 153)
def _decisions(record, context):
    for each in context.signed.filled("decisions") if context.signed else ():
        if each not in record.decisions:
            yield ("decisions",), {"words": each.words}


def _near(key: str, said: str, allowed) -> dict:
    near = process.extractOne(said, list(allowed), score_cutoff=50) if allowed else None
    return {"key": key, "said": said, "near": near[0] if near else "", "known": list(allowed)}
