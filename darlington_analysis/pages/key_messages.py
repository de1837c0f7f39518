"""The header and page 1."""

from dataclasses import dataclass

from markupsafe import Markup

from darlington_analysis.evidence.indicator import IndicatorAnswer
from darlington_analysis.evidence.sections import Header, KeyFigures, StandsOut
from darlington_analysis.pages.components import pictogram
from darlington_analysis.pages.components.numbers import frequency, ordinal, period
from darlington_analysis.pages.words import agreements, page, papers, sentences


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


def header(shown: Header) -> str:
    """Return the h1, the banners and the facts of the document."""
    facts = Markup("").join(
        Markup("<dt>{}</dt><dd>{}</dd>").format(*pair) for pair in page.facts(shown)
    )
    banners = [page.made_up_banner(shown)] if shown.made_up else []
    banners += [agreements.BANNERS[shown.agreement]] if shown.agreement else []
    banners += [page.newer_banner(shown.newer)] if shown.newer else []
    banners += [page.draft_banner(shown.edition)] if shown.edition.draft else []
    return (
        Markup("<h1>{}</h1>").format(page.heading(shown))
        + notices(banners)
        + Markup('<dl class="facts">{}</dl>').format(facts)
    )


def header_text(shown: Header) -> str:
    """Return the header as text: its first words are the ward, its code and the edition."""
    return f"{page.header_line(shown)}, version {shown.version_id}"


def banner(strong: str, rest: str) -> Markup:
    """Return a banner: bold words, then the rest."""
    return notices([(strong, rest)])


def notices(told: list[tuple[str, str]]) -> Markup:
    """Return one box of what must be known before the figures are; nothing without any."""
    said = Markup("").join(
        Markup("<p><strong>{}</strong> {}</p>").format(strong, rest) for strong, rest in told
    )
    return Markup('<div class="banner">{}</div>').format(said) if told else Markup("")


def stands_out(shown: StandsOut) -> str:
    """Return page 1: the sentences, then a card for each headline indicator."""
    said = Markup("").join(
        Markup("<li>{}</li>").format(sentences.say(claim)) for claim in shown.claims
    )
    first = _card(position_card(shown.deprivation_claim.facts), Markup(""))
    rest = Markup("").join(_answer_card(answer) for answer in shown.headlines)
    return Markup('<ul class="sentences">{}</ul><ul class="headline-cards">{}{}</ul>{}').format(
        said, first, rest, _next()
    )


def _next() -> Markup:
    """Return what to do with page 1: no answer of ours, but where people's own come in."""
    return Markup('<p class="next"><strong>{}</strong> {} <a href="{}">{}</a> {}</p>').format(
        page.NEXT,
        page.NEXT_BEFORE,
        papers.FILES[papers.SHEET],
        page.NEXT_SHEET,
        page.NEXT_AFTER,
    )


def stands_out_text(shown: StandsOut) -> str:
    """Return page 1's sentences, one a line."""
    return "\n".join(sentences.say(claim) for claim in shown.claims)


def key_figures(shown: KeyFigures) -> str:
    """Return every claim with its id and the hash of its rows, one a line."""
    return "\n".join(
        f"{claim.id} [{claim.rows_hash}] {sentences.say(claim)}" for claim in shown.claims
    )


def _answer_card(answer: IndicatorAnswer) -> Markup:
    card = indicator_card(answer)
    return _card(card, _people(card.number))


def _card(card: Card, drawn: Markup) -> Markup:
    return Markup(
        '<li class="card"><p class="card-label">{}</p><p class="card-number">{}</p>{}'
        '<p class="card-words">{}</p><p class="card-compare">{}</p></li>'
    ).format(card.label, card.number, drawn, card.words, card.compare)


def _people(number: str) -> Markup:
    """Return “12 in 100” as squares; a number out of a thousand would be too small to see.

    Only of people or homes: of a place in England, many black squares would mean little need.
    """
    count, _, out_of = number.partition(" in ")
    if out_of != "100" or not count.isdigit():
        return Markup("")
    return Markup(pictogram.squares(int(count)))
