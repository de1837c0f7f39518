"""From a matplotlib figure to a small inline SVG, with a name for those who cannot see it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from io import StringIO
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pandas as pd
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from darlington_analysis.pages.components.theme import POINT, TEXT_POINTS, know_fonts

MARK = "mark:"  # a group with this at the start of its gid keeps it, as data-mark
WHEN = "when:"  # and with this, as data-when: see picking.py

_SVG, _LINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"
_FONTS = "'Helvetica Neue',Arial,'Liberation Sans',sans-serif"
_LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}")


def blank(width: float, height: float) -> Figure:
    """Return an empty figure of ``width`` by ``height`` CSS pixels."""
    figure = Figure(figsize=(width / 96, height / 96), dpi=72)
    FigureCanvasSVG(figure)
    return figure


@lru_cache(maxsize=4096)
def text_width(words: str, points: float = TEXT_POINTS, *, bold: bool = False) -> float:
    """Return how many CSS pixels wide the words stand, measured in DejaVu Sans."""
    know_fonts()
    font = FontProperties(family="DejaVu Sans", weight="bold" if bold else "normal", size=points)
    width, _, _ = text_to_path.get_text_width_height_descent(words, font, ismath=False)
    return float(width) * POINT


def spread(places: Sequence[float], gaps: Sequence[float] | float) -> list[float]:
    """Return places moved apart, in the same order, as little as keeps them ``gaps`` apart.

    ``gaps`` is the room each place needs, centred on it; one number serves all.
    """
    rooms = [gaps] * len(places) if isinstance(gaps, int | float) else list(gaps)
    order = sorted(range(len(places)), key=lambda index: (places[index], index))
    heaps: list[list[int]] = []
    for index in order:
        heaps.append([index])
        while len(heaps) > 1 and _end(heaps[-2], places, rooms) > _start(heaps[-1], places, rooms):
            heaps[-2:] = [heaps[-2] + heaps[-1]]
    moved = dict[int, float]()
    for heap in heaps:
        edge = _start(heap, places, rooms)
        for index in heap:
            moved[index] = edge + rooms[index] / 2
            edge += rooms[index]
    return [moved[index] for index in range(len(places))]


def _start(heap: Sequence[int], places: Sequence[float], rooms: Sequence[float]) -> float:
    # The heap keeps its members in order and side by side, as near their own places as it can.
    offsets, total = [], 0.0
    for index in heap:
        offsets.append(places[index] - (total + rooms[index] / 2))
        total += rooms[index]
    return sum(offsets) / len(offsets)


def _end(heap: Sequence[int], places: Sequence[float], rooms: Sequence[float]) -> float:
    return _start(heap, places, rooms) + sum(rooms[index] for index in heap)


def to_svg(figure: Figure) -> str:
    """Return the figure as an SVG with its words as words, the same bytes every time.

    Must run inside ``theme.look()``.
    """
    return written(to_elements(figure))


def written(element: ElementTree.Element) -> str:
    """Return an element as text."""
    return ElementTree.tostring(element, encoding="unicode").replace(" />", "/>")


def to_elements(figure: Figure) -> ElementTree.Element:
    """Return the figure as the elements of an SVG; must run inside ``theme.look()``."""
    saved = StringIO()
    figure.savefig(saved, format="svg", metadata={"Date": None, "Creator": None})
    root = ElementTree.fromstring(saved.getvalue())
    width, height = (round(float(root.get(key)[:-2]) * POINT) for key in ("width", "height"))
    view = root.get("viewBox")
    used = set(re.findall(r"[#]([A-Za-z][\w.-]*)", saved.getvalue()))
    _tidy(root, used)
    root.attrib.clear()
    root.attrib.update(
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": view,
            "width": str(width),
            "height": str(height),
            "font-family": _FONTS,
            "stroke-linejoin": "round",
        }
    )
    return root


def _tidy(parent: ElementTree.Element, used: set[str]) -> None:
    kept: list[ElementTree.Element] = []
    for child in list(parent):
        child.tag = child.tag.replace(_SVG, "")
        _tidy(child, used)
        _shorten(child, used)
        child.tail = None
        if child.tag == "g" and not child.attrib:
            kept.extend(child)  # a group that says nothing
        elif not _is_nothing(child):
            kept.append(child)
    parent.tag = parent.tag.replace(_SVG, "")
    parent[:] = kept
    if parent.tag not in ("text", "tspan"):
        parent.text = None


def _is_nothing(element: ElementTree.Element) -> bool:
    is_empty = element.tag in ("g", "defs") and not len(element)
    is_unseen = element.tag == "path" and element.get("style") == "fill:none"
    return is_empty or is_unseen or element.tag in ("metadata", "style")


def _shorten(element: ElementTree.Element, used: set[str]) -> None:
    for key, words in list(element.attrib.items()):
        del element.attrib[key]
        if key == "id" and words.startswith(MARK):
            element.set("data-mark", words.removeprefix(MARK))
        elif key == "id" and words.startswith(WHEN):
            element.set("data-when", words.removeprefix(WHEN))
        elif key == "style":
            element.set(key, _style(words))
        elif key == "transform" and words.startswith("rotate(-0 "):
            continue
        elif key != "id" or words in used:
            element.set(key.replace(_LINK, ""), _rounded(words))


def _style(words: str) -> str:
    parts = (part.strip().replace(": ", ":") for part in words.split(";"))
    return ";".join(_rounded(part) for part in parts if part and not part.startswith("font-family"))


def _rounded(words: str) -> str:
    if words.startswith("#"):
        return words
    return _LONG_NUMBER.sub(lambda number: f"{float(number[0]):.2f}", " ".join(words.split()))


def link(root: ElementTree.Element, links: Mapping[str, tuple[str, str]]) -> None:
    """Make each marked group that has an address one link with its accessible name."""
    for parent in list(root.iter()):
        for place, child in enumerate(list(parent)):
            if child.get("data-mark") in links:
                address, name = links[child.get("data-mark")]
                anchor = ElementTree.Element("a", {"href": address, "aria-label": name})
                anchor.append(child)
                parent[place] = anchor


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
