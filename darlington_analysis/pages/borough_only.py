"""Indicators that no ward has: the borough beside its region and England, and the open place."""

import pandas as pd
from markupsafe import Markup

from darlington_analysis.evidence.borough_only import WiderAnswer
from darlington_analysis.pages.components import charts, figure, tables
from darlington_analysis.pages.components.numbers import whole
from darlington_analysis.pages.words import borough_only as words
from darlington_analysis.pages.words import captions, sentences


def wider(answers: tuple[WiderAnswer, ...], provenance: dict) -> Markup:
    """Return each indicator's sentences, chart, table and open place."""
    return Markup("").join(_one(answer, provenance) for answer in answers)


def wider_text(answers: tuple[WiderAnswer, ...]) -> list[str]:
    """Return each indicator's sentences, one a line."""
    return [f"{answer.indicator.title}: {_said(answer)}" for answer in answers]


def _one(answer: WiderAnswer, provenance: dict) -> Markup:
    paragraphs = [answer.indicator.why, words.set_aside(answer.set_aside)]
    return Markup("").join(
        [
            Markup("<h4>{}</h4>").format(answer.indicator.title),
            Markup('<p class="answer">{}</p>').format(_said(answer)),
            *(Markup("<p>{}</p>").format(each) for each in paragraphs if each),
            Markup('<div class="sure"><h5>How sure are we?</h5><p>{}</p></div>').format(
                _sure(answer)
            ),
            Markup(_figure(answer, provenance)),
            Markup('<div class="answer-box"><p>{}</p></div>').format(words.OPEN_PLACE),
        ]
    )


def _sure(answer: WiderAnswer) -> str:
    return words.sure(answer.children, answer.claims[0].facts["latest"])


def _said(answer: WiderAnswer) -> str:
    return " ".join(sentences.say(claim) for claim in answer.claims)


def _figure(answer: WiderAnswer, provenance: dict) -> str:
    return figure.figure(
        charts.trend(answer.rows, value_label=words.subtitle(answer.indicator)),
        figure_id=f"{answer.indicator.slug}-wider",
        title=words.title(answer.indicator),
        subtitle=words.subtitle(answer.indicator),
        alt=words.alt(answer.rows),
        table_html=_table(answer),
        source_line=captions.source_line(answer.rows, provenance),
    )


def _table(answer: WiderAnswer) -> str:
    wide = answer.rows.pivot(index="period", columns="area_name", values="value")
    names = list(dict.fromkeys(answer.rows.area_name))
    rows = wide.reset_index().sort_values("period", ascending=False)
    columns = [tables.Column("period", "Year")]
    columns += [tables.Column(name, name, "number", show=_whole, missing="x") for name in names]
    return tables.table(rows, columns, words.title(answer.indicator))


def _whole(value: float) -> str:
    return "" if pd.isna(value) else whole(value)
