"""Nobody is there: a ward fails, one at its first try, and an edition is verified elsewhere."""

import json
import os
import shutil
import subprocess
import sys

import nbformat
import pytest

from tests.conftest import copy_project

MOWDEN, BANK_TOP = "E05001570", "E05001553"
FAILS = f"""
import pathlib
if ward == "{MOWDEN}":
    raise ValueError("this ward cannot be shown")
if not pathlib.Path("tried").exists():
    pathlib.Path("tried").touch()
    import os
    os._exit(1)
"""
# Another clock: three years on, for whatever asks Python for the time.
CLOCK = "import time\n_now = time.time\ntime.time = lambda: _now() + 94_672_800\n"


def run(project, *arguments, **environment):
    """Run a command of the project as a person would, and return what it said."""
    command = [sys.executable, "-m", "darlington_analysis", *arguments]
    own = {**os.environ, "DARLINGTON_PROJECT": str(project.root), **environment}
    return subprocess.run(command, env=own, capture_output=True, text=True, timeout=900)


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """Return a project in which Mowden's pack is made."""
    project = copy_project(tmp_path_factory.mktemp("unattended") / "town")
    said = run(project, "packs", "--ward", "Mowden")
    assert 0 == said.returncode, said.stderr
    return project


def test_an_edition_is_verified_in_a_second_clone_with_other_surroundings(town, tmp_path):
    """Another folder, clock, time zone, locale, user and home: the same bytes."""
    clone = copy_project(tmp_path / "elsewhere" / "clone of it")
    shutil.copytree(town.reports, clone.reports)
    before = {path: path.read_bytes() for path in clone.reports.rglob("*.*")}
    (tmp_path / "site").mkdir()
    (tmp_path / "site/sitecustomize.py").write_text(CLOCK, "utf-8")
    (tmp_path / "home").mkdir()
    other = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C", "USER": "somebody",
             "LOGNAME": "somebody", "HOME": str(tmp_path / "home"), "PYTHONHASHSEED": "7",
             "PYTHONPATH": str(tmp_path / "site")}  # fmt: skip
    said = run(clone, "verify", "2011", **other)
    assert 0 == said.returncode, said.stderr
    assert "reports/2011: 7 files are what they would be" in said.stdout
    assert before == {path: path.read_bytes() for path in clone.reports.rglob("*.*")}


def test_a_ward_that_fails_stops_no_other_and_is_tried_again_in_the_cold(town):
    """One fails twice and keeps its pack; one loses its kernel once and is made all the same."""
    folder = town.reports / f"2011/{MOWDEN}-mowden"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    path = town.notebooks / "02-ward-evidence-pack.ipynb"
    notebook = nbformat.read(path, as_version=4)
    cell = next(each for each in notebook.cells if "presentation.enable()" in each.source)
    cell.source = FAILS + cell.source
    nbformat.write(notebook, path)
    said = run(town, "packs", "--ward", "Mowden", "--ward", "Bank Top")
    assert 13 == said.returncode, said.stderr
    assert before == {path.name: path.read_bytes() for path in folder.iterdir()}
    assert (town.reports / f"2011/{BANK_TOP}-bank-top/manifest.json").is_file()
    index = (town.reports / "2011/index.html").read_text("utf-8")
    assert "could not be made: notebooks/02-ward-evidence-pack.ipynb stopped" in index
    for line in ("FAILED: Mowden (E05001570), tried twice; the pack from before stays.",
                 "Bank Top (E05001553) was made at the second try",
                 "  changed: notebooks/02-ward-evidence-pack.ipynb"):  # fmt: skip
        assert line in said.stdout
    record = (town.runs / "record.jsonl").read_text("utf-8").splitlines()
    *packs, end = [json.loads(line) for line in record][-3:]
    assert {(MOWDEN, "failed", 2), (BANK_TOP, "made", 2)} == {
        (each["ward"], each["state"], each["tries"]) for each in packs
    }
    assert (13, 1, 1) == (end["exit_code"], end["made"], end["failed"])
