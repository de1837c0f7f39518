"""How often each test raises a false alarm, and how often a change is told, when simulated."""

import numpy as np
import pandas as pd

from darlington_analysis.methods import (
    comparisons,
    corrections,
    differences,
    funnels,
    rates,
    targets,
    trends,
)

SERIES = 500
ROWS = 40_000
BOROUGHS = 400
WARDS = 24


def alarm_rows(noise: np.random.Generator) -> list[dict]:
    """Return the share of false alarms of each test where nothing is there to find."""
    return [
        *(_trend_row(name, points, make, noise) for name, points, make in TRENDS),
        *_ratio_rows(noise),
        *_difference_rows(noise),
        _benchmark_row(noise),
        *_funnel_rows(noise),
        *_family_rows(noise),
    ]


def power_rows(noise: np.random.Generator) -> list[dict]:
    """Return how often the smallest change that is said to be told in 8 of 10 is told."""
    rows = []
    for count, years in ((35, 5), (150, 3), (600, 1)):
        row = targets.what_would_it_take(count, 1, change=-0.1, years=(years,)).iloc[0]
        mean = row["expected_count"] * (1 + row["smallest_change"])
        later = pd.DataFrame({"numerator": noise.poisson(mean, ROWS), "denominator": years})
        pair = later.assign(other_numerator=count, other_denominator=1)
        told = (differences.rate_ratios(pair)["comparison"] == comparisons.LOWER).mean()
        kind = f"baseline of {count}, {years} years on: {row['smallest_change']:.0%}"
        rows.append({"what": "smallest change told", "kind": kind, "found": told, "tries": ROWS})
    return rows


def _trend_row(name: str, points: int, make, noise) -> dict:
    shape = (SERIES, points)
    people = 1000 + 10 * np.arange(points)
    table = pd.DataFrame(
        {
            "series": np.repeat(np.arange(SERIES), points),
            "period_start": np.tile(2001 + np.arange(points), SERIES),
            "period_years": 1,
            "numerator": make(people, shape, noise).ravel(),
            "denominator": np.tile(people, SERIES),
        }
    )
    found = trends.has_changed(table, by=["series"])
    alarms = (found["p_value"] < 0.05).mean()
    kind = f"{name}, {points} points ({found['method'].iloc[0]})"
    return {"what": "has it changed?", "kind": kind, "found": alarms, "tries": SERIES}


def _ratio_rows(noise) -> list[dict]:
    rows = []
    for mean in (3, 10, 40, 400):
        table = pd.DataFrame({"numerator": noise.poisson(mean, ROWS), "denominator": 1})
        pair = table.assign(other_numerator=noise.poisson(mean, ROWS), other_denominator=1)
        rows.append(_alarms("two rates", f"{mean} events each", differences.rate_ratios(pair)))
    return rows


def _difference_rows(noise) -> list[dict]:
    rows = []
    for share, people in ((0.05, 60), (0.3, 60), (0.3, 1000)):
        drawn = noise.binomial(people, share, (2, ROWS))
        table = pd.DataFrame({"numerator": drawn[0], "denominator": people})
        pair = table.assign(other_numerator=drawn[1], other_denominator=people)
        found = differences.proportion_differences(pair)
        rows.append(_alarms("two proportions", f"{share:.0%} of {people} each", found))
    return rows


def _alarms(what: str, kind: str, found: pd.DataFrame) -> dict:
    return {"what": what, "kind": kind, "found": (found["p_value"] < 0.05).mean(), "tries": ROWS}


def _benchmark_row(noise) -> dict:
    table = pd.DataFrame({"numerator": noise.poisson(12, ROWS), "denominator": 1000})
    found = comparisons.compare(rates.rates(table, 1000), 12)["comparison"]
    alarms = found.isin([comparisons.HIGHER, comparisons.LOWER]).mean()
    kind = "a rate of 12 events, the benchmark known"
    return {"what": "against a benchmark", "kind": kind, "found": alarms, "tries": ROWS}


def _funnel_rows(noise) -> list[dict]:
    rows = []
    for name, spread, model in FUNNELS:
        beyond = []
        for _ in range(BOROUGHS):
            people = noise.integers(2000, 6000, WARDS)
            level = 0.006 * (noise.gamma(1 / spread, spread, WARDS) if spread else 1)
            table = pd.DataFrame(
                {"numerator": noise.poisson(level * people), "denominator": people}
            )
            found = funnels.significance(table, "rate", overdispersion=model)
            beyond.append(found["significance"] != "within limits")
        share = np.mean(beyond)
        tries = BOROUGHS * WARDS
        rows.append({"what": "funnel, 95% lines", "kind": name, "found": share, "tries": tries})
    return rows


def _family_rows(noise) -> list[dict]:
    counts = noise.poisson(40, (BOROUGHS, WARDS))
    rest = counts.sum(axis=1, keepdims=True) - counts
    alarms = {method: [] for method in corrections.METHODS}
    for mine, others in zip(counts, rest, strict=True):
        table = pd.DataFrame({"numerator": mine, "denominator": 1, "other_numerator": others})
        found = differences.rate_ratios(table.assign(other_denominator=WARDS - 1))
        for method in alarms:
            alarms[method].append((corrections.adjust(found, method)["p_adjusted"] < 0.05).any())
    what = "any of 24 wards against the rest"
    return [
        {"what": what, "kind": method, "found": np.mean(any_), "tries": BOROUGHS}
        for method, any_ in alarms.items()
    ]


def _chance(mean: float):
    return lambda people, shape, noise: noise.poisson(mean * people / people.mean(), shape)


def _overdispersed(people, shape, noise):
    return noise.poisson(noise.gamma(50 / 3, 3, shape) * people / people.mean())


TRENDS = (
    ("rare (2 a year)", 4, _chance(2)),
    ("rare (2 a year)", 5, _chance(2)),
    ("rare (2 a year)", 8, _chance(2)),
    ("steady (30 a year)", 2, _chance(30)),
    ("steady (30 a year)", 4, _chance(30)),
    ("steady (30 a year)", 5, _chance(30)),
    ("steady (30 a year)", 12, _chance(30)),
    ("overdispersed (4 times chance)", 4, _overdispersed),
    ("overdispersed (4 times chance)", 5, _overdispersed),
    ("overdispersed (4 times chance)", 8, _overdispersed),
)
FUNNELS = (
    ("chance alone", 0, "none"),
    ("chance alone, dispersion estimated", 0, "multiplicative"),
    ("wards differ by 30%, nothing estimated", 0.09, "none"),
    ("wards differ by 30%, multiplicative", 0.09, "multiplicative"),
    ("wards differ by 30%, additive", 0.09, "additive"),
)
