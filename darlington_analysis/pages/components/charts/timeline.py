"""Periods along an axis, and the lines and bands drawn over them."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from darlington_analysis.pages.components import theme
from darlington_analysis.pages.components.charts import axes as parts
from darlington_analysis.pages.components.drawing import MARK, text_width

STYLES = (
    {"color": theme.NAVY, "marker": "D", "linestyle": "-", "linewidth": 3},
    {"color": theme.PLUM, "marker": "o", "linestyle": (0, (6, 2)), "linewidth": 2},
    {"color": theme.TEAL, "marker": "s", "linestyle": "-", "linewidth": 2},
    {"color": theme.CHARCOAL, "marker": "^", "linestyle": (0, (3, 2, 1, 2)), "linewidth": 2},
)
_MADE_UP = {"linestyle": (0, (1, 1.6)), "markerfacecolor": theme.PAPER}
_BEFORE, _AFTER = 0.25, 0.12  # of a period: the room at the ends of the axis


@dataclass(frozen=True)
class Timeline:
    """The periods of a chart in order, and the shorthand under those with a withheld figure."""

    periods: list[str]
    gaps: dict[str, str]

    def place(self, period: str) -> int:
        """Return where a period stands on the axis."""
        return self.periods.index(period)

    def pixels(self, axes: Axes, place: float) -> float:
        """Return how many pixels from the left of the plot a place is."""
        low, high = axes.get_xlim()
        return (place - low) / (high - low) * parts.plot_width(axes)

    def set_axis(self, axes: Axes) -> None:
        """Name as many periods as there is room for, the last one always."""
        axes.set_xlim(-_BEFORE, len(self.periods) - 1 + _AFTER)
        axes.set_xticks([])
        widest = max(text_width(period) for period in self.periods) + 14
        room = parts.plot_width(axes) / (len(self.periods) - 1 + _BEFORE + _AFTER)
        step = max(1, -(-int(widest) // max(int(room), 1)))
        height = axes.get_position().height * axes.figure.get_figheight() * 96
        for place, period in enumerate(self.periods):
            x = self.pixels(axes, place)
            if (len(self.periods) - 1 - place) % step == 0:
                parts.write_lines(axes, x, -22, [period], ha="center", va="baseline")
                axes.plot([place, place], [0, -5 / height], **_tick(axes))
            if period in self.gaps:
                parts.write_lines(
                    axes, x, -22 - parts.LINE, [self.gaps[period]], ha="center", va="baseline"
                )


def _tick(axes: Axes) -> dict[str, Any]:
    return {
        "transform": axes.get_xaxis_transform(),
        "color": theme.QUIET,
        "linewidth": 1,
        "clip_on": False,
    }


def draw_line(axes: Axes, line: Timeline, rows: pd.DataFrame, style: dict[str, Any]) -> None:
    """Draw one series: its limits as a bar at each point, its line broken where a value is not."""
    rows = rows.set_index("period").reindex(line.periods)
    is_dummy = "is_dummy" in rows and bool(rows["is_dummy"].fillna(False).astype(bool).any())
    limited = rows.assign(place=range(len(rows))).dropna(subset=["lower_limit", "upper_limit"])
    for row in limited.itertuples():
        axes.plot(
            [row.place] * 2,
            [row.lower_limit, row.upper_limit],
            color=style["color"],
            linewidth=1.6,
            linestyle=_MADE_UP["linestyle"] if is_dummy else "-",
            zorder=2,
        )
    axes.plot(
        range(len(rows)),
        rows["value"].astype(float),
        markersize=7,
        clip_on=False,
        zorder=3,
        gid=f"{MARK}{rows['area_name'].dropna().iloc[0]}",
        **(style | _MADE_UP if is_dummy else style),
    )


def draw_band(
    axes: Axes,
    line: Timeline,
    rows: pd.DataFrame,
    forecast: pd.DataFrame,
    name: str,
    style: dict[str, Any],
) -> None:
    """Draw one series' forecast, dashed in its band, from its last value onwards."""
    known = rows[(rows["area_name"] == name) & rows["value"].notna()].tail(1)
    ahead = forecast[forecast["area_name"] == name]
    if ahead.empty or known.empty:
        return
    start = known.assign(lower_limit=known["value"], upper_limit=known["value"])
    path = pd.concat([start, ahead])
    places = [line.place(period) for period in path["period"]]
    lower, upper = path["lower_limit"].astype(float), path["upper_limit"].astype(float)
    axes.fill_between(places, lower, upper, color=style["color"], alpha=0.15, lw=0, zorder=1)
    for edge in (lower, upper):
        axes.plot(places, edge, color=style["color"], linewidth=1, zorder=1.5)
    axes.plot(
        places,
        path["value"].astype(float),
        color=style["color"],
        linestyle=(0, (4, 3)),
        linewidth=2.2,
        zorder=2,
    )
