"""How sure we are of a figure: by its kind, and by how census areas fit the ward."""

from collections.abc import Sequence

import pandas as pd
from markupsafe import Markup

from darlington_analysis.core.vocabulary import DENOMINATOR
from darlington_analysis.evidence.indicator import IndicatorAnswer
from darlington_analysis.pages.components import blocks
from darlington_analysis.pages.components.numbers import whole

_SHARED = (
    "The ward boundary cuts through census areas, so we estimated how many people are on our side."
)
QUESTION = "How sure are we of these figures?"
KINDS = {
    "census": (
        "Census figures",
        "The census counts everybody, though not everybody answers. Even so, the number would be a "
        "little different in another year. The range says how far chance alone may move it. About "
        "95 of 100 such ranges hold the level behind the figure. Where a ward boundary cuts through "
        "census areas, the range is wider, as it allows for that too. It does not allow for people "
        "who left the question out.",
    ),
    "benefits": (
        "Counts from benefit records",
        "Everybody on the benefits that the Index counts is in these figures. People who do not "
        "claim are not, and who may claim changes with the rules. The range says how far chance "
        "alone may move the number from one year to another.",
    ),
    "police": (
        "Crime that the police recorded",
        "Much crime is never reported, and the rules of recording change. It is counted where it "
        "happened, so a town centre has more. No range is given: the publisher prints rates of "
        "neighbourhoods without the counts, and not over how many months. So we call no difference "
        "sure.",
    ),
    "claims": (
        "Counts of people who claim",
        "Everybody who claims is counted; the publisher rounds to 5. The range is worked out here. "
        "It allows for the rounding, and for chance from one month to another. Who may claim "
        "changes with the rules.",
    ),
    "modelled": (
        "Modelled figures",
        "A model worked them out from facts about the homes. They say what is to be expected, not "
        "what was found. Wards must not be put in order by them.",
    ),
    "children": (
        "Counts of children",
        "Small counts move a lot by chance. The range allows for that. It does not allow for "
        "changes in how the police record.",
    ),
    "other": (
        "Other figures",
        "The publisher named beside the figure counted these, or asked some people. The range, where "
        "there is one, says how far chance alone may move the number. It does not allow for who was "
        "left out.",
    ),
    "made up": (
        "Made-up figures",
        "They were made up, to agree with the Council’s review. They cannot confirm it. Do not "
        "quote them.",
    ),
}
COUNTRY = (
    "The figure of {name} is an estimate of ours: the mean of its neighbourhoods, each counted the "
    "same. {by_people}"
)
COUNTING_PEOPLE = {
    "proportion": "Counting people would give a figure up to half a point lower.",
    "mean": "What counting people would give is not known.",
}
ESTIMATE = "This is an estimate: the ward boundary cuts through census areas"
_SHORT = {
    "census": "Everybody was counted",
    "benefits": "Everybody who claims was counted",
    "police": "Only what was reported is counted, and no range can be given",
    "claims": "Everybody who claims was counted, then rounded to 5",
    "modelled": "A model made it",
    "children": "Everybody was counted, but so few that chance moves the figure a lot",
    "other": "It is its publisher’s figure",
    "made up": "It is made up",
}


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
    first = "The ward boundary cuts through census areas. Each area is put whole in one ward."
    outside, missing = (whole(100 * share) for share in (row.share_moved, row.share_left_out))
    if outside == missing == "0":
        return f"{first} Nearly everyone in this figure lives in the ward, and no one is left out."
    counted = f"About {outside} in every 100 people counted here live outside the ward"
    left_out = f"About {missing} in every 100 people of the ward are not counted here"
    parts = [counted] * (outside != "0") + [left_out] * (missing != "0")
    return f"{first} {'. '.join(parts)}."


def _shared(parts: str) -> str:
    if parts == "0":
        return ""
    if parts == "100":
        return f"{_SHARED} Everybody counted here lives in such areas."
    return f"{_SHARED} About {parts} in every 100 counted here live in such areas."


def _residents_shared(parts: str) -> str:
    if parts == "0":
        return ""
    how_many = "All" if parts == "100" else f"About {parts} in every 100"
    return (
        "These people were counted in this ward itself. The residents aged 10 to 17 that the rate "
        "is divided by are an estimate, as the ward boundary cuts through census areas. "
        f"{how_many} of those residents live in areas that are cut through."
    )


def fit_note(row: pd.Series) -> Markup:
    """Return a paragraph that says how far a figure misses the ward, if it does."""
    return blocks.paragraph(note(row))


def kind(answer: IndicatorAnswer) -> str:
    """Return which of ``KINDS`` an indicator's ward figures are."""
    if answer.is_dummy:
        return "made up"
    about = answer.indicator
    if about.kind == "modelled":
        return "modelled"
    return "census" if about.period_kind == "census" else about.counted_from or "other"


def short(answer: IndicatorAnswer) -> str:
    """Return in a few words how sure one can be, and where more of it stands."""
    words = _SHORT[kind(answer)]
    if kind(answer) in ("census", "benefits", "other") and answer.row.fit != "exact":
        words = ESTIMATE
    return f"How sure are we? {words} (see above)."


def country_note(answer: IndicatorAnswer) -> str:
    """Return what a country's figure is, where it is a mean of its neighbourhoods; else ""."""
    country = answer.benchmarks[answer.benchmarks.area_type == "country"]
    if not country.method.eq("mean of areas").any():
        return ""
    by_people = COUNTING_PEOPLE[answer.indicator.kind]
    return COUNTRY.format(name=country.area_name.iloc[0], by_people=by_people)


def kinds_of_figures(answers: Sequence[IndicatorAnswer]) -> Markup:
    """Return how sure one can be of every kind of figure among these, each kind once."""
    kinds = dict.fromkeys(kind(answer) for answer in answers)
    return Markup('<div class="sure"><h4>{}</h4>{}</div>').format(
        QUESTION, blocks.definitions(KINDS[name] for name in kinds)
    )
