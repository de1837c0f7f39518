"""Section 2 of the pack: all figures in one table, and those that are not published for wards."""

import pandas as pd
from markupsafe import Markup

from darlington_analysis.core.vocabulary import DENOMINATOR, Basis
from darlington_analysis.evidence.indicator import IndicatorAnswer
from darlington_analysis.evidence.pack import (
    AllFigures,
)
from darlington_analysis.pages import borough, certainty, indicator_sentences, page
from darlington_analysis.pages.components import (
    blocks,
    pictures,
    tables,
)
from darlington_analysis.pages.components.numbers import (
    capitalised,
    decapitalised,
    listed,
    more_deprived_than,
    ordinal,
    value_text,
    whole,
)

LEAD = (
    "In every 100 people or homes, unless the row says otherwise. The annex has all that we know of "
    "each figure."
)
KEY = "On the line: ● {ward} with its range, ■ {borough}, ◇ England, and a tick for each ward."
SWIPE = "Move the table sideways to see all of it."
CAPTION = "{ward}: every figure of this edition"
HEADS = {
    "name": "Figure",
    "here": "Here, and how many",
    "england": "England, and the difference",
    "borough": "{borough}",
    "region": "{region}",
    "change": "Gap to England, then and later",
    "place": "Place of {wards}, highest first",
    "drawn": "Drawn",
}
DEPRIVATION = "More deprived than this many in every 100 wards in England"
NOT_KNOWN, DOES_NOT_APPLY, NO_PLACE = "[x]", "[z]", "not ranked"
ONE_COUNT, NOT_ALIKE = "no earlier figure", "earlier ones are not counted alike"
SPREAD = "wards from {low} to {high}"
NOT_RANKED = (
    "A figure is not ranked where it is an estimate for some wards, a model made it, or it has no "
    "range."
)
ALIKE = "about the same: {gap} {side}"
NO_RANGE = "{gap} {side}, no range"
GAP = "{points}\u00a0in\u00a0{year}"
MORE, FEWER, CLOSE, SAME = (
    "{gap} more",
    "{gap} fewer",
    "too close to call: {gap} {side}",
    "the same",
)
COUNTED, SHARED, MODELLED = "a full count", "an estimate", "by a model"
OF_ITS_PUBLISHER, OVER_ESTIMATE = "its publisher’s figure", "a count, over an estimate"
RANGE = "What a range means"
RANGE_WORDS = (
    "By chance a figure can come out a little higher or lower, even where everybody is counted. A "
    "range says by how much: of 100 such ranges 95 hold the true level. The range of an estimate is "
    "wider. “Too close to call”: England’s figure lies within the range. “About the same”: the "
    "difference is too small to matter. “No sure change”: chance could have moved the gap. A point "
    "is one in every 100."
)
INDEX_OF = "Index of {}"
NOT_PUBLISHED = "What this edition does not have"
NOT_PUBLISHED_LINE = (
    "No figure for wards is published on these. The Council, or another holder of counts, can add "
    "them: ask the team named at the end."
)
NOT_HELD, NOR = "Other figures that are not in this edition: {names}.", "Also not: {names}."
MOST_NAMED = 5  # in one sentence
PUBLISHED_LATER = (
    "For {borough} as a whole rates are published from {first} to {last}, later than this edition. "
    "That of {last} is {rate} in every {out_of}. Newer editions show them beside England."
)
_SHOW = dict.fromkeys(("name", "here", "england", "change", "drawn"), Markup)  # words are escaped


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
    is_ranked = rows.place.ne(NO_PLACE)
    if is_ranked.sum() < 2:  # of the Index alone, whose place stands on side 1
        del heads["place"]
    numbers = ("here", "england", "borough", "region")
    columns = [
        tables.Column(key, head, "number" if key in numbers else "text", show=_SHOW.get(key, str))
        for key, head in heads.items()
    ]
    return blocks.join(
        blocks.paragraph(LEAD),
        Markup('<p class="shorthand">{}</p>').format(
            KEY.format(ward=ward, borough=blocks.borough())
        ),
        Markup('<p class="swipe">{}</p><div class="all-figures">{}</div>').format(
            SWIPE,
            tables.table(rows, columns, CAPTION.format(ward=ward), signs=blocks.SIGNS),
        ),
        Markup('<p class="shorthand">{}</p>').format(NOT_RANKED)
        if "place" in heads and not is_ranked.all()
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
        **dict.fromkeys(HEADS, DOES_NOT_APPLY),
        "name": _link(
            "index-editions", DEPRIVATION, f"{INDEX_OF.format(answer.latest.period)}{fitted}"
        ),
        "drawn": pictures.spine(
            wards, here, None, [], _spread(f"{min(wards):.0f}", f"{max(wards):.0f}")
        ),
        "here": str(more_deprived_than(answer.latest.value)),
        "change": _lines(
            *(
                GAP.format(points=more_deprived_than(row.value), year=row.period)
                for row in answer.by_edition.tail(2).itertuples()
            )
        ),
        "place": ordinal(answer.latest.place),
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
        "name": _link(
            f"{about.slug}-wards",
            _name(answer),
            f"{indicator_sentences.when(answer)}, {_how(answer)}",
        ),
        "drawn": drawn or NOT_KNOWN,
        "here": _lines(_here(answer), _together(indicator_sentences.how_many(answer))),
        "borough": NOT_KNOWN if own is None else value_text(own, about),
        "region": value_text(region[about.slug], about) if about.slug in region else NOT_KNOWN,
        "england": NOT_KNOWN if england is None else _beside_england(answer, england),
        "change": _change(answer),
        "place": _place(answer),
    }


def _here(answer: IndicatorAnswer) -> str:
    """Return the ward's own figure with the sign of its status, or the sign alone."""
    status = answer.row.status
    if pd.isna(answer.row.value):
        return f"[{status or 'x'}]"
    return f"{value_text(answer.row.value, answer.indicator)}{f' [{status}]' if status else ''}"


def _name(answer: IndicatorAnswer) -> str:
    """Return the name of a figure, with its unit where that is no per cent."""
    about = answer.indicator
    return about.title if about.unit.startswith("%") else f"{about.title} ({about.unit})"


def _together(words: str) -> str:
    """Return words that stay on one line."""
    return words.replace(" ", "\u00a0")


def _lines(*lines: str) -> Markup:
    return Markup("<br>").join(line for line in lines if line)


def _beside_england(answer: IndicatorAnswer, england: float) -> Markup:
    gap = "" if pd.isna(answer.row.value) else _gap(answer, england)
    return _lines(value_text(england, answer.indicator), gap)


def _gap(answer: IndicatorAnswer, england: float) -> str:
    """Return the difference of the two numbers as they are printed."""
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
    """Return the gap at two censuses, the older first, as printed, and how it has moved."""
    facts = {} if answer.change.steps.empty else answer.change.claims[0].facts
    if not facts or pd.isna(facts["gap_change"]):
        return _why_no_change(answer)
    signed = [f"{facts[gap]:+.1f}".replace("-", "−") for gap in ("other_gap", "gap")]
    years = (facts["first"], facts["last"])
    dated = [GAP.format(points=gap, year=year) for gap, year in zip(signed, years, strict=True)]
    return _lines(*dated, indicator_sentences.moved(facts))


def _why_no_change(answer: IndicatorAnswer) -> str:
    """Return why a figure has no change: it is the first, others were counted otherwise, or [x]."""
    is_known = pd.notna(answer.row.value) and "England" in set(answer.benchmarks.area_name)
    if not is_known:
        return NOT_KNOWN
    table, slug = answer.of_wards.table, answer.indicator.slug
    periods = table.of(slug, area_code=answer.ward.code).period
    return ONE_COUNT if periods.nunique() < 2 else NOT_ALIKE


def _place(answer: IndicatorAnswer) -> str:
    if not answer.rank:
        return NO_PLACE
    low, high = answer.rank.rank_lower, answer.rank.rank_upper
    return ordinal(low) if low == high else f"{ordinal(low)} to {ordinal(high)}"


def _how(answer: IndicatorAnswer) -> str:
    if answer.row.basis == Basis.MODELLED:
        return MODELLED
    if answer.row.fit == DENOMINATOR:
        return OVER_ESTIMATE
    if answer.row.fit != "exact":
        return SHARED
    return OF_ITS_PUBLISHER if certainty.kind(answer) == "other" else COUNTED


def _link(anchor: str, words: str, known: str) -> Markup:
    """Return the name of a figure, which leads to the annex, and how it is known below it."""
    link = Markup('<a href="{}#{}">{}</a>').format(page.FILES[page.ANNEX], anchor, words)
    return _lines(link, Markup('<span class="known">{}</span>').format(capitalised(known)))


def _not_published(shown: AllFigures) -> Markup:
    lines = [_made_up_line(answer) for answer in shown.made_up]
    lines += [
        f"{answer.indicator.title}. {' '.join(blocks.sentences(answer.claims, borough.RULES))}"
        for answer in shown.evidence.indicators.wider
    ]
    parts = [blocks.paragraph(NOT_PUBLISHED_LINE) + blocks.bullets(lines)] if lines else []
    if shown.not_held:
        names = [decapitalised(about.short_title) for about in shown.not_held]
        first, others = names[:MOST_NAMED], names[MOST_NAMED:]
        more = f" {NOR.format(names=listed(others))}" if others else ""
        parts.append(blocks.paragraph(NOT_HELD.format(names=listed(first)) + more))
    return blocks.under(NOT_PUBLISHED, Markup("").join(parts)) if parts else Markup("")


def _made_up_line(answer: IndicatorAnswer) -> str:
    years = answer.of_wards.table.later_years.get(answer.indicator.slug)
    title = f"{answer.indicator.title}."
    if years is None:
        return title
    (first, last, value), about = years, answer.indicator
    rate = whole(value / about.multiplier * about.out_of)
    words = {"first": first, "last": last, "rate": rate, "out_of": whole(about.out_of)}
    return f"{title} {PUBLISHED_LATER.format(borough=blocks.borough(), **words)}"
