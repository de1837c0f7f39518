"""The way to independence: days of Council support a month, planned and so far."""

from collections.abc import Sequence
from datetime import date

from matplotlib.axes import Axes
from matplotlib.dates import DateFormatter, YearLocator, date2num

from darlington_analysis.pages.components import theme
from darlington_analysis.pages.components.charts import axes as parts
from darlington_analysis.pages.components.drawing import text_width, to_svg

Points = Sequence[tuple[date, float]]
_HEIGHT = 240


def days_over_time(plan: Points, so_far: Points, *, planned: str, done: str) -> str:
    """Return an SVG of days a month over time: the plan dashed, what came about whole.

    Points are (day, days a month), in any order; ``planned`` and ``done`` name the two lines.
    """
    room = max(text_width(planned), text_width(done)) + 16
    with theme.look():
        figure, axes = parts.canvas(_HEIGHT, left=44, right=room, top=16, bottom=34)
        most = max([days for _, days in (*plan, *so_far)], default=1.0) or 1.0
        axes.set_ylim(0, most * 1.15)
        _line(axes, plan, planned, dashed=True)
        _line(axes, so_far, done, dashed=False)
        axes.xaxis.set_major_locator(YearLocator())
        axes.xaxis.set_major_formatter(DateFormatter("%Y"))
        axes.set_yticks(sorted({0.0, round(most / 2), round(most)}))
        axes.set_yticklabels([f"{tick:g}" for tick in axes.get_yticks()])
        return to_svg(figure)


def _line(axes: Axes, points: Points, name: str, *, dashed: bool) -> None:
    if not points:
        return
    days, values = zip(*sorted(points), strict=True)
    places = [date2num(day) for day in days]
    colour = theme.CHARCOAL if dashed else theme.NAVY
    axes.plot(
        places,
        values,
        color=colour,
        linewidth=2,
        marker="o",
        markersize=5,
        clip_on=False,
        linestyle=(0, (4, 3)) if dashed else "solid",
    )
    axes.annotate(
        name,
        xy=(places[-1], values[-1]),
        xytext=(8, 6),
        textcoords="offset points",
        color=colour,
        fontweight="normal" if dashed else "bold",
    )
