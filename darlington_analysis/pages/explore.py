"""One look at one indicator, as a chart with its table, and the controls to choose it."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
from markupsafe import Markup

from darlington_analysis.core.vocabulary import Basis
from darlington_analysis.evidence.explore import Explorer, Look
from darlington_analysis.evidence.ward import WardEvidence
from darlington_analysis.pages import key_messages, page
from darlington_analysis.pages.components import figure as figures
from darlington_analysis.pages.components import labels, tables
from darlington_analysis.pages.components.charts.wards import wards_chart
from darlington_analysis.pages.components.numbers import period, value_text

WARD, INDICATOR, COMPARISON, PERIOD = "Ward", "Indicator", "Beside", "Period"
MADE_UP = "Made-up figures: nobody publishes them, and they decide nothing."
MODELLED = "By a model: wards by name, as a model makes no order of them."
SECTIONS = "header, stands_out, place, measures, indicators, deprivation, sources, figures, claims"


def title(look: Look) -> str:
    """Return what is looked at."""
    return f"{look.indicator.title}: {look.ward.name} among all wards"


def subtitle(look: Look) -> str:
    """Return the unit and the period, and what kind of figures they are."""
    kind = f" {MADE_UP}" if look.wards.is_dummy.any() else ""
    kind += f" {MODELLED}" if look.row.basis == Basis.MODELLED else ""
    return f"{look.indicator.unit}, {period(look.period)}.{kind}"


def alt(look: Look) -> str:
    """Return the chart in one sentence."""
    beside = "".join(f", {_area_words(row, look)}" for _, row in look.beside.iterrows())
    return f"Dot chart of {len(look.wards)} wards, {_area_words(look.row, look)}{beside}."


def caption(look: Look) -> str:
    """Return what the table holds."""
    return f"{look.indicator.title}, {period(look.period)}, {look.indicator.unit}"


def sections(name: str) -> str:
    """Return what else one can ask of a ward's evidence."""
    return f"Ask for a part of {name}’s evidence by its name: {SECTIONS}."


def _area_words(row: pd.Series, look: Look) -> str:
    if pd.isna(row.value):
        return f"{row.area_name} not shown [{row.status or 'x'}]"
    if pd.isna(row.lower_limit):
        return f"{row.area_name} {value_text(row.value, look.indicator)}"
    low, high = (value_text(limit, look.indicator) for limit in (row.lower_limit, row.upper_limit))
    return f"{row.area_name} {value_text(row.value, look.indicator)}, between {low} and {high}"


def look(shown: Look) -> str:
    """Return the chart of every ward with its table; the table says all that the chart does."""
    return figures.figure(
        wards_chart(
            shown.wards,
            shown.ward.code,
            shown.beside.dropna(subset=["value"]),
            shown.indicator,
            by_name=shown.is_unordered,
        ),
        figure_id="look",
        title=title(shown),
        subtitle=subtitle(shown),
        alt=alt(shown),
        table_html=_table(shown),
        source_line=figures.source_line(pd.concat([shown.wards, shown.beside]), shown.provenance),
    )


def look_text(shown: Look) -> str:
    """Return the look as one sentence."""
    return alt(shown)


def explorer(shown: Explorer) -> str:
    """Return what can be asked: the indicators and their periods."""
    rows = pd.DataFrame(
        {"title": title, "slug": slug, "periods": ", ".join(shown.periods(slug))}
        for title, slug in shown.indicators.items()
    )
    columns = [
        tables.Column("title", INDICATOR),
        tables.Column("slug", "Name to ask for"),
        tables.Column("periods", "Periods"),
    ]
    return tables.table(rows, columns, "What can be asked for")


def explorer_text(shown: Explorer) -> str:
    """Return the indicators that can be asked for."""
    return ", ".join(shown.indicators.values())


def ward(shown: WardEvidence) -> str:
    """Return a ward's evidence at a glance: whose it is, what stands out, what else."""
    return Markup("<p><strong>{}</strong></p>{}<p>{}</p>").format(
        page.header_line(shown.header),
        Markup(key_messages.stands_out(shown.stands_out)),
        sections(shown.ward.name),
    )


def ward_text(shown: WardEvidence) -> str:
    """Return a ward's evidence at a glance, as text."""
    messages = key_messages.stands_out_text(shown.stands_out)
    return f"{page.header_text(shown.header)}\n{messages}\n{sections(shown.ward.name)}"


def _table(shown: Look) -> str:
    by = {"by": "area_name"} if shown.is_unordered else {"by": "value", "ascending": False}
    rows = pd.concat([shown.beside, shown.wards.sort_values(**by)])
    figure = {"show": lambda value: value_text(value, shown.indicator)}
    columns = [
        tables.Column("area_name", "Area"),
        tables.Column("value", "Value", "value", **figure),
        tables.Column("lower_limit", "From", "number", missing="x", **figure),
        tables.Column("upper_limit", "To", "number", missing="x", **figure),
    ]
    return tables.table(
        rows,
        columns,
        caption(shown),
        picked=shown.ward.code,
        picked_mark=f"({labels.THIS_WARD})",
        signs=labels.SIGNS,
    )


@dataclass(frozen=True)
class Controls:
    """A box of fields, and the answer they began with: for paper, and where fields can't work."""

    box: Any
    first: str

    def _repr_mimebundle_(self, **_asked: Any) -> dict[str, Any]:
        """Return the fields for who can move them, and the answer for who can't."""
        return self.box._repr_mimebundle_() | {"text/html": self.first}


def controls(explorer: Explorer) -> Controls:
    """Return a box of four labelled fields (ward, indicator, comparison, period) and the answer.

    Fields to type into, each with its list: JupyterLab takes arrow keys and letters away from
    plain lists, and does things to cells with them. Without widgets the first answer is shown,
    as ``explorer.look(...)`` shows it.
    """
    import ipywidgets  # here: a pack has no controls, and this takes most of a second

    first = next(iter(explorer.indicators))
    lists = {
        WARD: list(explorer.wards),
        INDICATOR: list(explorer.indicators),
        COMPARISON: list(explorer.comparisons),
        PERIOD: list(_periods(explorer, first)),
    }
    made = {label: _field(ipywidgets, label, options) for label, options in lists.items()}
    answer = ipywidgets.HTML()

    def ask(_change: Any = None) -> None:
        ward, title, beside, when = (field.value for field in made.values())
        known = _periods(explorer, title)
        if when not in known:  # another indicator has other periods: its latest, and ask anew
            made[PERIOD].options = list(known)
            made[PERIOD].value = next(iter(known))
            return
        made[PERIOD].options = list(known)
        chosen = explorer.look(ward, explorer.indicators[title], beside, known[when])
        answer.value = str(look(chosen))

    for field in made.values():
        field.observe(ask, "value")
    ask()
    return Controls(ipywidgets.VBox([*made.values(), answer]), answer.value)


def _field(ipywidgets: Any, label: str, options: list[str]) -> Any:
    return ipywidgets.Combobox(
        description=label,
        options=options,
        value=options[0],
        ensure_option=True,
        layout={"width": "38rem"},
        style={"description_width": "6rem"},
    )


def _periods(explorer: Explorer, title: str) -> dict[str, str]:
    return {period(label): label for label in explorer.periods(explorer.indicators[title])}
