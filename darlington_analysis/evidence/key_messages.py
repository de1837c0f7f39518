"""What page 1 says: chosen by evidence, on real figures alone, strengths beside hardships."""

import pandas as pd

from darlington_analysis.core.vocabulary import KEY, Basis, Polarity, Status
from darlington_analysis.evidence.claims import Claim, claim
from darlington_analysis.evidence.deprivation import DeprivationAnswer
from darlington_analysis.evidence.indicator import IndicatorAnswer
from darlington_analysis.evidence.sections import StandsOut
from darlington_analysis.sources.areas import Ward

MOST_HEADLINES = 4  # and the national position, which makes five
HARDEST = 2  # one where a change is as large a thing to say
FEWEST = 20  # people or homes behind a figure called strong


def choose(
    ward: Ward, answers: tuple[IndicatorAnswer, ...], placed: DeprivationAnswer
) -> StandsOut:
    """Return page 1 of a ward: position, what is hard, what has changed, what is strong, and what
    can't be said.

    A made-up, modelled or withheld figure is never chosen.
    """
    fit = tuple(each for each in answers if may_head(each))[:MOST_HEADLINES]
    judged = [each for each in fit if may_be_judged(each)]
    hard = sorted((each for each in judged if is_worse(each)), key=distance, reverse=True)
    strong = sorted((each for each in judged if is_strong(each)), key=distance, reverse=True)
    moved = max(
        (each.change for each in judged if each.change.is_worth_saying),
        key=lambda change: change.size,
        default=None,
    )
    claims = (
        placed.position_claim,
        *(each.claims[0] for each in hard[: HARDEST - bool(moved)]),
        *(moved.in_short if moved else ()),
        _strength(ward, strong, judged),
        _limits(ward, fit),
    )
    return StandsOut(ward, claims, fit, placed.position_claim)


def may_head(answer: IndicatorAnswer) -> bool:
    """True for a headline indicator whose figure for this ward is real, observed and shown."""
    row = answer.row
    real = not answer.is_dummy and row.basis == Basis.OBSERVED
    return answer.indicator.headline and real and row.status == Status.NONE


def may_be_judged(answer: IndicatorAnswer) -> bool:
    """True where one side of the benchmark is good, and the figure can be set beside it."""
    return answer.indicator.polarity is not Polarity.NEITHER and answer.comparison != "not known"


def is_worse(answer: IndicatorAnswer) -> bool:
    """True where the figure is on the bad side of the benchmark, its limits included."""
    return answer.indicator.polarity.is_worse(answer.comparison)


def is_better(answer: IndicatorAnswer) -> bool:
    """True where the figure is on the good side of the benchmark, its limits included."""
    return answer.indicator.polarity.is_better(answer.comparison)


def is_strong(answer: IndicatorAnswer) -> bool:
    """True where a figure of enough people is better than England's for certain, and no other
    wider area's is better still: a ward is not strong in what the borough does better.
    """
    sign = answer.indicator.polarity.sign_of_good
    beside = answer.benchmarks.value.dropna()
    is_best = bool((sign * answer.row.value >= sign * beside).all())
    return is_better(answer) and is_best and answer.row.numerator >= FEWEST


def distance(answer: IndicatorAnswer) -> float:
    """Return how many times the benchmark a value is, or the other way about: 1 or more."""
    ratio = answer.row.value / answer.benchmarks.value.iloc[0]
    return max(ratio, 1 / ratio) if ratio > 0 else float("inf")


def _strength(ward: Ward, strong: list[IndicatorAnswer], judged: list[IndicatorAnswer]) -> Claim:
    if strong:
        best = min(strong, key=lambda each: each.indicator.goes_with_age)  # else the furthest
        return claim("strength", best.claims[0].facts, best.own, best.indicator.slug)
    rows = judged[0].wards.head(0) if judged else pd.DataFrame(columns=[*KEY, "is_dummy"])
    titles = [each.indicator.short_title for each in judged if not is_better(each)]
    is_any_hard = any(is_worse(each) for each in judged)
    facts = {"ward": ward.name, "judged": titles, "is_any_hard": is_any_hard}
    return claim("no-strength-in-figures", facts, rows)


def _limits(ward: Ward, fit: tuple[IndicatorAnswer, ...]) -> Claim:
    periods = sorted({each.row.period for each in fit})
    censuses = {each.row.period for each in fit if each.indicator.period_kind == "census"}
    facts = {"ward": ward.name, "periods": periods, "census": max(censuses, default="")}
    facts["is_best_fit"] = any(each.row.fit != "exact" for each in fit)
    return claim("cannot-say", facts, fit[0].wards.head(0))
