"""Controls for JupyterLab: four fields with lists to choose from, and the answer below them."""

from dataclasses import dataclass
from typing import Any

from darlington_analysis.evidence.explore import Explorer
from darlington_analysis.pages import explore as show
from darlington_analysis.pages import explore as words
from darlington_analysis.pages.components.numbers import period


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
        words.WARD: list(explorer.wards),
        words.INDICATOR: list(explorer.indicators),
        words.COMPARISON: list(explorer.comparisons),
        words.PERIOD: list(_periods(explorer, first)),
    }
    made = {label: _field(ipywidgets, label, options) for label, options in lists.items()}
    answer = ipywidgets.HTML()

    def ask(_change: Any = None) -> None:
        ward, title, beside, when = (field.value for field in made.values())
        known = _periods(explorer, title)
        if when not in known:  # another indicator has other periods: its latest, and ask anew
            made[words.PERIOD].options = list(known)
            made[words.PERIOD].value = next(iter(known))
            return
        made[words.PERIOD].options = list(known)
        look = explorer.look(ward, explorer.indicators[title], beside, known[when])
        answer.value = str(show.look(look))

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
    return {period(each): each for each in explorer.periods(explorer.indicators[title])}
