"""The cards of the pack: a few figures, each in four short lines."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from darlington_analysis.evidence.indicator import IndicatorAnswer
from darlington_analysis.pages import indicator_sentences
from darlington_analysis.pages.components.numbers import capitalised, frequency
from darlington_analysis.sources.indicators import Indicator

TITLE = "Figures people ask for"
IN_ALL = "{count} in all"


def cards(answers: Sequence[IndicatorAnswer]) -> Markup:
    """Return a card for each indicator under a heading; nothing without any."""
    if not answers:
        return Markup("")
    items = Markup("").join(_card(indicator_card(answer)) for answer in answers)
    return Markup('<h3 class="cards-title">{}</h3><ul class="headline-cards">{}</ul>').format(
        TITLE, items
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
    count = indicator_sentences.how_many(answer)
    in_all = capitalised(IN_ALL.format(count=count)) if count else ""
    ages = "" if " " in about.who else _ages(about)  # “children under 16” need none
    spread = (
        f"{figure.low} to {figure.high} allowing for chance" if figure.low != figure.high else ""
    )
    benchmark = f"{figure.benchmark} in {figure.name}" if figure.benchmark and figure.name else ""
    compared = "; ".join(part for part in (spread, benchmark) if part)
    when = capitalised(indicator_sentences.when(answer))
    return Card(
        about.short_title,
        figure.number if about.kind == "mean" else f"{figure.number} in {figure.out_of}",
        indicator_sentences.who_what(about),
        " ".join(f"{part}." for part in (ages, in_all, compared, when) if part),
    )


def _ages(about: Indicator) -> str:
    """Return out of whom a share of people is taken: “Of residents aged 16 and over”."""
    base = about.unit.removeprefix("% of ")
    return f"Of {base}" if base != about.unit and any(map(str.isdigit, base)) else ""


def _card(card: Card) -> Markup:
    return Markup(
        '<li class="card"><p class="card-label">{}</p><p class="card-number">{}</p>'
        '<p class="card-words">{}</p><p class="card-compare">{}</p></li>'
    ).format(card.label, card.number, card.words, card.compare)
