"""Population questions (c) and (d): what can be measured, and how the ward is doing."""

import pandas as pd
from markupsafe import Markup

from darlington_analysis.agreements.parts import Knowledge
from darlington_analysis.core.vocabulary import Basis
from darlington_analysis.evidence.indicator import IndicatorAnswer
from darlington_analysis.evidence.sections import Indicators, Measures
from darlington_analysis.pages import (
    all_wards,
    borough,
    certainty,
    indicator_sentences,
    outlook,
    targets,
)
from darlington_analysis.pages import all_wards as rank_chart
from darlington_analysis.pages.certainty import fit_note
from darlington_analysis.pages.components import agreements, blocks, charts, figure, tables
from darlington_analysis.pages.components.charts.wards import wards_chart
from darlington_analysis.pages.components.numbers import period, short_period, value_text
from darlington_analysis.sources.indicators import Indicator

WARDS_TITLES = {
    "higher": "{name}: higher here than in {area}",
    "lower": "{name}: lower here than in {area}",
    "about the same": "{name}: about the same as in {area}",
    "cannot be told apart": "{name}: too close to {area} to call",
    "not known": "{name}: every ward",
    "made up": "{name}: made-up figures, for show only",
    "modelled": "{name}, by a model: wards by name",
}
REAL_FILES = {
    "first-time-entrants": "The Council holds these counts. Ask for them.",
    "": "The Skills for Life survey has estimates by a model. Ask the Council for them.",
}
MEASURES_CAPTION = "Indicators there are for wards"
LOCAL_KNOWLEDGE = (
    "Local knowledge. What do people here know that this figure misses? Say how it is known: "
    "counted, or seen, or told."
)


def wards_title(answer: IndicatorAnswer) -> str:
    """Return the message of the chart of every ward, in ten words or so."""
    area = answer.benchmarks.area_name.iloc[0] if len(answer.benchmarks) else "elsewhere"
    kind = "modelled" if answer.row.basis == Basis.MODELLED else answer.comparison
    title = WARDS_TITLES["made up" if answer.is_dummy else kind]
    return title.format(name=answer.indicator.short_title, area=area)


def wards_alt(answer: IndicatorAnswer) -> str:
    """Return the chart of every ward in one sentence."""
    highest, row = answer.of_wards.highest_first.iloc[0], answer.row
    here = value_words(row.value, answer) if pd.notna(row.value) else "withheld"
    others = "".join(
        f", {name} {value_words(value, answer)}"
        for name, value in zip(answer.benchmarks.area_name, answer.benchmarks.value, strict=True)
    )
    kind = "made-up figures: " if answer.is_dummy else ""
    sentence = f"Dot chart of {len(answer.wards)} wards, {kind}{answer.ward.name} {here}{others}"
    if _has_no_order(answer):
        return f"{sentence}."
    return f"{sentence}; highest {highest.area_name} {value_words(highest.value, answer)}."


def value_words(value: float, answer: IndicatorAnswer) -> str:
    """Return a value as its table shows it, with the sign of a per cent."""
    return f"{value_text(value, answer.indicator)}{'%' if _is_percent(answer) else ''}"


def _is_percent(answer: IndicatorAnswer) -> bool:
    return answer.indicator.unit.startswith("%")


def _unit_once(answer: IndicatorAnswer) -> str:
    """Return the unit of a rate for a table's caption; a per cent stands in the column's head."""
    return "" if _is_percent(answer) else f", {answer.indicator.unit}"


def trend_subtitle(rows: pd.DataFrame, answer: IndicatorAnswer) -> str:
    """Return what the chart over time measures, and which lines are made up."""
    kinds = [
        f"{name}: {'made up' if area_rows.is_dummy.any() else 'published'}"
        for name, area_rows in rows.groupby("area_name", sort=False)
    ]
    children = "; one day’s count of children for every year" if rows.status.eq("e").any() else ""
    return f"{answer.indicator.unit}. {'. '.join(kinds)}{children}"


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
        path = start if len(known) == 1 else f"from {start} to {end}"
        parts.append(f"{name}{made_up} {path}")
    return f"Line chart: {'; '.join(parts)}."


def local_knowledge(slug: str, shown: Indicators) -> Markup:
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
        one(answer, local_knowledge(answer.indicator.slug, shown)) for answer in shown.answers
    )
    first = certainty.kinds_of_figures(shown.answers) + rank_chart.standings(shown)
    together = all_wards.together(shown.answers)
    return first + figures + together + borough.wider(shown.wider, shown.provenance)


def one(answer: IndicatorAnswer, known: str = "") -> Markup:
    """Return one indicator; on paper its words stand beside its chart (see alltogether)."""
    provenance = answer.of_wards.table.provenance
    words = [
        blocks.paragraph(answer.indicator.why),
        blocks.paragraph(certainty.short(answer)),
        fit_note(answer.row),
        blocks.paragraph(certainty.country_note(answer)),
        real_file(answer.indicator) if answer.is_dummy else "",
        outlook.smoothing_note(answer.outlook),
        outlook.history(answer.outlook),
    ]
    trend = _trend_figure(answer, provenance) or outlook.census_table(answer.outlook)
    take = targets.targets(answer.outlook) + targets.target_tables(answer.outlook)
    # Beside the chart, on paper, stands what is short: the rest comes below both.
    beside, below = (words, [trend, take, known]) if trend else ([*words, take, known], [])
    return Markup(
        '<div class="indicator{}"><h4>{}</h4><p class="answer">{}</p><div class="columns">{}'
        "<div>{}</div></div>{}</div>"
    ).format(
        " compact" if all_wards.holds(answer) else "",
        answer.indicator.title,
        _sentences(answer),
        _wards_figure(answer, provenance),
        Markup("").join(beside),
        Markup("").join(below),
    )


def _sentences(answer: IndicatorAnswer) -> str:
    return " ".join(blocks.sentences(answer.claims, indicator_sentences.RULES))


def _wards_figure(answer: IndicatorAnswer, provenance: dict) -> str:
    kind = "Made-up figures. " if answer.is_dummy else ""
    limits = "" if answer.wards.lower_limit.isna().all() else "; bars: the range"
    return figure.figure(
        wards_chart(
            answer.wards,
            answer.ward.code,
            answer.benchmarks,
            answer.indicator,
            by_name=_has_no_order(answer),
        ),
        figure_id=f"{answer.indicator.slug}-wards",
        title=wards_title(answer),
        subtitle=f"{kind}{answer.indicator.unit}, {period(answer.row.period)}{limits}",
        alt=wards_alt(answer),
        table_html=wards_table(answer),
        source_line=figure.source_line(pd.concat([answer.wards, answer.benchmarks]), provenance),
        beside=True,
    )


def wards_table(answer: IndicatorAnswer) -> str:
    """Return the wider areas and every ward with value and range, the highest value first."""
    highest_first = answer.of_wards.highest_first
    wards = answer.wards.sort_values("area_name") if _has_no_order(answer) else highest_first
    rows = pd.concat([answer.benchmarks, wards])
    value = (
        f"{'Made-up value' if answer.is_dummy else 'Value'}{', %' if _is_percent(answer) else ''}"
    )
    columns = [
        tables.Column("area_name", "Area"),
        tables.value_column(answer.indicator, "value", value),
    ]
    if rows.lower_limit.notna().any():
        columns += tables.limit_columns(answer.indicator)
    rows, columns = outlook.with_smoothed(answer.outlook, rows, columns, is_dummy=answer.is_dummy)
    return tables.table(
        rows,
        columns,
        f"{answer.indicator.title}, {period(answer.row.period)}{_unit_once(answer)}",
        picked=answer.ward.code,
        picked_mark=f"({blocks.THIS_WARD})",
        signs=blocks.SIGNS,
    )


def _trend_figure(answer: IndicatorAnswer, provenance: dict) -> str:
    """Draw wider areas over single years, where at least two are published: no two censuses."""
    rows, ahead = answer.outlook.series, answer.outlook.forecast
    everything = pd.concat([rows, ahead]).sort_values(["area_type", "period_start"])
    is_modelled = answer.row.basis == Basis.MODELLED  # models of two years are not comparable
    if rows.period.nunique() < 2 or is_modelled or answer.indicator.period_kind == "census":
        return ""
    made_up = ", in part made up" if answer.history.is_dummy.any() else ""
    periods = everything.sort_values("period_start").period.map(short_period)
    return figure.figure(
        charts.trend(
            _on_axis(rows),
            value_label=answer.indicator.unit,
            periods=list(dict.fromkeys(periods)),
            forecast=_on_axis(ahead) if len(ahead) else None,
            forecast_label=outlook.IF_NOTHING_CHANGES,
            dummy_label=blocks.MADE_UP,
        ),
        figure_id=f"{answer.indicator.slug}-trend",
        title=f"{answer.indicator.short_title} over time{made_up}",
        subtitle=trend_subtitle(rows, answer),
        alt=trend_alt(answer, rows) + outlook.forecast_alt(ahead, answer.indicator),
        table_html=_trend_table(answer, everything),
        source_line=figure.source_line(rows, provenance),
        beside=True,
    )


def _on_axis(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(period=rows.period.map(short_period))


def _trend_table(answer: IndicatorAnswer, rows: pd.DataFrame) -> str:
    kind = rows.is_dummy.map(blocks.REAL_OR_NOT)
    columns = [tables.Column("area_period", "Area and year")]
    if rows.is_dummy.any():
        columns.append(tables.Column("kind", "Real or made up"))
    value = "Value, %" if _is_percent(answer) else "Value"
    columns.append(tables.value_column(answer.indicator, "value", value))
    if rows.lower_limit.notna().any():
        columns += tables.limit_columns(answer.indicator)
    return tables.table(
        rows.assign(kind=kind, area_period=rows.area_name + ", " + rows.period.map(period)),
        columns,
        f"{answer.indicator.short_title} over time{_unit_once(answer)}",
        signs=blocks.SIGNS,
    )


def measures(shown: Measures) -> str:
    """Return what can be measured for wards, and whether the figure is real."""
    rows = pd.DataFrame(
        {
            "title": answer.indicator.title,
            "counts": f"{answer.indicator.numerator}, out of {answer.indicator.denominator}",
            "when": period(answer.row.period),
            "real": blocks.kind_of_figure(answer.row),
        }
        for answer in shown.answers
    )
    columns = [
        tables.Column("title", "Indicator"),
        tables.Column("counts", "What is counted"),
        tables.Column("when", "When"),
        tables.Column("real", "Real or made up"),
    ]
    return tables.table(rows, columns, MEASURES_CAPTION)


def real_file(indicator: Indicator) -> Markup:
    """Return what the real file must contain for a made-up figure to go."""
    return blocks.paragraph(REAL_FILES.get(indicator.slug, REAL_FILES[""]))


def _has_no_order(answer: IndicatorAnswer) -> bool:
    """A made-up figure makes no order of wards, nor does a modelled one."""
    return answer.is_dummy or answer.row.basis == Basis.MODELLED
