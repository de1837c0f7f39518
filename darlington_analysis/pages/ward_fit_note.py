"""The note on how census areas fit a ward."""

import csv
from functools import lru_cache
from importlib import resources
from math import ceil, floor

import pandas as pd
from markupsafe import Markup

from darlington_analysis.pages.components import labels
from darlington_analysis.pages.components.numbers import whole
from darlington_analysis.sources.schema import DENOMINATOR

TITLE = "Do these ranges hold?"
FIGURES = resources.files("darlington_analysis.pages") / "static" / "trials.csv"
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


_BEST_FIT = (
    (
        "Counts of census areas",
        "The wards since 2015 cut through census areas. Such an area is "
        "shared out over its wards by where its people live. Every ward and every area then has the "
        "residents that were published for it. These are estimates. The range that allows for "
        "chance is Wilson’s interval, at 95%; it does not allow for this.",
    ),
    (
        "Scores of deprivation",
        "Each census area is put whole in one ward, as the Office for "
        "National Statistics does. A ward’s score is the mean of its areas’ scores.",
    ),
    (
        "Figures of whole wards",
        "Claimants and residents by age are the publisher’s own for these "
        "wards, as they were printed.",
    ),
)
_OWN_COUNTS = (
    "Counts of the Council’s own",
    "First-time entrants are counted in the wards themselves. The residents aged 10 to 17 that a "
    "rate is divided by come from census areas, which are shared out.",
)
_SHARED = "Census areas do not nest in this ward: those it cuts through are shared out."


def note(row: pd.Series) -> str:
    """Return how far a ward's figure misses the ward, "" where whole areas nest in it or where no
    figure is shown: a number under a withheld count would be taken for the count.
    """
    if row.fit == "exact" or pd.isna(row.value):
        return ""
    if row.fit == DENOMINATOR:
        return _residents_shared(whole(100 * row.share_moved))
    if row.fit == "apportioned":
        return _shared(whole(100 * row.share_moved))
    first = "Census areas do not nest in this ward, so each is put whole in one ward."
    outside = whole(100 * row.share_moved)
    if outside == "0":
        return f"{first} Nearly everybody in this figure lives in the ward."
    return f"{first} About {outside} in every 100 counted here live outside the ward."


def _shared(parts: str) -> str:
    if parts == "0":
        return ""
    if parts == "100":
        return f"{_SHARED} Everybody counted here comes from such areas, so it is an estimate."
    return f"{_SHARED} About {parts} in every 100 counted here come from such areas."


def _residents_shared(parts: str) -> str:
    if parts == "0":
        return ""
    how_many = "All" if parts == "100" else f"About {parts} in every 100"
    return (
        "These people were counted in this ward itself. The residents aged 10 to 17 that the rate "
        "is divided by are an estimate, as census areas do not nest in the ward. "
        f"{how_many} of those residents come from areas that are shared out."
    )


def methods(figures: pd.DataFrame) -> tuple[tuple[str, str], ...]:
    """Return how a pack's figures were worked out: what is said of nesting is true of its rows."""
    wards = figures[figures.area_type == "ward"]
    if wards.fit.eq("exact").all():
        return (*labels.METHODS, trials())
    has_entrants = wards.indicator.eq("first-time-entrants").any()
    rest = [pair for pair in labels.METHODS[1:] if has_entrants or pair[0] != "First-time entrants"]
    kept = [pair for pair in rest if pair[0] != "Places among wards"]
    own = [_OWN_COUNTS] if wards.fit.eq(DENOMINATOR).any() else []
    return (*_BEST_FIT, *own, *kept, trials())


def fit_note(row: pd.Series) -> Markup:
    """Return a paragraph that says how far a figure misses the ward, if it does."""
    words = note(row)
    return Markup("<p>{}</p>").format(words) if words else Markup("")
