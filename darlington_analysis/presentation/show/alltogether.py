"""On paper, one table of all wards and one of all targets stand for a table behind each chart."""

from collections.abc import Sequence

import pandas as pd
from markupsafe import Markup

from darlington_analysis.evidence.indicator import IndicatorAnswer
from darlington_analysis.presentation import tables
from darlington_analysis.presentation.show import outlook
from darlington_analysis.presentation.wording import alltogether as words
from darlington_analysis.presentation.wording import labels


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
    parts = [_wards(real, words.CAPTION), _targets(real), _wards(made_up, words.MADE_UP_CAPTION)]
    return Markup('<div class="alltogether"><h4>{}</h4>{}</div>').format(
        words.QUESTION, Markup("").join(parts)
    )


def _wards(held: Sequence[IndicatorAnswer], caption: str) -> Markup:
    if not held:
        return Markup("")
    columns = [tables.Column("area_name", words.AREA)]
    columns += [tables.Column(each.indicator.slug, words.header(each)) for each in held]
    return Markup(
        tables.table(
            _rows(held), columns, caption, picked=held[0].ward.code,
            picked_mark=f"({labels.THIS_WARD})", signs=labels.SIGNS,
        )
    )  # fmt: skip


def _rows(held: Sequence[IndicatorAnswer]) -> pd.DataFrame:
    """Return wider areas, then wards by name, a column an indicator with value and range."""
    cells = pd.concat(
        pd.concat([each.benchmarks, each.wards]).assign(
            slug=each.indicator.slug, cell=lambda rows, each=each: words.cells(rows, each)
        )
        for each in held
    )
    wide = cells.pivot(index=["area_code", "area_name"], columns="slug", values="cell")
    wide = wide.fillna("[x]").reset_index()
    is_ward = wide.area_code.isin(held[0].wards.area_code)
    return wide.assign(is_ward=is_ward).sort_values(["is_ward", "area_name"]).assign(status="")


def _targets(held: Sequence[IndicatorAnswer]) -> Markup:
    rows = [
        outlook.people_rows(answer.outlook).assign(
            name=lambda own, answer=answer: words.target(answer) + own.name
        )
        for answer in held
        if len(answer.outlook.take.people)
    ]
    if not rows:
        return Markup("")
    return Markup(
        tables.table(pd.concat(rows), outlook.people_columns(words.TARGET), words.TARGETS_CAPTION)
    )
