"""Kernels forked from one warm parent: each ward gets a real kernel, imports are paid for once.

The parent is multiprocessing's fork server: a separate process that has imported the library and
the kernel, has one thread, and does nothing but fork. The workers that run papermill are forked
from it too. Where it is not to be had, kernels are started as usual, which is slower.
"""

import contextlib
import gc
import multiprocessing
import os
import resource
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from jupyter_client.provisioning import LocalProvisioner

from darlington_analysis.core.errors import UsageError
from darlington_analysis.publishing import kernel_launch

_PRELOADED = [
    "darlington_analysis.publishing.pack",
    "darlington_analysis.pages.register",
    "matplotlib.backends.backend_svg",
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "pandas.io.parquet",
    "pyarrow.parquet",
    "darlington_analysis.publishing.preload",  # the last: it uses the others
]
# No thread may live in a process that is to be forked: Arrow's allocator and the linear algebra
# libraries would start some at import. And matplotlib takes its backend when it is imported: here,
# before a kernel could say that figures belong in the notebook.
_BEFORE_IMPORTS = {
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",  # or the debugger, imported early, warns of itself
}
_is_shared = False  # True in a worker that shares the warm parent it was forked from


def start() -> None:
    """Start the warm parent where it does not run yet; a worker has the one it came from."""
    from multiprocessing import forkserver

    os.environ.update(_BEFORE_IMPORTS)
    if not _is_shared:
        tempfile.tempdir = kernel_launch.short_folder()  # multiprocessing puts a socket there
        multiprocessing.get_context("forkserver").set_forkserver_preload(_PRELOADED)
        forkserver.ensure_running()


def share() -> None:
    """Have this worker's kernels forked from the parent that it was forked from itself.

    multiprocessing says that a child reuses its parent's fork server, and starts another all the
    same (https://github.com/python/cpython/issues/86354): a second warm parent for every worker.
    Where a Python keeps the server's address or its key from its children, that is how it stays.
    """
    global _is_shared
    from multiprocessing import forkserver

    server = forkserver._forkserver
    address = getattr(server, "_forkserver_address", None)
    key = getattr(server, "_forkserver_authkey", b"none needed")
    if address and key:
        server.ensure_running, _is_shared = (lambda: None), True


NAME = "darlington-warm"
KERNELS_AT_ONCE = 3
FILES, TASKS = 256, 64  # that a run needs: open files, and further processes and threads
MEMORY = 3 << 30  # bytes of addresses in one process; a worker with its kernel's libraries has two
OBJECTS_BEFORE_A_SEARCH = 100_000  # for rubbish: a pack makes little, and ends soon
EDITION, WARDS = "DARLINGTON_WARM_EDITION", "DARLINGTON_WARM_WARDS"  # what the parent holds
_HERE, _FAILED = "DARLINGTON_WARM_KERNELS", "DARLINGTON_WARM_FAILED"


def is_to_be_had() -> bool:
    """True where processes can be forked from a warm parent: on Linux, unless it failed."""
    can_fork = sys.platform == "linux" and "forkserver" in multiprocessing.get_all_start_methods()
    return can_fork and not os.environ.get(_FAILED)


def warm_up(edition: str = "", wards: Iterable[str] = ()) -> bool:
    """Start the warm parent, so that it gets warm while other work is done; False where none can.

    ``edition`` is the one whose packs are to be made, ``wards`` the codes of their wards: the parent
    loads the table and works out these wards' evidence once, for workers and kernels alike.
    Raises UsageError where the system allows too few files or processes for that.
    """
    refuse_tight_limits()
    if is_to_be_had():
        os.environ |= {EDITION: edition, WARDS: " ".join(wards)}
        try:
            start()
        except OSError:  # no process, no memory or no socket for it: workers are started afresh
            os.environ[_FAILED] = "1"
    return is_to_be_had()


def refuse_tight_limits() -> None:
    """Raise UsageError where too few files may be open, too few processes may be started, or too
    little memory may be used.

    Kernels would otherwise fail in ways that look like a cell without end, or wait for ever.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < FILES:
        soft = FILES if hard == resource.RLIM_INFINITY else min(hard, FILES)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    if soft < FILES:
        raise _too_few(f"{soft} files may be open at once", FILES, "ulimit -n")
    most = resource.getrlimit(resource.RLIMIT_AS)[0]
    if most != resource.RLIM_INFINITY and most < MEMORY:
        raise _too_few(f"{most:,} bytes of memory may be used", MEMORY, "ulimit -v")
    most = resource.getrlimit(resource.RLIMIT_NPROC)[0]
    if most != resource.RLIM_INFINITY and os.geteuid():  # root has no such limit
        left = most - _tasks_of_ours()
        if left < TASKS:
            raise _too_few(f"{max(left, 0)} more processes may be started", TASKS, "ulimit -u")


def _tasks_of_ours() -> int:
    """Return how many processes and threads this user has, where the system says so."""
    number = 0
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if folder.stat().st_uid == os.geteuid():
                number += len(list((folder / "task").iterdir()))
    return number


def _too_few(what: str, wanted: int, command: str) -> UsageError:
    return UsageError(
        f"Only {what}",
        f"Kernels need {wanted:,} or more.",
        f"{command} with a larger number, or the limits of the service",
    )


@contextlib.contextmanager
def pool(orders: int) -> Iterator[ProcessPoolExecutor]:
    """Give the workers that make packs. Where a run is stopped they are ended in what they do.

    What they make lies aside until it is whole, and their kernels end with them.
    """
    workers = _workers(orders)
    try:
        yield workers
    except BaseException:
        workers.shutdown(wait=False, cancel_futures=True)
        for worker in multiprocessing.active_children():
            worker.kill()
        raise
    finally:
        workers.shutdown()


def _workers(orders: int) -> ProcessPoolExecutor:
    """Return workers forked from the warm parent, or else started afresh."""
    if is_to_be_had():
        workers = min(KERNELS_AT_ONCE, orders)
        context = multiprocessing.get_context("forkserver")
        return ProcessPoolExecutor(
            max(1, workers), context, initializer=_use_warm_kernels, initargs=(_our_environment(),)
        )
    workers = min(os.cpu_count() or 1, orders)
    return ProcessPoolExecutor(max(1, workers), multiprocessing.get_context("spawn"))


def engine_here() -> str | None:
    """Return the papermill engine of this process: ours in a warm worker, else papermill's own."""
    return NAME if os.environ.get(_HERE) else None


def cold_worker() -> ProcessPoolExecutor:
    """Return one worker started afresh, whose kernels are started afresh as well."""
    return ProcessPoolExecutor(1, multiprocessing.get_context("spawn"))


class ForkedProcess:
    """A forked kernel with the few ways of ``subprocess.Popen`` that a provisioner uses."""

    stdin = stdout = stderr = None

    def __init__(self, run: Callable, *arguments: Any):
        context = multiprocessing.get_context("forkserver")
        self._process = context.Process(target=run, args=arguments)
        self._process.start()

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    def poll(self) -> int | None:
        """Return the exit code, or None while the process lives."""
        return self._process.exitcode

    def wait(self) -> int | None:
        """Wait for the end of the process, and return its exit code."""
        self._process.join()
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        """Send a signal, to a process that still lives."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End the process at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask the process to end."""
        self.send_signal(signal.SIGTERM)


class WarmProvisioner(LocalProvisioner):
    """Starts a kernel by forking the warm parent in place of starting an interpreter."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any):
        """Fork a kernel for the connection file that ``pre_launch`` wrote."""
        self.process = ForkedProcess(
            run_kernel, self.parent.connection_file, kwargs.get("cwd"), kwargs.get("env") or {}
        )
        self.pid, self.pgid = self.process.pid, None
        return self.connection_info


def run_kernel(connection_file: str, folder: str | None, environment: dict[str, str]) -> None:
    """Be a kernel until asked to stop; never outlive the worker that asked for it."""
    _end_with_the_one_who_asked()
    os.environ.update(environment)
    if folder:
        os.chdir(folder)
    gc.set_threshold(OBJECTS_BEFORE_A_SEARCH)
    kernel_launch.launch(
        [
            "-f",
            connection_file,
            # With a parent to watch, the kernel does not print how to quit it.
            f"--IPKernelApp.parent_handle={os.getppid()}",
        ]
    )


def _end_with_the_one_who_asked() -> None:
    """End this process when the one that asked for it ends, however that happens.

    Both are children of the fork server, so the system tells neither of the other's end.
    """

    def wait() -> None:
        multiprocessing.parent_process().join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def _our_environment() -> dict[str, str]:
    """Return this library's variables as they are now: the warm parent may be older than they are,
    and a process forked from it would work on the project that was named when the parent began.
    """
    return {name: value for name, value in os.environ.items() if name.startswith("DARLINGTON_")}


def _use_warm_kernels(environment: dict[str, str]) -> None:
    _end_with_the_one_who_asked()
    share()
    os.environ.update(environment)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the run itself hears it, and ends its workers
    os.environ[_HERE] = "1"
    gc.set_threshold(OBJECTS_BEFORE_A_SEARCH)
