"""Figures beside figures: wards beside each other, and a ward beside itself at other times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from darlington_analysis.core.answers import Answer
from darlington_analysis.core.errors import UsageError
from darlington_analysis.core.vocabulary import Status, is_missing
from darlington_analysis.evidence.figures import figures, ward_indicators
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.sources import lineage
from darlington_analysis.sources.areas import Ward
from darlington_analysis.sources.indicators import Indicator, indicator
from darlington_analysis.sources.register import AbsentError
from darlington_analysis.statistics import comparisons, differences

MADE_UP = "A made-up figure is not compared."
MISSING = "One of the two figures is not shown."
NO_LIMITS = "One of the two figures has no limits, so the difference has none."
SHARED_OUT = "One of the two figures is an estimate for a ward whose borders cut through areas."
INDEX = "Each Index is made in another way: its figures do not show a change over time."
BREAK = "The series has a break here."
OTHER_BORDERS = (
    "Other borders: {share_of_before:.0%} of the people of {before} ({edition}) live in {ward}, "
    "and are {share_of_ward:.0%} of its people."
)
SAME_BORDERS = 0.995  # of the people of either ward: the rest is the width of a line on a map
_FIGURE = ["value", "lower_limit", "upper_limit"]


@dataclass(frozen=True, eq=False)
class Comparison(Answer):
    """Wards of one edition beside each other. ``frame`` has one row a pair and indicator."""

    table: EditionTable
    wards: tuple[Ward, ...]
    frame: pd.DataFrame


@dataclass(frozen=True, eq=False)
class OverTime(Answer):
    """One ward on one indicator over time. ``frame`` has one row a period."""

    table: EditionTable
    ward: Ward
    indicator: Indicator
    frame: pd.DataFrame


def compare(
    table: EditionTable, wards: Sequence[str], slug: str | None = None, *, period: str = "latest"
) -> Comparison:
    """Return every pair of the named wards, on one indicator or on all.

    ``difference`` is the first ward less the other in the indicator's unit, with 95% limits made
    from the limits of both (``statistics.differences.from_limits``). ``note`` says why there are
    none, or what to mind. Raises UnknownAreaError for a ward or an indicator that does not exist,
    UsageError for fewer than two wards.
    """
    named = [] if isinstance(wards, str) else wards
    chosen = {match.ward.code: match.ward for match in map(table.wards.find, map(str, named))}
    if len(chosen) < 2:
        raise UsageError(
            "A comparison needs at least two different wards",
            "Wards are named in a list, by name or by code.",
            'compare(["Park East", "Mowden"], "no-qualifications")',
        )
    slugs = [slug] if slug else ward_indicators(table)
    pairs = pd.concat([_pairs(table, list(chosen), one, period) for one in slugs])
    return Comparison(table, tuple(chosen.values()), pairs.reset_index(drop=True))


def _pairs(table: EditionTable, codes: list[str], slug: str, period: str) -> pd.DataFrame:
    rows = figures(table, slug, period=period, wards_only=True).set_index("area_code")
    if rows.index.has_duplicates:
        raise UsageError(
            f'A comparison is made within one period, and "{period}" is more than one',
            "One period, or the latest.",
            "name one period, or leave it out",
        )
    pairs = pd.DataFrame(combinations(codes, 2), columns=["one", "other"])
    one = rows.reindex(pairs.one).reset_index(drop=True)
    other = rows.reindex(pairs.other).reset_index(drop=True)
    note = _notes(one, other)
    is_compared = note.isin(["", SHARED_OUT])
    lower, upper = differences.from_limits(*_columns(one), *_columns(other))
    lower, upper = lower.where(is_compared), upper.where(is_compared)
    return pd.DataFrame(
        {
            "ward": one.area,
            "other": other.area,
            "indicator": slug,
            "period": one.period,
            "value": one.value,
            "status": one.status,
            "other_value": other.value,
            "other_status": other.status,
            "difference": (one.value - other.value).where(is_compared | note.eq(NO_LIMITS)),
            "lower_limit": lower,
            "upper_limit": upper,
            "unit": one.unit,
            "comparison": comparisons.in_words(lower, upper, np.zeros(len(pairs))),
            "note": note,
        }
    )


def _columns(rows: pd.DataFrame) -> list[pd.Series]:
    return [rows[name].astype(float) for name in _FIGURE]


def _notes(one: pd.DataFrame, other: pd.DataFrame) -> pd.Series:
    """Return what stands in the way of each comparison, or is to be minded; "" for most."""
    is_shared_out = one.fit.str.startswith("apportioned") | other.fit.str.startswith("apportioned")
    note = pd.Series(SHARED_OUT, index=one.index).where(is_shared_out, "")
    has_limits = one[["lower_limit", "upper_limit"]].notna().all(axis=1)
    has_limits &= other[["lower_limit", "upper_limit"]].notna().all(axis=1)
    note = note.where(has_limits, NO_LIMITS)
    note = note.where(~(is_missing(one.status) | is_missing(other.status)), MISSING)
    return note.where(~(one.is_dummy.astype(bool) | other.is_dummy.astype(bool)), MADE_UP)


def over_time(
    table: EditionTable, name: str, slug: str, *, since: EditionTable | None = None
) -> OverTime:
    """Return a ward on an indicator in every period, the oldest first, beside the benchmark.

    ``since`` adds the ward of an earlier edition that most of this ward's people lived in. Where
    its borders differ, its rows say so in ``note``, and no change is worked out across them.

    Changes are those of ``statistics.differences.gap_changes``, from the row before. Raises
    UnknownAreaError for a ward or an indicator that does not exist, UsageError where ``since`` is
    no earlier edition or it is not known where the wards' people went.
    """
    ward = table.wards.find(str(name)).ward
    rows = _of_ward(table, ward, slug)
    if since is not None:
        before, borders = _before(since, table, ward)
        earlier = _of_ward(since, before, slug)
        if not borders:  # the same place: one series, the later edition's figure where both have it
            earlier = earlier[~earlier.period.isin(rows.period)]
        rows = pd.concat([earlier.assign(borders=borders), rows])
    rows = rows.reset_index(drop=True)
    return OverTime(table, ward, indicator(slug), _with_changes(rows))


def _of_ward(table: EditionTable, ward: Ward, slug: str) -> pd.DataFrame:
    """Return a ward's rows of every period, with the benchmark's figure beside them."""
    rows = figures(table, slug, period="all")
    first = table.settings.benchmarks.areas[0]
    beside = rows[rows.area_code.eq(first)].set_index("period").value
    own = rows[rows.area_code.eq(ward.code)]
    return own.assign(
        edition=table.edition.id,
        benchmark=own.period.map(beside).astype(float),
        benchmark_name=table.settings.place.names[first],
        borders="",
    )


def _before(since: EditionTable, table: EditionTable, ward: Ward) -> tuple[Ward, str]:
    """Return the ward of an earlier edition that most of a ward's people lived in, and how its
    borders differ in words, "" where they do not.
    """
    if since.wards.name == table.wards.name:
        return ward, ""
    if table.settings.place.wards(table.wards.name).predecessor != since.wards.name:
        raise UsageError(
            f"{since.edition.title}: its wards are not those before the {table.edition.title}",
            "An edition of the same wards, or of the wards that they replaced.",
            "compare the two editions one after the other",
        )
    try:
        pairs = lineage.lineage(table.project, table.wards.name)
    except AbsentError as fault:
        raise UsageError(
            f"Where the people of {ward.name} lived before its borders is not known",
            "A table of lineage (ward-lineage) in data/raw.",
            "add it, or leave the earlier edition out",
        ) from fault
    own = pairs[pairs.ward_code == ward.code]
    most = own.loc[own.share_of_ward.idxmax()]
    before = since.wards.ward(most.ward_code_before)
    if min(most.share_of_before, most.share_of_ward) >= SAME_BORDERS:
        return before, ""
    words = OTHER_BORDERS.format(
        before=before.name,
        edition=since.edition.title,
        ward=ward.name,
        share_of_before=most.share_of_before,
        share_of_ward=most.share_of_ward,
    )
    return before, words


def _with_changes(rows: pd.DataFrame) -> pd.DataFrame:
    """Add each row's change from the row before it, where the two can be compared."""
    previous = rows.shift()
    is_compared, note = _change_notes(rows, previous)
    asked = indicator(rows.indicator.iloc[0]).asked if len(rows) else ""
    note = note.mask(is_compared, (note + " " + asked).str.strip())
    beside = pd.DataFrame({f"other_{name}": previous[name].astype(float) for name in _FIGURE})
    beside["other_benchmark"] = previous.benchmark.astype(float)
    moved = differences.gap_changes(rows.join(beside))
    lower, upper = differences.from_limits(*_columns(rows), *_columns(previous))
    changes = {
        "change": moved.change,
        "change_lower_limit": lower,
        "change_upper_limit": upper,
        "gap_change": moved.gap_change,
        "gap_change_lower_limit": moved.gap_change_lower,
        "gap_change_upper_limit": moved.gap_change_upper,
    }
    return rows[
        ["area", "area_code", "edition", "indicator", "period", *_FIGURE, "unit", "status", "fit"]
    ].assign(
        benchmark=rows.benchmark_name,
        benchmark_value=rows.benchmark,
        gap=moved.gap,
        **{name: values.where(is_compared) for name, values in changes.items()},
        gap_moved=moved.gap_moved.where(is_compared & moved.gap_change.notna(), ""),
        note=note,
    )


def _change_notes(rows: pd.DataFrame, previous: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Return whether each row is compared with the row before it, and why not or what to mind."""
    before = previous.fillna({"fit": "", "status": "", "is_dummy": False, "borders": ""})
    has_previous = previous.value.notna() | is_missing(before.status)
    note = _notes(rows, before).where(has_previous, "")
    is_index = rows.source.str.startswith("indices-of-deprivation/")
    note = note.mask(rows.status.eq(Status.BREAK) & has_previous, BREAK)
    note = note.mask(is_index & has_previous, INDEX)
    is_across = before.borders.ne(rows.borders)  # from one edition's ward to the other's
    note = note.mask(is_across, before.borders.where(before.borders.ne(""), rows.borders))
    return has_previous & note.isin(["", SHARED_OUT]), note
