"""One look: the colours with their measured contrast, and how matplotlib is told of them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import resources
from pathlib import Path

# The Analysis Function's categorical palette, in its order: neighbours differ by 3:1 or more.
NAVY, TEAL, PLUM, ORANGE = "#12436D", "#28A197", "#801650", "#F46A25"
CHARCOAL = "#3D3D3D"
SERIES = (NAVY, TEAL, PLUM, CHARCOAL)

PAPER, INK, MUTED = "#FFFFFF", "#0B0C0C", "#505A5F"
QUIET = "#767676"  # dots and limits of every other ward: the palest grey that may carry text
HAIRLINE = "#CFD5D8"  # gridlines: a help to the eye that nothing depends on
SHADE = "#F3F2F1"  # backgrounds only: whatever it marks is also marked by a line and by words
WASH = "#E8EEF4"  # behind the row or the ward this page is about
HAZE = "#A9C0D6"  # the inner band of a curve; its edge is a line
SKY = "#5B94C8"  # the middle map class: 3:1 from white and 3:1 from navy

MAP_CLASSES = (PAPER, SKY, NAVY)
MAP_WORDS = (INK, INK, PAPER)  # the colour of words on each of the map classes

# Which colours stand on which, as pairs: words need 4.5:1 and marks 3:1.
WORDS_ON = (
    *((INK, ground) for ground in (PAPER, SHADE, WASH, SKY)),
    *((MUTED, ground) for ground in (PAPER, SHADE, WASH)),
    *((NAVY, ground) for ground in (PAPER, SHADE, WASH)),
    *((PLUM, ground) for ground in (PAPER, SHADE)),
    *((CHARCOAL, PAPER), (PAPER, NAVY)),
)
MARKS_ON = (
    *((colour, PAPER) for colour in (NAVY, TEAL, PLUM, ORANGE, CHARCOAL, QUIET, SKY)),
    *((colour, SHADE) for colour in (QUIET, NAVY, PLUM)),
    *((SKY, NAVY), (NAVY, TEAL), (TEAL, PLUM), (PLUM, ORANGE)),
)

_COLOURS = f"""\
  --ink: {INK}; --muted: {MUTED}; --navy: {NAVY}; --plum: {PLUM}; --charcoal: {CHARCOAL};
  --quiet: {QUIET}; --shade: {SHADE}; --wash: {WASH}; --paper: {PAPER}; --hairline: {HAIRLINE};
"""  # where the style sheet says “colours”

DRAWING_WIDTH = 560  # CSS pixels: 12 point words stay 9 px high when a phone shows it 320 wide
MAP_WIDTH = 680
POINT = 96 / 72  # CSS pixels in a point
TEXT_POINTS = 12.0

# Results of cells and of fields; a notebook's own words keep JupyterLab's look and its sizes.
_RESULTS = ".jp-OutputArea-output.jp-RenderedHTMLCommon, .jp-OutputArea-output .widget-html-content"
_NOTEBOOK = """& { --step-1: .8125rem; --step0: .875rem; --step1: 1rem; --step2: 1.25rem;
  --step3: 1.5rem; padding: .25rem .5rem; }
table.data { width: auto; } .data tbody tr { background: none; } .card-number { font-size: 1.7rem; }
.card { flex-basis: 11rem; } .figure, h2 { margin-top: .5rem; }"""
# Words of a text are not broken anywhere, as JupyterLab breaks them.
_TEXTS = (
    ".jp-OutputArea-output.jp-RenderedText pre { word-break: normal; overflow-wrap: anywhere; }"
)
UNTRUSTED = "untrusted"  # words that are seen only where the style sheet is taken away
SETTINGS = {
    "svg.fonttype": "none",  # words stay words: they can be read out, searched and enlarged
    "svg.hashsalt": "darlington",
    # DejaVu comes with matplotlib, so a drawing is measured the same on every machine; it is
    # wider than the fonts a browser will use, so what fits here fits there.
    "font.family": "DejaVu Sans",
    "font.size": TEXT_POINTS,
    "text.color": INK,
    "axes.edgecolor": QUIET,
    "axes.labelcolor": INK,
    "axes.labelsize": TEXT_POINTS,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.labelsize": TEXT_POINTS,
    "ytick.labelsize": TEXT_POINTS,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.unicode_minus": False,
    "text.parse_math": False,  # a "$" in a name is a letter like any other
    "figure.autolayout": False,
    "figure.constrained_layout.use": False,
    "savefig.bbox": None,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "savefig.facecolor": "none",
    "path.simplify": True,
    "hatch.linewidth": 1.0,
    # What rcdefaults leaves as a matplotlibrc of the user or of the working folder has it.
    "timezone": "UTC",
    "date.epoch": "1970-01-01T00:00:00",
}


@cache
def know_fonts() -> None:
    """Have matplotlib take DejaVu from its own folder, whatever a list of fonts in the user's says."""
    from matplotlib import font_manager, get_data_path

    known = font_manager.fontManager
    listed = [*known.ttflist]
    known.ttflist.clear()
    for font in sorted(Path(get_data_path(), "fonts", "ttf").glob("DejaVuSans*.ttf")):
        known.addfont(font)
    known.ttflist += listed


@contextmanager
def look() -> Iterator[None]:
    """Give matplotlib this look for as long as the block lasts, and the old look back after."""
    import matplotlib as mpl  # here, so that a page of tables alone need not load it

    know_fonts()
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(SETTINGS)
        yield


@cache
def stylesheet() -> str:
    """Return the style sheet that every page carries inside itself."""
    sheet = resources.files("darlington_analysis.pages") / "static" / "pack.css"
    return sheet.read_text(encoding="utf-8").replace("  /* colours */\n", _COLOURS, 1)


@cache
def script() -> str:
    """Return the one script that a page may carry: it narrows a table to what is wanted."""
    source = resources.files("darlington_analysis.pages") / "static" / "narrow.js"
    return source.read_text(encoding="utf-8")


def notebook_stylesheet() -> str:
    """Return the style sheet for the results of a notebook in JupyterLab, and for nothing else.

    It is the one of every page without its print, inside a rule that names results only. The words
    for a notebook that is not trusted are hidden, wherever they are shown.
    """
    screen = stylesheet().partition("@page")[0]
    scoped = re.sub(r"(^|\{ )(?::root|html|body)(?= \{)", r"\1&", screen, flags=re.MULTILINE)
    hidden = f".{UNTRUSTED} {{ display: none; }}"
    return f"{_RESULTS} {{\n{scoped}\n{_NOTEBOOK}\n}}\n{_TEXTS}\n{hidden}"


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio, 1 to 21, of two ``#RRGGBB`` colours (WCAG 2.2, 1.4.3)."""
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
