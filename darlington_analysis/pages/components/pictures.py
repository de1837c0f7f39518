"""Small pictures beside words that say the same: bars, a place on a scale, all wards on a line.

Each is hidden from screen readers, carries its own colours, and is drawn at one fixed width, so
that its letters keep their size on a phone and on paper.
"""

from collections.abc import Sequence

from markupsafe import Markup

from darlington_analysis.pages.components import theme

WIDTH = 300
_LETTER, _SMALL = 14, 13  # pixels
_NAVY, _GREY = f'fill="{theme.NAVY}"', f'fill="{theme.QUIET}"'
_HOLLOW = f'fill="{theme.PAPER}" stroke="{theme.INK}" stroke-width="1.5"'
_BAR_FILLS = (_NAVY, _GREY, _HOLLOW)  # this ward, the borough, England
_BAR, _PITCH, _BAR_ROOM = 14, 19, 150
_BESIDE, _WIDE_LETTER = 9, 6.6  # from a bar to its words; what a letter takes, on average


def _svg(width: float, height: float, *parts: str) -> Markup:
    return Markup(
        f'<svg class="picture" aria-hidden="true" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width:g}" height="{height:g}" font-family="Arial, sans-serif" '
        f'font-size="{_LETTER}">{"".join(parts)}</svg>'
    )


def _text(x: float, y: float, words: str, style: str = "", anchor: str = "start") -> str:
    side = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return str(
        Markup('<text x="{}" y="{}"{} {}>{}</text>').format(
            f"{x:.0f}", f"{y:.0f}", Markup(side), Markup(style), words
        )
    )


_BOLD, _MUTED = 'font-weight="700"', f'fill="{theme.MUTED}" font-size="{_SMALL}"'


def bars(groups: Sequence[tuple[str, Sequence[tuple[str, str, float]]]]) -> Markup:
    """Return groups of bars from zero, each with a title; of every bar its name, words and length.

    The first bar of a group is this ward's, the second the borough's and the third England's.
    """
    most = max((value for _, rows in groups for _, _, value in rows), default=0) or 1
    beside = [
        (WIDTH - _BESIDE - _WIDE_LETTER * len(f"{words} {name}")) * most / value
        for _, rows in groups
        for name, words, value in rows
        if value > 0
    ]
    room = max(20, min([_BAR_ROOM, *beside]))  # long names leave less of it to the bars
    y, parts = 0.0, []
    for title, rows in groups:
        y += 16
        parts.append(_text(0, y - 2, title, _MUTED))
        for place, (name, words, value) in enumerate(rows):
            wide = max(2.0, value / most * room)
            fill = _BAR_FILLS[place]
            parts.append(f'<rect x="1" y="{y + 3:.0f}" width="{wide:.1f}" height="{_BAR}" {fill}/>')
            style = _BOLD if place == 0 else ""
            parts.append(_text(wide + _BESIDE, y + 3 + _BAR - 2, f"{words} {name}", style))
            y += _PITCH
        y += 6
    return _svg(WIDTH, y, *parts)


def gaps(rows: Sequence[tuple[str, float]], title: str) -> Markup:
    """Return how far above or below a level each of a few years was, from a line at zero."""
    most = max(abs(gap) for _, gap in rows) or 1.0
    has_below, has_above = any(gap < 0 for _, gap in rows), any(gap > 0 for _, gap in rows)
    room = 150.0 if has_below != has_above else 75.0
    start = 60 + (room if has_below else 0)
    parts, y = [_text(0, 14, title, _MUTED)], 22.0
    for place, (year, gap) in enumerate(rows):
        wide = max(2.0, abs(gap) / most * room)
        x = start if gap >= 0 else start - wide
        fill = _NAVY if place == len(rows) - 1 else _GREY
        style = _BOLD if place == len(rows) - 1 else ""
        parts += [
            _text(0, y + 15, year),
            f'<rect x="{x:.1f}" y="{y + 2:.0f}" width="{wide:.1f}" height="16" {fill}/>',
            _text(max(start, x + wide) + 7, y + 15, f"{abs(gap):.1f}", style),
        ]
        y += 24
    parts.append(f'<path d="M{start} 22V{y:.0f}" stroke="{theme.INK}" stroke-width="1.5"/>')
    return _svg(WIDTH, y + 4, *parts)


def share(percent: float, name: str, left: str, right: str) -> Markup:
    """Return a bar of 100 parts, filled up to a place that bears a name, with words at both ends."""
    x = 2 + (WIDTH - 4) * percent / 100
    anchor = "end" if percent > 60 else "start" if percent < 40 else "middle"
    return _svg(
        WIDTH,
        66,
        _text(min(max(x, 2), WIDTH - 2), 13, name, _BOLD, anchor),
        f'<rect x="2" y="24" width="{WIDTH - 4}" height="20" {_HOLLOW}/>',
        f'<rect x="2" y="24" width="{x - 2:.1f}" height="20" {_GREY}/>',
        f'<rect x="{x - 3:.1f}" y="18" width="6" height="32" {_NAVY}/>',
        _text(2, 62, left, _MUTED),
        _text(WIDTH - 2, 62, right, _MUTED, "end"),
    )


def places(percents: Sequence[float], low: str, high: str) -> Markup:
    """Return places on a scale of 0 to 100, the highest full and named by its number."""
    ordered = sorted(percents)
    xs = [8 + (WIDTH - 16) * value / 100 for value in ordered]
    marks = [f'<circle cx="{x:.1f}" cy="30" r="7" {_HOLLOW}/>' for x in xs[:-1]]
    marks.append(f'<circle cx="{xs[-1]:.1f}" cy="30" r="8" {_NAVY}/>')
    names = [_text(xs[-1], 15, f"{ordered[-1]:.0f}", _BOLD, "middle")]
    if xs[-1] - xs[0] > 30:
        names.append(_text(xs[0], 15, f"{ordered[0]:.0f}", "", "middle"))
    line = f'<path d="M8 30H{WIDTH - 8}" stroke="{theme.QUIET}" stroke-width="1.5"/>'
    ends = [_text(2, 57, low, _MUTED), _text(WIDTH - 2, 57, high, _MUTED, "end")]
    return _svg(WIDTH, 62, line, *marks, *names, *ends)


def state(words: str, *, is_dashed: bool) -> Markup:
    """Return a box with the words of a state; dashed where nothing is decided."""
    dashes = ' stroke-dasharray="6 4"' if is_dashed else ""
    return _svg(
        WIDTH,
        48,
        f'<rect x="2" y="4" width="{WIDTH - 4}" height="38" {_HOLLOW}{dashes}/>',
        _text(WIDTH / 2, 28, words, _BOLD, "middle"),
    )


def spine(
    wards: Sequence[float],
    here: float,
    limits: tuple[float, float] | None,
    wider: Sequence[float],
    words: str,
) -> Markup:
    """Return the borough's lowest to highest ward on a line, this ward with its limits upon it.

    ``wider``: the borough's figure (a square), then England's (a diamond), those that there are.
    ``words`` stand for the drawing where it is not seen.
    """
    numbers = [*wards, here, *(limits or ()), *wider]
    low, high = min(numbers), max(numbers)
    room, wide = (high - low) or 1.0, 116

    def at(value: float) -> float:
        return 7 + (wide - 14) * (value - low) / room

    ticks = "".join(f"M{at(value):.1f} 8v6" for value in wards)
    parts = [
        f'<path d="M{at(min(wards)):.1f} 11H{at(max(wards)):.1f}{ticks}" '
        f'stroke="{theme.QUIET}" stroke-width="1"/>'
    ]
    shapes = (
        lambda x: f'<rect x="{x - 4:.1f}" y="7" width="8" height="8" {_GREY}/>',
        lambda x: f'<path d="M{x:.1f} 5l6 6l-6 6l-6-6z" {_HOLLOW}/>',
    )
    parts += [shape(at(value)) for shape, value in zip(shapes, wider, strict=False)]
    if limits:
        parts.append(
            f'<path d="M{at(limits[0]):.1f} 11H{at(limits[1]):.1f}" '
            f'stroke="{theme.NAVY}" stroke-width="4"/>'
        )
    parts.append(f'<circle cx="{at(here):.1f}" cy="11" r="5.5" {_NAVY}/>')
    seen = _svg(wide, 22, *parts)
    label = Markup('role="img" aria-label="{}"').format(words)
    return Markup(seen.replace('aria-hidden="true"', label, 1))
