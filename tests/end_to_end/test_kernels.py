"""A kernel forked from the warm parent is timed out, interrupted and lost as any other is."""

import os
import signal
import subprocess
import sys
import time

import nbformat
import papermill
import pytest
from jupyter_client.manager import start_new_kernel
from jupyter_client.provisioning import KernelProvisionerFactory

from darlington_analysis.core.project import Project
from darlington_analysis.publishing import kernels, run_notebook
from darlington_analysis.publishing import kernels as kernel_pool
from tests.support.projects import ROOT
from tests.support.shared import copied

pytestmark = pytest.mark.skipif(
    not kernel_pool.is_to_be_had(), reason="no fork server on this system"
)


def executed(folder, source, **how):
    """Run one cell in a forked kernel, as papermill does, and return the notebook it left."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    nbformat.write(notebook, folder / "ask.ipynb")
    papermill.execute_notebook(
        str(folder / "ask.ipynb"),
        str(folder / "out.ipynb"),
        engine_name=kernel_pool.NAME,
        kernel_name="python3",
        progress_bar=False,
        **how,
    )


def test_a_cell_without_end_is_stopped_at_its_time(tmp_path):
    """nbclient's timeout ends a forked kernel, and the kernel's process with it."""
    source = f"import os, time; open({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid()))\n"
    with pytest.raises((TimeoutError, papermill.PapermillExecutionError)):
        executed(tmp_path, source + "while True: time.sleep(0.1)", execution_timeout=3)
    assert is_gone(int((tmp_path / "pid").read_text()))


def test_a_kernel_that_dies_is_told_of(tmp_path):
    """A cell that ends its own process is an error, not a wait without end."""
    with pytest.raises(RuntimeError, match="[Kk]ernel died"):
        executed(tmp_path, "import os; os._exit(9)")


def test_an_interrupt_ends_the_cell_and_not_the_kernel(monkeypatch):
    """KeyboardInterrupt in the cell; the next cell still has what the one before it set."""
    monkeypatch.setattr(
        KernelProvisionerFactory.instance(), "default_provisioner_name", kernel_pool.NAME
    )
    kernels.start()
    manager, client = start_new_kernel(kernel_name="python3")
    try:
        assert isinstance(manager.provisioner, kernel_pool.WarmProvisioner)
        # A kernel refuses what is queued behind an error unless it is asked not to, and whether the
        # next cell arrives in time to be refused is chance.
        asked = client.execute("kept = 5\nprint(kept)\nwhile True: pass", stop_on_error=False)
        while client.get_iopub_msg(timeout=60)["msg_type"] != "stream":
            pass  # the cell is at work once it has printed
        manager.interrupt_kernel()
        reply = client.get_shell_msg(timeout=30)
        assert (asked, "KeyboardInterrupt") == (
            reply["parent_header"]["msg_id"],
            reply["content"]["ename"],
        )
        client.execute("assert kept == 5")
        assert "ok" == client.get_shell_msg(timeout=30)["content"]["status"]
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


@pytest.fixture
def hostile(tmp_path, monkeypatch):
    """Return a folder of notebooks with planted modules, and what each planted file would make.

    The user's profile, its startup files and Python's own startup file are hostile as well.
    """
    ran = tmp_path / "ran"
    lines = f"open({str(ran)!r}, 'a').write(__file__)\n"
    profile = tmp_path / "ipython/profile_default"
    for path in (
        tmp_path / "notebooks/wave.py",
        tmp_path / "notebooks/only_planted.py",
        tmp_path / "notebooks/sitecustomize.py",
        profile / "startup/00-first.py",
        profile / "ipython_kernel_config.py",
        profile / "ipython_config.py",
        tmp_path / "startup.py",
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(lines, "utf-8")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.setenv("PYTHONSTARTUP", str(tmp_path / "startup.py"))
    monkeypatch.setenv(
        "PYTHONPATH", os.pathsep.join(("", "."))
    )  # as “export PYTHONPATH=$X:.” makes it
    return tmp_path / "notebooks", ran


@pytest.mark.parametrize("workers", [lambda: kernel_pool.pool(1), kernel_pool.cold_worker])
def test_nothing_of_the_user_s_profile_or_folder_runs_in_a_kernel(hostile, workers):
    """Warm and cold: no startup file, no configuration, no module that lies beside the notebook."""
    folder, ran = hostile
    source = "import importlib.util, wave\nprint(wave.__file__)\n"
    source += "print(importlib.util.find_spec('only_planted'), In[0] == '')"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "", "language": "python"}
    nbformat.write(notebook, folder / "ask.ipynb")
    with workers() as pool:
        asked = pool.submit(run_notebook.execute, folder / "ask.ipynb", folder / "out.ipynb", {})
        said = asked.result().cells[0].outputs[0].text
    assert str(folder) not in said
    assert "None True" == said.splitlines()[1]
    assert not ran.exists()


def test_no_command_takes_a_module_from_the_working_folder(tmp_path):
    """`python -m` looks there first; a planted module would run with the caller's rights."""
    for name in ("argparse", "tomllib", "pydantic"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')", "utf-8")
    command = [sys.executable, "-m", "darlington_analysis", "wards"]
    told = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, env=environment(Project(ROOT))
    )
    assert (0, 20) == (told.returncode, len(told.stdout.splitlines())), told.stderr
    assert not (tmp_path / "ran").exists()


@pytest.fixture(scope="module")
def town(shared, tmp_path_factory):
    """Return a project with processed data."""
    return copied(shared.processed(), tmp_path_factory.mktemp("kernels") / "town")


def environment(project):
    """Return the environment of a command on a project."""
    return {**os.environ, "DARLINGTON_PROJECT": str(project.root)}


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_no_process_outlives_a_run_that_is_stopped(town, how):
    """Stopped while a kernel is at work, by a machine or a person: 130, and nothing is left.

    What is in flight is ended first, which on a busy machine takes a while; nothing is published.
    """
    command = [sys.executable, "-m", "darlington_analysis", "packs", "--force", "--ward", "Mowden"]
    stopped = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(town),
        start_new_session=True,
        # A shell that starts these tests in its background has them ignore SIGINT, and so this too.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    # Itself, Python's tracker of resources, the warm parent, a worker, a kernel.
    wait_for(lambda: len(members(stopped.pid)) >= 5, 180)
    assert stopped.poll() is None
    os.kill(stopped.pid, how)
    _, said = stopped.communicate(timeout=300)
    assert (130, "Stopped. What was published before is as it was.") == (
        stopped.returncode,
        said.strip().splitlines()[-1],
    )
    wait_for(lambda: not members(stopped.pid), 60)
    assert [] == members(stopped.pid)
    assert not (town.reports / "2011").exists()
    assert not list(town.reports.glob(".*"))


def wait_for(is_so, seconds):
    """Wait until something is so, or for so many seconds."""
    deadline = time.monotonic() + seconds
    while not is_so() and time.monotonic() < deadline:
        time.sleep(0.2)


def members(session):
    """Return the living processes of a session."""
    listed = subprocess.run(
        ["ps", "-o", "pid=,stat=", "-s", str(session)], capture_output=True, text=True
    )
    return [line for line in listed.stdout.splitlines() if line.split()[1][0] != "Z"]


def is_gone(pid):
    """Return whether a process ends within half a minute."""

    def ended():
        listed = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True)
        return listed.stdout.strip()[:1] in (b"", b"Z")

    wait_for(ended, 30)
    return ended()
