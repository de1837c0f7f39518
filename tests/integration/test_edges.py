"""Inputs and systems at their edges end in three lines: huge files, odd paths, tight limits."""

import json
import os
import re
import resource
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest

from darlington_analysis.agreements import reading, signing
from darlington_analysis.cli import commands
from darlington_analysis.cli.main import main
from darlington_analysis.core.errors import (
    AgreementError,
    PackFailedError,
    SourceError,
    UsageError,
)
from darlington_analysis.core.project import find_project
from darlington_analysis.evidence import table
from darlington_analysis.publishing import kernels, pack, packs, run_notebook, run_state
from darlington_analysis.sources import indicators
from tests.support.projects import ROOT


@pytest.mark.parametrize(
    ("name", "command", "code"),
    [
        ("darlington.toml", ["wards"], 2),
        ("data/indicators.toml", ["check"], 10),
        ("data/agreements/central.toml", ["agreement", "check", "central"], 15),
        ("data/raw/census/2011/age_bands.csv", ["check"], 10),
        ("data/raw/census/2011/age_bands.csv.source.toml", ["check"], 10),
    ],
)
def test_a_file_of_five_gigabytes_is_not_read_to_its_end(town, capsys, name, command, code):
    """It is refused by its size, in three lines."""
    with (town.root / name).open("ab") as sparse:
        sparse.truncate(5_000_000_000)
    assert code == main(command)
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    assert any(word in said.err + said.out for word in ("longer than", "bytes"))


def test_other_files_of_any_size_are_not_read_to_their_end(town, capsys):
    """A ledger, a signature, the answers of a form and a sidecar to fetch by; no memory holds them."""
    signed = town.agreements / "signed"
    signed.mkdir(exist_ok=True)
    answers, hashed = town.root / "answers.json", signed / "central-0001.hash"
    sidecar = town.raw / "census/2011/new.csv.source.toml"
    ledger, central = signed / "mowden.jsonl", town.agreements / "central.toml"
    for path in (answers, hashed, ledger, central):
        _make_endless(path)
    with pytest.raises(SourceError, match="bytes"):
        signing.signings(ledger)
    entry = SimpleNamespace(number=1, hash="0" * 64, key="")
    with pytest.raises(AgreementError, match="does not fit"):
        signing.verify(signed / "central.jsonl", entry)
    assert 15 == main(["agreement", "read", "mowden", str(answers)])
    _make_endless(sidecar)
    assert 10 == main(["fetch"])
    assert "longer than" in capsys.readouterr().err
    assert not reading.may_name_others(central)


def _make_endless(path):
    with path.open("wb") as sparse:
        sparse.truncate(1_000_000_000_000)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_record_of_the_calendar_s_first_and_last_day_is_checked(processed_town, capsys, day):
    """Every day of it is one of them."""
    path = processed_town.agreements / "central.toml"
    text, times = re.subn(r"= \d{4}-\d\d-\d\d", f"= {day}", path.read_text("utf-8"))
    assert times > 10
    path.write_text(text, "utf-8")
    assert main(["agreement", "check", "central"]) in (0, 15)
    assert "central.toml:" in capsys.readouterr().out
    for slug in indicators.release_series():
        assert indicators.next_after(slug, date.fromisoformat(day))


def test_a_project_whose_path_is_no_text_is_refused(tmp_path, monkeypatch):
    """No notebook and no JSON file could hold it; the path is shown in letters that can be read."""
    place = tmp_path / os.fsdecode(b"not \xff UTF-8")
    place.mkdir()
    (place / "darlington.toml").touch()
    monkeypatch.setenv("DARLINGTON_PROJECT", str(place))
    with pytest.raises(UsageError, match="is no text") as fault:
        find_project()
    str(fault.value).encode("utf-8")


@pytest.mark.parametrize("folder", ["with {brace}", "with {ward}", "{}"])
def test_a_notebook_runs_in_a_folder_of_any_name(tmp_path, folder):
    """A brace is no parameter."""
    place = tmp_path / folder
    place.mkdir()
    cells = [nbformat.v4.new_code_cell('ward = ""', metadata={"tags": ["parameters"]})]
    cells.append(nbformat.v4.new_code_cell("print(ward)"))
    kernel = {"kernelspec": {"name": "python3", "display_name": "x", "language": "python"}}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=kernel)
    nbformat.write(notebook, place / "a.ipynb")
    run_notebook.check_parameters(place / "a.ipynb", {"ward"})
    executed = run_notebook.execute(place / "a.ipynb", place / "b.ipynb", {"ward": "{edition}"})
    assert "{edition}\n" == executed.cells[-1].outputs[0].text


def test_a_notebook_that_prints_sixty_megabytes_makes_no_pack(tmp_path, monkeypatch):
    """A page is what a phone can open; it is refused before it is read again."""
    monkeypatch.setattr(run_notebook, "MOST_BYTES", 100_000)
    cells = [nbformat.v4.new_code_cell("print('x' * 200_000)")]
    kernel = {"kernelspec": {"name": "python3", "display_name": "x", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), tmp_path / "a.ipynb")
    with pytest.raises(PackFailedError, match="printed"):
        run_notebook.execute(tmp_path / "a.ipynb", tmp_path / "b.ipynb", {})


def test_few_open_files_are_refused_by_name(town):
    """A soft limit is raised; where the hard one is too low it is said, and nothing waits."""
    program = "import sys; from darlington_analysis.cli.main import main; sys.exit(main(['packs']))"

    def limit():
        resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))

    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, preexec_fn=limit
    )
    assert 2 == ran.returncode, ran.stderr
    assert "Only 64 files may be open at once" in ran.stderr
    assert not (town.reports / "2011").exists()


def test_little_memory_is_refused_by_name(monkeypatch, capsys, town):
    """Before kernels start, and by any command whose libraries do not fit."""
    limits = {resource.RLIMIT_AS: (1 << 30, 1 << 30)}
    real = resource.getrlimit
    monkeypatch.setattr(resource, "getrlimit", lambda which: limits.get(which) or real(which))
    with pytest.raises(UsageError, match="1,073,741,824 bytes of memory may be used"):
        kernels.refuse_tight_limits()
    unmapped = ImportError("x.so: failed to map segment from shared object")
    for fault in (MemoryError(), unmapped, ImportError("No module named 'x'")):

        def fail(_, fault=fault):
            raise fault

        monkeypatch.setattr(commands, "data", fail)
        if "No module" in str(fault):
            with pytest.raises(ImportError):
                main(["data"])
            continue
        assert 2 == main(["data"])
        assert 3 == len(capsys.readouterr().err.splitlines())


def test_few_processes_are_refused_by_name(monkeypatch):
    """Root has no such limit, and everybody else is told before a fork waits for ever."""
    monkeypatch.setattr(os, "geteuid", lambda: 50001)
    real = resource.getrlimit
    limits = {resource.RLIMIT_NPROC: (5, 5)}
    monkeypatch.setattr(resource, "getrlimit", lambda which: limits.get(which) or real(which))
    with pytest.raises(UsageError, match="5 more processes may be started"):
        kernels.refuse_tight_limits()
    limits[resource.RLIMIT_NPROC] = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
    kernels.refuse_tight_limits()


def test_an_edition_that_nobody_else_can_read_says_so():
    """With umask 077 a web server gets nothing."""
    assert "umask 022" in run_state.unreadable("2011", 0o40700)[0]
    assert [] == run_state.unreadable("2011", 0o40755)
    assert [] == run_state.unreadable("2011", 0o40750)


def test_a_pack_that_was_changed_by_hand_is_not_published_again(processed_town, tmp_path):
    """Another ward's run does not carry it over; the error names the pack."""
    loaded = table.load(project=processed_town)
    one, other = loaded.wards.wards[:2]
    folder = tmp_path / "2011" / other.folder
    folder.mkdir(parents=True)
    page = folder / pack.PAGE
    page.write_text("<p>true</p>", "utf-8")
    from darlington_analysis.core import fingerprints

    manifest = {"key": "k", "version_id": "v", "files": {pack.PAGE: fingerprints.of_file(page)}}
    (folder / pack.MANIFEST).write_text(json.dumps(manifest), "utf-8")
    assert pack.is_as_made(folder)
    assert pack.is_as_made(folder, "k")
    assert not pack.is_as_made(folder, "another")
    page.write_text("<p>false</p>", "utf-8")
    place = loaded.project.reports / "2011"
    shutil.copytree(folder.parent, place)
    asked = packs.Asked((one,), False, lambda *_: None)
    with pytest.raises(UsageError, match=f"{other.code}.* is not as it was made"):
        packs.make_packs(loaded, asked)
    assert "<p>false</p>" == next(Path(place).rglob(pack.PAGE)).read_text("utf-8")


def test_a_published_notebook_may_keep_defaults_but_misses_nothing_it_is_given():
    """Other parameters may stay; one that it does not have is refused all the same."""
    notebook = ROOT / "notebooks/07-compare.ipynb"
    run_notebook.check_parameters(notebook, {"edition"}, may_have_others=True)
    for wanted, others in (({"edition"}, False), ({"editions"}, True)):
        with pytest.raises(UsageError, match="has the parameters"):
            run_notebook.check_parameters(notebook, wanted, may_have_others=others)
