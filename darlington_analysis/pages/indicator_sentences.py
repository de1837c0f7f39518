"""What a page says of one figure of an indicator: in sentences, and in four short lines on a card."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup

from darlington_analysis.core.vocabulary import Status
from darlington_analysis.evidence.indicator import IndicatorAnswer
from darlington_analysis.pages.components import blocks
from darlington_analysis.pages.components.numbers import (
    Frequency,
    about,
    as_about,
    capitalised,
    frequency,
    in_every,
    ordinal,
    period,
    whole,
)
from darlington_analysis.sources import indicators

VERDICTS = {
    "higher": "{other}, so the ward is higher.",
    "lower": "{other}, so the ward is lower.",
    "about the same": "{other}: about the same.",
    "cannot be told apart": "{other}: too close to call.",
}
FEW = "So few are behind this figure that it is not reliable [u]."
NARROWER, WIDER, CROSSED, UNSURE = "smaller", "larger", "changed sides", "no sure change"
CHANCE = "Allowing for chance, the figure is likely to be between"


def _compared(facts: dict) -> str:
    figure = frequency(facts)
    spread = f" {CHANCE} {figure.low} and {figure.high}." if figure.low != figure.high else ""
    few = f" {FEW}" if facts["status"] == Status.UNRELIABLE else ""
    return f"{_value('About', facts, figure)}{few}{spread} {_beside(facts, figure)}".strip()


def _value(start: str, facts: dict, figure: Frequency) -> str:
    indicator = indicators.indicator(facts["indicator"])
    when = release(indicator, facts["period"])
    if indicator.kind == "mean":
        every = f"for every {figure.out_of} {indicator.what}"
        return f"{start} {figure.number} {indicator.who} {every} ({when})."
    share = f"{figure.number} in every {figure.out_of}"
    return f"{start} {share} {indicator.who} {indicator.what} ({when})."


def release(indicator: indicators.Indicator, label: str) -> str:
    """Return the census, the Index or the time that a figure is from."""
    names = {"census": "census", "index": "Index of"}
    name = names.get(indicator.period_kind, "")
    return f"{name} {label}" if name else period(label)


def _beside(facts: dict, figure: Frequency) -> str:
    """Return the ward beside England and the rest of the borough, or what there is of the two."""
    borough = blocks.borough()
    rest = f"the rest of {borough}"
    beside_rest = _verdict(rest, figure.rest, facts.get("rest_comparison", ""))
    if facts["comparison"] == "not known":
        return beside_rest or "No figure for a wider area was published to set beside it."
    if figure.rest and figure.name == borough:
        return beside_rest
    first = _verdict(figure.name, figure.benchmark, facts["comparison"])
    return f"{first} {beside_rest}".strip()


def beside(figure: Frequency) -> list[str]:
    """Return the figures of wider areas as “24 in England”, “23 in the rest of the borough”."""
    borough = blocks.borough()
    is_other = figure.benchmark and not (figure.rest and figure.name == borough)
    parts = [f"{figure.benchmark} in {figure.name}"] if is_other else []
    return parts + ([f"{figure.rest} in the rest of {borough}"] if figure.rest else [])


def _verdict(name: str, number: str, comparison: str) -> str:
    return VERDICTS[comparison].format(other=f"In {name} it is {number}") if number else ""


def _as_published(facts: dict) -> str:
    figure = frequency(facts)
    first = _value("About", facts, figure)
    return f"{first}{_in_wider(figure)} No range for chance was published."


def _modelled(facts: dict) -> str:
    figure = frequency(facts)
    return f"{_value('By a model,', facts, figure)}{_in_wider(figure)} Nobody was asked."


def _in_wider(figure: Frequency) -> str:
    return f" In {figure.name} it is {figure.benchmark}." if figure.benchmark else ""


def _made_up(facts: dict) -> str:
    indicator = indicators.indicator(facts["indicator"])
    if facts["status"] == "c":
        return "Made-up figure, and withheld [c], as a real one this small would be."
    number, out_of = in_every(facts["value"], indicator)
    share, what = f"{number} in every {out_of}", indicator.what
    if not facts["value"]:
        share, what = "no", indicator.what.replace(" in a year", " in these years")
    return (
        f"Made-up figure: {share} {indicator.who} {what}. "
        f"We found no real figure for wards. This one only shows how a real one would look. "
        f"It decides nothing."
    )


def _no_figure(facts: dict) -> str:
    reason = {
        "c": "is withheld, to protect people",
        "x": "is not available",
        "z": "does not apply here",
    }[facts["status"]]
    return f"The figure {reason} [{facts['status']}]. Withheld is not zero."


def _rank(facts: dict) -> str:
    low, high = facts["rank_lower"], facts["rank_upper"]
    if low == 1 and high == facts["wards"]:
        return "Its place among the wards is too close to call."
    if low == high:
        return f"It is {ordinal(low)} of {facts['wards']} wards. The 1st has the highest figure."
    return (
        f"Its place is between {ordinal(low)} and {ordinal(high)} of {facts['wards']} wards, "
        f"the 1st having the highest figure."
    )


RULES = {
    "compared": _compared,
    "as-published": _as_published,
    "modelled": _modelled,
    "made-up": _made_up,
    "no-figure": _no_figure,
    "rank-range": _rank,
}


def moved(facts: dict) -> str:
    """Return how the gap to a benchmark moved between two censuses, in a word or three."""
    before, now = facts["other_gap"], facts["gap"]
    if facts["gap_moved"] not in ("up", "down"):
        return UNSURE
    if before * now < 0:
        return CROSSED
    return NARROWER if abs(now) < abs(before) else WIDER


def who_what(about: indicators.Indicator) -> str:
    """Return what an indicator counts as people say it: “adults have no qualifications”."""
    every = f"for every {whole(about.out_of)} " if about.kind == "mean" else ""
    return f"{about.who} {every}{about.what}"


def when(answer: IndicatorAnswer) -> str:
    """Return the census, the Index or the time that a ward's own figure is from."""
    return release(answer.indicator, answer.row.period)


def how_many(answer: IndicatorAnswer) -> str:
    """Return how many people or homes are behind a ward's figure; "" where that is not known."""
    count = answer.row.numerator
    if pd.isna(count) or not answer.indicator.has_people:
        return ""
    return whole(count) if answer.row.fit == "exact" else f"about {about(count)}"


def in_people(answer: IndicatorAnswer, facts: dict) -> dict[str, str]:
    """Return how many there are ``now``, how many at the benchmark's ``pace``, and ``then``, if the
    ward were level with it; ``change`` is the difference of now and then as they are printed.
    """
    then, now = as_about(facts["people_then"]), answer.row.numerator
    now = now if answer.row.fit == "exact" else as_about(now)
    return {
        "change": f"about {about(abs(now - then))} {'fewer' if then < now else 'more'}",
        "now": how_many(answer),
        "pace": f"about {about(facts['people_at_pace'])}",
        "then": f"about {about(facts['people_then'])}",
    }


CARDS = "Figures people ask for"
IN_ALL = "{count} in all"


def cards(answers: Sequence[IndicatorAnswer]) -> Markup:
    """Return a card for each indicator under a heading; nothing without any."""
    if not answers:
        return Markup("")
    items = Markup("").join(_card(indicator_card(answer)) for answer in answers)
    return Markup('<h3 class="cards-title">{}</h3><ul class="headline-cards">{}</ul>').format(
        CARDS, items
    )


@dataclass(frozen=True)
class Card:
    """Four short lines of text."""

    label: str
    number: str
    words: str
    compare: str


def indicator_card(answer: IndicatorAnswer) -> Card:
    """Return the card of an observed indicator."""
    figure, about = frequency(answer.claims[0].facts), answer.indicator
    count = how_many(answer)
    in_all = capitalised(IN_ALL.format(count=count)) if count else ""
    ages = "" if " " in about.who else _ages(about)  # “children under 16” need none
    spread = (
        f"{figure.low} to {figure.high} allowing for chance" if figure.low != figure.high else ""
    )
    benchmark = f"{figure.benchmark} in {figure.name}" if figure.benchmark and figure.name else ""
    compared = "; ".join(part for part in (spread, benchmark) if part)
    of_when = capitalised(when(answer))
    return Card(
        about.short_title,
        figure.number if about.kind == "mean" else f"{figure.number} in {figure.out_of}",
        who_what(about),
        " ".join(f"{part}." for part in (ages, in_all, compared, of_when) if part),
    )


def _ages(about: indicators.Indicator) -> str:
    """Return out of whom a share of people is taken: “Of residents aged 16 and over”."""
    base = about.unit.removeprefix("% of ")
    return f"Of {base}" if base != about.unit and any(map(str.isdigit, base)) else ""


def _card(card: Card) -> Markup:
    return Markup(
        '<li class="card"><p class="card-label">{}</p><p class="card-number">{}</p>'
        '<p class="card-words">{}</p><p class="card-compare">{}</p></li>'
    ).format(card.label, card.number, card.words, card.compare)
