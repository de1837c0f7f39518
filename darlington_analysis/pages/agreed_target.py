"""A target that people set, in words: what it is, when it is seen, how far it is, who brings it."""

import math

from darlington_analysis.agreements.checks.check import BETTER, TargetFacts
from darlington_analysis.agreements.checks.outcomes import measures_in_time, people_reached
from darlington_analysis.agreements.parts import Outcome
from darlington_analysis.evidence.agreement import AgreementAnswer
from darlington_analysis.pages.components.agreements import ended
from darlington_analysis.pages.components.numbers import day, value_text, whole
from darlington_analysis.sources.indicators import indicator, register

LEVEL = "{level:g} ({unit}) by {by}"
GAP = "a gap to {country} of {gap:g} or better ({unit}) by {by}"
NOW_IS = "In {year} it was {value}, a gap to {country} of {gap:.1f}."
UNJUDGED = {
    "not told": "Even if it were met, it could not be told from chance. More years, a wider area "
    "or a larger step are needed.",
    "made up": "The figure is made up: no target may use it.",
    "withheld": "The figure is withheld, so it can’t be judged.",
    "no figure": "There is no count to judge it by.",
    "neither": "The figure is neither good nor bad, so it has no target.",
    "impossible": "No figure of this kind can be so high.",
}
COULD_BE_TOLD = "If it were met, that could be told from chance."
WRONG_WAY = "That is no better than now."
PACE = "If the ward only keeps {country}’s pace (the same change in per cent), the gap is {gap:.1f} by then."
BY_PACE = "That alone would meet the target."
MOVED = (
    "The gap has to move by {distance} points. From {first} to {last} it closed so far in {many} of "
    "{wards} wards."
)
NOT_KNOWN_HOW_FAR = (
    "The gap has to move by {distance} points. How far the gaps of wards really move in such a time "
    "is not known from two censuses of the same wards here. The best ward now is {ward}, at {best}."
)
SEEN = "The next figure ({series}) is of {year}, and may be out by {out}."
SEEN_AFTER = "Support ends before that, on {ends}. Until then its own measures show how it goes."
SEEN_BY_NOTHING = "Support ends before that, on {ends}, and no measure with a target shows more."
NEVER_SEEN = "No further figure is foreseen, so it can’t be seen whether it is met."
NEEDS = "It takes about {needed} people, if {country} stands still."
REACH = "The actions reach {reached}. {rest}"
ENOUGH, REST_FROM = "That is enough.", "They are not enough alone. The rest: {rest_from}"
REST_OPEN = "They are not enough, and who brings about the rest is not said."
TAKES, IS_SEEN, IS_ENOUGH = "What would it take?", "When is it seen?", "Is the plan enough?"


def aim(agreement: AgreementAnswer, outcome: Outcome) -> str:
    """Return a target as it was set: a level or a gap, and its day."""
    target = outcome.target
    unit = register()[outcome.indicator].unit if outcome.indicator in register() else "no unit"
    country, by = agreement.table.settings.place.country.name, day(target.by)
    if target.gap is None:
        return LEVEL.format(level=target.level, unit=unit, by=by)
    return GAP.format(gap=target.gap, unit=unit, by=by, country=country)


def target_lines(agreement: AgreementAnswer, outcome: Outcome) -> list[str]:
    """Return what the evidence says of a target, line by line; nothing without a target."""
    return [words for _, words in target_answers(agreement, outcome)]


def target_answers(agreement: AgreementAnswer, outcome: Outcome) -> list[tuple[str, str]]:
    """Return what the evidence says of a target, each as a question and its answer.

    The first, on what the target is, has no question. Nothing without a target.
    """
    facts = agreement.targets.get(outcome.id)
    if not facts:
        return []
    if facts.verdict in UNJUDGED and not facts.is_met_by_pace:
        return [("", UNJUDGED[facts.verdict])]
    country = agreement.table.settings.place.country.name
    value = value_text(facts.value, indicator(outcome.indicator))
    now = NOW_IS.format(year=facts.period, value=value, country=country, gap=facts.gap)
    verdict = COULD_BE_TOLD if facts.way == BETTER else WRONG_WAY
    needed = facts.people_needed
    needs = NEEDS.format(needed=whole(needed), country=country) if needed else ""
    answers = [
        ("", f"{now} {verdict} {_pace(facts, country)}".strip()),
        (TAKES, f"{needs} {_reach(facts)}".strip()),
        (IS_SEEN, _seen(facts, outcome, agreement)),
        (IS_ENOUGH, _enough(needed, outcome, agreement) if needed else ""),
    ]
    return [(question, words) for question, words in answers if words]


def _pace(facts: TargetFacts, country: str) -> str:
    if math.isnan(facts.gap_at_pace):
        return ""
    words = PACE.format(country=country, gap=facts.gap_at_pace)
    return f"{words} {BY_PACE}" if facts.is_met_by_pace else words


def _reach(facts: TargetFacts) -> str:
    moved, distance = facts.gap_changes, f"{facts.distance:.1f}"
    if moved:
        many, wards = whole(moved.as_far(facts.distance)), whole(len(moved.towards_good))
        return MOVED.format(
            distance=distance, first=moved.first, last=moved.last, many=many, wards=wards
        )
    if not facts.best_ward or not facts.counts_people:
        return ""
    best = f"{facts.best:.1f}"
    return NOT_KNOWN_HOW_FAR.format(distance=distance, ward=facts.best_ward, best=best)


def _seen(facts: TargetFacts, outcome: Outcome, agreement: AgreementAnswer) -> str:
    coming, ends = facts.coming, agreement.record.independence.ends
    if coming is None:
        return ""
    if coming.out is None:
        return NEVER_SEEN
    seen = SEEN.format(series=coming.series, year=coming.describes.year, out=day(coming.out))
    if not ends or coming.out <= ends:
        return seen
    after = SEEN_AFTER if measures_in_time(agreement.record, outcome) else SEEN_BY_NOTHING
    return f"{seen} {after.format(ends=day(ends))}"


def _enough(needed: int, outcome: Outcome, agreement: AgreementAnswer) -> str:
    reached = people_reached(agreement.record, outcome)
    rest = REST_FROM.format(rest_from=ended(outcome.rest_from)) if outcome.rest_from else REST_OPEN
    return REACH.format(reached=whole(reached), rest=ENOUGH if reached >= needed else rest)
