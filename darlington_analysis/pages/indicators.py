"""Population questions (c) and (d): what can be measured, and how the ward is doing."""

import pandas as pd
from markupsafe import Markup

from darlington_analysis.agreements.record import Knowledge
from darlington_analysis.core.vocabulary import Basis
from darlington_analysis.evidence.indicator import IndicatorAnswer
from darlington_analysis.evidence.sections import Indicators, Measures
from darlington_analysis.pages import all_wards_table, borough_only, boxes, certainty, rank_chart
from darlington_analysis.pages import certainty as surety_words
from darlington_analysis.pages import outlook as outlook_parts
from darlington_analysis.pages.components import charts, figure, labels, tables
from darlington_analysis.pages.components.charts.wards import wards_chart
from darlington_analysis.pages.components.numbers import period
from darlington_analysis.pages.components.numbers import shown as in_figures
from darlington_analysis.pages.ward_fit_note import fit_note
from darlington_analysis.pages.words import agreed, captions, outlook, sentences
from darlington_analysis.pages.words import agreements as words


def beside(slug: str, shown: Indicators) -> Markup:
    """Return what is known here beside one indicator of a page."""
    return knowledge(shown.knowledge.get(slug, ()), is_example=shown.knowledge_is_example)


def knowledge(known: tuple[Knowledge, ...], *, is_example: bool) -> Markup:
    """Return what is known here beside an indicator, and room for more."""
    told = boxes.bullets(f"{each.words} ({agreed.known(each)})" for each in known)
    if told and is_example:
        told = boxes.paragraph(words.EXAMPLE) + told
    return told + boxes.empty(labels.LOCAL_KNOWLEDGE)


def indicators(shown: Indicators) -> str:
    """Return every indicator: what it says, how sure, the chart and the table behind it."""
    own = Markup("").join(
        _one(each, shown.provenance, beside(each.indicator.slug, shown)) for each in shown.answers
    )
    first = certainty.once(shown.answers) + rank_chart.standings(shown)
    together = all_wards_table.together(shown.answers)
    return first + own + together + borough_only.wider(shown.wider, shown.provenance)


def indicators_text(shown: Indicators) -> str:
    """Return every indicator's sentences."""
    own = [
        f"{answer.indicator.title}: {_said(answer)} {outlook_parts.text(answer.outlook)}"
        for answer in shown.answers
    ]
    return "\n".join([*own, *borough_only.wider_text(shown.wider)])


def _one(answer: IndicatorAnswer, provenance: dict, known: Markup) -> Markup:
    """Return one indicator; on paper its words stand beside its chart (see alltogether)."""
    words = [
        Markup("<p>{}</p>").format(answer.indicator.why),
        Markup("<p>{}</p>").format(surety_words.short(answer)),
        fit_note(answer.row),
        _real_file(answer),
        outlook_parts.smoothing_note(answer.outlook),
        outlook_parts.history(answer.outlook),
    ]
    trend = Markup(_trend_figure(answer, provenance))
    take = outlook_parts.take(answer.outlook) + outlook_parts.take_tables_of(answer.outlook)
    # Beside the chart, on paper, stands what is short: the rest comes below both.
    beside, below = (words, [trend, take, known]) if trend else ([*words, take, known], [])
    return Markup(
        '<div class="indicator{}"><h4>{}</h4><p class="answer">{}</p><div class="columns">{}'
        "<div>{}</div></div>{}</div>"
    ).format(
        " compact" if all_wards_table.holds(answer) else "",
        answer.indicator.title,
        _said(answer),
        Markup(_wards_figure(answer, provenance)),
        Markup("").join(beside),
        Markup("").join(below),
    )


def _said(answer: IndicatorAnswer) -> str:
    return " ".join(sentences.say(claim) for claim in answer.claims)


def _real_file(answer: IndicatorAnswer) -> Markup:
    said = Markup("<p>{}</p>").format(labels.real_file(answer.indicator))
    return said if answer.is_dummy else Markup("")


def _wards_figure(answer: IndicatorAnswer, provenance: dict) -> str:
    svg = wards_chart(
        answer.wards,
        answer.ward.code,
        answer.benchmarks,
        answer.indicator,
        by_name=_has_no_order(answer),
    )
    return figure.figure(
        svg,
        figure_id=f"{answer.indicator.slug}-wards",
        title=captions.wards_title(answer),
        subtitle=captions.wards_subtitle(answer),
        alt=captions.wards_alt(answer),
        table_html=_wards_table(answer),
        source_line=captions.source_line(pd.concat([answer.wards, answer.benchmarks]), provenance),
        beside=True,
    )


def _wards_table(answer: IndicatorAnswer) -> str:
    by = {"by": "area_name"} if _has_no_order(answer) else {"by": "value", "ascending": False}
    rows = pd.concat([answer.benchmarks, answer.wards.sort_values(**by)])
    value = _value(answer)
    columns = [
        tables.Column("area_name", "Area"),
        tables.Column(
            "value",
            f"Made-up {value.lower()}" if answer.is_dummy else value,
            "value",
            show=_figure(answer),
        ),
    ]
    if rows.lower_limit.notna().any():
        columns += _limits(answer)
    rows, columns = outlook_parts.with_smoothed(
        answer.outlook, rows, columns, is_dummy=answer.is_dummy
    )
    return tables.table(
        rows,
        columns,
        captions.wards_caption(answer),
        picked=answer.ward.code,
        picked_mark=f"({labels.THIS_WARD})",
        signs=labels.SIGNS,
    )


def _trend_figure(answer: IndicatorAnswer, provenance: dict) -> str:
    """Draw wider areas over single years, where at least two are published: no two censuses."""
    rows, ahead = answer.outlook.series, answer.outlook.forecast
    everything = pd.concat([rows, ahead]).sort_values(["area_type", "period_start"])
    if rows.period.nunique() < 2 or answer.indicator.period_kind == "census":
        return ""
    return figure.figure(
        charts.trend(
            _on_axis(rows),
            value_label=answer.indicator.unit,
            periods=list(
                dict.fromkeys(everything.sort_values("period_start").period.map(captions.when))
            ),
            forecast=_on_axis(ahead) if len(ahead) else None,
            forecast_label=outlook.IF_NOTHING_CHANGES,
            dummy_label=labels.MADE_UP,
        ),
        figure_id=f"{answer.indicator.slug}-trend",
        title=captions.trend_title(answer),
        subtitle=captions.trend_subtitle(rows, answer),
        alt=captions.trend_alt(answer, rows) + outlook.forecast_alt(ahead, answer.indicator),
        table_html=_trend_table(answer, everything),
        source_line=captions.source_line(rows, provenance),
        beside=True,
    )


def _on_axis(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(period=rows.period.map(captions.when))


def _trend_table(answer: IndicatorAnswer, rows: pd.DataFrame) -> str:
    kind = rows.is_dummy.map({True: "made up", False: "real"})
    columns = [tables.Column("area_period", "Area and year")]
    if rows.is_dummy.any():
        columns.append(tables.Column("kind", "Real or made up"))
    columns.append(tables.Column("value", _value(answer), "value", show=_figure(answer)))
    if rows.lower_limit.notna().any():
        columns += _limits(answer)
    return tables.table(
        rows.assign(kind=kind, area_period=rows.area_name + ", " + rows.period.map(period)),
        columns,
        captions.table_caption(answer.indicator),
        signs=labels.SIGNS,
    )


def _value(answer: IndicatorAnswer) -> str:
    return "Value, %" if answer.indicator.unit.startswith("%") else "Value"


def _limits(answer: IndicatorAnswer) -> list[tables.Column]:
    return [
        tables.Column(key, header, "number", show=_figure(answer), missing="x")
        for key, header in (("lower_limit", "From"), ("upper_limit", "To"))
    ]


def _has_no_order(answer: IndicatorAnswer) -> bool:
    """A made-up figure makes no order of wards, nor does a modelled one."""
    return answer.is_dummy or answer.row.basis == Basis.MODELLED


def _figure(answer: IndicatorAnswer):
    return lambda value: in_figures(value, answer.indicator)


def measures(shown: Measures) -> str:
    """Return what can be measured for wards, and whether the figure is real."""
    rows = pd.DataFrame(
        {
            "title": answer.indicator.title,
            "counts": f"{answer.indicator.numerator}, out of {answer.indicator.denominator}",
            "when": period(answer.row.period),
            "real": labels.kind_of_figure(answer.row),
        }
        for answer in shown.answers
    )
    columns = [
        tables.Column("title", "Indicator"),
        tables.Column("counts", "What is counted"),
        tables.Column("when", "When"),
        tables.Column("real", "Real or made up"),
    ]
    return tables.table(rows, columns, "Indicators there are for wards")


def measures_text(shown: Measures) -> str:
    """Return the titles of what can be measured, one a line."""
    return "\n".join(answer.indicator.title for answer in shown.answers)
