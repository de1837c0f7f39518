"""Gates on what hangs together: every name a record points at exists, and dates are in order."""

from rapidfuzz import process

from darlington_analysis.agreements.gates import ERROR, gate

WHOLE = "agreement"


@gate("unknown-link", ERROR, 25, 45, 63)
def _links(record, beside):
    """A misspelt outcome, measure, indicator, aim, practice or theme."""
    outcomes = [each.id for each in record.filled("outcomes")]
    measures = [each.id for each in record.filled("measures")]
    about = [WHOLE, *outcomes, *(each.id for each in record.filled("actions"))]
    known = {
        ("outcomes", "indicator"): beside.indicators,
        ("outcomes", "aim"): beside.aims,
        ("outcomes", "theme"): beside.themes,
        ("knowledge", "indicator"): beside.indicators,
        ("actions", "outcome"): outcomes,
        ("actions", "measure"): measures,
        ("positions", "about"): about,
        ("ideas", "practice"): beside.practices,
    }
    for (table, key), allowed in known.items():
        for part in record.filled(table):
            said = getattr(part, key)
            if said and said not in allowed:
                yield (*record.place(table, part), key), _near(key, said, allowed)


@gate("id-twice", ERROR, 25)
def _twice(record, beside):
    for table in ("outcomes", "actions", "measures"):
        seen = set()
        for part in record.filled(table):
            if part.id in seen:
                yield (*record.place(table, part), "id"), {"said": part.id}
            seen.add(part.id)


@gate("dates-out-of-order", ERROR, 158, 164)
def _dates(record, beside):
    for part in record.filled("actions"):
        if part.starts and part.ends and part.ends < part.starts:
            yield (*record.place("actions", part), "ends"), {"first": "starts", "then": "ends"}
    way = record.independence
    named = [(name, getattr(way, name)) for name in ("starts", "review", "ends")]
    dated = [(name, when) for name, when in named if when]
    for (first, before), (then, after) in zip(dated, dated[1:], strict=False):
        if after < before:
            yield ("independence", then), {"first": first, "then": then}


@gate("position-gone", ERROR, 61)
def _positions(record, beside):
    """A position that was signed stands for good: a new one is written below it."""
    kept = [(each.about, each.by, each.dated, each.words) for each in record.positions]
    for each in beside.signed.filled("positions") if beside.signed else ():
        if (each.about, each.by, each.dated, each.words) not in kept:
            yield ("positions",), {"about": each.about or WHOLE, "by": each.by, "words": each.words}


@gate("decision-gone", ERROR, 140, 153)
def _decisions(record, beside):
    for each in beside.signed.filled("decisions") if beside.signed else ():
        if each not in record.decisions:
            yield ("decisions",), {"words": each.words}


def _near(key: str, said: str, allowed) -> dict:
    near = process.extractOne(said, list(allowed), score_cutoff=50) if allowed else None
    return {"key": key, "said": said, "near": near[0] if near else "", "known": list(allowed)}


GATES = (_links, _twice, _dates, _positions, _decisions)
