"""Gates on outcomes: tied to figures, aims and strands, and never to luck."""

from darlington_analysis.agreements.gates import ERROR, QUESTION, WARNING, gate


@gate("no-outcome", ERROR, 39, 43)
def _any(record, beside):
    if not any(each.indicator for each in record.filled("outcomes")):
        yield ("outcomes",), {"outcomes": len(record.filled("outcomes"))}


@gate("outcome-not-linked", ERROR, 7, 63)
def _linked(record, beside):
    for each in record.filled("outcomes"):
        lacking = [key for key in ("strand", "aim") if not getattr(each, key)]
        if lacking:
            where = (*record.place("outcomes", each), lacking[0])
            yield where, {"id": each.id, "lacking": lacking, "aims": list(beside.aims)}


@gate("target-is-chance", ERROR, 59)
def _chance(record, beside):
    """No figure judges a target where it is withheld, made up or not there."""
    for each in record.filled("outcomes"):
        told = beside.telling.get(each.id, "")
        if each.target and told not in ("told", ""):
            where = (*record.place("outcomes", each), "target")
            yield where, {"id": each.id, "told": told, "indicator": each.indicator}


@gate("target-before-figure", WARNING, 45, 59)
def _before_figure(record, beside):
    """Nobody sees whether a target was met before a figure of a day after it was set is out."""
    for each in record.filled("outcomes"):
        coming = beside.coming.get(each.id)
        if each.target and coming and (coming.out is None or each.target.by < coming.out):
            where = (*record.place("outcomes", each), "target")
            yield where, {"id": each.id, "by": each.target.by, "coming": coming}


@gate("no-indicator", WARNING, 45)
def _indicator(record, beside):
    for each in record.filled("outcomes"):
        if not each.indicator:
            yield (*record.place("outcomes", each), "indicator"), {"id": each.id}


@gate("too-hard-without-date", WARNING, 64)
def _too_hard(record, beside):
    for each in record.filled("outcomes"):
        if each.too_hard_for_now and not each.look_again:
            yield (*record.place("outcomes", each), "too_hard_for_now"), {"id": each.id}


@gate("one-side-only", WARNING, 61)
def _one_side(record, beside):
    for each in record.filled("outcomes"):
        by = {said.by for said in record.filled("positions") if said.about == each.id}
        lacking = sorted({"partnership", "council"} - by)
        if lacking and "both" not in by:
            where = record.place("outcomes", each)
            yield where, {"id": each.id, "lacking": lacking}


@gate("group-without-outcome", QUESTION, 43)
def _groups(record, beside):
    have = {each.people for each in record.filled("outcomes")}
    for people in ("children", "adults", "families"):
        if people not in have:
            yield ("outcomes",), {"people": people}


@gate("no-signs", QUESTION, 44)
def _signs(record, beside):
    for each in record.filled("outcomes"):
        if not any(each.signs):
            yield (*record.place("outcomes", each), "signs"), {"id": each.id}


@gate("who-is-missing", QUESTION, 17)
def _missing(record, beside):
    for each in record.filled("outcomes"):
        if not each.missing_from_data:
            yield (*record.place("outcomes", each), "missing_from_data"), {"id": each.id}


GATES = (
    _any,
    _linked,
    _chance,
    _before_figure,
    _indicator,
    _too_hard,
    _one_side,
    _groups,
    _signs,
    _missing,
)
