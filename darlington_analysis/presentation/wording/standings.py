"""Words on the chart of a ward's places among the wards."""

from collections.abc import Sequence

from darlington_analysis.catalogue.areas import Ward
from darlington_analysis.evidence.indicator import IndicatorAnswer
from darlington_analysis.presentation.wording.numbers import ordinal, whole

HIGHEST, LOWEST = "1st: highest figure", "last: lowest"
CAPTION = "Places among the wards"


def title(ward: Ward, ranked: Sequence[IndicatorAnswer]) -> str:
    """Return the message of the chart: the figure on which the ward stands highest."""
    top = min(ranked, key=lambda each: (each.rank.rank_upper, each.rank.rank_lower))
    name = top.indicator.short_title
    return f"{ward.name} stands highest on {name[0].lower()}{name[1:]}: {_span(top)}"


def subtitle(wards: int) -> str:
    """Return what the chart measures."""
    return (
        f"Place among {whole(wards)} wards on each figure; the bar holds the true place 95 times "
        "in 100. Made-up and modelled figures, and those without a range, get no place"
    )


def alt(ranked: Sequence[IndicatorAnswer]) -> str:
    """Return the chart in one sentence."""
    parts = [f"{each.indicator.short_title} {_span(each)}" for each in ranked]
    return f"Bars of places among all wards, the highest figure first: {'; '.join(parts)}."


def _span(answer: IndicatorAnswer) -> str:
    low, high = answer.rank.rank_lower, answer.rank.rank_upper
    return ordinal(low) if low == high else f"{ordinal(low)} to {ordinal(high)}"
