"""Packs made by Dask workers, on this machine or on others; Dask does the scheduling.

Each worker is sent the project once (settings, notebooks, raw geography, processed data; never a
restricted file), unpacks it into a folder of its own, and makes packs with the same code as here.
A pack comes back as bytes, so no folder is shared. A worker that is lost costs the packs it was
making: Dask gives them to another.
"""

import contextlib
import hashlib
import io
import os
import re
import shutil
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from functools import partial
from pathlib import Path

from darlington_analysis.core import fingerprints
from darlington_analysis.core.errors import UsageError
from darlington_analysis.core.project import Project, find_project
from darlington_analysis.publishing import pack, pack_workers
from darlington_analysis.sources import register
from darlington_analysis.sources.sidecars import SIDECAR

LOCAL = re.compile(r"local(?::([1-9]\d*))?")  # two workers on this machine, or as many as it says
SECONDS_TO_CONNECT = 20
_KINDS = {
    "notebooks/": (".ipynb",),
    "data/agreements/": (".toml", ".json", ".jsonl", ".hash", ".sig"),
    "data/processed/": (".parquet", ".json", ".csv", ".gitkeep"),
}
_SENT = ("darlington.toml", "notebooks", "data/agreements", "data/processed", "data/raw")
_SENT_IF_THERE = ("data/indicators.toml", "data/statements.toml", "data/practices.toml")


def engine(scheduler: str) -> Callable:
    """Return what makes packs on the workers of a scheduler, ``tcp://…``, or on ``local`` ones.

    Raises UsageError where the extra is not installed.
    """
    try:
        import distributed  # noqa: F401
    except ImportError as fault:
        raise UsageError(
            "--scheduler needs Dask, which is not installed",
            "It comes with the extra “cluster”.",
            'pip install -e ".[cluster]"',
        ) from fault
    return lambda orders: _workers(scheduler)


@contextlib.contextmanager
def _workers(scheduler: str) -> Iterator["ClusterExecutor"]:
    """Give an executor over the cluster's workers. Raises UsageError where nobody answers."""
    from distributed import Client

    with contextlib.ExitStack() as left:
        here = LOCAL.fullmatch(scheduler)
        address = left.enter_context(_workers_here(int(here[1] or 2))) if here else scheduler
        try:
            client = left.enter_context(Client(address, timeout=SECONDS_TO_CONNECT))
            client.wait_for_workers(1, timeout=SECONDS_TO_CONNECT)
        except (OSError, ValueError) as fault:
            raise UsageError(
                f"No Dask scheduler with a worker answers at {scheduler}",
                "An address such as tcp://host:8786, or “local”.",
                "dask scheduler, and dask worker --no-nanny tcp://host:8786 on each machine",
            ) from fault
        sent = client.scatter(packed(find_project()), broadcast=True)
        yield ClusterExecutor(client, sent)


@contextlib.contextmanager
def _workers_here(number: int) -> Iterator[str]:
    """Start a scheduler and workers on this machine, and give the scheduler's address."""
    import dask
    from distributed import LocalCluster

    # A worker that its nanny starts as a daemon may have no children, and kernels are children.
    with (
        dask.config.set({"distributed.worker.daemon": False}),
        LocalCluster(
            number, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
        ) as started,
    ):
        yield started.scheduler_address


class ClusterExecutor(Executor):
    """An executor whose only work is ``making.make_aside``, done by Dask workers."""

    def __init__(self, client, sent):
        self._client, self._sent = client, sent

    def submit(self, work: Callable, /, order: pack.Order, workshop: Path) -> Future:
        """Send an order out; when its pack is back it is put in its folder."""
        told: Future = Future()
        away = self._client.submit(
            make_there,
            self._sent,
            fingerprints.library(),
            fingerprints.packages(),
            order.ward_code,
            order.edition,
            order.notebook.name,
            retries=0,
            pure=False,
        )

        def back(finished) -> None:
            try:
                made, files = finished.result()
                if not made.fault:
                    _put(files, order.folder)
                told.set_result(made)
            except Exception as fault:
                why = f"{type(fault).__name__}: {fault}".splitlines()[0]
                told.set_result(pack_workers.Made(order.ward_code, 0.0, why))

        away.add_done_callback(back)
        return told


def packed(project: Project) -> bytes:
    """Return what a worker needs of a project, in one piece; restricted files stay here."""
    with register.without_undescribed():
        register.screen_open_sources(project)
        registered = {
            f"data/raw/{source.path}"
            for source in register.register(project)
            if not source.path.startswith(("restricted/", "incoming/"))
        }
    piece = io.BytesIO()
    with tarfile.open(fileobj=piece, mode="w:gz") as archive:
        there = [name for name in _SENT_IF_THERE if (project.root / name).is_file()]
        for name in (*_SENT, *there):
            archive.add(project.root / name, name, filter=partial(_no_secret, registered))
    return piece.getvalue()


def make_there(
    sent: bytes, library: str, packages: str, ward: str, edition: str, notebook: str
) -> tuple[pack_workers.Made, dict[str, bytes]]:
    """Make one pack on a worker, and return what became of it with its files.

    A worker with other code or other packages makes none: its packs would not be the same.
    """
    if (library, packages) != (fingerprints.library(), fingerprints.packages()):
        return pack_workers.Made(
            ward, 0.0, "a worker has another version of the code or packages"
        ), {}
    root = _unpacked(sent)
    with tempfile.TemporaryDirectory(prefix="pack-") as workshop:
        folder = Path(workshop) / "made"
        order = pack.Order(ward, edition, root / "notebooks" / notebook, folder)
        made = _in_a_process(root, order, Path(workshop))
        found = [] if made.fault else folder.iterdir()
        return made, {each.name: each.read_bytes() for each in found}


def _in_a_process(root: Path, order: pack.Order, workshop: Path) -> pack_workers.Made:
    """Make the pack in a process forked from the worker's own warm parent."""
    from darlington_analysis.publishing import kernels

    os.environ["DARLINGTON_PROJECT"] = str(root)  # before the warm parent is started
    kernels.warm_up(order.edition)
    with kernels.pool(1) as workers:
        return workers.submit(pack_workers.make_aside, order, workshop).result()


def _unpacked(sent: bytes) -> Path:
    """Return the folder of what was sent, unpacked once in the worker's own folder."""
    from distributed import get_worker

    digest = hashlib.sha256(sent).hexdigest()[:16]
    root = Path(get_worker().local_directory) / f"darlington-{digest}"
    if not root.is_dir():
        aside = Path(tempfile.mkdtemp(dir=root.parent))
        with tarfile.open(fileobj=io.BytesIO(sent)) as archive:
            archive.extractall(aside, filter="data")
        os.rename(aside, root)
    return root


def _put(files: dict[str, bytes], folder: Path) -> None:
    """Put a pack's files where the order wants them, in place of what was there."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)


def _no_secret(registered: set[str], entry: tarfile.TarInfo) -> tarfile.TarInfo | None:
    """Let through what is known: of raw files those of the register with their sidecars, of others
    those of a kind that people's lists are not.
    """
    name = entry.name
    if entry.isdir():
        return None if ".ipynb_checkpoints" in name else entry
    if name.endswith("/README.md"):
        return entry
    if name.startswith("data/raw/"):
        return entry if name.removesuffix(SIDECAR) in registered else None
    is_private = name.startswith("data/agreements/private/")
    known = next((kinds for folder, kinds in _KINDS.items() if name.startswith(folder)), ())
    is_known = name in (*_SENT, *_SENT_IF_THERE) or (name.endswith(known) and not is_private)
    return entry if is_known else None
