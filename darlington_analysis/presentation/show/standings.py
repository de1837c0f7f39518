"""A ward's place among the wards on every ranked figure, as ranges one can see."""

import pandas as pd
from markupsafe import Markup

from darlington_analysis.evidence.indicator import IndicatorAnswer
from darlington_analysis.evidence.sections import Indicators
from darlington_analysis.presentation import charts, figures, tables
from darlington_analysis.presentation.wording import captions
from darlington_analysis.presentation.wording import standings as words
from darlington_analysis.presentation.wording.numbers import ordinal


def standings(shown: Indicators) -> Markup:
    """Return the chart of rank ranges with its table; nothing where no figure has a rank."""
    ranked = [answer for answer in shown.answers if answer.rank]
    if not ranked:
        return Markup("")
    places = pd.DataFrame(_place(answer) for answer in ranked)
    rests_on = pd.concat([answer.wards for answer in ranked])
    return Markup(
        figures.figure(
            charts.rank_range(
                places, areas=ranked[0].rank.wards, low_label=words.HIGHEST,
                high_label=words.LOWEST,
            ),
            figure_id="standings",
            title=words.title(shown.ward, ranked),
            subtitle=words.subtitle(ranked[0].rank.wards),
            alt=words.alt(ranked),
            table_html=_table(places),
            source_line=captions.source_line(rests_on, shown.provenance),
            beside=True,
        )
    )  # fmt: skip


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
    return tables.table(places, columns, words.CAPTION)


def _ordinal(place: float) -> str:
    return ordinal(int(place))
