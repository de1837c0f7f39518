"""All wards at once, and indicators that no ward has: the borough beside its region and England."""

import dataclasses

import pandas as pd
from markupsafe import Markup

from darlington_analysis.evidence.borough import (
    BoroughIndicators,
    BoroughMap,
    NotHeld,
    PlacesOnIndex,
    ReviewIndex,
)
from darlington_analysis.evidence.deprivation import support_state
from darlington_analysis.evidence.sections import WiderAnswer
from darlington_analysis.pages import deprivation, place
from darlington_analysis.pages.components import blocks, charts, figure, maps, tables
from darlington_analysis.pages.components.numbers import listed, ordinal, period, whole, word
from darlington_analysis.pages.place import mark_labels, support_marks
from darlington_analysis.sources import indicators as indicator_register
from darlington_analysis.sources.indicators import Indicator

MAP_SUBTITLE = (
    "Place among all wards of England, Index of {period}, by the mean score of a ward’s "
    "neighbourhoods"
)
MAP_ALT = "Map of {borough}’s wards as tiles; in the most deprived quarter: {names}."
OUTLINES_ALT = (
    "Map of {borough}’s wards with their real borders, shaded by their place in England on the "
    "Index of {period}. The table says the same."
)
REVIEW_INDEX = (
    "Which wards are in the most deprived quarter of England, on the Index of {period}?",
    "The review was written on that Index. What it says of places on it is tested further below.",
)
PLACES_CAPTION = "Every ward on the Index of {period}, most deprived first"
MAP_CAPTION = "The wards of the map on the Index of {period}, most deprived first"
OUTLINES_CAPTION = "The wards within their borders on the Index of {period}, most deprived first"
NOT_HELD = (
    "The {edition} does not hold the Index of {period}. That Index was worked out for other wards. "
    "Ask for it in the edition of those wards."
)
INDICATORS_TITLE = "{names}: every ward with its range"
IN_A_PANEL = {"c": "[c] withheld"}  # a third of a page wide; the table beside says why
INDICATORS_SUBTITLE = (
    "Per cent, wards of {borough} and England, {periods}; wards in the order of the first panel"
)
INDICATORS_ALT = "Dot charts of every ward; highest for {tops}."
OUTLINES_TITLE = "The same wards with their real borders"
CLASS_LABELS = (
    "Less deprived half of England’s wards",
    "Between a quarter and a half",
    "Most deprived quarter",
)
INDICATORS_CAPTION = "{names}, with the limits of their 95% intervals"
SIDE_BY_SIDE = 2  # panels of a chart: with more, their headings and limits cannot be read


def position_class(position: float) -> int:
    """Return the map class of a national position: 2 for the most deprived quarter."""
    return 2 if position <= 25 else 1 if position <= 50 else 0


def map_title(places: PlacesOnIndex) -> str:
    """Return the message of the borough's map."""
    count = int((places.wards.value <= places.line).sum())
    return f"{word(count).capitalize()} wards are in England’s most deprived quarter"


def map_alt(places: PlacesOnIndex) -> str:
    """Return the borough's map in one sentence."""
    within = places.wards[places.wards.value <= places.line].area_name
    return MAP_ALT.format(borough=blocks.borough(), names=", ".join(within))


def indicators_alt(shown: BoroughIndicators, chunk: tuple[Indicator, ...]) -> str:
    """Return some small multiples in one sentence: the highest ward of each."""
    tops = []
    for indicator in chunk:
        rows = shown.wards[shown.wards.indicator == indicator.slug]
        top = rows.loc[rows.value.idxmax()]
        tops.append(f"{indicator.short_title.lower()} {top.area_name} {top.value:.1f}%")
    return INDICATORS_ALT.format(tops=", ".join(tops))


def places(shown: PlacesOnIndex) -> str:
    """Return how many wards are within the line, and every ward's place."""
    sentence = blocks.sentence(shown.claims[0], deprivation.RULES)
    return blocks.answer_line(sentence) + places_table(shown)


def review_index(shown: ReviewIndex) -> str:
    """Return the places on the Index of the council's report, under their own heading, if any."""
    if not shown.places:
        return ""
    title, lead = (words.format(period=shown.places.period) for words in REVIEW_INDEX)
    return blocks.under(title, blocks.paragraph(lead) + places(shown.places), 2)


def not_held(shown: NotHeld) -> str:
    """Return why there are no places on an Index."""
    return blocks.paragraph(NOT_HELD.format(edition=shown.edition.title, period=shown.period))


def places_table(shown: PlacesOnIndex, caption: str = "") -> str:
    """Return the table of every ward's place on one edition of the Index.

    ``caption``: what the table is called where it stands twice on a page.
    """
    rows = shown.wards.assign(
        at=shown.wards.place.map(ordinal),
        within=(shown.wards.value <= shown.line).map({True: "yes", False: "no"}),
        state=[support_state(shown.support, code) for code in shown.wards.area_code],
    )
    columns = [
        tables.Column("area_name", "Ward"),
        tables.Column("at", f"Place in {blocks.borough()}", "number", show=str),
        tables.deprived_column(),
        tables.Column("within", "In England’s most deprived quarter"),
        tables.Column("state", "Council support"),
    ]
    return tables.table(rows, columns, (caption or PLACES_CAPTION).format(period=shown.period))


def borough_map(shown: BoroughMap) -> str:
    """Return how many wards are within the line, and the map of positions with its table."""
    sentence = blocks.sentence(shown.places.claims[0], deprivation.RULES)
    return blocks.answer_line(sentence) + map_figure(shown, {})


def map_figure(shown: BoroughMap, links: dict[str, str]) -> str:
    """Return the borough's map; each ward with an address in ``links`` can be reached by Tab."""
    wards = shown.places.wards.set_index("area_code")
    layers = maps.MapLayers(
        classes={code: position_class(value) for code, value in wards.value.items()},
        class_labels=CLASS_LABELS,
        marks=support_marks(shown.places.support),
        mark_labels=mark_labels(shown.places.support),
        links=links,
    )
    if shown.tiles.empty:
        return _outlines(shown, layers) if shown.outlines else places_table(shown.places)
    tiles = figure.figure(
        maps.hexagon_map(maps.hexagons(shown.tiles), layers),
        figure_id="borough-map",
        title=map_title(shown.places),
        subtitle=MAP_SUBTITLE.format(period=shown.places.period),
        alt=map_alt(shown.places),
        table_html=places_table(shown.places, MAP_CAPTION),
        source_line=blocks.INDEX_SOURCE,
    )
    return Markup(tiles) + (_outlines(shown, layers) if shown.outlines else "")


def _outlines(shown: BoroughMap, layers: maps.MapLayers) -> str:
    """Draw the same classes within real borders; names and links are on the map of tiles."""
    layer = shown.outlines.layer
    unnamed = dataclasses.replace(layers, links={}, names=dict.fromkeys(layer.area_code, ""))
    return figure.figure(
        maps.hexagon_map(layer, unnamed),
        figure_id="borough-outlines",
        title=OUTLINES_TITLE,
        subtitle=place.OUTLINES_SUBTITLE,
        alt=OUTLINES_ALT.format(borough=blocks.borough(), period=shown.places.period),
        table_html=places_table(shown.places, OUTLINES_CAPTION),
        source_line=place.outlines_source(shown.outlines.statement),
    )


def indicators(shown: BoroughIndicators) -> str:
    """Return all indicators by ward as small multiples, a few at a time, with their tables."""
    starts = range(0, len(shown.indicators), SIDE_BY_SIDE)
    chunks = [shown.indicators[at : at + SIDE_BY_SIDE] for at in starts]
    return Markup("").join(
        _indicators_figure(shown, chunk, number) for number, chunk in enumerate(chunks, 1)
    )


def _indicators_figure(shown: BoroughIndicators, chunk, number: int) -> str:
    titles = {indicator.slug: indicator.short_title for indicator in chunk}
    rows = pd.concat([shown.benchmarks, shown.wards])
    rows = rows[rows.indicator.isin(list(titles))]
    periods = " and ".join(sorted(set(rows.period.map(period))))
    return figure.figure(
        charts.borough_dots(
            shown.wards,
            titles,
            shown.benchmarks.set_index("indicator").value.to_dict(),
            benchmark_label="England",
            status_labels=blocks.STATUS_WORDS | IN_A_PANEL,
        ),
        figure_id=f"borough-indicators-{number}",
        title=INDICATORS_TITLE.format(names=", ".join(titles.values())),
        subtitle=INDICATORS_SUBTITLE.format(borough=blocks.borough(), periods=periods),
        alt=indicators_alt(shown, chunk),
        table_html=_indicators_table(rows, titles),
        source_line=figure.source_line(rows, shown.provenance),
    )


def _indicators_table(rows: pd.DataFrame, titles: dict[str, str]) -> str:
    """Return each area's value and limits: the benchmark first, then the wards by name."""
    names = ["value", "lower_limit", "upper_limit"]
    wide = rows.pivot(index=["area_type", "area_name"], columns="indicator", values=names)
    wide.columns = [f"{slug} {name}" for name, slug in wide.columns]
    columns = [tables.Column("area_name", "Area")]
    for slug, title in titles.items():
        heads = (f"{title}, %", "From", "To")
        columns += [
            tables.Column(f"{slug} {name}", head, "number", 1, missing="x")
            for name, head in zip(names, heads, strict=True)
        ]
    ordered = wide.reset_index().sort_values(["area_type", "area_name"])
    caption = INDICATORS_CAPTION.format(names=" and ".join(titles.values()))
    return tables.table(ordered, columns, caption, signs={"x": blocks.SIGNS["x"]})


WIDER_TITLE = "{title}: {borough}, its region and England"
WIDER_SUBTITLE = "{unit}, calendar years, as published"
SURE_QUESTION = "How sure are we?"
SURE = (
    "Only rates were published, so no range for chance can be given. The rate of {borough} for {year} "
    "is about {children} children: the fewer there are, the more chance moves it. Rates of one year "
    "differ from release to release."
)
SET_ASIDE = (
    "Of the releases these rates come from, {count} figures failed a check and were left out. "
    "“Where do the figures come from?” says why."
)
_THE = {"North East": "the North East"}
OPEN_PLACE = (
    "No counts for wards are published, and none are made up here. The Council holds these counts. "
    "Ask for them. Small ones will be withheld, to protect children."
)


def compared_areas(facts: dict) -> str:
    """Return the borough's newest rate beside wider areas, then the newest year that all have."""
    about = indicator_register.indicator(facts["indicator"])
    (name, rate), *others = facts["latest_values"]
    words = (
        f"No ward has a figure. In {name}, {_out_of(rate, about)} in every {whole(about.out_of)} "
        f"{about.who} {about.what} ({facts['latest']})."
    )
    if others:
        words += f" It was {_in_areas(others, about)}."
    if facts["latest"] == facts["year"] or not facts["values"]:
        return words
    return f"{words} In {facts['year']} it was {_in_areas(facts['values'], about)}."


def _in_areas(values: list[tuple[str, float]], about: Indicator) -> str:
    return listed([f"{_out_of(rate, about)} in {_THE.get(area, area)}" for area, rate in values])


def wider_alt(rows) -> str:
    """Return the chart in one sentence."""
    parts = []
    for name, area_rows in rows.groupby("area_name", sort=False):
        first, last = area_rows.iloc[0], area_rows.iloc[-1]
        parts.append(
            f"{name} from {whole(first.value)} in {first.period} to {whole(last.value)} "
            f"in {last.period}"
        )
    return f"Line chart: {'; '.join(parts)}."


def _out_of(rate: float, indicator: Indicator) -> str:
    return whole(rate / indicator.multiplier * indicator.out_of)


RULES = {"wider-only": compared_areas}


def wider(answers: tuple[WiderAnswer, ...], provenance: dict) -> Markup:
    """Return each indicator's sentences, chart, table and open place."""
    return Markup("").join(_wider_one(answer, provenance) for answer in answers)


def _wider_one(answer: WiderAnswer, provenance: dict) -> Markup:
    year, children = answer.claims[0].facts["latest"], whole(answer.children)
    set_aside = SET_ASIDE.format(count=word(answer.set_aside)) if answer.set_aside else ""
    return blocks.join(
        Markup("<h4>{}</h4>").format(answer.indicator.title),
        blocks.answer_line(_wider_sentences(answer)),
        blocks.paragraph(answer.indicator.why),
        blocks.paragraph(set_aside),
        Markup('<div class="sure"><h5>{}</h5><p>{}</p></div>').format(
            SURE_QUESTION, SURE.format(borough=blocks.borough(), year=year, children=children)
        ),
        _wider_figure(answer, provenance),
        blocks.empty(OPEN_PLACE),
    )


def _wider_sentences(answer: WiderAnswer) -> str:
    return " ".join(blocks.sentences(answer.claims, RULES))


def _wider_figure(answer: WiderAnswer, provenance: dict) -> str:
    unit = WIDER_SUBTITLE.format(unit=answer.indicator.unit.removesuffix(", a year"))
    return figure.figure(
        charts.trend(answer.rows, value_label=unit),
        figure_id=f"{answer.indicator.slug}-wider",
        title=_wider_title(answer),
        subtitle=unit,
        alt=wider_alt(answer.rows),
        table_html=_wider_table(answer),
        source_line=figure.source_line(answer.rows, provenance),
    )


def _wider_title(answer: WiderAnswer) -> str:
    return WIDER_TITLE.format(borough=blocks.borough(), title=answer.indicator.short_title)


def _wider_table(answer: WiderAnswer) -> str:
    wide = answer.rows.pivot(index="period", columns="area_name", values="value")
    names = list(dict.fromkeys(answer.rows.area_name))
    rows = wide.reset_index().sort_values("period", ascending=False)
    columns = [tables.Column("period", "Year")]
    columns += [tables.Column(name, name, "number", show=_whole, missing="x") for name in names]
    return tables.table(rows, columns, _wider_title(answer))


def _whole(value: float) -> str:
    return "" if pd.isna(value) else whole(value)
