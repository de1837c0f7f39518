"""A real Chromium, opened on published pages; whatever a page asks of a network is refused."""

import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from darlington_analysis.core.errors import UsageError

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_LOCAL = ("file:", "data:", "blob:", "about:")


@dataclass(frozen=True)
class View:
    """One way of looking at a page: its name, its width in CSS pixels, screen or print."""

    name: str
    width: int
    media: str


VIEWS = (View("desktop", 1200, "screen"), View("phone", 320, "screen"), View("print", 720, "print"))


@dataclass
class Opened:
    """A page in the browser, and every address it asked for that is not on this machine."""

    page: Any
    asked_for: list[str] = field(default_factory=list)


@contextlib.contextmanager
def started() -> Iterator[Any]:
    """Give a Chromium of this machine, and close it after.

    Raises UsageError where Playwright's package or a Chromium is missing.
    """
    try:
        from playwright.sync_api import sync_playwright  # here: nothing else needs it
    except ImportError as fault:
        raise UsageError(
            "Playwright for Python is not installed",
            "It drives the Chromium that looks at the pages; making packs needs neither.",
            "pip install 'darlington-analysis[browser]'",
        ) from fault
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise UsageError(
            "There is no Chromium on this machine",
            f"One of {', '.join(_PROGRAMS)}, where programs are looked for.",
            "apt-get install chromium",
        )
    with sync_playwright() as playwright:
        # A container's root user has no sandbox to offer; the pages are our own and run nothing.
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


@contextlib.contextmanager
def opened(browser: Any, path: Path, view: View) -> Iterator[Opened]:
    """Give the page of a file as one view shows it, in the browser's one tab.

    The tab is opened once and used again: a new one takes longer than a small page does.
    """
    shown = Opened(_tab(browser))

    def note(asked: Any) -> None:
        _note(shown, asked.url)

    shown.page.on("request", note)
    try:
        shown.page.set_viewport_size({"width": view.width, "height": 900})
        shown.page.emulate_media(media=view.media)
        shown.page.goto(path.resolve().as_uri())
        yield shown
    finally:
        shown.page.remove_listener("request", note)


def _tab(browser: Any) -> Any:
    if not browser.contexts:
        browser.new_context(offline=True).new_page()
    return browser.contexts[0].pages[0]


def _note(shown: Opened, address: str) -> None:
    if not address.startswith(_LOCAL):
        shown.asked_for.append(address)
