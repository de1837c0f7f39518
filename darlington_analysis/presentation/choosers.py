"""Controls for JupyterLab: four lists to choose from, and the answer below them."""

from typing import Any

from darlington_analysis.evidence.explore import Explorer
from darlington_analysis.presentation.show import explore as show
from darlington_analysis.presentation.wording import explore as words
from darlington_analysis.presentation.wording.numbers import period


def controls(explorer: Explorer) -> Any:
    """Return a box of four labelled lists (ward, indicator, comparison, period) and their answer.

    The lists are the browser's own, so that keys and screen readers know them. Without the
    widgets the answer is what ``explorer.look(...)`` shows.
    """
    import ipywidgets  # here: a pack has no controls, and this takes most of a second

    slugs = list(explorer.indicators.values())
    lists = {
        "ward": (words.WARD, list(explorer.wards.items())),
        "slug": (words.INDICATOR, list(explorer.indicators.items())),
        "comparison": (words.COMPARISON, list(explorer.comparisons)),
        "period": (words.PERIOD, _periods(explorer, slugs[0])),
    }
    made = {name: _list(*each) for name, each in lists.items()}
    answer = ipywidgets.HTML()

    def ask(_change: Any = None) -> None:
        answer.value = str(show.look(explorer.look(**{name: made[name].value for name in made})))

    def choose(change: Any) -> None:
        # Another indicator has other periods; to name them asks anew, unless they are the same.
        before = made["period"].value
        made["period"].options = _periods(explorer, change["new"])
        if made["period"].value == before:
            ask()

    made["slug"].observe(choose, "value")
    for name in ("ward", "comparison", "period"):
        made[name].observe(ask, "value")
    ask()
    return ipywidgets.VBox([*made.values(), answer])


def _list(label: str, options: list) -> Any:
    import ipywidgets

    return ipywidgets.Dropdown(
        description=label, options=options, layout={"width": "34rem"},
        style={"description_width": "6rem"},
    )  # fmt: skip


def _periods(explorer: Explorer, slug: str) -> list[tuple[str, str]]:
    return [(period(label), label) for label in explorer.periods(slug)]
