"""An edition looked at as its readers do: ``accessibility.json`` and a summary line."""

import json
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from darlington_analysis.core import atomic, fingerprints
from darlington_analysis.core.errors import DarlingtonError, UsageError
from darlington_analysis.pages import page as accessibility
from darlington_analysis.publishing.statement import REPORT
from scripts.accessibility import axe, browser, links, page_checks, walks

_MOST_BROWSERS = 4  # each keeps a processor busy, and takes half a gigabyte
Told = Callable[[str, str], None]
# What is tried besides axe, in which views; widths and sizes are WCAG's own.
_WALKS: dict[str, tuple[Callable[[Any], list[str]], tuple[str, ...]]] = {
    "nothing is wider than the screen": (walks.reflow_faults, ("desktop", "phone")),
    "Tab reaches everything, in order": (walks.keyboard_faults, ("desktop", "phone")),
    "a meeting sheet is one side of paper": (walks.sheet_faults, ("print",)),
    "words at twice their size, or spaced": (walks.large_text_faults, ("desktop",)),
}
AXE, NETWORK = "axe", "asks the network"
# Everything that is looked at on every page, by the names that faults begin with.
LOOKS = (AXE, NETWORK, *page_checks.CHECKS, *links.CHECKS, *_WALKS)


class InaccessibleError(DarlingtonError):
    """A published page would shut some of its readers out."""


def pages_of(folder: Path, edition: str) -> list[Path]:
    """Return the pages of an edition's folder. Raises UsageError where there are none."""
    pages = sorted(folder.glob("*/*.html")) + sorted(folder.glob("*.html"))
    if not pages:
        raise UsageError(
            f"There are no pages in reports/{edition}",
            "The pages that were published are looked at; nothing is made here.",
            f"python -m darlington_analysis packs --edition {edition}",
        )
    return pages


def check_edition(folder: Path, edition: str, tell: Told = lambda page, state: None) -> dict:
    """Return what was found on every page of an edition's folder, as ``accessibility.json`` holds.

    As many browsers as there are processors (at most four) share the pages; ``tell`` hears of
    each page, and of how many are done. Nothing in it changes from run to run of one browser.
    Raises UsageError where nothing was published, or there is no browser.
    """
    waiting: SimpleQueue[Path] = SimpleQueue()
    pages = pages_of(folder, edition)
    for page in sorted(
        pages, key=lambda each: -each.stat().st_size
    ):  # the longest must not be last
        waiting.put(page)
    done = count(1)  # one process: the next number is given to one thread alone

    def heard(page: str, state: str) -> None:
        tell(f"{next(done)} of {len(pages)}, {page}", state)

    hands = min(len(pages), os.cpu_count() or 1, _MOST_BROWSERS)
    with ThreadPoolExecutor(hands) as pool:
        at_work = [pool.submit(_look, waiting, folder, heard) for _ in range(hands)]
    seen = {page: report for each in at_work for page, report in each.result()[0].items()}
    for page, fault in links.edition_faults(folder, pages):
        seen[page]["faults"].append(fault)
    return _report(edition, [seen[page] for page in pages], at_work[0].result()[1])


def check_page(
    chromium: Any, path: Path, name: str, views: Sequence[browser.View] = browser.VIEWS
) -> dict:
    """Return what axe, the walks and our own checks found on one page."""
    return {
        "page": name,
        "sha256": fingerprints.of_file(path),
        "faults": page_checks.page_faults(path.read_text("utf-8")),
        "views": {view.name: _in_view(chromium, path, view) for view in views},
    }


def refuse(report: dict) -> None:
    """Raise InaccessibleError where a page would shut somebody out, naming the first."""
    faulty = [page for page in report["pages"] if _is_faulty(page)]
    if faulty:
        raise InaccessibleError(
            f"{len(faulty)} pages would shut readers out, first {faulty[0]['page']}: "
            f"{_faults(faulty[0])[0]}",
            "No violation of axe's rules, and no fault in our own checks, in any view.",
            f"read {REPORT} beside the edition's index page",
        )


def write(report: dict, folder: Path) -> None:
    """Write the report beside the edition's index page."""
    text = json.dumps(report, indent=1, ensure_ascii=False)
    atomic.write_file(folder / REPORT, f"{text}\n".encode())


def _look(waiting: SimpleQueue, folder: Path, tell: Told) -> tuple[dict[Path, dict], str]:
    """Return what one browser found on the pages it took, and the browser's version."""
    seen = {}
    with browser.started() as chromium:
        while True:
            try:
                page = waiting.get_nowait()
            except Empty:
                return seen, chromium.version
            seen[page] = check_page(chromium, page, page.relative_to(folder).as_posix())
            tell(seen[page]["page"], "fails" if _is_faulty(seen[page]) else "as it should be")


def _in_view(chromium: Any, path: Path, view: browser.View) -> dict:
    with browser.opened(chromium, path, view) as shown:
        found = axe.run(shown.page)
        faults = [
            f"{name}: {fault}"
            for name, (walk, views) in _WALKS.items()
            if view.name in views
            for fault in walk(shown.page)
        ]
        faults += [f"{NETWORK} for {address}" for address in shown.asked_for]
    return {
        "axe": found.version,
        "rules": sorted(found.rules),
        "violations": [vars(each) for each in found.violations],
        "undecided": [vars(each) for each in found.undecided],
        "faults": faults,
    }


def _report(edition: str, seen: list[dict], version: str) -> dict:
    views = [view for page in seen for view in page["views"].values()]
    rules = sorted({rule for view in views for rule in view["rules"]})
    undecided = sorted({each["rule"] for view in views for each in view["undecided"]})
    violations = sum(len(view["violations"]) for view in views)
    faults = sum(len(page["faults"]) for page in seen) + sum(len(view["faults"]) for view in views)
    for view in views:
        del view["rules"]
    return {
        "summary": accessibility.SUMMARY.format(
            pages=len(seen),
            views=len(browser.VIEWS),
            rules=len(rules),
            violations=violations,
            faults=faults,
        ),
        "edition": edition,
        "browser": f"Chromium {version}",
        "axe": views[0]["axe"],
        "axe_tags": list(axe.TAGS),
        "rules": rules,
        "undecided_rules": {
            rule: accessibility.UNDECIDED.get(rule, accessibility.NOT_DECIDED) for rule in undecided
        },
        "own_checks": list(LOOKS[1:]),
        "for_a_person_to_check": list(accessibility.BY_A_PERSON),
        "pages": seen,
    }


def _is_faulty(page: dict) -> bool:
    return bool(_faults(page))


def _faults(page: dict) -> list[str]:
    found = list(page["faults"])
    for name, view in page["views"].items():
        found += [f"{name}: {each['rule']}, {each['asks']}" for each in view["violations"]]
        found += [f"{name}: {fault}" for fault in view["faults"]]
    return found
