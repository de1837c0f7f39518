"""The audit of an edition before it is put in place: the attack over everything it publishes.

It works from what is published (the gated table, the figures made from it, and the editions that
still lie in reports), never from a true count. `docs/disclosure.md` says what it does not cover.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pandas as pd

from darlington_analysis import plain_csv
from darlington_analysis.catalogue.areas import BOROUGH
from darlington_analysis.catalogue.indicators import indicator
from darlington_analysis.catalogue.vocabulary import Control
from darlington_analysis.cleaning.figures import small_number_rule
from darlington_analysis.errors import ContradictionError, DisclosureError
from darlington_analysis.evidence import derived
from darlington_analysis.evidence.table import EditionTable
from darlington_analysis.methods.cells import KEY_COLUMNS, Known, Rule, Sum, keys_of
from darlington_analysis.methods.proportions import proportions
from darlington_analysis.methods.published import from_rows
from darlington_analysis.methods.rates import rates
from darlington_analysis.methods.worst_case import worst_case
from darlington_analysis.publishing import derived_figures, earlier
from darlington_analysis.publishing.relations import sums_of

_MAKE = {"proportion": proportions, "rate": rates}
_KEY = list(KEY_COLUMNS)
COLUMNS = ["indicator", *_KEY, "attacker_min", "attacker_max", "possible", "figures_used",
           "withhold_from", "withhold_to", "round_to"]  # fmt: skip


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


def controlled(loaded: EditionTable) -> pd.DataFrame:
    """Return the rows whose counts had to pass the gate, as the sources' stories say."""
    told = loaded.provenance["sources"]
    is_ours = loaded.rows.source.map(lambda path: told[path]["control"] == Control.CONTROLLED)
    return loaded.rows[is_ours.astype(bool)]


def audit(loaded: EditionTable, also_printed: pd.DataFrame | None = None) -> Audit:
    """Return what somebody can work out from all that an edition publishes.

    ``also_printed`` lists the numbers that pages print beside the gated table
    (``derived_figures.COLUMNS``). Nothing is written; ``refuse`` acts on it. Raises SchemaError
    where figures contradict each other, DisclosureError where a derived one rests on a withheld
    count.
    """
    rule = small_number_rule(loaded.settings.small_numbers)
    ours, found, refusals = controlled(loaded), [], []
    for slug, rows in ours.groupby("indicator"):
        derived_figures.check(also_printed, slug, rows)
        bounds, used = _attack(loaded, rows, rule)
        found.append(bounds.assign(indicator=slug, figures_used=used))
        bare = bounds[~bounds["is_protected"]].sort_values("possible")
        refusals += [f"{_names(loaded, row)} (through {row.through})" for row in bare.itertuples()]
    table = pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=COLUMNS)
    told = {"withhold_from": rule.withhold_from, "withhold_to": rule.withhold_to,
            "round_to": rule.round_to}  # fmt: skip
    return Audit(
        table.assign(**told)[COLUMNS],
        tuple(refusals),
        rule.protected_width,
        bool(ours.is_dummy.any()),
    )


def passed(loaded: EditionTable) -> Audit:
    """Return the audit of an edition that may be published. Raises as ``audit`` and ``refuse``."""
    found = audit(loaded, derived.printed(loaded))
    refuse(found)
    return found


def refuse(found: Audit) -> None:
    """Raise DisclosureError where a withheld count is narrowed: which, and through what."""
    if found.refusals:
        raise DisclosureError(
            f"Refused: {len(found.refusals)} withheld counts can be narrowed, first "
            f"{found.refusals[0]}",
            f"At least {found.protected_width} whole numbers possible for each withheld count.",
            "leave out one of the figures named, or pool more years; an edition in reports that"
            " nobody has seen may be deleted",
        )


def write(found: Audit, edition_folder: Path) -> None:
    """Write the bounds of every withheld cell, the same bytes for the same edition."""
    plain_csv.write(found.table, edition_folder / earlier.AUDIT)


def _attack(loaded: EditionTable, rows: pd.DataFrame, rule: Rule) -> tuple[pd.DataFrame, int]:
    """Return the worst case of one indicator, and how many figures it used.

    Earlier figures of another vintage are taken as facts unless the counts have since been
    revised, so that no table fits both.
    """
    for attacked in _sights(loaded, rows, rule):
        try:
            bounds = worst_case(attacked.cells, attacked.sums, rule, attacked.facts)
            return bounds, attacked.figures_used
        except ContradictionError:
            continue
    raise ContradictionError(
        f"Figures of {rows.indicator.iloc[0]} contradict each other, or an edition in reports",
        "Counts are never changed under one vintage: the earlier edition would say otherwise.",
        "give the new counts a vintage of their own in the sidecar, or withdraw that edition",
    )


def _sights(loaded: EditionTable, rows: pd.DataFrame, rule: Rule) -> Iterator[Attacked]:
    wards = [ward.code for ward in loaded.wards.wards]
    reports = loaded.project.reports
    before = earlier.same_source(earlier.figures_in(reports), rows, [*wards, BOROUGH])
    own = partial(_sight, rows, wards=wards, reports=reports, rule=rule)
    yield own(before=before)
    yield own(before=before[before["vintage"].isin(rows["vintage"])])


def _sight(
    rows: pd.DataFrame, before: pd.DataFrame, wards: list[str], reports: Path, rule: Rule
) -> Attacked:
    """Return the attacker's view: cells that only an earlier edition has are attacked as well."""
    about = indicator(rows.indicator.iloc[0])
    make = partial(_MAKE[about.kind], multiplier=about.multiplier)
    only_before = before[~before[_KEY].apply(tuple, axis=1).isin(keys_of(rows))]
    columns = [*_KEY, "numerator"]
    cells = pd.concat([rows[columns], only_before[columns].drop_duplicates(_KEY)])
    facts = [*from_rows(rows, make, rule), *earlier.facts_of(before, rows, reports, rule)]
    cells = cells.astype({"numerator": "Float64"}).reset_index(drop=True)
    return Attacked(cells, sums_of(cells, wards, BOROUGH), facts)


def _names(loaded: EditionTable, row) -> str:
    names = {ward.code: ward.name for ward in loaded.wards.wards}
    return f"{names.get(row.area_code, row.area_code)} ({row.area_code}), {row.period}"
