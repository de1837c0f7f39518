"""Checks on days and amounts beside each other: support, the Council's offer, and what work costs."""

import re

from darlington_analysis.agreements.checks.check import ERROR, WARNING, check

_GRANT = re.compile(r"\bgrants?\b", re.IGNORECASE)
_OTHER_GRANT = re.compile(
    r"\b(?:lottery|charit\w*|foundation|trust|heritage|government|home office)\b", re.IGNORECASE
)


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
