"""Plots that an analyst draws in a notebook, named in words for readers who cannot see them."""

import base64
from io import BytesIO

from markupsafe import escape

NOTHING = "A plot without words."
PARTS = "A plot of {count} parts: {titles}."
LABELS = {"across": "Across", "up": "Up"}


def picture(figure) -> str:
    """Return a figure of matplotlib as an image in HTML: ``figure.set_label`` gives its words."""
    content = BytesIO()
    figure.savefig(content, format="png", bbox_inches="tight")
    words = escape(figure.get_label() or described(figure))
    encoded = base64.b64encode(content.getvalue()).decode("ascii")
    return f'<img alt="{words}" src="data:image/png;base64,{encoded}">'


def described(figure) -> str:
    """Return the words that stand in a figure: its titles, and what its axes show."""
    axes = [one for one in figure.axes if one.axison]
    titles = _once(one.get_title() for one in axes)
    named = {
        "across": _once(one.get_xlabel() for one in axes),
        "up": _once(one.get_ylabel() for one in axes),
    }
    for side, labels in named.items():
        if not labels and axes:  # names of rows or columns, as a heat map has them
            ticks = axes[-1].get_xticklabels() if side == "across" else axes[-1].get_yticklabels()
            named[side] = _once(tick.get_text() for tick in ticks)
    parts = [PARTS.format(count=len(titles), titles="; ".join(titles))] if len(titles) > 1 else []
    parts += [f"{titles[0]}."] if len(titles) == 1 else []
    parts += [f"{LABELS[side]}: {'; '.join(words)}." for side, words in named.items() if words]
    return " ".join(parts) or NOTHING


def _once(words) -> list[str]:
    """Return the words that are not empty, each once, in their order."""
    return list(dict.fromkeys(word for word in words if word.strip()))
