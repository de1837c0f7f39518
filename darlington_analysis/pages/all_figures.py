"""Sections 2 and 3 of the pack: all figures in one table, and charts of those that stand out."""

import pandas as pd
from markupsafe import Markup

from darlington_analysis.core.vocabulary import DENOMINATOR, Basis
from darlington_analysis.evidence.indicator import IndicatorAnswer
from darlington_analysis.evidence.pack import (
    MOST_STANDING_OUT,
    TARGET,
    AllFigures,
    StandOutFigures,
    areas_beyond,
)
from darlington_analysis.pages import (
    borough,
    indicator_sentences,
    indicators,
    page,
    targets,
)
from darlington_analysis.pages.components import (
    agreements,
    blocks,
    charts,
    figure,
    pictures,
    tables,
)
from darlington_analysis.pages.components.numbers import (
    capitalised,
    more_deprived_than,
    ordinal,
    value_text,
    word,
)

LEAD = (
    "In every 100 people or homes, unless the row says otherwise. The name of a figure leads to "
    "all that we know of it."
)
KEY = "On the line: ● {ward} with its range, ■ {borough}, ◇ England, and a tick for each ward."
CAPTION = "{ward}: every figure of this edition"
HEADS = {
    "name": "Figure",
    "drawn": "Drawn",
    "here": "Here",
    "borough": "{borough}",
    "region": "{region}",
    "england": "England",
    "gap": "Beside England",
    "change": "Gap at another census",
    "place": "Place of {wards}, highest first",
    "known": "When, and how known",
}
DEPRIVATION = "More deprived than this many in every 100 wards in England"
NOT_KNOWN, DOES_NOT_APPLY, NO_PLACE = "[x]", "[z]", "not ranked"
SPREAD = "wards from {low} to {high}"
NOT_RANKED = (
    "A figure is not ranked where it is an estimate for some wards, a model made it, or it has no "
    "range."
)
ALIKE = "{gap} {side}: about the same"
NO_RANGE = "{gap} {side}, no range"
BEFORE, UNSURE = "{points} in {year}", "{was}, no sure change"
MORE, FEWER, CLOSE, SAME = (
    "{gap} more",
    "{gap} fewer",
    "{gap} {side}: too close to call",
    "the same",
)
COUNTED, SHARED, MODELLED = "a full count", "an estimate", "by a model"
RANGE = "What a range means"
RANGE_WORDS = (
    "Even a full count moves a little by chance from year to year. A range says how far. About 95 of "
    "100 such ranges hold the level behind the figure. The range of an estimate allows for sharing "
    "out, too. Where a range reaches England’s figure, we say “too close to call”. Where the "
    "difference is too small to matter, we say “about the same”."
)
INDEX_OF = "Index of {}"
NOT_PUBLISHED = "Not published for wards"
NOT_PUBLISHED_LINE = (
    "No figure for wards is published on these. The Council, or another holder of counts, can add "
    "them: ask the team named at the end."
)
PUBLISHED_LATER = (
    "For {borough} as a whole rates are published from {first} to {last}. That is later than this "
    "edition. Editions with newer figures show them beside the region and England."
)
LEAD_STAND_OUT = (
    "At most {most} figures that clearly differ from England’s, or from {borough}’s where England "
    "has none: worse ones first, then better ones, then others. Figures without a range are not "
    "among them. Each bar is a range. The other figures are in the {annex}."
)
NOTHING = "No figure of this ward differs clearly from England’s. All are in the {annex}."
ANNEX_WORDS = "annex"
FOLDED = "The figures of the chart as a table"
HIGHER, LOWER = "{name}: higher here than in {areas}", "{name}: lower here than in {areas}"
TAKE = "{difference} {thing} would be level with {name} as it is now."
BEYOND = (
    "Beyond keeping pace with {name}, it takes {difference} {thing} to be level in {years} years."
)
PACE = "But {name} moves too, so set a target as a gap."
NUMBERS = "The annex has the numbers."
GAPS_CAPTION = "In every 100, and the gap to {name} in points"
KNOWN_HERE = "What people here know of it"
SOURCES = "Source: the annex names the source of each figure."
_SHOW = {"name": Markup, "drawn": Markup}  # made of markup, with every word in it escaped


def all_figures(shown: AllFigures) -> Markup:
    """Return the table of all real figures, and a line for each that is not published for wards."""
    ward, wards = shown.evidence.ward.name, len(shown.evidence.table.wards.wards)
    rows = pd.DataFrame(
        [_deprivation(shown), *(_row(answer, shown.region) for answer in shown.real)]
    )
    names = {"wards": wards, "borough": blocks.borough(), "region": blocks.region()}
    heads = {key: head.format(**names) for key, head in HEADS.items()}
    if not shown.region:
        del heads["region"]
    numbers = ("here", "borough", "region", "england")
    columns = [
        tables.Column(key, head, "number" if key in numbers else "text", show=_SHOW.get(key, str))
        for key, head in heads.items()
    ]
    return blocks.join(
        blocks.paragraph(LEAD),
        Markup('<p class="shorthand">{}</p>').format(
            KEY.format(ward=ward, borough=blocks.borough())
        ),
        Markup('<div class="all-figures">{}</div>').format(
            tables.table(rows, columns, CAPTION.format(ward=ward), signs=blocks.SIGNS)
        ),
        Markup('<p class="shorthand">{}</p>').format(NOT_RANKED)
        if rows.place.eq(NO_PLACE).any()
        else "",
        blocks.question(RANGE, RANGE_WORDS),
        _not_published(shown),
    )


def _spread(low: str, high: str) -> str:
    """Return what a drawing says beyond the numbers beside it, for people who do not see it."""
    return SPREAD.format(low=low, high=high)


def _deprivation(shown: AllFigures) -> dict:
    answer = shown.evidence.deprivation
    wards = [100 - value for value in answer.borough.value]
    here = 100 - answer.latest.value
    fitted = "" if answer.latest.fit == "exact" else f", {SHARED}"
    return {
        "name": _link("index-editions", DEPRIVATION),
        "drawn": pictures.spine(
            wards, here, None, [], _spread(f"{min(wards):.0f}", f"{max(wards):.0f}")
        ),
        "here": str(more_deprived_than(answer.latest.value)),
        "borough": DOES_NOT_APPLY,
        "region": DOES_NOT_APPLY,
        "england": DOES_NOT_APPLY,
        "gap": DOES_NOT_APPLY,
        "change": DOES_NOT_APPLY,
        "place": ordinal(answer.latest.place),
        "known": f"{INDEX_OF.format(answer.latest.period)}{fitted}",
    }


def _row(answer: IndicatorAnswer, region: dict[str, float]) -> dict:
    areas = {row.area_name: float(row.value) for row in answer.benchmarks.itertuples()}
    value, about = answer.row.value, answer.indicator
    has_limits = pd.notna(answer.row.lower_limit)
    limits = (answer.row.lower_limit, answer.row.upper_limit) if has_limits else None
    own, england = areas.get(blocks.borough()), areas.get("England")
    is_known = pd.notna(value)
    wards = list(answer.wards.value.dropna())
    wider = [area for area in (own, england) if area is not None]
    drawn = ""
    if is_known and wards:
        spread = _spread(value_text(min(wards), about), value_text(max(wards), about))
        drawn = pictures.spine(wards, value, limits, wider, spread)
    return {
        "name": _link(f"{about.slug}-wards", _name(answer)),
        "drawn": drawn or NOT_KNOWN,
        "here": value_text(value, about) if is_known else f"[{answer.row.status or 'x'}]",
        "borough": NOT_KNOWN if own is None else value_text(own, about),
        "region": value_text(region[about.slug], about) if about.slug in region else NOT_KNOWN,
        "england": NOT_KNOWN if england is None else value_text(england, about),
        "gap": _gap(answer, england) if is_known else NOT_KNOWN,
        "change": _change(answer),
        "place": _place(answer),
        "known": f"{_when(answer)}, {_how(answer)}",
    }


def _name(answer: IndicatorAnswer) -> str:
    """Return the name of a figure, with its unit where that is no per cent."""
    about = answer.indicator
    return about.title if about.unit.startswith("%") else f"{about.title} ({about.unit})"


def _gap(answer: IndicatorAnswer, england: float | None) -> str:
    """Return the difference of the two numbers as they are printed."""
    if england is None:
        return NOT_KNOWN
    texts = [value_text(value, answer.indicator) for value in (answer.row.value, england)]
    here, there = (float(text.replace(",", "")) for text in texts)
    gap = f"{abs(here - there):,.{1 if '.' in texts[0] else 0}f}"
    side = "more" if here > there else "fewer"
    words = {"cannot be told apart": CLOSE, "about the same": ALIKE, "not known": NO_RANGE}.get(
        answer.comparison
    )
    if words:
        return words.format(gap=gap, side=side) if here != there else SAME
    return (MORE if here > there else FEWER).format(gap=gap)


def _change(answer: IndicatorAnswer) -> str:
    """Return the gap at the census before, or at one that is newer than the edition, as printed."""
    if answer.is_dummy or answer.change.steps.empty:
        return NOT_KNOWN
    facts = answer.change.claims[0].facts
    if pd.isna(facts["gap_change"]):
        return NOT_KNOWN
    gap, year = ("gap", "last") if facts["is_newer"] else ("other_gap", "first")
    was = BEFORE.format(points=f"{facts[gap]:+.1f}".replace("-", "−"), year=facts[year])
    is_sure = facts["gap_moved"] in ("up", "down")
    return was if is_sure else UNSURE.format(was=was)


def _place(answer: IndicatorAnswer) -> str:
    if not answer.rank:
        return NO_PLACE
    low, high = answer.rank.rank_lower, answer.rank.rank_upper
    return ordinal(low) if low == high else f"{ordinal(low)} to {ordinal(high)}"


def _when(answer: IndicatorAnswer) -> str:
    return indicator_sentences.release(answer.indicator, answer.row.period)


def _how(answer: IndicatorAnswer) -> str:
    if answer.row.basis == Basis.MODELLED:
        return MODELLED
    return _fit(answer.row.fit)


def _fit(fit: str) -> str:
    return COUNTED if fit in ("exact", DENOMINATOR) else SHARED


def _link(anchor: str, words: str) -> Markup:
    return Markup('<a href="{}#{}">{}</a>').format(page.FILES[page.ANNEX], anchor, words)


def _not_published(shown: AllFigures) -> Markup:
    lines = [_made_up_line(answer) for answer in shown.made_up]
    lines += [
        f"{answer.indicator.title}. {' '.join(blocks.sentences(answer.claims, borough.RULES))}"
        for answer in shown.evidence.indicators.wider
    ]
    if not lines:
        return Markup("")
    return blocks.under(NOT_PUBLISHED, blocks.paragraph(NOT_PUBLISHED_LINE) + blocks.bullets(lines))


def _made_up_line(answer: IndicatorAnswer) -> str:
    years = answer.of_wards.table.later_years.get(answer.indicator.slug)
    title = f"{answer.indicator.title}."
    if years is None:
        return title
    first, last = years
    borough_name = blocks.borough()
    return f"{title} {PUBLISHED_LATER.format(borough=borough_name, first=first, last=last)}"


def stand_out_figures(shown: StandOutFigures) -> Markup:
    """Return the figures that stand out, each with its chart and what it would take."""
    annex = Markup('<a class="file" href="{}">{}</a>').format(page.FILES[page.ANNEX], ANNEX_WORDS)
    lead = Markup(LEAD_STAND_OUT if shown.shown else NOTHING).format(
        annex=annex, borough=blocks.borough(), most=word(MOST_STANDING_OUT)
    )
    parts = [_one(answer, shown) for answer in shown.shown]
    source = Markup('<p class="source on-paper">{}</p>').format(SOURCES) if parts else ""
    return blocks.join(Markup("<p>{}</p>").format(lead), *parts, source)


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
    name = answer.change.benchmark_name
    rows = [
        (
            row.period,
            f"{row.value:.1f}",
            f"{row.benchmark:.1f}",
            f"{row.gap_printed:+.1f}".replace("-", "−"),
        )
        for row in counted.itertuples()
    ]
    heads = ("Census", "Here", name, "Gap")
    return blocks.table(heads, rows, GAPS_CAPTION.format(name=name))


def _take(answer: IndicatorAnswer) -> Markup:
    """Return what a target would take; nothing where no target is worked out."""
    facts = next((c.facts for c in answer.outlook.take.claims if c.rule == TARGET), None)
    if facts is None:
        return Markup("")
    words = (BEYOND if facts["pace_years"] else TAKE).format(
        difference=targets.people_difference(facts),
        thing=targets.thing(answer.indicator),
        name=facts["benchmark_name"],
        years=facts["pace_years"],
    )
    moving = "" if facts["pace_years"] else PACE.format(name=facts["benchmark_name"])
    told = [targets.told_in_short(facts), *([moving] if moving else []), NUMBERS]
    return Markup("<p><strong>{}</strong> {} {}</p>").format(
        targets.TAKE_QUESTION, capitalised(words), " ".join(told)
    )


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
        subtitle=f"{about.unit}, {_when(answer)}",
        alt=indicators.wards_alt(answer),
        table_html=blocks.folded(FOLDED, indicators.wards_table(answer)),
        source_line=figure.source_line(pd.concat([answer.wards, answer.benchmarks]), provenance),
    )
