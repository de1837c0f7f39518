"""What is read, built and screened once, and what a quick command does not import."""

import subprocess
import sys

from darlington_analysis.cleaning import checks
from darlington_analysis.readers import personal_data
from darlington_analysis.sources import register, sidecars
from tests.support.projects import ROOT, copy_project

SLOW = ("pandas", "geopandas", "scipy", "matplotlib", "IPython", "nbconvert", "rich")


def test_the_register_is_read_again_only_where_a_file_has_changed(tmp_path, monkeypatch):
    """However often a source is looked up in a run."""
    town = copy_project(tmp_path / "town")
    read, reads = sidecars.read, []
    monkeypatch.setattr(sidecars, "read", lambda raw, path: reads.append(path) or read(raw, path))
    for _ in range(3):
        found = register.register(town)
    assert len(found) == len(reads)
    side = town.raw / f"{found[0].path}.source.toml"
    side.write_text(side.read_text("utf-8").replace('title = "', 'title = "Another '), "utf-8")
    assert register.register(town)[0].title.startswith("Another ")
    assert 2 * len(found) == len(reads)


def test_a_file_is_screened_once_for_each_checksum(tmp_path, monkeypatch):
    """Whoever opens it, and under whatever name."""
    town = copy_project(tmp_path / "town")
    source = register.find(town, "wards", "2003-2015")
    screened = []
    monkeypatch.setattr(register, "_screened", set())
    monkeypatch.setattr(personal_data, "refuse", lambda rows, what, _: screened.append(what))
    for _ in range(2):
        register.open_rows(town, source)
        register.screen_open_sources(town)
    assert len(screened) == len(set(screened))
    assert f"data/raw/{source.path}" in screened


def test_the_tables_schema_is_built_once():
    """It has the columns that every module takes from the vocabulary."""
    assert checks.table_schema() is checks.table_schema()
    assert list(checks.table_schema().columns) == checks.COLUMNS


def test_the_list_of_wards_needs_nothing_slow():
    """A command that lists 24 names imports no pandas, no scipy and no Jupyter."""
    code = (
        "import sys; from darlington_analysis.cli.main import main; "
        f"sys.exit(main(['wards']) or len({SLOW} & sys.modules.keys()))"
    ).replace(f"{SLOW}", f"{set(SLOW)}")
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert 0 == done.returncode, done.stderr
    assert "E05010422  Mowden" in done.stdout
