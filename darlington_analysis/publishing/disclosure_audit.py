"""The audit of an edition before it is put in place: the attack over everything it publishes.

It works from what is published (the gated table, the figures made from it, and the editions and
papers that still lie in reports), never from a true count. `docs/disclosure.md` says what it does
not cover.
"""

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path

import pandas as pd

from darlington_analysis.cleaning.indicator_rows import small_number_rule
from darlington_analysis.core import atomic, periods
from darlington_analysis.core.errors import ContradictionError, DisclosureError, SchemaError
from darlington_analysis.disclosure.attack import intervals, worst_case
from darlington_analysis.disclosure.constraints import (
    KEY_COLUMNS,
    Key,
    Known,
    Rule,
    Sum,
    from_rows,
    keys_of,
    order,
)
from darlington_analysis.evidence import derived
from darlington_analysis.evidence.derived import COLUMNS
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.publishing import printed
from darlington_analysis.sources import areas
from darlington_analysis.sources.indicators import indicator
from darlington_analysis.statistics.rates import proportions, rates

__all__ = ["COLUMNS", "check"]


def check(derived: pd.DataFrame | None, slug: str, rows: pd.DataFrame) -> None:
    """Raise DisclosureError where a derived number of an indicator is made from a withheld count.

    ``derived`` has ``COLUMNS``; ``made_from`` lists (area_code, period) keys of ``rows``, the
    indicator's gated rows. A number made from printed counts alone tells no more than they do.
    Raises SchemaError where a number does not say what it is made from.
    """
    if derived is None:
        return
    is_shown = rows.numerator.notna()
    shown = set(zip(rows.area_code[is_shown], rows.period[is_shown], strict=True))
    for figure in derived[derived["indicator"].eq(slug) & derived["value"].notna()].itertuples():
        made_from = [tuple(key)[:2] for key in figure.made_from]
        if not made_from:
            raise SchemaError(
                f"{figure.what} of {figure.area_code}, {figure.period} does not say what it is made from",
                "made_from: the area_code and period of every gated row that it is made from.",
                "name the rows where the figure is listed",
            )
        hidden = sorted(set(made_from) - shown)
        if hidden:
            raise DisclosureError(
                f"Refused: “{figure.what}” of {figure.area_code}, {figure.period} is made from a count "
                f"that is not printed: {', '.join(hidden[0])}",
                "Every figure is made from what the gate let out.",
                "leave the figure out for this area",
            )


def sums_of(
    rows: pd.DataFrame,
    wards: Collection[str],
    borough: str,
    others: Collection[Collection[str]] = (),
) -> list[Sum]:
    """Return the sums between rows of one indicator: wards to borough, years to pooled periods.

    Wards count only where every one of ``wards`` has a row, and so do ``others``: the wards of
    other ward sets, whose counts of the same period add up to the same borough. The years of a
    pooled period that have no row are unknown counts, taken in where pooled periods of one area
    overlap: there the wards' years add up to the borough's printed ones. (Where each ward has one
    pooled period, the borough's years say no more than their sum: any division of it over the years
    is possible.)
    """
    keys = keys_of(rows)
    pooled = _to_pooled(keys, borough)
    years = {part for total in pooled for part in total.parts if total.total[0] != borough}
    sets = [_to_borough(keys, years, codes, borough) for codes in (wards, *others)]
    return [*chain.from_iterable(sets), *pooled]


def single_years(label: str) -> list[str]:
    """Return the financial years of a pooled period; none for any other label."""
    if " to " not in label:
        return []
    whole = periods.parse(label, "pooled")
    years = range(whole.first_day.year, whole.last_day.year)
    return [f"{year}/{(year + 1) % 100:02d}" for year in years]


def _to_borough(
    keys: list[Key], years: set[Key], wards: Collection[str], borough: str
) -> list[Sum]:
    known, sums = set(keys) | years, []
    for key in sorted((key for key in keys if key[0] == borough), key=order):
        parts = tuple((ward, *key[1:]) for ward in sorted(wards))
        if set(parts) <= known:
            sums.append(Sum(key, parts))
    return sums


def _to_pooled(keys: list[Key], borough: str) -> list[Sum]:
    """Return the sums of years; a ward's total, unlike the borough's, is printed nowhere else."""
    pooled = [key for key in sorted(keys, key=order) if single_years(key[1])]
    sums = []
    for key in pooled:
        parts = tuple((key[0], year, *key[2:]) for year in single_years(key[1]))
        beside = [other for other in pooled if other != key and other[0] == key[0]]
        if set(parts) <= set(keys) or any(_overlap(key, other) for other in beside):
            sums.append(Sum(key, parts, is_known=key[0] == borough))
    return sums


def _overlap(key: Key, other: Key) -> bool:
    shared = set(single_years(key[1])) & set(single_years(other[1]))
    return key[2:] == other[2:] and bool(shared)


_MAKE = {"proportion": proportions, "rate": rates}
_KEY = list(KEY_COLUMNS)
DISCLOSURE_COLUMNS = [
    "indicator",
    *_KEY,
    "attacker_min",
    "attacker_max",
    "possible",
    "figures_used",
    *printed.RULE,
]


@dataclass(frozen=True)
class Attacked:
    """One indicator as the attacker has it: cells, the sums between them, all other figures."""

    cells: pd.DataFrame
    sums: list[Sum]
    facts: list[Known] = field(default_factory=list)

    @property
    def figures_used(self) -> int:
        """How many printed counts, sums and other figures the attack used."""
        return int(self.cells["numerator"].notna().sum()) + len(self.sums) + len(self.facts)


@dataclass(frozen=True)
class Audit:
    """What the attack found: a row a withheld cell (``COLUMNS``), and why any is not protected.

    ``is_dummy``: some of the counts are made up, and treated as real ones would be.
    """

    table: pd.DataFrame
    refusals: tuple[str, ...]
    protected_width: int
    is_dummy: bool

    @property
    def withheld(self) -> int:
        """How many cells are withheld."""
        return len(self.table)


def audit(loaded: EditionTable, also_printed: pd.DataFrame | None = None) -> Audit:
    """Return what somebody can work out from all that an edition publishes.

    ``also_printed`` lists the numbers that pages print beside the gated table
    (``derived_figures.COLUMNS``). Nothing is written; ``refuse`` acts on it. Raises SchemaError
    where figures contradict each other, DisclosureError where a derived one is made from a withheld
    count.
    """
    rule = small_number_rule(loaded.settings.small_numbers)
    ours, tables, refusals = printed.controlled(loaded), [], []
    for slug, rows in ours.groupby("indicator"):
        check(also_printed, slug, rows)
        bounds, used = _attack(loaded, rows, rule)
        tables.append(bounds.assign(indicator=slug, figures_used=used))
        bare = bounds[~bounds["is_protected"]].sort_values("possible")
        refusals += [f"{_names(loaded, row)} (through {row.through})" for row in bare.itertuples()]
    table = (
        pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=DISCLOSURE_COLUMNS)
    )
    limits = {
        "withhold_from": rule.withhold_from,
        "withhold_to": rule.withhold_to,
        "round_to": rule.round_to,
    }
    return Audit(
        table.assign(**limits)[DISCLOSURE_COLUMNS],
        tuple(refusals),
        rule.protected_width,
        bool(ours.is_dummy.any()),
    )


def passed(loaded: EditionTable) -> Audit:
    """Return the audit of an edition that may be published. Raises as ``audit`` and ``refuse``."""
    audited = audit(loaded, derived.printed(loaded))
    refuse(audited)
    return audited


def refuse(audited: Audit) -> None:
    """Raise DisclosureError where a withheld count is narrowed: which, and through what."""
    if audited.refusals:
        raise DisclosureError(
            f"Refused: {len(audited.refusals)} withheld counts can be narrowed, first "
            f"{audited.refusals[0]}",
            f"At least {audited.protected_width} whole numbers possible for each withheld count.",
            "leave out one of the figures named, or pool more years; an edition or papers in reports"
            " that no one has seen may be deleted",
        )


def write(audited: Audit, edition_folder: Path) -> None:
    """Write the bounds of every withheld cell, the same bytes for the same edition."""
    atomic.write_csv(audited.table, edition_folder / printed.AUDIT)


def _attack(loaded: EditionTable, rows: pd.DataFrame, rule: Rule) -> tuple[pd.DataFrame, int]:
    """Return the worst case of one indicator, and how many figures it used.

    Earlier figures of another vintage are taken as facts too, as a revision leaves most counts as
    they were. Where no table fits all of them, those that a printed count contradicts are left out.
    Where still none does, the others are tried alone and together (``_any_of``).
    """
    wards = [ward.code for ward in loaded.wards.wards]
    others = _other_wards(loaded)
    reports, borough = loaded.project.reports, loaded.settings.place.code
    every = [*wards, *chain.from_iterable(others), borough]
    before = printed.same_figures(printed.figures_in(reports), rows, every)
    known = {"wards": wards, "borough": borough, "others": others, "reports": reports}
    sight = partial(_sight, rows, **known, rule=rule)
    is_of_now = before["vintage"].isin(rows["vintage"])
    may_be_true = before[is_of_now | ~_contradicted(before, rows, reports, rule)]
    for attacked in map(sight, (before, may_be_true)):
        with suppress(ContradictionError):
            return _worst(attacked, rule), attacked.figures_used
    hidden = set(rows.area_code[rows.numerator.isna()])
    revised = may_be_true[~may_be_true["vintage"].isin(rows["vintage"])]
    revised = revised[revised.area_code.isin(hidden)]
    groups = [
        printed.facts_of(figures, rows, reports, rule)
        for _, figures in revised.groupby(["edition", "vintage"])
    ]
    attacked = sight(before[is_of_now])
    try:
        return _any_of(attacked, groups, rule), attacked.figures_used + sum(map(len, groups))
    except ContradictionError as fault:
        raise ContradictionError(
            f"Figures of {rows.indicator.iloc[0]} contradict each other, or an edition in reports",
            "Counts are never changed under one vintage: the earlier edition would say otherwise.",
            "give the new counts a vintage of their own in the sidecar, or withdraw that edition",
        ) from fault


def _any_of(attacked: Attacked, groups: Sequence[list[Known]], rule: Rule) -> pd.DataFrame:
    """Return the narrowest result for each withheld count: with each earlier fact alone, with those
    of each edition together, and with all that may be true alone.

    Raises ContradictionError where what is printed now contradicts itself.
    """
    tables, may_be_true = [_worst(attacked, rule)], []
    keys = set(keys_of(attacked.cells))
    groups = [[fact for fact in group if set(fact.weights) <= keys] for group in groups]
    for fact in chain.from_iterable(groups):
        with suppress(ContradictionError):
            tables.append(_worst(attacked, rule, [fact]))
            may_be_true.append(fact)
    for together in ([f for f in group if f in may_be_true] for group in (may_be_true, *groups)):
        with suppress(ContradictionError):
            tables.append(_worst(attacked, rule, together))
    narrowest = pd.concat(tables).sort_values("possible", kind="stable").drop_duplicates(_KEY)
    return narrowest.sort_index()


def _worst(attacked: Attacked, rule: Rule, also: Sequence[Known] = ()) -> pd.DataFrame:
    return worst_case(attacked.cells, attacked.sums, rule, [*attacked.facts, *also])


def _contradicted(before: pd.DataFrame, rows: pd.DataFrame, reports: Path, rule: Rule) -> pd.Series:
    """True for an earlier figure that can't be true of what is printed of the same cell now."""
    now = intervals(rows, rule)
    rules = {edition: printed.rule_of(reports, edition, rule) for edition in set(before.edition)}

    def is_other(row: pd.Series) -> bool:
        lower, upper = rules[row["edition"]].behind(row["numerator"])
        lowest, highest = now.get(tuple(row[_KEY]), (lower, upper))
        return upper < lowest or highest < lower

    return pd.Series([is_other(row) for _, row in before.iterrows()], before.index, dtype=bool)


def _other_wards(loaded: EditionTable) -> list[list[str]]:
    """Return the codes of the wards of every other ward set that an edition is or was of."""
    names = {wards.id for wards in loaded.settings.place.ward_sets} - {loaded.wards.name}
    sets = (areas.ward_set(loaded.project, name) for name in sorted(names))
    return [[ward.code for ward in ward_set.wards] for ward_set in sets]


def _sight(
    rows: pd.DataFrame,
    before: pd.DataFrame,
    wards: list[str],
    borough: str,
    others: list[list[str]],
    reports: Path,
    rule: Rule,
) -> Attacked:
    """Return the attacker's view: cells that only an earlier edition has are attacked as well.

    A count that was printed under another rule is no cell, which would be read by the rule of now:
    what it tells is among the facts.
    """
    definition = indicator(rows.indicator.iloc[0])
    make = partial(_MAKE[definition.kind], multiplier=definition.multiplier)
    only_before = before[~before[_KEY].apply(tuple, axis=1).isin(keys_of(rows))]
    is_same = [printed.rule_of(reports, edition, rule) == rule for edition in only_before.edition]
    is_cell = pd.Series(is_same, only_before.index, dtype=bool) | only_before.numerator.isna()
    columns = [*_KEY, "numerator"]
    cells = pd.concat([rows[columns], only_before[is_cell][columns].drop_duplicates(_KEY)])
    every = pd.concat([cells, only_before[columns]]).drop_duplicates(_KEY)
    facts = [*from_rows(rows, make, rule), *printed.facts_of(before, rows, reports, rule)]
    cells = cells.astype({"numerator": "Float64"}).reset_index(drop=True)
    return Attacked(cells, sums_of(every, wards, borough, others), facts)


def _names(loaded: EditionTable, row) -> str:
    names = {ward.code: ward.name for ward in loaded.wards.wards}
    return f"{names.get(row.area_code, row.area_code)} ({row.area_code}), {row.period}"
