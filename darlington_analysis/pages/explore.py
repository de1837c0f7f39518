"""One look at one indicator, as a chart with its table, the controls to choose it, and own plots."""

import base64
import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pandas as pd
from markupsafe import Markup, escape

from darlington_analysis.core.vocabulary import Basis
from darlington_analysis.evidence.figures import Explorer, Look
from darlington_analysis.evidence.ward import WardEvidence
from darlington_analysis.pages import page, residents, what_matters
from darlington_analysis.pages.components import blocks, figure, tables
from darlington_analysis.pages.components.charts.wards import wards_chart
from darlington_analysis.pages.components.numbers import period, value_text

WARD, INDICATOR, COMPARISON, PERIOD = "Ward", "Indicator", "Beside", "Period"
MADE_UP = "Made-up figures: nobody publishes them, and they decide nothing."
MODELLED = "By a model: wards by name, as a model makes no order of them."
TITLE = "{title}: {ward} among all wards"
CAPTION = "{title}, {period}, {unit}"
ALT = "Dot chart of {count} wards, {areas}."
ASK = "Ask for a part of {ward}’s evidence by its name: {sections}."
NOT_FOUND = {
    WARD: "No ward is called “{typed}”.",
    INDICATOR: "No indicator is called “{typed}”.",
    COMPARISON: "There is no area “{typed}” to compare with.",
    PERIOD: "There are no figures for “{typed}”.",
}
NEAR, CHOOSE, MOST_NEAR = "It could be: {names}.", "Choose one from the list of the field.", 6
SECTIONS = (
    "header, what_matters, place, measures, indicators, deprivation, sources, figures, claims"
)


def alt(look: Look) -> str:
    """Return the chart in one sentence."""
    rows = [look.row, *(row for _, row in look.beside.iterrows())]
    areas = ", ".join(_area_words(row, look) for row in rows)
    return ALT.format(count=len(look.wards), areas=areas)


def _area_words(row: pd.Series, look: Look) -> str:
    if pd.isna(row.value):
        return f"{row.area_name} not shown [{row.status or 'x'}]"
    if pd.isna(row.lower_limit):
        return f"{row.area_name} {value_text(row.value, look.indicator)}"
    low, high = (value_text(limit, look.indicator) for limit in (row.lower_limit, row.upper_limit))
    return f"{row.area_name} {value_text(row.value, look.indicator)}, between {low} and {high}"


def look(shown: Look) -> str:
    """Return the chart of every ward with its table; the table says all that the chart does.

    Residents are shown by age, beside England's.
    """
    if len(shown.residents):
        return residents.ages(shown)
    kind = f" {MADE_UP}" if shown.wards.is_dummy.any() else ""
    kind += f" {MODELLED}" if shown.row.basis == Basis.MODELLED else ""
    return figure.figure(
        wards_chart(
            shown.wards,
            shown.ward.code,
            shown.beside.dropna(subset=["value"]),
            shown.indicator,
            by_name=shown.is_unordered,
        ),
        figure_id="look",
        title=TITLE.format(title=shown.indicator.title, ward=shown.ward.name),
        subtitle=f"{shown.indicator.unit}, {period(shown.period)}.{kind}",
        alt=alt(shown),
        table_html=_table(shown),
        source_line=figure.source_line(pd.concat([shown.wards, shown.beside]), shown.provenance),
    )


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


def ward(shown: WardEvidence) -> str:
    """Return a ward's evidence at a glance: whose it is, what stands out, what else."""
    return Markup("<p><strong>{}</strong></p>{}<p>{}</p>").format(
        page.header_line(shown.header),
        what_matters.what_matters(shown.what_matters, what_matters.IN_PACK),
        ASK.format(ward=shown.ward.name, sections=SECTIONS),
    )


def _table(shown: Look) -> Markup:
    by = {"by": "area_name"} if shown.is_unordered else {"by": "value", "ascending": False}
    columns = [
        tables.Column("area_name", "Area"),
        tables.value_column(shown.indicator, "value", "Value"),
        *tables.limit_columns(shown.indicator),
    ]
    title, unit = shown.indicator.title, shown.indicator.unit
    return tables.table(
        pd.concat([shown.beside, shown.wards.sort_values(**by)]),
        columns,
        CAPTION.format(title=title, period=period(shown.period), unit=unit),
        picked=shown.ward.code,
        picked_mark=f"({blocks.THIS_WARD})",
        signs=blocks.SIGNS,
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

    def ask(change: Any = None) -> None:
        title = _titled(explorer, made[INDICATOR].value)
        if change and change["owner"] is made[INDICATOR] and title in explorer.indicators:
            known = _periods(explorer, title)
            made[PERIOD].options = list(known)
            if made[PERIOD].value not in known:  # another indicator has other periods: its latest
                made[PERIOD].value = next(iter(known))  # this calls ``ask`` again
                return
        answer.value = _answer(explorer, {label: field.value for label, field in made.items()})

    for field in made.values():
        field.observe(ask, "value")
    ask()
    return Controls(ipywidgets.VBox([*made.values(), answer]), answer.value)


def _answer(explorer: Explorer, typed: dict[str, str]) -> str:
    """Return the answer to what the fields hold, or which of them nothing is found for."""
    typed = typed | {INDICATOR: _titled(explorer, typed[INDICATOR])}
    periods = {}
    if typed[INDICATOR] in explorer.indicators:
        periods = _periods(explorer, typed[INDICATOR])
    wards = [*explorer.wards, *dict(explorer.table.wards.aliases)]
    known = {
        WARD: wards,
        INDICATOR: explorer.indicators,
        COMPARISON: explorer.comparisons,
        PERIOD: periods,
    }
    for label, options in known.items():
        if typed[label] not in options:
            return _not_found(label, typed[label], options)
    slug, when = explorer.indicators[typed[INDICATOR]], periods[typed[PERIOD]]
    return str(look(explorer.look(typed[WARD], slug, typed[COMPARISON], when)))


def _titled(explorer: Explorer, typed: str) -> str:
    """Return the title of an indicator that is named by its slug, or what was typed as it is."""
    return {slug: title for title, slug in explorer.indicators.items()}.get(typed, typed)


def _not_found(label: str, typed: str, options: Iterable[str]) -> str:
    near = [option for option in options if typed.casefold() in option.casefold()]
    near = near or difflib.get_close_matches(typed, options, cutoff=0.5)
    hint = NEAR.format(names=", ".join(near[:MOST_NEAR])) if near and typed else CHOOSE
    return Markup('<p role="status"><strong>{}</strong> {}</p>').format(
        NOT_FOUND[label].format(typed=typed), hint
    )


def _field(ipywidgets: Any, label: str, options: list[str]) -> Any:
    return ipywidgets.Combobox(
        description=label,
        options=options,
        value=options[0],
        ensure_option=False,  # what is not in the list is answered too, by a hint
        layout={"width": "38rem"},
        style={"description_width": "6rem"},
    )


def _periods(explorer: Explorer, title: str) -> dict[str, str]:
    return {period(label): label for label in explorer.periods(explorer.indicators[title])}


# Plots that an analyst draws in a notebook, named in words for readers who cannot see them.
NO_WORDS = "A plot without words."
PARTS = "A plot of {count} parts: {titles}."
LABELS = {"across": "Across", "up": "Up"}


def picture(figure) -> str:
    """Return a figure of matplotlib as an image in HTML: ``figure.set_label`` gives its words."""
    content = BytesIO()
    figure.savefig(content, format="png", bbox_inches="tight")
    words = escape(figure.get_label() or described(figure))
    encoded = base64.b64encode(content.getvalue()).decode("ascii")
    return f'<img alt="{words}" src="data:image/png;base64,{encoded}">'


def described(figure) -> str:
    """Return the words that stand in a figure: its titles, and what its axes show."""
    axes = [one for one in figure.axes if one.axison]
    titles = _once(one.get_title() for one in axes)
    named = {
        "across": _once(one.get_xlabel() for one in axes),
        "up": _once(one.get_ylabel() for one in axes),
    }
    for side, labels in named.items():
        if not labels and axes:  # names of rows or columns, as a heat map has them
            ticks = axes[-1].get_xticklabels() if side == "across" else axes[-1].get_yticklabels()
            named[side] = _once(tick.get_text() for tick in ticks)
    parts = [PARTS.format(count=len(titles), titles="; ".join(titles))] if len(titles) > 1 else []
    parts += [f"{titles[0]}."] if len(titles) == 1 else []
    parts += [f"{LABELS[side]}: {'; '.join(words)}." for side, words in named.items() if words]
    return " ".join(parts) or NO_WORDS


def _once(words) -> list[str]:
    """Return the words that are not empty, each once, in their order."""
    return list(dict.fromkeys(word for word in words if word.strip()))
