"""Packs made by Dask workers, on this machine or on others; Dask does the scheduling.

Each worker is sent the project once (settings, notebooks, raw geography, processed data; never a
restricted file), unpacks it into a separate folder, and makes packs with the same code as here.
A pack comes back as bytes, so no folder is shared. A worker that is lost costs the packs it was
making: Dask gives them to another.

Anyone who can speak to a scheduler can run code as the users of its workers and of this process, so the
connection is encrypted and both sides show a certificate. Workers are trusted all the same: what
they send is checked for its names, and a few packs are made here again and compared.
"""

import contextlib
import hashlib
import io
import os
import random
import re
import shutil
import tarfile
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, InvalidStateError
from dataclasses import replace
from functools import partial
from pathlib import Path

from darlington_analysis.core import fingerprints
from darlington_analysis.core.errors import UsageError, VerifyError
from darlington_analysis.core.project import OWN_LISTS, Project, find_project
from darlington_analysis.publishing import kernels, pack, packs, papers
from darlington_analysis.sources import register
from darlington_analysis.sources.sidecars import SIDECAR

LOCAL = re.compile(r"local(?::([1-9]\d*))?")  # two workers on this machine, or as many as it says
ADDRESS = re.compile(r"(tls|tcp)://[^\s/]+:\d{1,5}")
SECONDS_TO_CONNECT = 20
SECONDS_WITHOUT_A_PACK = 600  # more than a cell may take and a kernel may start in, together
MADE_AGAIN = 8  # one pack in so many that came back, one at least
_SILENT = f"no worker sent a pack for {SECONDS_WITHOUT_A_PACK} seconds"
_NEEDED = {*pack.MADE, pack.MANIFEST}
_FILES = {
    *_NEEDED,
    papers.CHARTER,
    *papers.PAGES,
}
_KINDS = {
    "notebooks/": (".ipynb",),
    "data/approvals/": (".json",),
    "data/agreements/": (".toml", ".json", ".jsonl", ".hash", ".sig"),
    "data/processed/": (".parquet", ".json", ".csv", ".gitkeep"),
}
_PROCESSED, _APPROVALS = "data/processed", "data/approvals"
_SENT = ("darlington.toml", "notebooks", "data/agreements", _PROCESSED, "data/raw")
_NO_PAGES = {"distributed.scheduler.http.routes": [], "distributed.worker.http.routes": []}


def engine(scheduler: str, *, without_tls: bool = False) -> Callable:
    """Return what makes packs on the workers of a scheduler, ``tls://…``, or on ``local`` ones.

    Raises UsageError where the extra is not installed, and for ``tcp://…``, which lets anybody on
    that network run code here, unless ``without_tls`` accepts it.
    """
    try:
        import cryptography  # noqa: F401
        import distributed  # noqa: F401
    except ImportError as fault:
        raise UsageError(
            "--scheduler needs Dask, which is not installed",
            "It comes with the extra “cluster”.",
            'pip install -e ".[cluster]"',
        ) from fault
    address = ADDRESS.fullmatch(scheduler)
    if not (address or LOCAL.fullmatch(scheduler)):
        raise UsageError(
            f"--scheduler {scheduler[:100]} is no address",
            "tls://host:8786, “local” or “local:4”.",
            "--scheduler local",
        )
    if address and address[1] == "tcp" and not without_tls:
        raise UsageError(
            f"{scheduler} is not protected",
            "Anybody who reaches a scheduler without TLS runs code as this user and changes packs.",
            "tls:// and certificates (docs/how_to/run_on_several_machines.md), or --without-tls",
        )
    return lambda orders: _workers(scheduler)


@contextlib.contextmanager
def _workers(scheduler: str) -> Iterator["ClusterExecutor"]:
    """Give an executor over the cluster's workers, and compare a few of their packs at the end.

    Raises UsageError where no scheduler answers, VerifyError where a pack is not what it would be
    if it were made here.
    """
    from distributed import Client

    with contextlib.ExitStack() as left:
        here = LOCAL.fullmatch(scheduler)
        address = left.enter_context(_workers_here(int(here[1] or 2))) if here else scheduler
        try:
            client = left.enter_context(Client(address, timeout=SECONDS_TO_CONNECT))
            client.wait_for_workers(1, timeout=SECONDS_TO_CONNECT)
        except (OSError, ValueError, TypeError) as fault:
            raise UsageError(
                f"No Dask scheduler with a worker answers at {scheduler}",
                "An address such as tls://host:8786 with its certificates, or “local”.",
                "dask scheduler, and dask worker --no-nanny tls://host:8786 on each machine",
            ) from fault
        sent = client.scatter(packed(find_project()), broadcast=True)
        executor = ClusterExecutor(client, sent)
        with executor:
            yield executor
        executor.compare_some()


@contextlib.contextmanager
def _workers_here(number: int) -> Iterator:
    """Start a scheduler and workers on this machine that take no order from another user.

    Keys and certificates live in memory for as long as they do, and no HTTP page is served.
    """
    import dask
    from distributed import Client, LocalCluster
    from distributed.security import Security

    # A worker that its nanny starts as a daemon may have no children, and kernels are children.
    with (
        dask.config.set({"distributed.worker.daemon": False, **_NO_PAGES}),
        LocalCluster(
            number,
            threads_per_worker=1,
            dashboard_address=None,
            host="tls://127.0.0.1",
            security=Security.temporary(),
        ) as started,
    ):
        started.scheduler.http_server.stop()
        with Client(started) as client:
            client.register_plugin(_without_pages())
        yield started


def _without_pages():
    """Return what stops a worker from serving HTTP, one that takes a lost one's place as well."""
    from distributed import WorkerPlugin

    class WithoutPages(WorkerPlugin):
        def setup(self, worker) -> None:
            worker.http_server.stop()

    return WithoutPages()


class ClusterExecutor(Executor):
    """An executor whose only work is ``packs.make_in_staging``, done by Dask workers.

    Where no pack comes back for ``SECONDS_WITHOUT_A_PACK``, those still out are given up: a worker
    that was stopped, or an answer that can't be read, would be waited for without end.
    """

    def __init__(self, client, sent):
        self._client, self._sent = client, sent
        self._out: dict[Future, pack.Order] = {}
        self._back: list[tuple[pack.Order, Path]] = []
        self._last, self._ended = time.monotonic(), threading.Event()
        threading.Thread(target=self._give_up_in_the_end, daemon=True).start()

    def submit(self, work: Callable, /, order: pack.Order, workshop: Path) -> Future:
        """Send an order out; when its pack is back it is put in its folder."""
        promise: Future = Future()
        self._out[promise] = order
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
        away.add_done_callback(partial(self._take, promise, order, workshop))
        return promise

    def _take(self, promise: Future, order: pack.Order, workshop: Path, away) -> None:
        """Put a pack that came back in its folder, unless it was given up, and keep the promise."""
        if promise.done():
            return
        self._last = time.monotonic()
        try:
            seconds, fault, files = away.result()
            made = packs.Made(order.ward_code, float(seconds), _one_line(fault))
            if not fault:
                _put(files, order.folder)
                self._back.append((order, workshop))
        except BaseException as error:
            fault = _one_line(f"{type(error).__name__}: {error}")
            made = packs.Made(order.ward_code, 0.0, fault)
        self._keep(promise, made)

    def _keep(self, promise: Future, made: packs.Made) -> None:
        self._out.pop(promise, None)
        with contextlib.suppress(InvalidStateError):  # given up at this very moment
            promise.set_result(made)

    def _give_up_in_the_end(self) -> None:
        while not self._ended.wait(1):
            if time.monotonic() - self._last > SECONDS_WITHOUT_A_PACK:
                for promise, order in list(self._out.items()):
                    self._keep(promise, packs.Made(order.ward_code, 0.0, _SILENT))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Stop looking at the clock."""
        self._ended.set()

    def compare_some(self) -> None:
        """Make a few of the packs that came back here again, chosen by chance.

        Raises VerifyError where one is not the same: then nothing that workers sent is published.
        """
        number = -(-len(self._back) // MADE_AGAIN)
        for order, workshop in random.SystemRandom().sample(self._back, number):
            again = workshop / f"again-{order.ward_code}"
            with kernels.pool(1) as workers:
                work = replace(order, folder=again)
                made = workers.submit(packs.make_in_staging, work, workshop).result()
            if made.fault or _content(again) != _content(order.folder):
                raise VerifyError(
                    f"The pack of {order.ward_code} that a worker sent is not what it is if it is "
                    "made here",
                    "The same inputs give the same bytes; nothing was published.",
                    "look at who can reach the workers; packs without --scheduler",
                )
            shutil.rmtree(again)


def _content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def _one_line(fault: object) -> str:
    return next(iter(str(fault).splitlines()), "")[:300]


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
        there = [name for name in (*OWN_LISTS, _APPROVALS) if (project.inputs / name).exists()]
        for name in (*_SENT, *there):
            folder = project.root if name == _PROCESSED else project.inputs
            archive.add(folder / name, name, filter=partial(_no_secret, registered))
    return piece.getvalue()


def make_there(
    sent: bytes, library: str, packages: str, ward: str, edition: str, notebook: str
) -> tuple[float, str, dict[str, bytes]]:
    """Make one pack on a worker; return the seconds it took, why it failed, and its files.

    All that is returned can be read by any Python, whatever went wrong. A worker with other code or
    other packages makes none: its packs would not be the same.
    """
    if (library, packages) != (fingerprints.library(), fingerprints.packages()):
        return 0.0, "a worker has another version of the code or packages", {}
    try:
        root = _unpacked(sent)
        with tempfile.TemporaryDirectory(prefix="pack-") as workshop:
            folder = Path(workshop) / "made"
            order = pack.Order(ward, edition, root / "notebooks" / notebook, folder)
            made = _in_a_process(root, order, Path(workshop))
            return made.seconds, made.fault, {} if made.fault else _content(folder)
    except Exception as fault:  # described in words: another process may not know its class
        return 0.0, _one_line(f"{type(fault).__name__}: {fault}"), {}


def _in_a_process(root: Path, order: pack.Order, workshop: Path) -> packs.Made:
    """Make the pack in a process forked from the worker's own warm parent."""
    os.environ["DARLINGTON_PROJECT"] = str(root)  # before the warm parent is started
    kernels.warm_up(order.edition)
    with kernels.pool(1) as workers:
        return workers.submit(packs.make_in_staging, order, workshop).result()


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
    """Put a pack's files where the order wants them, in place of what was there.

    Raises VerifyError, and puts nothing, for a file that no pack has, whose name would lead out of
    the folder, and for a pack without its files or with what is no file.
    """
    if not set(files) >= _NEEDED or any(type(content) is not bytes for content in files.values()):
        raise VerifyError(
            "A worker sent what is no pack",
            f"Files of a pack: {', '.join(sorted(_NEEDED))}.",
            "look at who can reach the workers; packs without --scheduler",
        )
    if strange := sorted(map(str, set(files) - _FILES)):
        raise VerifyError(
            f"A worker sent a file that no pack has: {strange[0][:100]}",
            f"Files of a pack: {', '.join(sorted(_FILES))}.",
            "look at who can reach the workers; packs without --scheduler",
        )
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
    is_known = name in (*_SENT, *OWN_LISTS, _APPROVALS) or (name.endswith(known) and not is_private)
    return entry if is_known else None
