"""Nobody is there: a ward fails, one at its first try, and an edition is verified elsewhere."""

import contextlib
import importlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time

import nbformat
import pytest

from darlington_analysis.publishing import formats
from tests.support import surroundings
from tests.support.projects import ROOT, copy_project
from tests.support.shared import copied

MOWDEN, BANK_TOP = "E05001570", "E05001553"
FAILS = f"""
import pathlib
if ward == "{MOWDEN}":
    raise ValueError(str(pathlib.Path("here").resolve()) + " cannot be shown")
import multiprocessing, os
path = pathlib.Path(os.environ["TRIED"])
with path.open("a") as tried:
    tried.write("forked\\n" if multiprocessing.parent_process() else "cold\\n")
if path.read_text() == "forked\\n":
    os._exit(1)
"""


def run(project, *arguments, **environment):
    """Run a command of the project as a person would, and return what it said."""
    command = [sys.executable, "-m", "darlington_analysis", *arguments]
    own = {**os.environ, "DARLINGTON_PROJECT": str(project.root), **environment}
    return subprocess.run(command, env=own, capture_output=True, text=True, timeout=900)


@pytest.fixture(scope="module")
def town(shared, tmp_path_factory):
    """Return a project in which Mowden's pack is made, and one more."""
    return copied(shared.published("2011"), tmp_path_factory.mktemp("unattended") / "town")


def has(*packages) -> bool:
    """Return whether packages can be used here; what one draws with may be missing."""
    try:
        return all(importlib.import_module(each) for each in packages)
    except (ImportError, OSError):
        return False


ASKS = """import datetime, locale, os, sys, time, darlington_analysis
locale.setlocale(locale.LC_ALL, "")
touched = datetime.datetime.fromtimestamp(os.stat(sys.argv[1]).st_mtime)
print(time.time() - touched.timestamp() > 365 * 86_400, datetime.datetime.now().year - touched.year,
      time.tzname[0], locale.getpreferredencoding(), f"{1.5:n}", darlington_analysis.__file__)"""


@pytest.fixture(scope="module")
def clone(town, tmp_path_factory):
    """Return a second clone: code and raw files, and Mowden's pack in every format."""
    other = copy_project(tmp_path_factory.mktemp("elsewhere") / "clone of it")
    package = other.root / "darlington_analysis"
    shutil.copytree(ROOT / package.name, package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(town.reports, other.reports)
    shutil.copytree(town.processed, other.processed)
    kinds = list(formats.KINDS) if has("weasyprint", "gptables") else ["text", "analyst"]
    told = run(other, "formats", "--ward", "Mowden", *(f"--as={kind}" for kind in kinds))
    assert 0 == told.returncode, told.stderr
    shutil.rmtree(other.processed)
    return other


def test_an_edition_is_verified_in_a_second_clone_with_other_surroundings(clone, tmp_path):
    """Another folder, clock, time zone, locale, user and home, and code of its own: the same."""
    project = clone
    other = surroundings.others(tmp_path) | {"PYTHONPATH": str(project.root)}
    (tmp_path / "now").touch()
    asked = subprocess.run(
        [sys.executable, "-c", ASKS, str(tmp_path / "now")],
        cwd=project.root,
        env={**os.environ, **other},
        capture_output=True,
        text=True,
    )
    if "LD_PRELOAD" in other:
        assert asked.stdout.startswith(f"True {surroundings.YEARS} +14 "), asked.stderr
    if "LOCPATH" in other:
        assert " ISO-8859-1 1,5 " in asked.stdout
    assert asked.stdout.strip().endswith(f"{project.root}/darlington_analysis/__init__.py")
    before = {path: path.read_bytes() for path in project.reports.rglob("*.*")}
    said = run(project, "verify", "2011", **other)
    assert 0 == said.returncode, said.stderr
    assert f"reports/2011: {len(before)} files are what they would be" in said.stdout
    assert before == {path: path.read_bytes() for path in project.reports.rglob("*.*")}


def test_packs_are_made_where_the_standard_streams_are_closed(town):
    """A scheduler may close them; no kernel starts without them, and what is printed goes nowhere."""
    page = next(town.reports.glob(f"2011/{MOWDEN}*/evidence-pack.html"))
    before, made = page.read_bytes(), page.stat().st_mtime_ns
    words = "-m darlington_analysis packs --force --edition 2011 --ward Mowden"
    command = f'exec "$0" {words} <&- >&- 2>&-'
    own = {**os.environ, "DARLINGTON_PROJECT": str(town.root)}
    said = subprocess.run(["sh", "-c", command, sys.executable], env=own, timeout=900)
    assert 0 == said.returncode
    assert page.stat().st_mtime_ns > made
    assert before == page.read_bytes()


def test_where_nothing_can_be_forked_a_run_says_so_and_the_packs_are_the_same(town):
    """Kernels are started one by one, in a pool of processes: slower, to the byte the same."""
    folder = town.reports / f"2011/{MOWDEN}-mowden"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    said = run(town, "packs", "--force", "--ward", "Mowden", DARLINGTON_WARM_FAILED="1")
    assert 0 == said.returncode, said.stderr
    assert "Nothing can be forked here: kernels are started one by one" in said.stdout
    assert f"{MOWDEN} made" in said.stdout
    assert before == {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_worker_of_a_cluster_is_lost_and_the_packs_are_the_same(town, tmp_path, monkeypatch):
    """A Dask scheduler and two workers, one of them killed while both make a pack."""
    distributed = pytest.importorskip("distributed", reason="the extra “cluster” is not installed")
    pytest.importorskip("cryptography", reason="the extra “cluster” is not installed")
    import dask

    folder = town.reports / f"2011/{MOWDEN}-mowden"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    told = tmp_path / "scheduler.json"
    tls = certificates(tmp_path)
    for name, value in tls.items():
        monkeypatch.setenv(f"DASK_DISTRIBUTED__COMM__{name}", value)
    with (
        started(
            "distributed.cli.dask_scheduler",
            told,
            tmp_path / "s",
            "--port",
            "0",
            "--no-dashboard",
            "--host",
            "tls://127.0.0.1",
        ),
        started("distributed.cli.dask_worker", told, tmp_path / "one") as one,
        started("distributed.cli.dask_worker", told, tmp_path / "two"),
    ):
        settings = {
            f"distributed.comm.{name.lower().replace('__', '.').replace('_', '-')}": value
            for name, value in tls.items()
        }
        with dask.config.set(settings):
            client = distributed.Client(scheduler_file=str(told), timeout=60)
        client.wait_for_workers(2, timeout=60)
        address = client.scheduler.address
        making = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "darlington_analysis",
                "packs",
                "--force",
                "--ward",
                "Mowden",
                "--ward",
                "Bank Top",
                "--scheduler",
                address,
            ],
            env={**os.environ, "DARLINGTON_PROJECT": str(town.root)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        deadline = time.monotonic() + 300
        while time.monotonic() < deadline and not all(client.processing().values()):
            time.sleep(0.1)
        os.kill(one.pid, signal.SIGKILL)
        out, err = making.communicate(timeout=600)
        assert 1 == len(client.scheduler_info()["workers"])
        client.close()
    assert 0 == making.returncode, err
    assert "2011 edition: 2 packs made, 0 left as they were, 0 failed." in out
    assert before == {path.name: path.read_bytes() for path in folder.iterdir()}


def test_nobody_at_the_scheduler_s_address_is_a_mistake_in_three_lines(town):
    """Nothing is made, and the way to start one is told."""
    pytest.importorskip("distributed", reason="the extra “cluster” is not installed")
    to_nobody = ("--scheduler", "tcp://127.0.0.1:9", "--without-tls")
    said = run(town, "packs", *to_nobody, "--ward", "College")
    assert (2, 3) == (said.returncode, len(said.stderr.strip().splitlines())), said.stderr
    assert not list(town.reports.glob("2011/*college"))


def certificates(folder) -> dict[str, str]:
    """Return Dask's settings for a key and a certificate that lie in a folder."""
    from distributed.security import Security

    made = Security.temporary()
    names = {"ca.pem": made.tls_ca_file, "key.pem": made.tls_client_key}
    for name, content in names.items():
        (folder / name).write_text(content, "utf-8")
    ca, key = (str(folder / name) for name in names)
    sides = {
        f"TLS__{side}__{what}": path
        for side in ("CLIENT", "SCHEDULER", "WORKER")
        for what, path in (("CERT", ca), ("KEY", key))
    }
    return {"REQUIRE_ENCRYPTION": "true", "TLS__CA_FILE": ca, **sides}


@contextlib.contextmanager
def started(module, told, folder, *more):
    """Start one of Dask's commands, and end it however the test ends."""
    if "worker" in module:
        more = ("--no-nanny", "--nthreads", "1", "--local-directory", str(folder))
    command = [sys.executable, "-m", module, "--scheduler-file", str(told), *more]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def test_a_ward_that_fails_stops_no_other_and_is_tried_again_in_the_cold(town):
    """One fails twice and keeps its pack; one loses its kernel once and is made all the same."""
    folder = town.reports / f"2011/{MOWDEN}-mowden"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    path = town.notebooks / "02-ward-evidence-pack.ipynb"
    notebook = nbformat.read(path, as_version=4)
    cell = next(each for each in notebook.cells if "pages.enable()" in each.source)
    cell.source = FAILS + cell.source
    nbformat.write(notebook, path)
    tried = town.root / "tried"
    said = run(town, "packs", "--ward", "Mowden", "--ward", "Bank Top", TRIED=str(tried))
    assert 13 == said.returncode, said.stderr
    assert before == {path.name: path.read_bytes() for path in folder.iterdir()}
    assert ["forked", "cold"] == tried.read_text().split()
    assert (town.reports / f"2011/{BANK_TOP}-bank-top/manifest.json").is_file()
    index = (town.reports / "2011/index.html").read_text("utf-8")
    assert "could not be made: notebooks/02-ward-evidence-pack.ipynb stopped" in index
    assert "ValueError: notebooks/here cannot be shown" in index
    for line in (
        "FAILED: Mowden (E05001570), tried twice; the pack from before stays.",
        "Bank Top (E05001553) was made at the second try",
        "  changed: notebooks/02-ward-evidence-pack.ipynb",
    ):
        assert line in said.stdout
    assert "  Bank Top: " not in said.stdout  # a first pack has not changed
    record = (town.runs / "record.jsonl").read_text("utf-8").splitlines()
    *packs, end = [json.loads(line) for line in record][-3:]
    assert {(MOWDEN, "failed", 2), (BANK_TOP, "made", 2)} == {
        (each["ward"], each["state"], each["tries"]) for each in packs
    }
    assert (13, 1, 1) == (end["exit_code"], end["made"], end["failed"])
    assert ["changed notebooks/02-ward-evidence-pack.ipynb"] == end["because"]
