"""Short words on charts, tables and boxes."""

from darlington_analysis.core.vocabulary import Basis

INDEX_SOURCE = "Source: Indices of Deprivation (the Government department for communities)."
STATUS_WORDS = {
    "c": "[c] withheld to protect people",
    "x": "[x] not available",
    "z": "[z] does not apply",
}
SIGNS = {
    "c": "[c] withheld to protect people, which is not zero.",
    "u": "[u] based on fewer than 20 people, so not reliable.",
    "e": "[e] estimate: the number of children is that of one day for every year.",
    "f": "[f] forecast if nothing changes.",
    "x": "[x] not available.",
    "z": "[z] does not apply.",
    "low": "[low] rounds to nought but is not nought.",
}
SHORTHAND = " ".join(SIGNS.values())
REAL_OR_NOT = {True: "made up", False: "real"}  # by is_dummy
MADE_UP = "made-up figures"
SWIPE = "Move the map sideways to see all of it. The table below it says the same."
THIS_WARD = "this ward"
SUPPORTED, WATCH_LIST = "The review proposes support", "Watch list"


def kind_of_figure(row) -> str:
    """Return whether a figure is real, modelled or made up."""
    if row.is_dummy:
        return "made up"
    return "modelled" if row.basis == Basis.MODELLED else "real"


def kind_of_source(story: dict) -> str:
    """Return whether a source's figures are real, modelled or made up."""
    if story["is_dummy"]:
        return "made up"
    return "modelled" if story["basis"] == Basis.MODELLED else "real"
