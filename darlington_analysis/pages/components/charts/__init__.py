"""Charts made for the questions of a pack: rows in, one small SVG out, the same bytes each time.

Every word a chart shows is an argument: the words are made elsewhere, from the same rows.
"""

from darlington_analysis.pages.components.charts.funnel import funnel
from darlington_analysis.pages.components.charts.positions import (
    age_bars,
    pockets,
    position_by_edition,
    rank_range,
)
from darlington_analysis.pages.components.charts.trends import days_over_time, trend
from darlington_analysis.pages.components.charts.wards import borough_dots, wards_with_limits

__all__ = [
    "age_bars",
    "borough_dots",
    "days_over_time",
    "funnel",
    "pockets",
    "position_by_edition",
    "rank_range",
    "trend",
    "wards_with_limits",
]
