"""Every real indicator of every ward against the benchmark, false alarms held down."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from darlington_analysis.core.answers import Answer
from darlington_analysis.core.errors import SchemaError
from darlington_analysis.core.vocabulary import Basis, is_testable
from darlington_analysis.evidence.claims import Claim, claim
from darlington_analysis.evidence.indicator import with_names
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.sources.indicators import Indicator, register
from darlington_analysis.statistics.comparisons import STATISTICS, beyond_usual_spread, departures

LEVEL = 0.05  # the share of false alarms that is borne among all that stand out
STANDS_OUT, SEEMS, QUIET, NOT_TESTED = "stands out", "only seems to", "does not", "not tested"
SMALL = "too small to matter"


@dataclass(frozen=True)
class Scan(Answer):
    """One row a ward and indicator, judged twice, each time with false alarms held down.

    ``result`` is against the benchmark, chance alone allowed for; ``result_spread`` against the
    usual spread of the wards, on ``side`` and ``side_spread``. ``is_worse`` is null where an
    indicator is neither good nor bad. ``left_out`` names the indicators that may not enter: made
    up, modelled, or without a benchmark.
    """

    indicators: tuple[Indicator, ...]
    rows: pd.DataFrame
    left_out: tuple[Indicator, ...]
    claims: tuple[Claim, ...]

    @property
    def frame(self) -> pd.DataFrame:
        """The rows: one a ward and indicator."""
        return self.rows


def of_borough(table: EditionTable) -> Scan:
    """Return the scan of all wards on every indicator that is fit for it."""
    counted = [each for each in register().values() if each.kind in STATISTICS]
    wards = {each.slug: table.latest(each.slug) for each in counted}
    benchmarks = {slug: _benchmark(table, slug, rows) for slug, rows in wards.items()}
    fit = [each for each in counted if is_fit(wards[each.slug], benchmarks[each.slug])]
    out = tuple(each for each in register().values() if _is_left_out(each, fit, table))
    if not fit:
        return Scan((), table.rows.head(0), out, ())
    chosen = pd.concat([wards[each.slug] for each in fit])
    beside = {each.slug: benchmarks[each.slug].value.iloc[0] for each in fit}
    judged = with_names(table, judge(chosen, beside))
    shared = {
        "level": LEVEL,
        "indicators": len(fit),
        "wards": judged.area_code.nunique(),
        "tests": int(judged.p_value.notna().sum()),
    }
    known = table.settings.place.names
    names = dict.fromkeys(known[benchmarks[each.slug].area_code.iloc[0]] for each in fit)
    beside_it = _counted(judged, "") | {
        "benchmarks": list(names),
        "left_out": [o.title for o in out],
    }
    rests_on = pd.concat([chosen, *(benchmarks[each.slug].head(1) for each in fit)])
    claims = (
        claim("scan", shared | beside_it, rests_on),
        claim("scan-spread", shared | _counted(judged, "_spread"), chosen),
    )
    return Scan(tuple(fit), judged, out, claims)


def is_fit(wards: pd.DataFrame, benchmark: pd.DataFrame) -> bool:
    """True for ward figures that are real and observed, with a benchmark of the same period."""
    real = not wards.is_dummy.any() and wards.basis.eq(Basis.OBSERVED).all()
    return len(wards) > 0 and len(benchmark) > 0 and real and not benchmark.is_dummy.any()


def judge(rows: pd.DataFrame, benchmark: dict[str, float]) -> pd.DataFrame:
    """Return rows of the one table with the result of the scan; ``benchmark`` by indicator.

    All tests are corrected together. A withheld or unreliable figure is not tested. Raises
    SchemaError where a made-up or modelled row is among them.
    """
    if rows.is_dummy.any() or rows.basis.ne(Basis.OBSERVED).any():
        raise SchemaError(
            "A made-up or modelled figure was to be scanned",
            "Such a figure stands out from nothing: only real, observed ones are compared.",
            "leave its indicator out of the scan",
        )
    parts = [own for _, own in rows.groupby("indicator", sort=False)]
    judged = _corrected([_tested(own, benchmark[own.indicator.iloc[0]]) for own in parts])
    spread = _corrected([_tested(own, None) for own in parts])
    for name in ("side", "p_value", "p_adjusted", "result"):
        judged[f"{name}_spread"] = spread[name]
    judged["result"] = judged.result.mask(
        judged.result.isin([STANDS_OUT, SEEMS]) & _small(judged), SMALL
    )
    sides = {slug: each.polarity.bad_side or None for slug, each in register().items()}
    bad_side = judged.indicator.map(sides)
    return judged.assign(is_worse=judged.side.eq(bad_side).where(bad_side.notna()))


def _benchmark(table: EditionTable, slug: str, wards: pd.DataFrame) -> pd.DataFrame:
    """Return the first benchmark area's row of the wards' period, or none."""
    rows = table.of(slug, period=wards.period.iloc[0]) if len(wards) else wards
    for code in table.settings.benchmarks.areas:
        own = rows[rows.area_code.eq(code) & rows.value.notna()]
        if len(own):
            return own
    return rows.head(0)


def _tested(own: pd.DataFrame, benchmark: float | None) -> pd.DataFrame:
    """Return the tests of one indicator: against the benchmark, or the wards' usual spread."""
    about = register()[own.indicator.iloc[0]]
    if benchmark is None:
        tested = beyond_usual_spread(own, about.kind)
    else:
        tested = departures(own, about.kind, benchmark, about.multiplier)
        tested = tested.assign(benchmark_value=benchmark)
    return tested.assign(p_value=tested.p_value.where(is_testable(tested.status)))


def _small(judged: pd.DataFrame) -> pd.Series:
    """True where a figure is nearer to the benchmark than the smallest difference that matters."""
    known = {slug: (each.multiplier, each.matters) for slug, each in register().items()}
    multiplier, matters = zip(*judged.indicator.map(known), strict=True)
    gap = np.array(multiplier) * judged.numerator / judged.denominator - judged.benchmark_value
    return gap.abs() < np.array(matters)


def _corrected(tested: list[pd.DataFrame]) -> pd.DataFrame:
    judged = pd.concat(tested, ignore_index=True)
    p_values = judged.p_value.dropna()
    # Benjamini and Hochberg (1995), over every test that was made.
    judged["p_adjusted"] = pd.Series(stats.false_discovery_control(p_values), p_values.index)
    return judged.assign(
        result=[_result(row.p_value, row.p_adjusted) for row in judged.itertuples()]
    )


def _result(p_value: float, p_adjusted: float) -> str:
    if pd.isna(p_value):
        return NOT_TESTED
    if p_adjusted <= LEVEL:
        return STANDS_OUT
    return SEEMS if p_value < LEVEL else QUIET


def _is_left_out(about: Indicator, fit: list[Indicator], table: EditionTable) -> bool:
    """Indices and counts of residents are no rates to compare; every other one is named."""
    is_figure = about.kind in (*STATISTICS, "modelled", "published", "mean")
    return is_figure and about not in fit and len(table.latest(about.slug)) > 0


def _counted(judged: pd.DataFrame, which: str) -> dict:
    """Return how many stand out, seem to or do not, and who is far out or seems to be."""
    results = judged[f"result{which}"]
    named = {
        name: [
            (row.area_name, row.indicator, getattr(row, f"side{which}"))
            for row in judged[results == result]
            .sort_values(["indicator", "area_name"])
            .itertuples()
        ]
        for name, result in (("far", STANDS_OUT), ("seeming", SEEMS))
    }
    counts = {
        "stand_out": len(named["far"]),
        "seem": len(named["seeming"]),
        "quiet": int(results.isin([QUIET, SMALL]).sum()),
    }
    return counts | named
