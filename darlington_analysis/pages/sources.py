"""Where the figures come from, how they were made, and what the words mean."""

import csv
from collections.abc import Iterable
from functools import lru_cache
from importlib import resources
from math import ceil, floor

import pandas as pd
from markupsafe import Markup

from darlington_analysis.core.vocabulary import DENOMINATOR
from darlington_analysis.evidence.sections import Sources
from darlington_analysis.pages.components import blocks, tables
from darlington_analysis.pages.components.numbers import whole, word

TRIALS_QUESTION = "Do these ranges hold?"
PRINTED_QUESTION = "And the ranges of counts of children?"
TRIALS_FILE = resources.files("darlington_analysis.pages") / "static" / "trials.csv"
SHARED_FILE = resources.files("darlington_analysis.pages") / "static" / "ward_fit.csv"
_TRIAL_WORDS = {
    "limits of a rate": "A range for a count held the true figure",
    "limits of a proportion": "A range for a share held it",
    "forecast band": "A forecast’s band held what came",
    "rank set of a ward": "A range of places held the true place",
}
TRIALS = (
    "They are meant to be right 95 times in 100. We tried them on many kinds of made-up wards. "
    "{held} The test of change gave a false alarm {alarms} times in 100; about 5 is intended."
)
PRINTED = (
    "A count of children is rounded, and withheld if it is small. Where 12 or more are expected, the "
    "range of what is printed held the true figure {many} times in 100. Where fewer are expected, a "
    "figure is shown only when it came out as none or unusually high. So its range held only {few} "
    "times in 100: do not rely on it."
)
SHARED = (
    "Ranges of figures that are shared out were also tried on {figures} percentages that are "
    "published for the wards of one borough. They held {held} of them in 100."
)
MANY = 12  # children expected, from which on the ranges of printed counts hold
_BEST_FIT = {
    "Counts of census areas": "Ward borders cut through some census areas. Such an area is "
    "shared out over its wards by where its people live. Every area keeps the residents that were "
    "published for it; every ward gets its own, to within 5 in every 100. These are estimates. The "
    "range is Wilson’s interval, at 95%, made wider by what sharing out may miss. Rates of crime are "
    "shared out as means of the areas’ rates, and have no range.",
    "Scores of deprivation": "Each census area is put whole in one ward, as the Office for "
    "National Statistics does. A ward’s score is the mean of its areas’ scores.",
    "Figures of whole wards": "Claimants and residents by age are the publisher’s own for these "
    "wards, as they were printed. The range of claimants allows for their rounding, and for chance.",
}
_OWN_COUNTS = {
    "Counts of the Council’s own": "First-time entrants are counted in the wards themselves. The "
    "residents aged 10 to 17 that a rate is divided by come from census areas, which are shared "
    "out.",
}
SOURCES_CAPTION = "Where each figure comes from"
WITHHELD_QUESTION = "Is anything withheld?"
SET_ASIDE_QUESTION = "Which rows were left out, and why?"
METHODS_QUESTION = "How were the figures worked out?"
GLOSSARY_QUESTION = "What do the words mean?"
SHORTHAND_QUESTION = "What do the letters in square brackets mean?"
AGAIN_QUESTION = "How is this pack made again?"
AGAIN = (
    "With the project’s files and the same settings, this command makes it again. "
    "The file figures.csv beside this page holds this ward’s figures, and those of {borough} "
    "and England; the files of the other wards hold theirs."
)
COMMAND = "python -m darlington_analysis packs --edition {edition} --ward {ward}"
VERSION = (
    "Version {version}: these letters change when any figure or setting that this pack rests on "
    "does."
)
ACCESS_QUESTION = "Can everyone read this?"
ACCESS = (
    "Each chart is followed by a table with the same figures. The page needs no scripts, and "
    "works on a phone and on paper. Not yet done: an Easy Read edition needs a person to write "
    "it, and nobody has tried the page with every screen reader."
)
METHODS = {
    "Census figures": "Whole neighbourhoods added up to wards, without any rounding of ours. The "
    "range that allows for chance is Wilson’s interval, at 95%.",
    "Deprivation": "The plain mean of the scores of a ward’s neighbourhoods, set among the same "
    "means of all wards of England. Another way of averaging can move a place by a few.",
    "Places among wards": "A range of places that holds the true one 95 times in 100, by the rank "
    "sets of Mogstad, Romano, Shaikh and Wilhelm. Made-up, modelled, withheld and unreliable "
    "figures get no place.",
    "First-time entrants": "Counts of five years in one, over the children of five years. The "
    "range is exact under 10 children and Byar’s from 10, at 95%. It is made from the rounded "
    "count.",
    "Forecasts and tests": "The forecast averages many ways in which the level may drift, for a "
    "band of 95%. Change over time is tested by shuffling the years. Targets use an exact test of "
    "two counts. Smoothed values are Marshall’s (empirical Bayes).",
}
GLOSSARY = {
    "Adult": "Aged 16 and over, unless another age is given.",
    "Benchmark": "A wider area that the ward is set beside. It is not a target.",
    "First-time entrant": "A child aged 10 to 17 who gets a first reprimand, warning, youth caution or "
    "conviction.",
    "DUMMY": "In the name of a source: its figures are made up, as nobody publishes any.",
    "Economically active": "In work, or looking for work and free to start.",
    "Entry level 3": "About the reading or number skills expected of a child of nine to eleven.",
    "Index": "The Index of Multiple Deprivation: income, work, health, skills, crime, homes and "
    "surroundings in one number, made by the Government every few years.",
    "Indicator": "A figure about everybody in the ward, whoever serves them.",
    "Neighbourhood": "A census area of between 1,000 and 3,000 people: a lower layer super output area "
    "(LSOA).",
    "NHS": "The National Health Service.",
    "OS data": "The Ordnance Survey’s: borders on maps.",
    "Performance measure": "A figure about the people a partnership serves.",
    "Withheld": "Not shown, because so few people are in it that they might be known. Withheld is "
    "not zero.",
}


def trials() -> str:
    """Return what trials found, from the lowest to the highest of the kinds of ward tried.

    Source: docs/coverage.md, made with these figures by scripts.studies.coverage.
    """
    held = [f"{words} {_trial_span(what)} times in 100." for what, words in _TRIAL_WORDS.items()]
    return TRIALS.format(held=" ".join(held), alarms=_trial_span("has it changed?", "permutation"))


def printed_trials() -> str:
    """Return how often ranges of printed counts held, where many and where few are expected."""
    shares: dict[bool, list[float]] = {True: [], False: []}
    for name, tried, share in _trial_rows():
        if name == "range of a printed count":
            shares[float(tried.split()[0]) >= MANY].append(share)
    return PRINTED.format(many=_span(shares[True]), few=_span(shares[False]))


def shared_trials() -> str:
    """Return how often ranges of shared-out figures held percentages published for wards.

    Source: docs/ward-fit.md, made with these numbers by scripts.studies.ward_fit.
    """
    with SHARED_FILE.open(encoding="utf-8", newline="") as file:
        groups = [(int(row["figures"]), int(row["held"])) for row in csv.DictReader(file)]
    figures, held = map(sum, zip(*groups, strict=True))
    return SHARED.format(figures=whole(figures), held=floor(100 * held / figures))


def _trial_span(what: str, kind: str = "") -> str:
    return _span([share for name, tried, share in _trial_rows() if name == what and kind in tried])


def _span(shares: list[float]) -> str:
    return f"{floor(100 * min(shares))} to {ceil(100 * max(shares))}"


@lru_cache(maxsize=1)
def _trial_rows() -> list[tuple[str, str, float]]:
    with TRIALS_FILE.open(encoding="utf-8", newline="") as file:
        return [(row["what"], row["kind"], float(row["share"])) for row in csv.DictReader(file)]


def methods(figures: pd.DataFrame) -> dict[str, str]:
    """Return how a pack's figures were worked out: what is said of nesting is true of its rows."""
    wards, held = figures[figures.area_type == "ward"], {TRIALS_QUESTION: trials()}
    if wards.indicator.eq("first-time-entrants").any():
        held[PRINTED_QUESTION] = printed_trials()
    if wards.fit.eq("exact").all():
        return METHODS | held
    held[TRIALS_QUESTION] += f" {shared_trials()}"
    left_out = {"Census figures", "Places among wards"}
    if not wards.indicator.eq("first-time-entrants").any():
        left_out.add("First-time entrants")
    kept = {name: words for name, words in METHODS.items() if name not in left_out}
    return _BEST_FIT | (_OWN_COUNTS if wards.fit.eq(DENOMINATOR).any() else {}) | kept | held


def withheld_words(count: int) -> str:
    """Return how many of the pack's figures are withheld."""
    if not count:
        return "No figure of this ward is withheld."
    are = "is" if count == 1 else "are"
    figures = "figure" if count == 1 else "figures"
    first = f"{word(count).capitalize()} {figures} of this ward {are} withheld [c]."
    return f"{first} Withheld is not zero."


def sources(shown: Sources) -> str:
    """Return sources with their ages, withheld figures, methods, words, and how to make it."""
    ward_rows = shown.figures[shown.figures.area_code.eq(shown.ward.code)]
    withheld = int(ward_rows.status.eq("c").sum())
    command = COMMAND.format(edition=shown.edition.id, ward=shown.ward.code)
    return blocks.join(
        _table(shown),
        _reasons(shown),
        blocks.question(
            WITHHELD_QUESTION, withheld_words(withheld), small_number_rule(shown.small_numbers)
        ),
        _list(METHODS_QUESTION, methods(shown.figures).items()),
        _list(GLOSSARY_QUESTION, GLOSSARY.items()),
        blocks.question(SHORTHAND_QUESTION, blocks.SHORTHAND),
        blocks.question(AGAIN_QUESTION, AGAIN.format(borough=blocks.borough())),
        Markup("<pre>{}</pre>").format(command),
        blocks.paragraph(VERSION.format(version=shown.version_id)),
        blocks.question(ACCESS_QUESTION, ACCESS),
    )


def _table(shown: Sources) -> str:
    stories = shown.provenance["sources"]
    used = sorted(set(shown.figures.source) & set(stories))
    rows = pd.DataFrame(
        {
            "title": stories[path]["title"],
            "publisher": stories[path]["publisher"],
            "vintage": stories[path]["vintage"],
            "licence": stories[path]["licence"],
            "real": blocks.kind_of_source(stories[path]),
            "set_aside": shown.provenance["set_aside"].get(path, 0),
        }
        for path in used
    )
    columns = [
        tables.Column("title", "Source"),
        tables.Column("publisher", "Publisher"),
        tables.Column("vintage", "Release"),
        tables.Column("licence", "Licence"),
        tables.Column("real", "Real or made up"),
        tables.Column("set_aside", "Rows left out", "number"),
    ]
    return tables.table(rows, columns, SOURCES_CAPTION)


def _reasons(shown: Sources) -> Markup:
    stories, why = shown.provenance["sources"], shown.provenance["reasons"]
    used = {stories[path]["dataset"] for path in set(shown.figures.source) & set(stories)}
    paths = [path for path in sorted(why) if stories[path]["dataset"] in used]
    pairs = [
        (stories[path]["title"], f"{words[:1].upper()}{words[1:]}.")
        for path in paths
        for words in why[path]
    ]
    return _list(SET_ASIDE_QUESTION, pairs) if pairs else Markup("")


def _list(question: str, pairs: Iterable[tuple[str, str]]) -> Markup:
    return blocks.under(question, blocks.definitions(pairs, "words"))


def small_number_rule(rule) -> str:
    """Return the small-number rule in words."""
    return (
        f"Counts of children from {rule.withhold_from} to {rule.withhold_to} are withheld [c]. "
        f"Other counts are rounded to the nearest {rule.round_to}; a true zero stays. "
        f"Counts of children under {rule.unreliable_under} are marked [u]. Decided by: {rule.decided_by}. "
        f"{rule.state[0].upper()}{rule.state[1:]}."
    )
