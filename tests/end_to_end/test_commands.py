"""A short run of `make faults`, `make attacks` and `make soak`, and that each can fail."""

import random
import shutil

import pandas as pd
import pytest

from darlington_analysis.agreements import signing
from darlington_analysis.core import atomic
from scripts.docs import dependencies
from scripts.hardening import (
    attack_controls,
    attack_openers,
    attack_payloads,
    faults,
    faults_cases,
    faults_town,
    soak,
)


@pytest.fixture(scope="module")
def village(shared, tmp_path_factory):
    """Return a town with its table made, and the commands."""
    root = faults_town.copied(tmp_path_factory.mktemp("faults") / "town")
    shutil.copytree(shared.processed().processed, root / "data/processed")
    with faults_cases.server() as address:
        yield root, faults_cases.cases(address)


@pytest.mark.parametrize("name", ["fetch", "sign"])
def test_a_killed_run_leaves_nothing_torn_and_the_next_one_heals(village, name):
    """A short `make faults`."""
    root, cases = village
    row = faults.killed(root, cases[name], 3, random.Random(1))
    assert 3 == row["kills"] + row["ended before"]
    assert (0, 0, 0) == (row["torn"], row["lost"], row["not healed"])


def test_a_ledger_that_is_written_in_place_is_seen_as_torn_or_lost(village, monkeypatch):
    """The command can fail: a signing cut short within its line is noticed."""
    root, cases = village
    case = cases["sign"]
    (root / case.place).unlink(missing_ok=True)
    case.turn(root, 0)
    assert 0 == faults_town.run(root, case.words).poll()
    before = faults.Before(root, case)
    path = root / case.place
    path.write_bytes(path.read_bytes()[:-50])
    assert before.is_torn([])
    assert before.is_lost()
    assert not before.is_whole([], 0, faults_town.run(root, case.words))


def test_a_signing_appears_whole_or_not_at_all(tmp_path, monkeypatch):
    """Where the last rename fails, the earlier signings are there and no rest lies about."""
    from datetime import date

    path = tmp_path / "central.jsonl"
    add = (date(2026, 11, 1), ("the secretary",), "text", [], {})
    subject = signing.Subject("E05001554", "2011", "v1")
    signing.add(path, *add, subject=subject)
    before = path.read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(atomic.os, "replace", full)
    with pytest.raises(OSError, match="space"):
        signing.add(path, *add, subject=subject)
    assert (before, ["central.jsonl"]) == (path.read_bytes(), [p.name for p in tmp_path.iterdir()])


def test_a_full_disk_is_three_lines_and_its_own_exit_code(town, monkeypatch, capsys):
    """What the system says becomes what a person can do."""
    from darlington_analysis.cleaning import process
    from darlington_analysis.cli.main import main

    def full(*_):
        raise OSError(28, "No space left on device", "/somewhere/data/processed/x")

    monkeypatch.setattr(process, "process", lambda *_: None)
    monkeypatch.setattr(process, "write", full)
    assert 19 == main(["data"])
    said = capsys.readouterr().err.splitlines()
    assert (3, "data/processed/x: the disk is full") == (len(said), said[0])


def test_growth_from_run_to_run_is_seen():
    """A measure that is flat passes, one that gains a little each run does not."""
    flat = dict.fromkeys(soak.MOST_GROWTH, 10.0)
    rows = pd.DataFrame(
        [flat | {"open files": 10 + run, "memory, MB": 300 + 2 * (run % 2)} for run in range(20)]
    )
    found = soak.growth(rows)
    grown = {name for name, each in found.items() if each > soak.MOST_GROWTH[name]}
    assert {"open files"} == grown


@pytest.mark.parametrize("kind", attack_payloads.KINDS)
def test_no_cell_of_a_table_begins_like_a_formula(tmp_path, kind):
    """Every injection, written as a cell and as a header; numbers stay numbers."""
    text = attack_payloads.payload(kind, 7)
    numbers = ["-5", "-5.25%", "\u00a0-5"]
    table = pd.DataFrame({"a": [text, *numbers], "b": [-1.5, 2.0, 3.0, 4.0], text: [1, 2, 3, 4]})
    atomic.write_csv(table, tmp_path / "a.csv")
    assert 0 == len(attack_openers.formulas(tmp_path / "a.csv"))
    read = pd.read_csv(tmp_path / "a.csv", dtype=str)
    assert (numbers, "-1.5") == (list(read.a[1:]), read.b[0])


def test_a_double_click_shows_letters_as_they_are(tmp_path):
    """Excel takes CSV for UTF-8 where a byte order mark says so; pandas reads it all the same."""
    atomic.write_csv(pd.DataFrame({"é": ["England’s"]}), tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert ["é"] == list(pd.read_csv(tmp_path / "a.csv").columns)


@pytest.mark.parametrize("cell", ["=40+2", "\uff1d40+2", "\u00a0=40+2", "\uff0b40+x", " \u3000@x"])
def test_a_table_that_was_not_defused_is_seen(tmp_path, cell):
    """The check can fail."""
    pd.DataFrame({"a": [cell, "x"]}).to_csv(tmp_path / "a.csv", index=False)
    assert 1 == len(attack_openers.formulas(tmp_path / "a.csv"))


def test_a_pdf_with_a_script_is_seen_and_a_plain_one_is_not(tmp_path):
    """The attacks read PDFs as the scan for leaks does."""
    pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed")
    attack_controls._pdf(tmp_path / "script.pdf")
    plain = pypdf.PdfWriter()
    plain.add_blank_page(99, 99)
    plain.write(tmp_path / "plain.pdf")
    assert ["a script", "an action"] == attack_openers._actions(tmp_path / "script.pdf")
    assert [] == attack_openers._actions(tmp_path / "plain.pdf")


def test_a_package_without_a_hash_is_seen():
    """The table of dependencies fails where a lock does not vouch for a file."""
    text = "a==1.0 \\\n    --hash=sha256:00\nb==2.0\n"
    assert {"a": ("1.0", 1), "b": ("2.0", 0)} == dependencies.locked(text)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (
            '{"dependencies": [{"name": "a", "version": "1", "vulns": []}]}',
            "looked at 1 packages and could not at 0; weak: none",
        ),
        (
            '{"dependencies": [{"name": "a", "version": "1", "vulns": [{"id": "CVE-1"}]},'
            ' {"name": "b", "skip_reason": "Dependency not found on PyPI and could not be audited: b"}]}',
            "looked at 1 packages and could not at 1; weak: a 1 (CVE-1)",
        ),
        (
            '{"dependencies": [{"name": "b", "skip_reason": "not found: b"}]}',
            "none of the 1 packages",
        ),
        ("", "does not run, or got no answer (No module named pip_audit)"),
    ],
)
def test_a_package_that_was_not_audited_is_not_called_sound(told, said):
    """Found weaknesses are told; what was skipped is; nothing to go on is said to be so."""
    assert said in dependencies.judged(told, "No module named pip_audit")
