"""Packs made some at a time: each out of sight, tried once more in a cold kernel where it fails."""

import os
import re
import shutil
import time
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, as_completed
from dataclasses import dataclass, replace
from pathlib import Path

from darlington_analysis.core.errors import DISK, DarlingtonError, StorageError
from darlington_analysis.publishing import kernels, pack

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

    A cold one has a worker and a kernel of its own, started anew; the others never wait for it.
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
    except StorageError:  # told of by the notebook
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
