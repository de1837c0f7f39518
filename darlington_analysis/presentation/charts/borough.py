"""All wards and several indicators at once, each indicator on a scale of its own."""

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes

from darlington_analysis.errors import SchemaError
from darlington_analysis.presentation import theme
from darlington_analysis.presentation.charts import missing, parts, scales
from darlington_analysis.presentation.drawing import MARK, to_svg

_PITCH, _GAP, _MOST = 23, 22, 3


def borough_dots(
    rows: pd.DataFrame,
    indicators: Mapping[str, str],
    benchmarks: Mapping[str, float],
    *,
    benchmark_label: str,
    order: Sequence[str] | None = None,
    status_labels: Mapping[str, str] | None = None,
    dummy_label: str = "",
) -> str:
    """Return an SVG of small multiples: wards down the side, a panel for each indicator.

    ``rows``: indicator, area_code, area_name, value, lower_limit, upper_limit, status, is_dummy.
    ``indicators``: slug → the panel's words, up to three. ``benchmarks``: slug → the value its
    dashed line stands at, called ``benchmark_label``. ``order``: area codes from the top, else
    by the first indicator.

    Raises:
        SchemaError: more than three indicators, a null without a status, or made-up figures
            without a label.
    """
    if not 0 < len(indicators) <= _MOST:
        raise SchemaError(
            f"{len(indicators)} indicators side by side",
            "One to three, so that each panel can still be read",
            "draw two charts",
        )
    is_dummy = missing.need_dummy_label(rows, dummy_label)
    wide = rows[rows["indicator"].isin(list(indicators))]
    codes = list(order or _by_first(wide, next(iter(indicators))))
    names = wide.drop_duplicates("area_code").set_index("area_code")["area_name"].loc[codes]
    left = parts.names_width(names.tolist())
    room = (theme.MAP_WIDTH - left - parts.EDGE + _GAP) / len(indicators) - _GAP
    titles = [parts.wrapped(words, room, bold=True) for words in indicators.values()]
    notes = [benchmark_label, *([dummy_label] if is_dummy else [])]
    top = parts.LINE * (max(map(len, titles)) + len(notes)) + 24
    with theme.look():
        figure, first = parts.canvas(
            _PITCH * len(codes), left=left, top=top, bottom=34, width=theme.MAP_WIDTH
        )
        parts.name_rows(first, names.tolist(), [False] * len(codes))
        panels = _panels(first, len(indicators), room)
        for axes, slug, words in zip(panels, indicators, titles, strict=True):
            of_one = wide[wide["indicator"] == slug].set_index("area_code").reindex(codes)
            _panel(axes, of_one, benchmarks.get(slug), status_labels or {})
            height = _PITCH * len(codes) + 8 + parts.LINE * (len(words) - 1)
            parts.write_lines(axes, 0, height, words, va="baseline", fontweight="bold")
        _explain(first, _PITCH * len(codes), _PITCH * len(codes) + top - 18, notes)
        return to_svg(figure)


def _by_first(rows: pd.DataFrame, slug: str) -> list[str]:
    of_one = rows[rows["indicator"] == slug]
    ordered = of_one.sort_values(
        ["value", "area_name"], ascending=[False, True], na_position="last"
    )
    return ordered["area_code"].tolist()


def _panels(first: Axes, number: int, room: float) -> list[Axes]:
    """Cut the first axes to the width of one panel, and stand the others beside it."""
    box = first.get_position()
    share, step = room / theme.MAP_WIDTH, (room + _GAP) / theme.MAP_WIDTH
    first.set_position((box.x0, box.y0, share, box.height))
    panels = [first]
    for place in range(1, number):
        axes = first.figure.add_axes((box.x0 + place * step, box.y0, share, box.height))
        axes.set_ylim(first.get_ylim())
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.tick_params(length=0, pad=6)
        panels.append(axes)
    return panels


def _panel(
    axes: Axes, rows: pd.DataFrame, benchmark: float | None, labels: Mapping[str, str]
) -> None:
    others = [] if benchmark is None else [benchmark]
    low, high = scales.span(rows, others, from_zero=True)
    axes.set_xlim(low, high)
    axes.hlines(range(len(rows)), low, high, color=parts.HAIRLINE, linewidth=0.6, zorder=0.5)
    axes.set_xticks([low, scales.last_round(low, high)])
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.10g}")
    if benchmark is not None:
        axes.axvline(benchmark, color=theme.PLUM, linestyle=(0, (6, 3)), linewidth=1.6, zorder=1)
    for place, row in enumerate(rows.itertuples()):
        if pd.isna(row.value):
            words = missing.status_words("x" if pd.isna(row.status) else row.status, labels)
            missing.missing_note(axes, place, words)
        else:
            _dot(axes, place, row)


def _dot(axes: Axes, place: int, row) -> None:
    dashes = (0, (1, 1)) if row.is_dummy else "-"
    if pd.notna(row.lower_limit) and pd.notna(row.upper_limit):
        limits = [row.lower_limit, row.upper_limit]
        axes.plot(limits, [place] * 2, color=theme.QUIET, linewidth=1.6, linestyle=dashes)
    is_open = row.is_dummy or row.status == "u"
    axes.plot(
        [row.value],
        [place],
        "o",
        markersize=6,
        markeredgecolor=theme.NAVY,
        markerfacecolor=theme.PAPER if is_open else theme.NAVY,
        zorder=3,
        gid=f"{MARK}{row.Index}-{row.indicator}",
    )


def _explain(first: Axes, panel: float, height: float, notes: Sequence[str]) -> None:
    left = parts.EDGE - first.get_position().x0 * theme.MAP_WIDTH
    width = parts.plot_width(first)
    first.plot(
        [left / width, (left + 30) / width],
        [(height + 5) / panel] * 2,
        transform=first.transAxes,
        color=theme.PLUM,
        linestyle=(0, (6, 3)),
        linewidth=1.6,
        clip_on=False,
    )
    parts.write_lines(first, left + 38, height, notes, va="baseline")
