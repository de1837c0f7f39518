"""What a page's mark-up amounts to: its headings, and what would shut a reader out."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser

from markupsafe import escape

# First in every page's head: nothing runs, nothing is loaded, nothing is sent.
POLICY = (
    '<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="default-src '
    "'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'\">"
)
HEAD = f'<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n{POLICY}\n'
_HEADING = re.compile(r"<h([1-6])\b([^>]*)>(.*?)</h\1>", re.DOTALL | re.IGNORECASE)
_TAG, _ID = re.compile(r"<[^>]*>"), re.compile(r'\bid="([^"]*)"')
_LOADS = {"script", "iframe", "object", "embed", "link", "base", "form"}
_SOURCES = {"src", "srcset", "poster", "data", "background"}
_LOADED_STYLE = re.compile(r"@import|url\(\s*['\"]?(?!#|data:)")
_PLACEHOLDER = "No description has been provided for this image"


@dataclass(frozen=True)
class Heading:
    """One heading: its level, its id and its words."""

    level: int
    id: str
    words: str


def with_heading_ids(body: str) -> tuple[str, list[Heading]]:
    """Return the body with an id on every heading, and the headings in order.

    Ids come from the words, so that a link into a pack outlives the next edition; an id that is
    there already stays. Each h2 is numbered by ``data-section``.
    """
    taken = set(_ID.findall(body))
    headings: list[Heading] = []

    def name(found: re.Match) -> str:
        level, attributes, inner = int(found[1]), found[2], found[3]
        words = " ".join(unescape(_TAG.sub("", inner)).split())
        own = _ID.search(attributes)
        heading = Heading(level, own[1] if own else _free(_slug(words), taken), words)
        headings.append(heading)
        marks = f' id="{escape(unescape(heading.id))}"'
        if level == 2:
            marks += f' data-section="{sum(one.level == 2 for one in headings)}"'
        return f"<h{level}{marks}{_ID.sub('', attributes).rstrip()}>{inner}</h{level}>"

    return _HEADING.sub(name, body), headings


def _slug(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-") or "section"


def _free(slug: str, taken: set[str]) -> str:
    found = next(
        one
        for n in range(1, len(taken) + 3)
        if (one := slug if n == 1 else f"{slug}-{n}") not in taken
    )
    taken.add(found)
    return found


def heading_faults(headings: Iterable[Heading]) -> list[str]:
    """Return what is wrong with the headings: not one h1, a level skipped, one without words."""
    headings = list(headings)
    tops = sum(heading.level == 1 for heading in headings)
    faults = [] if tops == 1 else [f"{tops} headings of level 1 in place of one"]
    faults += ["a heading without words" for heading in headings if not heading.words]
    above = 0
    for heading in headings:
        if heading.level > above + 1:
            faults.append(f"level {above} is followed by {heading.level}: {heading.words!r}")
        above = heading.level
    return faults


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.faults: list[str] = []
        self.ids: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids.update([given["id"]] if given.get("id") else [])
        if tag in _LOADS:
            self.faults.append(f"a <{tag}> element")
        if tag == "img" and given.get("alt", _PLACEHOLDER) in (None, _PLACEHOLDER):
            self.faults.append("an image without alt text")
        for key, words in given.items():
            self.faults += _attribute_faults(tag, key, (words or "").strip())

    def handle_data(self, data: str) -> None:
        """Look into style sheets: what they load comes as data, not as an attribute."""
        if self.cdata_elem == "style" and _LOADED_STYLE.search(data):
            self.faults.append("a style sheet loads a file")


def _attribute_faults(tag: str, key: str, words: str) -> list[str]:
    if key.startswith("on"):
        return [f"a script in {key} of <{tag}>"]
    if key == "href" and words.lower().startswith("javascript:"):
        return [f"a script in the link of <{tag}>"]
    if key in _SOURCES and not words.startswith("data:"):
        return [f"<{tag}> loads {words!r}"]
    if key == "href" and tag in ("use", "image") and not words.startswith(("#", "data:")):
        return [f"<{tag}> loads {words!r}"]
    if key == "style" and _LOADED_STYLE.search(words):
        return [f"the style of <{tag}> loads a file"]
    return []


def has_policy(html: str) -> bool:
    """True where a page begins as ours do, its content policy before all that it could forbid."""
    return html.startswith(HEAD)


def page_faults(html: str) -> list[str]:
    """Return what would shut a reader out: scripts, loads, images without words, ids used twice."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    twice = [f"the id {name!r} is used {n} times" for name, n in reader.ids.items() if n > 1]
    return reader.faults + twice
