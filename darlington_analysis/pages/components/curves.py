"""The curve of an outcome, and the returns of a measure: small drawings with words that say the same.

Both are drawn at one fixed width, so that their letters print at 8 points or more.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from darlington_analysis.pages.components import theme
from darlington_analysis.pages.components.drawing import spread, text_width
from darlington_analysis.pages.components.theme import POINT

WIDTH, HEIGHT = 360, 184
_LEFT, _RIGHT, _TOP, _FOOT = 30, 326, 18, 144
_SMALL, _LINE = 12.0, 14.0
_RETURNS_WIDTH, _RETURNS_HEIGHT = 190, 30
_MUTED, _BOLD = f'fill="{theme.MUTED}"', 'font-weight="700"'
_HALO = f'paint-order="stroke" stroke="{theme.PAPER}" stroke-width="3"'


@dataclass(frozen=True)
class Curve:
    """Gaps to a country over the years, each point as (year, gap); ranges as (low, high).

    ``half`` and ``nearly_all``: how far the gaps of wards usually move until ``seen``, 0 where that
    is not known. ``target``: the gap to reach, None without one.
    """

    name: str
    points: Sequence[tuple[int, float]]
    ranges: Sequence[tuple[float, float]]
    beside: str = ""
    beside_points: Sequence[tuple[int, float]] = ()
    ahead: int = 0
    half: float = 0.0
    nearly_all: float = 0.0
    seen: int = 0
    target: float | None = None


def curve(shown: Curve, level: str, ahead: str, target: str, words: str) -> Markup:
    """Return the curve: history, what is likely if nothing changes, and the target.

    ``level`` names the line at zero, ``ahead`` the band and ``target`` the cross with its gap; ``words`` say
    the whole of it to those who do not see it.
    """
    axes = _Axes(shown)
    parts = [*axes.grid(level), *_band(shown, axes, ahead), *_beside(shown, axes)]
    parts += [*_history(shown, axes), *_target(shown, axes, target)]
    return _svg(WIDTH, HEIGHT, words, parts)


class _Axes:
    """Where a year and a gap stand in the drawing."""

    def __init__(self, shown: Curve) -> None:
        last = shown.points[-1]
        ends = [0.0, *(value for low_high in shown.ranges for value in low_high)]
        ends += [gap for _, gap in (*shown.points, *shown.beside_points)]
        ends += [last[1] - shown.nearly_all, last[1] + shown.nearly_all]
        ends += [] if shown.target is None else [shown.target]
        room = (max(ends) - min(ends) or 1.0) * 0.06
        self.low, self.high = min(ends) - room, max(ends) + room
        self.years = sorted({*(year for year, _ in shown.points), shown.ahead, shown.seen} - {0})
        self.first, self.last = self.years[0], max(self.years[-1], self.years[0] + 1)

    def x(self, year: float) -> float:
        start = _LEFT + 76
        return start + (_RIGHT - 12 - start) * (year - self.first) / (self.last - self.first)

    def y(self, gap: float) -> float:
        return _FOOT - (_FOOT - _TOP) * (gap - self.low) / (self.high - self.low)

    def grid(self, level: str) -> list[str]:
        step = next(
            (step for step in (1, 2, 5, 10, 20, 50) if (self.high - self.low) / step <= 6), 100
        )
        first = int(self.low // step + 1) * step
        parts = []
        for tick in range(first, int(self.high) + 1, step):
            y, style = self.y(tick), f'stroke="{theme.SHADE}"'
            if tick == 0:
                style = f'stroke="{theme.INK}" stroke-width="1.5"'
            parts.append(f'<path d="M{_LEFT} {y:.1f}H{_RIGHT}" {style}/>')
            parts.append(_text(_LEFT - 6, y + 4, f"{tick}", _MUTED, "end"))
        parts.append(_text(_LEFT + 4, self.y(0) + 14, level, f"{_BOLD} {_HALO}"))
        parts.append(f'<path d="M{_LEFT} {_FOOT + 8}H{_RIGHT}" stroke="{theme.QUIET}"/>')
        for year in self.years:
            x = self.x(year)
            parts.append(f'<path d="M{x:.1f} {_FOOT + 8}v5" stroke="{theme.QUIET}"/>')
            parts.append(_text(x, _FOOT + 26, str(year), "", "middle"))
        return parts


def _band(shown: Curve, axes: _Axes, words: str) -> list[str]:
    if not shown.nearly_all:
        return []
    (year, gap), then = shown.points[-1], axes.x(shown.ahead)
    start = f"M{axes.x(year):.1f} {axes.y(gap):.1f}"
    parts = []
    for size, fill in ((shown.nearly_all, theme.WASH), (shown.half, theme.HAZE)):
        high, low = axes.y(gap + size), axes.y(gap - size)
        parts.append(
            f'<path d="{start}L{then:.1f} {high:.1f}V{low:.1f}Z" fill="{fill}" '
            f'stroke="{theme.QUIET}" stroke-width=".75"/>'
        )
    parts.append(
        f'<path d="{start}H{then:.1f}" stroke="{theme.NAVY}" stroke-width="2" '
        'stroke-dasharray="6 4" fill="none"/>'
    )
    ends = [gap + shown.nearly_all, gap, gap - shown.nearly_all]
    places = [axes.y(end) for end in ends]
    target = [] if shown.target is None else [axes.y(shown.target)]
    moved = spread([*places, *target], _LINE)[: len(ends)]
    for end, y in zip(ends, moved, strict=True):
        parts.append(_text(then + 10, y + 4, f"{end:.0f}", _MUTED))
    top = min(places)
    parts.append(_text(then - 14, max(12.0, top), words, f"{_MUTED} {_HALO}", "end"))
    return parts


def _beside(shown: Curve, axes: _Axes) -> list[str]:
    if not shown.beside_points:
        return []
    places = [(axes.x(year), axes.y(gap)) for year, gap in shown.beside_points]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    parts = [
        f'<polyline points="{line}" fill="none" stroke="{theme.QUIET}" stroke-width="1.75" '
        'stroke-dasharray="4 3"/>'
    ]
    parts += [
        f'<rect x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8" fill="{theme.QUIET}"/>'
        for x, y in places
    ]
    return parts


def _history(shown: Curve, axes: _Axes) -> list[str]:
    places = [(axes.x(year), axes.y(gap)) for year, gap in shown.points]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    parts = [f'<polyline points="{line}" fill="none" stroke="{theme.NAVY}" stroke-width="3"/>']
    for (x, y), (low, high) in zip(places, shown.ranges, strict=True):
        parts.append(
            f'<path d="M{x - 4:.1f} {axes.y(low):.1f}h8m-4 0V{axes.y(high):.1f}m-4 0h8" '
            f'stroke="{theme.NAVY}" stroke-width="2" fill="none"/>'
        )
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6" fill="{theme.NAVY}"/>')
    for number, ((x, y), (_, gap)) in enumerate(zip(places, shown.points, strict=True)):
        anchor, x = ("end", x - 10) if number == 0 or gap == shown.points[-1][1] else ("start", x)
        parts.append(_text(x, y - 9 * (number > 0) + 4, f"{gap:.1f}", f"{_BOLD} {_HALO}", anchor))
    names = [(places[0][1], shown.name, _BOLD)]
    names += [(axes.y(gap), shown.beside, _MUTED) for _, gap in shown.beside_points[:1]]
    told = [_wrapped(name, axes.x(axes.first) - 14) for _, name, _ in names]
    rooms = [_LINE * (len(lines) + 1) for lines in told]
    apart = spread([y for y, _, _ in names], rooms)
    for y, lines, (_, _, style) in zip(apart, told, names, strict=True):
        first = y - _LINE * len(lines) if style == _BOLD else y + 4
        first = first if first > _SMALL else y + _LINE + 4
        for number, line in enumerate(lines):
            at = first + _LINE * number
            parts.append(_text(axes.x(axes.first) - 10, at, line, f"{style} {_HALO}", "end"))
    return parts


def _wrapped(name: str, room: float) -> list[str]:
    """Return a name in as many lines as keep it in the room beside the drawing."""
    lines: list[str] = []
    for word in name.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, _SMALL / POINT, bold=True) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _target(shown: Curve, axes: _Axes, words: str) -> list[str]:
    if shown.target is None:
        return []
    x, y = axes.x(shown.seen), axes.y(shown.target)
    cross = f"M{x - 7:.1f} {y - 7:.1f}l14 14m0 -14l-14 14"
    return [
        f'<path d="{cross}" stroke="{theme.PLUM}" stroke-width="4" fill="none"/>',
        _text(x - 12, y + 16, words, f"{_BOLD} {_HALO}", "end"),
    ]


def returns(values: Sequence[tuple[str, float]], target: float | None, words: str) -> Markup:
    """Return what a measure counted, period by period, the newest full, and its target as a line.

    The first, the last but one and the newest have their numbers.
    """
    most = max([value for _, value in values] + ([] if target is None else [target])) or 1.0
    xs = [8 + (_RETURNS_WIDTH - 40) * value / most for _, value in values]
    parts = [f'<path d="M8 21H{_RETURNS_WIDTH - 32}" stroke="{theme.QUIET}"/>']
    if target is not None:
        at = 8 + (_RETURNS_WIDTH - 40) * target / most
        parts.append(f'<path d="M{at:.1f} 14V28" stroke="{theme.PLUM}" stroke-width="3"/>')
    hollow = f'fill="{theme.PAPER}" stroke="{theme.NAVY}" stroke-width="2.25"'
    parts += [f'<circle cx="{x:.1f}" cy="21" r="4.5" {hollow}/>' for x in xs[:-1]]
    parts.append(f'<circle cx="{xs[-1]:.1f}" cy="21" r="6" fill="{theme.NAVY}"/>')
    named = sorted({0, max(0, len(xs) - 2), len(xs) - 1})  # the last two show if it rose
    apart = spread([xs[place] for place in named], 26)
    for place, x in zip(named, apart, strict=True):
        style = _BOLD if place == len(xs) - 1 else ""
        parts.append(_text(x, 11, f"{values[place][1]:.0f}", style, "middle"))
    return _svg(_RETURNS_WIDTH, _RETURNS_HEIGHT, words, parts)


_MARKS = {
    "done": f'<circle cx="8" cy="8" r="7" fill="{theme.INK}"/>',
    "not begun": f'<circle cx="8" cy="8" r="6" fill="none" stroke="{theme.INK}" stroke-width="2"/>',
    "stopped": f'<path d="M3 3L13 13M13 3L3 13" stroke="{theme.INK}" stroke-width="2.5"/>',
}
_MARKS["going on"] = _MARKS["not begun"] + f'<path d="M8 2a6 6 0 0 1 0 12z" fill="{theme.INK}"/>'


def mark(kind: str) -> Markup:
    """Return a small mark to stand before a word that says the same; "" for another kind."""
    drawn = _MARKS.get(kind, "")
    frame = '<svg class="mark" aria-hidden="true" viewBox="0 0 16 16">{}</svg>&#160;'
    return Markup(frame.format(drawn) if drawn else "")


def _svg(width: int, height: int, words: str, parts: Sequence[str]) -> Markup:
    return Markup(
        f'<svg class="picture" role="img" aria-label="{escape(words)}" '
        f'viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'font-family="Arial, sans-serif" font-size="{_SMALL:g}">{"".join(parts)}</svg>'
    )


def _text(x: float, y: float, words: str, style: str = "", anchor: str = "start") -> str:
    side = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{side} {style}>{escape(words)}</text>'
