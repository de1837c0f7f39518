"""From a matplotlib figure to a small inline SVG, with a name for those who cannot see it."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from io import StringIO
from xml.etree import ElementTree

from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from darlington_analysis.pages.components.theme import POINT, TEXT_POINTS

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
