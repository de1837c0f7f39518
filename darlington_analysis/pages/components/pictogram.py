"""Numbers as people: so many squares of a hundred, filled; the rest are outlines."""

from darlington_analysis.pages.components import theme

_COLUMNS, _PITCH, _SIDE = 20, 10, 7  # CSS pixels


def squares(filled: int, out_of: int = 100) -> str:
    """Return an SVG of ``out_of`` small squares, the first ``filled`` of them full.

    It is hidden from screen readers: the number stands in words beside it. It carries its own
    colours, as some printers take none from a style sheet. Raises ValueError where more are filled
    than there are.
    """
    if not 0 <= filled <= out_of:
        raise ValueError(f"{filled} of {out_of} squares can't be filled")
    width, height = _COLUMNS * _PITCH, -(-out_of // _COLUMNS) * _PITCH
    full = "".join(_square(place) for place in range(filled))
    empty = "".join(_square(place) for place in range(filled, out_of))
    return (
        f'<svg class="people" aria-hidden="true" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}"><title>{filled} in {out_of}</title>'
        f'<path fill="{theme.NAVY}" stroke="{theme.NAVY}" d="{full}"/>'
        f'<path fill="none" stroke="{theme.QUIET}" d="{empty}"/></svg>'
    )


def _square(place: int) -> str:
    row, column = divmod(place, _COLUMNS)
    return f"M{column * _PITCH + 1} {row * _PITCH + 1}h{_SIDE}v{_SIDE}h-{_SIDE}z"
