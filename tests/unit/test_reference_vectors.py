"""Every statistic against numbers worked out elsewhere, to the tolerances of their README.

The folder is the one that DARLINGTON_VECTORS names, else the reference data's own.
"""

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from darlington_analysis.statistics import comparisons, ranks, rates

NOT_BUILT = {
    "dsr_inputs.csv",
    "dsr_expected.csv",
    "isr_inputs.csv",
    "isr_expected.csv",
    "mean_inputs.csv",
    "mean_expected.csv",
    "quantile_cases.csv",
    "sii_inputs.csv",
    "sii_expected.csv",
    "funnel_rate_inputs.csv",
    "funnel_rate_expected.csv",
    "funnel_ratio_cases.csv",
}
"""No pack uses a standardised rate, a mean with limits, quantiles, the slope of an indicator along
deprivation, or a funnel of rates or ratios."""

ELSEWHERE = {"derived_sdc_audit.csv": "test_suppression.py"}
BUILT = {
    "derived_rank_intervals.csv": ("kind", "marginal"),
    "funnel_limit_cases.csv": ("statistic", "proportion"),
}
"""Of these files only the rows of one kind: a pack gives no range for all wards at once, and draws
no funnel of rates or ratios."""

INPUTS = {"funnel_proportion_inputs.csv"}
OURS = {"": "", "byars": "byar", "exact": "exact", "wilson": "wilson"}
NAMES = ["Low (0.001)", "Low (0.025)", "Not significant", "High (0.025)", "High (0.001)"]
VERDICTS = dict(zip(NAMES, reversed(comparisons.FUNNEL_VERDICTS), strict=True))
VERDICTS["Not applicable"] = comparisons.NOT_KNOWN
COUNTED = {"count": "numerator", "observed": "numerator"}
PEOPLE = {"population": "denominator", "expected": "denominator"}


def close(expected, actual, relative=1e-9, absolute=1e-15):
    """Assert that nulls stand in the same places and numbers agree."""
    pair = (np.asarray(actual, dtype=float), np.asarray(expected, dtype=float))
    np.testing.assert_allclose(*pair, rtol=relative, atol=absolute)


def groups(table, *keys):
    """Return the parts of a table that share settings, each with its settings."""
    return [(*key, part) for key, part in table.groupby(list(keys), dropna=False, sort=False)]


def check_cases(method, table):
    """Return the rows of rates or proportions that agree, methods too where there is a value."""
    for multiplier, confidence, part in groups(table, "multiplier", "confidence"):
        found = method(part, multiplier, confidence)
        for ours, theirs in (
            ("value", "value"),
            ("lower_limit", "lower"),
            ("upper_limit", "upper"),
        ):
            close(part[theirs], found[ours])
        known = part["value"].notna()
        assert [OURS[name] for name in part["method"][known]] == list(found["method"][known])
    return len(table)


def check_limit_cases(table):
    """Return the rows of bare limits that agree."""
    for method, confidence, part in groups(table, "method", "confidence"):
        if method == "wilson":
            found = rates.wilson_limits(part["numerator"], part["denominator"], confidence)
        else:
            found = rates.poisson_limits(part["numerator"], confidence, OURS[method])
        close(part[["lower", "upper"]], found[["lower_limit", "upper_limit"]])
    return len(table)


def check_poisson(table):
    """Return the counts whose exact, Byar's and chosen limits agree."""
    for confidence, part in groups(table, "confidence"):
        for theirs in ("exact", "byars"):
            found = rates.poisson_limits(part["count"], confidence, OURS[theirs])
            limits = part[[f"{theirs}_lower", f"{theirs}_upper"]]
            close(limits, found[["lower_limit", "upper_limit"]])
        chosen = rates.poisson_limits(part["count"], confidence)["method"]
        assert [OURS[name] for name in part["phe_rule_method"]] == list(chosen)
    return len(table)


def check_smoothing(table):
    """Return the areas whose smoothed rates agree."""
    for _, part in groups(table, "case_id"):
        found = rates.empirical_bayes(part.rename(columns=COUNTED | PEOPLE), multiplier=1)
        close(part[["weight", "smoothed_rate"]], found[["weight", "smoothed_value"]])
        for theirs, ours in (("pooled_rate", "pooled_value"), ("prior_variance", "prior_variance")):
            known = part[theirs].notna()
            close(part[theirs][known], found[ours][known])
    return len(table)


def check_ranks(table):
    """Return the areas whose ranks and rank sets agree."""
    names = ["rank", "rank_lower", "rank_upper"]
    for _, coverage, part in groups(table, "case_id", "coverage"):
        areas = part[["estimate", "standard_error"]].rename(columns={"estimate": "value"})
        found = ranks.rank_ranges(areas, coverage)
        expected = part.rename(columns={"rank_highest_first": "rank"})
        assert expected[names].to_numpy().tolist() == found[names].to_numpy().tolist()
    return len(table)


def check_funnel_limits(table):
    """Return the drawn limits that agree."""
    for multiplier, baseline, part in groups(table, "multiplier", "baseline"):
        points = part[["x"]].rename(columns={"x": "denominator"})
        found = comparisons.funnel_limits(points, baseline, multiplier)
        for column in ("lower_95", "upper_95", "lower_998", "upper_998"):
            close(part[column], found[column], 0, absolute=1e-6)
    return len(table)


def check_funnel_shares(table, inputs):
    """Return the verdicts on proportions that agree; all input rows make the average."""
    average = 100 * inputs["numerator"].sum() / inputs["denominator"].sum()
    found = comparisons.funnel_significance(inputs, average).merge(
        table.rename(columns={"significance": "theirs"}), on="row"
    )
    assert list(found["theirs"].map(VERDICTS)) == list(found["significance"])
    return len(found)


CHECKS = {
    "rate_cases.csv": lambda table: check_cases(rates.rates, table),
    "proportion_cases.csv": lambda table: check_cases(rates.proportions, table),
    "limit_cases.csv": check_limit_cases,
    "derived_poisson_limits.csv": check_poisson,
    "derived_wilson_limits.csv": lambda table: check_limit_cases(table.assign(method="wilson")),
    "derived_eb_smoothing.csv": check_smoothing,
    "derived_rank_intervals.csv": check_ranks,
    "funnel_limit_cases.csv": check_funnel_limits,
    "funnel_proportion_expected.csv": check_funnel_shares,
}


@pytest.fixture(scope="module")
def folder(request) -> Path:
    """Return the folder of vectors."""
    named = os.environ.get("DARLINGTON_VECTORS")
    if named:
        return Path(named)
    return request.getfixturevalue("reference_data") / "reference" / "phe"


@pytest.fixture(scope="module")
def tally(request):
    """Return the counts of vectors checked, printed with their sum when all are through."""
    counts = {}
    yield counts
    with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        print(f"\nVectors within tolerance: {sum(counts.values())} {counts}")
        print(f"Not built: {', '.join(sorted(NOT_BUILT))}; built in part: {BUILT}")
        print(f"Elsewhere: {ELSEWHERE}")


@pytest.mark.parametrize("name", CHECKS)
def test_the_vectors_are_reproduced(name, folder, tally):
    """Every row of the file comes out within the README's tolerance, and some row was there."""
    inputs = folder / name.replace("_expected", "_inputs")
    tables = [pd.read_csv(folder / name, keep_default_na=False, na_values=["", "NA", "NaN"])]
    if name in BUILT:
        column, kind = BUILT[name]
        tables = [tables[0][tables[0][column].eq(kind)]]
    tables += [pd.read_csv(inputs)] if inputs.name in INPUTS else []
    tally[name] = CHECKS[name](*tables)
    assert len(tables[0]) == tally[name] > 0


def test_no_file_of_vectors_is_forgotten(folder):
    """Each file is checked here, checked elsewhere, an input, or named as not built."""
    named = NOT_BUILT | set(ELSEWHERE) | INPUTS | set(CHECKS)
    assert named == {path.name for path in folder.glob("*.csv")}


def test_a_wrong_number_is_noticed(folder):
    """A value off by one in a million fails the check: the check can fail."""
    table = pd.read_csv(folder / "rate_cases.csv")
    with pytest.raises(AssertionError):
        check_cases(rates.rates, table.assign(value=table["value"] * (1 + 1e-6)))
