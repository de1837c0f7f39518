"""The curve of an outcome: how the gap moved, what is likely if it stays, and the target."""

import math

import pandas as pd
from markupsafe import Markup

from darlington_analysis.agreements.parts import Outcome
from darlington_analysis.evidence import agreed_targets
from darlington_analysis.evidence.agreement import AgreementAnswer
from darlington_analysis.evidence.table import last_day
from darlington_analysis.pages import all_figures
from darlington_analysis.pages.components import blocks, curves
from darlington_analysis.pages.components.numbers import in_every, to_same, whole
from darlington_analysis.sources.indicators import Indicator, indicator, register

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
