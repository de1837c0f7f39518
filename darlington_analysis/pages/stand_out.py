"""Section 3 of the pack: charts of the figures that stand out, and what a target would take."""

import pandas as pd
from markupsafe import Markup

from darlington_analysis.evidence.indicator import IndicatorAnswer
from darlington_analysis.evidence.pack import (
    MOST_STANDING_OUT,
    TARGET,
    StandOutFigures,
    areas_beyond,
)
from darlington_analysis.pages import indicator_sentences, indicators, page, targets
from darlington_analysis.pages.components import agreements, blocks, charts, figure
from darlington_analysis.pages.components.numbers import (
    capitalised,
    decapitalised,
    listed,
    value_text,
    word,
)

LEAD_STAND_OUT = (
    "At most {most} figures that clearly differ from England’s, or from {borough}’s where England "
    "has none: worse ones first, then better ones, then others. Each bar is a range. The other "
    "figures are in the {annex}."
)
WITHOUT_RANGE = "Not among them, as they have no range: {figures}. These are {unit}."
BESIDE = "{name} {here} ({area} {there})"
NOTHING = "No figure of this ward differs clearly from England’s. All are in the {annex}."
ANNEX_WORDS = "annex"
FOLDED = "The figures of the chart as a table"
HIGHER, LOWER = "{name}: higher here than in {areas}", "{name}: lower here than in {areas}"
TAKE = "{when}: {now} {who}. To be level with {name} as it is now: {then}, {change}{other}."
BEYOND = (
    "{when}: {now} {who}. {years} years later, if the ward only keeps pace with {name}: {pace}. To be "
    "level with {name} by then: {then}, {change} than were counted{other}."
)
OTHER = "; with {name}: {then}"
GOT_WORSE = "{name}’s own figure got worse, so keeping pace means {way} here, too."
PACE = "But {name} moves too, so set a target as a gap."
GAPS_CAPTION = "In every 100, and the gap to {name} in points. Gap, {first} to {last}: {moved}"
KNOWN_HERE = "What people here know of it"
SOURCES = "Source: the annex names the source of each figure."


def stand_out_figures(shown: StandOutFigures) -> Markup:
    """Return the figures that stand out, each with its chart and what it would take."""
    annex = Markup('<a class="file" href="{}">{}</a>').format(page.FILES[page.ANNEX], ANNEX_WORDS)
    lead = Markup(LEAD_STAND_OUT if shown.shown else NOTHING).format(
        annex=annex, borough=blocks.borough(), most=word(MOST_STANDING_OUT)
    )
    parts = [_one(answer, shown) for answer in shown.shown]
    source = Markup('<p class="source on-paper">{}</p>').format(SOURCES) if parts else ""
    return blocks.join(Markup("<p>{}</p>").format(lead), *_without_range(shown), *parts, source)


def _without_range(shown: StandOutFigures) -> list[Markup]:
    """Return a line for each unit of the figures that no verdict can be given of."""
    by_unit: dict[str, list[str]] = {}
    for answer in shown.without_range:
        about = answer.indicator
        words = BESIDE.format(
            name=decapitalised(about.short_title),
            here=value_text(answer.row.value, about),
            area=answer.benchmarks.area_name.iloc[0],
            there=value_text(answer.benchmarks.value.iloc[0], about),
        )
        by_unit.setdefault(about.unit, []).append(words)
    return [
        blocks.paragraph(WITHOUT_RANGE.format(figures=listed(figures), unit=unit))
        for unit, figures in by_unit.items()
    ]


def _one(answer: IndicatorAnswer, shown: StandOutFigures) -> Markup:
    about = answer.indicator
    known = shown.evidence.indicators.knowledge.get(about.slug, ())
    lines = blocks.bullets(f"{item.words} ({agreements.grade_words(item)})" for item in known)
    return Markup(
        '<div class="stand-out"><h3>{}</h3>{}<div class="beside-chart">{}</div></div>'
    ).format(
        _title(answer),
        _chart(answer, shown.evidence.indicators.provenance),
        blocks.join(
            blocks.paragraph(blocks.sentence(answer.claims[0], indicator_sentences.RULES)),
            blocks.paragraph(about.why),
            _gaps(answer),
            _take(answer),
            blocks.titled(KNOWN_HERE) + lines if lines else "",
        ),
    )


def _gaps(answer: IndicatorAnswer) -> Markup:
    """Return the figure and the gap at each census; nothing without two that compare."""
    counted = answer.change.counted
    if len(counted) < 2 or counted.gap.isna().any():
        return Markup("")
    name, facts = answer.change.benchmark_name, answer.change.claims[0].facts
    caption = GAPS_CAPTION.format(
        name=name,
        first=facts["first"],
        last=facts["last"],
        moved=indicator_sentences.moved(facts),
    )
    rows = [
        (
            row.period,
            f"{row.value:.1f}",
            f"{row.benchmark:.1f}",
            f"{row.gap_printed:+.1f}".replace("-", "−"),
        )
        for row in counted.itertuples()
    ]
    return blocks.table(("Census", "Here", name, "Gap"), rows, caption)


def _take(answer: IndicatorAnswer) -> Markup:
    """Return what a target would take; nothing where no target is worked out."""
    facts = next((c.facts for c in answer.outlook.take.claims if c.rule == TARGET), None)
    if facts is None:
        return Markup("")
    words = (BEYOND if facts["pace_years"] else TAKE).format(
        when=capitalised(indicator_sentences.when(answer)),
        who=targets.thing(answer.indicator).rstrip(","),
        name=facts["benchmark_name"],
        years=facts["pace_years"],
        other=_other(answer, facts["pace_years"]),
        **indicator_sentences.in_people(answer, facts),
    )
    more = (
        [
            _got_worse(answer, facts),
            targets.counted_since(facts),
            targets.told_in_short(facts),
            targets.first_target(facts),
        ]
        if facts["pace_years"]
        else [targets.told_in_short(facts), PACE.format(name=facts["benchmark_name"])]
    )
    return Markup("<p><strong>{}</strong> {} {}</p>").format(
        targets.TAKE_QUESTION, words, " ".join(part for part in more if part)
    )


def _other(answer: IndicatorAnswer, years: int) -> str:
    """Return how many there would be if the ward were level with the borough, where that is asked
    beside the country; the years to get there are the same for both.
    """
    rows = answer.outlook.take.people.iloc[1:]
    return "".join(
        OTHER.format(
            name=facts["benchmark_name"], then=indicator_sentences.in_people(answer, facts)["then"]
        )
        for facts in rows[rows.pace_years == years].to_dict("records")
    )


def _got_worse(answer: IndicatorAnswer, facts: dict) -> str:
    """Return that keeping pace is no gain, where the benchmark itself got worse."""
    side = "higher" if facts["ratio"] > 1 else "lower"
    if not answer.indicator.polarity.is_worse(side):
        return ""
    change = facts["people_at_pace"] - facts["people_now"]
    words = GOT_WORSE.format(name=facts["benchmark_name"], way=targets.way(change))
    return words if change else ""


def _title(answer: IndicatorAnswer) -> str:
    words = HIGHER if answer.comparison == "higher" else LOWER
    areas = " or ".join(sorted(areas_beyond(answer)))
    return words.format(name=answer.indicator.short_title, areas=areas)


def _chart(answer: IndicatorAnswer, provenance: dict) -> Markup:
    """Draw every ward with its value at the end of its row: on paper the chart is its own table."""
    about = answer.indicator
    beside = {
        f"{row.area_name} {value_text(row.value, about)}": row.value
        for row in answer.benchmarks.itertuples()
    }
    return figure.figure(
        charts.wards_with_limits(
            answer.wards,
            answer.ward.code,
            beside,
            value_label=about.unit,
            status_labels=blocks.STATUS_WORDS,
            show=lambda value: value_text(value, about),
        ),
        figure_id=f"{about.slug}-in-pack",
        title=about.title,
        subtitle=f"{about.unit}, {indicator_sentences.when(answer)}",
        alt=indicators.wards_alt(answer),
        table_html=blocks.folded(FOLDED, indicators.wards_table(answer)),
        source_line=figure.source_line(pd.concat([answer.wards, answer.benchmarks]), provenance),
    )
