"""Page 1: what stands out, in sentences and cards."""

from dataclasses import dataclass

from markupsafe import Markup

from darlington_analysis.core.vocabulary import Polarity
from darlington_analysis.evidence.indicator import IndicatorAnswer
from darlington_analysis.evidence.sections import StandsOut
from darlington_analysis.pages import deprivation, indicator_sentences, outlook, page
from darlington_analysis.pages.components import blocks, theme
from darlington_analysis.pages.components.numbers import frequency, listed, ordinal, period
from darlington_analysis.sources import indicators

NEXT = "What next?"
NEXT_SHEET = "meeting sheet"
NEXT_BEFORE, NEXT_AFTER = (
    "Take the",
    "to people who live here. Ask what these figures miss. Then read “What would it take?” under "
    "each figure, before anybody sets a target.",
)
_COLUMNS, _PITCH, _SIDE = 20, 10, 7  # CSS pixels


def _strength(facts: dict) -> str:
    indicator, figure = indicators.indicator(facts["indicator"]), frequency(facts)
    share = "a smaller" if indicator.polarity is Polarity.LOW_IS_GOOD else "a larger"
    aged = " Young wards tend to have better health." if indicator.goes_with_age else ""
    return (
        f"Something strong: {share} share of {indicator.who} {indicator.what} than in {figure.name}. "
        f"It is about {figure.number} in every {figure.out_of}, beside {figure.benchmark}.{aged}"
    )


def _no_strength(facts: dict) -> str:
    than = "better" if facts["is_any_hard"] else "better or worse"
    return (
        f"{_none_of(facts['judged'], than)}Figures like these count problems. "
        "They do not count people’s skills, groups and goodwill, and those are here too."
    )


def _none_of(judged: list[str], than: str) -> str:
    names = listed([name[0].lower() + name[1:] for name in judged])
    if not judged:  # each is better, but of too few people, or less so than Darlington's
        return ""
    if len(judged) == 1:
        return f"The figure on {names} is not clearly {than} than England’s. "
    return f"Of the figures on {names}, none is clearly {than} than England’s. "


def _cannot_say(facts: dict) -> str:
    census = f": the census was in March {facts['census']}" if facts["census"] else ""
    near = "Census areas do not match this ward: its figures are estimates. "
    near = near if facts.get("is_best_fit") else ""
    return (
        f"These figures cannot say why, and they are not new{census}. {near}"
        "People who live here know what the figures miss."
    )


RULES = {
    "strength": _strength,
    "no-strength-in-figures": _no_strength,
    "cannot-say": _cannot_say,
    "gap-change-in-short": outlook.gap_change_in_short,
    **indicator_sentences.RULES,
    **deprivation.RULES,
}


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
    figure = frequency(answer.claims[0].facts)
    spread = (
        f"{figure.low} to {figure.high} allowing for chance" if figure.low != figure.high else ""
    )
    benchmark = f"{figure.benchmark} in {figure.name}" if figure.benchmark and figure.name else ""
    compared = "; ".join(part for part in (spread, benchmark) if part)
    return Card(
        answer.indicator.short_title,
        f"{figure.number} in {figure.out_of}",
        f"{answer.indicator.who} {answer.indicator.what}",
        " ".join(f"{part}." for part in (compared, _when(answer)) if part),
    )


def stands_out(shown: StandsOut) -> str:
    """Return page 1: the sentences, then a card for each headline indicator."""
    sentences = Markup("").join(
        Markup("<li>{}</li>").format(blocks.sentence(claim, RULES)) for claim in shown.claims
    )
    first = _card(position_card(shown.deprivation_claim.facts), Markup(""))
    rest = Markup("").join(_answer_card(answer) for answer in shown.headlines)
    return Markup('<ul class="sentences">{}</ul><ul class="headline-cards">{}{}</ul>{}').format(
        sentences, first, rest, _next()
    )


def _next() -> Markup:
    """Return what to do with page 1: no answer of ours, but where people's own come in."""
    return Markup('<p class="next"><strong>{}</strong> {} <a href="{}">{}</a> {}</p>').format(
        NEXT,
        NEXT_BEFORE,
        page.FILES[page.SHEET],
        NEXT_SHEET,
        NEXT_AFTER,
    )


def stands_out_text(shown: StandsOut) -> str:
    """Return page 1's sentences, one a line."""
    return "\n".join(blocks.sentences(shown.claims, RULES))


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
    return Markup(squares(int(count)))


def squares(filled: int, out_of: int = 100) -> str:
    """Return an SVG of ``out_of`` small squares, the first ``filled`` of them full.

    It is hidden from screen readers: the number stands in words beside it. It carries its own
    colours, as some printers take none from a style sheet. Raises ValueError where more are filled
    than there are.
    """
    if not 0 <= filled <= out_of:
        raise ValueError(f"{filled} of {out_of} squares can't be filled")
    width, height = _COLUMNS * _PITCH, -(-out_of // _COLUMNS) * _PITCH
    full = "".join(_square(place) for place in range(filled))
    empty = "".join(_square(place) for place in range(filled, out_of))
    return (
        f'<svg class="people" aria-hidden="true" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}"><title>{filled} in {out_of}</title>'
        f'<path fill="{theme.NAVY}" stroke="{theme.NAVY}" d="{full}"/>'
        f'<path fill="none" stroke="{theme.QUIET}" d="{empty}"/></svg>'
    )


def _square(place: int) -> str:
    row, column = divmod(place, _COLUMNS)
    return f"M{column * _PITCH + 1} {row * _PITCH + 1}h{_SIDE}v{_SIDE}h-{_SIDE}z"
