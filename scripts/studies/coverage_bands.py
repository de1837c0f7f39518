"""How often forecasts and confidence limits hold what they promise, on simulated wards."""

import numpy as np
import pandas as pd

from darlington_analysis.core.project import find_project
from darlington_analysis.core.settings import load_settings
from darlington_analysis.statistics import forecasts, rates

SERIES = 250
ROWS = 40_000
HORIZON = 3
POINTS = (5, 8, 12)
YEAR_ONE = 2001


def band_rows(noise: np.random.Generator) -> list[dict]:
    """Return one row for each kind of series and length: the share of bands that held."""
    return [
        _band_row(name, kind, make, points, noise)
        for name, (kind, make) in KINDS.items()
        for points in POINTS
    ]


def limit_rows(noise: np.random.Generator) -> list[dict]:
    """Return the share of limits that held the truth, for rates and proportions."""
    rows = []
    for mean in (0.5, 2, 5, 12, 40):
        table = pd.DataFrame({"numerator": noise.poisson(mean, ROWS), "denominator": 1000})
        found = rates.rates(table, 1000)
        rows.append(_limit_row("limits of a rate", f"{mean} events expected", found, mean))
    for share, people in ((0.02, 100), (0.2, 40), (0.3, 800), (0.97, 60)):
        table = pd.DataFrame(
            {"numerator": noise.binomial(people, share, ROWS), "denominator": people}
        )
        found = rates.proportions(table, 1)
        kind = f"{share:.0%} of {people} people"
        rows.append(_limit_row("limits of a proportion", kind, found, share))
    return rows


def printed_rows(noise: np.random.Generator) -> list[dict]:
    """Return the share of printed ranges that held the truth, of the counts that are shown."""
    rule = load_settings(find_project()).small_numbers
    rows = []
    for mean in (3, 4.5, 8, 12, 20, 40):
        counts = noise.poisson(mean, ROWS)
        shown = counts[(counts < rule.withhold_from) | (counts > rule.withhold_to)]
        printed = rule.round_to * np.floor(shown / rule.round_to + 0.5)
        found = rates.rates(pd.DataFrame({"numerator": printed, "denominator": 1000}), 1000)
        kind = f"{mean} events expected"
        row = _limit_row("range of a printed count", kind, found, mean)
        rows.append(row | {"tries": len(shown)})
    return rows


def _limit_row(what: str, kind: str, found: pd.DataFrame, truth: float) -> dict:
    holds = found["lower_limit"].le(truth) & found["upper_limit"].ge(truth)
    return {"what": what, "kind": kind, "found": holds.mean(), "tries": ROWS}


def _band_row(name: str, kind: str, make, points: int, noise) -> dict:
    held = []
    for _ in range(SERIES):
        figures = make(points + HORIZON, noise)
        series = pd.DataFrame(figures).assign(period_start=YEAR_ONE + np.arange(points + HORIZON))
        found = forecasts.baseline(series[:points], kind, HORIZON, multiplier=1)
        truth = series["value"] if "value" in series else series["numerator"]
        truth = truth / series.get("denominator", 1)
        ahead = found[found["is_forecast"]]
        later = truth[points:].to_numpy()
        held.append((ahead["lower_limit"] - 1e-9 <= later) & (later <= ahead["upper_limit"] + 1e-9))
    kind = f"{name}, {points} points"
    return {"what": "forecast band", "kind": kind, "found": np.mean(held), "tries": SERIES}


def _events(mean, noise):
    return {"numerator": noise.poisson(mean)}


def _overdispersed(years, noise):
    return {"numerator": noise.negative_binomial(50 / 3, 1 / 4, years)}


def _broken(years, noise):
    when = noise.integers(2, years - HORIZON - 1)
    return _events(np.where(np.arange(years) < when, 60, 36), noise)


def _drifting(years, noise):
    return _events(100 * np.exp(np.cumsum(noise.normal(0, 0.1, years))), noise)


def _growing_ward(years, noise):
    people = 400 + 8 * np.arange(years)
    return {"numerator": noise.poisson(0.01 * people), "denominator": people}


def _share(years, noise):
    return {"numerator": noise.binomial(800, 0.3, years), "denominator": 800}


def _rising_share(years, noise):
    share = 0.2 * 1.04 ** np.arange(years)
    return {"numerator": noise.binomial(800, share), "denominator": 800}


def _bare_values(years, noise):
    return {"value": noise.normal(50, 5, years) + np.arange(years)}


KINDS = {
    "rare (2 a year)": ("count", lambda years, noise: _events(np.full(years, 2), noise)),
    "steady (30 a year)": ("count", lambda years, noise: _events(np.full(years, 30), noise)),
    "trending (from 200, -8% a year)": (
        "count",
        lambda years, noise: _events(200 * 0.92 ** np.arange(years), noise),
    ),
    "overdispersed (50 a year, 4 times chance)": ("count", _overdispersed),
    "with a break (60 then 36)": ("count", _broken),
    "drifting (100, 10% a year)": ("count", _drifting),
    "rate of a growing ward (4 a year)": ("rate", _growing_ward),
    "proportion (30% of 800)": ("proportion", _share),
    "rising proportion (20% of 800, +4% a year)": ("proportion", _rising_share),
    "values without counts, trending": ("rate", _bare_values),
}
