"""Which wards, in what order, what is already up to date, and how the run ended."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from darlington_analysis.catalogue.areas import Ward
from darlington_analysis.errors import PackFailedError
from darlington_analysis.evidence import table
from darlington_analysis.evidence.ward import in_table
from darlington_analysis.project import Project
from darlington_analysis.publishing import disclosure, index, leaks, ledger, making, pack, run, warm
from darlington_analysis.publishing import edition as editions

Told = Callable[[str, str], None]


@dataclass
class Outcome:
    """What became of each ward, by code: made, unchanged, or failed with a reason."""

    state: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)

    def add(self, made: making.Made) -> None:
        """Take in what became of one order."""
        self.state[made.ward_code] = "failed" if made.fault else "made"
        if made.fault:
            self.reasons[made.ward_code] = made.fault

    @property
    def failed(self) -> list[str]:
        """The codes of wards whose pack could not be made."""
        return [code for code, state in self.state.items() if state == "failed"]


def make_packs(
    loaded: table.EditionTable, wards: list[Ward], *, force: bool, tell: Told
) -> Outcome:
    """Make the packs of ``wards`` and publish the edition whole; ``tell`` hears of each ward.

    Packs of other wards stay as they are. Where a pack fails, the one from before stays, and the
    outcome and the index say so. Raises DisclosureError where somebody would be given away: then
    the whole edition from before stays.
    """
    notebook = check_notebook(loaded.project)
    reports, name = loaded.project.reports, loaded.edition.id
    outcome = Outcome()
    with editions.aside(reports, name) as workshop:
        place, made = reports / name, workshop / name
        _carry_over(place, made, loaded)
        orders = _orders(loaded, wards, made, notebook, force, outcome, tell)
        with warm.pool(len(orders)) as pool:
            waiting = making.begin(pool, orders, workshop)
            audited = disclosure.passed(loaded)  # while the first packs are made
            for each in making.finished(waiting, workshop):
                outcome.add(each)
                tell(each.ward_code, outcome.state[each.ward_code])
        _write_edition(loaded, made, outcome, audited)
        editions.put_in_place(made, place)
    return outcome


def _write_edition(loaded, made: Path, outcome: Outcome, audited) -> None:
    """Write what stands beside the packs; read every file for leaks before anybody else does."""
    index.write(loaded, made, outcome.reasons, audited)
    ledger.write(loaded, made)
    disclosure.write(audited, made)
    with warm.pool(len(loaded.wards.wards)) as pool:
        leaks.refuse(loaded, made, pool.map)


def check_notebook(project: Project) -> Path:
    """Return the pack's notebook. Raises UsageError where its parameters do not match."""
    notebook = project.notebooks / pack.NOTEBOOK
    run.check_parameters(notebook, pack.PARAMETERS)
    return notebook


def raise_if_failed(outcome: Outcome) -> None:
    """Raise PackFailedError naming the first pack that failed; the others are published."""
    if outcome.failed:
        first = outcome.failed[0]
        raise PackFailedError(
            f"{len(outcome.failed)} of {len(outcome.state)} packs could not be made: "
            f"{first}: {outcome.reasons[first]}",
            "Any made before stay in their place; the index page says which failed.",
            f"python -m darlington_analysis packs --ward {first}",
        )


def _carry_over(place: Path, made: Path, loaded: table.EditionTable) -> None:
    """Copy the packs of this edition's wards that are there already, and nothing else."""
    made.mkdir()
    for ward in loaded.wards.wards:
        folder = pack.folder_name(ward.code, ward.slug)
        if (place / folder).is_dir():
            shutil.copytree(place / folder, made / folder)


def _orders(loaded, wards, made, notebook, force, outcome, tell) -> list[pack.Order]:
    """Return what is to be made; a pack that is up to date is told of and left alone."""
    orders = []
    for ward in wards:
        folder = made / pack.folder_name(ward.code, ward.slug)
        key = pack.key_of(in_table(loaded, ward.code), notebook)
        if not force and pack.is_up_to_date(folder, key):
            outcome.state[ward.code] = "unchanged"
            tell(ward.code, "unchanged")
        else:
            orders.append(pack.Order(ward.code, loaded.edition.id, notebook, folder))
    return orders
