"""axe-core on a page in the browser: which of its rules ran, and what they found."""

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_RUN = """tags => axe.run(document, {runOnly: {type: 'tag', values: tags},
  resultTypes: ['violations', 'incomplete']})"""


@dataclass(frozen=True)
class Found:
    """One rule that fires, or that cannot tell: its id, what it asks, how often, the first case."""

    rule: str
    asks: str
    places: int
    first: str


@dataclass(frozen=True)
class Findings:
    """What axe found on one page in one view. ``rules`` are the ids of all rules that ran."""

    version: str
    rules: frozenset[str]
    violations: tuple[Found, ...]
    undecided: tuple[Found, ...]


def run(page: Any) -> Findings:
    """Return what axe's rules of WCAG 2.0 to 2.2, A and AA, and of best practice say of a page."""
    page.evaluate(_source())
    result = page.evaluate(_RUN, list(TAGS))
    kinds = ("passes", "violations", "incomplete", "inapplicable")
    return Findings(
        result["testEngine"]["version"],
        frozenset(each["id"] for kind in kinds for each in result[kind]),
        tuple(map(_found, result["violations"])),
        tuple(map(_found, result["incomplete"])),
    )


def _found(rule: dict) -> Found:
    return Found(rule["id"], rule["help"], len(rule["nodes"]), rule["nodes"][0]["html"][:160])


@cache
def _source() -> str:
    # The package is a thin wrapper; what is wanted of it is the axe-core that it carries.
    return (resources.files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
