"""A target that people set: in words (what it is, when it is seen, how far it is, who brings it), and
as a curve: how the gap moved, what is likely if it stays, and the target.
"""

import math

import pandas as pd
from markupsafe import Markup

from darlington_analysis.agreements.checks.check import BETTER, TargetFacts
from darlington_analysis.agreements.checks.outcomes import measures_in_time, people_reached
from darlington_analysis.agreements.parts import Outcome
from darlington_analysis.evidence import agreed_targets
from darlington_analysis.evidence.agreement import AgreementAnswer
from darlington_analysis.evidence.table import last_day
from darlington_analysis.pages import all_figures
from darlington_analysis.pages.components import blocks, curves
from darlington_analysis.pages.components.agreements import ended
from darlington_analysis.pages.components.numbers import day, in_every, to_same, value_text, whole
from darlington_analysis.sources.indicators import Indicator, indicator, register

LEVEL = "{level:g} ({unit}) by {by}"
GAP = "a gap to {country} of {gap:g} or better ({unit}) by {by}"
NOW_IS = "In {year} it was {value}, a gap to {country} of {gap:.1f}."
UNJUDGED = {
    "not told": "Even if it were met, it could not be told from chance. More years, a wider area "
    "or a larger step are needed.",
    "made up": "The figure is made up: no target may use it.",
    "withheld": "The figure is withheld, so it can’t be judged.",
    "no figure": "There is no count to judge it by.",
    "neither": "The figure is neither good nor bad, so it has no target.",
    "impossible": "No figure of this kind can be so high.",
}
COULD_BE_TOLD = "If it were met, that could be told from chance."
WRONG_WAY = "That is no better than now."
PACE = "If the ward only keeps {country}’s pace (the same change in per cent), the gap is {gap:.1f} by then."
BY_PACE = "That alone would meet the target."
MOVED = (
    "The gap has to move by {distance} points. From {first} to {last} it closed so far in {many} of "
    "{wards} wards."
)
NOT_KNOWN_HOW_FAR = (
    "The gap has to move by {distance} points. How far the gaps of wards really move in such a time "
    "is not known from two censuses of the same wards here. The best ward now is {ward}, at {best}."
)
SEEN = "The next figure ({series}) is of {year}, and may be out by {out}."
SEEN_AFTER = "Support ends before that, on {ends}. Until then its own measures show how it goes."
SEEN_BY_NOTHING = "Support ends before that, on {ends}, and no measure with a target shows more."
NEVER_SEEN = "No further figure is foreseen, so it can’t be seen whether it is met."
NEEDS = "It takes about {needed} people, if {country} stands still."
REACH = "The actions reach {reached}. {rest}"
ENOUGH, REST_FROM = "That is enough.", "They are not enough alone. The rest: {rest_from}"
REST_OPEN = "They are not enough, and who brings about the rest is not said."
TAKES, IS_SEEN, IS_ENOUGH = "What would it take?", "When is it seen?", "Is the plan enough?"


def aim(agreement: AgreementAnswer, outcome: Outcome) -> str:
    """Return a target as it was set: a level or a gap, and its day."""
    target = outcome.target
    unit = register()[outcome.indicator].unit if outcome.indicator in register() else "no unit"
    country, by = agreement.table.settings.place.country.name, day(target.by)
    if target.gap is None:
        return LEVEL.format(level=target.level, unit=unit, by=by)
    return GAP.format(gap=target.gap, unit=unit, by=by, country=country)


def target_lines(agreement: AgreementAnswer, outcome: Outcome) -> list[str]:
    """Return what the evidence says of a target, line by line; nothing without a target."""
    return [words for _, words in target_answers(agreement, outcome)]


def target_answers(agreement: AgreementAnswer, outcome: Outcome) -> list[tuple[str, str]]:
    """Return what the evidence says of a target, each as a question and its answer.

    The first, on what the target is, has no question. Nothing without a target.
    """
    facts = agreement.targets.get(outcome.id)
    if not facts:
        return []
    if facts.verdict in UNJUDGED and not facts.is_met_by_pace:
        return [("", UNJUDGED[facts.verdict])]
    country = agreement.table.settings.place.country.name
    value = value_text(facts.value, indicator(outcome.indicator))
    now = NOW_IS.format(year=facts.period, value=value, country=country, gap=facts.gap)
    verdict = COULD_BE_TOLD if facts.way == BETTER else WRONG_WAY
    needed = facts.people_needed
    needs = NEEDS.format(needed=whole(needed), country=country) if needed else ""
    answers = [
        ("", f"{now} {verdict} {_pace(facts, country)}".strip()),
        (TAKES, f"{needs} {_reach(facts)}".strip()),
        (IS_SEEN, _seen(facts, outcome, agreement)),
        (IS_ENOUGH, _enough(needed, outcome, agreement) if needed else ""),
    ]
    return [(question, words) for question, words in answers if words]


def _pace(facts: TargetFacts, country: str) -> str:
    if math.isnan(facts.gap_at_pace):
        return ""
    words = PACE.format(country=country, gap=facts.gap_at_pace)
    return f"{words} {BY_PACE}" if facts.is_met_by_pace else words


def _reach(facts: TargetFacts) -> str:
    moved, distance = facts.gap_changes, f"{facts.distance:.1f}"
    if moved:
        many, wards = whole(moved.as_far(facts.distance)), whole(len(moved.towards_good))
        return MOVED.format(
            distance=distance, first=moved.first, last=moved.last, many=many, wards=wards
        )
    if not facts.best_ward or not facts.counts_people:
        return ""
    best = f"{facts.best:.1f}"
    return NOT_KNOWN_HOW_FAR.format(distance=distance, ward=facts.best_ward, best=best)


def _seen(facts: TargetFacts, outcome: Outcome, agreement: AgreementAnswer) -> str:
    coming, ends = facts.coming, agreement.record.independence.ends
    if coming is None:
        return ""
    if coming.out is None:
        return NEVER_SEEN
    seen = SEEN.format(series=coming.series, year=coming.describes.year, out=day(coming.out))
    if not ends or coming.out <= ends:
        return seen
    after = SEEN_AFTER if measures_in_time(agreement.record, outcome) else SEEN_BY_NOTHING
    return f"{seen} {after.format(ends=day(ends))}"


def _enough(needed: int, outcome: Outcome, agreement: AgreementAnswer) -> str:
    reached = people_reached(agreement.record, outcome)
    rest = REST_FROM.format(rest_from=ended(outcome.rest_from)) if outcome.rest_from else REST_OPEN
    return REACH.format(reached=whole(reached), rest=ENOUGH if reached >= needed else rest)


NO_CURVE = {
    "none": "No figure is tied to this outcome, so there is no curve. People here say how it goes.",
    "made up": "No count of “{title}” is published for wards, so there is no curve. The Council may "
    f"hold one: see “{all_figures.NOT_PUBLISHED}”.",
    "no figure": "There is no figure of “{title}” to draw here. The annex says why.",
}
LEVEL_WITH, IF_NOTHING = "0: level with {country}", "if the gap stays"
TARGET_WORD = "target {gap:g}"
SEEN_AT = "×: the target, in the figure of {year}."
CAPTION = "{title}: points above {country}’s figure{below}"
CAPTION_OF_RATE = "{title}: more in every {out_of} than {country}{below}"
BELOW, FEWER = " (below 0: under it)", " (below 0: fewer)"
IN_EVERY = "{ward} in {year}: {value} in every {out_of}; {country}: {benchmark}."
BANDS = (
    "Bars: range for chance. Dark band: half of {wards} wards moved less than this in {years} "
    "years; pale band: {most} of them."
)
NO_BANDS = "How far the gaps of wards usually move is not known from two censuses."
TITLES = {
    "still": "The gap to {country} has hardly moved in {years} years",
    "closed": "The gap to {country} has narrowed by {by} in {years} years",
    "grown": "The gap to {country} has grown by {by} in {years} years",
    "one": "{by} {side} {country}, in {year}",
}
SIDES = {
    True: ("points above", "points below"),
    False: ("more in every {} than", "fewer in every {} than"),
}


def outcome_curve(agreement: AgreementAnswer, outcome: Outcome) -> Markup:
    """Return the curve of an outcome with its words, or why there is none."""
    if outcome.indicator not in register():
        return blocks.paragraph(NO_CURVE["none"])
    measured, table = indicator(outcome.indicator), agreement.table
    rows = agreed_targets.history(table, agreement.wards, measured.slug)
    if rows.is_dummy.any() or rows.gap.isna().all():
        why = "made up" if rows.is_dummy.any() else "no figure"
        return blocks.paragraph(NO_CURVE[why].format(title=measured.title))
    rows = rows[rows.gap.notna()]
    drawn = _drawn(agreement, outcome, rows)
    country = table.settings.place.country.name
    title, last = _curve_title(drawn, country, measured), rows.iloc[-1]
    out_of = in_every(last.value, measured)[1]
    value, benchmark = (_as_the_gap(each, measured) for each in (last.value, last.benchmark))
    now = IN_EVERY.format(
        ward=drawn.name,
        year=drawn.points[-1][0],
        value=value,
        out_of=out_of,
        country=country,
        benchmark=benchmark,
    )
    below = BELOW if _in_points(measured) else FEWER
    caption = (CAPTION if _in_points(measured) else CAPTION_OF_RATE).format(
        title=measured.title,
        country=country,
        out_of=out_of,
        below=below if min(gap for _, gap in drawn.points) < 0 else "",
    )
    seen = [] if drawn.target is None else [SEEN_AT.format(year=drawn.seen)]
    said = " ".join([title, caption, _bands(agreement, measured), now])
    target = "" if drawn.target is None else TARGET_WORD.format(gap=drawn.target)
    picture = curves.curve(drawn, LEVEL_WITH.format(country=country), IF_NOTHING, target, said)
    return blocks.join(
        Markup("<h4>{}</h4>").format(title),
        Markup('<p class="which">{}</p>').format(caption),
        picture,
        Markup('<p class="which">{}</p>').format(
            " ".join([_bands(agreement, measured), *seen, now])
        ),
    )


def _drawn(agreement: AgreementAnswer, outcome: Outcome, rows: pd.DataFrame) -> curves.Curve:
    table, slug = agreement.table, outcome.indicator
    facts = agreement.targets.get(outcome.id)
    moved = agreed_targets.gap_changes(table, slug)
    usual = agreed_targets.usual(moved) if moved else {"half": 0.0, "nearly_all": 0.0}
    years = [last_day(slug, period).year for period in rows.period]
    beside = agreed_targets.gaps_of_borough(table, slug, list(rows.period))
    seen = facts.coming.describes.year if facts and facts.coming and facts.coming.describes else 0
    has_target = bool(facts and seen and not math.isnan(facts.gap_then))
    wards = agreement.wards
    return curves.Curve(
        wards[0].name if len(wards) == 1 else f"{len(wards)} wards",
        list(zip(years, rows.gap.astype(float), strict=True)),
        [
            (row.lower_limit - row.benchmark, row.upper_limit - row.benchmark)
            if pd.notna(row.lower_limit)
            else (row.gap, row.gap)
            for row in rows.itertuples()
        ],
        table.settings.place.name,
        [(year, gap) for year, gap in zip(years, beside, strict=True) if not math.isnan(gap)],
        years[-1] + moved.years if moved else 0,
        usual["half"],
        usual["nearly_all"],
        seen if has_target else 0,
        round(facts.gap_then, 1) if has_target else None,
    )


def _as_the_gap(value: float, measured: Indicator) -> str:
    """Return a value out of what it is told out of, with the one decimal of the gap beside it."""
    out_of = in_every(value, measured)[1]
    return to_same(value, measured, out_of, 0 if measured.kind == "rate" else 1)


def _in_points(measured: Indicator) -> bool:
    """Return True where a gap is in points: of a per cent, of a score or a position."""
    return measured.kind not in ("mean", "rate")


def _curve_title(drawn: curves.Curve, country: str, measured: Indicator) -> str:
    (year, gap) = drawn.points[-1]
    if len(drawn.points) < 2:
        side = SIDES[_in_points(measured)][gap < 0].format(whole(measured.out_of))
        return TITLES["one"].format(by=f"{abs(gap):.1f}", side=side, country=country, year=year)
    first, before = drawn.points[-2]
    change = round(abs(gap), 1) - round(abs(before), 1)
    word = "still" if abs(change) <= drawn.half else "closed" if change < 0 else "grown"
    return TITLES[word].format(by=f"{abs(change):.1f}", country=country, years=year - first)


def _bands(agreement: AgreementAnswer, measured: Indicator) -> str:
    moved = agreed_targets.gap_changes(agreement.table, measured.slug)
    if not moved:
        return NO_BANDS
    usual = agreed_targets.usual(moved)
    most = usual["areas"] - usual["left_out"]
    return BANDS.format(wards=usual["areas"], most=most, years=moved.years)
