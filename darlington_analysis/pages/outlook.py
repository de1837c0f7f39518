"""Has it changed, and what comes next if nothing changes?"""

from math import isnan

import pandas as pd
from markupsafe import Markup

from darlington_analysis.evidence.outlook import Outlook
from darlington_analysis.pages.components import blocks, tables
from darlington_analysis.pages.components.numbers import (
    in_every,
    period,
    to_same,
    value_text,
    whole,
    word,
)
from darlington_analysis.sources import indicators
from darlington_analysis.sources.indicators import Indicator

HISTORY_QUESTION = "Has it changed, and what if nothing changes?"
IF_NOTHING_CHANGES = "if nothing changes"
NEWER = "The census of {last} is newer than the other figures of this edition."
SMOOTHED = {True: "Smoothed made-up value", False: "Smoothed value"}
NO_HISTORY = {
    "census": "No other census counted this in the same way, so no change is worked out.",
    "one point": "There is one figure only, so no change is worked out.",
    "no base": "The publisher gives the figure but not the number of people it is based on. So no "
    "change is tested, and nothing is forecast.",
    "modelled": "It comes from a model. A model’s figure shows no change of the ward’s own, and "
    "gives no forecast.",
}


def no_history(facts: dict) -> str:
    """Return why a ward has no baseline of its own."""
    points, reason = word(facts["points"]), facts["reason"]
    if reason == "pooled":
        return (
            f"The ward’s {points} years are put into one, to protect children. So the ward alone "
            f"has no line over time, no test of change and no forecast."
        )
    is_census = indicators.indicator(facts["indicator"]).period_kind == "census" and reason in (
        "one point",
        "under four",
    )
    if is_census:
        asked = indicators.indicator(facts["indicator"]).asked
        return f"{NO_HISTORY['census']} {asked}".strip()
    if reason == "under four":
        return f"The ward has {points} points in time. Under four there is no forecast."
    return NO_HISTORY[reason]


def gap_change(facts: dict) -> str:
    """Return how a ward has changed between two censuses, in itself and beside the benchmark."""
    about, name = indicators.indicator(facts["indicator"]), facts["benchmark_name"]
    newer = NEWER.format(last=facts["last"]) if facts["is_newer"] else ""
    sentences = [newer, _two_counts(facts), *_beside(facts), _grown(facts, about), about.asked]
    return " ".join(sentence.format(name=name) for sentence in sentences if sentence)


def _two_counts(facts: dict) -> str:
    about = indicators.indicator(facts["indicator"])
    before = _count(facts["other_numerator"], facts["other_denominator"], facts["other_fit"])
    now = _count(facts["numerator"], facts["denominator"], facts["fit"])
    first = (
        f"In {facts['first']} it was {facts['other_value']:.1f} in every 100 {about.who} here "
        f"({before}). In {facts['last']} it was {facts['value']:.1f} ({now})."
    )
    if isnan(facts["gap_change"]):
        return f"{first} {{name}}’s figure of {facts['first']} is not at hand, so no gap is worked out."
    return (
        f"{first} In {{name}} it went from {facts['other_benchmark']:.1f} to "
        f"{facts['benchmark']:.1f}."
    )


def _beside(facts: dict) -> list[str]:
    if isnan(facts["gap_change"]):
        return []
    gaps = f"The gap went from {_points(facts['other_gap'])} to {_points(facts['gap'])} {{name}}."
    return [gaps, _moved(facts), _at_pace(facts)]


def _moved(facts: dict) -> str:
    """Return how far the gap moved, with its range, and whether that is the right way."""
    limits = moved_range(facts)
    if facts["gap_moved"] not in ("up", "down"):
        return f"Whether the gap has really moved is too close to call. {limits}"
    way = _is_good(facts, indicators.indicator(facts["indicator"]))
    return f"Beside {facts['benchmark_name']} the figure is {_how_far(facts)} than it was{way}. {limits}"


def _at_pace(facts: dict) -> str:
    """Return what keeping pace alone would have made of the ward."""
    share = facts["other_value"] * facts["benchmark"] / facts["other_benchmark"] / 100
    kept = round(share * facts["denominator"])
    more = round(facts["numerator"]) - kept
    if not more:
        return "That is the pace of {name}."
    side = "fewer" if more < 0 else "more"
    counted = "there were" if facts["fit"] == "exact" else "we estimate"
    return (
        f"Had its share moved as {{name}}’s did, it would have been about {whole(kept)} in "
        f"{facts['last']}: {counted} {whole(abs(more))} {side}."
    )


def gap_ahead(facts: dict) -> str:
    """Return how far gaps usually move, and where this one will be if it moves no further."""
    years = int(facts["last"]) - int(facts["first"])
    most, gap = round(facts["nearly_all"], 1), round(facts["gap"], 1)
    low, high = gap - most, gap + most
    left_out = "one" if facts["left_out"] == 1 else word(facts["left_out"])
    return (
        f"If nothing changes: in these {years} years the gaps of half of the wards moved by "
        f"{facts['half']:.1f} points or less. Those of all but {left_out} of the {facts['areas']} "
        f"moved by {most:.1f} or less. If this one moves no further, {years} years later it will lie "
        f"between {_points(low, places=high * low < 0)} "
        f"and {_points(high)} {facts['benchmark_name']}."
    )


def _count(numerator: float, denominator: float, fit: str) -> str:
    about = "" if fit == "exact" else "about "
    return f"{about}{whole(numerator)} of {whole(denominator)}"


def _points(gap: float, *, places: bool = True) -> str:
    """Return a gap as “13.1 points above”; without ``places`` as “13.1”."""
    size = abs(round(gap, 1))
    side = "above" if gap > 0 else "below"
    points = "point" if size == 1 else "points"
    return f"{size:.1f} {points} {side}" if places else f"{size:.1f}"


def _how_far(facts: dict) -> str:
    """Return the difference of the two gaps as printed, with the way it went."""
    moved = facts["gap_change"]
    return f"{abs(moved):.1f} points {'lower' if moved < 0 else 'higher'}"


def moved_range(facts: dict) -> str:
    """Return the limits of a change in the gap as a sentence, fine enough to show what is said."""
    shared = "apportioned" in (facts["fit"], facts["other_fit"])
    allowing = "for chance and for estimates" if shared else "for chance"
    return f"Allowing {allowing}, {_limits(facts)}."


def _limits(facts: dict) -> str:
    lower, upper = facts["gap_change_lower"], facts["gap_change_upper"]
    if lower < 0 < upper:
        return (
            f"the figure may be up to {_size(lower)} points lower or {_size(upper)} higher beside "
            f"{facts['benchmark_name']} than it was"
        )
    near, far = sorted((abs(lower), abs(upper)))
    return f"the gap moved by between {_size(near)} and {_size(far)} points"


def _size(points: float) -> str:
    """Return how far from nought a limit is, never as nought."""
    size = abs(points)
    return f"{size:.1f}" if round(size, 1) else f"{size:.2f}" if round(size, 2) else "under 0.01"


def _is_good(facts: dict, about: Indicator) -> str:
    side = {"up": "higher", "down": "lower"}.get(facts["gap_moved"], "")
    if about.polarity.is_better(side):
        return ", in the right direction"
    return ", in the wrong direction" if about.polarity.is_worse(side) else ""


def _grown(facts: dict, about: Indicator) -> str:
    if not facts["grown"]:
        return ""
    side = "more" if facts["grown"] > 0 else "fewer"
    return (
        f"There are {abs(100 * facts['grown']):.0f}% {side} {about.who} than then, so in part "
        "these are not the same people."
    )


def baseline(facts: dict) -> str:
    """Return an area's forecast if nothing changes, with its band and why it is wide."""
    indicator = indicators.indicator(facts["indicator"])
    number, out_of = in_every(facts["value"], indicator)
    low, high = (to_same(facts[name], indicator, out_of) for name in ("lower_limit", "upper_limit"))
    points = word(facts["points"])
    how = (
        f"It is drawn from {points} years, slope and all."
        if facts["has_slope"]
        else f"That is wide, as it rests on {points} years. With fewer than eight years we draw a "
        "flat line, based on all of them. So it can lie above or below the last year."
    )
    return (
        f"If nothing changes, {facts['area']}’s figure for {period(facts['until'])} would be about "
        f"{number} in every {out_of}. The band runs from {low} to {high}. {how}"
    )


def no_baseline(facts: dict) -> str:
    """Return why an area with a few single years has no forecast."""
    is_census = indicators.indicator(facts["indicator"]).period_kind == "census"
    points = word(facts["points"]) + (" censuses" if is_census else " single years")
    return (
        f"{facts['area']} has {points} counted this way. Under four there is no forecast, and "
        "under five no test of change."
    )


def trend(facts: dict) -> str:
    """Return whether an area's single years have changed, by the test and never by eye."""
    area, points = facts["area"], word(facts["points"])
    if facts["changed"] == "not tested":
        return f"{area} has {points} years: too few to test if the figure has changed."
    if facts["changed"] not in ("risen", "fallen"):
        return f"In {area} any rise or fall over these {points} years is too close to call."
    return (
        f"In {area} the figure has {facts['changed']} since {period(facts['first'])}. Chance alone "
        f"puts {points} years in such an order less than 5 times in 100. This does not say why."
    )


def smoothing_words(smoothed: pd.DataFrame, indicator: Indicator) -> str:
    """Return what the smoothed column is."""
    first = smoothed.iloc[0]
    return (
        f"The smoothed value draws each ward towards the rate of the {int(first.areas_pooled)} "
        f"wards shown, taken together ({value_text(first.pooled_value, indicator)}). The fewer children a "
        "ward has, the more it is drawn, and never past that rate. It is a steadier guess and does "
        "not take the place of the count. A withheld ward has none, and plays no part."
    )


def forecast_alt(ahead: pd.DataFrame, indicator: Indicator) -> str:
    """Return the forecasts of a chart in one sentence, nothing where there is none."""
    parts = [
        f"{row.area_name} {value_text(row.value, indicator)} in {row.period}, "
        f"between {value_text(row.lower_limit, indicator)} and {value_text(row.upper_limit, indicator)}"
        for row in ahead.groupby("area_code", sort=False).tail(1).itertuples()
    ]
    return f" Dashed, {IF_NOTHING_CHANGES}: {'; '.join(parts)}." if parts else ""


RULES = {
    "no-history": no_history,
    "gap-change": gap_change,
    "gap-ahead": gap_ahead,
    "baseline": baseline,
    "no-baseline": no_baseline,
    "trend": trend,
}


def history(shown: Outlook) -> Markup:
    """Return what may be said of the past and of what comes next if nothing changes."""
    return blocks.answer(HISTORY_QUESTION, shown.history_claims, RULES)


def census_table(shown: Outlook) -> Markup:
    """Return the ward's figure and gap at each census; nothing without two of them."""
    counted, name = shown.change.counted, shown.change.benchmark_name
    if len(counted) < 2:
        return Markup("")
    steps = shown.change.steps.set_index("last")
    rows = counted.assign(
        moved=[
            _moved_cell(steps.loc[census]) if census in steps.index else "[z]"
            for census in counted.period
        ]
    )
    columns = [
        tables.Column("period", "Census"),
        tables.Column("value", f"{shown.ward.name}, in every 100", "value", 1),
        tables.Column("benchmark", f"{name}, in every 100", "number", 1, missing="x"),
        tables.Column("gap_printed", "Gap, points", "number", 1, missing="x", show=_signed),
        tables.Column("moved", "Change of the gap, and its range"),
    ]
    return tables.table(
        rows, columns, f"{shown.indicator.title}: census by census", signs=blocks.SIGNS
    )


def _moved_cell(step: pd.Series) -> str:
    if pd.isna(step.gap_change):
        return "[x]"
    ends = (step.gap_change_lower, step.gap_change_upper)
    return f"{_signed(step.gap_change_printed)} ({' to '.join(map(_end, ends))})"


def _end(limit: float) -> str:
    size = _size(limit)
    if not size[0].isdigit():
        return f"just {'over' if limit > 0 else 'under'} 0"
    return f"{'+' if limit > 0 else '−'}{size}"


def _signed(points: float) -> str:
    """Return a number of points with its sign, the minus as a reader expects it."""
    text = f"{points:+.1f}".replace("-", "−")
    return text if round(points, 1) else text[1:]


def smoothing_note(shown: Outlook) -> Markup:
    """Return what the smoothed column of the table above is, nothing where there is none."""
    if shown.smoothed.empty:
        return Markup("")
    return blocks.paragraph(smoothing_words(shown.smoothed, shown.indicator))


def with_smoothed(
    shown: Outlook, rows: pd.DataFrame, columns: list[tables.Column], *, is_dummy: bool
) -> tuple[pd.DataFrame, list[tables.Column]]:
    """Return rows and columns of a table of wards with the smoothed value last, where there is one.

    The raw value stays where it is; a wider area has no smoothed one.
    """
    if shown.smoothed.empty:
        return rows, columns
    beside = rows.merge(shown.smoothed, on="area_code", how="left")
    beside["smoothed_status"] = beside.smoothed_status.fillna("z")
    last = tables.Column(
        "smoothed_value",
        SMOOTHED[is_dummy],
        "value",
        show=lambda value: value_text(value, shown.indicator),
        status_key="smoothed_status",
    )
    return beside, [*columns, last]
