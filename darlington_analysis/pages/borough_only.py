"""Indicators that no ward has: the borough beside its region and England, and the open place."""

import pandas as pd
from markupsafe import Markup

from darlington_analysis.evidence.borough_only import WiderAnswer
from darlington_analysis.pages.components import blocks, charts, figure, tables
from darlington_analysis.pages.components.numbers import whole, word
from darlington_analysis.sources import indicators
from darlington_analysis.sources.indicators import Indicator

TITLE = "{title}: Darlington, its region and England"
SUBTITLE = "{unit}, calendar years, as published"
SURE_QUESTION = "How sure are we?"
SURE = (
    "Fairly sure of the wider areas. Darlington is small: its rate of {year} is about {children} "
    "children. A few more or fewer move it a lot. Only rates were published, so no range for "
    "chance can be given. Rates of one year differ from release to release."
)
SET_ASIDE = (
    "Of the releases these rates come from, {count} figures failed a check and were set aside. "
    "“Where do the figures come from?” says why."
)
OUT_OF = 10_000
_THE = {"North East": "the North East"}
OPEN_PLACE = (
    "An open place. No counts for wards are published, and none are made up here. The Council has "
    "its own. One row a ward and financial year, with the ward’s code, the year and the number, 0 "
    "included. The project’s first page says where the file goes. Small counts are withheld on "
    "the way in."
)


def compared_areas(facts: dict) -> str:
    """Return the borough beside wider areas, and its last year."""
    indicator = indicators.indicator(facts["indicator"])
    (name, value), *others = facts["values"]
    beside = " and ".join(
        f"{_out_of(rate, indicator)} in {_THE.get(area, area)}" for area, rate in others
    )
    first = (
        f"No ward has a figure. In {name}, {_out_of(value, indicator)} in every {whole(OUT_OF)} "
        f"{indicator.who} {indicator.what} ({facts['year']}). It was {beside}."
    )
    if facts["latest"] == facts["year"]:
        return first
    last = _out_of(facts["latest_value"], indicator)
    return f"{first} In {facts['latest']} it was {last} in {name}."


def alt(rows) -> str:
    """Return the chart in one sentence."""
    parts = []
    for name, area_rows in rows.groupby("area_name", sort=False):
        first, last = area_rows.iloc[0], area_rows.iloc[-1]
        parts.append(
            f"{name} from {whole(first.value)} in {first.period} to {whole(last.value)} "
            f"in {last.period}"
        )
    return f"Line chart: {'; '.join(parts)}."


def _out_of(rate: float, indicator: Indicator) -> str:
    return whole(rate / indicator.multiplier * OUT_OF)


RULES = {"wider-only": compared_areas}


def wider(answers: tuple[WiderAnswer, ...], provenance: dict) -> Markup:
    """Return each indicator's sentences, chart, table and open place."""
    return Markup("").join(_one(answer, provenance) for answer in answers)


def wider_text(answers: tuple[WiderAnswer, ...]) -> list[str]:
    """Return each indicator's sentences, one a line."""
    return [f"{answer.indicator.title}: {_sentences(answer)}" for answer in answers]


def _one(answer: WiderAnswer, provenance: dict) -> Markup:
    year, children = answer.claims[0].facts["latest"], whole(answer.children)
    set_aside = SET_ASIDE.format(count=word(answer.set_aside)) if answer.set_aside else ""
    return blocks.join(
        Markup("<h4>{}</h4>").format(answer.indicator.title),
        blocks.answer_line(_sentences(answer)),
        blocks.paragraph(answer.indicator.why),
        blocks.paragraph(set_aside),
        Markup('<div class="sure"><h5>{}</h5><p>{}</p></div>').format(
            SURE_QUESTION, SURE.format(year=year, children=children)
        ),
        _figure(answer, provenance),
        blocks.empty(OPEN_PLACE),
    )


def _sentences(answer: WiderAnswer) -> str:
    return " ".join(blocks.sentences(answer.claims, RULES))


def _figure(answer: WiderAnswer, provenance: dict) -> str:
    unit = SUBTITLE.format(unit=answer.indicator.unit.removesuffix(", a year"))
    return figure.figure(
        charts.trend(answer.rows, value_label=unit),
        figure_id=f"{answer.indicator.slug}-wider",
        title=_title(answer),
        subtitle=unit,
        alt=alt(answer.rows),
        table_html=_table(answer),
        source_line=figure.source_line(answer.rows, provenance),
    )


def _title(answer: WiderAnswer) -> str:
    return TITLE.format(title=answer.indicator.short_title)


def _table(answer: WiderAnswer) -> str:
    wide = answer.rows.pivot(index="period", columns="area_name", values="value")
    names = list(dict.fromkeys(answer.rows.area_name))
    rows = wide.reset_index().sort_values("period", ascending=False)
    columns = [tables.Column("period", "Year")]
    columns += [tables.Column(name, name, "number", show=_whole, missing="x") for name in names]
    return tables.table(rows, columns, _title(answer))


def _whole(value: float) -> str:
    return "" if pd.isna(value) else whole(value)
