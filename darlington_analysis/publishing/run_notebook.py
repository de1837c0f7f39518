"""One notebook run through papermill: parameters checked first, noise taken out afterwards."""

import contextlib
import io
import os
import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
import papermill
from nbformat import NotebookNode
from traitlets.config import Config

from darlington_analysis.core.errors import DISK, PackFailedError, StorageError, UsageError
from darlington_analysis.publishing import kernel_launch, kernels

CELL_SECONDS = 300
MOST_BYTES = 20_000_000  # of a notebook with its results; a pack's has about 330,000
START_SECONDS = 120


def check_parameters(notebook: Path, wanted: set[str], *, may_have_others: bool = False) -> None:
    """Raise UsageError unless the notebook's parameters are exactly the ones it will be given.

    Where it ``may_have_others``, those keep what the notebook itself says.
    papermill runs a notebook it cannot fill, and publishes the default ward under another's name.
    """
    if not notebook.is_file():
        raise UsageError(
            f"There is no notebook notebooks/{notebook.name}",
            "The pack is made from it.",
            f"git checkout notebooks/{notebook.name}",
        )
    try:
        with contextlib.redirect_stderr(io.StringIO()):
            nbformat.validate(nbformat.read(notebook, as_version=4))
            parameters = set(papermill.inspect_notebook(_literal(notebook)))
    except Exception as fault:
        raise UsageError(
            f"notebooks/{notebook.name} can't be read as a notebook",
            "A notebook of format 4 with one cell tagged “parameters”.",
            f"git checkout notebooks/{notebook.name}",
        ) from fault
    if not (wanted <= parameters if may_have_others else wanted == parameters):
        raise UsageError(
            f"notebooks/{notebook.name} has the parameters {_listed(parameters)}",
            f"It is given {_listed(wanted)}: one that does not match would be ignored unseen.",
            "put them in the cell tagged “parameters”, spelled so",
        )


def execute(notebook: Path, output: Path, parameters: dict[str, str]) -> NotebookNode:
    """Run a notebook with its parameters and return it; ``output`` keeps what was reached.

    Raises PackFailedError, naming the cell's error.
    """
    sockets = kernel_launch.socket_folder()
    private = Config({"KernelManager": {"transport": "ipc", "ip": f"{sockets.name}/k"}})
    try:
        with _environment(
            # The kernel manager looks for kernels there first, and takes this from nowhere else.
            JUPYTER_PATH=kernel_launch.write_spec(Path(sockets.name)),
            IPYTHONDIR=f"{sockets.name}/ipython",  # an empty profile, whatever the user's is
            PYTHONPATH=kernel_launch.fixed_python_path(),
        ):
            papermill.execute_notebook(
                _literal(notebook),
                _literal(output),
                parameters,
                engine_name=kernels.engine_here(),
                cwd=str(notebook.parent),
                progress_bar=False,
                log_output=False,
                start_timeout=START_SECONDS,
                execution_timeout=CELL_SECONDS,
                request_save_on_cell_execute=False,
                shutdown_kernel="immediate",
                config=private,
            )
    except papermill.PapermillExecutionError as fault:
        raise _failed(notebook, f"{fault.ename}: {fault.evalue}", output) from fault
    except (RuntimeError, TimeoutError) as fault:  # a kernel that died, or a cell without end
        raise _failed(notebook, f"{type(fault).__name__}: {fault}", output) from fault
    finally:
        sockets.cleanup()
    _refuse_large(notebook, output)
    executed = without_noise(nbformat.read(output, as_version=4))
    nbformat.write(executed, output)
    return executed


def _literal(path: Path) -> str:
    """Return a path as papermill takes it: braces would be filled in with parameters."""
    return str(path).replace("{", "{{").replace("}", "}}")


@contextlib.contextmanager
def _environment(**changed: str) -> Iterator[None]:
    """Change variables of this process, which a kernel that it starts inherits, for a while."""
    before = {name: os.environ.get(name) for name in changed}
    os.environ.update(changed)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


def _refuse_large(notebook: Path, output: Path) -> None:
    size = output.stat().st_size
    if size > MOST_BYTES:
        raise PackFailedError(
            f"notebooks/{notebook.name} printed {size:,} bytes",
            f"At most {MOST_BYTES:,} bytes with all results: a page that a phone can open.",
            "show less in its cells",
        )


def refuse_full_disk(message: str) -> None:
    """Raise StorageError where a cell ended for want of a disk; ``message`` is what it said."""
    number = re.match(r"\w+: \[Errno (\d+)\]", message)
    if number and int(number[1]) in DISK:
        raise StorageError.of(OSError(int(number[1]), message))


def without_noise(notebook: NotebookNode) -> NotebookNode:
    """Return a notebook without times, paths and random ids: the same run, the same bytes."""
    notebook.metadata.pop("papermill", None)
    for number, cell in enumerate(notebook.cells):
        tags = cell.metadata.get("tags", [])
        cell.metadata.clear()
        if tags:
            cell.metadata["tags"] = tags
        cell["id"] = f"cell-{number}"
    return notebook


def _listed(names: set[str]) -> str:
    return ", ".join(sorted(names)) or "none"


def _failed(notebook: Path, problem: str, output: Path) -> PackFailedError:
    refuse_full_disk(problem)
    first = problem.strip().splitlines()[0][:300]
    return PackFailedError(
        f"notebooks/{notebook.name} stopped: {first}",
        "Every cell runs to its end.",
        "open the notebook in JupyterLab with these parameters, and run it cell by cell",
    )
