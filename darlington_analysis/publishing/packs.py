"""Which wards, in what order, what is already up to date, and how the run ended."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from darlington_analysis import whole
from darlington_analysis.catalogue.areas import Ward
from darlington_analysis.errors import PackFailedError
from darlington_analysis.evidence import printable, table
from darlington_analysis.evidence.ward import in_table
from darlington_analysis.project import Project
from darlington_analysis.publishing import (
    changes,
    disclosure,
    index,
    leaks,
    ledger,
    making,
    pack,
    run,
    statement,
    warm,
)
from darlington_analysis.publishing import edition as editions

Told = Callable[[str, str, making.Made | None], None]


@dataclass
class Outcome:
    """What became of each ward, by code: made, unchanged, or failed with a reason.

    ``retried``: why the first try failed of a pack made at the second. ``kept``: failed wards
    whose pack from before stays. ``changes``: a made pack's figures and sentences that are others
    than before, and whether its agreement is; a first one has none.
    """

    state: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    retried: dict[str, str] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)
    changes: dict[str, tuple[int, int, bool]] = field(default_factory=dict)

    def add(self, made: making.Made) -> None:
        """Take in what became of one order."""
        self.state[made.ward_code] = "failed" if made.fault else "made"
        if made.fault:
            self.reasons[made.ward_code] = made.fault
        elif made.first_fault:
            self.retried[made.ward_code] = made.first_fault

    def among(self, state: str) -> list[str]:
        """Return the codes of the wards of one state."""
        return [code for code, each in self.state.items() if each == state]


@dataclass(frozen=True)
class Asked:
    """What a run was asked: which wards, whether all are made anew, who makes them, who hears.

    ``engine``: gives the workers for a number of orders, ``warm.pool`` or a cluster's.
    """

    wards: tuple[Ward, ...]
    force: bool
    tell: Told
    engine: Callable = warm.pool


def make_packs(loaded: table.EditionTable, asked: Asked) -> Outcome:
    """Make the packs that are asked for and publish the edition whole.

    Packs of other wards stay as they are. Where a pack fails, the one from before stays, and the
    outcome and the index say so. Raises DisclosureError where somebody would be given away: then
    the whole edition from before stays.
    """
    reports, name = loaded.project.reports, loaded.edition.id
    with editions.aside(reports, name) as workshop:
        place, made = reports / name, workshop / name
        _carry_over(place, made, loaded)
        outcome = build(loaded, asked, made)
        for ward in asked.wards:
            folder = pack.folder_name(ward.code, ward.slug)
            if outcome.state[ward.code] == "made" and (place / folder).is_dir():
                outcome.changes[ward.code] = changes.between(place / folder, made / folder)
            elif outcome.state[ward.code] == "failed" and (made / folder).is_dir():
                outcome.kept.add(ward.code)
        whole.put_in_place(made, place)
    return outcome


def build(loaded: table.EditionTable, asked: Asked, made: Path) -> Outcome:
    """Put an edition together in the folder ``made``, which may hold packs from before.

    Raises DisclosureError where somebody would be given away.
    """
    notebook = check_notebook(loaded.project)
    outcome = Outcome()
    orders = _orders(loaded, asked, made, notebook, outcome)
    with asked.engine(len(orders)) as pool:
        waiting = making.begin(pool, orders, made.parent)
        audited = disclosure.passed(loaded)  # while the first packs are made
        for each in making.finished(waiting, made.parent):
            outcome.add(each)
            asked.tell(each.ward_code, outcome.state[each.ward_code], each)
    index.write(loaded, made, outcome.reasons, audited)
    statement.write(made, loaded.edition, loaded.settings.roles)
    ledger.write(loaded, made)
    disclosure.write(audited, made)
    with warm.pool(len(loaded.wards.wards)) as pool:  # every file, before anybody else reads it
        leaks.refuse(loaded, made, pool.map)
    return outcome


def check_notebook(project: Project) -> Path:
    """Return the pack's notebook. Raises UsageError where its parameters do not match."""
    notebook = project.notebooks / pack.NOTEBOOK
    run.check_parameters(notebook, pack.PARAMETERS)
    return notebook


def raise_if_failed(outcome: Outcome) -> None:
    """Raise PackFailedError naming the first pack that failed; the others are published."""
    failed = outcome.among("failed")
    if failed:
        first = failed[0]
        raise PackFailedError(
            f"{len(failed)} of {len(outcome.state)} packs could not be made: "
            f"{first}: {outcome.reasons[first]}",
            "Any made before stay in their place; the index page says which failed.",
            f"python -m darlington_analysis packs --ward {first}",
        )


def _carry_over(place: Path, made: Path, loaded: table.EditionTable) -> None:
    """Copy the packs of this edition's wards, and what a browser found; nothing else."""
    made.mkdir()
    statement.carry_over(place, made)
    for ward in loaded.wards.wards:
        folder = pack.folder_name(ward.code, ward.slug)
        if (place / folder).is_dir():
            shutil.copytree(place / folder, made / folder)


def _orders(loaded, asked: Asked, made: Path, notebook: Path, outcome: Outcome) -> list[pack.Order]:
    """Return what is to be made; a pack that is up to date is told of and left alone."""
    orders = []
    for ward in asked.wards:
        folder = made / pack.folder_name(ward.code, ward.slug)
        key = pack.key_of(in_table(loaded, ward.code), notebook)
        if not asked.force and pack.is_up_to_date(folder, key):
            outcome.state[ward.code] = "unchanged"
            asked.tell(ward.code, "unchanged", None)
        elif not asked.force and pack.version_of(folder) and printable.is_frozen(loaded, ward):
            outcome.state[ward.code] = "frozen"
            asked.tell(ward.code, "frozen", None)
        else:
            orders.append(pack.Order(ward.code, loaded.edition.id, notebook, folder))
    return orders
