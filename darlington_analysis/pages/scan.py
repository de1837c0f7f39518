"""The scan of all indicators by all wards, and the pockets it cannot see."""

import pandas as pd
from markupsafe import Markup

from darlington_analysis.evidence.pockets import Pockets
from darlington_analysis.evidence.scan import NOT_TESTED, QUIET, Scan
from darlington_analysis.pages.components import tables
from darlington_analysis.pages.components.numbers import shown as in_figures
from darlington_analysis.pages.words import scan as words
from darlington_analysis.pages.words import sentences
from darlington_analysis.sources.indicators import indicator


def scan(shown: Scan) -> str:
    """Return the scan against the benchmark, and against the usual spread of the wards."""
    if not shown.claims:
        return Markup("<p>{}</p>").format(words.NONE)
    beside, spread = (sentences.say(claim) for claim in shown.claims)
    return Markup("").join(
        [
            Markup('<p class="answer">{}</p>').format(beside),
            Markup(_matrix(shown)),
            Markup('<h3>{}</h3><p class="answer">{}</p>').format(words.SPREAD_QUESTION, spread),
            Markup(_unusual(shown)),
        ]
    )


def scan_text(shown: Scan) -> str:
    """Return what the scan found."""
    return "\n".join(sentences.say(claim) for claim in shown.claims) or words.NONE


def pockets(shown: Pockets) -> str:
    """Return which quiet wards hold deprived neighbourhoods, with their people."""
    said = Markup('<p class="answer">{}</p>').format(sentences.say(shown.claims[0]))
    columns = [
        tables.Column("area_name", "Ward"),
        tables.Column("value", "Place in England, 0 to 100", "number"),
        tables.Column("neighbourhoods", "Neighbourhoods", "number"),
        tables.Column("worst_20", "In the most deprived fifth", "number"),
        tables.Column("worst_10", "In the most deprived tenth", "number"),
        tables.Column("people_20", "All residents of that fifth [e]", "number", missing="x"),
    ]
    rows = shown.wards
    return said + Markup(tables.table(rows, columns, words.POCKETS_CAPTION) if len(rows) else "")


def pockets_text(shown: Pockets) -> str:
    """Return which quiet wards hold deprived neighbourhoods."""
    return sentences.say(shown.claims[0])


def _matrix(shown: Scan) -> str:
    marked = shown.rows.assign(cell=[words.cell(row) for row in shown.rows.itertuples()])
    wide = marked.pivot(index="area_name", columns="indicator", values="cell").reset_index()
    columns = [tables.Column("area_name", "Ward")]
    columns += [tables.Column(each.slug, each.short_title) for each in shown.indicators]
    return tables.table(wide, columns, words.CAPTION, shorthand=words.SHORTHAND)


def _unusual(shown: Scan) -> str:
    rows = shown.rows[~shown.rows.result_spread.isin([QUIET, NOT_TESTED])]
    if rows.empty:
        return f"<p>{words.NONE}</p>"
    listed = pd.DataFrame(
        {
            "area_name": row.area_name,
            "title": indicator(row.indicator).title,
            "value": in_figures(row.value, indicator(row.indicator)),
            "unit": indicator(row.indicator).unit,
            "side": words.side(row),
        }
        for row in rows.sort_values(["p_value_spread", "area_name"]).itertuples()
    )
    columns = [
        tables.Column("area_name", "Ward"),
        tables.Column("title", "Indicator"),
        tables.Column("value", "Value"),
        tables.Column("unit", "Unit"),
        tables.Column("side", "Against the other wards"),
    ]
    return tables.table(listed, columns, words.SEEMING_CAPTION)
