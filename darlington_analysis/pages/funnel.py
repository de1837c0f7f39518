"""The funnels of the borough overview, each with its table."""

import pandas as pd
from markupsafe import Markup

from darlington_analysis.evidence.funnel import NARROW, WIDE, WITHIN, Funnel, Funnels
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


def title(funnel: Funnel) -> str:
    """Return the message: how many wards lie beyond both limits."""
    count = int(funnel.wards.beyond.eq(WIDE).sum())
    return f"{funnel.indicator.short_title}: {count} of {len(funnel.wards)} wards beyond chance"


def subtitle(funnel: Funnel) -> str:
    """Return what is drawn."""
    when = funnel.wards.period.iloc[0]
    name = funnel.benchmark.area_name
    return f"{funnel.indicator.unit}, by size of ward, {when}; limits round {name}’s figure"


def size_label(funnel: Funnel) -> str:
    """Return the words under the axis of sizes."""
    people = funnel.indicator.denominator
    return f"{people[0].upper()}{people[1:]}"


def benchmark(funnel: Funnel) -> str:
    """Return the words of the benchmark's line."""
    return f"{funnel.benchmark.area_name} {value_text(funnel.benchmark.value, funnel.indicator)}"


def alt(funnel: Funnel) -> str:
    """Return the funnel in one sentence."""
    top, least = funnel.wards.iloc[0], funnel.wards.iloc[-1]
    ends = [f"{row.area_name} {value_text(row.value, funnel.indicator)}%" for row in (top, least)]
    return (
        f"Funnel of {whole(len(funnel.wards))} wards round {benchmark(funnel)}%: "
        f"highest {ends[0]}, lowest {ends[1]}."
    )


def caption(funnel: Funnel) -> str:
    """Return what the table holds."""
    return f"{funnel.indicator.title}, {funnel.wards.period.iloc[0]}, by size of ward"


def funnels(shown: Funnels) -> Markup:
    """Return how to read a funnel, then one for each indicator."""
    drawn = Markup("").join(_figure(funnel, shown.provenance) for funnel in shown.each)
    return blocks.paragraph(LEAD) + drawn


def funnels_text(shown: Funnels) -> str:
    """Return each funnel's message and how many wards lie beyond its limits, one a line."""
    return "\n".join(title(funnel) for funnel in shown.each)


def _figure(funnel: Funnel, provenance: dict) -> str:
    rows = funnel.wards
    return figure.figure(
        charts.funnel(
            rows,
            funnel.curve,
            (benchmark(funnel), float(funnel.benchmark.value)),
            value_label=funnel.indicator.unit,
            size_label=size_label(funnel),
            key=KEY,
            named=(rows.area_name.iloc[0], rows.area_name.iloc[-1]),
        ),
        figure_id=f"{funnel.indicator.slug}-funnel",
        title=title(funnel),
        subtitle=subtitle(funnel),
        alt=alt(funnel),
        table_html=_table(funnel),
        source_line=figure.source_line(rows, provenance),
        beside=True,
    )


def _table(funnel: Funnel) -> str:
    first = funnel.benchmark.to_frame().T.assign(beyond="")
    rows = pd.concat([first, funnel.wards])
    rows = rows.assign(
        size=pd.to_numeric(rows.denominator).fillna(0),
        state=[STATES.get(beyond, NONE) for beyond in rows.beyond],
    )
    columns = [
        tables.Column("area_name", "Area"),
        tables.Column("size", SIZE, "number"),
        tables.Column(
            "value", "Value, %", "number", show=lambda value: value_text(value, funnel.indicator)
        ),
        tables.Column("state", STATE),
    ]
    return tables.table(rows, columns, caption(funnel))
