"""All wards at once: where the deprived ones are, and every indicator beside every other."""

import dataclasses

import pandas as pd
from markupsafe import Markup

from darlington_analysis.evidence.borough import (
    BoroughIndicators,
    BoroughMap,
    NotHeld,
    PlacesOnIndex,
)
from darlington_analysis.evidence.deprivation import support_state
from darlington_analysis.presentation import charts, figures, maps, tables
from darlington_analysis.presentation.show.place import mark_labels, support_marks
from darlington_analysis.presentation.wording import (
    boroughwide,
    labels,
    outlines,
    sentences,
    support,
)
from darlington_analysis.presentation.wording.numbers import ordinal
from darlington_analysis.presentation.wording.numbers import shown as in_figures


def places(shown: PlacesOnIndex) -> str:
    """Return how many wards are within the line, and every ward's place."""
    said = sentences.say(shown.claims[0])
    return Markup('<p class="answer">{}</p>').format(said) + Markup(places_table(shown))


def not_held(shown: NotHeld) -> str:
    """Return why there are no places on an Index."""
    return Markup("<p>{}</p>").format(boroughwide.not_held(shown))


def not_held_text(shown: NotHeld) -> str:
    """Return why there are no places on an Index."""
    return boroughwide.not_held(shown)


def places_text(shown: PlacesOnIndex) -> str:
    """Return every ward's place on the Index, one a line."""
    lines = [
        f"{ordinal(row.place)} {row.area_name} {row.value:.0f}" for row in shown.wards.itertuples()
    ]
    return "\n".join([sentences.say(shown.claims[0]), f"Index of {shown.period}:", *lines])


def places_table(shown: PlacesOnIndex) -> str:
    """Return the table of every ward's place on one edition of the Index."""
    rows = shown.wards.assign(
        at=shown.wards.place.map(ordinal),
        within=(shown.wards.value <= shown.line).map({True: "yes", False: "no"}),
        state=[support_state(shown.support, code) for code in shown.wards.area_code],
    )
    columns = [
        tables.Column("area_name", "Ward"),
        tables.Column("at", "Place in Darlington", "number", show=str),
        tables.Column("value", "Place in England, 0 to 100", "number"),
        tables.Column("within", "In England’s most deprived quarter"),
        tables.Column("state", "Council support"),
    ]
    return tables.table(rows, columns, boroughwide.places_caption(shown.period))


def borough_map(shown: BoroughMap) -> str:
    """Return the map of national positions with its table."""
    return map_figure(shown, {})


def map_text(shown: BoroughMap) -> str:
    """Return the map in one sentence."""
    return boroughwide.map_alt(shown.places)


def map_figure(shown: BoroughMap, links: dict[str, str]) -> str:
    """Return the borough's map; each ward with an address in ``links`` can be reached by Tab."""
    wards = shown.places.wards.set_index("area_code")
    layers = maps.MapLayers(
        classes={code: boroughwide.position_class(value) for code, value in wards.value.items()},
        class_labels=boroughwide.CLASS_LABELS,
        marks=support_marks(shown.places.support),
        mark_labels=mark_labels(shown.places.support),
        links=links,
    )
    tiles = figures.figure(
        maps.hexagon_map(maps.hexagons(shown.tiles), layers),
        figure_id="borough-map",
        title=boroughwide.map_title(shown.places),
        subtitle=boroughwide.map_subtitle(shown.places),
        alt=boroughwide.map_alt(shown.places),
        table_html=places_table(shown.places),
        source_line=support.INDEX_SOURCE,
    )
    return Markup(tiles) + (Markup(_outlines(shown, layers)) if shown.outlines else "")


def _outlines(shown: BoroughMap, layers: maps.MapLayers) -> str:
    """Draw the same classes within real borders; names and links are on the map of tiles."""
    layer = shown.outlines.layer
    unnamed = dataclasses.replace(layers, links={}, names=dict.fromkeys(layer.area_code, ""))
    return figures.figure(
        maps.hexagon_map(layer, unnamed),
        figure_id="borough-outlines",
        title=outlines.BOROUGH_TITLE,
        subtitle=outlines.SUBTITLE,
        alt=outlines.borough_alt(shown.places),
        table_html=places_table(shown.places),
        source_line=outlines.source(shown.outlines.statement),
    )


def indicators(shown: BoroughIndicators) -> str:
    """Return all indicators by ward as small multiples, three at a time, with their tables."""
    chunks = [shown.indicators[at : at + 3] for at in range(0, len(shown.indicators), 3)]
    return Markup("").join(
        Markup(_indicators_figure(shown, chunk, number)) for number, chunk in enumerate(chunks, 1)
    )


def _indicators_figure(shown: BoroughIndicators, chunk, number: int) -> str:
    titles = {each.slug: each.short_title for each in chunk}
    svg = charts.borough_dots(
        shown.wards,
        titles,
        shown.benchmarks.set_index("indicator").value.to_dict(),
        benchmark_label="England",
        status_labels=labels.STATUS_WORDS,
    )
    return figures.figure(
        svg,
        figure_id=f"borough-indicators-{number}",
        title=boroughwide.indicators_title(chunk),
        subtitle=boroughwide.indicators_subtitle(shown),
        alt=boroughwide.indicators_alt(shown, chunk),
        table_html=_indicators_table(shown, titles),
        source_line=boroughwide.census_source(shown),
    )


def indicators_text(shown: BoroughIndicators) -> str:
    """Return England's value of every indicator."""
    values = shown.benchmarks.set_index("indicator").value
    return "\n".join(
        f"{each.title}: England {in_figures(values[each.slug], each)}%" for each in shown.indicators
    )


def _indicators_table(shown: BoroughIndicators, titles: dict[str, str]) -> str:
    rows = pd.concat([shown.benchmarks, shown.wards])
    rows = rows[rows.indicator.isin(list(titles))]
    wide = rows.pivot(index="area_name", columns="indicator", values="value").reset_index()
    columns = [tables.Column("area_name", "Area")]
    columns += [
        tables.Column(slug, f"{title}, %", "number", 1, missing="x")
        for slug, title in titles.items()
    ]
    return tables.table(wide, columns, boroughwide.INDICATORS_CAPTION)
