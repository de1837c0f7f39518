"""What every test may ask for."""

import os
import shutil
import unittest.mock
from pathlib import Path

import hypothesis
import pytest

from darlington_analysis.core.project import Project
from tests.support.projects import ROOT, copy_project
from tests.support.shared import Shared, copied

pytest_plugins = ["tests.support.requirements"]
# How long an example takes says more of the machine than of the code.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def _environment_as_it_was():
    """Undo what a command called in this process sets in the environment, after each test."""
    with unittest.mock.patch.dict(os.environ):
        yield


@pytest.fixture(scope="module")
def chromium():
    """Return a Chromium, or skip with the reason why there is none."""
    from darlington_analysis.core.errors import UsageError
    from scripts.accessibility import browser

    try:
        with browser.started() as started:
            yield started
    except UsageError as fault:
        pytest.skip(str(fault))


@pytest.fixture(scope="session")
def poppler() -> None:
    """Skip where no program is installed that reads printed pages."""
    if shutil.which("pdftotext") is None:
        pytest.skip("poppler-utils is not installed")


@pytest.fixture(scope="session")
def reference_data() -> Path:
    """Return the folder of reference data, or skip with the reason why it is not there."""
    named = os.environ.get("DARLINGTON_REFERENCE_DATA", "")
    folder = Path(named)
    if not named or not (folder / "indicators").is_dir():
        pytest.skip(f"DARLINGTON_REFERENCE_DATA leads nowhere: {named!r}")
    return folder


@pytest.fixture(scope="session")
def project(tmp_path_factory) -> Project:
    """Return this checkout, to be read and never written; a copy of what git tracks where files
    under review lie in it.
    """
    if any(path.is_file() for path in Project(ROOT).incoming.rglob("*")):
        return copy_project(tmp_path_factory.mktemp("tracked") / "town")
    return Project(ROOT)


@pytest.fixture(scope="session")
def shared(tmp_path_factory) -> Shared:
    """Return the projects that are made once for all workers: to be read or copied, not changed."""
    return Shared(tmp_path_factory)


@pytest.fixture(scope="session")
def edition_table(shared, tmp_path_factory):
    """Return the default edition's table, in a copy of the processed project for this worker."""
    from darlington_analysis.evidence import table

    return table.load(project=copied(shared.processed(), tmp_path_factory.mktemp("table") / "town"))


@pytest.fixture(scope="session")
def real_table(shared):
    """Return the default edition's table with a council's own counts; nothing is written there."""
    from darlington_analysis.evidence import table

    return table.load(project=shared.real())


@pytest.fixture
def processed_town(shared, tmp_path, monkeypatch) -> Project:
    """Return a copy of the processed project that a test may spoil; every command works on it."""
    project = copied(shared.processed(), tmp_path / "town")
    monkeypatch.setenv("DARLINGTON_PROJECT", str(project.root))
    return project


@pytest.fixture
def town(tmp_path, monkeypatch) -> Project:
    """Return a copy of the project that a test may spoil; every command works on it."""
    copied = copy_project(tmp_path / "town")
    monkeypatch.setenv("DARLINGTON_PROJECT", str(copied.root))
    return copied
