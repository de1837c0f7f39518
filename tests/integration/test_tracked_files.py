"""What git tracks: the agreed folders, nothing large, no path of one machine."""

import re
import subprocess

import pytest

from tests.support.projects import ROOT

FOLDERS = {"data", "darlington_analysis", "docs", "notebooks", "reports", "scripts", "tests"}


def tracked() -> list[str]:
    """Return the paths git tracks."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return listed.stdout.splitlines()


def test_the_top_level_has_the_agreed_folders_and_no_others():
    """A new room needs a decision."""
    assert FOLDERS == {path.split("/")[0] for path in tracked() if "/" in path} - {".ci"}


def test_no_path_of_one_machine_and_no_large_file_is_tracked():
    """The project can be put anywhere, and is small."""
    for name in tracked():
        path = ROOT / name
        if not path.is_file():
            continue
        assert path.stat().st_size < 1_000_000, name
        if path.suffix in (".py", ".md", ".toml", ".yml", ".ipynb", ".css", ".j2", ""):
            text = path.read_text("utf-8", errors="replace")
            homes = re.findall(r"(?<![\w.])/(?:root|home|Users|work)/\w+", text)
            assert [] == homes, name
