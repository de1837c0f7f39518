"""The words on page 1's cards: a label, a number, what it is, and what it is beside."""

from dataclasses import dataclass

from darlington_analysis.evidence.indicator import IndicatorAnswer
from darlington_analysis.presentation.wording.frequencies import frequency
from darlington_analysis.presentation.wording.numbers import ordinal, period


@dataclass(frozen=True)
class Card:
    """Four short lines of text."""

    label: str
    number: str
    words: str
    compare: str


def position_card(facts: dict) -> Card:
    """Return the card of the national position."""
    position = round(facts["position"])
    return Card(
        "Deprivation",
        f"{position or 'under 1'} in 100",
        "wards of England are more deprived",
        f"{_place(facts['place'], facts['wards'])} of {facts['wards']} in Darlington"
        f"{_from_the_top(facts)}. "
        f"Index of {facts['period']}.",
    )


def _from_the_top(facts: dict) -> str:
    is_past = (facts["wards"] + 1) / 2 < facts["place"] < facts["wards"]
    return ", 1st is most deprived" if is_past else ""


def _place(place: int, wards: int) -> str:
    if place in (1, wards):
        return "Most deprived" if place == 1 else "Least deprived"
    if place > (wards + 1) / 2:
        return ordinal(place)
    return f"{ordinal(place)} most deprived"


def _when(answer: IndicatorAnswer) -> str:
    census = answer.indicator.period_kind == "census"
    return f"Census {answer.row.period}" if census else period(answer.row.period)


def indicator_card(answer: IndicatorAnswer) -> Card:
    """Return the card of an observed indicator."""
    said = frequency(answer.claims[0].facts)
    spread = f"{said.low} to {said.high} allowing for chance" if said.low != said.high else ""
    return Card(
        answer.indicator.short_title,
        f"{said.number} in {said.out_of}",
        f"{answer.indicator.who} {answer.indicator.what}",
        "; ".join(part for part in (spread, f"{said.benchmark} in {said.name}") if part)
        + f". {_when(answer)}.",
    )
