"""One look at one indicator, as a chart with its table."""

import pandas as pd
from markupsafe import Markup

from darlington_analysis.evidence.explore import Explorer, Look
from darlington_analysis.evidence.ward import WardEvidence
from darlington_analysis.presentation import figures, tables
from darlington_analysis.presentation.show import front
from darlington_analysis.presentation.show.wards_chart import wards_chart
from darlington_analysis.presentation.wording import captions, explore, labels, pages
from darlington_analysis.presentation.wording.numbers import shown as in_figures


def look(shown: Look) -> str:
    """Return the chart of every ward with its table; the table says all that the chart does."""
    return figures.figure(
        wards_chart(
            shown.wards,
            shown.ward.code,
            shown.beside.dropna(subset=["value"]),
            shown.indicator,
            by_name=shown.is_unordered,
        ),  # fmt: skip
        figure_id="look",
        title=explore.title(shown),
        subtitle=explore.subtitle(shown),
        alt=explore.alt(shown),
        table_html=_table(shown),
        source_line=captions.source_line(pd.concat([shown.wards, shown.beside]), shown.provenance),
    )


def look_text(shown: Look) -> str:
    """Return the look as one sentence."""
    return explore.alt(shown)


def explorer(shown: Explorer) -> str:
    """Return what can be asked: the indicators and their periods."""
    rows = pd.DataFrame(
        {"title": title, "slug": slug, "periods": ", ".join(shown.periods(slug))}
        for title, slug in shown.indicators.items()
    )
    columns = [
        tables.Column("title", explore.INDICATOR),
        tables.Column("slug", "Name to ask for"),
        tables.Column("periods", "Periods"),
    ]
    return tables.table(rows, columns, "What can be asked for")


def explorer_text(shown: Explorer) -> str:
    """Return the indicators that can be asked for."""
    return ", ".join(shown.indicators.values())


def ward(shown: WardEvidence) -> str:
    """Return a ward's evidence at a glance: whose it is, what stands out, what else."""
    return Markup("<p><strong>{}</strong></p>{}<p>{}</p>").format(
        pages.header_line(shown.header),
        Markup(front.stands_out(shown.stands_out)),
        explore.sections(shown.ward.name),
    )


def ward_text(shown: WardEvidence) -> str:
    """Return a ward's evidence at a glance, as text."""
    said = front.stands_out_text(shown.stands_out)
    return f"{front.header_text(shown.header)}\n{said}\n{explore.sections(shown.ward.name)}"


def _table(shown: Look) -> str:
    by = {"by": "area_name"} if shown.is_unordered else {"by": "value", "ascending": False}
    rows = pd.concat([shown.beside, shown.wards.sort_values(**by)])
    figure = {"show": lambda value: in_figures(value, shown.indicator)}
    columns = [
        tables.Column("area_name", "Area"),
        tables.Column("value", "Value", "value", **figure),
        tables.Column("lower_limit", "From", "number", missing="x", **figure),
        tables.Column("upper_limit", "To", "number", missing="x", **figure),
    ]
    return tables.table(
        rows,
        columns,
        explore.caption(shown),
        picked=shown.ward.code,
        picked_mark=f"({labels.THIS_WARD})",
        signs=labels.SIGNS,
    )
