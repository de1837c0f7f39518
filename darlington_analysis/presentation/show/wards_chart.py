"""Every ward of one indicator with its limits: the chart that packs and the explorer share."""

import pandas as pd

from darlington_analysis.catalogue.indicators import Indicator
from darlington_analysis.presentation import charts
from darlington_analysis.presentation.wording import labels
from darlington_analysis.presentation.wording.numbers import shown as in_figures


def wards_chart(
    wards: pd.DataFrame, code: str, benchmarks: pd.DataFrame, about: Indicator, *, by_name: bool
) -> str:
    """Return the chart as SVG: ``wards`` one a row, the ward of ``code`` picked out.

    ``benchmarks`` are lines across it, each with its name and value. ``by_name``: the figures make
    no order.
    """
    beside = {
        f"{name} {in_figures(value, about)}": value
        for name, value in zip(benchmarks.area_name, benchmarks.value, strict=True)
    }
    return charts.wards_with_limits(
        wards,
        code,
        beside,
        value_label=about.unit,
        status_labels=labels.STATUS_WORDS,
        dummy_label=labels.MADE_UP,
        by_name=by_name,
    )
