"""The funnels of the borough overview, each with its table."""

import pandas as pd
from markupsafe import Markup

from darlington_analysis.evidence.borough import NARROW, WIDE, WITHIN, Funnel, Funnels
from darlington_analysis.pages.components import blocks, charts, figure, tables
from darlington_analysis.pages.components.numbers import value_text, whole

KEY = {
    WIDE: "Beyond both limits: chance alone would put 2 wards in 1,000 there",
    NARROW: "Beyond the inner limits: 5 wards in 100 by chance",
    WITHIN: "Within the limits: cannot be told from chance",
}
STATES = {WIDE: "beyond both limits", NARROW: "beyond the inner limits", WITHIN: "within"}
NONE, SIZE, STATE = "benchmark", "People or homes", "Beside the limits"
LEAD = (
    "A small ward’s figure moves more by chance than a large one’s. So the limits are wide at the "
    "left and narrow at the right. A ward beyond them differs by more than chance. It does not "
    "say why, and many wards differ."
)
TITLE = "{title}: {count} of {wards} wards beyond chance"
SUBTITLE = "{unit}, by size of ward, {period}; limits round {benchmark}’s figure"
ALT = "Funnel of {wards} wards round {benchmark}%: highest {highest}, lowest {lowest}."
CAPTION = "{title}, {period}, by size of ward"


def title(funnel: Funnel) -> str:
    """Return the message: how many wards lie beyond both limits."""
    count = int(funnel.wards.beyond.eq(WIDE).sum())
    name = funnel.indicator.short_title
    return TITLE.format(title=name, count=count, wards=len(funnel.wards))


def alt(funnel: Funnel) -> str:
    """Return the funnel in one sentence."""
    highest, lowest = (f"{_named(funnel.wards.iloc[at], funnel)}%" for at in (0, -1))
    return ALT.format(
        wards=whole(len(funnel.wards)),
        benchmark=_named(funnel.benchmark, funnel),
        highest=highest,
        lowest=lowest,
    )


def funnels(shown: Funnels) -> Markup:
    """Return how to read a funnel, then one for each indicator."""
    return blocks.join(
        blocks.paragraph(LEAD), *(_figure(funnel, shown.provenance) for funnel in shown.each)
    )


def funnels_text(shown: Funnels) -> str:
    """Return each funnel's message and how many wards lie beyond its limits, one a line."""
    return "\n".join(title(funnel) for funnel in shown.each)


def _named(row: pd.Series, funnel: Funnel) -> str:
    return f"{row.area_name} {value_text(row.value, funnel.indicator)}"


def _figure(funnel: Funnel, provenance: dict) -> Markup:
    rows, people = funnel.wards, funnel.indicator.denominator
    words = {"unit": funnel.indicator.unit, "period": rows.period.iloc[0]}
    return figure.figure(
        charts.funnel(
            rows,
            funnel.curve,
            (_named(funnel.benchmark, funnel), float(funnel.benchmark.value)),
            value_label=funnel.indicator.unit,
            size_label=f"{people[0].upper()}{people[1:]}",
            key=KEY,
            named=(rows.area_name.iloc[0], rows.area_name.iloc[-1]),
        ),
        figure_id=f"{funnel.indicator.slug}-funnel",
        title=title(funnel),
        subtitle=SUBTITLE.format(benchmark=funnel.benchmark.area_name, **words),
        alt=alt(funnel),
        table_html=_table(funnel),
        source_line=figure.source_line(rows, provenance),
        beside=True,
    )


def _table(funnel: Funnel) -> Markup:
    rows = pd.concat([funnel.benchmark.to_frame().T.assign(beyond=""), funnel.wards])
    rows = rows.assign(
        size=pd.to_numeric(rows.denominator).fillna(0),
        state=[STATES.get(beyond, NONE) for beyond in rows.beyond],
    )
    columns = [
        tables.Column("area_name", "Area"),
        tables.Column("size", SIZE, "number"),
        tables.value_column(funnel.indicator, "value", "Value, %", "number"),
        tables.Column("state", STATE),
    ]
    period = funnel.wards.period.iloc[0]
    return tables.table(rows, columns, CAPTION.format(title=funnel.indicator.title, period=period))
