"""What a page holds besides its text, and one way of writing what can be written in many.

Attributes, style sheets and scripts may say a number that no element shows. Letters that cannot be
seen, and digits and letters of other scripts, may hide one from whoever looks for it.
"""

import base64
import binascii
import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from bs4 import Tag

# Soft hyphens, joiners, marks of direction, selectors of a letter's form, tags, empty letters.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_ALIKE = str.maketrans(
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0406\u0430\u0435\u043e"
    "\u0440\u0441\u0443\u0445\u0456\u0455\u0391\u0392\u0395\u0397\u0399\u039a\u039c\u039d\u039f"
    "\u03a1\u03a4\u03a7\u03bf",
    "ABEKMHOPCTXIaeopcyxisABEHIKMNOPTXo",
)


def plain(words: str) -> str:
    """Return words with one way of writing each letter and digit, and none that can't be seen.

    A sign that stands for a whole number in any script becomes that number; Cyrillic and Greek
    letters that look like Latin ones become those.
    """
    if not words.isascii():
        words = unicodedata.normalize("NFKC", words)
        words = "".join(map(_digits, _UNSEEN.sub("", words).translate(_ALIKE)))
    return " ".join(words.split())


def _digits(letter: str) -> str:
    """Return the digits that a sign stands for, or the sign where it stands for none."""
    number = None if letter.isascii() else unicodedata.numeric(letter, None)
    return letter if number is None or number != int(number) else str(int(number))


# Numbers in words, and Roman ones to 89.
_UNITS = "one|two|three|four|five|six|seven|eight|nine"
_TENS = r"(?:twen|thir|for|fif|six|seven|eigh|nine)ty"
_TEENS = "ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
WORDS = rf"\b(?:zero|nil|{_TENS}(?:[ -](?:{_UNITS}))?|dozen|hundred|{_UNITS}|{_TEENS})\b"
ROMAN = r"\b(?=[ivxl])(?:xl|l?x{0,3})(?:ix|iv|v?i{0,3})\b"

# Attributes that place, paint, name or link: what they hold is no word of anybody. Sections and
# places in a table are numbered by ourselves.
_NO_WORDS = {
    *("class", "id", "style", "href", "src", "type", "name", "lang", "xmlns", "charset", "for"),
    *("role", "scope", "headers", "tabindex", "autocomplete", "hidden", "colspan", "rowspan"),
    *("d", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "ry", "dx", "dy", "points"),
    *("width", "height", "viewbox", "transform", "version", "preserveaspectratio", "start"),
    *("fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "stroke-linecap"),
    *("fill-opacity", "stroke-opacity", "opacity", "paint-order", "patternunits", "clip-path"),
    *("font-size", "font-family", "font-weight", "text-anchor", "dominant-baseline", "clip-rule"),
    *("fill-rule", "gradienttransform", "patterntransform", "offset", "refx", "refy", "orient"),
    *("markerwidth", "markerheight", "stroke-miterlimit", "baseline-shift", "data-section"),
    *("data-place",),
}
_RUNS = re.compile(rb"[\x20-\x7e]{8,}")  # letters among the bytes of a picture


def of_attributes(element: Tag) -> Iterator[str]:
    """Yield the words that an element's attributes hold, shown or not."""
    for name, value in element.attrs.items():
        words = str(value or "")
        if name == "style":
            yield from of_style(words)
        elif words.lstrip().lower().startswith("data:"):
            yield from _of_data(words)
        elif name not in _NO_WORDS:
            yield words


def _of_data(address: str) -> Iterator[str]:
    """Yield the words in what an address holds itself: of a text, or beside a picture's dots."""
    kind, _, written = address.partition(",")
    content = unquote_to_bytes(written)
    if kind.lower().rstrip().endswith("base64"):
        try:
            content = base64.b64decode(content)
        except binascii.Error:
            return
    if "text" in kind.lower() or "xml" in kind.lower() or "json" in kind.lower():
        yield content.decode("utf-8", "replace")
    else:
        yield from (run.decode("ascii") for run in _RUNS.findall(content))


_STRINGS = re.compile(r"""/\*(.*?)\*/|"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'""", re.DOTALL)
_COUNTERS = re.compile(r"counter-(?:reset|set|increment)\s*:([^;}]*)", re.IGNORECASE)
_NAMED = re.compile(r"--[\w-]+\s*:\s*([-+.\d\s]+)(?=[;}]|$)")
_ESCAPED = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")  # a letter of a style sheet by its number


def of_style(style: str) -> Iterator[str]:
    """Yield what a style sheet, or an element's style, can say: strings, comments and counters."""
    for found in _STRINGS.findall(style):
        yield unescaped("".join(found))
    for counted in (*_COUNTERS.findall(style), *_NAMED.findall(style)):
        yield from re.findall(r"\d+", counted)


def unescaped(style: str) -> str:
    """Return a style with each letter that is written by its number as a browser reads it."""
    return _ESCAPED.sub(lambda match: chr(min(int(match[1], 16), 0x10FFFF)), style)


def of_drawn(texts: list[Tag]) -> Iterator[str]:
    """Yield the words that are drawn in a picture, each number with the label on its line.

    A number that has no label on its line is a mark of an axis.
    """
    lines: list[tuple[str, float, float]] = []
    for text in texts:
        drawn = [part for part in text.find_all(string=True) if part.parent.name in _DRAWN]
        words, apart = plain("".join(drawn)), plain(" ".join(drawn))
        lines.append((words, _place(text, "x"), _place(text, "y")))
        yield from dict.fromkeys(one for one in (words, apart) if not _IS_NUMBER.fullmatch(one))
    labels = [line for line in lines if not _IS_NUMBER.fullmatch(line[0])]
    for words, across, down in lines:
        beside = [label for label in labels if abs(label[2] - down) <= _SAME_LINE]
        if _IS_NUMBER.fullmatch(words) and words and beside:
            nearest = min(beside, key=lambda label: abs(label[1] - across))
            yield f"{nearest[0]}: {words}"


_DRAWN = ("text", "tspan", "textpath", "a")
_SAME_LINE = 1.0  # of a picture's own units: what is written on one line
_IS_NUMBER = re.compile(r"[\W\d]*")


def _place(text: Tag, axis: str) -> float:
    """Return where a text is drawn, 0 where it does not say so itself."""
    named = next((one[axis] for one in [text, *text.find_all(True)] if one.get(axis)), "0")
    number = re.match(r"\s*[-+]?(?:\d+\.?\d*|\.\d+)", named)
    return float(number[0]) if number else 0.0
