"""What axe cannot see: a narrow screen, words at twice their size, and a walk with the Tab key."""

import re
from typing import Any

_SIDE = re.compile(rb"/Type\s*/Page\b")  # one for each side of a PDF that Chromium writes
_ROOM = """() => { const root = document.documentElement;
  return root.scrollWidth - root.clientWidth }"""
# Words that no longer fit a box which hides what does not fit (WCAG 1.4.4 and 1.4.12).
_CUT = """() => [...document.querySelectorAll('main *, header *, footer *')].filter(one => {
  const style = getComputedStyle(one);
  return style.overflowX === 'hidden' && one.scrollWidth > one.clientWidth + 1
    || style.overflowY === 'hidden' && one.scrollHeight > one.clientHeight + 1 }).length"""
_SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
  word-spacing: .16em !important } p { margin-bottom: 2em !important }"""
_STOPS = """() => { window.stops = [...document.querySelectorAll(
    'a[href], button, input, select, textarea, summary, [tabindex="0"]')]
    .filter(one => one.getClientRects().length
      && !one.closest('details:not([open]) > :not(summary)'));  // what is folded away is no stop
  return {count: stops.length, wrong: document.querySelectorAll(
    '[tabindex]:not([tabindex="0"]):not([tabindex="-1"])').length} }"""
_STANDS = """() => { const now = document.activeElement, style = getComputedStyle(now);
  const path = now.querySelector('path'), box = now.getBoundingClientRect();
  return {place: stops.indexOf(now),
    seen: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
      || path !== null && parseFloat(getComputedStyle(path).strokeWidth) >= 4,
    inside: box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight,
    words: now.textContent.trim() || now.getAttribute('aria-label') || ''} }"""


def reflow_faults(page: Any) -> list[str]:
    """Return what is wrong with a page on a narrow screen: it scrolls sideways (WCAG 1.4.10)."""
    over = page.evaluate(_ROOM)
    return [f"the page is {over} pixels wider than the screen"] if over > 0 else []


def large_text_faults(page: Any) -> list[str]:
    """Return what is lost with words at twice their size, then with wide spaces too."""
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    faults = [f"at 200% text {fault}" for fault in _lost(page)]
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.add_style_tag(content=_SPACED)
    return faults + [f"with wide spacing {fault}" for fault in _lost(page)]


def keyboard_faults(page: Any) -> list[str]:
    """Return what a reader with a keyboard meets: a stop missed, out of order, or not to be seen.

    The first stop must be a link past the top, which leads to the page's main part.
    """
    stops = page.evaluate(_STOPS)
    faults = ["an order of its own (tabindex above 0)"] if stops["wrong"] else []
    for place in range(stops["count"]):
        page.keyboard.press("Tab")
        stands = page.evaluate(_STANDS)
        if stands["place"] != place:
            return [*faults, f"Tab {place + 1} leads to {stands['words'][:60]!r}, out of order"]
        if not (stands["seen"] and stands["inside"]):
            faults.append(f"one cannot see where one is at {stands['words'][:60]!r}")
    return faults + _skip_faults(page)


def sheet_faults(page: Any) -> list[str]:
    """Return what is wrong with a meeting sheet on paper: it is not one side of A4."""
    if not page.evaluate("document.querySelector('.sheet') !== null"):
        return []
    sides = len(_SIDE.findall(page.pdf(prefer_css_page_size=True)))
    return [] if sides == 1 else [f"it takes {sides} sides of A4, not one"]


def _skip_faults(page: Any) -> list[str]:
    page.evaluate("scrollTo(0, 0); stops[0].focus()")
    page.keyboard.press("Enter")
    leads = page.evaluate(
        "location.hash === '#main' && document.activeElement === document.querySelector('main')"
    )
    return [] if leads else ["the first stop does not lead past the top"]


def _lost(page: Any) -> list[str]:
    cut = page.evaluate(_CUT)
    return [*reflow_faults(page), *([f"{cut} boxes cut their words off"] if cut else [])]
