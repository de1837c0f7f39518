"""Kernels forked from a warm parent say what kernels started anew say, and leave nothing behind."""

import functools
import os
import re
import signal
import subprocess
import sys
import time

import nbformat
import pytest

from darlington_analysis.publishing import kernels, run_notebook
from darlington_analysis.publishing import kernels as kernel_pool
from tests.support.projects import ROOT
from tests.support.shared import copied

NOTEBOOKS = {
    "00-start-here": {},
    "01-data-quality": {"edition": "2011"},
    "02-ward-evidence-pack": {"ward": "E05001557", "edition": "2011"},
    "03-borough-overview": {"edition": "2011"},
    "04-explore": {"edition": "2011"},
    "05-support": {"edition": "2011"},
    "06-performance-review": {"partnership": "Central Community Partnership", "edition": "2011"},
    "07-compare": {"edition": "2011"},
}
pytestmark = pytest.mark.skipif(
    not kernel_pool.is_to_be_had(), reason="no fork server on this system"
)


@pytest.fixture(scope="module")
def town(shared, tmp_path_factory):
    """Return a project with processed data, which kernels find through the environment."""
    project = copied(shared.processed(), tmp_path_factory.mktemp("warm") / "town")
    before = dict(os.environ)
    os.environ["DARLINGTON_PROJECT"] = str(project.root)
    yield project
    os.environ.clear()
    os.environ.update(before)


def executed(name, folder):
    """Run a notebook into a folder, and return it as text; called in and out of warm workers.

    A control's number is drawn anew each time it is made, by ipywidgets itself, and orders what is
    kept of all controls: here it is left out, and they are in the order of their contents.
    """
    output = folder / f"{name}.ipynb"
    run_notebook.execute(ROOT / f"notebooks/{name}.ipynb", output, NOTEBOOKS[name])
    text = re.sub(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])", "a control", output.read_text("utf-8"))
    states = re.compile(r'"a control": (\{.*?\n {6}\})', re.DOTALL)
    return states.sub("", text) + "\n".join(sorted(states.findall(text)))


@pytest.fixture(scope="module")
def forked(town, tmp_path_factory):
    """Return what a notebook is as text after a forked kernel ran it, and where it lies: once."""
    folder = tmp_path_factory.mktemp("forked")

    @functools.cache
    def of(name):
        with kernel_pool.pool(1) as pool:
            return pool.submit(executed, name, folder).result(), folder / f"{name}.ipynb"

    return of


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_forked_kernel_gives_the_same_notebook_to_the_byte(forked, tmp_path, name):
    """Every output of every notebook is the one that plain papermill gives."""
    text, path = forked(name)
    assert executed(name, tmp_path) == text
    assert any(cell.get("outputs") for cell in nbformat.read(path, as_version=4).cells)


def test_a_pack_says_what_papermill_s_own_command_makes_it_say(forked, tmp_path):
    """`papermill` as anybody calls it, from any folder: the same outputs, cell by cell."""
    notebook = ROOT / "notebooks/02-ward-evidence-pack.ipynb"
    asked = [word for pair in NOTEBOOKS[notebook.stem].items() for word in ("-r", *pair)]
    command = [sys.executable, "-m", "papermill", str(notebook), "bare.ipynb", *asked]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    bare, ours = (
        [cell.get("outputs") for cell in nbformat.read(path, as_version=4).cells]
        for path in (tmp_path / "bare.ipynb", forked(notebook.stem)[1])
    )
    assert bare == ours
    texts = [
        output.data["text/plain"]
        for cell in bare
        for output in cell or []
        if "text/plain" in output.get("data", {})
    ]
    assert texts[0].startswith("College (E05001557), 2011 edition")


def test_every_notebook_is_compared():
    """A notebook that is new is compared too, or this says so."""
    assert {path.stem for path in (ROOT / "notebooks").glob("*.ipynb")} == set(NOTEBOOKS)


def test_every_worker_shares_the_one_warm_parent(town, tmp_path):
    """Kernels of all workers are forked by the process that the workers were forked from.

    multiprocessing would start another fork server in each worker, which has to get warm first.
    """
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [
        nbformat.v4.new_code_cell("", metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell("import os; print(os.getppid())"),
    ]
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(notebook, tmp_path / "ask.ipynb")
    with kernel_pool.pool(2) as pool:
        told = [pool.submit(parents, tmp_path, name) for name in ("one", "two")]
        found = [each.result() for each in told]
    assert 1 == len({parent for pair in found for parent in pair}), found


def parents(folder, name):
    """Return the parent of this process and of a kernel of its own; called in a worker."""
    made = run_notebook.execute(folder / "ask.ipynb", folder / f"{name}.ipynb", {})
    return os.getppid(), int(made.cells[-1].outputs[0].text)


def test_plain_papermill_knows_the_engine(town, tmp_path):
    """`papermill --engine darlington-warm` runs a notebook in a kernel that was forked."""
    notebook = nbformat.v4.new_notebook()
    asked = "import multiprocessing; print(multiprocessing.parent_process() is not None)"
    notebook.cells = [nbformat.v4.new_code_cell(asked)]
    nbformat.write(notebook, tmp_path / "ask.ipynb")
    said = []
    for engine in ([], ["--engine", "darlington-warm"]):
        command = [sys.executable, "-m", "papermill", "ask.ipynb", "out.ipynb", "-k", "python3"]
        subprocess.run([*command, *engine], cwd=tmp_path, check=True, capture_output=True)
        said.append(nbformat.read(tmp_path / "out.ipynb", as_version=4).cells[-1].outputs[0].text)
    assert ["False\n", "True\n"] == said


def test_kernels_do_not_outlive_a_run_that_is_killed(town):
    """Killed with SIGKILL in the midst of its packs, a run leaves no process behind."""
    command = [sys.executable, "-m", "darlington_analysis", "packs", "--force"]
    killed = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
    )
    killed.stdout.readline()  # the data are processed: workers and kernels come next
    time.sleep(8)
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait()
    deadline = time.monotonic() + 60
    while members(killed.pid) and time.monotonic() < deadline:
        time.sleep(0.5)
    assert [] == members(killed.pid)


def members(session):
    """Return the living processes of a session."""
    listed = subprocess.run(
        ["ps", "-o", "pid=,stat=", "-s", str(session)], capture_output=True, text=True
    )
    return [line for line in listed.stdout.splitlines() if line.split()[1][0] != "Z"]


def test_without_a_fork_server_packs_are_made_all_the_same(town, monkeypatch):
    """Where nothing can be forked from a warm parent, workers are started anew."""
    monkeypatch.setattr(kernel_pool, "is_to_be_had", lambda: False)
    kernel_pool.warm_up()
    with kernel_pool.pool(2) as pool:
        assert "spawn" == pool._mp_context.get_start_method()
        assert 4 == pool.submit(abs, -4).result()


def test_a_warm_parent_that_does_not_start_is_done_without(monkeypatch):
    """No memory for it: the same workers as where nothing can be forked, and the run can say so."""
    monkeypatch.setenv("DARLINGTON_WARM_FAILED", "")

    def fail():
        raise OSError("no more processes")

    monkeypatch.setattr(kernels, "start", fail)
    assert kernel_pool.warm_up() is False
    with kernel_pool.pool(1) as pool:
        assert "spawn" == pool._mp_context.get_start_method()


def test_the_warm_parent_has_one_thread_and_holds_the_edition(town):
    """A thread that lived in it would be missing in every kernel forked from it."""
    script = (
        "import os, time; from multiprocessing import forkserver as f;"
        "from darlington_analysis.publishing import kernels;"
        "from tests.end_to_end.test_warm import held;"
        "kernels.warm_up('2011')\nwith kernels.pool(1) as pool: print(pool.submit(held).result(),"
        "len(os.listdir(f'/proc/{f._forkserver._forkserver_pid}/task')))"
    )
    said = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
    assert "1 1" == said.stdout.strip(), said.stderr


def held():
    """Return how many tables this process holds; called in a worker."""
    from darlington_analysis.evidence import table

    return len(table._HELD)
