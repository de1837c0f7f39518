"""Population questions (c) and (d): what can be measured, and how the ward is doing."""

import pandas as pd
from markupsafe import Markup

from darlington_analysis.evidence.indicator import IndicatorAnswer
from darlington_analysis.evidence.sections import Indicators, Measures
from darlington_analysis.presentation import charts, figures, tables
from darlington_analysis.presentation.show import local, wider
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
from darlington_analysis.presentation.wording.numbers import period
from darlington_analysis.presentation.wording.numbers import shown as in_figures


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


def indicators(shown: Indicators) -> str:
    """Return every indicator: what it says, how sure, the chart and the table behind it."""
    own = Markup("").join(
        _one(each, shown.provenance, local.beside(each.indicator.slug, shown))
        for each in shown.answers
    )
    return own + wider.wider(shown.wider, shown.provenance)


def indicators_text(shown: Indicators) -> str:
    """Return every indicator's sentences."""
    own = [
        f"{answer.indicator.title}: {_said(answer)} {outlook_parts.text(answer.outlook)}"
        for answer in shown.answers
    ]
    return "\n".join([*own, *wider.wider_text(shown.wider)])


def _one(answer: IndicatorAnswer, provenance: dict, known: str = "") -> Markup:
    sure = labels.how_sure(answer.indicator, is_dummy=answer.is_dummy)
    parts = [
        Markup("<h4>{}</h4>").format(answer.indicator.title),
        Markup('<p class="answer">{}</p>').format(_said(answer)),
        Markup("<p>{}</p>").format(answer.indicator.why),
        Markup('<div class="sure"><h5>How sure are we?</h5><p>{}</p></div>').format(sure),
        fit_note(answer.row),
        _real_file(answer),
        Markup(_wards_figure(answer, provenance)),
        outlook_parts.smoothing_note(answer.outlook),
        outlook_parts.history(answer.outlook),
        Markup(_trend_figure(answer, provenance)),
        outlook_parts.take(answer.outlook),
        known,
    ]
    return Markup("").join(parts)


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
    value = "Made-up value" if answer.is_dummy else "Value"
    value += ", %" if answer.indicator.unit.startswith("%") else ""
    columns = [
        tables.Column("area_name", "Area"),
        tables.Column("value", value, "value", show=_figure(answer)),
    ]
    if rows.lower_limit.notna().any():
        columns += [
            tables.Column("lower_limit", "From", "number", show=_figure(answer), missing="x"),
            tables.Column("upper_limit", "To", "number", show=_figure(answer), missing="x"),
        ]
    rows, columns = outlook_parts.with_smoothed(
        answer.outlook, rows, columns, is_dummy=answer.is_dummy
    )
    return tables.table(
        rows,
        columns,
        captions.wards_caption(answer),
        picked=answer.ward.code,
        picked_mark=f"({labels.THIS_WARD})",
        shorthand=labels.SHORTHAND if rows.status.ne("").any() else "",
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
    )


def _on_axis(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(period=rows.period.map(overtime.when))


def _trend_table(answer: IndicatorAnswer, rows: pd.DataFrame) -> str:
    kind = rows.is_dummy.map({True: "made up", False: "real"})
    columns = [
        tables.Column("area_period", "Area and year"),
        tables.Column("kind", "Real or made up"),
        tables.Column("value", answer.indicator.unit, "value", show=_figure(answer)),
        tables.Column("lower_limit", "From", "number", show=_figure(answer), missing="x"),
        tables.Column("upper_limit", "To", "number", show=_figure(answer), missing="x"),
    ]
    return tables.table(
        rows.assign(kind=kind, area_period=rows.area_name + ", " + rows.period.map(period)),
        columns,
        f"{answer.indicator.title}, wider areas, single years",
        shorthand=labels.SHORTHAND,
    )


def _has_no_order(answer: IndicatorAnswer) -> bool:
    """A made-up figure makes no order of wards, nor does a modelled one."""
    return answer.is_dummy or answer.row.basis == "modelled"


def _figure(answer: IndicatorAnswer):
    return lambda value: in_figures(value, answer.indicator)
