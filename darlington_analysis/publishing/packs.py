"""Which wards are made, by which workers, what is already up to date, and how the run ended."""

import csv
import json
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, as_completed
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from darlington_analysis.core import atomic, fingerprints
from darlington_analysis.core.errors import (
    DISK,
    DarlingtonError,
    PackFailedError,
    StorageError,
)
from darlington_analysis.core.project import Project
from darlington_analysis.core.settings import Edition
from darlington_analysis.evidence import agreement, table
from darlington_analysis.evidence.ward import in_table
from darlington_analysis.publishing import (
    approving,
    disclosure_audit,
    formats,
    index,
    kernels,
    leaks,
    notebook_pages,
    pack,
    papers,
    printed,
    run_notebook,
    run_state,
    site,
    statement,
)
from darlington_analysis.publishing import run_lock as editions
from darlington_analysis.sources.areas import Ward, WardSet
from darlington_analysis.sources.indicators import register

LOST = "the process that made it ended without a word"
# The folders of a path of a machine: between quotes with whatever is in it, from the root or from
# home, behind ipc: or file:, of Windows and its servers.
_FOLDERS = re.compile(
    r"""(?<=["'])(?:~?/|[A-Za-z]:[\\/]|\\\\)[^"'\n]*[\\/](?=[^"'\n\\/]*["'])"""
    r"""|(?:(?:ipc|file|unix):/*|(?<![\w:/.<~]))~?/(?:[^\s/'":,;<>]+/)+"""
    r"""|(?<!\w)(?:[A-Za-z]:[\\/]|\\\\)(?:[^\\/'":,;<>\n]+[\\/])+"""
)


@dataclass(frozen=True)
class Made:
    """What became of one order: ``fault`` is empty where the pack was made.

    ``seconds`` on the clock, ``tries`` 1 to 3, ``first_fault`` of a pack that a cold kernel made.
    """

    ward_code: str
    seconds: float
    fault: str = ""
    tries: int = 1
    first_fault: str = ""


def begin(pool: Executor, orders: list[pack.Order], workshop: Path) -> dict[Future, pack.Order]:
    """Give the orders to a pool, which begins at once; ``results`` hears of them."""
    return {pool.submit(make_in_staging, order, workshop): order for order in orders}


def results(waiting: dict[Future, pack.Order], workshop: Path) -> Iterator[Made]:
    """Yield what became of each order. One that failed, or was lost, is tried in a cold kernel.

    A cold one has a worker and a kernel started for it alone; the others never wait for it.
    Raises StorageError where it was a full disk, and still is: that would be every ward's fault.
    """
    again = []
    for done in as_completed(waiting):
        try:
            made = done.result()
        except BrokenExecutor:  # every order in flight is lost with the worker that died
            made = Made(waiting[done].ward_code, 0.0, LOST)
        except StorageError as full:
            made = Made(waiting[done].ward_code, 0.0, full.what)
        if made.fault:
            again.append((waiting[done], made))
        else:
            yield made
    for order, first in again:
        yield _in_the_cold(order, workshop, first)


def make_in_staging(order: pack.Order, workshop: Path) -> Made:
    """Make a pack out of sight and move it in whole; a failed one leaves no folder behind.

    Raises StorageError where the disk is full, or can't be written at all.
    """
    began = time.monotonic()
    out_of_sight = workshop / f"making-{order.ward_code}"
    fault = ""
    try:
        pack.make(replace(order, folder=out_of_sight))
        shutil.rmtree(order.folder, ignore_errors=True)  # the one from before, in this copy
        os.rename(out_of_sight, order.folder)
    except StorageError:  # the run ends
        raise
    except DarlingtonError as known:
        fault = known.what
    except Exception as unknown:  # a fault of ours in one ward is no reason to stop the others
        if isinstance(unknown, OSError) and unknown.errno in DISK:
            raise StorageError.of(unknown) from unknown
        fault = f"{type(unknown).__name__}: {unknown}".splitlines()[0]
    finally:
        shutil.rmtree(out_of_sight, ignore_errors=True)
    reason = _without_places(fault, order.notebook.parent.parent)
    return Made(order.ward_code, round(time.monotonic() - began, 3), reason)


def _without_places(reason: str, root: Path) -> str:
    """Return a reason as the index page may tell it: paths within the project, names of others."""
    return _FOLDERS.sub("", reason.replace(f"{root}/", ""))


def _in_the_cold(order: pack.Order, workshop: Path, first: Made) -> Made:
    shutil.rmtree(workshop / f"making-{order.ward_code}", ignore_errors=True)
    with kernels.cold_worker() as worker:
        try:
            made = worker.submit(make_in_staging, order, workshop).result()
        except BrokenExecutor:
            made = Made(order.ward_code, 0.0, LOST)
    return replace(made, tries=first.tries + 1, first_fault=first.fault)


_KEY = ("indicator", "area_code", "period", "breakdown", "vintage")


def between(before: Path, after: Path) -> tuple[int, int, bool, bool]:
    """Return how many figures and how many sentences of a pack are new, gone or another, whether
    what people wrote in the ward's agreement is, and whether figures of other areas are.

    ``before`` and ``after`` are a pack's folders; one that is not there holds nothing.
    """
    return (
        _differing(_figures(before), _figures(after)),
        _differing(_sentences(before), _sentences(after)),
        *(
            bool(_manifest(before)) and _told(before, name) != _told(after, name)
            for name in ("agreement", "beside")
        ),
    )


def _differing(before: dict, after: dict) -> int:
    return sum(before.get(key) != after.get(key) for key in {*before, *after})


def _figures(folder: Path) -> dict[tuple, dict]:
    path = folder / pack.FIGURES
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as table:
        rows = [dict(row, period=atomic.as_label(row["period"])) for row in csv.DictReader(table)]
    return {tuple(row[name] for name in _KEY): row for row in rows}


def _sentences(folder: Path) -> dict[str, str]:
    return {claim["id"]: claim["sentence"] for claim in _manifest(folder).get("claims", ())}


def _told(folder: Path, name: str) -> str:
    return _manifest(folder).get(name, "")


def _manifest(folder: Path) -> dict:
    path = folder / pack.MANIFEST
    return json.loads(path.read_text("utf-8")) if path.is_file() else {}


Told = Callable[[str, str, Made | None], None]


@dataclass
class Outcome:
    """What became of each ward, by code: made, unchanged, or failed with a reason.

    ``retried``: why the first try failed of a pack made at the second. ``kept``: failed wards
    whose pack from before stays. ``changes``: a made pack's figures and sentences that are others
    than before, and whether its agreement and other areas' figures are; a first one has none.
    ``pages``: the notebooks that are pages of the edition.
    """

    state: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    retried: dict[str, str] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)
    changes: dict[str, tuple[int, int, bool, bool]] = field(default_factory=dict)
    pages: list[notebook_pages.PageMade] = field(default_factory=list)

    def add(self, made: Made) -> None:
        """Take in what became of one order."""
        self.state[made.ward_code] = "failed" if made.fault else "made"
        if made.fault:
            self.reasons[made.ward_code] = made.fault
        elif made.first_fault:
            self.retried[made.ward_code] = made.first_fault

    def among(self, state: str) -> list[str]:
        """Return the codes of the wards of one state."""
        return [code for code, reached in self.state.items() if reached == state]


@dataclass(frozen=True)
class Asked:
    """What a run was asked: which wards, whether all are made again, who makes them, who hears.

    ``engine``: gives the workers for a number of orders, ``warm.pool`` or a cluster's.
    """

    wards: tuple[Ward, ...]
    force: bool
    tell: Told
    engine: Callable = kernels.pool


def make_packs(loaded: table.EditionTable, asked: Asked) -> Outcome:
    """Make the packs that are asked for and publish the edition whole.

    Packs of other wards stay as they are. Where a pack fails, the one from before stays, and the
    outcome and the index say so. Raises DisclosureError where somebody would be given away: then
    the whole edition from before stays.
    """
    reports, name = loaded.project.reports, loaded.edition.id
    with editions.staging(loaded.project, name) as workshop:
        reports.mkdir(parents=True, exist_ok=True)
        place, made = reports / name, workshop / name
        _carry_over(place, made, loaded)
        pack.refuse_made_up_again(loaded, made)
        outcome = build(loaded, asked, made)
        for ward in asked.wards:
            folder = ward.folder
            if outcome.state[ward.code] == "made" and (place / folder).is_dir():
                outcome.changes[ward.code] = between(place / folder, made / folder)
            elif outcome.state[ward.code] == "failed" and (made / folder).is_dir():
                outcome.kept.add(ward.code)
        fingerprints.refuse_changed_code()
        atomic.put_in_place(made, place)
    site.write(loaded.project, loaded.settings)
    return outcome


def build(loaded: table.EditionTable, asked: Asked, made: Path) -> Outcome:
    """Put an edition together in the folder ``made``, which may hold packs from before.

    Raises DisclosureError where somebody would be given away.
    """
    notebook = check_notebook(loaded.project)
    outcome = Outcome()
    kinds = {ward: formats.kinds_in(made / ward.folder) for ward in asked.wards}
    orders = _orders(loaded, asked, made, notebook, outcome)
    with asked.engine(len(orders)) as pool:
        waiting = begin(pool, orders, made.parent)
        audited = disclosure_audit.passed(loaded)  # while the first packs are made
        for pack_made in results(waiting, made.parent):
            outcome.add(pack_made)
            asked.tell(pack_made.ward_code, outcome.state[pack_made.ward_code], pack_made)
    for ward, wanted in kinds.items():
        if wanted and outcome.state[ward.code] == "made":
            there = made / ward.folder, ward.name, loaded.edition, loaded.settings
            formats.make(formats.Published(*there), wanted)
    outcome.pages = notebook_pages.write(loaded, made)
    papers.write_for_cabinet(loaded, made)
    index.write(loaded, made, outcome.reasons, audited, outcome.pages)
    approving.write_changes(loaded, made)
    statement.write(made, loaded.edition, loaded.settings.roles)
    pack.write(loaded, made)
    disclosure_audit.write(audited, made)
    printed.write(loaded, made)
    with kernels.pool(len(loaded.wards.wards)) as pool:  # every file, before anybody else reads it
        leaks.refuse(loaded, made, pool.map)
    return outcome


def check_notebook(project: Project) -> Path:
    """Return the pack's notebook. Raises UsageError where its parameters do not match."""
    notebook = project.notebooks / pack.NOTEBOOK
    run_notebook.check_parameters(notebook, pack.PARAMETERS)
    return notebook


def raise_if_failed(outcome: Outcome) -> None:
    """Raise PackFailedError naming the first pack that failed; the others are published."""
    failed = outcome.among("failed")
    for page in outcome.pages:
        if page.fault:
            raise PackFailedError(
                f"The page {page.file} could not be made: {page.fault}",
                "It is made from a notebook; the packs are published without it.",
                "open the notebook in JupyterLab, and run it cell by cell",
            )
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
    notebook_pages.carry_over(loaded, place, made)
    for ward in loaded.wards.wards:
        folder = ward.folder
        if (place / folder).is_dir():
            shutil.copytree(place / folder, made / folder, symlinks=True)


def _orders(loaded, asked: Asked, made: Path, notebook: Path, outcome: Outcome) -> list[pack.Order]:
    """Return what is to be made; a pack that is up to date is reported and left alone."""
    orders = []
    for ward in asked.wards:
        folder = made / ward.folder
        key = pack.key_of(in_table(loaded, ward.code), notebook)
        if not asked.force and pack.is_as_made(folder, key):
            outcome.state[ward.code] = "unchanged"
            asked.tell(ward.code, "unchanged", None)
        elif not asked.force and pack.version_of(folder) and agreement.is_frozen(loaded, ward):
            outcome.state[ward.code] = "frozen"
            asked.tell(ward.code, "frozen", None)
        else:
            orders.append(pack.Order(ward.code, loaded.edition.id, notebook, folder))
    again = {order.folder for order in orders}
    pack.take_out(loaded, made, again, is_frozen=bool(outcome.among("frozen")))
    return orders


def of_run(
    project: Project, edition: Edition, known: WardSet, outcome: Outcome, inputs: dict[str, str]
) -> list[str]:
    """Remember a run that has published, and return its summary, a line each.

    Only where every ward's pack is there and as it should be may a later run be answered unread.
    """
    before = run_state.load_state(project, edition.id)
    now = run_state.edition_now(project, edition.id, inputs)
    is_whole = not outcome.among("failed") and len(outcome.state) == len(known.wards)
    run_state.save_state(project, edition.id, now | {"packs": len(known.wards) if is_whole else 0})
    names = {ward.code: ward.name for ward in known.wards}
    causes = run_state.changed_inputs(before.get("inputs", {}), inputs)
    counts = (len(outcome.among(state)) for state in ("made", "unchanged", "failed"))
    return [
        run_state.counted(edition.title, *counts),
        *run_state.frozen([names[code] for code in outcome.among("frozen")]),
        *(
            run_state.failed(names[code], code, outcome.reasons[code], code in outcome.kept)
            for code in outcome.among("failed")
        ),
        *(run_state.retried(names[code], code, why) for code, why in outcome.retried.items()),
        *run_state.because(causes, is_first=not before),
        *run_state.of_packs([(names[code], *change) for code, change in outcome.changes.items()]),
        *run_state.unreadable(edition.id, (project.reports / edition.id).stat().st_mode),
        run_state.where(edition.id),
    ]


def unshown(table: pd.DataFrame) -> list[str]:
    """Return a line for each indicator of the one table that no page of the packs shows.

    Those that are not registered come first, by the file they are from.
    """
    waiting = table[~table.indicator.isin(register())]
    lines = [
        run_state.waiting(source, list(dict.fromkeys(rows.indicator)))
        for source, rows in waiting.groupby("source")
    ]
    known = [entry for slug, entry in register().items() if slug in set(table.indicator)]
    return lines + [run_state.unshown(entry.slug) for entry in known if not entry.page]
