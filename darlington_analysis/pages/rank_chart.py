"""A ward's place among the wards on every ranked figure, as ranges one can see."""

from collections.abc import Sequence

import pandas as pd
from markupsafe import Markup

from darlington_analysis.evidence.indicator import IndicatorAnswer
from darlington_analysis.evidence.sections import Indicators
from darlington_analysis.pages.components import charts, figure, tables
from darlington_analysis.pages.components.numbers import ordinal, whole
from darlington_analysis.sources.areas import Ward

HIGHEST, LOWEST = "1st: highest figure", "last: lowest"
CAPTION = "Places among the wards"


def title(ward: Ward, ranked: Sequence[IndicatorAnswer]) -> str:
    """Return the message of the chart: the figure on which the ward stands highest."""
    top = min(ranked, key=lambda answer: (answer.rank.rank_upper, answer.rank.rank_lower))
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
    parts = [f"{answer.indicator.short_title} {_span(answer)}" for answer in ranked]
    return f"Bars of places among all wards, the highest figure first: {'; '.join(parts)}."


def _span(answer: IndicatorAnswer) -> str:
    low, high = answer.rank.rank_lower, answer.rank.rank_upper
    return ordinal(low) if low == high else f"{ordinal(low)} to {ordinal(high)}"


def standings(shown: Indicators) -> Markup:
    """Return the chart of rank ranges with its table; nothing where no figure has a rank."""
    ranked = [answer for answer in shown.answers if answer.rank]
    if not ranked:
        return Markup("")
    places = pd.DataFrame(_place(answer) for answer in ranked)
    rests_on = pd.concat([answer.wards for answer in ranked])
    return Markup(
        figure.figure(
            charts.rank_range(
                places,
                areas=ranked[0].rank.wards,
                low_label=HIGHEST,
                high_label=LOWEST,
            ),
            figure_id="standings",
            title=title(shown.ward, ranked),
            subtitle=subtitle(ranked[0].rank.wards),
            alt=alt(ranked),
            table_html=_table(places),
            source_line=figure.source_line(rests_on, shown.provenance),
            beside=True,
        )
    )


def _place(answer: IndicatorAnswer) -> dict:
    return {
        "label": answer.indicator.short_title,
        "rank": answer.rank.rank,
        "lower_rank": answer.rank.rank_lower,
        "upper_rank": answer.rank.rank_upper,
        "status": "",
    }


def _table(places: pd.DataFrame) -> str:
    headers = (("rank", "Place"), ("lower_rank", "From"), ("upper_rank", "To"))
    columns = [tables.Column("label", "Figure")]
    columns += [tables.Column(key, header, "number", show=_ordinal) for key, header in headers]
    return tables.table(places, columns, CAPTION)


def _ordinal(place: float) -> str:
    return ordinal(int(place))
