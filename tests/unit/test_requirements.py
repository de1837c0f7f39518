"""Every core requirement has a test that shows it, and nothing that the tables name is missing."""

import os
import re
from pathlib import Path

import pytest

from scripts.accessibility.inspection import LOOKS
from tests.support import requirements
from tests.support.projects import ROOT

ROW = {
    "id": 1,
    "asks": "x",
    "code": "darlington_analysis.core.project",
    "reader": "page 1",
    "proof": "shows",
}
CHECKS = [{"id": n, "asks": "x", "edition": "", "person": "x"} for n in range(1, 48)]


def test_both_pages_are_what_the_markers_and_tables_say(request):
    """docs/requirements.md and docs/accessibility.md, where the whole suite was collected."""
    marked = {
        path
        for path in (ROOT / "tests").rglob("test_*.py")
        if re.search(r"mark\.(requirement|accessibility)\(", path.read_text("utf-8"))
    }
    if marked - {item.path for item in request.session.items}:
        pytest.skip("only some of the tests were collected: run pytest without naming any")
    pages = requirements.checked_pages(ROOT, request.session.items, LOOKS)
    assert pages == {path: (ROOT / path).read_text("utf-8") for path in pages}


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("darlington_analysis.core.project", ""),
        ("darlington_analysis.core.project.Project", ""),
        ("darlington_analysis.none", "no none in darlington_analysis"),
        ("darlington_analysis", ""),
        ("another.project", "no such module: another.project"),
        (
            "darlington_analysis.core.project.Nothing",
            "no Nothing in darlington_analysis.core.project",
        ),
    ],
)
def test_code_that_does_not_exist_is_named(code, fault):
    """A module of the library, or a function or class at its top level."""
    assert ([fault] if fault else []) == requirements.code_faults(ROOT, code)


@pytest.mark.parametrize(
    ("table", "shown", "fault"),
    [
        ([ROW], {1: ["test_a"]}, ""),
        ([ROW], {}, "1: no test is marked requirement(1)"),
        ([ROW], {1: ["test_a"], 2: ["test_b"]}, "test_b is marked 2, which is in no table"),
        ([ROW, ROW], {1: ["test_a"]}, "1 is in the table more than once"),
        ([ROW | {"code": "no.X"}], {1: ["test_a"]}, "1: no such module: no.X"),
    ],
)
def test_each_way_a_requirement_can_be_wrong_is_named(table, shown, fault):
    """No test, a marker without a row, a number twice, code that is gone."""
    assert ([fault] if fault else []) == requirements.requirement_faults(ROOT, table, shown)


@pytest.mark.parametrize(
    ("spoilt", "shown", "fault"),
    [
        ({}, {}, ""),
        ({"edition": "nothing"}, {}, "1: no such check of an edition: nothing"),
        ({"person": ""}, {}, "1: no test, no inspection and no person checks it"),
        ({"person": ""}, {1: ["test_a"]}, ""),
        ({"person": "", "edition": "axe"}, {}, ""),
        ({}, {48: ["test_a"]}, "test_a is marked 48, which is in no table"),
    ],
)
def test_each_way_a_check_of_accessibility_can_be_wrong_is_named(spoilt, shown, fault):
    """An unknown inspection, no one who checks, a marker without a row."""
    table = [CHECKS[0] | spoilt, *CHECKS[1:]]
    expected = [fault] if fault else []
    assert expected == requirements.accessibility_faults(table, shown, ["axe"])


def test_a_check_that_is_missing_is_named():
    """All 47, in order."""
    assert ["not the numbers 1 to 47"] == requirements.accessibility_faults(CHECKS[1:], {}, [])


def test_no_core_row_is_left_out():
    """Every row marked core in the full list, where it lies beside the reference data."""
    named = os.environ.get("DARLINGTON_REFERENCE_DATA", "")
    path = Path(named).parent / "REQUIREMENTS.md"
    if not named or not path.is_file():
        pytest.skip("the full list of requirements is not here")
    wanted = re.findall(r"^\| (\d+) \|.*\| C \|$", path.read_text("utf-8"), re.M)
    table = requirements.rows(ROOT, requirements.REQUIREMENTS)
    assert {int(number) for number in wanted} == {row["id"] for row in table}
