"""Every statistic against numbers worked out elsewhere, to the tolerances of their README.

The folder is the one that DARLINGTON_VECTORS names, else the reference data's own.
"""

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from darlington_analysis.methods import funnels, inequality, proportions, ranks, rates, smoothing

NOT_BUILT = {
    "dsr_inputs.csv",
    "dsr_expected.csv",
    "isr_inputs.csv",
    "isr_expected.csv",
    "mean_inputs.csv",
    "mean_expected.csv",
    "quantile_cases.csv",
}
"""No pack uses a standardised rate, a mean with limits, or quantiles."""

ELSEWHERE = {"derived_sdc_audit.csv": "test_suppression.py"}
INPUTS = {"funnel_proportion_inputs.csv", "funnel_rate_inputs.csv", "sii_inputs.csv"}
OURS = {"": "", "byars": "byar", "exact": "exact", "wilson": "wilson"}
NAMES = ["Low (0.001)", "Low (0.025)", "Not significant", "High (0.025)", "High (0.001)"]
VERDICTS = dict(zip(NAMES, reversed(funnels.VERDICTS), strict=True))
VERDICTS["Not applicable"] = funnels.NOT_KNOWN
COUNTED = {"count": "numerator", "observed": "numerator"}
PEOPLE = {"population": "denominator", "expected": "denominator"}
SLOPES = {"sii": "value", "rii": "relative_index", "intercept": "intercept"}
SIMULATED = {
    "sii_lower_sim": "lower_limit",
    "sii_upper_sim": "upper_limit",
    "rii_lower_sim": "relative_lower",
    "rii_upper_sim": "relative_upper",
}


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
            found = proportions.wilson_limits(part["numerator"], part["denominator"], confidence)
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
        found = smoothing.empirical_bayes(part.rename(columns=COUNTED | PEOPLE), multiplier=1)
        close(part[["weight", "smoothed_rate"]], found[["weight", "smoothed_value"]])
        for theirs, ours in (("pooled_rate", "pooled_value"), ("prior_variance", "prior_variance")):
            known = part[theirs].notna()
            close(part[theirs][known], found[ours][known])
    return len(table)


def check_ranks(table):
    """Return the areas whose ranks and rank sets agree."""
    names = ["rank", "rank_lower", "rank_upper"]
    for _, kind, coverage, part in groups(table, "case_id", "kind", "coverage"):
        areas = part[["estimate", "standard_error"]].rename(columns={"estimate": "value"})
        found = ranks.rank_ranges(areas, coverage, kind=kind)
        expected = part.rename(columns={"rank_highest_first": "rank"})
        assert expected[names].to_numpy().tolist() == found[names].to_numpy().tolist()
    return len(table)


def check_slopes(table, inputs):
    """Return the slope indices that agree, with simulated limits to 5 in 100."""
    limits = {"lower_cl_95": "lower_limit", "upper_cl_95": "upper_limit"}
    for case in table.itertuples():
        part = inputs[inputs["input_id"] == case.input_id].rename(columns=PEOPLE | limits)
        has_limits = pd.notna(case.confidence)
        found = inequality.slope_index(
            part.assign(value=part["value"].fillna(part["count"] / part["denominator"])),
            order="quantile",
            value_type=case.value_type_name,
            transform=case.transform,
            multiplier=case.multiplier,
            confidence=case.confidence if has_limits else 0.95,
        ).iloc[0]
        for names, tolerance in ((SLOPES, 1e-9), (SIMULATED, 5e-2)):
            theirs = {ours: getattr(case, name) for name, ours in names.items()}
            known = {ours: number for ours, number in theirs.items() if pd.notna(number)}
            close(list(known.values()), found[list(known)], tolerance)
    return len(table)


def check_funnel_limits(table):
    """Return the drawn limits that agree; those of a count less one are compared as ratios."""
    for name, multiplier, baseline, part in groups(table, "statistic", "multiplier", "baseline"):
        statistic, less = name.split("_")[0], float(name == "ratio_count")
        axis = "population" if statistic == "proportion" else "events"
        points = part.rename(columns={"x": "denominator" if axis == "population" else "numerator"})
        points = points.drop(columns=[column for column in part if column[-3:] in ("_95", "998")])
        found = funnels.limits(points, statistic, baseline + less, multiplier, axis=axis)
        for column in ("lower_95", "upper_95", "lower_998", "upper_998"):
            if statistic == "proportion":
                close(part[column], found[column], 0, absolute=1e-6)
                continue
            is_loose = (part["x"] < 5) & (column == "upper_998")
            for chosen, tolerance in ((is_loose, 1e-4), (~is_loose, 1e-5)):
                close(part[column][chosen], found[column][chosen] - less, tolerance)
    return len(table)


def check_verdicts(found):
    """Return the verdicts that agree, or that differ only as the README says the peer's do.

    The peer judges counts from ten by Byar's limits but draws exact ones; where those two fall
    on either side of an area, ours must be the exact verdict, and theirs explained by Byar's.
    """
    differs = found["significance"] != found["theirs"].map(VERDICTS)
    for row in found[differs].itertuples():
        expected, byar = row.denominator * row.average / row.multiplier, "Not significant"
        for confidence, tail in ((0.95, "0.025"), (0.998, "0.001")):
            limits = rates.poisson_limits([row.numerator], confidence).iloc[0]
            byar = f"High ({tail})" if limits["lower_limit"] > expected else byar
            byar = f"Low ({tail})" if limits["upper_limit"] < expected else byar
        assert byar == row.theirs, f"row {row} is not explained by Byar's limits"
    return len(found)


def check_funnel_rates(table, inputs):
    """Return the verdicts on rates that agree, after their averages do."""
    keys = ["rate_type", "multiplier", "zero_row_included"]
    total = 0
    for _, rate_type, multiplier, has_zero, part in groups(table, "case_id", *keys):
        areas = inputs[inputs["count"].gt(0) | has_zero].rename(columns=COUNTED)
        per = 100_000 if rate_type == "dsr" else multiplier
        rate = areas[f"rate_{rate_type}_per_{per}"]
        instead = areas["population"] if rate_type == "crude" else np.nan
        people = (multiplier * areas["numerator"] / rate).where(areas["numerator"] > 0, instead)
        if rate_type == "dsr":
            people = people.where(areas["numerator"] >= 10)
        found = funnels.significance(areas.assign(denominator=people), "rate", multiplier)
        close(part["derived_average"], np.repeat(found["average"].iloc[0], len(part)))
        theirs = part[["row", "significance"]].rename(columns={"significance": "theirs"})
        total += check_verdicts(found.assign(multiplier=multiplier).merge(theirs, on="row"))
    return total


def check_funnel_shares(table, inputs):
    """Return the verdicts on proportions that agree; all input rows make the average."""
    found = funnels.significance(inputs, "proportion", 100).merge(
        table.rename(columns={"significance": "theirs"}), on="row"
    )
    assert list(found["theirs"].map(VERDICTS)) == list(found["significance"])
    return len(found)


def check_funnel_ratios(table):
    """Return the verdicts on ratios against 1 that agree."""
    areas = table.rename(columns=COUNTED | PEOPLE | {"significance": "theirs"})
    return check_verdicts(funnels.significance(areas, "ratio", 1).assign(multiplier=1))


CHECKS = {
    "rate_cases.csv": lambda table: check_cases(rates.rates, table),
    "proportion_cases.csv": lambda table: check_cases(proportions.proportions, table),
    "limit_cases.csv": check_limit_cases,
    "derived_poisson_limits.csv": check_poisson,
    "derived_wilson_limits.csv": lambda table: check_limit_cases(table.assign(method="wilson")),
    "derived_eb_smoothing.csv": check_smoothing,
    "derived_rank_intervals.csv": check_ranks,
    "sii_expected.csv": check_slopes,
    "funnel_limit_cases.csv": check_funnel_limits,
    "funnel_rate_expected.csv": check_funnel_rates,
    "funnel_proportion_expected.csv": check_funnel_shares,
    "funnel_ratio_cases.csv": check_funnel_ratios,
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
        print(f"Not built: {', '.join(sorted(NOT_BUILT))}; elsewhere: {ELSEWHERE}")


@pytest.mark.parametrize("name", CHECKS)
def test_the_vectors_are_reproduced(name, folder, tally):
    """Every row of the file comes out within the README's tolerance, and some row was there."""
    inputs = folder / name.replace("_expected", "_inputs")
    tables = [pd.read_csv(folder / name, keep_default_na=False, na_values=["", "NA", "NaN"])]
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
