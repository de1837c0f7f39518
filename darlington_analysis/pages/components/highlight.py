"""One drawing for every ward: drawn once with each ward picked out and not, then put together.

A chart of all wards differs from ward to ward only in which of them is picked out. What is drawn
for a ward in both ways is tagged (``Variant``), and ``Drawing.picking`` leaves one of the two.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pandas as pd
from matplotlib.figure import Figure

from darlington_analysis.pages.components.drawing import MARK, WHEN, link, to_elements, written

_SLOT = re.compile(r'<slot n="(\d+)"/>')
_MARKED = f"|{MARK}"
DRAWINGS_KEPT = 256  # a pack has a dozen, an edition as many: more would be another edition's


class Variant(NamedTuple):
    """One ward as it is drawn: as the picked one, or as one of the others."""

    code: str
    is_picked: bool

    def gid(self, *, is_mark: bool = False) -> str:
        """Return the gid of an artist that is seen in this variant alone."""
        side = "picked" if self.is_picked else "other"
        return f"{WHEN}{side}:{self.code}{_MARKED + self.code if is_mark else ''}"


def variants(code: str) -> tuple[Variant, Variant]:
    """Return both variants of a ward."""
    return Variant(code, is_picked=False), Variant(code, is_picked=True)


@dataclass(frozen=True)
class Drawing:
    """An SVG in pieces: text that is always there, and what is there in one variant of a ward."""

    pieces: tuple[str | tuple[Variant, str], ...]

    def picking(self, code: str | None) -> str:
        """Return the SVG with this area picked out, or none."""
        return "".join(
            piece if isinstance(piece, str) else _seen(*piece, code) for piece in self.pieces
        )


def _seen(variant: Variant, words: str, code: str | None) -> str:
    return words if variant.is_picked == (variant.code == code) else ""


def to_drawing(figure: Figure, links: Mapping[str, tuple[str, str]] | None = None) -> Drawing:
    """Return a figure whose artists are tagged with variants; must run inside ``theme.look()``.

    ``links``: mark → (address, accessible name), as for ``drawing.to_svg``.
    """
    root = to_elements(figure)
    link(root, links or {})
    kept, shapes = [], ElementTree.Element("defs")
    for parent in list(root.iter()):
        for place, child in enumerate(list(parent)):
            if "data-when" in child.attrib:
                parent[place] = ElementTree.Element("slot", {"n": str(len(kept))})
                _take_shapes(child, shapes)
                kept.append((_variant(child), _inside(child)))
    if len(shapes):
        root.insert(0, shapes)
    texts = _SLOT.split(written(root))
    pieces = [text if place % 2 == 0 else kept[int(text)] for place, text in enumerate(texts)]
    return Drawing(tuple(pieces))


def _take_shapes(element: ElementTree.Element, shapes: ElementTree.Element) -> None:
    """Move the shapes that others refer to out of a variant, which may not be there."""
    for parent in list(element.iter()):
        for child in list(parent):
            if child.tag == "defs":
                shapes.extend(child)
                parent.remove(child)


def _variant(element: ElementTree.Element) -> Variant:
    name, _, mark = element.attrib.pop("data-when").partition(_MARKED)
    if mark:
        element.set("data-mark", mark)
    side, _, code = name.partition(":")
    return Variant(code, side == "picked")


def _inside(element: ElementTree.Element) -> str:
    """Return the element as text, without a group that says nothing."""
    return written(element) if element.attrib else "".join(map(written, element))


@dataclass(frozen=True)
class CacheKey:
    """Something to draw that is equal to any other with the same ``key``."""

    key: str = field(repr=False)
    thing: Any = field(compare=False)


def cache_key(frame: pd.DataFrame) -> CacheKey:
    """Return a table that is equal to any other of the same columns and values."""
    return CacheKey(repr((list(frame), frame.to_numpy(object).tolist())), frame)


def cached_drawing(draw):
    """Keep what a function drew for as long as it is asked for the same again."""
    return lru_cache(maxsize=DRAWINGS_KEPT)(draw)
