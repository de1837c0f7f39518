"""Population questions (c) and (d): what can be measured, and how the ward is doing."""

import pandas as pd
from markupsafe import Markup

from darlington_analysis.agreements.record import Knowledge
from darlington_analysis.core.vocabulary import Basis
from darlington_analysis.evidence.indicator import IndicatorAnswer
from darlington_analysis.evidence.sections import Indicators, Measures
from darlington_analysis.pages import (
    all_wards_table,
    borough_only,
    certainty,
    indicator_sentences,
    outlook,
    rank_chart,
    targets,
)
from darlington_analysis.pages.certainty import fit_note
from darlington_analysis.pages.components import (
    agreements,
    blocks,
    charts,
    claims,
    figure,
    labels,
    numbers,
    tables,
)
from darlington_analysis.pages.components.charts.wards import wards_chart
from darlington_analysis.pages.components.numbers import period, short_period, value_text
from darlington_analysis.sources.indicators import Indicator

LOCAL_KNOWLEDGE = (
    "Local knowledge. What do people here know that this figure misses? Say how it is known: "
    "counted, or seen, or told."
)


def wards_title(answer: IndicatorAnswer) -> str:
    """Return the message of the chart of every ward, in ten words or so."""
    name = answer.indicator.short_title
    if answer.is_dummy:
        return f"{name}: made-up figures, for show only"
    beside = answer.benchmarks.area_name.iloc[0] if len(answer.benchmarks) else "elsewhere"
    if answer.row.basis == Basis.MODELLED:
        return f"{name}, by a model: wards by name"
    return {
        "higher": f"{name}: higher here than in {beside}",
        "lower": f"{name}: lower here than in {beside}",
        "cannot be told apart": f"{name}: cannot be told apart from {beside}",
        "not known": f"{name}: every ward",
    }[answer.comparison]


def wards_subtitle(answer: IndicatorAnswer) -> str:
    """Return what the chart of every ward measures, where and when."""
    kind = "Made-up figures. " if answer.is_dummy else ""
    limits = "" if answer.wards.lower_limit.isna().all() else "; bars: the range for chance"
    return f"{kind}{answer.indicator.unit}, {period(answer.row.period)}{limits}"


def wards_caption(answer: IndicatorAnswer) -> str:
    """Return what the table of every ward holds; the unit of a rate stands here, once."""
    unit = "" if answer.indicator.unit.startswith("%") else f", {answer.indicator.unit}"
    return f"{answer.indicator.title}, {period(answer.row.period)}{unit}"


def wards_alt(answer: IndicatorAnswer) -> str:
    """Return the chart of every ward in one sentence."""
    known = answer.wards.dropna(subset=["value"]).sort_values("value", ascending=False)
    row = answer.row
    here = value_words(row.value, answer) if pd.notna(row.value) else "withheld"
    others = "".join(
        f", {name} {value_words(value, answer)}"
        for name, value in zip(answer.benchmarks.area_name, answer.benchmarks.value, strict=True)
    )
    kind = "made-up figures: " if answer.is_dummy else ""
    sentence = f"Dot chart of {len(answer.wards)} wards, {kind}{answer.ward.name} {here}{others}"
    if answer.is_dummy or answer.row.basis == Basis.MODELLED:  # no order is made of them
        return f"{sentence}."
    return (
        f"{sentence}; highest {known.area_name.iloc[0]} {value_words(known.value.iloc[0], answer)}."
    )


def value_words(value: float, answer: IndicatorAnswer) -> str:
    """Return a value as its table shows it, with the sign of a per cent."""
    percent = "%" if answer.indicator.unit.startswith("%") else ""
    return f"{value_text(value, answer.indicator)}{percent}"


def trend_title(answer: IndicatorAnswer) -> str:
    """Return the message of the chart over time; it never says why a line moves."""
    made_up = ", in part made up" if answer.history.is_dummy.any() else ""
    return f"{answer.indicator.short_title} over time{made_up}"


def trend_subtitle(rows: pd.DataFrame, answer: IndicatorAnswer) -> str:
    """Return what the chart over time measures, and which lines are made up."""
    kinds = [
        f"{name}: {'made up' if area_rows.is_dummy.any() else 'published'}"
        for name, area_rows in rows.groupby("area_name", sort=False)
    ]
    children = "; the children of one day for every year" if rows.status.eq("e").any() else ""
    return f"{answer.indicator.unit}. {'. '.join(kinds)}{children}"


def trend_caption(about: Indicator) -> str:
    """Return what the table behind the chart over time holds; a rate's unit stands here, once."""
    unit = "" if about.unit.startswith("%") else f", {about.unit}"
    return f"{about.short_title}, single years{unit}"


def trend_alt(answer: IndicatorAnswer, rows: pd.DataFrame) -> str:
    """Return the chart over time in one sentence."""
    parts = []
    for name, every in rows.groupby("area_name", sort=False):
        known = every[every.value.notna()]
        if known.empty:
            parts.append(f"{name} withheld")
            continue
        first, last = known.iloc[0], known.iloc[-1]
        made_up = " (made-up figures)" if known.is_dummy.any() else ""
        start, end = (
            f"{value_words(row.value, answer)} in {short_period(row.period)}"
            for row in (first, last)
        )
        is_one = len(known) == 1
        parts.append(
            f"{name}{made_up} {start}" if is_one else f"{name}{made_up} from {start} to {end}"
        )
    return f"Line chart: {'; '.join(parts)}."


def beside(slug: str, shown: Indicators) -> Markup:
    """Return what is known here beside one indicator of a page."""
    return knowledge(shown.knowledge.get(slug, ()), is_example=shown.knowledge_is_example)


def knowledge(known: tuple[Knowledge, ...], *, is_example: bool) -> Markup:
    """Return what is known here beside an indicator, and room for more."""
    lines = blocks.bullets(f"{item.words} ({agreements.grade_words(item)})" for item in known)
    if lines and is_example:
        lines = blocks.paragraph(agreements.EXAMPLE) + lines
    return lines + blocks.empty(LOCAL_KNOWLEDGE)


def indicators(shown: Indicators) -> str:
    """Return every indicator: what it says, how sure, the chart and the table behind it."""
    figures = Markup("").join(
        _one(answer, shown.provenance, beside(answer.indicator.slug, shown))
        for answer in shown.answers
    )
    first = certainty.kinds_of_figures(shown.answers) + rank_chart.standings(shown)
    together = all_wards_table.together(shown.answers)
    return first + figures + together + borough_only.wider(shown.wider, shown.provenance)


def indicators_text(shown: Indicators) -> str:
    """Return every indicator's sentences."""
    lines = [
        f"{answer.indicator.title}: {_sentences(answer)} {outlook.outlook_text(answer.outlook)}"
        for answer in shown.answers
    ]
    return "\n".join([*lines, *borough_only.wider_text(shown.wider)])


def _one(answer: IndicatorAnswer, provenance: dict, known: Markup) -> Markup:
    """Return one indicator; on paper its words stand beside its chart (see alltogether)."""
    words = [
        blocks.paragraph(answer.indicator.why),
        blocks.paragraph(certainty.short(answer)),
        fit_note(answer.row),
        _real_file(answer),
        outlook.smoothing_note(answer.outlook),
        outlook.history(answer.outlook),
    ]
    trend = _trend_figure(answer, provenance)
    take = targets.targets(answer.outlook) + targets.target_tables(answer.outlook)
    # Beside the chart, on paper, stands what is short: the rest comes below both.
    beside, below = (words, [trend, take, known]) if trend else ([*words, take, known], [])
    return Markup(
        '<div class="indicator{}"><h4>{}</h4><p class="answer">{}</p><div class="columns">{}'
        "<div>{}</div></div>{}</div>"
    ).format(
        " compact" if all_wards_table.holds(answer) else "",
        answer.indicator.title,
        _sentences(answer),
        _wards_figure(answer, provenance),
        Markup("").join(beside),
        Markup("").join(below),
    )


def _sentences(answer: IndicatorAnswer) -> str:
    return " ".join(claims.sentences(answer.claims, indicator_sentences.RULES))


def _real_file(answer: IndicatorAnswer) -> Markup:
    paragraph = blocks.paragraph(real_file(answer.indicator))
    return paragraph if answer.is_dummy else Markup("")


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
        title=wards_title(answer),
        subtitle=wards_subtitle(answer),
        alt=wards_alt(answer),
        table_html=_wards_table(answer),
        source_line=figure.source_line(pd.concat([answer.wards, answer.benchmarks]), provenance),
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
    rows, columns = outlook.with_smoothed(answer.outlook, rows, columns, is_dummy=answer.is_dummy)
    return tables.table(
        rows,
        columns,
        wards_caption(answer),
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
                dict.fromkeys(
                    everything.sort_values("period_start").period.map(numbers.short_period)
                )
            ),
            forecast=_on_axis(ahead) if len(ahead) else None,
            forecast_label=outlook.IF_NOTHING_CHANGES,
            dummy_label=labels.MADE_UP,
        ),
        figure_id=f"{answer.indicator.slug}-trend",
        title=trend_title(answer),
        subtitle=trend_subtitle(rows, answer),
        alt=trend_alt(answer, rows) + outlook.forecast_alt(ahead, answer.indicator),
        table_html=_trend_table(answer, everything),
        source_line=figure.source_line(rows, provenance),
        beside=True,
    )


def _on_axis(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(period=rows.period.map(numbers.short_period))


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
        trend_caption(answer.indicator),
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
    return lambda value: value_text(value, answer.indicator)


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


def real_file(indicator: Indicator) -> str:
    """Return what the real file must contain for a made-up figure to go."""
    return {
        "first-time-entrants": "Needed to replace it: the council’s own counts. One row a ward "
        "and financial year, with the ward’s code, the year and the number of first-time "
        "entrants, 0 included.",
    }.get(
        indicator.slug,
        "Needed to replace it: the modelled estimates of the Skills for Life survey. One row a "
        "ward, with the ward’s code and the percentage of adults aged 16 to 65.",
    )
