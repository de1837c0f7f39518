"""One figure in several releases: the newest one that passed its checks is the one in use."""

import pandas as pd

from darlington_analysis.catalogue.vocabulary import FIGURE


def newest(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows with one row a figure: that of its newest vintage, in the order they came.

    A release that failed a check is not in the table, so it is never chosen. A vintage that is no
    date (figures quoted from a page) is older than any dated release.
    """
    is_dated = rows.vintage.str.match(r"(mid-)?\d{4}")
    in_order = rows.assign(is_dated=is_dated).sort_values(["is_dated", "vintage"], kind="stable")
    kept = in_order.drop_duplicates(FIGURE, keep="last")
    return rows.loc[rows.index.isin(kept.index)]
