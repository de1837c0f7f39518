"""Numbers that pages print beside the gated table: each must rest on printed counts alone."""

from importlib import import_module
from importlib.util import find_spec

import pandas as pd

from darlington_analysis.errors import DisclosureError, SchemaError
from darlington_analysis.evidence.table import EditionTable

COLUMNS = ["indicator", "area_code", "period", "what", "value", "decimals", "made_from"]
_MADE_BY = "darlington_analysis.evidence.derived"


def printed(loaded: EditionTable) -> pd.DataFrame:
    """Return every derived number of an edition; no rows where this library derives none."""
    if find_spec(_MADE_BY) is None:
        return pd.DataFrame(columns=COLUMNS)
    return import_module(_MADE_BY).printed(loaded)


def check(derived: pd.DataFrame | None, slug: str, rows: pd.DataFrame) -> None:
    """Raise DisclosureError where a derived number of an indicator rests on a withheld count.

    ``derived`` has ``COLUMNS``; ``made_from`` lists (area_code, period) keys of ``rows``, the
    indicator's gated rows. A number made from printed counts alone tells no more than they do.
    Raises SchemaError where a number does not say what it is made from.
    """
    if derived is None:
        return
    is_shown = rows.numerator.notna()
    shown = set(zip(rows.area_code[is_shown], rows.period[is_shown], strict=True))
    for each in derived[derived["indicator"].eq(slug) & derived["value"].notna()].itertuples():
        made_from = [tuple(key)[:2] for key in each.made_from]
        if not made_from:
            raise SchemaError(
                f"{each.what} of {each.area_code}, {each.period} does not say what it is made from",
                "made_from: the area_code and period of every gated row it rests on.",
                "name the rows where the figure is listed",
            )
        hidden = sorted(set(made_from) - shown)
        if hidden:
            raise DisclosureError(
                f"Refused: “{each.what}” of {each.area_code}, {each.period} is made from a count "
                f"that is not printed: {', '.join(hidden[0])}",
                "Every figure is made from what the gate let out.",
                "leave the figure out for this area",
            )
