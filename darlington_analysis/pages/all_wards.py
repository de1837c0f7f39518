"""On paper, one table of all wards and one of all targets stand for a table behind each chart."""

from collections.abc import Sequence

import pandas as pd
from markupsafe import Markup

from darlington_analysis.evidence.indicator import IndicatorAnswer
from darlington_analysis.evidence.sections import Indicators
from darlington_analysis.pages import targets
from darlington_analysis.pages.components import blocks, charts, figure, tables
from darlington_analysis.pages.components.numbers import ordinal, value_text, whole
from darlington_analysis.sources.areas import Ward

QUESTION = "What are the figures of every ward?"
CAPTION = "Every ward’s figures; in brackets the range"
MADE_UP_CAPTION = "Made-up figures of every ward, for show only"
TARGETS_CAPTION = "What it takes to be level with a wider area"
AREA, TARGET = "Area", "Figure, level with"


def header(answer: IndicatorAnswer) -> str:
    """Return the head of an indicator's column, with the unit of its values."""
    percent = ", %" if answer.indicator.unit.startswith("%") else ""
    return f"{answer.indicator.short_title}{percent}"


def target(answer: IndicatorAnswer) -> str:
    """Return the start of a target’s name, before the wider area’s."""
    return f"{answer.indicator.short_title}, "


def row_cells(rows: pd.DataFrame, answer: IndicatorAnswer) -> list[str]:
    """Return each row's value, its flag and its range as one cell; a missing value as its sign."""
    wanted = rows[["value", "lower_limit", "upper_limit", "status"]]
    return [_cell(row, answer) for row in wanted.itertuples()]


def _cell(row, answer: IndicatorAnswer) -> str:
    if pd.isna(row.value):
        return f"[{row.status or 'x'}]"
    value = value_text(row.value, answer.indicator) + (f" [{row.status}]" if row.status else "")
    if pd.isna(row.lower_limit) or pd.isna(row.upper_limit):
        return value
    low, high = (
        value_text(limit, answer.indicator) for limit in (row.lower_limit, row.upper_limit)
    )
    return value if low == high else f"{value} ({low} to {high})"


def holds(answer: IndicatorAnswer) -> bool:
    """True for an indicator whose ward figures stand in one table with others on paper.

    All but those with a smoothed value beside each figure, which keep their own.
    """
    return answer.outlook.smoothed.empty


def together(answers: Sequence[IndicatorAnswer]) -> Markup:
    """Return the tables that paper shows: real figures, targets, and made-up figures apart.

    A screen does not show them: there each chart has its own table.
    """
    held = [answer for answer in answers if holds(answer)]
    real = [answer for answer in held if not answer.is_dummy]
    made_up = [answer for answer in held if answer.is_dummy]
    parts = [_wards(real, CAPTION), _targets(real), _wards(made_up, MADE_UP_CAPTION)]
    return Markup('<div class="alltogether"><h4>{}</h4>{}</div>').format(
        QUESTION, Markup("").join(parts)
    )


def _wards(held: Sequence[IndicatorAnswer], caption: str) -> Markup:
    if not held:
        return Markup("")
    columns = [tables.Column("area_name", AREA)]
    columns += [tables.Column(answer.indicator.slug, header(answer)) for answer in held]
    return Markup(
        tables.table(
            _rows(held),
            columns,
            caption,
            picked=held[0].ward.code,
            picked_mark=f"({blocks.THIS_WARD})",
            signs=blocks.SIGNS,
        )
    )


def _rows(held: Sequence[IndicatorAnswer]) -> pd.DataFrame:
    """Return wider areas, then wards by name, a column an indicator with value and range."""
    cells = pd.concat(
        pd.concat([answer.benchmarks, answer.wards]).assign(
            slug=answer.indicator.slug, cell=lambda rows, answer=answer: row_cells(rows, answer)
        )
        for answer in held
    )
    wide = cells.pivot(index=["area_code", "area_name"], columns="slug", values="cell")
    wide = wide.fillna("[x]").reset_index()
    is_ward = wide.area_code.isin(held[0].wards.area_code)
    return wide.assign(is_ward=is_ward).sort_values(["is_ward", "area_name"]).assign(status="")


def _targets(held: Sequence[IndicatorAnswer]) -> Markup:
    rows = [
        targets.people_rows(answer.outlook).assign(
            name=lambda people, answer=answer: target(answer) + people.name
        )
        for answer in held
        if len(answer.outlook.take.people)
    ]
    if not rows:
        return Markup("")
    return tables.table(pd.concat(rows), targets.people_columns(TARGET), TARGETS_CAPTION)


HIGHEST, LOWEST = "1st: highest figure", "last: lowest"
RANK_CAPTION = "Places among the wards"
NEAREST = "{ward} is nearest to the top for “{figure}”: {places}"
ONLY = "The place of {ward} for “{figure}”: {places}"


def title(ward: Ward, ranked: Sequence[IndicatorAnswer]) -> str:
    """Return the message of the chart: the figure on which the ward's place is nearest to the 1st.

    One figure alone is nearest to nothing: its place is named.
    """
    top = min(ranked, key=lambda answer: (answer.rank.rank_upper, answer.rank.rank_lower))
    title = NEAREST if len(ranked) > 1 else ONLY
    return title.format(ward=ward.name, figure=top.indicator.short_title, places=_span(top))


def subtitle(wards: int) -> str:
    """Return what the chart measures."""
    return (
        f"Place among {whole(wards)} wards on each figure, the highest first; the bar holds the true "
        "place about 95 times in 100. Made-up and modelled figures, and those without a range, get no "
        "place"
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
    return tables.table(places, columns, RANK_CAPTION)


def _ordinal(place: float) -> str:
    return ordinal(int(place))
