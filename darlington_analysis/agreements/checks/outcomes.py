"""Checks on outcomes: each needs a figure, an aim and a strand, and a target beyond chance."""

from darlington_analysis.agreements.checks.check import ERROR, QUESTION, WARNING, check


@check("no-outcome", ERROR, 39, 43)
def _any(record, context):
    if not any(each.indicator for each in record.filled("outcomes")):
        yield ("outcomes",), {"outcomes": len(record.filled("outcomes"))}


@check("outcome-not-linked", ERROR, 7, 63)
def _linked(record, context):
    for each in record.filled("outcomes"):
        lacking = [key for key in ("strand", "aim") if not getattr(each, key)]
        if lacking:
            where = (*record.place("outcomes", each), lacking[0])
            yield where, {"id": each.id, "lacking": lacking, "aims": list(context.aims)}


@check("target-is-chance", ERROR, 59)
def _chance(record, context):
    """No figure judges a target where it is withheld, made up or not there."""
    for each in record.filled("outcomes"):
        told = context.telling.get(each.id, "")
        if each.target and told not in ("told", ""):
            where = (*record.place("outcomes", each), "target")
            yield where, {"id": each.id, "told": told, "indicator": each.indicator}


@check("target-before-figure", WARNING, 45, 59)
def _before_figure(record, context):
    """Nobody sees whether a target was met before a figure of a day after it was set is out."""
    for each in record.filled("outcomes"):
        coming = context.coming.get(each.id)
        if each.target and coming and (coming.out is None or each.target.by < coming.out):
            where = (*record.place("outcomes", each), "target")
            yield where, {"id": each.id, "by": each.target.by, "coming": coming}


@check("no-indicator", WARNING, 45)
def _indicator(record, context):
    for each in record.filled("outcomes"):
        if not each.indicator:
            yield (*record.place("outcomes", each), "indicator"), {"id": each.id}


@check("too-hard-without-date", WARNING, 64)
def _too_hard(record, context):
    for each in record.filled("outcomes"):
        if each.too_hard_for_now and not each.look_again:
            yield (*record.place("outcomes", each), "too_hard_for_now"), {"id": each.id}


@check("one-side-only", WARNING, 61)
def _one_side(record, context):
    for each in record.filled("outcomes"):
        by = {said.by for said in record.filled("positions") if said.about == each.id}
        lacking = sorted({"partnership", "council"} - by)
        if lacking and "both" not in by:
            where = record.place("outcomes", each)
            yield where, {"id": each.id, "lacking": lacking}


@check("group-without-outcome", QUESTION, 43)
def _groups(record, context):
    have = {each.people for each in record.filled("outcomes")}
    for people in ("children", "adults", "families"):
        if people not in have:
            yield ("outcomes",), {"people": people}


@check("no-signs", QUESTION, 44)
def _signs(record, context):
    for each in record.filled("outcomes"):
        if not any(each.signs):
            yield (*record.place("outcomes", each), "signs"), {"id": each.id}


@check("who-is-missing", QUESTION, 17)
def _missing(record, context):
    for each in record.filled("outcomes"):
        if not each.missing_from_data:
            yield (*record.place("outcomes", each), "missing_from_data"), {"id": each.id}
