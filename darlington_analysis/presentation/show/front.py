"""The header and page 1."""

from markupsafe import Markup

from darlington_analysis.evidence.indicator import IndicatorAnswer
from darlington_analysis.evidence.sections import Header, KeyFigures, StandsOut
from darlington_analysis.presentation import people
from darlington_analysis.presentation.wording import agreements, cards, pages, papers, sentences


def header(shown: Header) -> str:
    """Return the h1, the banners and the facts of the document."""
    facts = Markup("").join(
        Markup("<dt>{}</dt><dd>{}</dd>").format(*pair) for pair in pages.facts(shown)
    )
    banners = [pages.made_up_banner(shown)] if shown.made_up else []
    banners += [agreements.BANNERS[shown.agreement]] if shown.agreement else []
    banners += [pages.newer_banner(shown.newer)] if shown.newer else []
    banners += [pages.draft_banner(shown.edition)] if shown.edition.draft else []
    return (
        Markup("<h1>{}</h1>").format(pages.heading(shown))
        + notices(banners)
        + Markup('<dl class="facts">{}</dl>').format(facts)
    )


def header_text(shown: Header) -> str:
    """Return the header as text: its first words are the ward, its code and the edition."""
    return f"{pages.header_line(shown)}, version {shown.version_id}"


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
    first = _card(cards.position_card(shown.deprivation_claim.facts), Markup(""))
    rest = Markup("").join(_answer_card(answer) for answer in shown.headlines)
    return Markup('<ul class="sentences">{}</ul><ul class="headline-cards">{}{}</ul>{}').format(
        said, first, rest, _next()
    )


def _next() -> Markup:
    """Return what to do with page 1: no answer of ours, but where people's own come in."""
    return Markup('<p class="next"><strong>{}</strong> {} <a href="{}">{}</a> {}</p>').format(
        pages.NEXT, pages.NEXT_BEFORE, papers.FILES[papers.SHEET], pages.NEXT_SHEET,
        pages.NEXT_AFTER,
    )  # fmt: skip


def stands_out_text(shown: StandsOut) -> str:
    """Return page 1's sentences, one a line."""
    return "\n".join(sentences.say(claim) for claim in shown.claims)


def key_figures(shown: KeyFigures) -> str:
    """Return every claim with its id and the hash of its rows, one a line."""
    return "\n".join(
        f"{claim.id} [{claim.rows_hash}] {sentences.say(claim)}" for claim in shown.claims
    )


def _answer_card(answer: IndicatorAnswer) -> Markup:
    card = cards.indicator_card(answer)
    return _card(card, _people(card.number))


def _card(card: cards.Card, drawn: Markup) -> Markup:
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
    return Markup(people.squares(int(count)))
