"""Which wards, in what order, what is already up to date, and how the run ended."""

import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import as_completed
from dataclasses import dataclass, field
from pathlib import Path

from darlington_analysis.catalogue.areas import Ward
from darlington_analysis.errors import DarlingtonError, PackFailedError
from darlington_analysis.evidence import agreement, table
from darlington_analysis.evidence.ward import in_table
from darlington_analysis.project import Project
from darlington_analysis.publishing import disclosure, index, leaks, ledger, pack, run, warm
from darlington_analysis.publishing import edition as editions

Told = Callable[[str, str], None]


@dataclass
class Outcome:
    """What became of each ward, by code: made, unchanged, or failed with a reason."""

    state: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)

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
    audited = disclosure.passed(loaded)
    with editions.aside(reports, name) as workshop:
        place, made = reports / name, workshop / name
        _carry_over(place, made, loaded)
        orders = _orders(loaded, wards, made, notebook, force, outcome, tell)
        for code, fault in _made(orders, workshop):
            outcome.state[code] = "failed" if fault else "made"
            if fault:
                outcome.reasons[code] = str(fault).splitlines()[0]
            tell(code, outcome.state[code])
        index.write(loaded, made, outcome.reasons, audited)
        ledger.write(loaded, made)
        disclosure.write(audited, made)
        leaks.refuse(loaded, made)
        editions.put_in_place(made, place)
    return outcome


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
        elif not force and pack.version_of(folder) and agreement.is_frozen(loaded, ward):
            outcome.state[ward.code] = "frozen"
            tell(ward.code, "frozen")
        else:
            orders.append(pack.Order(ward.code, loaded.edition.id, notebook, folder))
    return orders


def _made(orders: list[pack.Order], workshop: Path) -> Iterator[tuple[str, Exception | None]]:
    """Make the packs, some at a time; give each ward's code and what went wrong, if anything."""
    with warm.pool(len(orders)) as pool:
        waiting = {pool.submit(_make_aside, order, workshop): order for order in orders}
        try:
            for done in as_completed(waiting):
                yield waiting[done].ward_code, done.result()
        except BaseException:  # stopped: what has not begun need not begin
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _make_aside(order: pack.Order, workshop: Path) -> Exception | None:
    """Make a pack out of sight and move it in whole; a failed one leaves no folder behind."""
    out_of_sight = workshop / f"making-{order.ward_code}"
    try:
        pack.make(pack.Order(order.ward_code, order.edition, order.notebook, out_of_sight))
        shutil.rmtree(order.folder, ignore_errors=True)  # the one from before, in this copy
        os.rename(out_of_sight, order.folder)
    except DarlingtonError as fault:
        shutil.rmtree(out_of_sight, ignore_errors=True)
        return PackFailedError(fault.what, fault.expected, fault.try_)
    return None
