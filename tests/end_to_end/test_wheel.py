"""The built package works by itself: installed elsewhere, with no checkout near it."""

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from darlington_analysis.core import fingerprints
from darlington_analysis.core.project import Project
from tests.support import councils
from tests.support.projects import ROOT

pytest.importorskip("hatchling", reason="the extra “build” is not installed")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Return the wheel, built as an index would be given it."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def town(wheel, tmp_path_factory):
    """Return the invented council's project, made by the installed wheel, and a way to run it.

    The virtual environment has the wheel, and of the tests' own only the other packages: what is
    tested is that the wheel holds all that it needs.
    """
    folder = tmp_path_factory.mktemp("elsewhere")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "venv"], check=True)
    python = folder / "venv/bin/python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    subprocess.run([*pip, "--no-deps", "--no-index", str(wheel)], check=True)
    packages = next((folder / "venv/lib").glob("python*/site-packages"))
    (packages / "others.pth").write_text(sysconfig.get_paths()["purelib"] + "\n", "utf-8")
    own = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    own.pop("DARLINGTON_PROJECT", None)

    def run(where: Path, *words: str) -> subprocess.CompletedProcess:
        command = [str(folder / "venv/bin/darlington"), *words]
        return subprocess.run(command, cwd=where, env=own, capture_output=True, text=True)

    ran = run(folder, "init", "town")
    assert 0 == ran.returncode, ran.stderr
    found = subprocess.run(
        [str(python), "-c", "import darlington_analysis; print(darlington_analysis.__file__)"],
        cwd=folder,
        env=own,
        capture_output=True,
        text=True,
    )
    assert found.stdout.startswith(str(packages))
    return Project(folder / "town"), run


def test_the_wheel_holds_what_the_library_reads_and_nothing_besides(wheel):
    """Styles, templates, registers and lists; no results of notebooks, no tests, no raw data."""
    names = set(zipfile.ZipFile(wheel).namelist())
    package = ROOT / "darlington_analysis"
    ours = [
        path for path in package.rglob("*") if path.is_file() and "__pycache__" not in str(path)
    ]
    assert {path.relative_to(ROOT).as_posix() for path in ours} <= names
    assert not [name for name in names if "checkpoint" in name or name.startswith("tests/")]


def test_an_installed_package_makes_a_council_s_packs(town, tmp_path):
    """`init` writes what it writes in a checkout; filled in, `data` and `packs` work."""
    project, run = town
    filled = councils.invented(tmp_path / "town")
    written = fingerprints.of_folder(project.root)
    assert len(written) > 20
    assert written.keys() <= fingerprints.of_folder(filled.root).keys()
    notebooks = {name: hashed for name, hashed in written.items() if name.startswith("notebooks/")}
    assert notebooks.items() <= fingerprints.of_folder(filled.root).items()
    shutil.copytree(filled.root, project.root, dirs_exist_ok=True)
    ran = run(project.root, "data")
    assert (0, True) == (ran.returncode, "raw rows set aside" in ran.stdout), ran.stderr
    ran = run(project.root, "packs", "--ward", "Ward Ash")
    assert (0, True) == (ran.returncode, "1 packs made" in ran.stdout), ran.stderr + ran.stdout
    assert (project.reports / "1/E05990001-ward-ash/evidence-pack.html").is_file()
