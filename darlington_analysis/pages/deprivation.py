"""Where the ward stands on the Indices, the pockets inside it, and its support."""

from markupsafe import Markup

from darlington_analysis.evidence.deprivation import DeprivationAnswer
from darlington_analysis.pages import review_statements, robustness
from darlington_analysis.pages.components import charts, figure, labels, tables
from darlington_analysis.pages.components.numbers import ordinal
from darlington_analysis.pages.ward_fit_note import fit_note
from darlington_analysis.pages.words import captions, sentences, support


def deprivation(shown: DeprivationAnswer) -> str:
    """Return the ward's places, its pockets, and why it is supported or not."""
    position, editions, pockets = (sentences.say(claim) for claim in shown.claims)
    return Markup("").join(
        [
            Markup('<p class="answer">{}</p>').format(position),
            Markup("<p>{}</p>").format(editions),
            fit_note(shown.latest),
            Markup(_editions_figure(shown)),
            Markup("<h3>{}</h3><p>{}</p>").format(support.POCKETS_QUESTION, pockets),
            Markup(_pockets_figure(shown)),
            robustness.ward(shown.robust),
            _support(shown),
            review_statements.in_pack(shown.documents),
        ]
    )


def deprivation_text(shown: DeprivationAnswer) -> str:
    """Return the sentences on deprivation and the state of support."""
    said = [sentences.say(claim) for claim in (*shown.claims, *shown.robust.claims)]
    review = review_statements.documents_text(shown.documents)
    return "\n".join([*said, support.state(shown.ward.name, shown.support), review])


def _support(shown: DeprivationAnswer) -> Markup:
    steps = Markup("").join(
        Markup("<li>{}</li>").format(words) for words in support.steps(shown.support)
    )
    listed = Markup("<ol>{}</ol>").format(steps) if shown.support.steps else ""
    why = " ".join([support.state(shown.ward.name, shown.support), *shown.support.reasons])
    return Markup('<h3>{}</h3><p class="answer">{}</p>{}<p>{}</p>').format(
        support.QUESTION, why, listed, support.RULE
    )


def _editions_figure(shown: DeprivationAnswer) -> str:
    rows = shown.by_edition.assign(
        index="Index of " + shown.by_edition.period, at=shown.by_edition.place.map(ordinal)
    )
    columns = [
        tables.Column("index", "Index"),
        tables.Column("value", "Place in England, 0 to 100", "number", show=_whole),
        tables.Column("at", f"Place in Darlington, of {len(shown.borough)}", "number", show=str),
    ]
    return figure.figure(
        charts.position_by_edition(shown.by_edition, cut=shown.line_percent, **_words(shown)),
        figure_id="index-editions",
        title=captions.editions_title(shown),
        subtitle="Place among all wards of England, from the mean score of the ward’s "
        "neighbourhoods; Indices of Deprivation",
        alt=captions.editions_alt(shown),
        table_html=tables.table(rows, columns, f"{shown.ward.name} on each Index"),
        source_line=support.INDEX_SOURCE,
        beside=True,
    )


def _pockets_figure(shown: DeprivationAnswer) -> str:
    columns = [
        tables.Column("area_code", "Neighbourhood (census area)"),
        tables.Column("value", "Place in England, 0 to 100", "number", 1),  # a published rank
    ]
    return figure.figure(
        charts.pockets(shown.pockets, cut=20, **_words(shown, support.WORST_FIFTH)),
        figure_id="pockets",
        title=captions.pockets_title(shown),
        subtitle="Place of each neighbourhood among all neighbourhoods of England, "
        f"Index of {shown.latest.period}. {support.NO_NAMES}",
        alt=captions.pockets_alt(shown),
        table_html=tables.table(shown.pockets, columns, f"Neighbourhoods of {shown.ward.name}"),
        source_line=support.INDEX_SOURCE,
        beside=True,
    )


def _words(shown: DeprivationAnswer, cut_label: str = "") -> dict:
    return {
        "cut_label": cut_label or support.WORST_QUARTER,
        "low_label": "0: most deprived",
        "high_label": "100: least deprived",
        "show": _whole,
        "status_labels": labels.STATUS_WORDS,
    }


def _whole(value: float) -> str:
    """Positions come from tables of thresholds: no decimals of ours."""
    return f"{value:.0f}"
