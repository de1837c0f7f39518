"""Files declared with [reading], put into the one table; releases of first-time entrants are checked."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

import pandas as pd

from darlington_analysis.cleaning import checks, indicator_rows
from darlington_analysis.core import periods
from darlington_analysis.core.errors import DarlingtonError, SchemaError
from darlington_analysis.core.project import Project
from darlington_analysis.core.settings import load_place
from darlington_analysis.core.vocabulary import Basis, Status, is_missing
from darlington_analysis.intake import import_rows
from darlington_analysis.sources import indicators, register
from darlington_analysis.sources.gazetteer import Gazetteer
from darlington_analysis.sources.sidecars import Source

FIRST_TIME_ENTRANTS = "first-time-entrants"  # the indicator of these rates
NEAR = 0.05  # England's rate, rounded and revised, stays within this of what was printed
REVISED = 0.10  # a small area's rates are revised by more; half of them stay within this
LABELS = (
    "the labels are years ending in March (2016 is April 2015 to March 2016). The printed rates of "
    "the country and later releases have calendar years"
)
SUMMED = 3.0  # a rate this many times the printed one is no revision
MARCH = 0.75  # of a year ending in March lies in the calendar year before its label


@dataclass
class Trusted:
    """The rates believed so far: by area, a series of rate by year label."""

    rates: dict[str, pd.Series] = field(default_factory=dict)

    def learn(self, area: str, rates: pd.Series) -> None:
        """Take in a series that passed; its newer rates replace the older ones."""
        self.rates[area] = rates.combine_first(self.rates.get(area, rates))


def reasons(rows: pd.DataFrame, country: str, trusted: Trusted) -> pd.Series:
    """Return, for each row of a release, why it is set aside, or "" where it is kept.

    ``rows`` has area_code, year_label and rate; ``trusted`` knows the country's printed rates, and
    learns the series that pass. The country is checked first: where it fails for its year labels
    the whole release fails; else each other area must agree with the release before.
    """
    series = {code: own.set_index("year_label").rate for code, own in rows.groupby("area_code")}
    printed = trusted.rates[country].copy()
    fault = country_fault(series[country], printed) if country in series else "no country rows"
    said = {country: fault}
    for code in set(series) - {country}:
        said[code] = _area_fault(series[code], trusted.rates.get(code), fault)
    for code, words in said.items():
        if not words and code in series:
            trusted.learn(code, series[code])
    return rows.area_code.map(said)


def country_fault(rates: pd.Series, printed: pd.Series) -> str:
    """Return what is wrong with a country's rates beside the printed ones, or "".

    Catches two defects that were met: the sum of the regions in place of a rate, and years ending
    in March under the labels of calendar years.
    """
    common = rates.index.intersection(printed.index)
    if common.empty:
        return "no year in common with rates that were printed elsewhere"
    off = (rates[common] / printed[common] - 1).abs().max()
    if off <= NEAR:
        return ""
    times = (rates[common] / printed[common]).median()
    if times >= SUMMED:
        return (
            f"about {times:.0f} times the printed rate of the country: as if the rates of its "
            f"regions had been added up"
        )
    if _fits_years_to_march(rates, printed):
        return LABELS
    return f"up to {100 * off:.0f}% off the printed rate of the country"


def _fits_years_to_march(rates: pd.Series, printed: pd.Series) -> bool:
    before = printed.rename(lambda label: str(int(label) + 1))
    blend = (MARCH * before + (1 - MARCH) * printed).dropna()
    common = rates.index.intersection(blend.index)
    return len(common) > 1 and bool((rates[common] / blend[common] - 1).abs().max() <= NEAR)


def _area_fault(rates: pd.Series, known: pd.Series | None, fault: str) -> str:
    """Where the country passed its areas are believed; else they must agree with earlier ones."""
    if fault in ("", LABELS):  # labels are shared by every area of a release
        return fault
    common = rates.index.intersection(known.index) if known is not None else []
    if not len(common):
        return f"no earlier release to check it by, and in its country {fault}"
    if (rates[common] / known[common] - 1).abs().median() <= REVISED:
        return ""
    return f"off the release before, and in its country {fault}"


def clean(project: Project) -> indicator_rows.Cleaned:
    """Return every release's rates that pass, each under its own vintage, oldest first.

    A release is checked against England's rates as they were printed elsewhere; what fails is set
    aside with the reason. Which vintage is in use is the edition's affair (evidence.vintages).
    """
    trusted = printed(project)
    found = sorted(register.find_every(project, "fte-lait-rates"), key=lambda each: each.vintage)
    return indicator_rows.merge([_release(project, source, trusted) for source in found])


def printed(project: Project) -> Trusted:
    """Return England's rates as they were printed elsewhere, which releases are checked by.

    Without any, no release can be believed: each is set aside with that reason.
    """
    country = load_place(project).country.code
    found = register.find_all(project, "fte-england-rates")
    if not found:
        return Trusted({country: pd.Series(dtype=float)})
    kept, _ = indicator_rows.sift(
        register.open_raw(project, found[-1]), ["rate_per_100000"], ["area_code", "period"]
    )
    return Trusted({country: kept.set_index("period").rate_per_100000})


def _release(project: Project, source: register.Source, trusted: Trusted) -> indicator_rows.Cleaned:
    raw = register.open_raw(project, source)
    kept, aside = indicator_rows.sift(raw, ["rate_per_100000"], ["area_code", "year_label"])
    country = load_place(project).country.code
    why = reasons(kept.assign(rate=kept.rate_per_100000), country, trusted)
    failed = [
        indicator_rows.left_out(kept[why == reason], source, reason)
        for reason in why.unique()
        if reason
    ]
    passed = kept[why == ""]
    rows = indicator_rows.tidy(
        passed.assign(value=passed.rate_per_100000, period=passed.year_label),
        source,
        indicator=FIRST_TIME_ENTRANTS,
        method="published",
    )
    return indicator_rows.Cleaned(
        rows, indicator_rows.stack([aside, *failed]), (source,), len(raw.frame)
    )


_MEASURES = ["numerator", "denominator", "value", "lower_limit", "upper_limit"]
_ROW = ["indicator", "area_code", "area_type", "period", "breakdown", "vintage"]


def families(project: Project) -> Iterator[tuple[str, Callable[[], indicator_rows.Cleaned]]]:
    """Return the name of each declared file's family, and what cleans it."""
    gazetteer = Gazetteer(project)
    for source in register.register(project):
        if source.reading and not source.is_restricted:
            # Releases of first-time entrants are checked by the rates that were printed.
            clean = partial(_clean, project, source, gazetteer, printed(project))
            yield f"imported, {source.path}", clean


def take(project: Project, source: Source, gazetteer: Gazetteer) -> import_rows.ImportedRows:
    """Return a declared source's figures, and its rows set aside with reasons."""
    table = register.open_table(project, source)
    name = f"data/raw/{source.path}"
    return import_rows.to_long(table, source.reading, gazetteer, name, source.is_restricted)


def _clean(
    project: Project, source: Source, gazetteer: Gazetteer, trusted: Trusted
) -> indicator_rows.Cleaned:
    taken = take(project, source, gazetteer)
    rows = side_by_side(taken.figures)
    rows = rows.assign(vintage=rows.vintage.where(rows.vintage.ne(""), source.vintage))
    _check_registered(rows, source)
    aside = taken.set_aside.assign(source=source.path)[indicator_rows.SET_ASIDE]
    failed = _failed_releases(rows, gazetteer.place.country.code, trusted)
    if failed.ne("").any():
        out = rows[failed.ne("")]
        left = [
            indicator_rows.left_out(pd.DataFrame(index=own.row - 1), source, why)
            for why, own in out.groupby(failed)
        ]
        aside, rows = pd.concat([aside, *left], ignore_index=True), rows[failed.eq("")]
    checks.refuse_impossible(rows, source)
    made = indicator_rows.tidy(rows.drop(columns="row"), source, method=_method(source))
    summed = checks.sums(rows, gazetteer.ward_sets)
    return indicator_rows.Cleaned(made, aside, (source,), taken.rows_read, summed)


def side_by_side(figures: pd.DataFrame) -> pd.DataFrame:
    """Return one row a figure: numerator, denominator, value, limits and status beside each other.

    Where the value itself is withheld, nothing it could be worked out from is kept.
    """
    wide = figures.pivot(index=_ROW, columns="measure", values="number").reindex(columns=_MEASURES)
    said = figures[figures.measure.isin(["value", "numerator"]) & figures.status.ne(Status.NONE)]
    status = said.drop_duplicates(_ROW).set_index(_ROW).status
    rows = wide.assign(
        status=status.reindex(wide.index).fillna(""), row=figures.groupby(_ROW).row.min()
    )
    hidden = is_missing(rows.status)
    rows.loc[hidden, ["numerator", "value", "lower_limit", "upper_limit"]] = float("nan")
    limited = rows.lower_limit.notna() & rows.upper_limit.notna()
    return rows.assign(confidence=limited.map({True: 0.95, False: float("nan")})).reset_index()


def _method(source: Source) -> str:
    return "modelled" if source.basis is Basis.MODELLED else "published"


def _check_registered(rows: pd.DataFrame, source: Source) -> None:
    """Raise SchemaError where a figure of a known indicator has a period of another kind."""
    known = indicators.register()
    for row in (
        rows[rows.indicator.isin(known)].drop_duplicates(["indicator", "period"]).itertuples()
    ):
        declared = known[row.indicator].period_kind
        try:
            periods.parse(row.period, periods.kind_of(row.period, declared))
        except DarlingtonError as fault:
            raise SchemaError(
                f"data/raw/{source.path}, row {row.row}: {row.indicator} can't have the period "
                f"{row.period}",
                f"Its periods are of the kind {declared}.",
                "correct kind in the sidecar's [reading.times], or give the figures another slug",
            ) from fault


def _failed_releases(rows: pd.DataFrame, country: str, trusted: Trusted) -> pd.Series:
    """Return, for each row, why its release is not believed, "" where it is or is no rate of
    first-time entrants.
    """
    why = pd.Series("", index=rows.index)
    rates = rows[rows.indicator.eq(FIRST_TIME_ENTRANTS) & rows.value.notna()]
    for _, release in sorted(rates.groupby("vintage")):
        named = release.rename(columns={"period": "year_label", "value": "rate"})
        why[release.index] = reasons(named, country, trusted)
    return why
