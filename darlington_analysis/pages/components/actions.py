"""Actions of an agreement in words: their titles, and what each says of itself."""

from datetime import date

from darlington_analysis.agreements.parts import Action
from darlington_analysis.agreements.record import Agreement
from darlington_analysis.pages.components.agreements import (
    COSTS,
    ORIGINS,
    from_until,
    part_state,
    people_count,
    progress_words,
    words_by_id,
)

LABELS = (
    "For",
    "Measured by",
    "Who",
    "With whom",
    "Where",
    "How",
    "Delivers",
    "How long",
    "Cost",
    "Idea of",
    "Owned together by",
    "Shared risk",
    "People it reaches",
    "Agreed?",
    "How far it is",
)


def action_title(action: Action) -> str:
    """Return what an action does, and whether that is new here."""
    return f"{action.what} (new to this ward)" if action.new_to_this_ward else action.what


def action_facts(
    action: Action, record: Agreement, as_at: date | None = None
) -> list[tuple[str, str]]:
    """Return what an action says of itself: labels and words. ``as_at``: what stands for today."""
    span = from_until(action.starts, action.ends)
    known = words_by_id(record)
    values = [
        known.get(action.outcome, ""),
        known.get(action.measure, ""),
        action.who,
        ", ".join(action.with_whom),
        action.where,
        action.how,
        action.delivers,
        span,
        COSTS[action.cost],
        ORIGINS[action.origin],
        action.joint_owner,
        action.shared_risk,
        people_count(action.reaches) if action.reaches is not None else "",
        part_state(action),
        progress_words(action, as_at),
    ]
    return list(zip(LABELS, values, strict=True))
