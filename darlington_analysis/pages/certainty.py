"""How sure we are of a figure: by its kind, and by how census areas fit the ward."""

from collections.abc import Sequence

import pandas as pd
from markupsafe import Markup

from darlington_analysis.core.vocabulary import DENOMINATOR
from darlington_analysis.evidence.indicator import IndicatorAnswer
from darlington_analysis.pages.components import blocks
from darlington_analysis.pages.components.numbers import whole

_SHARED = "Census areas do not nest in this ward: those it cuts through are shared out."
QUESTION = "How sure are we of these figures?"
KINDS = {
    "census": (
        "Census figures",
        "Quite sure of the count: the census asks everybody, though not everybody answers. The "
        "range allows for chance from one year to another. Such ranges are right about 95 times "
        "in 100. Look at many figures, and about one in 20 differs from England by chance alone. "
        "The range does not allow for people who left the question out. Each figure says how it "
        "has changed since the census before, beside England.",
    ),
    "benefits": (
        "Counts from benefit records",
        "Quite sure: it is everybody on the benefits that the Index counts. Who does not claim is "
        "not in it, and who may claim changes with the rules. The range allows for chance from one "
        "year to another.",
    ),
    "recorded": (
        "Crime that the police recorded",
        "Less sure than it looks: much crime is not reported, and the rules of recording change. "
        "It is counted where it happened, so a town centre has more. No range can be given, as "
        "the counts are not published.",
    ),
    "published": (
        "Counts of people who claim",
        "It is everybody who claims, rounded to 5 by the publisher. The range is worked out here: "
        "it allows for the rounding, and for chance from one month to another. Who may claim "
        "changes with the rules.",
    ),
    "modelled": (
        "Modelled figures",
        "Not very: a model worked them out from facts about the homes. They say what is to be "
        "expected, not what was found. Wards must not be put in order by them.",
    ),
    "counted": (
        "Counts of children",
        "Less sure than it looks: small counts move a lot by chance. The range allows for that. "
        "It does not allow for changes in how the police record.",
    ),
    "made up": (
        "Made-up figures",
        "Not at all: they were made up, to agree with the Council’s review. They cannot confirm "
        "it. Do not quote them.",
    ),
}
_SHORT = {
    "census": "Quite sure",
    "benefits": "Quite sure of those who claim",
    "recorded": "Less sure than it looks",
    "published": "We counted everybody who claims, rounded to 5",
    "modelled": "Not very: a model made it",
    "counted": "Less sure than it looks",
    "made up": "Not at all: it is made up",
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
    first = "Census areas do not nest in this ward, so each is put whole in one ward."
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


def fit_note(row: pd.Series) -> Markup:
    """Return a paragraph that says how far a figure misses the ward, if it does."""
    return blocks.paragraph(note(row))


def kind(answer: IndicatorAnswer) -> str:
    """Return which of ``KINDS`` an indicator's ward figures are."""
    if answer.is_dummy:
        return "made up"
    is_census = answer.indicator.period_kind == "census"
    kinds = {
        "proportion": "census" if is_census else "benefits",
        "published": "published",
        "modelled": "modelled",
        "mean": "recorded",
    }
    return kinds.get(answer.indicator.kind, "counted")


def short(answer: IndicatorAnswer) -> str:
    """Return in a few words how sure one can be, and where more of it stands."""
    words = _SHORT[kind(answer)]
    if kind(answer) == "census" and answer.row.fit != "exact":
        words = "Quite sure of census areas, less sure of the ward, which cuts through them"
    return f"How sure are we? {words} (see above)."


def kinds_of_figures(answers: Sequence[IndicatorAnswer]) -> Markup:
    """Return how sure one can be of every kind of figure among these, each kind once."""
    kinds = dict.fromkeys(kind(answer) for answer in answers)
    return Markup('<div class="sure"><h4>{}</h4>{}</div>').format(
        QUESTION, blocks.definitions(KINDS[name] for name in kinds)
    )
