"""Where the ward is, what it touches and who lives there."""

import pandas as pd
from markupsafe import Markup

from darlington_analysis.core.settings import Support
from darlington_analysis.evidence.deprivation import support_state
from darlington_analysis.evidence.sections import Place
from darlington_analysis.pages import predecessor_wards
from darlington_analysis.pages.components import charts, figure, labels, maps, tables
from darlington_analysis.pages.words import captions


def place(shown: Place) -> str:
    """Return the map with its table, and the ages with theirs."""
    return (
        Markup("<p>{}</p>").format(captions.neighbours(shown))
        + Markup(_map(shown))
        + Markup(_outlines(shown) if shown.outlines else "")
        + Markup(predecessor_wards.lines(shown.ward, shown.lines))
        + Markup(_ages(shown))
    )


def place_text(shown: Place) -> str:
    """Return which wards the ward touches."""
    return captions.neighbours(shown)


def support_marks(support: Support | None) -> dict[str, str]:
    """Return the mark of each ward that has one: supported, or on the watch list."""
    if support is None:
        return {}
    marks = dict.fromkeys(support.supported, "supported")
    return marks | dict.fromkeys(support.watch_list, "watch list")


def mark_labels(support: Support | None) -> dict[str, str]:
    """Return the words of the marks, if there can be any."""
    if support is None:
        return {}
    return {"supported": labels.SUPPORTED, "watch list": labels.WATCH_LIST}


def _map(shown: Place) -> str:
    layers = maps.MapLayers(
        picked=shown.ward.code,
        picks=dict(zip(shown.tiles.area_code, shown.tiles.area_name, strict=True)),
        marks=support_marks(shown.support),
        mark_labels=mark_labels(shown.support),
    )
    return figure.figure(
        maps.hexagon_map(maps.hexagons(shown.tiles), layers),
        figure_id="map",
        title=f"Where {shown.ward.name} is",
        subtitle=captions.map_subtitle(shown),
        alt=captions.map_alt(shown),
        table_html=_map_table(shown),
        source_line="Source: ward boundaries of the Office for National Statistics; the tiles "
        "are this project’s own.",
        beside=True,
    )


def _outlines(shown: Place) -> str:
    """Draw the ward's own borders among the others'; the names are in the table."""
    layer = shown.outlines.layer
    layers = maps.MapLayers(
        picked=shown.ward.code,
        picks=dict(zip(layer.area_code, layer.area_name, strict=True)),
        names=dict.fromkeys(layer.area_code, ""),
    )
    return figure.figure(
        maps.hexagon_map(layer, layers),
        figure_id="outlines",
        title=captions.title(shown),
        subtitle=captions.SUBTITLE,
        alt=captions.alt(shown),
        table_html=tables.table(
            pd.DataFrame({"area_name": [ward.name for ward in shown.neighbours]}),
            [tables.Column("area_name", f"Touches {shown.ward.name}")],
            captions.TABLE,
        ),
        source_line=captions.source(shown.outlines.statement),
    )


def _map_table(shown: Place) -> str:
    touching = {ward.code for ward in shown.neighbours}
    rows = shown.tiles[["area_code", "area_name"]].sort_values("area_name")
    rows = rows.assign(
        state=[support_state(shown.support, code) for code in rows.area_code],
        touches=[_touches(code, shown.ward.code, touching) for code in rows.area_code],
    )
    columns = [
        tables.Column("area_name", "Ward"),
        tables.Column("state", "Council support"),
        tables.Column("touches", f"Touches {shown.ward.name}"),
    ]
    return tables.table(
        rows,
        columns,
        "The wards on the map",
        picked=shown.ward.code,
        picked_mark=f"({labels.THIS_WARD})",
    )


def _touches(code: str, own: str, touching: set[str]) -> str:
    if code == own:
        return labels.THIS_WARD
    return "yes" if code in touching else "no"


def age_shares(shown: Place) -> pd.DataFrame:
    """Return the ward's and England's residents by age band as percentages, youngest first."""
    rows = shown.residents[shown.residents.breakdown.isin(labels.AGES)]
    rows = rows[rows.area_type.isin(["ward", "country"])]
    order = {band: number for number, band in enumerate(labels.AGES)}
    rows = rows.assign(
        order=rows.breakdown.map(order), value=100 * rows.numerator / rows.denominator
    )
    return rows.assign(breakdown=rows.breakdown.map(labels.AGES)).sort_values(
        ["order", "area_type"]
    )


def _ages(shown: Place) -> str:
    shares = age_shares(shown)
    return figure.figure(
        charts.age_bars(shares, shown.ward.code, show=lambda value: f"{value:.0f}%"),
        figure_id="ages",
        title=captions.ages_title(shown, shares),
        subtitle=captions.ages_subtitle(shown),
        alt=captions.ages_alt(shown, shares),
        table_html=_ages_table(shown, shares),
        source_line=captions.ages_source(shown),
        beside=True,
    )


def _ages_table(shown: Place, shares: pd.DataFrame) -> str:
    own = shares[shares.area_code == shown.ward.code].set_index("breakdown")
    other = shares[shares.area_type == "country"].set_index("breakdown").value
    rows = own.assign(age=own.index, england=other)
    columns = [
        tables.Column("age", "Age"),
        tables.Column("numerator", f"People in {shown.ward.name}", "number"),
        tables.Column("value", f"% in {shown.ward.name}", "number", 1),
        tables.Column("england", "% in England", "number", 1),
    ]
    return tables.table(rows, columns, "Residents by age")
