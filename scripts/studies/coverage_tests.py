"""How often each test raises a false alarm, and how often a change is told, when simulated."""

import numpy as np
import pandas as pd
from scipy import stats

from darlington_analysis.statistics import comparisons, differences, power, rates, trends

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
        row = power.what_would_it_take(count, -0.1, years=(years,)).iloc[0]
        mean = row["expected_count"] * (1 + row["smallest_change"])
        later = pd.DataFrame({"numerator": noise.poisson(mean, ROWS), "denominator": years})
        pair = later.assign(other_numerator=count, other_denominator=1)
        told = (differences.rate_ratios(pair)["comparison"] == comparisons.LOWER).mean()
        kind = f"baseline of {count}, {years} years on: {row['smallest_change']:.0%}"
        rows.append(
            {"what": "smallest change detected", "kind": kind, "found": told, "tries": ROWS}
        )
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
    for name, level, spread in FUNNELS:
        people = noise.integers(2000, 6000, (BOROUGHS, WARDS))
        true = level * (noise.gamma(1 / spread, spread, people.shape) if spread else 1)
        table = pd.DataFrame(
            {
                "numerator": noise.binomial(people, np.minimum(true, 1)).ravel(),
                "denominator": people.ravel(),
            }
        )
        beyond = comparisons.departures(table, "proportion", 100 * level, 100).p_value < 0.05
        rows.append(
            {
                "what": "funnel, 95% lines",
                "kind": name,
                "found": beyond.mean(),
                "tries": BOROUGHS * WARDS,
            }
        )
    return rows


def _family_rows(noise) -> list[dict]:
    """Return how often any of many wards stands out by Benjamini and Hochberg's rule."""
    counts = noise.poisson(40, (BOROUGHS, WARDS))
    rest = counts.sum(axis=1, keepdims=True) - counts
    alarms = []
    for mine, others in zip(counts, rest, strict=True):
        table = pd.DataFrame({"numerator": mine, "denominator": 1, "other_numerator": others})
        found = differences.rate_ratios(table.assign(other_denominator=WARDS - 1))
        alarms.append((stats.false_discovery_control(found["p_value"]) < 0.05).any())
    what, kind = "any of 24 wards against the rest", "benjamini-hochberg"
    return [{"what": what, "kind": kind, "found": np.mean(alarms), "tries": BOROUGHS}]


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
    ("chance alone, 30 in 100", 0.3, 0),
    ("chance alone, 6 in 1,000", 0.006, 0),
    ("wards differ by 30%, 6 in 1,000", 0.006, 0.09),
)
