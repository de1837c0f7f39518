"""All wards and several indicators at once, each indicator on a scale of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from darlington_analysis.core.errors import SchemaError
from darlington_analysis.pages.components import theme
from darlington_analysis.pages.components.charts import axes as missing
from darlington_analysis.pages.components.drawing import MARK, blank, to_svg

_PITCH, _GAP, _ABREAST, _MOST = 23, 22, 3, 6


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
    ``indicators``: slug → the panel's words, up to six, three abreast. ``benchmarks``: slug → the
    value its dashed line stands at, called ``benchmark_label``. ``order``: area codes from the
    top, else by the first indicator.

    Raises:
        SchemaError: more than six indicators, a null without a status, or made-up figures
            without a label.
    """
    if not 0 < len(indicators) <= _MOST:
        raise SchemaError(
            f"{len(indicators)} indicators side by side",
            "One to six, so that each panel can still be read",
            "draw two charts",
        )
    wide = rows[rows["indicator"].isin(list(indicators))]
    is_dummy = missing.need_dummy_label(wide, dummy_label)
    notes = [benchmark_label, *([dummy_label] if is_dummy else [])]
    codes = list(order or _by_first(wide, next(iter(indicators))))
    sheet = _Sheet(wide, codes, list(indicators.items()), dict(status_labels or {}))
    with theme.look():
        figure = blank(theme.MAP_WIDTH, sheet.height + missing.LINE * len(notes) + 12)
        bottom = 0.0
        for block in reversed(sheet.blocks):
            sheet.draw(figure, block, bottom, benchmarks)
            bottom += sheet.block_height(block)
        _explain(figure, bottom, notes)
        return to_svg(figure)


@dataclass(frozen=True)
class _Sheet:
    rows: pd.DataFrame
    codes: list[str]
    indicators: list[tuple[str, str]]
    labels: dict[str, str]

    @property
    def blocks(self) -> list[list[tuple[str, str]]]:
        starts = range(0, len(self.indicators), _ABREAST)
        return [self.indicators[start : start + _ABREAST] for start in starts]

    @property
    def height(self) -> float:
        return sum(self.block_height(block) for block in self.blocks)

    @property
    def names(self) -> list[str]:
        known = self.rows.drop_duplicates("area_code").set_index("area_code")["area_name"]
        return known.loc[self.codes].tolist()

    @property
    def room(self) -> float:
        abreast = min(_ABREAST, len(self.indicators))
        whole = theme.MAP_WIDTH - missing.names_width(self.names) - 2 * missing.EDGE
        return (whole + _GAP) / abreast - _GAP

    def titles(self, block: list[tuple[str, str]]) -> list[list[str]]:
        return [missing.wrapped(words, self.room, bold=True) for _, words in block]

    def block_height(self, block: list[tuple[str, str]]) -> float:
        lines = max(map(len, self.titles(block)))
        return _PITCH * len(self.codes) + missing.LINE * lines + 52

    def draw(self, figure: Figure, block: list, bottom: float, benchmarks: Mapping) -> None:
        """Draw up to three panels beside each other, the names at their left."""
        left, panel = missing.names_width(self.names), _PITCH * len(self.codes)
        width, height = theme.MAP_WIDTH, figure.get_figheight() * 96
        for place, ((slug, _), words) in enumerate(zip(block, self.titles(block), strict=True)):
            x = left + place * (self.room + _GAP)
            box = (x / width, (bottom + 34) / height, self.room / width, panel / height)
            axes = figure.add_axes(box)
            axes.tick_params(length=0, pad=6)
            names = self.names if place == 0 else [""] * len(self.codes)
            missing.name_rows(axes, names)
            of_one = self.rows[self.rows["indicator"] == slug].set_index("area_code")
            _panel(axes, of_one.reindex(self.codes), benchmarks.get(slug), self.labels)
            first_line = panel + 8 + missing.LINE * (len(words) - 1)
            missing.write_lines(axes, 0, first_line, words, va="baseline", fontweight="bold")


def _by_first(rows: pd.DataFrame, slug: str) -> list[str]:
    of_one = rows[rows["indicator"] == slug]
    ordered = of_one.sort_values(
        ["value", "area_name"], ascending=[False, True], na_position="last"
    )
    return ordered["area_code"].tolist()


def _panel(
    axes: Axes, rows: pd.DataFrame, benchmark: float | None, labels: Mapping[str, str]
) -> None:
    others = [] if benchmark is None else [benchmark]
    low, high = missing.span(rows, others, from_zero=True)
    axes.set_xlim(low, high)
    axes.hlines(range(len(rows)), low, high, color=missing.HAIRLINE, linewidth=0.6, zorder=0.5)
    axes.set_xticks([low, missing.last_round(low, high)])
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
        clip_on=False,
        markeredgecolor=theme.NAVY,
        markerfacecolor=theme.PAPER if is_open else theme.NAVY,
        zorder=3,
        gid=f"{MARK}{row.Index}-{row.indicator}",
    )


def _explain(figure: Figure, bottom: float, notes: Sequence[str]) -> None:
    height = figure.get_figheight() * 96
    axes = figure.add_axes((0, bottom / height, 1, 1 - bottom / height))
    axes.set_axis_off()
    axes.set_xlim(0, theme.MAP_WIDTH)
    axes.set_ylim(0, height - bottom)
    top = height - bottom - 20
    axes.plot(
        [missing.EDGE, missing.EDGE + 30],
        [top + 5] * 2,
        color=theme.PLUM,
        linestyle=(0, (6, 3)),
        linewidth=1.6,
    )
    missing.write_lines(axes, missing.EDGE + 38, top, notes, va="baseline")
