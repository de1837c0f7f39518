"""What can be checked of an edition's pages together: where links lead, and names used once."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from darlington_analysis.pages.page import PACK

_LINK = re.compile(r'<a\b[^>]*\bhref="([^"]*)"')
_NAME = re.compile(r'\bid="([^"]+)"')
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_WARD = re.compile(r"E\d{8}-[a-z0-9-]+")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)

Pages = dict[Path, str]
Found = Iterator[tuple[Path, str]]


def edition_faults(folder: Path, pages: list[Path]) -> Found:
    """Yield each page of an edition with what is wrong between it and the others."""
    read = {page: page.read_text("utf-8") for page in pages}
    for name, check in CHECKS.items():
        for page, fault in check(folder, read):
            yield page, f"{name}: {fault}"


def dead_links(folder: Path, pages: Pages) -> Found:
    """Yield links to a file that is not there, outside the reports, or to no place on a page.

    A pack that no run has made yet, and an edition that is not published, may be missing.
    """
    names = {page.resolve(): set(_NAME.findall(html)) for page, html in pages.items()}
    inside = folder.resolve().parent
    for page, html in pages.items():
        for given in _LINK.findall(html):
            address = unquote(unescape(given))
            if _ELSEWHERE.match(address):
                continue
            file, _, place = address.partition("#")
            leads = (page.parent / file).resolve() if file else page.resolve()
            is_there = leads.is_file() or _is_not_made_yet(leads, inside)
            is_lost = place and leads in names and place not in names[leads]
            if not is_there or is_lost or not leads.is_relative_to(inside):
                yield page, f"{address} leads nowhere"


def _is_not_made_yet(leads: Path, reports: Path) -> bool:
    """True for the pack of a ward whose folder, or whose whole edition, is not there."""
    is_pack = leads.name == PACK and leads.parents[2] == reports
    return is_pack and _WARD.fullmatch(leads.parent.name) and not leads.parent.exists()


def titles(folder: Path, pages: Pages) -> Found:
    """Yield pages whose title another page of the edition has, or which have none."""
    said = {page: _TITLE.search(html) for page, html in pages.items()}
    words = {page: unescape(found[1]).strip() if found else "" for page, found in said.items()}
    often = Counter(words.values())
    yield from (
        (page, f"{title!r}") for page, title in words.items() if not title or often[title] > 1
    )


CHECKS: dict[str, Callable[[Path, Pages], Found]] = {
    "links lead somewhere": dead_links,
    "titles are used once": titles,
}
