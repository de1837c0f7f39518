"""A run reads its inputs once: what is edited while it goes on is in no pack of it."""

import json
import os
import subprocess
import sys

import nbformat
import pytest

from darlington_analysis.cli.main import main
from darlington_analysis.core import fingerprints
from darlington_analysis.core.errors import SourceError
from darlington_analysis.publishing import pack, papers, run_lock
from tests.support.reading import words_of

OLD, NEW = "People find work that lasts", "People find work that pays"


def edit(town) -> None:
    """Change the record, the notebook and a setting, as a person at work would."""
    record = town.agreements / "central.toml"
    record.write_text(record.read_text("utf-8").replace(OLD, NEW), "utf-8")
    path = town.notebooks / pack.NOTEBOOK
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(nbformat.v4.new_markdown_cell("Edited meanwhile."))
    nbformat.write(notebook, path)


def words(folder) -> list[str]:
    """Return the text of everything in a pack that carries the record's words."""
    pages = [(folder / name).read_text("utf-8") for name in (pack.PAGE, *papers.PAGES)]
    return [*pages, words_of(folder / papers.CHARTER)]


def test_what_is_edited_meanwhile_is_in_no_pack_and_the_next_run_has_it(processed_town):
    """Page, papers and charter hold one version of record and notebook; then they hold the next."""
    town = processed_town
    record = town.agreements / "central.toml"
    text = record.read_text("utf-8")
    first = next(line for line in text.splitlines() if line.startswith("words = "))
    record.write_text(text.replace(first, f'words = "{OLD}"', 1), "utf-8")
    command = [sys.executable, "-m", "darlington_analysis", "packs", "--ward", "Central"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ) as run:
        for line in run.stdout:
            if line.startswith("data/processed"):  # the inputs are taken; no pack is made yet
                edit(town)
    assert 0 == run.returncode
    folder = next(town.reports.glob("2011/E05001554*"))
    assert any(OLD in page for page in words(folder))
    assert not any(NEW in page or "Edited meanwhile." in page for page in words(folder))
    key = json.loads((folder / pack.MANIFEST).read_text("utf-8"))["key"]
    assert 0 == main(["packs", "--ward", "Central"])
    assert key != json.loads((folder / pack.MANIFEST).read_text("utf-8"))["key"]
    assert any(NEW in page for page in words(folder))
    assert not any(OLD in page for page in words(folder))
    assert "Edited meanwhile." in words(folder)[0]


def test_a_run_reads_no_input_but_the_snapshot(processed_town):
    """Every file that a run's key is made of is in the copy, and is read there alone."""
    town = processed_town
    (town.data / "indicators.toml").write_text("# none yet\n", "utf-8")
    names = [*fingerprints.own_lists(town), "darlington.toml"]
    assert {"data/indicators.toml", "data/statements.toml", "data/practices.toml"} <= set(names)
    key = fingerprints.inputs(town)
    with run_lock.snapshot(town) as frozen:
        for name in names:
            with (town.root / name).open("a", encoding="utf-8") as file:
                file.write("# written meanwhile\n")
        assert key == fingerprints.inputs(frozen)
        for path in (frozen.added_indicators, frozen.statements, frozen.practices):
            assert "meanwhile" not in path.read_text("utf-8"), path
    assert key != fingerprints.inputs(town)


def test_a_library_that_is_changed_meanwhile_publishes_nothing(tmp_path, monkeypatch):
    """Parts that were imported before and after would have made packs together."""
    path = tmp_path / "__init__.py"
    path.write_text("", "utf-8")
    monkeypatch.setattr(fingerprints, "__file__", str(tmp_path / "core/fingerprints.py"))
    fingerprints.library.cache_clear()
    try:
        fingerprints.library()
        fingerprints.refuse_changed_code()
        path.write_text("changed = True", "utf-8")
        with pytest.raises(SourceError, match="changed while packs were made"):
            fingerprints.refuse_changed_code()
    finally:
        fingerprints.library.cache_clear()
