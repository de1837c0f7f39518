"""Section 1 of the pack: the findings, a few figures, and what to do next."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from darlington_analysis.evidence.indicator import IndicatorAnswer
from darlington_analysis.evidence.pack import (
    WORST_FIFTH,
    WhatMatters,
    areas_beyond,
    is_sure,
    is_unlike,
)
from darlington_analysis.pages import indicator_sentences, outlook, page, support
from darlington_analysis.pages.components import blocks, pictures
from darlington_analysis.pages.components.numbers import (
    decapitalised,
    frequency,
    listed,
    more_deprived_than,
    ordinal,
    to_same,
    word,
)
from darlington_analysis.sources.indicators import Indicator

MOST = 5
HERE, REST, LONG = "here", "rest of {}", 26
"""``LONG``: letters of a borough’s name, from which on a picture says “the borough”."""
DEPRIVED = "More deprived than {only}{count} in every 100 wards in England"
PLACE = "By the Index of {period} it is {place} in {borough}."
BEFORE = "By that of {period} it was more deprived than {count}."
OTHERS_MOVE = "A place also moves when other wards change."
BY_PEOPLE = (
    "If we counted the ward’s own residents, rather than whole neighbourhoods, it would now be more "
    "deprived than {count}."
)
OWN_AREAS = (
    "The Index of {period} has new neighbourhoods here. Counted by those, the ward would be more "
    "deprived than {count}."
)
SAME_BEFORE = "It was the same in the Index of {period}."
LESS, MORE = "{} less deprived", "{} more"
COMPARED = "{side} {what} than in {areas}"
FIGURE = "It is {numbers}."
ALSO = "{side} {what}, too. It is {numbers}."
NO_BETTER = "No figure we have is clearly better here than in England."
NOTHING_HEADLINE = "Nothing we can measure stands out from England"
NOTHING = "No figure of enough people is clearly worse or clearly better here than in England."
STRENGTHS = "People here have written down what is strong: {words}."
NARROWED = "{name}: the gap to {area} has narrowed by {points} points"
GROWN = "{name}: the gap to {area} has grown by {points} points"
LESS_AHEAD = "{name}: still better than {area}, but by {points} points less"
FURTHER_AHEAD = "{name}: better than {area}, and by {points} points more than before"
PASSED = "{name}: from {before} {area} to {now}"
MOVED = (
    "{title} here: {then} in every 100 in {first}, {value} in {last}. {area}: {level} and {later}."
)
OTHERS = "There are {percent}% {side} {who} than then: in part, other people."
GAP_TITLE = "{name}, points {side} {area}"
ABOVE, BELOW = "above", "below"
CONCENTRATED = "{count} of {wards} neighbourhoods {are} in England’s most deprived fifth"
UNEVEN = "The neighbourhoods of this ward differ a lot"
INSIDE = (
    "The most deprived is worse off than {high} in every 100 neighbourhoods in England. The least "
    "deprived is worse off than {low}."
)
LEAST_END, MOST_END = "least deprived", "most deprived"
WHAT_IS_BETTER = "What is better here than in England?"
OVER_TIME = "Better or worse than before?"
INDEX_MOVED = "On the Index it stands {verdict} ({past} of 100 in {first}, {now} in {last})."
HARDLY, NEARLY = 2, "about where it stood"  # of 100 wards
INDEX_SAME = "On the Index it stands where it stood ({now} of 100 in {first} and {last})."
MOVES = {
    "better": "better on {figures}",
    "worse": "worse on {figures}",
    "unsure": "no sure change in {figures}",
}
BESIDE = "Beside {area}: {moves}."
BETWEEN = "{name} ({first} to {last})"
NEXT = "What to do next"
STEPS = (
    ("Ask people here what these figures miss.", "Take the {sheet}: one side of paper."),
    ("Write the answers down.", "The {worksheet} has the fourteen questions, with room to write."),
    ("Before anybody sets a target,", "read {where} {place}."),
)
TAKE, REST_ON = "“What would it take?”", "“The agreement”"
BELOW, IN_PACK = "below", "in its pack"


@dataclass(frozen=True)
class Finding:
    """A headline that is the claim, a few short sentences, and a picture that says the same."""

    headline: str
    sentences: tuple[str, ...]
    picture: Callable[[], Markup] = Markup


def what_matters(shown: WhatMatters, place: str = BELOW) -> Markup:
    """Return the findings, at most five, then change over time, cards and the next steps.

    ``place`` says where the rest of the pack is to be found.
    """
    return Markup('<ol class="findings">{}</ol>{}{}{}').format(
        Markup("").join(_finding(finding) for finding in findings(shown)),
        blocks.join(*(blocks.titled(*answered) for answered in in_short(shown))),
        indicator_sentences.cards(shown.headlines),
        _next(shown, place),
    )


def sentences(shown: WhatMatters) -> list[str]:
    """Return each finding as its headline and its sentences, for papers without pictures."""
    *found, supported = [
        " ".join((f"{finding.headline}.", *finding.sentences)) for finding in findings(shown)
    ]
    better = [words for title, words in in_short(shown) if title == WHAT_IS_BETTER and words]
    return [*found, *better, supported]


def findings(shown: WhatMatters) -> list[Finding]:
    """Return the findings, at most five, the ward's support last."""
    return [*_findings(shown)[: MOST - 1], _support(shown)]


def _finding(finding: Finding) -> Markup:
    return Markup('<li class="finding"><div><h3>{}</h3><p>{}</p></div>{}</li>').format(
        finding.headline, " ".join(finding.sentences), finding.picture()
    )


def _findings(shown: WhatMatters) -> list[Finding]:
    """Return what there is to say, in the order of its weight; what has no evidence is left out."""
    found = [_deprived(shown)]
    if shown.worse:
        found.append(_compared(shown.worse[:2]))
    better = shown.better or ([] if shown.worse else shown.better_than_england)
    if better:
        found.append(_compared(better[:2]))
    if shown.moved:
        found.insert(min(len(found), 2), _moved(shown.moved))
    if not shown.worse and not better:
        words = (NOTHING, *_strengths(shown))
        found.append(Finding(NOTHING_HEADLINE, words))
    if shown.is_uneven:
        found.append(_inside(shown))
    return found


def _deprived(shown: WhatMatters) -> Finding:
    answer = shown.evidence.deprivation
    facts, count = answer.position_claim.facts, more_deprived_than(answer.latest.value)
    sentences = [
        PLACE.format(
            borough=blocks.borough(),
            period=answer.latest.period,
            place=place_words(facts["place"], facts["wards"]),
        )
    ]
    before, own = shown.position_before, more_deprived_than(facts["own_areas"])
    past = count if before is None else more_deprived_than(before.value)
    if before is not None:
        same = SAME_BEFORE if past == count else BEFORE
        sentences.append(same.format(period=before.period, count=past))
    if own != count:
        sentences.append(OWN_AREAS.format(period=answer.latest.period, count=own))
    elif past != count:
        sentences.append(OTHERS_MOVE)
    if own == count and is_unlike(facts["by_people"], facts):
        by_people = more_deprived_than(facts["by_people"])
        sentences.append(BY_PEOPLE.format(count=by_people))
    only = "only " if count < 50 else ""
    return Finding(
        DEPRIVED.format(only=only, count=count),
        tuple(sentences),
        partial(pictures.share, count, "this ward", LESS.format(count), MORE.format(100 - count)),
    )


def place_words(place: int, wards: int) -> str:
    """Return a place in the borough in words that say which end is which."""
    if place == 1:
        return f"the most deprived of {wards} wards"
    if place == wards:
        return f"the least deprived of {wards} wards"
    return f"the {ordinal(place)} most deprived of {wards} wards"


def in_short(shown: WhatMatters) -> list[tuple[str, str]]:
    """Return the questions that a line answers below the findings, each with its answer."""
    better = [] if shown.better or not shown.worse else [(WHAT_IS_BETTER, _better(shown))]
    return [*better, *((OVER_TIME, words) for words in [_over_time(shown)] if words)]


def _better(shown: WhatMatters) -> str:
    """Return the best there is to say where no figure is a strength: one that is better than in
    England, though the borough does better still or few people are behind it; else that none is.
    """
    best = next(filter(is_sure, shown.better_than_england), None)
    first = NO_BETTER
    if best is not None:
        first = f"{_headline(best)}. {_numbers(FIGURE, best)}"
    elif shown.better_than_england:
        first = ""  # of so few people that nothing is said of it here
    return " ".join(filter(None, (first, *_strengths(shown))))


def _compared(answers: list[IndicatorAnswer]) -> Finding:
    first, *others = answers
    sentences = [_numbers(FIGURE, first), *(_numbers(ALSO, other) for other in others)]
    return Finding(
        _headline(first),
        tuple(sentences),
        lambda: pictures.bars([_bars(answer) for answer in answers]),
    )


def _headline(answer: IndicatorAnswer) -> str:
    what, areas = indicator_sentences.who_what(answer.indicator), _or(areas_beyond(answer))
    return COMPARED.format(side=_side(answer), what=what, areas=areas)


def _side(answer: IndicatorAnswer) -> str:
    return "More" if answer.comparison == "higher" else "Fewer"


def _or(areas: list[str]) -> str:
    return " or ".join(sorted(areas))  # the borough or England


def _numbers(words: str, answer: IndicatorAnswer) -> str:
    figure, about = frequency(answer.claims[0].facts), answer.indicator
    beside = indicator_sentences.beside(figure)
    return words.format(
        side=_side(answer),
        what=indicator_sentences.who_what(about),
        numbers=listed([f"{figure.number} in every {figure.out_of} here", *beside]),
    )


def _bars(answer: IndicatorAnswer) -> tuple[str, list[tuple[str, str, float]]]:
    """Return the bars of one figure: this ward, the rest of the borough, England, as its sentence."""
    figure = frequency(answer.claims[0].facts)
    decimals = len(figure.number.partition(".")[2])
    rows = [(HERE, figure.number, float(answer.row.value))]
    for area in reversed(list(answer.benchmarks.itertuples())):
        name, value = area.area_name, float(area.value)
        if area.area_type == "borough" and figure.rest:
            name = REST.format(name if len(name) < LONG else "the borough")
            value = float(answer.claims[0].facts["rest"])
        rows.append((name, to_same(value, answer.indicator, figure.out_of, decimals), value))
    return f"{answer.indicator.short_title}, in every {figure.out_of}", rows[:3]


def _strengths(shown: WhatMatters) -> tuple[str, ...]:
    record = shown.evidence.agreement.record
    strengths = [strength.words for strength in record.filled("strengths")] if record else []
    words = listed([strength.rstrip(".") for strength in strengths[:2]])
    return (STRENGTHS.format(words=words),) if strengths and len(words.split()) < 16 else ()


def _moved(answer: IndicatorAnswer) -> Finding:
    """Return how the gap to England has moved since the census before; numbers as printed."""
    facts, about = answer.change.claims[0].facts, answer.indicator
    area, before, now = facts["benchmark_name"], facts["other_gap"], facts["gap"]
    sentences = [
        MOVED.format(
            title=about.title,
            area=area,
            first=facts["first"],
            last=facts["last"],
            then=f"{facts['other_value']:.1f}",
            value=f"{facts['value']:.1f}",
            level=f"{facts['other_benchmark']:.1f}",
            later=f"{facts['benchmark']:.1f}",
        ),
        outlook.moved_range(facts),
    ]
    if facts["grown"]:
        side = "more" if facts["grown"] > 0 else "fewer"
        percent = f"{abs(100 * facts['grown']):.0f}"
        sentences.append(OTHERS.format(percent=percent, side=side, who=about.who))
    sides = {ABOVE if gap > 0 else BELOW for gap in (before, now)}
    side = " or ".join(sorted(sides))
    return Finding(
        _moved_headline(about, area, before, now),
        tuple(sentences),
        partial(
            pictures.gaps,
            [(facts["first"], before), (facts["last"], now)],
            GAP_TITLE.format(name=about.short_title, side=side, area=area),
        ),
    )


def _moved_headline(about: Indicator, area: str, before: float, now: float) -> str:
    name, is_less = about.short_title, abs(now) < abs(before)
    if before * now < 0:
        words = [ABOVE if gap > 0 else BELOW for gap in (before, now)]
        return PASSED.format(name=name, before=words[0], area=area, now=words[1])
    words = NARROWED if is_less else GROWN
    if about.polarity.is_better("higher" if now > 0 else "lower"):
        words = LESS_AHEAD if is_less else FURTHER_AHEAD
    return words.format(name=name, area=area, points=f"{abs(abs(now) - abs(before)):.1f}")


def _over_time(shown: WhatMatters) -> str:
    """Return how the ward moved on the Index, and on which figures it got better or worse."""
    answer, before = shown.evidence.deprivation, shown.position_before
    words = []
    if before is not None:
        past, now = more_deprived_than(before.value), more_deprived_than(answer.latest.value)
        index = INDEX_SAME if past == now else INDEX_MOVED
        verdict = NEARLY if abs(now - past) <= HARDLY else "worse" if now > past else "better"
        words_of = {"first": before.period, "last": answer.latest.period, "verdict": verdict}
        words.append(index.format(past=past, now=now, **words_of))
    by_move = {move: answers for move, answers in shown.compared_with_before.items() if answers}
    changes = [answer.change.claims[0].facts for answers in by_move.values() for answer in answers]
    spans = {(facts["first"], facts["last"]) for facts in changes}
    moves = "; ".join(
        MOVES[move].format(figures=listed([_dated(answer, len(spans) > 1) for answer in answers]))
        for move, answers in by_move.items()
    )
    if moves:
        start = changes[0]["benchmark_name"]
        if len(spans) == 1:
            start = BETWEEN.format(name=start, first=changes[0]["first"], last=changes[0]["last"])
        words.append(BESIDE.format(area=start, moves=moves))
    return " ".join(words)


def _dated(answer: IndicatorAnswer, has_years: bool) -> str:
    """Return the name of a figure, with the two censuses where figures are of several."""
    facts, name = answer.change.claims[0].facts, decapitalised(answer.indicator.short_title)
    return (
        BETWEEN.format(name=name, first=facts["first"], last=facts["last"]) if has_years else name
    )


def _inside(shown: WhatMatters) -> Finding:
    pockets = shown.evidence.deprivation.pockets.value
    values = sorted((more_deprived_than(value) for value in pockets), reverse=True)
    in_fifth = int((pockets <= WORST_FIFTH).sum())
    headline = UNEVEN
    if 0 < in_fifth < len(values):
        headline = CONCENTRATED.format(
            count=word(in_fifth).capitalize(),
            wards=word(len(values)),
            are="is" if in_fifth == 1 else "are",
        )
    return Finding(
        headline,
        (INSIDE.format(high=values[0], low=values[-1]),),
        partial(pictures.places, values, LEAST_END, MOST_END),
    )


def _support(shown: WhatMatters) -> Finding:
    answer = support.answer(shown)
    return Finding(
        answer.headline,
        answer.sentences,
        partial(pictures.state, answer.state, is_dashed=answer.is_undecided),
    )


def _next(shown: WhatMatters, place: str) -> Markup:
    links = {
        "sheet": _link(page.SHEET),
        "worksheet": _link(page.WORKSHEET),
        "where": TAKE if shown.has_target else REST_ON,
        "place": place,
    }
    items = Markup("").join(
        Markup("<li><strong>{}</strong> {}</li>").format(strong, Markup(rest).format(**links))
        for strong, rest in STEPS
    )
    return Markup('<div class="next"><h3>{}</h3><ol>{}</ol></div>').format(NEXT, items)


def _link(kind: str) -> Markup:
    name = kind[0].lower() + kind[1:]
    return Markup('<a class="file" href="{}">{}</a>').format(page.FILES[kind], name)
