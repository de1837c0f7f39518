"""What keeps these tests quick: no other process is started, and no project is copied."""

import subprocess

import pytest


@pytest.fixture(autouse=True)
def _no_other_process(monkeypatch):
    """Stop a unit test that starts another process: it belongs in tests/integration."""
    started = []

    def refuse(_, arguments, *__, **___):
        started.append(arguments)
        raise PermissionError("a unit test starts no process")

    monkeypatch.setattr(subprocess.Popen, "__init__", refuse)
    yield
    assert [] == started, "move this test to tests/integration"


@pytest.fixture
def town():
    """Stop a unit test that asks for a copy of the project."""
    pytest.fail("a unit test copies no project: move this test to tests/integration")


@pytest.fixture
def edition_table():
    """Stop a unit test that asks for a processed table, which is made in a copy of the project."""
    pytest.fail("a unit test processes no data: move this test to tests/integration")
