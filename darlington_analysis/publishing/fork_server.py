"""The one warm parent: multiprocessing's fork server, told what to import; its workers share it."""

import multiprocessing
import os
import tempfile

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
# libraries would start some at import.
_ONE_THREAD = {
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

    os.environ.update(_ONE_THREAD)
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
