"""Files that a person declared with [reading]: into the one table without code of their own."""

from collections.abc import Callable, Iterator
from functools import partial

import pandas as pd

from darlington_analysis.cleaning import checks as sanity
from darlington_analysis.cleaning import first_time_entrant_releases, indicator_rows
from darlington_analysis.cleaning.first_time_entrant_releases import (
    FIRST_TIME_ENTRANTS,
    Trusted,
    reasons,
)
from darlington_analysis.core import periods
from darlington_analysis.core.errors import DarlingtonError, SchemaError
from darlington_analysis.core.project import Project
from darlington_analysis.core.vocabulary import Basis, Status, is_missing
from darlington_analysis.intake import import_rows
from darlington_analysis.sources import register as sources
from darlington_analysis.sources.gazetteer import Gazetteer
from darlington_analysis.sources.indicators import register
from darlington_analysis.sources.sidecars import Source

_MEASURES = ["numerator", "denominator", "value", "lower_limit", "upper_limit"]
_ROW = ["indicator", "area_code", "area_type", "period", "breakdown", "vintage"]


def families(project: Project) -> Iterator[tuple[str, Callable[[], indicator_rows.Cleaned]]]:
    """Return the name of each declared file's family, and what cleans it."""
    gazetteer = Gazetteer(project)
    for source in sources.register(project):
        if source.reading and not source.is_restricted:
            # Releases of first-time entrants are checked by the rates that were printed.
            clean = partial(
                _clean, project, source, gazetteer, first_time_entrant_releases.printed(project)
            )
            yield f"imported, {source.path}", clean


def take(project: Project, source: Source, gazetteer: Gazetteer) -> import_rows.ImportedRows:
    """Return a declared source's figures, and its rows set aside with reasons."""
    table = sources.open_table(project, source)
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
    sanity.refuse_impossible(rows, source)
    made = indicator_rows.tidy(rows.drop(columns="row"), source, method=_method(source))
    checks = sanity.sums(rows, gazetteer.ward_sets)
    return indicator_rows.Cleaned(made, aside, (source,), taken.rows_read, checks)


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
    known = register()
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
