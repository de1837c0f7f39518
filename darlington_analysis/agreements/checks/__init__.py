"""All checks of an agreement record, and what they find in one."""

from darlington_analysis.agreements.checks import (
    actions,
    answers,
    measures,
    outcomes,
    people,
)
from darlington_analysis.agreements.checks.check import SEVERITIES, Check, CheckContext, Finding
from darlington_analysis.agreements.record import Agreement


def all_checks() -> tuple[Check, ...]:
    """Return every check of the five modules, errors first."""
    checks = [
        value
        for module in (actions, answers, measures, outcomes, people)
        for value in vars(module).values()
        if isinstance(value, Check)
    ]
    return tuple(sorted(checks, key=lambda check: SEVERITIES.index(check.severity)))


def check_record(record: Agreement, context: CheckContext) -> tuple[Finding, ...]:
    """Return everything the checks find in a record: errors, then warnings, then questions."""
    return tuple(
        Finding(check.name, check.severity, check.rows, where, facts)
        for check in all_checks()
        for where, facts in check.look(record, context)
    )
