"""How often limits, bands, places and tests held when tried on made-up wards, in words."""

import csv
from functools import lru_cache
from importlib import resources
from math import ceil, floor

TITLE = "Do these ranges hold?"
FIGURES = resources.files("darlington_analysis.presentation") / "static" / "trials.csv"
_WORDS = (
    ("limits of a rate", "a range for a count held the true figure"),
    ("limits of a proportion", "a range for a share held it"),
    ("forecast band", "a forecast’s band held what came"),
    ("rank set of a ward", "a range of places held the true place"),
)


def trials() -> tuple[str, str]:
    """Return what trials found, from the lowest to the highest of the kinds of ward tried.

    Source: docs/coverage.md, made with these figures by scripts/simulate_coverage.py.
    """
    held = [f"{said} {_span(what)} times in 100" for what, said in _WORDS]
    alarms = _span("has it changed?", "permutation")
    return TITLE, (
        "They are meant to be right 95 times in 100. We tried them on many kinds of made-up wards. "
        f"{' '.join(f'{each[0].upper()}{each[1:]}.' for each in held)} "
        f"The test of change saw one that was not there {alarms} times in 100; 5 is meant."
    )


def _span(what: str, kind: str = "") -> str:
    shares = [share for name, tried, share in _rows() if name == what and kind in tried]
    return f"{floor(100 * min(shares))} to {ceil(100 * max(shares))}"


@lru_cache(maxsize=1)
def _rows() -> list[tuple[str, str, float]]:
    with FIGURES.open(encoding="utf-8", newline="") as file:
        return [(row["what"], row["kind"], float(row["share"])) for row in csv.DictReader(file)]
