"""Gates on actions, ideas, partners and performance measures."""

from darlington_analysis.agreements.gates import ERROR, QUESTION, WARNING, gate

FIELDS = ("who", "how", "where", "with_whom", "delivers", "starts", "ends", "cost")


@gate("action-without-outcome", ERROR, 25)
def _outcome(record, beside):
    for each in record.filled("actions"):
        lacking = [key for key in ("outcome", "measure") if not getattr(each, key)]
        if lacking:
            where = (*record.place("actions", each), lacking[0])
            yield where, {"id": each.id, "lacking": lacking}


@gate("action-unfinished", ERROR, 37, 164)
def _fields(record, beside):
    for each in record.filled("actions"):
        lacking = [key for key in FIELDS if not getattr(each, key)]
        if lacking:
            where = (*record.place("actions", each), lacking[0])
            yield where, {"id": each.id, "lacking": lacking}


@gate("nobody-better-off", ERROR, 39, 51)
def _better_off(record, beside):
    if not any(each.kind == "better off" for each in record.filled("measures")):
        yield ("measures",), {}


@gate("judged-by-the-ward", ERROR, 41)
def _population(record, beside):
    """A figure about everybody in a ward never judges a partnership."""
    titles = [title.casefold() for title in beside.indicator_titles]
    for each in record.filled("measures"):
        said = next((title for title in titles if title in each.words.casefold()), "")
        if each.indicator or said:
            key = "indicator" if each.indicator else "words"
            where = (*record.place("measures", each), key)
            yield where, {"id": each.id, "said": each.indicator or said}


@gate("nothing-cheap", ERROR, 48, 55)
def _cheap(record, beside):
    offered = [*record.filled("ideas"), *record.filled("actions")]
    is_cheap = any(each.cost in ("none", "low") for each in offered)
    if not is_cheap and not record.no_low_cost_idea_because:
        yield ("no_low_cost_idea_because",), {}


@gate("council-alone", ERROR, 4, 47, 54)
def _partners(record, beside):
    if not any(each.sector not in ("", "council") for each in record.filled("partners")):
        yield ("partners",), {}


@gate("all-for-none-with", ERROR, 121, 148)
def _modes(record, beside):
    modes = [each.mode for each in record.filled("actions") if each.mode]
    if modes and not {"with", "beyond"} & set(modes):
        yield ("actions",), {"modes": sorted(set(modes))}


@gate("no-mode", WARNING, 121)
def _mode(record, beside):
    for each in record.filled("actions"):
        if not each.mode:
            yield (*record.place("actions", each), "mode"), {"id": each.id}


@gate("with-but-not-shared", WARNING, 141, 150)
def _shared(record, beside):
    for each in record.filled("actions"):
        lacking = [key for key in ("joint_owner", "shared_risk") if not getattr(each, key)]
        if each.mode in ("with", "beyond") and lacking:
            where = (*record.place("actions", each), lacking[0])
            yield where, {"id": each.id, "lacking": lacking}


@gate("no-measure-of-kind", WARNING, 52, 53)
def _kinds(record, beside):
    have = {each.kind for each in record.filled("measures")}
    for kind in ("how much", "how well"):
        if kind not in have:
            yield ("measures",), {"kind": kind}


@gate("no-customers", QUESTION, 50)
def _customers(record, beside):
    if not record.filled("customers"):
        yield ("customers",), {}


@gate("no-strengths", QUESTION, 5, 120)
def _strengths(record, beside):
    if not record.filled("strengths"):
        yield ("strengths",), {}


GATES = (
    _outcome,
    _fields,
    _better_off,
    _population,
    _cheap,
    _partners,
    _modes,
    _mode,
    _shared,
    _kinds,
    _customers,
    _strengths,
)
