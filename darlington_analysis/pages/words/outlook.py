"""What comes next if nothing changes, and has it changed: claims and notes in words."""

import pandas as pd

from darlington_analysis.pages.components.numbers import in_every, period, shown, to_same, word
from darlington_analysis.sources.indicators import Indicator, indicator

HISTORY_QUESTION = "Has it changed, and what if nothing changes?"
TAKE_QUESTION = "What would it take?"
IF_NOTHING_CHANGES = "if nothing changes"
SMOOTHED = "Smoothed"
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
    is_census = indicator(facts["indicator"]).period_kind == "census" and reason == "one point"
    return NO_HISTORY["census" if is_census else reason]


def baseline(facts: dict) -> str:
    """Return an area's forecast if nothing changes, with its band and why it is wide."""
    about = indicator(facts["indicator"])
    number, out_of = in_every(facts["value"], about)
    low, high = (to_same(facts[name], about, out_of) for name in ("lower_limit", "upper_limit"))
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
    is_census = indicator(facts["indicator"]).period_kind == "census"
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


def smoothing_note(smoothed: pd.DataFrame, about: Indicator) -> str:
    """Return what the smoothed column is."""
    first = smoothed.iloc[0]
    return (
        f"The smoothed value draws each ward towards the rate of the {int(first.areas_pooled)} "
        f"wards shown, taken together ({shown(first.pooled_value, about)}). The fewer children a "
        "ward has, the more it is drawn, and never past that rate. It is a steadier guess and does "
        "not take the place of the count. A withheld ward has none, and plays no part."
    )


def smoothed_header(*, is_dummy: bool) -> str:
    """Return the head of the smoothed column."""
    return f"{SMOOTHED} made-up value" if is_dummy else f"{SMOOTHED} value"


def forecast_alt(ahead: pd.DataFrame, about: Indicator) -> str:
    """Return the forecasts of a chart in one sentence, nothing where there is none."""
    said = [
        f"{row.area_name} {shown(row.value, about)} in {row.period}, "
        f"between {shown(row.lower_limit, about)} and {shown(row.upper_limit, about)}"
        for row in ahead.groupby("area_code", sort=False).tail(1).itertuples()
    ]
    return f" Dashed, {IF_NOTHING_CHANGES}: {'; '.join(said)}." if said else ""


RULES = {
    "no-history": no_history,
    "baseline": baseline,
    "no-baseline": no_baseline,
    "trend": trend,
}
