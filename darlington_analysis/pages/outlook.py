"""Has it changed, and what comes next if nothing changes?"""

import pandas as pd
from markupsafe import Markup

from darlington_analysis.evidence.outlook import Outlook
from darlington_analysis.pages.components import blocks, tables
from darlington_analysis.pages.components.numbers import in_every, period, to_same, value_text, word
from darlington_analysis.sources import indicators
from darlington_analysis.sources.indicators import Indicator

HISTORY_QUESTION = "Has it changed, and what if nothing changes?"
IF_NOTHING_CHANGES = "if nothing changes"
SMOOTHED = {True: "Smoothed made-up value", False: "Smoothed value"}
NO_HISTORY = {
    "census": "This figure comes from one census. From one point nobody can tell if the ward has "
    "changed, or what comes next if nothing changes.",
    "one point": "There is one figure only. From one point nobody can tell if the ward has "
    "changed, or what comes next if nothing changes.",
    "no base": "Its publisher prints this share without the people it is out of. So no change is "
    "tested, and nothing is forecast.",
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
    if reason == "under four":
        return f"The ward has {points} points in time. Under four there is no forecast."
    is_census = (
        indicators.indicator(facts["indicator"]).period_kind == "census" and reason == "one point"
    )
    return NO_HISTORY["census" if is_census else reason]


def baseline(facts: dict) -> str:
    """Return an area's forecast if nothing changes, with its band and why it is wide."""
    indicator = indicators.indicator(facts["indicator"])
    number, out_of = in_every(facts["value"], indicator)
    low, high = (to_same(facts[name], indicator, out_of) for name in ("lower_limit", "upper_limit"))
    points = word(facts["points"])
    how = (
        f"It is drawn from {points} years, slope and all."
        if facts["has_slope"]
        else f"That is wide, as it rests on {points} years. From fewer than eight we draw no "
        "slope, but a level drawn from all of them. So it can lie above or below the last year."
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
        return f"In {area} no rise or fall over these {points} years can be told from chance."
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
    "baseline": baseline,
    "no-baseline": no_baseline,
    "trend": trend,
}


def history(shown: Outlook) -> Markup:
    """Return what may be said of the past and of what comes next if nothing changes.

    Nothing for a census without history: that is said of all census figures at once (surety).
    """
    rules = {claim.rule for claim in shown.history_claims}
    if shown.indicator.period_kind == "census" and rules <= {"no-history", "no-baseline"}:
        return Markup("")
    return blocks.answer(HISTORY_QUESTION, shown.history_claims, RULES)


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
