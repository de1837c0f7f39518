"""Where the ward stands on the Indices, the pockets inside it, and its support."""

from markupsafe import Markup

from darlington_analysis.evidence.deprivation import DeprivationAnswer
from darlington_analysis.pages import deprivation_sentences, review_statements, robustness, support
from darlington_analysis.pages.certainty import fit_note
from darlington_analysis.pages.components import blocks, charts, claims, figure, labels, tables
from darlington_analysis.pages.components.numbers import ordinal, word

NO_NAMES = "No names are published for them, so each has its code"
POCKETS_QUESTION = "Are there pockets of need inside the ward?"
WORST_QUARTER, WORST_FIFTH = "most deprived quarter", "most deprived fifth"


def editions_title(answer: DeprivationAnswer) -> str:
    """Return the message of the chart of Index editions."""
    times = int((answer.by_edition.value <= answer.line_percent).sum())
    within = {0: "Never", len(answer.by_edition): "Every time"}.get(times, f"{word(times)} time(s)")
    return f"{within.capitalize()} in England’s most deprived quarter, by mean score"


def editions_alt(answer: DeprivationAnswer) -> str:
    """Return the chart of Index editions in one sentence."""
    parts = ", ".join(
        f"{row.value:.0f} in {row.period} ({ordinal(row.place)} in Darlington)"
        for row in answer.by_edition.itertuples()
    )
    return f"National position of {answer.ward.name}, 0 most deprived, 100 least: {parts}."


def pockets_title(answer: DeprivationAnswer) -> str:
    """Return the message of the chart of neighbourhoods."""
    worst, least = answer.pockets.value.min(), answer.pockets.value.max()
    if len(answer.pockets) == 1:
        return "One neighbourhood makes up the whole ward"
    return f"Neighbourhoods: from {worst:.0f} to {least:.0f}, where 0 is most deprived"


def pockets_alt(answer: DeprivationAnswer) -> str:
    """Return the chart of neighbourhoods in one sentence."""
    parts = ", ".join(f"{row.area_code} {row.value:.1f}" for row in answer.pockets.itertuples())
    return f"Neighbourhoods of {answer.ward.name} on England’s scale of 0 to 100: {parts}."


def deprivation(shown: DeprivationAnswer) -> str:
    """Return the ward's places, its pockets, and why it is supported or not."""
    position, editions, pockets = claims.sentences(shown.claims, deprivation_sentences.RULES)
    return blocks.join(
        blocks.answer_line(position),
        blocks.paragraph(editions),
        fit_note(shown.latest),
        _editions_figure(shown),
        blocks.question(POCKETS_QUESTION, pockets),
        _pockets_figure(shown),
        robustness.ward(shown.robust),
        _support(shown),
        review_statements.in_pack(shown.documents),
    )


def deprivation_text(shown: DeprivationAnswer) -> str:
    """Return the sentences on deprivation and the state of support."""
    sentences = claims.sentences(shown.claims, deprivation_sentences.RULES)
    sentences += claims.sentences(shown.robust.claims, robustness.RULES)
    review = review_statements.documents_text(shown.documents)
    return "\n".join([*sentences, support.state_sentence(shown.ward.name, shown.support), review])


def _support(shown: DeprivationAnswer) -> Markup:
    steps = Markup("").join(
        Markup("<li>{}</li>").format(words) for words in support.step_sentences(shown.support)
    )
    listed = Markup("<ol>{}</ol>").format(steps) if shown.support.steps else ""
    why = " ".join([support.state_sentence(shown.ward.name, shown.support), *shown.support.reasons])
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
        title=editions_title(shown),
        subtitle="Place among all wards of England, from the mean score of the ward’s "
        "neighbourhoods; Indices of Deprivation",
        alt=editions_alt(shown),
        table_html=tables.table(rows, columns, f"{shown.ward.name} on each Index"),
        source_line=labels.INDEX_SOURCE,
        beside=True,
    )


def _pockets_figure(shown: DeprivationAnswer) -> str:
    columns = [
        tables.Column("area_code", "Neighbourhood (census area)"),
        tables.Column("value", "Place in England, 0 to 100", "number", 1),  # a published rank
    ]
    return figure.figure(
        charts.pockets(shown.pockets, cut=20, **_words(shown, WORST_FIFTH)),
        figure_id="pockets",
        title=pockets_title(shown),
        subtitle="Place of each neighbourhood among all neighbourhoods of England, "
        f"Index of {shown.latest.period}. {NO_NAMES}",
        alt=pockets_alt(shown),
        table_html=tables.table(shown.pockets, columns, f"Neighbourhoods of {shown.ward.name}"),
        source_line=labels.INDEX_SOURCE,
        beside=True,
    )


def _words(shown: DeprivationAnswer, cut_label: str = "") -> dict:
    return {
        "cut_label": cut_label or WORST_QUARTER,
        "low_label": "0: most deprived",
        "high_label": "100: least deprived",
        "show": _whole,
        "status_labels": labels.STATUS_WORDS,
    }


def _whole(value: float) -> str:
    """Positions come from tables of thresholds: no decimals of ours."""
    return f"{value:.0f}"
