"""Population questions (c) and (d): what can be measured, and how the ward is doing."""

import pandas as pd
from markupsafe import Markup

from darlington_analysis.catalogue.vocabulary import Basis
from darlington_analysis.evidence.indicator import IndicatorAnswer
from darlington_analysis.evidence.sections import Indicators
from darlington_analysis.presentation import charts, figures, tables
from darlington_analysis.presentation.show import alltogether, local, standings, surety, wider
from darlington_analysis.presentation.show import outlook as outlook_parts
from darlington_analysis.presentation.show.fits import fit_note
from darlington_analysis.presentation.show.wards_chart import wards_chart
from darlington_analysis.presentation.wording import (
    captions,
    labels,
    outlook,
    overtime,
    sentences,
)
from darlington_analysis.presentation.wording import surety as surety_words
from darlington_analysis.presentation.wording.numbers import period
from darlington_analysis.presentation.wording.numbers import shown as in_figures


def indicators(shown: Indicators) -> str:
    """Return every indicator: what it says, how sure, the chart and the table behind it."""
    own = Markup("").join(
        _one(each, shown.provenance, local.beside(each.indicator.slug, shown))
        for each in shown.answers
    )
    first = surety.once(shown.answers) + standings.standings(shown)
    together = alltogether.together(shown.answers)
    return first + own + together + wider.wider(shown.wider, shown.provenance)


def indicators_text(shown: Indicators) -> str:
    """Return every indicator's sentences."""
    own = [
        f"{answer.indicator.title}: {_said(answer)} {outlook_parts.text(answer.outlook)}"
        for answer in shown.answers
    ]
    return "\n".join([*own, *wider.wider_text(shown.wider)])


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
        " compact" if alltogether.holds(answer) else "",
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
        answer.wards, answer.ward.code, answer.benchmarks, answer.indicator,
        by_name=_has_no_order(answer),
    )  # fmt: skip
    return figures.figure(
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
            "value", f"Made-up {value.lower()}" if answer.is_dummy else value, "value",
            show=_figure(answer),
        ),
    ]  # fmt: skip
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
    return figures.figure(
        charts.trend(
            _on_axis(rows),
            value_label=answer.indicator.unit,
            periods=list(
                dict.fromkeys(everything.sort_values("period_start").period.map(overtime.when))
            ),
            forecast=_on_axis(ahead) if len(ahead) else None,
            forecast_label=outlook.IF_NOTHING_CHANGES,
            dummy_label=labels.MADE_UP,
        ),
        figure_id=f"{answer.indicator.slug}-trend",
        title=overtime.trend_title(answer),
        subtitle=overtime.trend_subtitle(rows, answer),
        alt=overtime.trend_alt(answer, rows) + outlook.forecast_alt(ahead, answer.indicator),
        table_html=_trend_table(answer, everything),
        source_line=captions.source_line(rows, provenance),
        beside=True,
    )


def _on_axis(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(period=rows.period.map(overtime.when))


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
        overtime.table_caption(answer.indicator),
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
