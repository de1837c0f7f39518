"""The documents’ own statements with their verdicts."""

from collections.abc import Callable

import pandas as pd
from markupsafe import Markup

from darlington_analysis.evidence.review_statements import Documents
from darlington_analysis.pages.components import blocks, tables
from darlington_analysis.pages.components.numbers import listed, ordinal, period, whole, word
from darlington_analysis.pages.robustness import WAY_WORDS
from darlington_analysis.sources import indicators

HEADING = "Do the statements in the Council’s review hold?"
LEAD = "Each statement about figures is quoted from the review and tested on the figures of this edition."
QUESTION = "What does the Council’s review say of this ward, and does it hold?"
CAPTION = "What the review says, and whether these figures bear it out"
HEADERS = ("The review says", "Paragraph", "Verdict", "Why")
NOT_NAMED = "The review’s statements on figures do not name this ward."
OTHER_WARDS = "The review speaks of other wards, so it is tested in their edition."
NONE_HELD = "This project has no statements of a report to test."
NOTE = (
    "The verdicts are worked out anew each time from the figures of this edition. They judge what "
    "these figures can show. They do not judge what the authors knew."
)
_ARE = {"unemployed": "are out of work", "bad-health": "are in bad health"}
_UNTESTED = "There is no earlier Index in this edition to set beside it."
_APART = (
    "Whether other borders, another method or a real change made what the review saw cannot be "
    "told apart."
)
_NOT_SEEN = (
    "So no move is seen here. Whether other borders, another method or another list showed the "
    "review one cannot be told."
)
_RELATIVE = "A place is beside other wards: it never shows that life got better."


def statement_sentence(facts: dict) -> str:
    """Return the statement, the verdict and the reason as sentences; made-up figures come first."""
    subject = "Made-up figures: the" if facts["why"].endswith("made up") else "The"
    quotation = facts["quotation"].rstrip(".")
    return (
        f"{subject} review says, paragraph {facts['paragraph']}: “{quotation}”. "
        f"Verdict: {verdict(facts)}. {why(facts)}"
    )


RULES = {"statement": statement_sentence}


def verdict(facts: dict) -> str:
    """Return the verdict in a few words; “holds only as” says as what."""
    if facts["verdict"] != "holds only as":
        return facts["verdict"]
    return f"holds only as {_ONLY_AS[facts['why']](facts)}"


def why(facts: dict) -> str:
    """Return the reason for the verdict."""
    return _WHY[facts["why"]](facts)


def _counts(facts: dict) -> str:
    parts = [f"{word(count)} on the Index of {when}" for when, count in facts["counts"].items()]
    return f"By mean scores there are {listed(parts)}."


def _by_way(facts: dict) -> str:
    parts = []
    for way, (count, is_open) in facts["by_way"].items():
        open_words = f" for sure, while the other {whole(is_open)} tie" if is_open else ""
        parts.append(f"{word(count)} by {WAY_WORDS[way]}{open_words}")
    return f"On the Index of {facts['period']} it is {'; '.join(parts)}."


def _ways(ways: list[str]) -> str:
    return listed([WAY_WORDS[way] for way in ways])


def _agreed_ways(facts: dict) -> str:
    """Return the ways by which it is just that number of wards, with no tie over the line."""
    return _ways([way for way, counts in facts["by_way"].items() if counts == (facts["number"], 0)])


def _agreeing(facts: dict) -> str:
    others = f" By {_ways(facts['differ'])} it does not." if facts["differ"] else ""
    on = f" (Index of {facts['period']})" if facts.get("period") else ""
    return f"By {_ways(facts['agree'])} it holds{on}.{others} Other ways make no order here."


def _people(facts: dict) -> str:
    parts = [
        f"{whole(count)} {indicators.indicator(slug).who} {_ARE.get(slug, indicators.indicator(slug).what)}"
        for slug, count, _ in facts["people"]
    ]
    return (
        f"None of its neighbourhoods is in England’s most deprived fifth (Index of "
        f"{facts['period']}). But people in need live here: {'; '.join(parts)} "
        f"(census {facts['people'][0][2]})."
    )


def _positions(facts: dict) -> str:
    parts = [f"{value:.0f} on the Index of {when}" for when, value in facts["positions"].items()]
    return f"Its place in England, 0 being the most deprived, is {listed(parts)}."


def _places(facts: dict) -> str:
    parts = [f"{ordinal(place)} on the Index of {when}" for when, place in facts["places"].items()]
    return f"By mean score its place in {blocks.borough()} is {listed(parts)}."


def _within(facts: dict) -> str:
    return (
        f"By mean score {facts['position']:.1f}% of England’s wards are at least as deprived "
        f"(Index of {facts['period']}). The line named is {facts['percent']:g}%."
    )


def _tested(facts: dict) -> str:
    hidden = (
        f" {word(facts['withheld']).capitalize()} other wards’ figures are withheld."
        if (facts["withheld"])
        else ""
    )
    return (
        f"The lowest of the named wards has {whole(facts['named'])} ({period(facts['period'])}). "
        f"The highest other ward, {facts['other_name']}, has {whole(facts['other'])}.{hidden} "
        "The review’s own year is not at hand."
    )


_ONLY_AS: dict[str, Callable[[dict], str]] = {
    "highest: count of these years": lambda facts: "a count, over other years than the review’s",
    "count within: some lists": lambda facts: f"{word(facts['number'])} by {_agreed_ways(facts)}",
    "count changed: number fell": lambda facts: "a number that fell, whatever the cause",
    "improved: number fell": lambda facts: "fewer wards beyond the line, beside other wards",
    "places: some ways": lambda facts: f"a place by {_ways(facts['agree'])}",
    "place changed: moved": lambda facts: "a place beside other wards",
    "within percent: cut short": lambda facts: f"{facts['position']:.1f}% cut short",
    "no longer within: never within": lambda facts: f"“not within the top {facts['percent']:g}%”",
    "need remains: people": lambda facts: "people in need, not whole neighbourhoods",
}

_WHY: dict[str, Callable[[dict], str]] = {
    "highest: made up": lambda facts: (
        "No real figures are published for wards. Made-up figures confirm nothing."
    ),
    "highest: modelled": lambda facts: "The figures are modelled. A model’s guess ranks no ward.",
    "highest: withheld": lambda facts: "A figure that it needs is withheld to protect people.",
    "highest: no limits": lambda facts: "The figures come without a range that allows for chance.",
    "highest: rounding": lambda facts: f"{_tested(facts)} Counts are rounded, so they tie.",
    "highest: lower count": _tested,
    "highest: chance": lambda facts: f"{_tested(facts)} Chance alone could make that difference.",
    "highest: count of these years": _tested,
    "highest: beyond chance": _tested,
    "highest: lower value": _tested,
    "count within: another number": _by_way,
    "count within: every list": _by_way,
    "count within: some lists": _by_way,
    "count changed: no earlier Index": lambda facts: _UNTESTED,
    "count changed: number fell": lambda facts: f"{_counts(facts)} {_APART}",
    "count changed: number the same before": lambda facts: (
        f"{_counts(facts)} The figures at hand never show {word(facts['number_before'])}. {_APART}"
    ),
    "improved: no earlier Index": lambda facts: _UNTESTED,
    "improved: number rose": lambda facts: f"{_counts(facts)} {_RELATIVE}",
    "improved: number fell": lambda facts: f"{_counts(facts)} {_RELATIVE}",
    "improved: relative": lambda facts: f"{_counts(facts)} {_APART} {_RELATIVE}",
    "places: another order": lambda facts: "By mean score the place is another.",
    "places: every way": _agreeing,
    "places: some ways": _agreeing,
    "place changed: no earlier Index": lambda facts: _UNTESTED,
    "place changed: same place": lambda facts: f"{_places(facts)} {_NOT_SEEN}",
    "place changed: moved": lambda facts: f"{_places(facts)} {_RELATIVE}",
    "place changed: fell": lambda facts: f"{_places(facts)} {_RELATIVE}",
    "within percent: within": _within,
    "within percent: cut short": _within,
    "within percent: beyond": _within,
    "no longer within: within": _positions,
    "no longer within: left": _positions,
    "no longer within: never within": lambda facts: (
        f"{_positions(facts)} The Indices at hand never show it within."
    ),
    "need remains: neighbourhoods": lambda facts: (
        f"{word(facts['worst']).capitalize()} of its "
        f"neighbourhoods in England’s most deprived fifth (Index of {facts['period']})."
    ),
    "need remains: people": _people,
    "need remains: people as anywhere": lambda facts: (
        f"{_people(facts)} Every ward has some, and no share here is clearly above England’s."
    ),
    "need remains: none": lambda facts: "No figure of this edition shows it.",
}


def documents(shown: Documents) -> str:
    """Return the table of statements: quotation, paragraph, verdict, why."""
    if not shown.claims:
        return blocks.paragraph(_nothing(shown))
    rows = pd.DataFrame(
        {
            "said": f"“{claim.facts['quotation']}”",
            "paragraph": claim.facts["paragraph"],
            "verdict": verdict(claim.facts),
            "why": why(claim.facts),
        }
        for claim in shown.claims
    )
    columns = [tables.Column(key, header) for key, header in zip(rows, HEADERS, strict=True)]
    return tables.table(rows, columns, CAPTION) + blocks.paragraph(NOTE)


def section(shown: Documents) -> str:
    """Return the statements under their own heading; nothing where there are none of all wards."""
    if shown.ward:
        return documents(shown)
    body = blocks.paragraph(LEAD) + documents(shown)
    return blocks.under(HEADING, body, 2) if shown.claims else ""


def in_pack(shown: Documents) -> Markup:
    """Return the statements that name a pack's ward, under their own question; nothing where none
    does.
    """
    if not shown.claims:
        return Markup("")
    return Markup("<h3>{}</h3>").format(QUESTION) + Markup(documents(shown))


def _nothing(shown: Documents) -> str:
    if not shown.is_held:
        return NONE_HELD
    return NOT_NAMED if shown.ward else OTHER_WARDS
