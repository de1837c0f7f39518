"""The table of core requirements names nothing that is not there, and leaves no row out."""

import dataclasses
import os
import re
from pathlib import Path

import pytest

from darlington_analysis.__main__ import main
from darlington_analysis.project import Project
from darlington_analysis.publishing import access_table
from darlington_analysis.publishing import requirements as core
from tests.support.projects import ROOT

PROJECT = Project(ROOT)
ROW = core.rows(PROJECT)[0]


def test_everything_the_table_names_exists():
    """Code, names in it, tests and their cases."""
    assert [] == core.faults(PROJECT, core.rows(PROJECT))


@pytest.mark.parametrize(
    ("spoilt", "said"),
    [
        ({"test": "tests/unit/test_none.py::test_x"}, "no such test"),
        ({"test": "tests/unit/test_agreement_gates.py::test_nothing"}, "no such test"),
        ({"test": "tests/unit/test_agreement_gates.py::test_a_gate_fires_on_its_fault_and_says_"
                  "what_to_write[no-gate]"}, "no such case"),
        ({"test": "not a test"}, "not the name of a test"),
        ({"code": "agreements/none.py"}, "no such file"),
        ({"code": "agreements/record.py::Nothing"}, "no Nothing in"),
    ],
)  # fmt: skip
def test_what_does_not_exist_is_named(spoilt, said):
    """Each way a row can be wrong is found."""
    found = core.faults(PROJECT, (dataclasses.replace(ROW, **spoilt),))
    assert 1 == len(found)
    assert said in found[0]


def test_a_row_that_stands_twice_is_named():
    """One requirement, one row."""
    assert [f"R{ROW.id} stands twice"] == core.faults(PROJECT, (ROW, ROW))


@pytest.mark.parametrize(
    ("body", "code", "said"),
    [("assert True", 0, ""), ("assert False", 2, "FAILED tests/test_it.py::test_a"),
     ("pytest.skip('x')", 2, "SKIPPED"), (None, 2, "no such test")],
)  # fmt: skip
def test_the_command_fails_where_a_test_is_not_there_or_does_not_pass(
    tmp_path, monkeypatch, capsys, body, code, said
):
    """A project of one requirement: its test passes, fails, is skipped, or does not exist."""
    for folder in ("tests", "docs", "darlington_analysis"):
        (tmp_path / folder).mkdir()
    (tmp_path / "darlington.toml").write_text("", "utf-8")
    (tmp_path / "darlington_analysis/it.py").write_text("", "utf-8")
    if body:
        text = f"import pytest\n\ndef test_a():\n    {body}\n"
        (tmp_path / "tests/test_it.py").write_text(text, "utf-8")
    row = '[[row]]\nid = 1\nasks = "x"\ncode = "it.py"\nreader = "x"\n'
    table = f'{row}test = "tests/test_it.py::test_a"\n'
    (tmp_path / core.TABLE).write_text(table, "utf-8")
    looks = [f'[[row]]\nid = {n}\nasks = "x"\ntest = ""\nedition = ""\nperson = "x"\n'
             for n in range(1, access_table.HOW_MANY + 1)]  # fmt: skip
    (tmp_path / access_table.TABLE).write_text("".join(looks), "utf-8")
    monkeypatch.setenv("DARLINGTON_PROJECT", str(tmp_path))
    assert code == main(["requirements"])
    assert said in capsys.readouterr().err
    assert (code == 0) == (tmp_path / core.WRITTEN).is_file()


def test_the_page_is_the_table_s():
    """docs/requirements.md is what the command writes."""
    written = (ROOT / core.WRITTEN).read_text("utf-8")
    assert core.markdown(core.rows(PROJECT)) == written


def test_no_core_row_is_left_out():
    """Every row marked core in the full list, where it lies beside the reference data."""
    named = os.environ.get("DARLINGTON_REFERENCE_DATA", "")
    path = Path(named).parent / "REQUIREMENTS.md"
    if not named or not path.is_file():
        pytest.skip("the full list of requirements is not here")
    wanted = re.findall(r"^\| (\d+) \|.*\| C \|$", path.read_text("utf-8"), re.M)
    assert {int(each) for each in wanted} == {each.id for each in core.rows(PROJECT)}
