"""The funnels of the borough overview, each with its table."""

import pandas as pd
from markupsafe import Markup

from darlington_analysis.evidence.funnel import Funnel, Funnels
from darlington_analysis.presentation import charts, figures, tables
from darlington_analysis.presentation.wording import captions
from darlington_analysis.presentation.wording import funnel as words
from darlington_analysis.presentation.wording.numbers import shown as in_figures


def funnels(shown: Funnels) -> Markup:
    """Return how to read a funnel, then one for each indicator."""
    drawn = Markup("").join(Markup(_figure(each, shown.provenance)) for each in shown.each)
    return Markup("<p>{}</p>").format(words.LEAD) + drawn


def funnels_text(shown: Funnels) -> str:
    """Return each funnel's message and how many wards lie beyond its limits, one a line."""
    return "\n".join(words.title(each) for each in shown.each)


def _figure(found: Funnel, provenance: dict) -> str:
    rows = found.wards
    return figures.figure(
        charts.funnel(
            rows, found.curve, (words.benchmark(found), float(found.benchmark.value)),
            value_label=found.indicator.unit, size_label=words.size_label(found), key=words.KEY,
            named=(rows.area_name.iloc[0], rows.area_name.iloc[-1]),
        ),
        figure_id=f"{found.indicator.slug}-funnel",
        title=words.title(found),
        subtitle=words.subtitle(found),
        alt=words.alt(found),
        table_html=_table(found),
        source_line=captions.source_line(rows, provenance),
        beside=True,
    )  # fmt: skip


def _table(found: Funnel) -> str:
    first = found.benchmark.to_frame().T.assign(beyond="")
    rows = pd.concat([first, found.wards])
    rows = rows.assign(
        size=pd.to_numeric(rows.denominator).fillna(0),
        state=[words.STATES.get(each, words.NONE) for each in rows.beyond],
    )
    columns = [
        tables.Column("area_name", "Area"),
        tables.Column("size", words.SIZE, "number"),
        tables.Column(
            "value", "Value, %", "number", show=lambda value: in_figures(value, found.indicator)
        ),
        tables.Column("state", words.STATE),
    ]
    return tables.table(rows, columns, words.caption(found))
