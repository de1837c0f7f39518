"""A figure: its message, what it measures, the drawing, the table behind it, where from."""

import re

import pandas as pd
from markupsafe import Markup, escape

from darlington_analysis.core.errors import SchemaError
from darlington_analysis.pages.components import blocks, theme

ADDRESS = "Link to this figure:"
_ID = re.compile(r'(?<=\bid=")([^"]+)(?=")|(?<=url\(#)([^)]+)(?=\))|(?<=href="#)([^"]+)(?=")')
_HEIGHT, _TALL = re.compile(r'<svg\b[^>]*\bheight="(\d+)"'), 800
_WIDTH = re.compile(r'<svg\b[^>]*\bwidth="(\d+)"')


def source_line(rows: pd.DataFrame, provenance: dict) -> str:
    """Return who published the rows of a figure, and which edition of theirs it is."""
    stories = provenance["sources"]
    named = dict.fromkeys(
        f"{stories[path]['title']} ({stories[path]['publisher']})"
        for path in rows.source
        if path in stories
    )
    return f"Source: {'; '.join(named)}."


def figure(
    svg: str,
    *,
    figure_id: str,
    title: str,
    subtitle: str,
    alt: str,
    table_html: str,
    source_line: str,
    beside: bool = False,
    from_right: bool = False,
) -> Markup:
    """Return a ``<figure>``: title, subtitle, drawing with its name, table, source and address.

    ``figure_id`` is unique on its page. ``alt`` says what the drawing shows. ``table_html`` comes
    from ``tables.table``. On paper, ``beside`` puts a long narrow table at the drawing's side. A
    wide drawing keeps its size on a phone, in a box of its own that scrolls; with ``from_right`` it
    shows the drawing's right end first.

    Raises:
        SchemaError: words that a reader needs are empty, or the table is missing.
    """
    words = {"title": title, "subtitle": subtitle, "alt": alt, "source_line": source_line}
    _refuse_empty(figure_id, words, table_html)
    return Markup(
        '<figure class="figure{}" id="{}"><figcaption><p class="figure-title">{}</p>'
        '<p class="figure-subtitle">{}</p></figcaption>{}{}'
        '<p class="source"><span class="from">{}</span> '
        '<span class="address">{} <a href="#{}">#{}</a></span></p></figure>'
    ).format(
        " beside" if beside else "",
        figure_id,
        title,
        subtitle,
        _boxed(described(svg, figure_id, title, alt), title, " from-right" if from_right else ""),
        _table(table_html, beside=beside),
        source_line,
        ADDRESS,
        figure_id,
        figure_id,
    )


def _refuse_empty(figure_id: str, words: dict[str, str], table_html: str) -> None:
    empty = [name for name, given in words.items() if not given.strip()]
    if empty or "<table" not in table_html:
        raise SchemaError(
            f"Figure {figure_id!r} is not whole: {', '.join(empty) or 'its table'} missing",
            "A figure has a title, a subtitle, alt text, a table and a source line",
            "give them to figure.figure",
        )


def described(svg: str, figure_id: str, title: str, alt: str) -> str:
    """Return the SVG with a title and a description, and ids that are this figure's own.

    A drawing that holds links is a group: inside an image they could not be reached.
    """
    drawing = _ID.sub(lambda match: f"{figure_id}-{match[0]}", svg)
    height = float(_HEIGHT.search(drawing)[1])
    size = ' class="tall"' if height > _TALL else ""
    role = "group" if "<a " in drawing else "img"
    start, rest = drawing.split(">", 1)
    return (
        f'{start}{size} role="{role}" aria-labelledby="{figure_id}-title {figure_id}-desc">'
        f'<title id="{figure_id}-title">{escape(title)}</title>'
        f'<desc id="{figure_id}-desc">{escape(alt)}</desc>{rest}'
    )


def _table(html: str, *, beside: bool) -> Markup:
    # A table itself does not make room for what floats beside it, on every printer; a box does.
    box = Markup('<div class="beside-table">{}</div>') if beside else Markup("{}")
    return box.format(Markup(html))


def _boxed(svg: str, title: str, end: str) -> Markup:
    """Return a wide drawing in a box that may scroll: with no link in it, a Tab stop of its own."""
    if float(_WIDTH.search(svg)[1]) < theme.MAP_WIDTH:
        return Markup(svg)
    stop = Markup("") if "<a " in svg else Markup(' tabindex="0"')
    return Markup(
        '<p class="swipe">{}</p><div class="wide{}" role="region" aria-label="{}"{}>{}</div>'
    ).format(blocks.SWIPE, end, title, stop, Markup(svg))
