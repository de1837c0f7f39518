"""Page 1: what stands out, in sentences and cards; and what is said of one figure."""

from dataclasses import dataclass

from markupsafe import Markup

from darlington_analysis.core.vocabulary import Polarity, Status
from darlington_analysis.evidence.indicator import IndicatorAnswer
from darlington_analysis.evidence.sections import StandsOut
from darlington_analysis.pages import deprivation, outlook, page
from darlington_analysis.pages.components import blocks, theme
from darlington_analysis.pages.components.numbers import (
    Frequency,
    capitalised,
    frequency,
    in_every,
    listed,
    more_deprived_than,
    ordinal,
    period,
)
from darlington_analysis.sources import indicators

VERDICTS = {
    "higher": "{other}, so the ward is higher.",
    "lower": "{other}, so the ward is lower.",
    "about the same": "{other}: about the same.",
    "cannot be told apart": "{other}: too close to call.",
}
FEW = "So few are behind this figure that it is not reliable [u]."
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


INDICATOR_RULES = {
    "compared": _compared,
    "as-published": _as_published,
    "modelled": _modelled,
    "made-up": _made_up,
    "no-figure": _no_figure,
    "rank-range": _rank,
}


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
        "Only people who live here can name the skills, groups and goodwill there are."
    )


def _none_of(judged: list[str], than: str) -> str:
    names = listed([name[0].lower() + name[1:] for name in judged])
    if not judged:  # each is better, but of too few people, or less so than the borough's
        return ""
    if len(judged) == 1:
        return f"The figure on {names} is not clearly {than} than a wider area’s. "
    return f"Of the figures on {names}, none is clearly {than} than a wider area’s. "


def _cannot_say(facts: dict) -> str:
    census = f": the census was in March {facts['census']}" if facts["census"] else ""
    near = "The ward boundary cuts through census areas, so most figures are estimates. "
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
    **INDICATOR_RULES,
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
    return Card(
        "Deprivation",
        f"{more_deprived_than(facts['position'])} in 100",
        "wards of England are less deprived",
        f"{_place(facts['place'], facts['wards'])} of {facts['wards']} in {blocks.borough()}"
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
    return capitalised(release(answer.indicator, answer.row.period))


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
    first = card(position_card(shown.deprivation_claim.facts), Markup(""))
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
    shown = indicator_card(answer)
    return card(shown, _people(shown.number))


def card(card: Card, drawn: Markup) -> Markup:
    """Return a card with what is drawn on it."""
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
