"""Who lives here: shares of residents by age, the ward beside a benchmark."""

from collections.abc import Callable

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from darlington_analysis.pages.components import theme
from darlington_analysis.pages.components.charts import axes as parts
from darlington_analysis.pages.components.drawing import MARK, text_width, to_svg

_PITCH, _BAR = 46, 0.38  # pixels from one age band to the next; a bar's share of it
_STYLES = (
    {"facecolor": theme.NAVY, "edgecolor": theme.NAVY},
    {"facecolor": theme.PAPER, "edgecolor": theme.CHARCOAL, "hatch": "////"},
)


def age_bars(rows: pd.DataFrame, picked: str, *, show: Callable[[float], str]) -> str:
    """Return an SVG of paired bars from zero, one pair a breakdown, in row order.

    ``rows``: area_code, area_name, breakdown, value, status; two areas, ``picked`` one of them.
    ``show`` turns a value into the words at the end of its bar.

    Raises:
        SchemaError: a null without a status.
    """
    bands = list(dict.fromkeys(rows["breakdown"]))
    areas = rows.drop_duplicates("area_code").sort_values(
        "area_code", key=lambda codes: codes != picked, kind="stable"
    )
    with theme.look():
        figure, axes = parts.canvas(
            _PITCH * len(bands), left=parts.names_width(bands), right=parts.EDGE, top=44
        )
        parts.name_rows(axes, bands)
        _scale(axes, rows, show)
        for series, area in enumerate(areas.itertuples()):
            of_area = rows[rows["area_code"] == area.area_code].set_index("breakdown")
            for place, band in enumerate(bands):
                _bar(axes, place, series, of_area.loc[band], show)
        _key(axes, areas["area_name"].tolist(), _PITCH * len(bands))
        return to_svg(figure)


def _scale(axes: Axes, rows: pd.DataFrame, show: Callable[[float], str]) -> None:
    values = rows["value"].dropna()
    longest = max((text_width(show(value)) for value in values), default=0) + 16
    width = parts.plot_width(axes)
    largest = float(values.max()) if len(values) else 1.0
    axes.set_xlim(0, (largest or 1.0) * width / (width - longest))
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    axes.axvline(0, color=theme.QUIET, linewidth=1.2)


def _bar(axes: Axes, place: int, series: int, row, show: Callable[[float], str]) -> None:
    middle = place + (series - 0.5) * (_BAR + 0.04)
    is_missing = pd.isna(row["value"])
    words = parts.status_words(row["status"], {}) if is_missing else show(row["value"])
    if not is_missing:
        axes.barh(
            middle,
            row["value"],
            height=_BAR,
            linewidth=1.2,
            gid=f"{MARK}{place}-{series}",
            **_STYLES[series],
        )
    axes.annotate(
        words,
        xy=(0 if is_missing else row["value"], middle),
        xytext=(5, 0),
        textcoords="offset points",
        va="center_baseline",
        fontweight="bold" if series == 0 else "normal",
        color=theme.MUTED if is_missing else theme.INK,
    )


def _key(axes: Axes, names: list[str], height: float) -> None:
    width, x = parts.plot_width(axes), 0.0
    for name, style in zip(names, _STYLES, strict=False):
        swatch = Rectangle(
            (x / width, 1 + 14 / height),
            20 / width,
            14 / height,
            transform=axes.transAxes,
            clip_on=False,
            linewidth=1.2,
            **style,
        )
        axes.add_patch(swatch)
        parts.write_lines(axes, x + 27, height + 16, [name], va="baseline")
        x += 27 + text_width(name) + 24
